// papers.mjs — what is signed by hand and brought as a scan: the chair's urgent approval, the minutes that approved a project
// entered later (the agreement's stands in thread.mjs); the fund's own size limits; and the pages of the thread that are
// only looked at.
import { follow, open } from './browser.mjs';
import { expect, path, text } from './journeys.mjs';
import { button, clean, comeIn, date, press } from './people.mjs';
import { photo, running, today } from './thread.mjs';

/** Brings a scan: refused while it says nothing, then waiting for somebody else. `fields`: what else is typed. */
export async function bring(v, at, words, fields = {}) {
  const scan = { ...await photo(v, words), name: `${words}.jpg` }, send = v.page.locator('main form.form button').last();
  await open(v, at);
  await press(v, send, 400);
  expect(await v.page.locator('#errors a[href="#names"]').count() === 1, 'who signed is asked for');
  await clean(v, `the refused paper ${words}`);
  await v.page.locator('main input[type=file]').setInputFiles(scan);
  for (const [id, value] of Object.entries(fields)) await v.page.locator(`#${id}`).fill(value);
  await press(v, send, 400);
  expect((await text(v, 'main')).includes(scan.name), 'the scan need not be chosen again');
  await v.page.locator('#names').fill('สมบัติ แก้วใส ประธานกรรมการ');
  await date(v, 'signed_on', ...today().at);
  await clean(v, `the filled paper ${words}`);
  await press(v, send, 200);
  expect(await v.page.locator('main .notice.success').count() === 1, 'it says that the paper is there');
  expect(await v.page.locator('main form[action$="/seen"]').count() === 0, 'who brought the paper cannot be who saw it');
  await clean(v, `the brought paper ${words}`);
}

/** The other person compares it, and presses once. */
export async function see(v, at, words) {
  await open(v, at);
  await clean(v, `the paper ${words}, to be seen`);
  await follow(v, v.page.locator('main form[action$="/seen"] button'));
  expect(/done=/.test(v.page.url()), `seen: ${v.page.url()}`);
  await clean(v, `the paper ${words}, seen`);
}

/** The minutes of a project that ran before the fund wrote here. */
async function laterPaper(v) {
  await comeIn(v, 'officer');
  const at = `/funds/D0001/projects/${await running(v, `โครงการจากแฟ้ม ${Date.now().toString(36)}`, today())}`;
  await bring(v, `${at}/later/paper`, 'minutes');
  await comeIn(v, 'secretary');
  await see(v, `${at}/later/paper`, 'minutes');
}

/** A proposal of the kind that may not wait, by the JSON doors: its pages are walked elsewhere. */
async function emergency(v) {
  await open(v, '/funds/D0001/projects/new');
  const csrf = await v.page.locator('main form input[name=csrf]').first().inputValue();
  const post = async (door, data) => {
    const answer = await v.context.request.post(new URL(`/api/v1/funds/D0001/projects${door}`, v.base).href, {
      data, headers: { 'X-CSRF-Token': csrf, 'Idempotency-Key': `${Date.now()}-${Math.random()}` } });
    expect(answer.ok(), `${door} answered ${answer.status()}: ${await answer.text()}`);
    return answer.json();
  };
  const now = new Date(), day = (days) => new Date(now.getTime() + days * 864e5).toISOString().slice(0, 10);
  const head = { title: `ศูนย์พักพิง ${now.getTime().toString(36)}`, owner_name: 'รพ.สต.บ้านคลองใส', owner_type: '1', support_type: '5', issue: 'disaster_epidemic', asked_satang: 90000 };
  const { id, version } = await post('', head);
  const kept = await post(`/${id}/edit/one`, { version, ...head, situation: 'น้ำท่วมหมู่ 5', method: 'ตั้งศูนย์พักพิงที่วัด', group_1004: 20, starts: day(1), ends: day(20), place: 'ศาลาวัด' });
  await post(`/${id}/send`, { version: kept.version });
  return `/funds/D0001/projects/${id}`;
}

/** The chair signed on paper, in an emergency. */
async function urgentPaper(v) {
  await comeIn(v, 'officer');
  const at = `${await emergency(v)}/urgent/paper`;
  await bring(v, at, 'urgent', { amount: '๙๐๐', reason: 'ต้องตั้งศูนย์พักพิงคืนนี้', conditions: 'รายงานภายในสิบห้าวัน' });
  await comeIn(v, 'secretary');
  await see(v, at, 'urgent');
}

/** Up to which sum a project is small: refused, looked over, kept, and said again. */
async function sizes(v) {
  const at = '/funds/D0009/projects/sizes', source = `ประกาศกองทุน ${Date.now().toString(36)} ${v.width}`; // no thirteen digits: that would be a citizen id
  await comeIn(v, 'officer.d0009');
  await open(v, at);
  await press(v, button(v, 'review'), 400);
  expect(await v.page.locator('.fault').count() >= 3, 'each empty field says what it wants');
  await clean(v, 'the refused limits');
  await date(v, 'from', 1, 10, today().fy);
  await v.page.locator('#small_to').fill('๑๒๐๐๐');
  await v.page.locator('#medium_to').fill('60,000');
  await v.page.locator('#source').fill(source);
  await press(v, button(v, 'review'), 200);
  await clean(v, 'the review of the limits');
  await follow(v, button(v, 'edit'));
  expect(await v.page.locator('#source').inputValue() === source, 'going back loses nothing');
  await press(v, button(v, 'review'), 200);
  await follow(v, button(v, 'post'));
  expect(path(v) === at && (await text(v, 'main')).includes(source), `the limits are listed on ${path(v)}`);
  await clean(v, 'the limits, kept');
}

/** Who changed what: all that happened to a project. */
async function history(v) {
  await comeIn(v, 'auditor');
  const { items } = await (await v.context.request.get(new URL('/api/v1/projects?fund=D0001&fy=2570&state=closed', v.base).href)).json();
  await open(v, `/funds/D0001/projects/${items.find((p) => p.code === '70-D0001-2-02').id}`);
  await follow(v, v.page.locator('main a', { hasText: 'ใครแก้ไขอะไร' }));
  const acts = await text(v, 'main');
  expect(acts.includes('บันทึกครั้งแรก') && acts.includes('จ่ายเงิน'), 'the history begins with the first line and has the payments');
  await clean(v, 'the history of a project');
}

export const paperJourneys = { laterPaper, urgentPaper, sizes, history };

/** One of each kind: loaded, and asked everything, at every width. */
export const threadWhole = new Set(['project-work', 'meeting', 'area-issue', 'sizes', 'offline-shell']);

/** {code} is the address of the project of that code. */
export const threadPages = [
  ['area-issue', '/areas/1203/issues/older_people', 200, ''], ['area-issue-past', '/areas/1203/issues/older_people?fy=2569', 200, ''],
  ['area-issue-empty', '/areas/5501/issues/older_people', 200, ''], ['area-issue-error', '/areas/1203/issues/nothing', 404, ''],
  ['area-projects', '/areas/1203/projects', 200, ''], ['fund-projects', '/funds/D0001/projects', 200, ''],
  ['fund-plans', '/funds/D0001/plans', 200, ''], ['plan-public', '/funds/D0001/plans/older_people/2570', 200, ''],
  ['project-public', '/projects/{70-D0001-2-02}', 200, ''], ['programmes', '/programmes', 200, ''], ['track', '/track', 200, ''],
  ['offline-shell', '/offline/shell', 200, ''],
  ['project-history', '/funds/D0001/projects/{70-D0001-2-02}/trail', 200, 'auditor'],
  ['project-work', '/funds/D0001/projects/{70-D0001-2-04}', 200, 'officer'], ['sizes', '/funds/D0001/projects/sizes', 200, 'officer'],
  ['agreement', '/funds/D0001/projects/{70-D0001-2-04}/agreement', 200, 'officer'],
  ['agreement-paper', '/funds/D0001/projects/{70-D0001-2-04}/agreement/paper', 200, 'officer'],
  ['decisions', '/funds/D0001/projects/{70-D0001-2-04}/decide', 200, 'secretary'],
  ['changes', '/funds/D0001/projects/{70-D0001-2-04}/changes', 200, 'officer'],
  ['reports', '/funds/D0001/projects/{70-D0001-2-04}/reports', 200, 'officer'],
  ['later', '/funds/D0001/projects/later', 200, 'officer'], ['proposals', '/funds/D0001/proposals', 200, 'officer'],
  ['meetings', '/funds/D0001/meetings', 200, 'secretary'], ['meeting', '/funds/D0001/meetings/2570-1', 200, 'secretary'],
  ['meeting-sign', '/funds/D0001/meetings/2570-1/sign', 200, 'secretary'],
  ['plan-write', '/funds/D0001/plans/older_people/2570/edit', 200, 'officer'], ['visits', '/funds/D0001/visits', 200, 'mentor'],
  ['sizes-applicant', '/funds/D0001/projects/sizes', 200, 'applicant'],
];
