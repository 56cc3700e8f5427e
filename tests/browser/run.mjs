// run.mjs — the browser journeys against a served demo database.
//
//   node tests/browser/run.mjs --base http://127.0.0.1:8080 [--smoke] [--engine NAME] [--no-lighthouse] [--only WORD]
//
// --only: what has WORD in its name. --smoke: one width and no Lighthouse (the second database engine). Screenshots go to
// build/screenshots/. The last line is "N passed, N failed"; exit 1 if any failed.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, chromiumFlags, chromiumPath, open, root, soundness, visitor } from './browser.mjs';
import { journeys, pages, withScriptOnly } from './journeys.mjs';
import { lighthouse } from './lighthouse.mjs';
import { comeIn, peopleJourneys, peoplePages } from './people.mjs';

const WIDTHS = [1366, 390, 320];
const BYTES_MAX = 100 * 1024, REQUESTS_MAX = 12;

const args = process.argv.slice(2);
const given = (name) => args.includes(`--${name}`);
const value = (name) => (given(name) ? args[args.indexOf(`--${name}`) + 1] : undefined);
const base = value('base');
if (!base) {
  console.error('usage: run.mjs --base URL [--smoke] [--engine NAME] [--no-lighthouse]');
  process.exit(2);
}
const smoke = given('smoke'), engine = value('engine') ?? '', only = value('only');
const shots = join(root, 'build/screenshots');
let passed = 0, failed = 0;

async function check(name, test) {
  if (only && !name.includes(only)) return;
  try {
    const bad = (await test()) ?? [];
    if (bad.length) throw new Error(bad.join('\n    '));
    passed++;
  } catch (e) {
    failed++;
    console.log(`FAILED ${engine && `[${engine}] `}${name}\n    ${String(e.message).split('\n').slice(0, 12).join('\n')}`);
  }
}

async function everyPage(browser, width) {
  const v = await visitor(browser, base, { width });
  for (const [name, path, status] of pages) {
    await check(`${name} at ${width}`, async () => {
      await open(v, path, status);
      const bad = await soundness(v);
      if (!smoke) await v.page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true });
      return bad;
    });
  }
  await v.context.close();
}

/** The pages of people, each as the one who would open it. */
async function everyPeoplesPage(browser, width) {
  let v, whose;
  for (const [name, path, status, login] of peoplePages) {
    await check(`${name} at ${width}`, async () => {
      if (!v || whose !== login) {
        await v?.context.close();
        v = await visitor(browser, base, { width });
        whose = login;
        if (login) await comeIn(v, login);
      }
      await open(v, path, status);
      const bad = await soundness(v);
      if (!smoke) await v.page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true });
      return bad;
    });
  }
  await v?.context.close();
}

async function everyJourney(browser, width, script) {
  for (const [name, walk] of Object.entries({ ...journeys, ...peopleJourneys })) {
    if (!script && withScriptOnly.has(name)) continue;
    // Journeys that write take longer: with script at the widest and the narrowest, without at 390.
    if (name in peopleJourneys && !smoke && script === (width === 390)) continue;
    await check(`journey ${name} at ${width}${script ? '' : ' without script'}`, async () => {
      const v = await visitor(browser, base, { width, script });
      try {
        await walk(v);
        return await soundness(v, { axeToo: false });
      } finally {
        await v.context.close();
      }
    });
  }
}

/** English has longer words and its own gaps. */
async function english(browser, width) {
  const v = await visitor(browser, base, { width });
  await v.context.addCookies([{ name: 'lang', value: 'en', url: base }]);
  for (const [name, path, status] of pages.filter(([n]) => !smoke || n === 'home')) {
    await check(`${name} in English at ${width}`, async () => {
      await open(v, path, status);
      return soundness(v);
    });
  }
  for (const path of smoke ? [] : ['/work', '/funds/D0001/ledger']) {
    await check(`${path} in English at ${width}`, async () => {
      await comeIn(v, 'officer');
      await open(v, path);
      return soundness(v);
    });
  }
  await v.context.close();
}

/** The first visit, with an empty cache: what a cheap phone on a bad line has to fetch. */
async function weight(browser) {
  await check('first visit of the overview', async () => {
    const v = await visitor(browser, base, { width: 390 });
    await open(v, '/');
    await v.page.waitForLoadState('networkidle');
    let bytes = 0;
    for (const r of v.requests) {
      const s = await r.sizes();
      bytes += s.responseBodySize + s.responseHeadersSize;
    }
    const n = v.requests.length;
    console.log(`first visit: ${n} requests, ${(bytes / 1024).toFixed(1)} KB on the wire`);
    await v.context.close();
    return [n > REQUESTS_MAX && `${n} requests, at most ${REQUESTS_MAX}`,
      bytes > BYTES_MAX && `${bytes} bytes, at most ${BYTES_MAX}`].filter(Boolean);
  });
}

/** Paper: A4, no menu, the table as a table. */
async function print(browser) {
  for (const [name, path] of [['year', '/funds/D0001/years/2570'], ['ledger', '/funds/D0001/ledger'],
    ['statement', '/funds/D0001/ledger/statement'], ['plan', '/funds/D0001/ledger/plan']]) await check(`print of ${name}`, async () => {
    const v = await visitor(browser, base, { width: 1366 });
    await comeIn(v, 'officer');
    await open(v, path);
    await v.page.emulateMedia({ media: 'print' });
    const seen = await v.page.evaluate(() => ['.menu-large', '.find', '.lang', '.who', '.filters', 'main .button'].filter((s) => document.querySelector(s)?.checkVisibility()));
    await v.page.pdf({ path: join(shots, `${name}.pdf`), preferCSSPageSize: true, printBackground: false });
    await v.context.close();
    return seen.map((s) => `${s} is printed`);
  });
}

async function gates(cookie) {
  for (const path of ['/', '/funds/D0001/years/2570', '/find?q=%E0%B8%9A%E0%B8%B2%E0%B8%87', '/login', '/funds/D0001/ledger']) {
    await check(`Lighthouse ${path}`, async () => {
      const r = await lighthouse(base, path, path.endsWith('/ledger') ? cookie : undefined);
      console.log(`lighthouse ${path}: accessibility ${r.accessibility}, best practices ${r.practices}, performance ${r.performance}, layout shift ${r.shift}`);
      return [r.accessibility < 100 && 'accessibility', r.practices < 100 && 'best practices'].filter(Boolean)
        .map((what) => `${what} below 100: ${r.low.join(', ')}`);
    });
  }
}

mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
const widths = smoke ? [390] : WIDTHS;
/** Pages only look, so their widths go side by side; journeys write, so they go one after another. */
async function allPages(width) {
  await everyPage(browser, width);
  await everyPeoplesPage(browser, width);
  if (smoke || width !== 390) await english(browser, width);
}
async function allJourneys() {
  for (const width of widths) await everyJourney(browser, width, true);
  for (const width of smoke ? [390] : widths) await everyJourney(browser, width, false);
}
await Promise.all([...widths.map(allPages), allJourneys()]);
await weight(browser);
if (!smoke) await print(browser);
const officer = await visitor(browser, base, { width: 1366 });
await comeIn(officer, 'officer');
const cookie = (await officer.context.cookies()).map((c) => `${c.name}=${c.value}`).join('; ');
await browser.close();
if (!smoke && !given('no-lighthouse')) await gates(cookie);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
