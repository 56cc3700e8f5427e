// say.mjs — what a screen reader says of a page, and where the Tab key goes: from Chromium's accessibility tree and by real
// presses. Printed along the thread it is docs/screen-reader.md; run.mjs asks the same pages for what must hold.
//
//   node tests/browser/say.mjs --base http://127.0.0.1:8080 > docs/screen-reader.md     (a fresh demo of seed 1)
import { pathToFileURL } from 'node:url';
import { chromium, chromiumFlags, chromiumPath, open, visitor } from './browser.mjs';
import { comeIn, press } from './people.mjs';

const CONTROLS = new Set(['link', 'button', 'textbox', 'searchbox', 'combobox', 'checkbox', 'radio', 'DisclosureTriangle', 'spinbutton', 'menuitem']);
const LANDMARKS = new Set(['banner', 'navigation', 'main', 'contentinfo', 'search', 'region', 'form', 'complementary']);
const TAB_MOST = 150;

/** The tree in reading order: { id, role, name, says, group: what its group says, level, in: the landmark, isControl }. */
export async function spoken(v) {
  const session = await v.context.newCDPSession(v.page);
  await session.send('Accessibility.enable');
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const byId = new Map(nodes.map((n) => [n.nodeId, n])), list = [];
  const walk = (n, landmark, group) => {
    const role = n.role?.value, name = (n.name?.value ?? '').trim();
    if (!n.ignored && LANDMARKS.has(role)) landmark = role;
    const says = (n.description?.value ?? '').trim();
    if (!n.ignored && role === 'group') group = says; // read out when its first control is entered
    const props = Object.fromEntries((n.properties ?? []).map((p) => [p.name, p.value.value]));
    const wanted = CONTROLS.has(role) || LANDMARKS.has(role) || ['heading', 'alert', 'status', 'image', 'group', 'radiogroup'].includes(role);
    if (!n.ignored && wanted && (name || role !== 'group')) list.push({ id: n.backendDOMNodeId, role, name, says, group, level: props.level,
      isBad: props.invalid === 'true', isFocused: props.focused === true, in: landmark, isControl: CONTROLS.has(role) });
    for (const c of n.childIds ?? []) if (byId.has(c)) walk(byId.get(c), landmark, group);
  };
  walk(nodes.find((n) => !n.parentId), '', '');
  return list;
}

/** Which nodes Tab comes to, from where the page puts the reader, by pressing it. */
export async function order(v) {
  const session = await v.context.newCDPSession(v.page), came = [];
  for (let i = 0; i < TAB_MOST; i++) {
    await v.page.keyboard.press('Tab');
    const { result } = await session.send('Runtime.evaluate', { expression: 'document.activeElement' });
    const { node } = await session.send('DOM.describeNode', { objectId: result.objectId });
    if (node.nodeName === 'BODY' || came.includes(node.backendNodeId)) break;
    came.push(node.backendNodeId);
  }
  await session.detach();
  return came;
}

/** What is wrong with how a page is said: nameless controls, one name for two places, jumps, headings out of order. */
export async function wrong(v) {
  const all = await spoken(v), bad = [];
  for (const n of all) if ((n.isControl || n.role === 'navigation') && !n.name) bad.push(`a ${n.role} without a name`);
  if (all.filter((n) => n.role === 'main').length !== 1) bad.push('not one main landmark');
  let level = 0;
  for (const n of all.filter((x) => x.role === 'heading' && x.in === 'main')) {
    if (n.level > level + 1 && level > 0) bad.push(`heading "${n.name}" jumps from ${level} to ${n.level}`);
    level = n.level;
  }
  bad.push(...await v.page.evaluate(() => { // two links of one name that lead to different pages
    const to = new Map(), two = [];
    for (const a of document.querySelectorAll('main a[href]')) {
      if (!a.checkVisibility() || a.querySelector('img')) continue;
      const name = (a.getAttribute('aria-label') ?? a.textContent).replace(/\s+/g, ' ').trim(), href = a.getAttribute('href');
      const near = a.closest('tr, li, .item, .agenda')?.querySelector('th, h3, b, .item-title')?.textContent ?? '';
      if (to.has(name) && to.get(name) !== href && !/\d$/.test(name) && !near) two.push(`two links are called "${name}"`);
      to.set(name, href);
    }
    return [...new Set(two)];
  }));
  return bad;
}

/** Reading order and Tab order are the same, but for radios, of which Tab visits one of a group. */
export function jumps(all, came) {
  const at = came.map((id) => all.findIndex((n) => n.id === id)).filter((i) => i >= 0);
  return at.filter((x, i) => i > 0 && x < at[i - 1]).map((x) => `Tab goes back to "${all[x].name}"`);
}

// ---- printed along the thread ----

const FUND = '/funds/D0001';
const of = (state, tail = '') => ({ state, tail }); // a project of the fund in that state

/** Who, what they come to do, where; `press`: the button pressed with nothing filled in. */
const thread = [
  ['', 'Logging in', '/login'],
  ['', 'Logging in, refused', '/login', 'main form[action="/login"] button'],
  ['applicant', 'My work', '/work'],
  ['applicant', 'A new proposal', `${FUND}/projects/new`],
  ['applicant', 'A new proposal, refused', `${FUND}/projects/new`, 'main button[value=next]'],
  ['applicant', 'The proposal on one page (a small one)', of('draft', '/edit/one')],
  ...['head', 'people', 'plan', 'situation', 'objectives', 'targets', 'when', 'activities', 'budget', 'expected', 'review']
    .map((part) => ['applicant', `The proposal: ${part}`, of('revise', `/edit/${part}`)]),
  ['applicant', 'My project', of('revise')],
  ['applicant', 'The slip', of('sent', '/slip')],
  ['', 'Tracking', '/track'],
  ['', 'Tracking, a code that is not there', '/track?code=ABCD'],
  ['applicant', 'A report: which activity', of('running', '/reports/new')],
  ['secretary', 'A new meeting', `${FUND}/meetings/new`],
  ['secretary', 'A new meeting, refused', `${FUND}/meetings/new`, 'main form.form button'],
  ['secretary', 'The meeting', `${FUND}/meetings/2570-4`],
  ['secretary', 'What goes on its agenda', `${FUND}/meetings/2570-4/proposals`],
  ['secretary', 'Who was there', `${FUND}/meetings/2570-4/people`],
  ['secretary', 'The decisions before signing', `${FUND}/meetings/2570-4/sign`],
  ['secretary', 'The signed paper, refused', `${FUND}/meetings/2570-4/paper`, 'main form.form button'],
  ['officer', 'The agreement', of('approved', '/agreement')],
  ['officer', 'The agreement, refused', of('approved', '/agreement'), 'main button[value=review]', '#number'],
  ['officer', 'A payment', `${FUND}/ledger/payments/new`],
  ['officer', 'A payment, refused', `${FUND}/ledger/payments/new`, 'main button[value=review]'],
  ['officer', 'The reports of a project', of('reported', '/reports')],
  ['officer', 'A report to accept', of('reported', '/reports/1')],
  ['officer', 'Closing the project', of('reported', '/close')],
];

async function place(v, where) {
  if (typeof where === 'string') return where;
  await open(v, `${FUND}/proposals?state=${where.state}`);
  const links = await v.page.locator('main table tbody th a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  for (const href of links) { // the first of that state that has this page
    const answer = await v.context.request.get(new URL(href + where.tail, v.base).href, { maxRedirects: 0 });
    if (answer.status() === 200) return href + where.tail;
  }
  throw new Error(`no project is ${where.state} with ${where.tail}`);
}

const WORDS = { heading: 'heading', textbox: 'edit', searchbox: 'search', combobox: 'list', DisclosureTriangle: 'opens', checkbox: 'tick', radio: 'choice', alert: 'ALERT', image: 'picture' };
const cell = (s) => s.replace(/\s+/g, ' ').replaceAll('|', '\\|');

const ROWS_MOST = 44; // of a long page of rows of one kind the first ones

/** A page as a table; what stands around main is the same everywhere and is counted, not told. */
function table(all, came) {
  const from = all.findIndex((n) => n.role === 'main'), to = all.findIndex((n) => n.role === 'contentinfo');
  const rows = ['| Tab | heard |', '| --- | --- |'];
  const told = all.slice(from + 1, to < 0 ? undefined : to).filter((n) => n.role !== 'region' && (n.name || n.role === 'alert'));
  for (const n of told) {
    const at = came.indexOf(n.id);
    const role = n.role === 'heading' ? `heading ${n.level}` : WORDS[n.role] ?? n.role;
    rows.push(`| ${at < 0 ? '' : at + 1} | ${role}: ${cell(n.name)}${n.says ? ` — ${cell(n.says)}` : ''}${n.isBad ? ' (not valid)' : ''}${n.isFocused ? ' ← **focus**' : ''} |`);
  }
  const rest = rows.length > ROWS_MOST ? rows.length - ROWS_MOST : 0;
  return [...rows.slice(0, ROWS_MOST), ...(rest ? [`| … | ${rest} more of the same kind |`] : [])].join('\n');
}
/** One page of the thread, as its person: what is heard, where Tab goes, what is wrong with either. */
async function visit(v, [, , where, button, emptied]) {
  const path = await place(v, where);
  await open(v, path, path.includes('code=ABCD') ? 404 : 200);
  if (emptied) await v.page.locator(emptied).fill('');
  if (button) await press(v, v.page.locator(button).last(), 400);
  const all = await spoken(v), came = await order(v), bad = [...await wrong(v), ...jumps(all, came)];
  if (button) {
    if (all.find((n) => n.isFocused)?.role !== 'alert') bad.push('the list of errors is not where the reader stands');
    const first = all.find((n) => n.id === came[0]), marked = all.filter((n) => n.isBad);
    if (first?.role !== 'link') bad.push(`the first stop after the errors is "${first?.name}"`);
    for (const n of marked) if (!n.says && !n.group) bad.push(`"${n.name}" is not valid and does not say why`);
    if (!marked.length) bad.push('no field says that it is not valid');
  }
  return { path, all, came, bad };
}

const known = new Map(); // a window for each person
async function windowOf(browser, base, who) {
  if (!known.has(who)) {
    const v = await visitor(browser, base, { width: 1366 });
    if (who) await comeIn(v, who);
    known.set(who, v);
  }
  return known.get(who);
}

/** Every control has a name, Tab goes as the page is read, and after a refusal the reader stands on the list of errors. */
async function heard(v) {
  const bad = [];
  for (const step of thread) {
    const seen = await visit(await windowOf(v.browser, v.base, step[0]), step);
    bad.push(...seen.bad.map((b) => `${step[1]}: ${b}`));
  }
  for (const one of known.values()) await one.context.close();
  known.clear();
  await open(v, '/'); // its own window was not used
  if (bad.length) throw new Error(bad.join('; '));
}

/** [name, walk, width, with script]; once, for width and script change neither words nor order. */
export const sayJourneys = [['what a screen reader says along the thread', heard, 1366, true]];

async function print(base) {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
  let bads = 0;
  for (const step of thread) {
    const [who, what] = step, { path, all, came, bad } = await visit(await windowOf(browser, base, who), step);
    bads += bad.length;
    console.log(`\n### ${what}${who ? ` (${who})` : ''}\n\`${path.replace(/projects\/[a-z0-9]{8}/, 'projects/…')}\` · ${came.length} stops of Tab\n`);
    console.log(table(all, came));
    for (const b of bad) console.log(`\n**Wrong:** ${b}`);
  }
  await browser.close();
  console.error(`${thread.length} pages, ${bads} faults`);
  process.exit(bads ? 1 : 0);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await print(process.argv[process.argv.indexOf('--base') + 1]);
