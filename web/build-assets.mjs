// build-assets.mjs — the folder that tools/embed compiles into the program: style, script, faces, icons.
//
//   node web/build-assets.mjs --npm build/npm/node_modules --out DIR [--stamp FILE]
//
// Names here are plain (app.css, app.js, sw.js, sarabun-thai-400.woff2, icons.svg, favicon.svg); tools/embed adds
// the hash of the content to each path and to every url() in the style. Node's own modules only.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = dirname(fileURLToPath(import.meta.url));
const option = Object.fromEntries(
  process.argv.slice(2).join('\n').split(/^--/m).filter(Boolean).map((pair) => pair.trim().split('\n')));
if (!option.npm || !option.out) {
  console.error('usage: build-assets.mjs --npm NODE_MODULES --out DIR [--stamp FILE]');
  process.exit(2);
}

/** Thai letters and Latin letters are separate files of the face: the Thai one has no digits. */
const faces = ['thai', 'latin'].flatMap((script) => [400, 600].map((weight) => ({
  from: `@fontsource/sarabun/files/sarabun-${script}-${weight}-normal.woff2`,
  name: `sarabun-${script}-${weight}.woff2`,
})));

/** One sprite of the icons named in icons.txt; lucide's stroke attributes stand in app.css. */
function sprite() {
  const names = readFileSync(join(web, 'icons.txt'), 'utf8').split('\n').filter((l) => l && !l.startsWith('#'));
  const symbols = names.map((name) => {
    const svg = readFileSync(join(option.npm, 'lucide-static/icons', `${name}.svg`), 'utf8');
    const inner = svg.replace(/<!--[\s\S]*?-->/g, '').replace(/^[\s\S]*?<svg[^>]*>/, '').replace('</svg>', '')
      .replace(/\s+/g, ' ').replace(/> </g, '><').replace(/ \/>/g, '/>').trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`;
}

/** The same for script: whole-line comments and indentation; the code stays as it was written. */
function smallJs(js) {
  return js.replace(/^\s*\/\/.*\n/gm, '').replace(/^\s+/gm, '');
}

/** Comments and indentation out; nothing clever: it must stay readable in the browser's tools. */
function smallCss(css) {
  return css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s+/gm, '').replace(/\s*\n\s*/g, '\n')
    .replace(/([{;,])\n/g, '$1').replace(/;\s*}/g, '}').replace(/:\s+/g, ':').replace(/\s*{\s*/g, '{');
}

/** A block that is never closed takes every rule behind it away, without a word from any browser. */
function wholeCss(css, name) {
  let open = [];
  css.replace(/\/\*[\s\S]*?\*\//g, (c) => c.replace(/[^\n]/g, ' ')).split('\n').forEach((line, i) => {
    for (const c of line) {
      if (c === '{') open.push(i + 1);
      else if (c === '}' && open.pop() === undefined) throw new Error(`${name}.css:${i + 1}: a } too many`);
    }
    if (/^\S.*{/.test(line) && open.length > 1) throw new Error(`${name}.css:${open[0]}: the block is not closed before line ${i + 1}`);
  });
  if (open.length > 0) throw new Error(`${name}.css:${open[0]}: the block is not closed`);
  return css;
}

mkdirSync(option.out, { recursive: true });
for (const old of readdirSync(option.out)) rmSync(join(option.out, old), { recursive: true });
for (const face of faces) copyFileSync(join(option.npm, face.from), join(option.out, face.name));
writeFileSync(join(option.out, 'icons.svg'), sprite());
writeFileSync(join(option.out, 'app.css'), ['app', 'help'].map((name) =>
  smallCss(wholeCss(readFileSync(join(web, `css/${name}.css`), 'utf8'), name))).join('\n'));
const script = (...names) => names.map((name) => smallJs(readFileSync(join(web, `js/${name}.js`), 'utf8'))).join('\n');
writeFileSync(join(option.out, 'app.js'), script('app', 'drafts', 'photos', 'offline'));
writeFileSync(join(option.out, 'sw.js'), script('drafts', 'worker')); // served at /sw.js, with what it keeps before it
copyFileSync(join(web, 'favicon.svg'), join(option.out, 'favicon.svg'));
if (option.stamp) writeFileSync(option.stamp, `${readdirSync(option.out).sort().join('\n')}\n`);
