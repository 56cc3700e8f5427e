// offline.js — reports without a line. A press of a report form is kept in the phone first, then sent; without a line it
// waits, and the form opens again with all of it. What is unsent is said in a bar at the foot of every page of its writer.
// Without this, or where the browser keeps nothing, the form is an ordinary form.

const phone = {
  who: document.body.dataset.who,
  door: (form) => new URL(form.action).pathname,
  page: (form) => `${new URL(form.action).pathname}?step=${form.elements.step.value}`,
  newKey: () => `phone-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`,
  started: () => localStorage.getItem('sarn-phone') === '1', // a report form was opened here once
};

// ---- the bar at the foot: what waits, and why ----

const bar = {
  at: () => document.getElementById('unsent'),
  // On other pages than a report's its words are fetched, when there is something to say.
  async bring() {
    if (!bar.at()) {
      const shell = await fetch('/offline/shell').then((r) => r.text());
      for (const part of new DOMParser().parseFromString(shell, 'text/html').querySelectorAll('#unsent, #leave')) document.body.append(document.adoptNode(part));
    }
    return bar.at();
  },
  async say(what, { count = 0, focus = false } = {}) {
    const box = await bar.bring();
    if (!box) return;
    for (const p of box.querySelectorAll('[data-say]')) p.hidden = !p.dataset.say.split(' ').includes(what);
    for (const n of box.querySelectorAll('[data-count]')) n.textContent = count;
    const login = box.querySelector('[data-login]');
    login.href = `/login?next=${encodeURIComponent(location.pathname + location.search)}`;
    box.hidden = false;
    box.classList.toggle('is-good', what === 'sent');
    if (focus) box.focus();
  },
  shut() { if (bar.at()) bar.at().hidden = true; },
};

const sayState = async (state, focus) => {
  const left = await drafts.unsent(phone.who);
  const bad = left.filter((d) => d.state === 'refused').length;
  if (left.length === 0) return bar.shut();
  const what = state !== 'done' ? state : bad ? 'refused' : 'line';
  return bar.say(what, { count: left.length, focus });
};

// ---- a report form ----

const own = (form) => new Set(['csrf', 'idempotency_key', 'version', ...[...form.querySelectorAll('input[type=file]')].map((f) => f.name)]);

const written = (form, button) => {
  const left = own(form), all = [...new FormData(form)].filter(([name]) => !left.has(name));
  if (button?.name) all.push([button.name, button.value]);
  return all;
};

// Words of what was typed, with their labels: they can be read, whatever becomes of the form.
const textsOf = (form) => [...form.querySelectorAll('input[type=text], textarea')].filter((f) => f.value && f.labels[0])
  .map((f) => [f.labels[0].textContent.trim(), f.value]);

const draftOf = (form, state, button) => ({
  owner: phone.who, kind: 'form', door: phone.door(form), page: phone.page(form), step: form.elements.step.value, state,
  key: form.elements.idempotency_key.value, version: form.elements.version.value, fields: written(form, button),
  title: `${document.querySelector('main h1').textContent} · ${document.querySelector('main .lead a')?.textContent ?? ''}`,
  texts: textsOf(form),
});

const latest = async (form) => (await drafts.mine(phone.who)).filter((d) => d.kind === 'form' && d.door === phone.door(form)
  && d.step === form.elements.step.value).pop();

// The form as it was left.
const fill = (form, d) => {
  const left = own(form);
  for (const field of form.elements) {
    if (!field.name || field.type === 'hidden' || field.tagName === 'BUTTON' || left.has(field.name)) continue;
    const values = d.fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = values.includes(field.value);
    else if (values.length) [field.value] = values;
    if (field.value && field.closest('details.more')) field.closest('details.more').open = true;
  }
  form.elements.version.value = d.version;
};

const tell = (form, busy) => {
  form.toggleAttribute('aria-busy', busy);
  for (const b of form.querySelectorAll('button:not([type=button])')) b[busy ? 'setAttribute' : 'removeAttribute']('aria-disabled', 'true');
};

// The server's own page of faults or of somebody else's change takes the place of the form.
const showAnswer = (text) => {
  const main = new DOMParser().parseFromString(text, 'text/html').querySelector('main');
  document.querySelector('main').replaceWith(document.adoptNode(main));
  scrollTo(0, 0);
  (document.getElementById('errors') ?? main).focus();
  begin(true);
};

const goOn = async (form, go) => {
  const steps = form.dataset.steps.split(' '), at = steps.indexOf(form.elements.step.value);
  const next = `${phone.door(form)}?step=${go === 'next' ? steps[at + 1] : steps[at]}`;
  const there = self.caches && go === 'next' && steps[at + 1]
    && await caches.match(next, { cacheName: drafts.PAGES + phone.who });
  if (there) location.assign(next);
  return there;
};

const wake = async () => {
  try {
    await (await navigator.serviceWorker?.getRegistration())?.sync?.register('reports');
  } catch { /* it is sent when a page is open */ }
};

let typing; // the clock of what is typed and not yet pressed

const press = async (form, button) => {
  clearTimeout(typing);
  tell(form, true);
  let id;
  try {
    id = await drafts.keep(draftOf(form, 'waiting', button));
  } catch { // this browser keeps nothing: an ordinary form
    form.dataset.plain = '1';
    tell(form, false);
    return form.requestSubmit(button);
  }
  form.elements.idempotency_key.value = phone.newKey(); // what is typed from here on is another act
  dirty.delete(form);
  const all = await drafts.send(phone.who, form.elements.csrf.value), answer = all.answers[id];
  tell(form, false);
  if (answer?.state === 'done') {
    refresh(form);
    if (button?.value !== 'photos') return location.assign(answer.url);
    history.replaceState(null, '', answer.url); // the same question again, where the eyes are
    return location.reload();
  }
  if (answer?.state === 'refused' && answer.text) return showAnswer(answer.text);
  navigator.storage?.persist?.();
  wake();
  if (all.state === 'line' && await goOn(form, button?.value)) return undefined;
  return sayState(all.state, true);
};

document.addEventListener('submit', (e) => {
  const form = e.target;
  if (!phone.who || !form.matches('form[data-report]') || form.dataset.plain) return;
  e.preventDefault();
  e.stopPropagation();
  if (!form.hasAttribute('aria-busy')) press(form, e.submitter);
}, true);

// What is typed and not yet pressed is kept as well: a phone that goes dark loses nothing.
document.addEventListener('input', ({ target }) => {
  const { form } = target;
  if (!phone.who || !form?.matches('form[data-report]') || target.type === 'file') return;
  clearTimeout(typing);
  typing = setTimeout(() => drafts.keep(draftOf(form, 'typed')).catch(() => {}), 600);
});

// ---- forms that open without a line ----

const copyPage = async (path) => {
  const r = await fetch(path, { credentials: 'same-origin', cache: 'no-store' });
  if (r.ok && !r.redirected) await (await caches.open(drafts.PAGES + phone.who)).put(path, r);
};

// After a press the copy of that step is the one of before.
const refresh = (form) => { if (self.caches) copyPage(phone.page(form)).catch(() => {}); };

const copyForms = async (form) => {
  if (!navigator.serviceWorker || !self.caches) return;
  await navigator.serviceWorker.register('/sw.js');
  const cache = await caches.open(drafts.PAGES + phone.who), door = phone.door(form);
  for (const step of form.dataset.steps.split(' ')) {
    const path = `${door}?step=${step}`;
    if (step === form.elements.step.value || !await cache.match(path)) await copyPage(path);
  }
  await drafts.setFact(`form ${phone.who} ${door}`, document.querySelector('main .lead').textContent.trim());
};

// ---- sending in the background ----

const sendAll = async () => {
  if (!phone.who || !phone.started()) return;
  if (!(await drafts.unsent(phone.who)).length) return;
  await sayState('sending');
  const all = await drafts.send(phone.who);
  const here = document.querySelector('form[data-report]');
  const photos = here && all.sent.some((d) => d.kind === 'photo' && d.page === phone.page(here));
  if (photos && !dirty.size) return location.reload(); // to show them
  if (all.sent.length && !(await drafts.unsent(phone.who)).length) return bar.say('sent', { count: all.sent.length });
  if (all.state === 'line') wake();
  return sayState(all.state);
};

addEventListener('online', () => { sendAll(); });
addEventListener('offline', () => { if (phone.who && phone.started()) sayState('line'); });
document.addEventListener('click', async ({ target }) => {
  const what = target.closest?.('#unsent [data-do]')?.dataset.do;
  if (what === 'send') sendAll();
  if (what === 'shut') bar.shut();
  if (what === 'drop-typed') {
    const form = document.querySelector('form[data-report]'), d = form && await latest(form);
    if (d?.state === 'typed') await drafts.remove(d.id);
    dirty.clear();
    location.reload();
  }
});

// ---- logging out ----

// With something unsent it is asked first: it stays for its writer, unless they throw it away.
const leaveBy = async (form) => {
  const left = phone.started() ? await drafts.unsent(phone.who).catch(() => []) : [];
  const go = async () => { await drafts.leave().catch(() => {}); form.submit(); };
  if (!left.length) return phone.started() ? go() : form.submit();
  await bar.bring();
  const box = document.getElementById('leave');
  box.querySelector('[data-count]').textContent = left.length;
  box.showModal();
  box.onclick = async ({ target }) => {
    const how = target.closest('button')?.value;
    if (!how) return;
    box.close();
    if (how === 'send') {
      const all = await drafts.send(phone.who);
      if ((await drafts.unsent(phone.who)).length) { sayState(all.state, true); return; }
    }
    if (how === 'drop') for (const d of await drafts.mine(phone.who)) await drafts.remove(d.id);
    if (how !== 'stay') go();
  };
  return undefined;
};

document.addEventListener('submit', (e) => {
  if (new URL(e.target.action).pathname !== '/logout') return;
  e.preventDefault();
  e.stopPropagation();
  leaveBy(e.target);
}, true);

// ---- the page of what is kept in this phone ----

const when = (ms) => new Date(ms).toLocaleString(document.documentElement.lang === 'en' ? 'en-GB' : 'th-TH-u-ca-buddhist-nu-latn', { dateStyle: 'medium', timeStyle: 'short' });

const rowOf = (d) => {
  const li = document.getElementById('unsent-row').content.cloneNode(true).querySelector('li');
  li.querySelector('a').textContent = d.title;
  li.querySelector('a').href = d.page;
  li.querySelector('[data-when]').textContent = when(d.at);
  for (const p of li.querySelectorAll('[data-state]')) p.hidden = p.dataset.state !== (d.kind === 'photo' && d.state === 'waiting' ? 'photo' : d.state);
  if (d.why) li.querySelector('[data-state=refused]').textContent = d.why;
  const list = li.querySelector('dl');
  for (const [label, value] of d.texts ?? []) {
    const row = document.createElement('div');
    row.append(Object.assign(document.createElement('dt'), { textContent: label }), Object.assign(document.createElement('dd'), { textContent: value }));
    list.append(row);
  }
  li.querySelector('.typed-words').hidden = !list.children.length;
  li.querySelector('[data-drop]').addEventListener('click', async () => {
    await drafts.remove(d.id);
    li.remove();
    if (!document.querySelector('#unsent-list li')) location.reload();
  });
  return li;
};

const listAll = async (list) => {
  document.getElementById('no-line').hidden = location.pathname === '/offline';
  const who = phone.who ?? await drafts.fact('who');
  phone.who = who;
  const all = await drafts.mine(who);
  list.append(...all.map(rowOf));
  document.getElementById('unsent-none').hidden = all.length > 0;
  const forms = document.getElementById('forms-list');
  const cache = who && self.caches ? await caches.open(drafts.PAGES + who) : null;
  const seen = new Set();
  for (const { url } of cache ? await cache.keys() : []) {
    const { pathname } = new URL(url), name = await drafts.fact(`form ${who} ${pathname}`);
    if (seen.has(pathname) || !name) continue;
    seen.add(pathname);
    const li = document.createElement('li');
    li.append(Object.assign(document.createElement('a'), { textContent: name, href: url }));
    forms.append(li);
  }
  document.getElementById('forms-box').hidden = seen.size === 0;
};

// ---- beginning ----

// isAnswer: what the server said of the press stands there, with what was typed.
async function begin(isAnswer) {
  const form = document.querySelector('form[data-report]');
  wirePhotos(document);
  if (!phone.who || !form) return;
  localStorage.setItem('sarn-phone', '1');
  const d = await latest(form);
  if (d && !isAnswer) fill(form, d);
  await showWaiting(form);
  if (d?.state === 'typed') await bar.say('typed');
}

(async () => {
  try {
    await begin();
    if (phone.started()) {
      if (phone.who) await drafts.come(phone.who);
      else if (location.pathname === '/login') await drafts.leave();
    }
    const list = document.getElementById('unsent-list'), form = document.querySelector('form[data-report]');
    if (list) await listAll(list);
    await sendAll();
    if (phone.who && form) await copyForms(form);
    if (phone.started() && self.BroadcastChannel) {
      new BroadcastChannel('sarn-drafts').onmessage = ({ data }) => { if (data.who === phone.who && data.sent) bar.say('sent', { count: data.sent }); };
    }
  } catch { /* nothing is kept here, and all works as without it */ }
})();
