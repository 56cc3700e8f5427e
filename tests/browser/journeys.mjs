// journeys.mjs — what people do, step by step, at one width, with or without script.
import { follow, open } from './browser.mjs';

export const text = (v, selector) => v.page.locator(selector).first().innerText();
export const expect = (is, what) => { if (!is) throw new Error(what); };
export const heading = async (v, part) => {
  const h1 = await text(v, 'h1');
  expect(h1.includes(part), `the heading is "${h1}", without "${part}"`);
};
export const path = (v) => decodeURIComponent(new URL(v.page.url()).pathname);

/** From the nation down to one year of one fund, by links only. */
async function down(v) {
  await open(v, '/');
  await heading(v, 'ประเทศไทย');
  await follow(v, v.page.locator('#table tbody a[href*="/areas/R4"]'));
  expect(path(v) === '/areas/R4', `region: ${path(v)}`);
  await follow(v, v.page.locator('#table tbody a[href*="/areas/12"]'));
  await heading(v, 'นนทบุรี');
  await follow(v, v.page.locator('#table tbody a[href*="/areas/1203"]'));
  await heading(v, 'บางใหญ่');
  await follow(v, v.page.locator('#table tbody a[href*="/funds/D0001"]'));
  expect(path(v) === '/funds/D0001', `fund: ${path(v)}`);
  expect((await text(v, '.title')).includes('สมมติ'), 'an invented fund does not say so');
  await follow(v, v.page.locator('table tbody a[href*="/years/"]'));
  await heading(v, 'ปีงบประมาณ');
  expect(await v.page.locator('.calc > li').count() === 5, 'the calculation has five steps');
  await follow(v, v.page.locator('.crumbs a[href="/"]'));
  expect(path(v) === '/', 'the first crumb leads home');
}

/** By the select beside the map, for those without a pointer. */
async function byMap(v) {
  await open(v, '/');
  await v.page.locator('#map-code').selectOption('90');
  await follow(v, v.page.locator('.choose button'));
  await heading(v, 'สงขลา');
}

async function filtersAndSorting(v) {
  await open(v, '/areas/12');
  if (v.width < 768) await v.page.locator('.filters-small summary').click();
  const form = v.page.locator(v.width < 768 ? '.filters-small form' : '.filters-large form');
  await form.locator('select[name=fy]').selectOption('2569');
  await form.locator('select[name=measure]').selectOption('nhso');
  await follow(v, form.locator('button'));
  await heading(v, '2569');
  const table = new URL(await v.page.locator('#table thead th a').first().getAttribute('href'), v.base);
  expect(table.searchParams.get('fy') === '2569', 'sorting keeps the year');
  await open(v, table.pathname + table.search);
  expect(await v.page.locator('th[aria-sort]').count() === 1, 'one column says how it is sorted');
}

async function finding(v) {
  await open(v, '/find');
  await v.page.locator('#find-q').fill('บางม่วง');
  await follow(v, v.page.locator('.ask button'));
  await heading(v, 'บางม่วง');
  await follow(v, v.page.locator('main a[href*="/funds/D0001"]'));
  await heading(v, 'บางม่วง');
  await open(v, '/find?q=ฮฮฮฮฮ');
  expect(await v.page.locator('.empty .button').count() === 1, 'an empty result offers one way on');
}

async function language(v) {
  await open(v, '/areas/12');
  await follow(v, v.page.locator('a.lang'));
  expect(path(v) === '/areas/12', `the switch stays on the page, not ${path(v)}`);
  await heading(v, 'Nonthaburi');
  expect(await v.page.locator('html').getAttribute('lang') === 'en', 'lang=en');
  await follow(v, v.page.locator('a.lang'));
  await heading(v, 'นนทบุรี');
}

async function menu(v) {
  await open(v, '/');
  for (const [href, part] of [['/funds', 'กองทุน'], ['/issues', 'ประเด็น'], ['/rules', 'อัตรา']]) {
    if (v.width < 1024) await v.page.locator('.menu-small summary').click();
    await follow(v, v.page.locator(`${v.width < 1024 ? '.menu-small' : '.menu-large'} a[href="${href}"]`));
    await heading(v, part);
  }
}

/** The keyboard alone: skip link first, then into the page. */
async function keyboard(v) {
  await open(v, '/areas/12');
  await v.page.keyboard.press('Tab');
  const first = await v.page.evaluate(() => document.activeElement.getAttribute('href'));
  expect(first === '#main', `the first stop is ${first}`);
  await v.page.keyboard.press('Enter');
  await v.page.keyboard.press('Tab');
  expect(await v.page.evaluate(() => Boolean(document.activeElement.closest('main'))), 'the skip link leads into main');
}

/** Paging never shows a fund twice. */
async function paging(v) {
  await open(v, '/funds');
  const codes = async () => v.page.locator('tbody th a').evaluateAll((all) => all.map((a) => a.getAttribute('href').split('?')[0]));
  const first = v.script ? await codes() : [];
  await follow(v, v.page.locator('.pager a[rel=next]'));
  if (!v.script) return;
  const second = await codes();
  expect(second.length > 0 && !second.some((c) => first.includes(c)), 'the second page repeats the first');
}

/** How to do it: from the step itself, and by the words that people use. */
async function help(v) {
  await open(v, '/register');
  await follow(v, v.page.locator('main .how a'));
  expect(path(v) === '/help/register', `help beside the step leads to ${path(v)}`);
  await v.page.locator('#help-q').fill('ขอทุน');
  await follow(v, v.page.locator('main form[action="/help"] button'));
  await follow(v, v.page.locator('.how-rows a[href="/help/propose"]'));
  await heading(v, 'ข้อเสนอโครงการ');
  expect(await v.page.locator('.how-steps .label').count() > 5, 'steps name the buttons');
  await open(v, '/help?q=ฮฮฮฮฮ');
  expect(await v.page.locator('.empty .button').count() === 1, 'nothing found offers one way on');
}

export const journeys = { help, down, byMap, filtersAndSorting, finding, language, menu, keyboard, paging };
/** Need script: the test itself (focus is asked for by evaluate), or what it walks. */
export const withScriptOnly = new Set(['keyboard', 'offline']);

/** One of each kind: loaded, and asked everything, at every width. */
export const whole = new Set(['home', 'province', 'fund', 'year', 'funds', 'find-many', 'error-fy']);

/** Every kind of page, filled, empty and wrong: path and the status it must answer. */
export const pages = [
  ['home', '/', 200], ['region', '/areas/R12', 200], ['province', '/areas/12', 200],
  ['district', '/areas/1203', 200], ['tambon', '/areas/120301', 200], ['tambon-empty', '/areas/550101', 200],
  ['area-empty', '/areas/55', 200], ['district-empty', '/areas/5501', 200], ['measure', '/?measure=nhso&fy=2569', 200],
  ['fund', '/funds/D0001', 200], ['fund-real', '/funds/L3011', 200],
  ['year', '/funds/D0001/years/2570', 200], ['year-real', '/funds/L3011/years/2562', 200],
  ['year-empty', '/funds/L3011/years/2570', 200],
  ['funds', '/funds', 200], ['funds-area', '/funds?area=94', 200], ['funds-empty', '/funds?area=55', 200],
  ['find', '/find', 200], ['find-many', '/find?q=บาง', 200], ['find-none', '/find?q=ฮฮฮฮฮ', 200],
  ['issues', '/issues', 200], ['issue', '/issues/alcohol', 200], ['rules', '/rules', 200],
  ['help', '/help', 200], ['help-topic', '/help/payment', 200], ['help-found', '/help?q=เบิกเงิน', 200],
  ['help-none', '/help?q=ฮฮฮฮฮ', 200], ['help-guide', '/help/guide-officer', 200],
  ['error-fy', '/?fy=25x9', 400], ['error-cursor', '/funds?cursor=%00', 400], ['error-area', '/areas/99', 404],
  ['error-path', '/nothere', 404], ['error-fund', '/funds/NONE', 404],
];
