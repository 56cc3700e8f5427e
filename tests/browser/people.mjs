// people.mjs — what people who log in do: an officer books what came in, a secretary closes and reverses,
// an auditor only reads, two edit one thing, a session dies in the middle of a form.
import { axeViolations, follow, open, visitor } from './browser.mjs';
import { expect, heading, path, text } from './journeys.mjs';

export const PASSWORD = 'sarn-demo-2570';
const cookies = new Map(); // one session a login, kept for the pages that are only looked at

/** Through the page that people use. */
export async function signIn(v, login, next = '') {
  await open(v, `/login${next && `?next=${encodeURIComponent(next)}`}`);
  await v.page.locator('#login').fill(login);
  await v.page.locator('#password').fill(PASSWORD);
  await follow(v, v.page.locator('main form[action="/login"] button'));
}

/** By a window of its own, so that the visitor has opened nothing yet. */
async function session(v, login) {
  const door = await visitor(v.browser, v.base, { width: 390, script: false });
  try {
    await signIn(door, login);
    return (await door.context.cookies()).filter((c) => c.name !== 'lang');
  } finally {
    await door.context.close();
  }
}

/** The same without its page, once a login: for pages that are only looked at. */
export async function comeIn(v, login) {
  const key = `${v.base} ${login}`;
  if (!cookies.has(key)) cookies.set(key, session(v, login));
  await v.context.addCookies(await cookies.get(key));
}

/** Fills a date of three fields. */
export async function date(v, name, d, m, y) {
  await v.page.locator(`#${name}`).fill(String(d));
  await v.page.locator(`#${name}_m`).selectOption(String(m));
  await v.page.locator(`#${name}_y`).fill(String(y));
}

/** Presses a button that is answered by a page of another status than 200. */
export async function press(v, locator, status) {
  v.expected = status;
  const [response] = await Promise.all([v.page.waitForNavigation({ waitUntil: 'load' }), locator.first().click()]);
  expect(response.status() === status, `${path(v)} answered ${response.status()}, expected ${status}`);
}

/** Pages that only a POST or an opened menu shows are asked in the middle of a journey: each by axe once in a run, at the
    width that comes first; whether it scrolls sideways at every width. */
const asked = new Set();
export async function clean(v, what) {
  if (!v.script) return;
  if (!asked.has(what)) {
    asked.add(what);
    const bad = await axeViolations(v);
    expect(bad.length === 0, `${what} at ${v.width}: ${bad.join('; ')}`);
  }
  const [over, wide] = await v.page.evaluate(() => [document.documentElement.scrollWidth - window.innerWidth,
    [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1)
      .map((e) => `${e.tagName} ${e.className} ${e.id}`).slice(0, 6).join(', ')]);
  expect(over <= 0, `${what} scrolls sideways by ${over} px: ${wide}`);
}

/** Presses twice, as people do; what counts is that the page behind it comes and nothing has happened twice. */
export async function twice(v, locator, where) {
  v.expected = 200;
  const came = () => v.page.waitForURL(where, { waitUntil: 'load' });
  await Promise.all([came().catch(came), locator.first().dblclick({ noWaitAfter: true })]); // the second press breaks off the first's page
  v.errors.length = 0; // a page that the second press interrupted may have left a line
}

export const button = (v, step) => v.page.locator(`main button[name=step][value=${step}]`);
export const mark = (v) => `${v.script ? 'ส' : 'ไ'}${v.width}-${Date.now().toString(36)}`; // a reference that is there once; no thirteen digits: that may be a citizen id

/** Figures of an area or fund as everybody may ask for them. */
async function summary(v, code) {
  const r = await v.context.request.get(new URL(`/api/v1/areas/${code}/summary?fy=2570`, v.base).href);
  expect(r.status() === 200, `summary of ${code}: ${r.status()}`);
  return r.json();
}
const LEVELS = ['1203', '12', 'R4', 'TH'];

/** What the page of an area says in words that its local governments gave, in satang. */
async function shownLocal(v, code) {
  await open(v, code === 'TH' ? '/?fy=2570' : `/areas/${code}?fy=2570`);
  const said = /อปท\. ([\d,]+)\.(\d\d)/.exec(await text(v, '.cards.four .card .note'));
  expect(said, `${code} does not say what local governments gave`);
  return Number(said[1].replaceAll(',', '')) * 100 + Number(said[2]);
}

/** From the log-in to a receipt that every level above sees. */
async function officer(v) {
  await open(v, '/funds/D0001/ledger'); // a visitor is led to the log-in and back
  expect(path(v) === '/login', `a visitor stands on ${path(v)}`);
  await v.page.locator('#login').fill('officer');
  await v.page.locator('#password').fill(PASSWORD);
  await follow(v, v.page.locator('main form[action="/login"] button'));
  expect(path(v) === '/funds/D0001/ledger', `after the log-in: ${path(v)}`);
  const before = await Promise.all(LEVELS.map((code) => summary(v, code)));
  const reference = mark(v);

  await follow(v, v.page.locator('main a[href$="/ledger/receipts/new"]'));
  await date(v, 'date', '๒๙', 2, '๒๕๖๘');
  await v.page.locator('input[name=source][value=local]').check();
  await v.page.locator('#amount').fill('๑๒๕๐๐.๕');
  if (v.script) {
    await v.page.locator('#reference').focus();
    expect(await v.page.locator('#amount').inputValue() === '12,500.50', 'money has its commas after the field is left');
  }
  await v.page.locator('#reference').fill(reference);
  await v.page.locator('#memo').fill('บันทึก <b>จากเครื่องทดสอบ</b>');
  await press(v, button(v, 'review'), 400);
  expect((await text(v, '#date-fault')).includes('29 กุมภาพันธ์ 2568'), 'the fault names the day');
  expect(await v.page.locator('#errors a[href="#date"]').count() === 1, 'the summary leads to the date');
  expect(await v.page.locator('#date').inputValue() === '๒๙', 'the day as typed is kept');
  expect(await v.page.locator('#reference').inputValue() === reference, 'the reference is kept');
  expect((await v.page.locator('#memo').inputValue()).includes('<b>'), 'the memo is kept');
  expect(await v.page.locator('input[name=source][value=local]').isChecked(), 'the source is kept');
  if (v.script) expect(await v.page.evaluate(() => document.activeElement.id) === 'errors', 'the summary has the focus');
  await clean(v, 'the refused form');

  await date(v, 'date', 5, 11, 2569);
  await press(v, button(v, 'review'), 200);
  expect((await text(v, 'dl.review')).includes('หนึ่งหมื่นสองพันห้าร้อยบาทห้าสิบสตางค์'), 'the amount in words');
  await clean(v, 'the review page');
  await follow(v, button(v, 'edit'));
  expect(await v.page.locator('#reference').inputValue() === reference, 'going back loses nothing');
  await press(v, button(v, 'review'), 200);
  await twice(v, button(v, 'post'), /\/entries\/\d+/);
  expect((await text(v, 'main')).includes(reference), 'the entry shows its reference');
  await open(v, '/funds/D0001/ledger?fy=2570&month=11');
  const rows = await v.page.locator('main tbody', { hasText: reference }).innerText();
  expect(rows.split(reference).length === 2, 'a double click is one posting');

  const after = await Promise.all(LEVELS.map((code) => summary(v, code)));
  LEVELS.forEach((code, i) => {
    const grown = after[i].received_local_satang - before[i].received_local_satang;
    expect(grown === 1250050, `${code} grew by ${grown} satang`);
  });
  for (const [i, code] of LEVELS.entries()) {
    const shown = await shownLocal(v, code);
    expect(shown === after[i].received_local_satang, `the page of ${code} shows ${shown} satang`);
  }
}

/** Closing is for good, so each run has a fund of its own. */
const secretaries = { '1366 true': ['secretary.d0002', 'D0002'], '390 true': ['secretary.d0003', 'D0003'],
  '320 true': ['secretary.d0009', 'D0009'], '390 false': ['secretary', 'D0001'] };

/** Mends a mistake by a reversal, closes the month that has ended, brings the plan to its agreement. */
async function secretary(v) {
  const [login, fund] = secretaries[`${v.width} ${v.script}`], at = `/funds/${fund}/ledger`, reference = mark(v);
  await signIn(v, login);
  await open(v, `${at}/receipts/new`);
  await date(v, 'date', 3, 11, 2569);
  await v.page.locator('input[name=source][value=donation]').check();
  await v.page.locator('#amount').fill('500');
  await v.page.locator('#reference').fill(reference);
  await follow(v, button(v, 'review'));
  await follow(v, button(v, 'post'));

  await follow(v, v.page.locator('main a[href$="/reverse"]'));
  await press(v, v.page.locator('main form.form button'), 400);
  expect((await text(v, '#reason-fault')).length > 0, 'a reversal wants its reason');
  await v.page.locator('#reason').fill('จำนวนเงินไม่ตรงกับใบโอน');
  await date(v, 'date', 4, 11, 2569);
  if (!await v.page.locator('main input[type=checkbox]').isChecked()) await v.page.locator('main input[type=checkbox]').check();
  await follow(v, v.page.locator('main form.form button'));
  expect((await text(v, 'main')).includes('จำนวนเงินไม่ตรงกับใบโอน'), 'the reversal shows its reason');
  await follow(v, v.page.locator('main a.button[href*="draft="]'));
  expect(await v.page.locator('#reference').inputValue() === reference, 'the draft has the old values');
  await v.page.locator('#amount').fill('550');
  await follow(v, button(v, 'review'));
  await follow(v, button(v, 'post'));

  await open(v, `${at}/months`);
  const row = v.page.locator('tbody tr', { has: v.page.locator('.chip.soon') });
  const balance = await row.locator('td').nth(3).innerText();
  await v.page.locator('#bank_balance').fill('1');
  await press(v, v.page.locator('main form#through button'), 400);
  await v.page.locator('#bank_balance').fill(balance.replace(/^[^\d]*/, '').trim());
  await follow(v, v.page.locator('main form#through button'));
  expect(await v.page.locator('.notice.success').count() === 1, 'the month is closed');
  await open(v, `${at}/receipts/new`);
  await date(v, 'date', 31, 10, 2569);
  await v.page.locator('input[name=source][value=interest]').check();
  await v.page.locator('#amount').fill('10');
  await v.page.locator('#reference').fill(reference);
  await press(v, button(v, 'review'), 400);
  expect(await v.page.locator('#date-fault').count() === 1, 'a closed month takes nothing more');

  await open(v, `/funds/${fund}/years/2570/plan?edit=1`);
  await v.page.locator('#title_1').fill(`แผนทดสอบ ${reference}`);
  await v.page.locator('#unit_1').fill('กองทุน');
  if (!await v.page.locator('#support_1').inputValue()) await v.page.locator('#support_1').selectOption({ index: 1 });
  await v.page.locator('#amount_1').fill('๑,๐๐๐');
  await v.page.locator('#agreed_in').fill('ครั้งที่ 1/2570');
  await date(v, 'agreed_on', 21, 11, 2569); // later than what the demo agreed
  await follow(v, button(v, 'post'));
  const plan = await text(v, 'main');
  expect(plan.includes(reference) && plan.includes('1/2570'), `the plan is agreed and shows its line: ${plan.slice(0, 400)}`);
}

/** Reads everything of the fund, may not write, and is told that it is written down. */
async function auditor(v) {
  await signIn(v, 'auditor');
  expect(path(v) === '/work', `after the log-in: ${path(v)}`);
  expect((await text(v, 'main')).includes('อ่านได้อย่างเดียว'), 'the page says that it is read-only');
  await open(v, '/funds/D0001/ledger?fy=2570');
  expect(await v.page.locator('main a[href$="/receipts/new"]').count() === 0, 'an auditor sees no way to book');
  await follow(v, v.page.locator('main tbody a[href*="/entries/"]'));
  expect(await v.page.locator('main a[href$="/reverse"]').count() === 0, 'an auditor sees no way to reverse');
  expect(await v.page.locator('.voucher').count() === 1, 'the voucher is there');
  await open(v, '/funds/D0001/ledger/receipts/new', 403);
  await heading(v, 'ไม่มีสิทธิ์');
  await open(v, '/funds/D0002/ledger', 403); // another fund
}

/** Two people, one page: the second sees both, and what they typed. */
async function clash(v) {
  const other = await visitor(v.browser, v.base, { width: v.width, script: v.script });
  try {
    const page = '/funds/D0009/years/2570/edit', mine = `ทะเบียน ${mark(v)}`;
    await comeIn(v, 'officer.d0009');
    await comeIn(other, 'secretary.d0009');
    await open(v, page);
    await open(other, page);
    await other.page.locator('#source').fill('หนังสือจังหวัดที่ 77');
    await follow(other, other.page.locator('main form.form button'));
    await v.page.locator('#source').fill(mine);
    await press(v, v.page.locator('main form.form button'), 409);
    const said = await text(v, 'main');
    expect(said.includes('หนังสือจังหวัดที่ 77'), 'the page shows what the other saved');
    await clean(v, 'the conflict page');
    expect(await v.page.locator('#source').inputValue() === mine, 'what was typed is kept');
    await follow(v, v.page.locator('main form.form button'));
    expect(!path(v).endsWith('/edit'), `saved on the second press: ${path(v)}`);
  } finally {
    await other.context.close();
  }
}

/** The role is in sight on every page and is changed there. */
async function grants(v) {
  await signIn(v, 'two.hats');
  const first = await text(v, '.who .acting');
  await v.page.locator('.who summary').click();
  await clean(v, 'the open menu of roles');
  await follow(v, v.page.locator('.who-panel form[action="/me/grant"] button'));
  await open(v, '/');
  const second = await text(v, '.who .acting');
  expect(first !== second, `still acting as ${first}`);
  await v.page.locator('.who summary').click();
  await follow(v, v.page.locator('.who-panel form[action="/logout"] button'));
  await open(v, '/');
  expect(await v.page.locator('a.log-in').count() === 1, 'logged out');
}

/** A villager registers alone. */
async function registration(v) {
  await open(v, '/register');
  await v.page.locator('main input[type=text]').first().fill('บางม่วง');
  await follow(v, v.page.locator('main form[method=get] button'));
  await follow(v, v.page.locator('a[href="/register?fund=D0001"]'));
  await press(v, v.page.locator('main form[method=post] button'), 400);
  expect(await v.page.locator('.fault').count() >= 3, 'each empty field says what it wants');
  await v.page.locator('#name').fill('ทดสอบ ลงทะเบียน');
  await v.page.locator('#contact').fill(`villager-${v.width}-${v.script ? 's' : 'n'}-${Date.now()}@example.org`);
  await v.page.locator('#password').fill('ข้าวเหนียวมะม่วงหน้าร้อน');
  await v.page.locator('#group').fill('ชมรมผู้สูงอายุบ้านทดสอบ');
  await v.page.locator('#owner').selectOption({ index: 1 });
  await follow(v, v.page.locator('main form[method=post] button'));
  expect(await v.page.locator('.who').count() === 1, 'registered people are logged in');
}

/** The session ends while a form is being filled in: nothing typed is lost. */
async function lostSession(v) {
  const elsewhere = await visitor(v.browser, v.base, { width: v.width, script: v.script });
  try {
    const reference = mark(v);
    await signIn(v, 'officer.d0002', '/funds/D0002/ledger/receipts/new');
    await date(v, 'date', 6, 11, 2569);
    await v.page.locator('input[name=source][value=interest]').check();
    await v.page.locator('#amount').fill('99.25');
    await v.page.locator('#reference').fill(reference);
    await signIn(elsewhere, 'officer.d0002', '/me');
    await follow(elsewhere, elsewhere.page.locator('button[name=session][value=others]'));
    await follow(v, button(v, 'review'));
    expect(path(v) === '/login', `a dead session leads to ${path(v)}`);
    await v.page.locator('#login').fill('officer.d0002');
    await v.page.locator('#password').fill(PASSWORD);
    await follow(v, v.page.locator('main form[action="/login"] button'));
    expect(path(v) === '/kept', `after the log-in: ${path(v)}`);
    expect((await text(v, 'main')).includes(reference), 'the kept form shows what was typed');
    await follow(v, v.page.locator('main form.form button'));
    expect((await text(v, 'main')).includes(reference), 'sent on, it is the review page');
    await follow(v, button(v, 'post'));
    expect(/\/entries\/\d+/.test(path(v)), `posted: ${path(v)}`);
  } finally {
    await elsewhere.context.close();
  }
}

export const peopleJourneys = { officer, secretary, auditor, clash, grants, registration, lostSession };

/** Journeys that would disturb each other if they were walked side by side: the same word, one after the other. */
export const locks = { officer: 'what local governments gave', secretary: 'months of D0009', clash: 'months of D0009', lostSession: 'sessions of D0002' };

/** One of each kind: loaded, and asked everything, at every width. */
export const peopleWhole = new Set(['login', 'register-form', 'work-officer', 'ledger', 'receipt', 'entry', 'statement', 'plan-edit', 'error-403']);

/** Pages of people: name, path, status, whose eyes. */
export const peoplePages = [
  ['login', '/login', 200, ''], ['register', '/register', 200, ''], ['register-form', '/register?fund=D0001', 200, ''],
  ['reset', '/reset', 200, ''],
  ['work-officer', '/work', 200, 'officer'], ['work-secretary', '/work', 200, 'secretary'], ['work-chair', '/work', 200, 'chair'],
  ['work-applicant', '/work', 200, 'applicant'], ['work-auditor', '/work', 200, 'auditor'], ['work-district', '/work', 200, 'district'],
  ['work-province', '/work', 200, 'province'], ['work-region', '/work', 200, 'region'], ['work-nation', '/work', 200, 'nation'],
  ['work-agency', '/work', 200, 'agency'], ['work-admin', '/work', 200, 'admin'],
  ['offline', '/offline', 200, 'officer'], ['me', '/me', 200, 'two.hats'], ['totp', '/me/totp', 200, 'officer'], ['kept-empty', '/kept', 200, 'officer'],
  ['edit', '/funds/D0001/years/2570/edit', 200, 'officer'],
  ['ledger', '/funds/D0001/ledger', 200, 'officer'], ['ledger-empty', '/funds/D0001/ledger?fy=2570&month=9', 200, 'officer'],
  ['ledger-ltc', '/funds/D0001/ledger?book=ltc', 200, 'officer'],
  ['receipt', '/funds/D0001/ledger/receipts/new', 200, 'officer'], ['payment', '/funds/D0001/ledger/payments/new', 200, 'officer'],
  ['entry', '/funds/D0001/ledger/entries/1', 200, 'officer'], ['reverse', '/funds/D0001/ledger/entries/1/reverse', 200, 'officer'],
  ['commitments', '/funds/D0001/ledger/commitments', 200, 'officer'], ['commit', '/funds/D0001/ledger/commitments/new', 200, 'officer'],
  ['statement', '/funds/D0001/ledger/statement', 200, 'officer'], ['plan', '/funds/D0001/ledger/plan', 200, 'officer'],
  ['plan-edit', '/funds/D0001/years/2570/plan?edit=1', 200, 'officer'], ['plan-empty', '/funds/D0001/years/2571/plan', 200, 'officer'],
  ['people', '/funds/D0001/people', 200, 'officer'], ['for', '/funds/D0001/people/for', 200, 'officer'],
  ['months', '/funds/D0001/ledger/months', 200, 'secretary'], ['admin-people', '/admin/people', 200, 'admin'],
  ['error-403', '/funds/D0002/ledger', 403, 'officer'],
];
