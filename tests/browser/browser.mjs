// browser.mjs — Chromium for the journeys: opens pages, keeps what went wrong, asks axe.
//
// npm packages are in build/npm/node_modules (or SARN_NPM), never here; Chromium is the system's.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const npm = resolve(process.env.SARN_NPM ?? join(root, 'build/npm/node_modules'));
const require = createRequire(join(npm, 'x.js'));
export const { chromium } = require('playwright-core');
export const load = (name) => import(pathToFileURL(require.resolve(name)));
export const chromiumPath = process.env.SARN_CHROMIUM ?? '/usr/bin/chromium';
export const chromiumFlags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Layout shifts, and what the content policy refused: noted from the first moment of a page. */
const watch = () => {
  window.sarnShift = 0;
  window.sarnShifted = [];
  window.sarnRefused = [];
  new PerformanceObserver((list) => {
    for (const e of list.getEntries()) {
      if (e.hadRecentInput) continue;
      window.sarnShift += e.value;
      for (const s of e.sources) window.sarnShifted.push(`${s.node?.nodeName} ${s.node?.className ?? s.node?.textContent} ${JSON.stringify(s.previousRect)} > ${JSON.stringify(s.currentRect)}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
  document.addEventListener('securitypolicyviolation', (e) => window.sarnRefused.push(`${e.violatedDirective} ${e.blockedURI}`));
};

const height = (width) => (width > 1000 ? 900 : 844);

/** One visitor: a width, with or without script, own cookies. */
export async function visitor(browser, base, { width, script = true }) {
  const context = await browser.newContext({
    viewport: { width, height: height(width) }, javaScriptEnabled: script, reducedMotion: 'reduce' });
  await context.addInitScript(watch);
  const page = await context.newPage();
  const v = { browser, page, base, width, script, context, errors: [], requests: [], expected: 0 };
  page.on('console', (m) => {
    // A page that answers 404 on purpose is told to the console too; that one line is expected.
    if (m.type() === 'error' && !(v.expected >= 400 && m.text().includes(`status of ${v.expected}`))) v.errors.push(m.text());
  });
  page.on('pageerror', (e) => v.errors.push(String(e)));
  page.on('requestfailed', (r) => {
    const why = r.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') v.errors.push(`${r.url()} ${why}`); // aborted: the next page was asked for
  });
  page.on('requestfinished', (r) => v.requests.push(r));
  return v;
}

/** Faces are in; two frames later everything stands where it will stay. */
async function settle(v) {
  if (!v.script) return;
  await v.page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(done));
  })));
}

/** Opens an address and waits until it is quiet. */
export async function open(v, path, status = 200) {
  v.expected = status;
  v.requests.length = 0;
  const response = await v.page.goto(new URL(path, v.base).href, { waitUntil: 'load' });
  await settle(v);
  if (response.status() !== status) throw new Error(`${path}: ${response.status()}, expected ${status}`);
}

/** Follows the first visible link (or presses the button) that `locator` finds. */
export async function follow(v, locator) {
  v.expected = 200;
  v.requests.length = 0;
  await Promise.all([v.page.waitForNavigation({ waitUntil: 'load' }), locator.first().click()]);
  await settle(v);
}

export async function axeViolations(v) {
  // Through the debugger, so that the page's own content policy stays as it is.
  const session = await v.context.newCDPSession(v.page);
  await session.send('Runtime.evaluate', { expression: axe });
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { resultTypes: ['violations'] }).then((r) => JSON.stringify(r.violations.map(
      (x) => x.id + ': ' + x.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', '))))`,
    awaitPromise: true, returnByValue: true });
  await session.detach();
  if (exceptionDetails) throw new Error(exceptionDetails.text);
  return JSON.parse(result.value);
}

/** The same page, seen on a screen of another width. */
export async function resize(v, width) {
  v.width = width;
  await v.page.setViewportSize({ width, height: height(width) });
  await settle(v);
}

/** What every page must be, whatever is on it. moved: nothing has moved since it was opened. */
export async function soundness(v, { axeToo = true, moved = true } = {}) {
  const bad = [];
  const page = v.page;
  if (v.script) {
    // Shift to three decimals, as browsers report it.
    const seen = await page.evaluate(() => ({
      over: document.documentElement.scrollWidth - window.innerWidth,
      shift: window.sarnShift, shifted: window.sarnShifted, refused: window.sarnRefused,
      lang: document.documentElement.lang, h1: document.querySelectorAll('h1').length,
      icons: [...document.querySelectorAll('svg.icon use')].filter((u) => u.getBoundingClientRect().width > 0 || !u.closest('svg').checkVisibility()).length,
      iconsAll: document.querySelectorAll('svg.icon use').length,
    }));
    if (seen.over > 0) bad.push(`scrolls sideways by ${seen.over} px`);
    // A font that comes in late on a busy machine moves lines by a few pixels (0.002 was seen); what is built wrongly moves by far more.
    if (moved && seen.shift >= 0.005) bad.push(`layout shift ${seen.shift}: ${seen.shifted.join('; ')}`);
    if (seen.refused.length) bad.push(`content policy: ${seen.refused.join('; ')}`);
    if (!['th', 'en'].includes(seen.lang)) bad.push(`html lang is ${seen.lang}`);
    if (seen.h1 !== 1) bad.push(`${seen.h1} h1`);
    if (seen.icons !== seen.iconsAll) bad.push(`${seen.iconsAll - seen.icons} icons are not in the sprite`);
    if (axeToo) bad.push(...(await axeViolations(v)).map((x) => `axe ${x}`));
  }
  bad.push(...v.errors.splice(0).map((e) => `console: ${e}`));
  return bad;
}
