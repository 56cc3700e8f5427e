// offline.mjs — a report written where there is no line: kept in the phone, sent exactly once when the line is back, by
// nobody but who wrote it. The line is a wire of our own between browser and server, so that it can be cut, and so that an
// answer can be lost after the server has done what was asked.
import { connect, createServer } from 'node:net';
import { axeViolations, follow, open, visitor } from './browser.mjs';
import { expect, heading, path, text } from './journeys.mjs';
import { signIn } from './people.mjs';

/** A wire to the server. cut: nothing goes through. refuse: requests like it never arrive. lose: once, the answer of a request
 * like it is lost on its way. */
async function wire(base) {
  const { hostname, port } = new URL(base), ends = new Set();
  const line = { cut: false, refuse: null, lose: null, lost: 0 };
  const server = createServer((near) => {
    if (line.cut) return near.destroy();
    const far = connect(port, hostname);
    let losing = false;
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => {}).on('close', () => { ends.delete(end); near.destroy(); far.destroy(); });
    }
    near.on('data', (bytes) => {
      const head = bytes.toString('latin1', 0, 300);
      if (line.refuse?.test(head)) return near.destroy();
      if (line.lose?.test(head)) { losing = true; line.lose = null; }
      return far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (!losing) return near.write(bytes);
      line.lost++;
      return near.destroy();
    });
    return undefined;
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  line.base = `http://127.0.0.1:${server.address().port}`;
  line.drop = () => { line.cut = true; for (const end of ends) end.destroy(); };
  line.end = () => { line.drop(); server.close(); };
  return line;
}

/** A running project of the applicant for each run, so that none writes into another's report. */
const projects = { 1366: '70-D0001-2-04', 320: '70-D0001-2-05', 390: '70-D0001-2-06' };

async function slugOf(v) {
  const r = await v.context.request.get(`${v.base}/api/v1/projects?fund=D0001&fy=2570&state=running`);
  const found = (await r.json()).items.find((p) => p.code === projects[v.width]);
  expect(found, `no running project ${projects[v.width]}`);
  return found.id;
}

/** The report as the server has it. */
async function report(v, door) {
  const r = await v.context.request.get(`${v.base}/api/v1${door}`);
  expect(r.status() === 200, `${door}: ${r.status()}`);
  return r.json();
}

const marks = (v) => v.page.evaluate(() => document.body.dataset.who);
const caches = (v) => v.page.evaluate(async () => (await self.caches.keys()).filter((n) => n.startsWith('sarn-pages-')));
const drafts = (v) => v.page.evaluate(() => new Promise((done) => {
  const ask = indexedDB.open('sarn');
  ask.onsuccess = () => {
    const all = ask.result.transaction('drafts').objectStore('drafts').getAll();
    all.onsuccess = () => { ask.result.close(); done(all.result.map(({ owner, kind, state, step }) => ({ owner, kind, state, step }))); };
  };
}));
const until = async (what, test) => {
  for (let i = 0; i < 150; i++) {
    if (await test().catch(() => false)) return;
    await new Promise((done) => { setTimeout(done, 100); });
  }
  throw new Error(`waited in vain: ${what}`);
};
/** The field has what was typed, a moment after the page is there. */
const holds = (v, field, value) => until(`${field} holds ${value}`, async () => await v.page.locator(field).inputValue() === value);
const said = (v) => text(v, '#unsent');
const told = (v, word) => until(`the bar says ${word}`, async () => (await v.page.locator('#unsent').isVisible()) && (await said(v)).includes(word));
const unsent = 'ยังไม่ได้ส่ง — เก็บไว้ในเครื่องนี้';

/** A photo as a phone takes it, larger than what is sent. */
const photo = (v, colour) => v.page.evaluate(async (fill) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1600 }), paint = canvas.getContext('2d');
  paint.fillStyle = fill;
  paint.fillRect(0, 0, 2400, 1600);
  for (let i = 0; i < 400; i++) {
    paint.fillStyle = `hsl(${i * 37 % 360} 60% 50%)`;
    paint.fillRect(i * 53 % 2400, i * 97 % 1600, 90, 60);
  }
  const blob = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', 0.95); });
  return [...new Uint8Array(await blob.arrayBuffer())];
}, colour).then((bytes) => Buffer.from(bytes));

const press = (v, go) => v.page.locator(`main button[name=go][value=${go}]`).click();

async function clean(v, what) {
  const bad = await axeViolations(v);
  expect(bad.length === 0, `${what}: ${bad.join('; ')}`);
  const over = await v.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over <= 0, `${what} scrolls sideways by ${over} px`);
  const refused = await v.page.evaluate(() => window.sarnRefused);
  expect(refused.length === 0, `${what}: content policy: ${refused.join('; ')}`);
}

/** A draft of a report, with all its steps in the phone. */
async function begin(v, shots) {
  await signIn(v, 'applicant');
  const slug = await slugOf(v);
  await open(v, `/funds/D0001/projects/${slug}/reports/new`);
  await follow(v, v.page.locator('main button[name=about][value=other]'));
  expect(new URL(v.page.url()).searchParams.get('step') === 'what', `a new report opens at ${v.page.url()}`);
  await until('six forms in the phone', () => v.page.evaluate(async () => navigator.serviceWorker.controller
    && (await (await self.caches.open(`sarn-pages-${document.body.dataset.who}`)).keys()).length === 6));
  await shots('online');
  return path(v);
}

/** No line: two steps and two photos are written, the phone is put away and taken out again. */
async function writeWithoutLine(v, line, door, shots) {
  line.drop();
  await v.context.setOffline(true);
  await v.page.locator('#title').fill('อบรมแกนนำ ต่อหน้าคลื่น');
  await v.page.locator('#on').fill('๒๐');
  await v.page.locator('#on_m').selectOption('11');
  await v.page.locator('#on_y').fill('2569');
  await Promise.all([v.page.waitForURL(/step=done/), press(v, 'next')]);
  await told(v, unsent);
  await v.page.locator('#done').fill('สอนวัดความดัน 40 คน\nฝนตกหนัก');
  await press(v, 'save');
  await told(v, unsent);
  await told(v, '2'); // two pages
  await clean(v, 'the form without a line');
  await shots('kept');
  await v.page.goto(`${line.base}${door}?step=photos`);
  await v.page.locator('#photos').setInputFiles([
    { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await photo(v, '#264') },
    { name: 'b.jpg', mimeType: 'image/jpeg', buffer: await photo(v, '#842') }]);
  await until('two photos wait', async () => await v.page.locator('[data-photos-waiting] li').count() === 2);
  await told(v, unsent);
  await shots('photos');
  await v.page.goto(`${line.base}${door}?step=what`);
  await v.page.reload();
  await holds(v, '#title', 'อบรมแกนนำ ต่อหน้าคลื่น');
  await holds(v, '#on', '๒๐');
  // Typed and never pressed: the phone goes dark.
  await v.page.goto(`${line.base}${door}?step=result`);
  await v.page.locator('#output').fill('พิมพ์ค้างไว้');
  await until('typed words are kept', async () => (await drafts(v)).some((d) => d.state === 'typed'));
  v.page.removeAllListeners('dialog');
  await v.page.close({ runBeforeUnload: false });
  v.page = await v.context.newPage();
  await v.page.goto(`${line.base}${door}?step=result`);
  await holds(v, '#output', 'พิมพ์ค้างไว้');
  await v.page.goto(`${line.base}${door}?step=done`);
  await holds(v, '#done', 'สอนวัดความดัน 40 คน\nฝนตกหนัก');
  await v.page.goto(`${line.base}/funds/D0001`);
  await heading(v, 'เก็บไว้ในเครื่องนี้');
  await until('any other page says that there is no line', () => v.page.locator('#no-line').isVisible());
  await until('two pages, two photos and typed words are listed', async () => await v.page.locator('#unsent-list li').count() === 5);
  await until('the form that opens is offered', async () => await v.page.locator('#forms-list a').count() === 1);
  await clean(v, 'the page of what is kept');
  await shots('list');
}

/** The line is back, and its first answer is lost: all is there once. */
async function sentOnce(v, line, door, before) {
  await v.page.goto(`${line.base}${door}?step=what`).catch(() => {});
  line.lose = new RegExp(`^POST ${door} `);
  line.cut = false;
  await v.context.setOffline(false);
  await v.page.evaluate(() => dispatchEvent(new Event('online')));
  await until('an answer was lost', async () => line.lost === 1);
  await until('all is sent', async () => {
    await v.page.evaluate(() => dispatchEvent(new Event('online')));
    await new Promise((done) => { setTimeout(done, 400); });
    return (await drafts(v)).every((d) => d.state === 'typed');
  });
  const now = await report(v, door);
  expect(now.title === 'อบรมแกนนำ ต่อหน้าคลื่น' && now.on === '2569-11-20'.replace('2569', '2026'), `sent: ${now.title} ${now.on}`);
  expect(now.done.replaceAll('\r', '') === 'สอนวัดความดัน 40 คน\nฝนตกหนัก', `done: ${now.done}`);
  expect(now.version === before.version + 2, `saved ${now.version - before.version} times, not twice`);
  expect(now.photos.length === 2, `${now.photos.length} photos`);
  expect(now.photos.every((p) => Math.max(p.width, p.height) <= 1920), 'made small in the browser');
}

/** The log-in is gone; another person comes; then the writer again. */
async function ownedByWriter(v, line, door, shots) {
  const before = await report(v, door);
  await open(v, `${door}?step=done`);
  const writer = await marks(v);
  await v.page.locator('#done').fill('ฉบับที่สอง ของผู้เขียนเท่านั้น');
  await v.context.clearCookies();
  await press(v, 'save');
  await told(v, 'หมดเวลาเข้าสู่ระบบแล้ว');
  await shots('login');
  v.expected = 200;
  await Promise.all([v.page.waitForURL(/\/login/), v.page.locator('#unsent [data-login]').click()]);
  await v.page.locator('#login').fill('secretary');
  await v.page.locator('#password').fill('sarn-demo-2570');
  await follow(v, v.page.locator('main form[action="/login"] button'));
  expect(v.page.url().includes(`${door}?step=done`), `after the log-in: ${v.page.url()}`);
  expect(await marks(v) !== writer, 'the mark is the person');
  await until('the other person has forms of their own only', async () => !(await caches(v)).includes(`sarn-pages-${writer}`));
  expect(!(await v.page.locator('#done').inputValue()).includes('ฉบับที่สอง'), 'the other person does not see the draft');
  expect(!await v.page.locator('#unsent').isVisible(), 'the other person is told of nothing');
  await open(v, '/offline');
  expect(await v.page.locator('#unsent-list li').count() === 0, 'the list of the other person is empty');
  await until('nothing is being sent', async () => (await drafts(v)).some((d) => d.owner === writer && d.state === 'waiting'));
  const meanwhile = await report(v, door);
  expect(meanwhile.version === before.version, 'the other person sent nothing');
  await Promise.all([v.page.waitForNavigation(), signOut(v)]); // under way it would break off the next page asked for
  await until('no form of anybody is left', async () => (await caches(v)).length === 0);
  await signIn(v, 'applicant', `${door}?step=what`);
  await until('sent after the log-in', async () => !(await drafts(v)).some((d) => d.state === 'waiting'));
  const now = await report(v, door);
  expect(now.done === 'ฉบับที่สอง ของผู้เขียนเท่านั้น' && now.version === before.version + 1, `sent by its writer: ${now.done}, version ${now.version}`);
}

async function signOut(v) {
  await v.page.locator('.who summary').click();
  await v.page.locator('.who-panel form[action="/logout"] button').click();
}

/** Logging out with something unsent is asked about; it stays for its writer. */
async function leaving(v, line, door, shots) {
  const before = await report(v, door);
  await open(v, `${door}?step=done`);
  line.refuse = /^POST .*\/reports\//;
  await v.page.locator('#done').fill('ก่อนออกจากระบบ');
  await press(v, 'save');
  await told(v, unsent);
  await v.page.locator('#unsent [data-do=shut]').click();
  await signOut(v);
  await v.page.locator('#leave').waitFor({ state: 'visible' });
  expect((await text(v, '#leave')).includes('ยังไม่ได้ส่ง'), 'the log-out says what is unsent');
  await clean(v, 'the question before a log-out');
  await shots('leave');
  await Promise.all([v.page.waitForNavigation(), v.page.locator('#leave button[value=keep]').click()]);
  expect(await v.page.locator('a.log-in').count() === 1, 'logged out');
  expect((await caches(v)).length === 0, 'no form of anybody is left');
  line.refuse = null;
  await signIn(v, 'applicant', '/funds/D0001');
  await until('sent from any page', async () => !(await drafts(v)).some((d) => d.state === 'waiting'));
  expect((await report(v, door)).version === before.version + 1, 'sent once');
}

/** Somebody else changed it meanwhile: nobody's words go under. */
async function changedMeanwhile(v, line, door) {
  await open(v, `${door}?step=done`);
  line.refuse = /^POST .*\/reports\//;
  await v.page.locator('#done').fill('ของฉัน');
  await press(v, 'save');
  await told(v, unsent);
  const other = await visitor(v.browser, v.base, { width: v.width, script: false });
  try {
    line.refuse = null;
    line.cut = true; // ours; the other has another wire
    other.base = v.direct;
    await signIn(other, 'secretary', `${door}?step=done`);
    await other.page.locator('#done').fill('ของเลขานุการ');
    await follow(other, other.page.locator('main button[name=go][value=save]'));
  } finally {
    await other.context.close();
  }
  line.cut = false;
  v.expected = 409;
  await v.page.locator('#unsent [data-do=send]').click();
  await told(v, 'ยังไม่รับ');
  await open(v, `${door}?step=done`);
  await holds(v, '#done', 'ของฉัน');
  v.expected = 409;
  await press(v, 'save');
  await until('both are shown', async () => (await text(v, 'main')).includes('ของเลขานุการ'));
  expect(await v.page.locator('#done').inputValue() === 'ของฉัน', 'beside what was typed');
  await clean(v, 'the conflict in place');
  await Promise.all([v.page.waitForNavigation(), press(v, 'save')]);
  expect((await report(v, door)).done === 'ของฉัน', 'saved knowing the other');
  expect(!(await drafts(v)).some((d) => d.state !== 'typed'), 'nothing is left in the phone');
}

async function offline(v) {
  const line = await wire(v.base);
  const phone = await visitor(v.browser, line.base, { width: v.width });
  phone.direct = v.base;
  const shots = (name) => (process.env.SARN_SHOTS ? phone.page.screenshot({ path: `${process.env.SARN_SHOTS}/offline-${name}-${v.width}.png` }) : undefined);
  try {
    const door = await begin(phone, shots);
    const before = await report(phone, door);
    await writeWithoutLine(phone, line, door, shots);
    await sentOnce(phone, line, door, before);
    await ownedByWriter(phone, line, door, shots);
    await leaving(phone, line, door, shots);
    await changedMeanwhile(phone, line, door);
    expect(!phone.errors.some((e) => e.includes('Content Security Policy')), phone.errors.join('; '));
  } finally {
    await phone.context.close();
    line.end();
  }
  await open(v, '/offline'); // as a visitor, who has nothing here
}

export const offlineJourneys = { offline };
