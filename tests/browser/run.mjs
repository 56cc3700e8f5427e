// run.mjs — the browser journeys against a served demo database.
//
//   node tests/browser/run.mjs --base http://127.0.0.1:8080 [--smoke] [--engine NAME] [--no-lighthouse] [--shots] [--only WORD] [--workers N] [--times]
//
// --only: what has WORD in its name. --times: what took longest. --smoke: one width, no axe and no Lighthouse (the second database engine). --shots: a
// picture of every page in build/screenshots/. The last line is "N passed, N failed"; exit 1 if any failed.
//
// What is done for speed: people log in once and their session is lent to whoever looks at a page; a page is loaded at one
// width, asked everything, and then made wider and narrower, unless it is one of its kind (`whole`), which is loaded and asked
// at each; three workers take what is to be done from one list; journeys that would count each other's money share a lock.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, chromiumFlags, chromiumPath, open, resize, root, soundness, visitor } from './browser.mjs';
import { journeys, pages, whole, withScriptOnly } from './journeys.mjs';
import { gate, speed } from './lighthouse.mjs';
import { offlineJourneys } from './offline.mjs';
import { comeIn, locks, peopleJourneys, peoplePages, peopleWhole } from './people.mjs';
import { paperJourneys, threadPages, threadWhole } from './papers.mjs';
import { sayJourneys } from './say.mjs';
import { threadJourneys } from './thread.mjs';

const WIDTHS = [390, 1366, 320]; // the first is where a page is loaded: a phone
const BYTES_MAX = 100 * 1024, REQUESTS_MAX = 12;
const PIECE = 6; // pages that one visitor looks at before the next worker may take some

const args = process.argv.slice(2);
const given = (name) => args.includes(`--${name}`);
const value = (name) => (given(name) ? args[args.indexOf(`--${name}`) + 1] : undefined);
const base = value('base');
if (!base) {
  console.error('usage: run.mjs --base URL [--smoke] [--engine NAME] [--no-lighthouse] [--shots] [--only WORD] [--workers N] [--times]');
  process.exit(2);
}
const smoke = given('smoke'), engine = value('engine') ?? '', only = value('only'), pictures = given('shots');
const shots = join(root, 'build/screenshots');
const widths = smoke ? [390] : WIDTHS;
let passed = 0, failed = 0;

const wanted = (name) => !only || name.includes(only);
async function check(name, test) {
  if (!wanted(name)) return;
  try {
    const bad = ((await test()) ?? []).filter(Boolean);
    if (bad.length) throw new Error(bad.join('\n    '));
    passed++;
  } catch (e) {
    failed++;
    console.log(`FAILED ${engine && `[${engine}] `}${name}\n    ${String(e.message).split('\n').slice(0, 12).join('\n')}`);
  }
}

// ---- what is to be done, and who does it ----

const todo = []; // { name, run, lock }: those with the same lock never run side by side
const add = (name, run, lock) => todo.push({ name, run, lock });
const times = []; // --times: how long each took

async function work(count) {
  const held = new Set(), idle = [];
  const next = () => {
    const at = todo.findIndex((t) => !held.has(t.lock));
    return at < 0 ? undefined : todo.splice(at, 1)[0];
  };
  await Promise.all(Array.from({ length: count }, async () => {
    while (todo.length) {
      const task = next();
      if (!task) { // all that is left waits for a lock
        await new Promise((done) => { idle.push(done); });
        continue;
      }
      if (task.lock) held.add(task.lock);
      const began = Date.now();
      await task.run();
      if (given('times')) times.push([Date.now() - began, task.name]);
      held.delete(task.lock);
      idle.splice(0).forEach((done) => done());
    }
  }));
}

// ---- pages ----

async function picture(v, name) {
  if (pictures) await v.page.screenshot({ path: join(shots, `${name}-${v.width}.png`), fullPage: true });
}

/** {70-D0001-2-04} in an address is the project of that code: its own address is drawn by lot. */
const slugs = new Map();
async function placed(path) {
  const code = /\{(.+?)\}/.exec(path)?.[1];
  if (!code) return path;
  if (!slugs.has(code)) {
    const list = `/api/v1/projects?fund=${code.split('-')[1]}&fy=25${code.slice(0, 2)}`;
    slugs.set(code, fetch(new URL(list, base)).then((r) => r.json()).then((found) => found.items.find((p) => p.code === code)?.id));
  }
  return path.replace(`{${code}}`, await slugs.get(code));
}

/** One page at every width: loaded at each when it is one of its kind, else loaded once and resized. */
async function look(v, { name, path, status, isWhole, at }) {
  let loaded = false;
  for (const width of at) {
    await check(`${name} at ${width}`, async () => {
      const fresh = isWhole || !loaded;
      loaded = false; // until it is: a page that did not open is opened again for the next width
      await resize(v, width);
      if (fresh) await open(v, await placed(path), status);
      loaded = true;
      const bad = await soundness(v, { axeToo: fresh && !smoke, moved: fresh });
      await picture(v, name);
      return bad;
    });
  }
}

/** Pages in pieces, each as the one who would open it. */
function addPages(list, { login = '', lang } = {}) {
  for (let i = 0; i < list.length; i += PIECE) add(`pages ${list[i].name} … ${login}`, async () => {
    const piece = list.slice(i, i + PIECE).filter((p) => p.at.some((width) => wanted(`${p.name} at ${width}`)));
    if (!piece.length) return;
    const v = await visitor(browser, base, { width: piece[0].at[0] });
    try {
      if (lang) await v.context.addCookies([{ name: 'lang', value: lang, url: base }]);
      if (login) await comeIn(v, login);
      for (const page of piece) await look(v, page);
    } catch (e) { // nobody could come in: said once, and none of the pages was seen
      await check(`${piece[0].name} at ${piece[0].at[0]}`, async () => { throw e; });
    } finally {
      await v.context.close();
    }
  });
}

function addAllPages() {
  addPages(pages.map(([name, path, status]) => ({ name, path, status, isWhole: whole.has(name), at: widths })));
  const theirs = [...peoplePages, ...threadPages];
  for (const login of new Set(theirs.map(([, , , who]) => who))) {
    addPages(theirs.filter(([, , , who]) => who === login).map(([name, path, status]) => (
      { name, path, status, isWhole: peopleWhole.has(name) || threadWhole.has(name), at: widths })), { login });
  }
  // English has longer words and its own gaps.
  const at = smoke ? [390] : [320, 1366];
  addPages(pages.filter(([n]) => !smoke || n === 'home')
    .map(([name, path, status]) => ({ name: `${name} in English`, path, status, at })), { lang: 'en' });
  if (!smoke) addPages(['/work', '/funds/D0001/ledger'].map((path) => ({ name: `${path} in English`, path, status: 200, at })), { lang: 'en', login: 'officer' });
}

// ---- journeys ----

function addJourney(name, walk, width, script) {
  const said = `journey ${name} at ${width}${script ? '' : ' without script'}`;
  add(said, () => check(said, async () => {
    const v = await visitor(browser, base, { width, script });
    try {
      await walk(v);
      return await soundness(v, { axeToo: false });
    } finally {
      await v.context.close();
    }
  }), locks[name]);
}

/** With script at the widest and the narrowest, without at 390: every width and both ways are walked. */
function addAllJourneys() {
  for (const [name, walk, width, script] of threadJourneys) addJourney(name, walk, width, script); // first: they are the longest
  if (!smoke) for (const [name, walk, width, script] of sayJourneys) addJourney(name, walk, width, script);
  const ways = smoke ? [[390, true]] : [[1366, true], [320, true], [390, false]];
  for (const [name, walk] of Object.entries({ ...offlineJourneys, ...paperJourneys, ...peopleJourneys, ...journeys })) {
    for (const [width, script] of ways) {
      if (script || !withScriptOnly.has(name)) addJourney(name, walk, width, script);
    }
  }
}

// ---- the rest ----

/** The first visit, with an empty cache: what a cheap phone on a bad line has to fetch. */
async function weight() {
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
      bytes > BYTES_MAX && `${bytes} bytes, at most ${BYTES_MAX}`];
  });
}

/** Paper: A4, no menu, the table as a table. */
function addPrints() {
  for (const [name, path] of [['year', '/funds/D0001/years/2570'], ['ledger', '/funds/D0001/ledger'],
    ['statement', '/funds/D0001/ledger/statement'], ['plan', '/funds/D0001/ledger/plan']]) add(`print of ${name}`, () => check(`print of ${name}`, async () => {
    const v = await visitor(browser, base, { width: 1366 });
    await comeIn(v, 'officer');
    await open(v, path);
    await v.page.emulateMedia({ media: 'print' });
    const seen = await v.page.evaluate(() => ['.menu-large', '.find', '.lang', '.who', '.filters', 'main .button'].filter((s) => document.querySelector(s)?.checkVisibility()));
    const pdf = await v.page.pdf({ path: join(shots, `${name}.pdf`), preferCSSPageSize: true, printBackground: false });
    const sheets = pdf.toString('latin1').match(/\/Type \/Page\b/g).length;
    await v.context.close();
    return [...seen.map((s) => `${s} is printed`), name === 'statement' && sheets > 1 && `a year and its signatures take ${sheets} sheets`];
  }));
}

/** Speed is a figure of the first page and of the ledger; the other kinds are asked what they must be. */
async function gates(cookie) {
  const fast = new Set(['/', '/funds/D0001/ledger']);
  for (const path of ['/', '/funds/D0001/years/2570', '/find?q=%E0%B8%9A%E0%B8%B2%E0%B8%87', '/login', '/funds/D0001/ledger']) {
    await check(`Lighthouse ${path}`, async () => {
      const session = path.endsWith('/ledger') ? cookie : undefined;
      const r = await gate(base, path, session), told = fast.has(path) ? `, ${await speed(base, path, session)}` : '';
      console.log(`lighthouse ${path}: accessibility ${r.accessibility}, best practices ${r.practices}${told}`);
      return [r.accessibility !== 100 && 'accessibility', r.practices !== 100 && 'best practices'].filter(Boolean)
        .map((what) => `${what} below 100: ${[r.error, ...r.low].filter(Boolean).join(', ')}`);
    });
  }
}

mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
addAllJourneys(); // first: they are the longest, and some wait for each other
addAllPages();
if (!smoke) addPrints();
await work(Number(value('workers') ?? 3));
for (const [ms, name] of times.sort((a, b) => b[0] - a[0]).slice(0, 60)) console.log(`${(ms / 1000).toFixed(1)} s ${name}`);
await weight();
const officer = await visitor(browser, base, { width: 1366 });
await comeIn(officer, 'officer');
const cookie = (await officer.context.cookies()).map((c) => `${c.name}=${c.value}`).join('; ');
await browser.close();
if (!smoke && !given('no-lighthouse')) await gates(cookie);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
