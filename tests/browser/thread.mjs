// thread.mjs — one project from its first line to its last: written, decided, agreed, paid, reported, closed, and seen by
// those above it. Walked twice: with script, the fund's people at a desk and the villager on a phone; and without, all of
// them on phones, as a larger project whose minutes are signed on paper. Every press that must count once is a double click.
import { connect } from 'node:net';
import { follow, open, soundness, visitor } from './browser.mjs';
import { expect, heading, path, text } from './journeys.mjs';
import { bring, see } from './papers.mjs';
import { PASSWORD, button, clean, comeIn, date, mark, press, signIn, twice } from './people.mjs';

const FUND = '/funds/D0001', DISTRICT = '1203';

/** Today as Thailand has it: what happens in a walk happens today. */
export const today = () => {
  const [y, m, d] = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Bangkok' }).format(new Date()).split('-').map(Number);
  return { d, m, y: y + 543, fy: y + 543 + (m > 9 ? 1 : 0), at: [d, m, y + 543] };
};

/** Each person has a window of their own, opened when they first act. */
function company(v, { desk, phone, script }) {
  const all = new Map();
  const widths = { applicant: phone, chair: phone, mentor: phone };
  return {
    async of(login) {
      if (!all.has(login)) {
        const one = await visitor(v.browser, v.base, { width: widths[login] ?? desk, script });
        all.set(login, one);
        if (login) await comeIn(one, login);
      }
      return all.get(login);
    },
    async leave() {
      const bad = [];
      for (const [login, one] of all) {
        const sound = () => soundness(one, { axeToo: false });
        bad.push(...(await sound().catch(sound)).map((b) => `${login || 'the public'}: ${b}`)); // again, if a page was just coming in
        await one.context.close();
      }
      return bad;
    },
  };
}

async function json(v, path) {
  const answer = await v.context.request.get(new URL(path, v.base).href);
  expect(answer.ok(), `${path} answered ${answer.status()}`);
  return answer.json();
}

/** The button of a work list that leads to `href`. */
const task = (v, href) => v.page.locator(`.tasks a.button[href="${href}"]`);

/** A photo as a phone takes it: a real JPEG with the time and the place in it. */
export async function photo(v, words) {
  const page = await v.context.newPage();
  await page.setViewportSize({ width: 2000, height: 1500 });
  await page.setContent(`<body style="margin:0;background:linear-gradient(160deg,#cde,#7a5 60%,#583)"><p style="font:220px sans-serif;padding:300px;margin:0">${words}</p>`);
  const jpeg = await page.screenshot({ type: 'jpeg', quality: 85 });
  await page.close();
  const tiff = Buffer.alloc(230);
  const entry = (at, tag, type, n, value) => {
    tiff.writeUInt16LE(tag, at); tiff.writeUInt16LE(type, at + 2); tiff.writeUInt32LE(n, at + 4); tiff.writeUInt32LE(value, at + 8);
  };
  const degrees = (at, ...parts) => parts.forEach(([top, bottom], i) => { tiff.writeUInt32LE(top, at + i * 8); tiff.writeUInt32LE(bottom, at + i * 8 + 4); });
  tiff.write('II*\0\x08\0\0\0', 0, 'latin1');
  tiff.writeUInt16LE(2, 8); // what the camera wrote: when, and where
  entry(10, 0x8769, 4, 1, 38); entry(22, 0x8825, 4, 1, 56);
  tiff.writeUInt16LE(1, 38);
  entry(40, 0x9003, 2, 20, 120); tiff.write('2026:11:20 09:15:00\0', 120, 'latin1');
  tiff.writeUInt16LE(4, 56);
  entry(58, 1, 2, 2, 0x4e); entry(70, 2, 5, 3, 144); entry(82, 3, 2, 2, 0x45); entry(94, 4, 5, 3, 168);
  degrees(144, [13, 1], [50, 1], [24, 1]); degrees(168, [100, 1], [21, 1], [36, 1]);
  const head = Buffer.from([0xff, 0xe1, 0, 0, ...Buffer.from('Exif\0\0', 'latin1')]);
  head.writeUInt16BE(tiff.length + 8, 2);
  return { name: `IMG_${words}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.concat([jpeg.subarray(0, 2), head, tiff, jpeg.subarray(2)]) };
}

// ---- the proposal ----

const next = (v) => button(v, 'next');

/** From their own first page. */
async function begin(v, title, owner, kind, asked) {
  await open(v, '/work');
  await follow(v, v.page.locator(`main .doors a.button[href="${FUND}/projects/new"]`));
  await press(v, next(v), 400);
  expect(await v.page.locator('.fault').count() === 4, 'each empty field says what it wants');
  await clean(v, 'the refused beginning of a proposal');
  await v.page.locator('#title').fill(title);
  await v.page.locator('#owner_name').fill(owner);
  await v.page.locator('#owner_type').selectOption(kind);
  await v.page.locator('#asked').fill(asked);
  await follow(v, next(v));
}

/** What a small project writes: one page. */
async function small(v, title, now) {
  await begin(v, title, 'รพ.สต.บ้านคลองใส', '1', '๑๐๒๐๐');
  expect(path(v).endsWith('/edit/one'), `a small project has one page, not ${path(v)}`);
  await v.page.locator('#issue').selectOption('older_people');
  await follow(v, next(v));
  expect(await v.page.locator('#errors a').count() === 5, 'the review names the five things that are missing');
  await clean(v, 'the review of an unfinished proposal');
  await follow(v, v.page.locator('#errors a'));
  await v.page.locator('#situation').fill('ผู้สูงอายุหมู่ 3 หกล้มปีละกว่าสิบคน อยากฝึกการทรงตัวทุกเย็น');
  await v.page.locator('#method').fill('ฝึกทรงตัวทุกวันพุธ 10 ครั้ง\nเดินรอบหมู่บ้านทุกเย็น');
  await v.page.locator('#group_1004').fill('๖๐');
  await date(v, 'starts', ...now.at);
  await date(v, 'ends', 30, 9, now.fy);
  await v.page.locator('#place').fill('ศาลาหมู่ 3');
  await clean(v, 'the filled page of a small proposal');
  await follow(v, next(v));
}

const persons = ['มะลิ ทดสอบ', 'สมพร ทดสอบ', 'บุญชู ทดสอบ', 'ละออ ทดสอบ', 'ประเทือง ทดสอบ'];

/** What a people's group writes of a larger one: a question a page. */
async function large(v, title, now) {
  const fill = async (values) => { for (const [name, value] of Object.entries(values)) await v.page.locator(`#${name}`).fill(value); };
  const at = (part) => expect(path(v).endsWith(`/edit/${part}`), `the next question is ${part}, not ${path(v)}`);
  await begin(v, title, 'กลุ่มแม่บ้านบ้านทุ่ง', '5', '24,000');
  at('people');
  await fill(Object.fromEntries(persons.map((name, i) => [`name_${i + 1}`, name])));
  await follow(v, next(v)); at('plan');
  await v.page.locator('#issue_1').selectOption('chronic_disease');
  await follow(v, next(v)); at('situation');
  await fill({ situation: 'ชาวบ้านกินเค็มเกินเกณฑ์ครึ่งหนึ่งของที่ตรวจ โทร 081 234 5678' });
  await press(v, next(v), 400);
  expect(await v.page.locator('#situation-fault').count() === 1, 'a phone number in what everybody reads is told');
  expect((await v.page.locator('#situation').inputValue()).includes('081'), 'and what was typed is kept');
  await fill({ situation: 'ชาวบ้านกินเค็มเกินเกณฑ์ครึ่งหนึ่งของที่ตรวจ' });
  await follow(v, next(v)); at('objectives');
  await fill({ words_1: 'คนกินเค็มลดลง', indicator_words_1: 'ร้อยละของคนที่กินเค็มเกินเกณฑ์', from_1: '50', to_1: '30' });
  await follow(v, next(v)); at('targets');
  await fill({ group_1003: '40', group_2002: '20' });
  await follow(v, next(v)); at('when');
  await date(v, 'starts', ...now.at);
  await date(v, 'ends', 30, 9, now.fy);
  await fill({ place: 'ศาลากลางบ้านทุ่ง' });
  await follow(v, next(v)); at('activities');
  await fill({ title_1: 'อบรมทำอาหารลดเค็ม', how_1: 'ทำด้วยกันสองรอบ' });
  await follow(v, next(v)); at('budget');
  await fill({ words_1: 'ค่าอาหารกลางวัน', quantity_1: '60', price_1: '150', times_1: '2', words_2: 'ค่าวิทยากร', quantity_2: '1', price_2: '3000', times_2: '2' });
  await follow(v, next(v)); at('expected');
  await fill({ expected: 'ครัวเรือนปรุงอาหารเค็มน้อยลง' });
  await follow(v, next(v));
}

/** Sends it once, however often it is pressed, and reads the slip. */
async function send(v, words) {
  expect(await v.page.locator('#errors').count() === 0, 'nothing is missing');
  expect((await text(v, 'dl.review')).includes(words), `the sum stands in words: ${words}`);
  await clean(v, 'the review of a proposal');
  await twice(v, v.page.locator('main form[action$="/send"] button'), /\/slip/);
  return (await text(v, '.slip .figure code')).replace(/\s/g, '').toLowerCase();
}

/** Where it is, for whoever holds the slip. */
async function track(v, slug, word) {
  await open(v, '/track');
  await v.page.locator('#code').fill(`${slug.slice(0, 4)} ${slug.slice(4)}`.toUpperCase());
  await follow(v, v.page.locator('main form[action="/track"] button'));
  expect((await text(v, 'main')).includes(word), `who tracks it reads "${word}"`);
}

// ---- the committee ----

/** A mentor reads the proposal and comments on a part; the group sees it. */
async function comment(who, slug) {
  const mentor = await who.of('mentor'), applicant = await who.of('applicant');
  await open(mentor, '/work');
  await follow(mentor, task(mentor, `/areas/${DISTRICT}/projects?state=sent`));
  await follow(mentor, mentor.page.locator(`main a[href$="/projects/${slug}"]`));
  await mentor.page.locator('#section').selectOption('situation');
  await mentor.page.locator('#words').fill('บอกจำนวนคนที่หกล้มปีก่อนด้วยจะดีมาก');
  await twice(mentor, mentor.page.locator('main form[action$="/notes"] button'), /done=/);
  await open(applicant, `${FUND}/projects/${slug}`);
  expect((await text(applicant, '[aria-labelledby=notes-title]')).split('ปีก่อนด้วยจะดีมาก').length === 2, 'the comment stands there once');
}

/** The secretary calls the meeting, puts the proposal on its agenda, notes who came, what was decided. */
async function meet(v, slug, title, now) {
  await open(v, `${FUND}/meetings/new`);
  await date(v, 'held_on', ...now.at);
  await v.page.locator('#began').fill('9.30');
  await clean(v, 'the form that calls a meeting');
  v.expected = 400; // somebody else may have taken the number: another one is tried
  for (let i = 0; i < 5 && !/-\d+$/.test(path(v)); i++) {
    await v.page.locator('#number').fill(String(20 + Math.floor(Math.random() * 79)));
    await Promise.all([v.page.waitForNavigation({ waitUntil: 'load' }), v.page.locator('main form.form button').click()]);
  }
  const desk = path(v);
  await follow(v, v.page.locator('main a[href$="/proposals"]'));
  for (const box of await v.page.locator('main tbody input[type=checkbox]').all()) await box.setChecked(false, { force: true });
  await v.page.locator('tr', { hasText: title }).locator('input[type=checkbox]').check();
  await clean(v, 'what waits for a meeting');
  await twice(v, v.page.locator('main form .actions button'), new RegExp(`${desk}($|\\?)`));
  expect(await v.page.locator('li.item', { hasText: title }).count() === 1, 'it is on the agenda once');

  await follow(v, v.page.locator('main a[href$="/people"]'));
  for (const box of await v.page.locator('input[name^=present_]').all()) {
    if (await v.page.locator(`#${(await box.getAttribute('name')).replace('present', 'name')}`).inputValue()) await box.check();
  }
  await follow(v, button(v, 'save'));
  await follow(v, v.page.locator('li.item', { hasText: title }).locator('.item-acts a'));
  await press(v, v.page.locator('main form.form button'), 400);
  expect(await v.page.locator('#errors a[href="#kind"]').count() === 1, 'a decision wants its kind');
  await clean(v, 'the refused decision');
  await v.page.locator('#kind').check();
  await twice(v, v.page.locator('main form.form button'), /done=decided/);
  await open(v, desk);
  expect((await text(v, 'main')).includes('อนุมัติ'), 'the desk shows the decision');
  return desk;
}

/** The chair looks over every decision and signs by log-in. */
async function signByLogin(v, desk, title) {
  await open(v, '/work');
  await follow(v, task(v, `${desk}/sign`));
  expect((await text(v, 'main')).includes(title), 'the decision is read before it is signed');
  await clean(v, 'the page that the chair signs');
  await twice(v, v.page.locator('#sign form button'), /done=signed/);
}

/** The minutes signed on paper: brought by one, seen by another. */
async function signByPaper(who, desk) {
  const officer = await who.of('officer'), secretary = await who.of('secretary');
  const scan = { ...await photo(officer, 'minutes'), name: 'minutes.jpg' }, now = today();
  await open(officer, `${desk}/paper`);
  await officer.page.locator('main input[type=file]').setInputFiles(scan);
  await press(officer, officer.page.locator('main form.form button'), 400);
  expect(await officer.page.locator('.fault').count() >= 1, 'who signed and when is asked for');
  expect((await text(officer, 'main')).includes('minutes.jpg'), 'the scan need not be chosen again');
  await officer.page.locator('#names').fill('สมบัติ แก้วใส');
  await date(officer, 'signed_on', ...now.at);
  await follow(officer, officer.page.locator('main form.form button'));
  await open(officer, `${desk}/sign`);
  expect(await officer.page.locator('main form[action$="/seen"]').count() === 0, 'who brought the paper cannot be who saw it');
  await open(secretary, `${desk}/sign`);
  await twice(secretary, secretary.page.locator('main form[action$="/seen"] button'), /done=/);
}

// ---- money ----

/** An agreement of two instalments; the second waits for a report. */
async function agree(v, slug, first, second, now) {
  const at = `${FUND}/projects/${slug}`;
  await open(v, at);
  expect(await v.page.locator('.next a[href$="/pay"]').count() === 0, 'nothing is paid before there is an agreement');
  await follow(v, v.page.locator('.next a[href$="/agreement"]'));
  await v.page.locator('#mode-2').check();
  if (!await v.page.locator('#amount_1').isVisible()) await v.page.locator('main details summary').click();
  await v.page.locator('#amount_1').fill(first);
  await v.page.locator('#evidence_1').selectOption('agreement');
  await press(v, button(v, 'review'), 400);
  await clean(v, 'the refused agreement');
  expect(await v.page.locator('#amount_1').inputValue() === first, 'the instalment is kept');
  await v.page.locator('#number').fill(`${mark(v)}`);
  await date(v, 'agreed_on', ...now.at);
  await v.page.locator('#signer_owner').fill('มะลิ ทดสอบ');
  await v.page.locator('#signer_fund').fill('สมบัติ แก้วใส');
  await v.page.locator('#amount_2').fill(second);
  await v.page.locator('#evidence_2').selectOption('report');
  await follow(v, button(v, 'review'));
  await clean(v, 'the review of the agreement');
  await twice(v, button(v, 'post'), /done=agreed/);
}

/** The agreement as both sides signed it, seen by another than who brought it. */
async function signedAgreement(who, slug) {
  const at = `${FUND}/projects/${slug}/agreement`, secretary = await who.of('secretary');
  await bring(await who.of('officer'), `${at}/paper`, 'agreement');
  await see(secretary, at, 'agreement');
  expect(await secretary.page.locator('main a[href$="/agreement/paper"]').count() === 0, 'what is seen is not brought again');
}

/** The next instalment through the ledger's own form. */
async function pay(v, slug, amount, now) {
  await open(v, `${FUND}/projects/${slug}`);
  await follow(v, v.page.locator('.next a[href$="/pay"]'));
  const reference = `ฎ.${mark(v)}`;
  expect(await v.page.locator('#amount').inputValue() === amount, `the form proposes ${amount}`);
  await date(v, 'date', ...now.at);
  await v.page.locator('#reference').fill(reference);
  await follow(v, button(v, 'review'));
  await clean(v, 'the review of the payment');
  await twice(v, button(v, 'post'), /\/entries\/\d+/);
  expect((await text(v, 'main')).includes(reference), 'the entry shows its reference');
}

const money = async (v, slug) => (await json(v, `/api/v1/projects/${slug}`)).money;

// ---- reports ----

/** With script it goes at once; without, with the form. */
async function choosePhoto(v, chosen) {
  v.expected = 200;
  if (v.script) {
    await Promise.all([v.page.waitForEvent('load'), v.page.locator('#photos').setInputFiles(chosen)]);
  } else {
    await v.page.locator('#photos').setInputFiles(chosen);
    await follow(v, v.page.locator('button[name=go][value=photos]'));
  }
}

async function addPhoto(v, words) {
  const before = await v.page.locator('.photo-edit').count();
  const chosen = await photo(v, words);
  await choosePhoto(v, chosen);
  expect(await v.page.locator('.photo-edit').count() === before + 1, 'the photo is there');
  const said = await v.page.locator('.photo-edit').last().innerText();
  expect(said.includes('20 พ') && said.includes('13.84'), `what the camera wrote is there: ${said}`);
}

/** A report of an activity, with a photo that everybody may see. */
async function report(v, slug, { about, fields }) {
  await open(v, '/work');
  await follow(v, task(v, `${FUND}/projects/${slug}/reports/new`));
  await follow(v, v.page.locator(about === 'planned' ? 'button[name=about]' : `button[name=about][value=${about}]`));
  const now = today(), go = (name) => v.page.locator(`button[name=go][value=${name}]`);
  for (let i = 0; i < 9 && await go('next').count(); i++) {
    for (const [id, value] of Object.entries({ title: 'ฝึกครั้งแรก', done: 'มากันครบตามที่นัด ทำได้ทุกคน', ...fields })) {
      const field = v.page.locator(`#${id}`);
      if (await field.count()) await field.fill(value);
    }
    if (await v.page.locator('#on').count()) await date(v, 'on', ...now.at);
    for (const same of ['#output_same', '#conclusion_same']) if (await v.page.locator(same).count()) await v.page.locator(same).check();
    if (await v.page.locator('#photos').count()) {
      await addPhoto(v, 'A');
      expect(!v.script || await v.page.locator('#done').count() === 0 || await v.page.locator('#done').inputValue() !== '', 'what was typed before the photo is kept');
      await v.page.locator('#caption_1').fill('ฝึกด้วยกัน');
      await v.page.locator('#shown_1').check();
      await clean(v, 'a report with a photo');
    }
    await follow(v, go('next'));
  }
  await clean(v, 'the report before it is sent');
  await twice(v, v.page.locator('main form[action$="/send"] button'), /done=sent/);
}

/** The officer accepts from their work list; the final one only after it was given back once. */
async function accept(who, slug, { backFirst = false } = {}) {
  const officer = await who.of('officer'), applicant = await who.of('applicant');
  const latest = async (v) => {
    await open(v, `${FUND}/projects/${slug}/reports`);
    await follow(v, v.page.locator('main .rows a'));
  };
  await latest(officer);
  if (backFirst) {
    await officer.page.locator('.judge summary').click();
    await press(officer, officer.page.locator('form[action$="/return"] button'), 400);
    expect(await officer.page.locator('#reason-fault').count() === 1, 'a report is not given back without a reason');
    await clean(officer, 'the form that gives a report back, open');
    await officer.page.locator('#reason').fill('บอกด้วยว่าวัดผลเมื่อไร');
    await twice(officer, officer.page.locator('form[action$="/return"] button'), /done=/);
    await open(applicant, '/work');
    await follow(applicant, applicant.page.locator(`.tasks a.button[href*="/projects/${slug}/reports/"]`));
    expect((await text(applicant, 'main')).includes('บอกด้วยว่าวัดผลเมื่อไร'), 'the group reads the reason');
    await twice(applicant, applicant.page.locator('main form[action$="/send"] button'), /done=sent/);
    await latest(officer);
  }
  await clean(officer, 'a report to be accepted');
  await twice(officer, officer.page.locator('form[action$="/accept"] button'), /done=accepted/);
}

// ---- the end ----

/** What is left comes back, then the project is closed; one press each, pressed twice. */
async function close(v, slug, rest, now) {
  const at = `${FUND}/projects/${slug}`;
  await open(v, '/work');
  await open(v, at);
  await follow(v, v.page.locator('.next a[href$="/close"]'));
  expect(await v.page.locator('form[action$="/close"]').count() === 0, 'it is not closed while money is out');
  await clean(v, 'the closing page while money is out');
  await follow(v, v.page.locator('main a.button[href*="source=refund"]'));
  expect(await v.page.locator('#amount').inputValue() === rest, `the form proposes ${rest}`);
  await date(v, 'date', ...now.at);
  await v.page.locator('#reference').fill(`คืน ${mark(v)}`);
  await follow(v, button(v, 'review'));
  await twice(v, button(v, 'post'), /\/entries\/\d+/);
  await open(v, `${at}/close`);
  await clean(v, 'the form that closes a project');
  await v.page.locator('form[action$="/close"] button').dblclick({ noWaitAfter: true });
  await v.page.locator('main .notice.success').waitFor(); // the same address says that it is closed
  v.errors.length = 0;
}

/** Everybody sees what the money did; nothing of who wrote it, no place in the photo. */
async function publicPage(v, slug, title, people) {
  await open(v, `/projects/${slug}`);
  await heading(v, title);
  const said = await text(v, 'main');
  expect(said.includes('ปิดโครงการแล้ว') && said.includes(people), `the public page says that it is closed and reached ${people}`);
  for (const name of [...persons, 'สมใจ']) expect(!said.includes(name), `${name} stands on the public page`);
  const image = v.page.locator('main .photo-grid img').first();
  const answer = await v.context.request.get(new URL(await image.getAttribute('src'), v.base).href);
  const bytes = await answer.body();
  expect(answer.ok() && bytes.subarray(0, 2).toString('hex') === 'ffd8', 'the photo is shown to everybody');
  expect(!bytes.includes('Exif') && !bytes.includes('2026:11:20'), 'what the camera wrote is not in the public photo');
  await clean(v, 'the public page');
}

const summary = (v, fy) => json(v, `/api/v1/areas/${DISTRICT}/summary?fy=${fy}`);

/** The district sees it in its figures, in its list and down to the public page. */
async function levels(v, slug, before, people, now) {
  const after = await summary(v, now.fy);
  expect(after.projects.closed > before.projects.closed, 'the district counts one more closed project');
  expect(after.people_reached >= before.people_reached + people, `the district counts ${people} people more`);
  await open(v, '/work');
  await open(v, `/areas/${DISTRICT}?fy=${now.fy}`);
  expect((await text(v, 'main')).includes('ปิดโครงการแล้ว'), 'the dashboard shows closed projects');
  await clean(v, 'the district with a closed project');
  await open(v, `/areas/${DISTRICT}/projects?fy=${now.fy}&state=closed`);
  await follow(v, v.page.locator(`main tbody a[href*="/projects/${slug}"]`));
}

/** All of it; what is different between the two walks stands in `story`. */
async function walk(v, story) {
  const who = company(v, story), now = today(), title = `${story.title} ${Date.now().toString(36)}`; // no thirteen digits: that would be a citizen id
  try {
    const applicant = await who.of('applicant'), officer = await who.of('officer'), visitorOf = await who.of('');
    const before = await summary(visitorOf, now.fy);
    await story.write(applicant, title, now);
    const slug = await send(applicant, story.words);
    await track(visitorOf, slug, 'รอพิจารณา');
    if (story.hasMentor) await comment(who, slug);
    const desk = await meet(await who.of('secretary'), slug, title, now);
    await story.sign(who, desk, title);
    await agree(officer, slug, ...story.parts, now);
    if (story.hasScan) await signedAgreement(who, slug);
    await pay(officer, slug, `${story.parts[0]}.00`, now);
    expect((await money(visitorOf, slug)).paid_satang === story.satang[0], 'the first instalment is paid once');
    await open(officer, `${FUND}/projects/${slug}`);
    expect(await officer.page.locator('.next a[href$="/pay"]').count() === 0, 'the second waits for its report');
    await report(applicant, slug, { about: story.activity, fields: story.report });
    await accept(who, slug);
    await pay(officer, slug, `${story.parts[1]}.00`, now);
    await report(applicant, slug, { about: 'final', fields: story.final });
    await accept(who, slug, { backFirst: story.backFirst });
    await close(officer, slug, story.rest, now);
    const sums = await money(visitorOf, slug);
    expect(sums.paid_satang === story.satang[1] && sums.refunded_satang === story.satang[2], `paid and returned once: ${JSON.stringify(sums)}`);
    await track(visitorOf, slug, 'ปิดโครงการแล้ว');
    await publicPage(visitorOf, slug, title, story.people);
    await levels(await who.of('district'), slug, before, Number(story.people), now);
    await story.after?.(who, slug);
  } finally {
    v.errors.push(...await who.leave());
  }
  await open(v, FUND); // and whoever comes next finds the fund's page whole
}

const withScript = (v) => walk(v, { desk: 1366, phone: 390, script: true, title: 'ผู้สูงอายุบ้านคลองใสไม่หกล้ม', write: small, words: 'หนึ่งหมื่นสองร้อยบาทถ้วน',
  hasMentor: true, hasScan: true, parts: ['6,000', '4,200'], satang: [600000, 1020000, 40000], activity: 'other', rest: '400.00', people: '55',
  sign: async (who, desk, title) => signByLogin(await who.of('chair'), desk, title),
  report: { title: 'ฝึกทรงตัวครั้งแรก', people_1004: '48', spent: '5,000' }, final: { people_1004: '55', spent: '9,800' } });

const withoutScript = (v) => walk(v, { desk: 390, phone: 320, script: false, title: 'ลดเค็มบ้านทุ่ง', write: large, words: 'สองหมื่นสี่พันบาทถ้วน',
  parts: ['14,400', '9,600'], satang: [1440000, 2400000, 50000], activity: 'planned', rest: '500.00', people: '52', backFirst: true,
  sign: signByPaper, report: { people_1003: '30', people_2002: '15', money_1: '9,000', money_2: '3,000' },
  final: { people_1003: '35', people_2002: '17', money_1: '17,500', money_2: '6,000', numerator_1: '15', denominator_1: '52' } });

// ---- what goes wrong ----

/** A project that runs already, by the door that enters older ones; its page is looked at elsewhere. */
export async function running(v, title, now) {
  await open(v, `${FUND}/projects/later`);
  const mark = async (name) => v.page.locator(`main form input[name=${name}]`).first().inputValue();
  const day = { approved_on_d: now.d, approved_on_m: now.m, approved_on_y: now.y };
  const answer = await v.context.request.post(new URL(`${FUND}/projects/later`, v.base).href, { form: {
    csrf: await mark('csrf'), idempotency_key: await mark('idempotency_key'), step: 'post', state: 'running', title, owner_name: 'รพ.สต.บ้านคลองใส',
    owner_type: '1', support_type: '1', issue: 'older_people', ...day, meeting_words: '1/2570', amount: '900', paid: '0' }, maxRedirects: 0 });
  expect(answer.status() === 303, `entered later: ${answer.status()}`);
  return /projects\/([a-z0-9]+)/.exec(answer.headers().location)[1];
}

/** Logged out in another tab, in the middle of a proposal: what was typed is there after the log-in. */
async function loggedOut(v) {
  const words = `เขียนค้างไว้ ${Date.now().toString(36)}`;
  await signIn(v, 'applicant', `${FUND}/projects/new`);
  await v.page.locator('#title').fill(words);
  await v.page.locator('#owner_name').fill('ชมรมจักรยาน');
  await v.page.locator('#owner_type').selectOption('4');
  await v.page.locator('#asked').fill('8,000');
  await follow(v, next(v));
  await v.page.locator('#situation').fill(`${words}\nบรรทัดที่สอง <b>&</b> "คำพูด"`);
  await v.page.locator('#group_1003').fill('๒๕');
  const tab = await v.context.newPage();
  await tab.goto(new URL('/work', v.base).href);
  await tab.locator('.who summary').click();
  await Promise.all([tab.waitForNavigation(), tab.locator('.who-panel form[action="/logout"] button').first().click()]);
  await tab.close();
  await follow(v, next(v));
  expect(path(v) === '/login', `a session that has ended leads to ${path(v)}`);
  await v.page.locator('#login').fill('applicant');
  await v.page.locator('#password').fill(PASSWORD);
  await follow(v, v.page.locator('main form[action="/login"] button'));
  expect(path(v) === '/kept', `after the log-in: ${path(v)}`);
  await clean(v, 'the kept form');
  await follow(v, v.page.locator('main form.form button'));
  expect(path(v).endsWith('/edit/review'), `sent on: ${path(v)}`);
  const said = await text(v, 'dl.review');
  expect(said.includes(`${words}\nบรรทัดที่สอง <b>&</b> "คำพูด"`) && said.includes('25'), 'nothing that was typed is lost');
}

/** The session ends while a report with a photo is sent: the words are kept, the report is as it was. */
async function loggedOutInReport(v) {
  const words = `รายงานค้าง ${Date.now().toString(36)}`;
  await signIn(v, 'officer', '/work');
  const at = `${FUND}/projects/${await running(v, words, today())}/reports`;
  await open(v, `${at}/new`);
  await follow(v, v.page.locator('button[name=about][value=other]'));
  await v.page.locator('#title').fill(words);
  if (await v.page.locator('#done').count()) await v.page.locator('#done').fill('ทำไปแล้วครึ่งหนึ่ง');
  await v.context.clearCookies({ name: /^(?!lang)/ }); // the browser forgot who this is
  await follow(v, v.page.locator('button[name=go][value=save]'));
  expect(path(v) === '/login', `a session that is gone leads to ${path(v)}`);
  await v.page.locator('#login').fill('officer');
  await v.page.locator('#password').fill(PASSWORD);
  await follow(v, v.page.locator('main form[action="/login"] button'));
  expect(path(v) === '/kept', `after the log-in: ${path(v)}`);
  await follow(v, v.page.locator('main form.form button'));
  await open(v, `${at}/1`);
  expect((await text(v, 'main')).includes(words), 'the report has what was typed');
}

/** Two write one proposal, then one report: the second sees the first's words, and keeps their own. */
async function twoEditors(v) {
  const other = await visitor(v.browser, v.base, { width: v.width, script: v.script });
  const words = `สองคน ${Date.now().toString(36)}`;
  try {
    await comeIn(v, 'applicant');
    await comeIn(other, 'officer');
    await begin(v, words, 'ชมรมจักรยาน', '4', '9,000');
    const page = path(v);
    await open(other, page);
    await other.page.locator('#situation').fill('ที่เจ้าหน้าที่เขียน');
    await follow(other, next(other));
    await v.page.locator('#situation').fill('ที่ชมรมเขียน');
    await v.page.locator('#place').fill('ลานวัด');
    await press(v, next(v), 409);
    expect((await text(v, 'main')).includes('ที่เจ้าหน้าที่เขียน'), 'the page shows what the other wrote');
    expect(await v.page.locator('#situation').inputValue() === 'ที่ชมรมเขียน' && await v.page.locator('#place').inputValue() === 'ลานวัด', 'what was typed is kept');
    await clean(v, 'two editors of a proposal');
    await follow(v, next(v));
    expect((await text(v, 'dl.review')).includes('ที่ชมรมเขียน'), 'the second press keeps it');

    const at = `${FUND}/projects/${await running(other, `${words} ข`, today())}/reports`;
    await open(other, `${at}/new`);
    await follow(other, other.page.locator('button[name=about][value=other]'));
    const form = new URL(other.page.url());
    await comeIn(v, 'secretary');
    await open(v, form.pathname + form.search);
    await other.page.locator('#title').fill('ชื่อของเจ้าหน้าที่');
    await follow(other, other.page.locator('button[name=go][value=save]'));
    await v.page.locator('#title').fill('ชื่อของเลขานุการ');
    if (v.script) { // sent from the phone's own drafts: the answer takes the form's place
      v.expected = 409;
      await v.page.locator('button[name=go][value=save]').click();
      await v.page.locator('main .notice.warning').waitFor();
    } else {
      await press(v, v.page.locator('button[name=go][value=save]'), 409);
    }
    expect((await text(v, 'main')).includes('ชื่อของเจ้าหน้าที่'), 'the report shows what the other wrote');
    expect(await v.page.locator('#title').inputValue() === 'ชื่อของเลขานุการ', 'and keeps what was typed');
    await clean(v, 'two editors of a report');
    await follow(v, v.page.locator('button[name=go][value=save]'));
    await open(v, `${at}/1`);
    expect((await text(v, 'main')).includes('ชื่อของเลขานุการ'), 'the second press saves it');
  } finally {
    await other.context.close();
  }
}

/** The first half of a form with a photo, and then the line is gone. */
const halfSent = (v, target, fields, file) => new Promise((done, fail) => {
  const { hostname, port } = new URL(v.base);
  v.context.cookies(v.base).then((cookies) => {
    const part = (name, value) => `--cut\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const head = Buffer.from(`${Object.entries(fields).map(([name, value]) => part(name, value)).join('')}--cut\r\nContent-Disposition: form-data; `
      + `name="photos"; filename="${file.name}"\r\nContent-Type: image/jpeg\r\n\r\n`);
    const whole = Buffer.concat([head, file.buffer, Buffer.from('\r\n--cut--\r\n')]);
    const socket = connect(Number(port), hostname, () => {
      socket.write(`POST ${target} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: multipart/form-data; boundary=cut\r\n`
        + `Content-Length: ${whole.length}\r\nCookie: ${cookies.map((c) => `${c.name}=${c.value}`).join('; ')}\r\n\r\n`);
      socket.write(whole.subarray(0, head.length + Math.floor(file.buffer.length / 2)), () => setTimeout(() => { socket.destroy(); done(); }, 100));
    });
    socket.on('error', fail);
  }, fail);
});

/** An upload that is cut in the middle of its body, and a photo sent twice: one photo in the end. What a phone with script
    keeps and sends again stands in offline.mjs. */
async function cutUpload(v) {
  const words = `ภาพขาด ${Date.now().toString(36)}`, field = (name) => v.page.locator(`main form.form input[name=${name}]`).first().inputValue();
  await comeIn(v, 'officer');
  const slug = await running(v, words, today()), at = `${FUND}/projects/${slug}/reports`;
  await open(v, `${at}/new`);
  await follow(v, v.page.locator('button[name=about][value=other]'));
  const form = new URL(v.page.url()), file = await photo(v, 'C');
  const count = async () => (await json(v, `/api/v1${at}/1`)).photos.length;
  await halfSent(v, `${at}/1`, { csrf: await field('csrf'), idempotency_key: `cut-${Date.now()}`, version: await field('version'), step: await field('step'), title: 'ไม่ควรอยู่', go: 'photos' }, file);
  const report = await json(v, `/api/v1${at}/1`);
  expect(report.photos.length === 0 && report.title !== 'ไม่ควรอยู่', 'half an upload changes nothing');

  await v.page.locator('#title').fill(words);
  await choosePhoto(v, file);
  await open(v, form.pathname + form.search);
  await choosePhoto(v, file); // once more, unsure whether it went
  expect(await count() === 1, `${await count()} photos`);
  expect(await v.page.locator('#title').inputValue() === words, 'the words are kept with the photo');
}

/** Name, walk, width of whoever begins it, with script or without. */
export const threadJourneys = [['thread', withScript, 390, true], ['thread', withoutScript, 320, false],
  ['cutUpload', cutUpload, 390, true], ['cutUpload', cutUpload, 320, false],
  ['twoEditors', twoEditors, 1366, true], ['twoEditors', twoEditors, 320, false],
  ['loggedOut', loggedOut, 390, true], ['loggedOut', loggedOut, 320, false],
  ['loggedOutInReport', loggedOutInReport, 320, false]]; // with script: offline.mjs
