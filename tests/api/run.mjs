// run.mjs — the JSON doors of a served demo database against their own description.
//
//   node tests/api/run.mjs --base http://127.0.0.1:8080
//
// The document is validated as OpenAPI 3.1 by a public validator; then every documented path is asked,
// with good and with bad parameters, and every real answer is validated against the schema that the
// document names for its status (JSON Schema 2020-12). The last line is "N passed, N failed".
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const npm = createRequire(join(process.env.SARN_NPM ?? join(root, 'build/npm/node_modules'), 'x.js'));
const { Validator } = await import(pathToFileURL(npm.resolve('@seriousme/openapi-schema-validator')));
const Ajv = npm('ajv/dist/2020.js').default;
const addFormats = npm('ajv-formats').default;

const args = process.argv.slice(2);
const base = args[0] === '--base' && args.length === 2 ? args[1] : undefined;
if (!base) {
  console.error('usage: run.mjs --base URL');
  process.exit(2);
}

let passed = 0, failed = 0;
async function check(name, test) {
  try {
    await test();
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (e) {
    failed += 1;
    console.log(`FAIL ${name}: ${e.message}`);
  }
}

function must(good, text) {
  if (!good) throw new Error(text);
}

async function ask(target, options = {}) {
  const answer = await fetch(base + target, { redirect: 'manual', signal: AbortSignal.timeout(20000), ...options });
  const text = await answer.text();
  must(/^application\/json/.test(answer.headers.get('content-type') ?? ''), `${target}: ${answer.status} is no JSON: ${text.slice(0, 200)}`);
  return { status: answer.status, json: JSON.parse(text), cookies: answer.headers.getSetCookie?.() ?? [answer.headers.get('set-cookie') ?? ''] };
}

// A session of one of the demo's people: its cookie, and the token that its forms carry.
const sessions = {};
async function session(login) {
  if (sessions[login]) return sessions[login];
  const answer = await post('/api/v1/login', { login, password: 'sarn-demo-2570' });
  must(answer.status === 200, `${login} cannot log in: ${answer.status}`);
  const cookie = answer.cookies.join(';').match(/sarn_session=[^;]+/)[0];
  const page = await (await fetch(`${base}/me`, { headers: { cookie } })).text();
  return sessions[login] = { cookie, 'x-csrf-token': page.match(/name="csrf" value="([^"]+)"/)[1] };
}
function post(target, body, headers = {}) {
  return ask(target, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
}

const doc = (await ask('/api/v1/openapi.json')).json;
const now = (await ask('/api/v1/areas/TH/summary')).json.fy;

// For every path of the document: what answers 200, what 400 and what 404. A path that is missing
// here is a failure, and so is one that is here and not in the document. The real funds have figures
// for 2562, the demo's for the year of its day and the two before.
const PAGES_MAX = 50; // of a list, by its cursors
const long = 'a'.repeat(300);
const asked = {
  '/healthz': { 200: [''] },
  '/api/v1/openapi.json': { 200: [''] },
  '/api/v1/areas/{code}': { 200: ['TH', 'R4', 'R13', '10', '90', '9011', '1203', '901101', '3801'], 404: ['zz', '9999', 'R14', long] },
  '/api/v1/areas/{code}/summary': {
    200: ['TH', 'TH?fy=2562', `R4?fy=${now - 1}`, `12?fy=${now - 1}`, '1203', '1203?fy=2562', '90?fy=2562', '50', 'TH?fy=%E0%B9%92%E0%B9%95%E0%B9%96%E0%B9%99'],
    400: ['TH?fy=abc', 'TH?fy=1999', '90?fy=-1', '90?fy=99999999999999999999'],
    404: ['zz', 'zz?fy=2562', '900101'],
  },
  '/api/v1/areas/{code}/issues/{issue}': {
    200: ['1203/issues/alcohol', `1203/issues/older_people?fy=${now - 1}`],
    400: ['1203/issues/alcohol?fy=abc'],
    404: ['1203/issues/none', '12/issues/alcohol', 'zz/issues/alcohol'],
  },
  '/api/v1/projects': {
    200: ['', `?area=R4&fy=${now - 1}`, '?area=12&state=running', '?area=1203&issue=alcohol', '?fund=D0001&late=1', '?area=50', '?state=sent'],
    400: ['?area=zz', '?area=900101', '?fund=none', '?fy=abc', '?state=draft', '?issue=none', '?late=2', '?cursor=none', `?cursor=${long}`],
  },
  '/api/v1/funds': {
    200: ['', `?area=R4&fy=${now - 1}`, '?area=12', '?area=1203', '?area=94&fy=2562', '?area=901101', '?area=50'],
    400: ['?area=zz', '?fy=abc', `?cursor=${long}`, `?area=${long}`],
  },
  '/api/v1/funds/{code}': { 200: ['L3009', 'L7452', 'D0001', 'D0066'], 404: ['none', 'L0000', long] },
  '/api/v1/funds/{code}/years/{fy}': {
    200: ['L3009/years/2562', 'L3353/years/2562', 'L7452/years/2562', `L3009/years/${now}`, `D0001/years/${now - 2}`, `D0001/years/${now}`],
    404: ['none/years/2562', 'L3009/years/abc', 'L3009/years/1900'],
  },
  '/api/v1/funds/{code}/plans': { 200: ['D0001/plans', `D0001/plans?fy=${now - 1}`, 'L3009/plans'], 400: ['D0001/plans?fy=abc'], 404: ['none/plans'] },
  '/api/v1/funds/{code}/plans/{issue}/{fy}': {
    200: [`D0001/plans/alcohol/${now}`], 404: ['D0001/plans/none/2570', 'D0001/plans/alcohol/abc', 'none/plans/alcohol/2570'],
  },
  '/api/v1/issues': { 200: [''] },
  '/api/v1/issues/{code}': { 404: ['none', long] }, // the good ones come from the list
  '/api/v1/rules': { 200: [''] },
  '/api/v1/help': { 200: ['', '?q=%E0%B8%82%E0%B8%AD%E0%B8%97%E0%B8%B8%E0%B8%99', '?q=zzzz', '?q='] },
  '/api/v1/help/{topic}': { 200: ['propose', 'guide-officer', 'system'], 404: ['none', long] },
  '/api/v1/find': {
    200: ['?q=%E0%B8%A2%E0%B8%B0%E0%B8%A5%E0%B8%B2', `?q=D00&fy=${now - 1}`, '?q=%E0%B8%81', '?q=zzzz', '?q=%25_%27%22', '?q=90'],
    400: ['', '?q=a&fy=x', `?q=a&cursor=${long}`],
  },
};

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true });
addFormats(ajv);
ajv.addKeyword('components'); // where the document keeps its schemas
ajv.addSchema({ $id: 'sarn://doc', components: doc.components });

// Doors for people: who asks, what, and which status the answer must have. A body means POST. Each adds
// what the next ones need to `made`.
const made = { key: Date.now() };
const receipt = { date: '', source: 'donation', amount_satang: 12345, reference: 'api' };
const people = [
  ['/api/v1/me', 'officer', () => '/api/v1/me', null, 200],
  ['/api/v1/me', null, () => '/api/v1/me', null, 401],
  ['/api/v1/work', 'officer', () => '/api/v1/work', null, 200],
  ['/api/v1/work', 'region', () => '/api/v1/work', null, 200],
  ['/api/v1/login', null, () => '/api/v1/login', () => ({ login: 'officer', password: 'not the password' }), 401],
  ['/api/v1/me/grant', 'officer', () => '/api/v1/me/grant', () => ({ grant: 999999999 }), 404],
  ['/api/v1/logout', 'nation', () => '/api/v1/logout', () => ({}), 200],
  ['/api/v1/funds/{fund}/years/{fy}/receipts', 'officer', () => `/api/v1/funds/D0001/years/${now}/receipts`, () => receipt, 201,
    (json) => { made.entry = json.id; }],
  ['/api/v1/funds/{fund}/years/{fy}/receipts', 'officer', () => `/api/v1/funds/D0001/years/${now}/receipts`, () => ({ ...receipt, amount_satang: -1 }), 400],
  ['/api/v1/funds/{fund}/years/{fy}/receipts', 'auditor', () => `/api/v1/funds/D0001/years/${now}/receipts`, () => receipt, 403],
  ['/api/v1/funds/{fund}/years/{fy}/receipts', null, () => `/api/v1/funds/D0001/years/${now}/receipts`, () => receipt, 401],
  ['/api/v1/funds/{fund}/commitments', 'officer', () => '/api/v1/funds/D0001/commitments', null, 200],
  ['/api/v1/funds/{fund}/commitments', 'officer', () => '/api/v1/funds/D0001/commitments', () => ({ project_code: '' }), 400],
  ['/api/v1/funds/{fund}/years/{fy}/payments', 'officer', () => `/api/v1/funds/D0001/years/${now}/payments`,
    () => ({ date: receipt.date, project_code: 'NONE-1', amount_satang: 100, reference: 'api' }), 422],
  ['/api/v1/funds/{fund}/ledger/entries', 'auditor', () => `/api/v1/funds/D0001/ledger/entries?fy=${now}`, null, 200],
  ['/api/v1/funds/{fund}/ledger/entries/{id}', 'auditor', () => `/api/v1/funds/D0001/ledger/entries/${made.entry}`, null, 200],
  ['/api/v1/funds/{fund}/ledger/entries/{id}', 'auditor', () => '/api/v1/funds/D0001/ledger/entries/999999999', null, 404],
  ['/api/v1/funds/{fund}/ledger/entries/{id}', 'auditor', () => `/api/v1/funds/D0002/ledger/entries/${made.entry}`, null, 403],
  ['/api/v1/funds/{fund}/ledger/entries/{id}/reversal', 'officer', () => `/api/v1/funds/D0001/ledger/entries/${made.entry}/reversal`,
    () => ({ date: receipt.date, reason: 'api' }), 201],
  ['/api/v1/funds/{fund}/ledger/entries/{id}/reversal', 'officer', () => `/api/v1/funds/D0001/ledger/entries/${made.entry}/reversal`,
    () => ({ date: receipt.date, reason: 'again' }), 422],
  ['/api/v1/funds/{fund}/ledger/close', 'officer', () => '/api/v1/funds/D0001/ledger/close', () => ({ through: '2020-01-31' }), 403],
  ['/api/v1/funds/{fund}/ledger/close', 'secretary', () => '/api/v1/funds/D0001/ledger/close', () => ({ through: '2020-01-31' }), 422],
  ['/api/v1/funds/{fund}/years/{fy}/plan', 'member', () => `/api/v1/funds/D0001/years/${now - 1}/plan`, null, 200],
  ['/api/v1/funds/{fund}/plans/{issue}/{fy}', 'officer', () => `/api/v1/funds/D0001/plans/alcohol/${now}`, () => ({ version: 99999 }), 409],
  ['/api/v1/funds/{fund}/plans/{issue}/{fy}', 'officer', () => `/api/v1/funds/D0001/plans/alcohol/${now}`,
    () => ({ version: 1, situations: [{ indicator: 'none' }] }), 400],
  ['/api/v1/funds/{fund}/plans/{issue}/{fy}/agenda', 'officer', () => `/api/v1/funds/D0001/plans/alcohol/${now}/agenda`, () => ({ meeting: '2570-98' }), 400],
  ['/api/v1/funds/{fund}/plans/{issue}/{fy}/lines', 'officer', () => `/api/v1/funds/D0001/plans/alcohol/${now}/lines`, () => ({ version: 1, lines: [{}] }), 400],
  ['/api/v1/funds/{fund}/years/{fy}/plan/agenda', 'officer', () => `/api/v1/funds/D0001/years/${now}/plan/agenda`, () => ({ meeting: '' }), 400],
  ['/api/v1/funds/{fund}/meetings', 'officer', () => '/api/v1/funds/D0001/meetings', () => ({ held_on: receipt.date, place: 'api' }), 201,
    (json) => { made.meeting = json; }],
  ['/api/v1/funds/{fund}/meetings', 'officer', () => '/api/v1/funds/D0001/meetings', () => ({ place: 'api' }), 400],
  ['/api/v1/funds/{fund}/meetings', 'auditor', () => '/api/v1/funds/D0001/meetings', null, 200],
  ['/api/v1/funds/{fund}/meetings', 'auditor', () => '/api/v1/funds/D0001/meetings?cursor=none', null, 400],
  ['/api/v1/funds/{fund}/meetings', 'officer', () => '/api/v1/funds/D0001/meetings', () => ({ held_on: receipt.date, place: 'api, put off' }), 201,
    (json) => { made.off = json; }],
  ['/api/v1/funds/{fund}/meetings/{ref}/cancel', 'officer', () => `/api/v1/funds/D0001/meetings/${made.off.ref}/cancel`, () => ({ version: 1 }), 400],
  ['/api/v1/funds/{fund}/meetings/{ref}/cancel', 'officer', () => `/api/v1/funds/D0001/meetings/${made.off.ref}/cancel`, () => ({ version: 1, reason: 'api' }), 200],
  ['/api/v1/funds/{fund}/meetings/{ref}', 'auditor', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}`, null, 200],
  ['/api/v1/funds/{fund}/meetings/{ref}', 'auditor', () => '/api/v1/funds/D0001/meetings/2570-98', null, 404],
  ['/api/v1/funds/{fund}/meetings/{ref}/edit', 'officer', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/edit`,
    () => ({ version: 99999, held_on: receipt.date }), 409],
  ['/api/v1/funds/{fund}/meetings/{ref}/people', 'officer', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/people`,
    () => ({ version: 1, people: [{ name: 'api', title: 'chair' }] }), 200],
  ['/api/v1/funds/{fund}/meetings/{ref}/people', 'officer', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/people`, () => ({ version: 2, people: [{}] }), 400],
  ['/api/v1/funds/{fund}/meetings/{ref}/items', 'officer', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/items`,
    () => ({ agenda: 'know', title: 'api', words: 'said' }), 200, (json) => { made.meeting = json; }],
  ['/api/v1/funds/{fund}/meetings/{ref}/items', 'officer', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/items`, () => ({ agenda: 'none', title: 'api' }), 400],
  ['/api/v1/funds/{fund}/meetings/{ref}/left', 'officer', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/left`,
    () => ({ item: made.meeting.agenda[0].id, version: 1, people: [{ id: made.meeting.people[0].id, reason: 'api' }] }), 200],
  ['/api/v1/funds/{fund}/meetings/{ref}/left', 'officer', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/left`, () => ({ item: 999999999, version: 1, people: [] }), 404],
  ['/api/v1/funds/{fund}/meetings/{ref}/confirm', 'officer', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/confirm`, () => ({ former: '2570-98' }), 400],
  ['/api/v1/funds/{fund}/meetings/{ref}/proposals', 'officer', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/proposals`, null, 200],
  ['/api/v1/funds/{fund}/meetings/{ref}/proposals', 'officer', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/proposals`, () => ({ things: ['none'] }), 400],
  ['/api/v1/funds/{fund}/decisions/{item}', 'officer', () => '/api/v1/funds/D0001/decisions/999999999', () => ({ kind: 'approve' }), 404],
  ['/api/v1/funds/{fund}/projects/sizes', 'auditor', () => '/api/v1/funds/D0001/projects/sizes', null, 200],
  ['/api/v1/funds/{fund}/projects/sizes', 'officer', () => '/api/v1/funds/D0001/projects/sizes',
    () => ({ from: '2027-10-01', small_to_satang: 1500000, medium_to_satang: 1500000, source: 'api' }), 400],
  ['/api/v1/funds/{fund}/projects/sizes', 'mentor', () => '/api/v1/funds/D0001/projects/sizes', () => ({}), 403],
  ['/api/v1/funds/{fund}/projects/sizes', 'secretary', () => '/api/v1/funds/D0001/projects/sizes',
    () => ({ from: '2027-10-01', small_to_satang: 1500000, medium_to_satang: 8000000, source: 'api' }), 200],
  ['/api/v1/funds/{fund}/projects/later', 'officer', () => '/api/v1/funds/D0001/projects/later', () => ({ title: 'api' }), 400],
  ['/api/v1/funds/{fund}/projects/{slug}/decisions', 'officer', () => '/api/v1/funds/D0001/projects/none2222/decisions', null, 404],
  ['/api/v1/funds/{fund}/projects/{slug}/decide', 'officer', () => '/api/v1/funds/D0001/projects/none2222/decide', () => ({ meeting: '2570-98' }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/urgent', 'chair', () => '/api/v1/funds/D0001/projects/none2222/urgent', () => ({ amount_satang: 100 }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/agreement/paper', 'officer', () => '/api/v1/funds/D0001/projects/none2222/agreement/paper', () => ({ names: 'api' }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/agreement/seen', 'officer', () => '/api/v1/funds/D0001/projects/none2222/agreement/seen', () => ({ sign: 1 }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/urgent/paper', 'officer', () => '/api/v1/funds/D0001/projects/none2222/urgent/paper', () => ({ names: 'api' }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/urgent/seen', 'chair', () => '/api/v1/funds/D0001/projects/none2222/urgent/seen', () => ({ sign: 1 }), 404],
  ['/api/v1/funds/{fund}/commitments/{id}/paper', 'officer', () => '/api/v1/funds/D0001/commitments/0/paper', () => ({ names: 'api' }), 404],
  ['/api/v1/funds/{fund}/commitments/{id}/seen', 'chair', () => '/api/v1/funds/D0001/commitments/0/seen', () => ({ sign: 1 }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/later/paper', 'officer', () => '/api/v1/funds/D0001/projects/none2222/later/paper', () => ({ names: 'api' }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/later/seen', 'chair', () => '/api/v1/funds/D0001/projects/none2222/later/seen', () => ({ sign: 1 }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/agreement', 'officer', () => '/api/v1/funds/D0001/projects/none2222/agreement', () => ({ number: '1' }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/changes', 'officer', () => '/api/v1/funds/D0001/projects/none2222/changes', () => ({ kind: 'extend' }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/changes/{change}/withdraw', 'officer', () => '/api/v1/funds/D0001/projects/none2222/changes/1/withdraw', () => ({ version: 1 }), 404],
  ['/api/v1/funds/{fund}/visits', 'mentor', () => '/api/v1/funds/D0001/visits', () => ({ on: receipt.date }), 400],
  ['/api/v1/funds/{fund}/visits', 'mentor', () => '/api/v1/funds/D0001/visits', () => ({ on: receipt.date, seen: 'Twelve came' }), 201],
  ['/api/v1/funds/{fund}/visits', 'mentor', () => '/api/v1/funds/D0001/visits', null, 200],
  ['/api/v1/funds/{fund}/meetings/{ref}/paper', 'officer', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/paper`, () => ({ names: 'api' }), 400],
  ['/api/v1/funds/{fund}/meetings/{ref}/seen', 'secretary', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/seen`, () => ({}), 400],
  ['/api/v1/funds/{fund}/meetings/{ref}/sign', 'secretary', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/sign`, () => ({}), 403],
  ['/api/v1/funds/{fund}/meetings/{ref}/sign', 'chair', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/sign`, () => ({ mark: 'other' }), 409],
  ['/api/v1/funds/{fund}/meetings/{ref}/sign', 'chair', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/sign`, () => ({}), 400],
  ['/api/v1/funds/{fund}/meetings/{ref}', 'chair', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}`, null, 200, (json) => { made.mark = json.mark; }],
  ['/api/v1/funds/{fund}/meetings/{ref}/sign', 'chair', () => `/api/v1/funds/D0001/meetings/${made.meeting.ref}/sign`, () => ({ mark: made.mark }), 200],
  ['/api/v1/funds/{fund}/projects/{slug}/trail', 'officer', () => '/api/v1/funds/D0001/projects/none2222/trail', null, 404],
  ['/api/v1/funds/{fund}/projects/{slug}/reports', 'officer', () => '/api/v1/funds/D0001/projects/none2222/reports', null, 404],
  ['/api/v1/funds/{fund}/projects/{slug}/reports', 'officer', () => '/api/v1/funds/D0001/projects/none2222/reports', () => ({ title: 'api' }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/reports/{n}', 'officer', () => '/api/v1/funds/D0001/projects/none2222/reports/1', null, 404],
  ['/api/v1/funds/{fund}/projects/{slug}/reports/{n}', 'officer', () => '/api/v1/funds/D0001/projects/none2222/reports/1', () => ({ version: 1 }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/reports/{n}/photos', 'applicant', () => '/api/v1/funds/D0001/projects/none2222/reports/1/photos', () => ({ version: 1 }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/reports/{n}/send', 'applicant', () => '/api/v1/funds/D0001/projects/none2222/reports/1/send', () => ({ version: 1 }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/reports/{n}/accept', 'officer', () => '/api/v1/funds/D0001/projects/none2222/reports/1/accept', () => ({ version: 1 }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/reports/{n}/return', 'officer', () => '/api/v1/funds/D0001/projects/none2222/reports/1/return', () => ({ version: 1 }), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/close', 'officer', () => '/api/v1/funds/D0001/projects/none2222/close', () => ({}), 404],
  // proposals: begun, kept part by part, noted, sent, withdrawn
  ['/api/v1/funds/{fund}/projects', 'applicant', () => '/api/v1/funds/D0001/projects', () => ({ title: '' }), 400],
  ['/api/v1/funds/{fund}/projects', 'applicant', () => '/api/v1/funds/D0001/projects',
    () => ({ title: 'Falls', owner_name: 'Club', owner_type: '4', asked_satang: 5000000 }), 201, (json) => { made.project = json.id; }],
  ['/api/v1/funds/{fund}/projects/{slug}/edit/{section}', 'applicant', () => `/api/v1/funds/D0001/projects/${made.project}/edit/budget`,
    () => ({ version: 1, budget: [{ words: 'Mats', quantity: 10, price_satang: 20000, times: 1 }] }), 200],
  ['/api/v1/funds/{fund}/projects/{slug}/edit/{section}', 'applicant', () => `/api/v1/funds/D0001/projects/${made.project}/edit/budget`,
    () => ({ version: 1, budget: [] }), 409],
  ['/api/v1/funds/{fund}/projects/{slug}/edit/{section}', 'applicant', () => `/api/v1/funds/D0001/projects/${made.project}/edit/situation`,
    () => ({ version: 2, situation: 'call 081 234 5678' }), 400],
  ['/api/v1/funds/{fund}/projects/{slug}/notes/{note}/answered', 'applicant', () => `/api/v1/funds/D0001/projects/${made.project}/notes/999999999/answered`, () => ({}), 404],
  ['/api/v1/funds/{fund}/projects/{slug}/notes', 'mentor', () => `/api/v1/funds/D0001/projects/${made.project}/notes`,
    () => ({ section: 'budget', words: 'Three quotes, please' }), 201],
  ['/api/v1/funds/{fund}/projects/{slug}/send', 'applicant', () => `/api/v1/funds/D0001/projects/${made.project}/send`, () => ({ version: 2 }), 422],
  ['/api/v1/funds/{fund}/projects/{slug}/recall', 'applicant', () => `/api/v1/funds/D0001/projects/${made.project}/recall`, () => ({ version: 2 }), 422],
  ['/api/v1/projects/{id}', 'applicant', () => `/api/v1/projects/${made.project}`, null, 200],
  ['/api/v1/projects/{id}', null, () => `/api/v1/projects/${made.project}`, null, 404],
  ['/api/v1/funds/{fund}/projects/{slug}/cancel', 'applicant', () => `/api/v1/funds/D0001/projects/${made.project}/cancel`, () => ({ version: 2 }), 200],
  ['/api/v1/projects/{id}', null, () => `/api/v1/projects/${made.project}`, null, 200],
  ['/api/v1/programmes', 'region', () => '/api/v1/programmes', () => ({ title: 'api' }), 400],
  ['/api/v1/programmes', 'region', () => '/api/v1/programmes', () => ({ code: 'api-4', title: 'Region 4', owner_name: 'Institute', area: 'R4' }), 201],
  ['/api/v1/programmes', 'region', () => '/api/v1/programmes', null, 200],
  ['/api/v1/programmes/{code}', 'region', () => '/api/v1/programmes/api-4', () => ({ version: 9, title: 'x', owner_name: 'y' }), 409],
  ['/api/v1/programmes/{code}', 'region', () => '/api/v1/programmes/api-4', () => ({ version: 1, title: 'Region four', owner_name: 'Institute', area: 'R4' }), 200],
  ['/api/v1/programmes/{code}/reports', 'region', () => '/api/v1/programmes/api-4/reports', () => ({ title: 'Meeting', on: receipt.date, done: 'We met', people: [{ group: 'none', people: 1 }] }), 400],
  ['/api/v1/programmes/{code}/reports', 'region', () => '/api/v1/programmes/api-4/reports', () => ({ title: 'Meeting', on: receipt.date, done: 'We met', people: [{ group: '1004', people: 12 }] }), 201],
  ['/api/v1/programmes/{code}/reports/{n}', 'region', () => '/api/v1/programmes/api-4/reports/1', () => ({ version: 9, title: 'Meeting' }), 409],
  ['/api/v1/programmes/{code}/reports/{n}', 'region', () => '/api/v1/programmes/api-4/reports/1', () => ({ version: 1, title: 'Meeting 2', on: receipt.date, done: 'We met' }), 200],
  ['/api/v1/programmes/{code}/reports/{n}/photos', 'region', () => '/api/v1/programmes/api-4/reports/1/photos', () => ({}), 400],
  ['/api/v1/programmes/{code}/reports/{n}/send', 'region', () => '/api/v1/programmes/api-4/reports/1/send', () => ({ version: 9 }), 409],
  ['/api/v1/programmes/{code}/reports/{n}/send', 'region', () => '/api/v1/programmes/api-4/reports/1/send', () => ({ version: 2 }), 200],
  ['/api/v1/programmes/{code}/reports', 'region', () => '/api/v1/programmes/api-4/reports', null, 200],
  ['/api/v1/programmes/{code}/reports/{n}', 'region', () => '/api/v1/programmes/api-4/reports/1', null, 200],
  ['/api/v1/funds/{fund}/years/{fy}/facts', 'officer', () => `/api/v1/funds/D0001/years/${now}/facts`, () => ({ version: 99999 }), 409],
  ['/api/v1/funds/{fund}/phone', 'officer', () => '/api/v1/funds/D0001/phone', () => ({ phone: '074-123456' }), 200],
  ['/api/v1/funds/{fund}/phone', 'officer', () => '/api/v1/funds/D0001/phone', () => ({ phone: 'none' }), 400],
  ['/api/v1/funds/{fund}/meetings/{ref}/cancel', 'officer', () => '/api/v1/funds/D0001/meetings/2570-98/cancel', () => ({ version: 1, reason: 'api' }), 404],
  ['/api/v1/funds/{fund}/people', 'secretary', () => '/api/v1/funds/D0001/people', null, 200],
  ['/api/v1/areas/{area}/people', 'province', () => '/api/v1/areas/12/people', null, 200],
  ['/api/v1/funds/{fund}/people/invite', 'secretary', () => '/api/v1/funds/D0001/people/invite', () => ({ role: 'member' }), 201],
  ['/api/v1/funds/{fund}/people/invite', 'secretary', () => '/api/v1/funds/D0001/people/invite', () => ({ role: 'admin' }), 400],
  ['/api/v1/areas/{area}/people/invite', 'province', () => '/api/v1/areas/12/people/invite', () => ({ role: 'admin' }), 400],
  ['/api/v1/funds/{fund}/people/end', 'secretary', () => '/api/v1/funds/D0001/people/end', () => ({ grant: 999999999 }), 404],
  ['/api/v1/areas/{area}/people/end', 'province', () => '/api/v1/areas/12/people/end', () => ({ grant: 999999999 }), 404],
  ['/api/v1/funds/{fund}/people/reset', 'secretary', () => '/api/v1/funds/D0001/people/reset', () => ({ account: 999999999 }), 400],
  ['/api/v1/areas/{area}/people/reset', 'province', () => '/api/v1/areas/12/people/reset', () => ({ account: 999999999 }), 400],
  ['/api/v1/funds/{fund}/people/for', 'officer', () => '/api/v1/funds/D0001/people/for', () => ({ group: '' }), 400],
  ['/api/v1/register', null, () => '/api/v1/register', () => ({ fund: 'D0001' }), 400],
  ['/api/v1/invite/{secret}', null, () => '/api/v1/invite/none', () => ({}), 404],
  ['/api/v1/reset', null, () => '/api/v1/reset', () => ({}), 400],
  ['/api/v1/confirm', null, () => '/api/v1/confirm', () => ({}), 400],
];

function operation(path, method = 'get') {
  const found = doc.paths[path]?.[method];
  must(found, `${path} is not in the document`);
  return found;
}

// What does not fit, by the name of the member.
function faults(errors) {
  const where = (e) => `${e.instancePath} ${e.message}${e.params.additionalProperty ? `: ${e.params.additionalProperty}` : ''}`;
  return (errors ?? []).slice(0, 5).map(where).join(', ');
}

// The answer is what the document says of this path and status; gives its JSON.
async function judged(path, target, status, who = null, body = null) {
  const headers = who ? await session(who) : {};
  const answer = body ? await post(target, body, headers) : await ask(target, { headers });
  must(answer.status === status, `${target} answered ${answer.status} instead of ${status}`);
  const said = operation(path, body ? 'post' : 'get').responses[status]?.content?.['application/json']?.schema?.$ref;
  must(said, `the document does not say what ${status} of ${path} is`);
  const valid = ajv.getSchema(`sarn://doc${said}`);
  must(valid, `${said} is not described`);
  must(valid(answer.json), `${target}: ${faults(valid.errors)}; it is ${said.split('/').pop()} of src/app/openapi_schemas.json`);
  if (status >= 400) must(answer.json.error.fields.length > 0 || status !== 400, `${target}: 400 does not name the field`);
  return answer.json;
}

// Lists: every page to the end, no item twice.
async function followed(path, target) {
  const seen = new Set();
  let next = target, pages = 0;
  while (next) {
    const page = await judged(path, next, 200);
    must(Array.isArray(page.items) && page.items.length > 0, `${next}: an empty page`);
    for (const item of page.items) {
      const key = `${item.kind ?? ''}/${item.id ?? item.code}`;
      must(!seen.has(key), `${next}: ${key} a second time`);
      seen.add(key);
    }
    must(++pages < PAGES_MAX, `${target} has no end`);
    next = page.next ? `${target}${target.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(page.next)}` : null;
  }
  must(seen.size > 0, 'nothing in the list');
  return seen.size;
}

await check('the document is valid OpenAPI 3.1', async () => {
  must(/^3\.1\./.test(doc.openapi), doc.openapi);
  const result = await new Validator().validate(structuredClone(doc));
  must(result.valid, String(JSON.stringify(result)).slice(0, 1000));
});

await check('every schema is used, compiles and refuses what it does not name', () => {
  const text = JSON.stringify(doc);
  for (const name of Object.keys(doc.components.schemas)) {
    const ref = `#/components/schemas/${name}`;
    must(text.includes(`"${ref}"`), `${name} is not used`);
    must(ajv.getSchema(`sarn://doc${ref}`), `${name} does not compile`);
  }
  const valid = ajv.getSchema('sarn://doc#/components/schemas/Health');
  must(valid({ status: 'ok', version: '1', demo: true }) && !valid({ status: 'ok', version: '1', demo: true, id: 7 }), 'Health');
});

await check('every documented path is asked here, and no other', () => {
  const there = Object.keys(doc.paths).sort().join(' '), here = [...new Set([...Object.keys(asked), ...people.map((p) => p[0])])].sort().join(' ');
  must(there === here, `document: ${there}\nhere: ${here}`);
});

receipt.date = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10); // today in Bangkok
for (const [path, who, target, body, status, then] of people)
  await check(`${status} ${body ? 'POST' : 'GET'} ${target().slice(0, 80)} as ${who ?? 'a visitor'}`, async () => {
    const json = await judged(path, target(), status, who, body?.());
    then?.(json);
  });

for (const [path, byStatus] of Object.entries(asked)) {
  const stem = path.replace(/\{(code|topic)\}.*/, '');
  for (const [status, tails] of Object.entries(byStatus))
    for (const tail of tails) {
      const [code, query] = [tail.split('?')[0], tail.includes('?') ? `?${tail.split('?')[1]}` : ''];
      const target = path.endsWith('/summary') ? `${stem}${code}/summary${query}` : stem + tail;
      await check(`${status} ${target.slice(0, 100)}`, () => judged(path, target, Number(status)));
    }
}

await check('the projects that a level counts are those of its list', async () => {
  for (const area of ['TH', 'R4', '12', '1203']) {
    for (const state of ['approved', 'running', 'closed']) {
      const { projects } = await judged('/api/v1/areas/{code}/summary', `/api/v1/areas/${area}/summary?fy=${now - 1}`, 200);
      const target = `/api/v1/projects?area=${area}&fy=${now - 1}&state=${state}`;
      const n = projects[state] > 0 ? await followed('/api/v1/projects', target) : 0;
      must(n === projects[state], `${target}: ${n} in the list, ${projects[state]} counted`);
    }
  }
});

await check('every issue of the list', async () => {
  const { items } = await judged('/api/v1/issues', '/api/v1/issues', 200);
  for (const { code } of items) await judged('/api/v1/issues/{code}', `/api/v1/issues/${encodeURIComponent(code)}`, 200);
});

await check('the list of funds to its end, and each fund of it', async () => {
  const all = await followed('/api/v1/funds', '/api/v1/funds');
  const nation = await judged('/api/v1/areas/{code}/summary', '/api/v1/areas/TH/summary', 200);
  must(all === nation.funds, `${all} funds in the list, ${nation.funds} in the summary`);
});

for (const area of ['R4', '12', '1203', '94'])
  await check(`the funds of ${area} to their end`, async () => {
    const n = await followed('/api/v1/funds', `/api/v1/funds?area=${area}&fy=${now - 1}`);
    const { funds } = await judged('/api/v1/areas/{code}/summary', `/api/v1/areas/${area}/summary?fy=${now - 1}`, 200);
    must(n === funds, `${n} in the list, ${funds} in the summary`);
  });

await check('every year of every fund of a district', async () => {
  const { items } = await judged('/api/v1/funds', '/api/v1/funds?area=1203', 200);
  for (const { code } of items) {
    const fund = await judged('/api/v1/funds/{code}', `/api/v1/funds/${code}`, 200);
    for (const { fy } of fund.years) await judged('/api/v1/funds/{code}/years/{fy}', `/api/v1/funds/${code}/years/${fy}`, 200);
  }
});

await check('children down the tree, from the nation to a district', async () => {
  let code = 'TH';
  for (const wanted of ['nation', 'region', 'province', 'district']) {
    const area = await judged('/api/v1/areas/{code}', `/api/v1/areas/${code}`, 200);
    must(area.kind === wanted, `${code} is a ${area.kind}`);
    const { children, funds } = await judged('/api/v1/areas/{code}/summary', `/api/v1/areas/${code}/summary?fy=${now - 1}`, 200);
    must(children.reduce((n, c) => n + (c.funds ?? 1), 0) === funds, `${code}: its children have other funds`);
    code = children.find((c) => (c.funds ?? 1) > 0).code;
  }
});

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
