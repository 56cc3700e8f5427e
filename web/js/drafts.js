// drafts.js — what could not be sent yet: kept in the phone (IndexedDB) and sent once when there is a line again. The page
// and the service worker share it. A draft is one POST with its own idempotency key: sent twice it is done once. It belongs
// to whoever wrote it (the mark of the account on <body>); it is sent only while that person is logged in.
//
// A draft: { id, owner, kind: form | photo, door, page, step, key, version, sent, state: waiting | refused | typed, fields,
// blob, name, title, texts, at, status, why }. sent: it may have arrived, so it never changes again.

const drafts = (() => {
  const PAGES = 'sarn-pages-'; // a cache of one person's forms
  const WAIT = 120000;
  let base;

  const open = () => (base ??= new Promise((done, fail) => {
    const ask = indexedDB.open('sarn', 1);
    ask.onupgradeneeded = () => {
      ask.result.createObjectStore('drafts', { keyPath: 'id', autoIncrement: true });
      ask.result.createObjectStore('facts');
    };
    ask.onsuccess = () => {
      ask.result.onversionchange = () => { ask.result.close(); base = undefined; };
      done(ask.result);
    };
    ask.onerror = () => fail(ask.error);
  }));

  // One transaction; strict: it is on the disk before it counts as kept.
  const txn = async (mode, act) => {
    const db = await open();
    return new Promise((done, fail) => {
      const t = db.transaction(['drafts', 'facts'], mode, { durability: 'strict' });
      let answer;
      t.oncomplete = () => done(answer?.result);
      t.onabort = () => fail(t.error);
      answer = act(t.objectStore('drafts'), t.objectStore('facts'));
    });
  };
  const put = (d) => txn('readwrite', (store) => store.put(d));
  const remove = (id) => txn('readwrite', (store) => { store.delete(id); });
  const fact = (key) => txn('readonly', (store, facts) => facts.get(key));
  const setFact = (key, value) => txn('readwrite', (store, facts) => { facts.put(value, key); });

  const mine = async (owner) => (owner ? (await txn('readonly', (store) => store.getAll())).filter((d) => d.owner === owner) : []);
  const unsent = async (owner) => (await mine(owner)).filter((d) => d.state !== 'typed');

  // A page saved again takes the place of what never left this phone; what may have arrived goes first.
  const keep = async (d) => {
    const old = (await mine(d.owner)).filter((o) => d.kind === 'form' && o.kind === 'form' && o.door === d.door
      && o.step === d.step && (!o.sent || o.state === 'refused') && (d.state !== 'typed' || o.state === 'typed'));
    return txn('readwrite', (store) => {
      for (const o of old) store.delete(o.id);
      return store.put({ ...d, at: Date.now(), sent: false });
    });
  };

  // ---- who is here ----

  const forget = async (but) => {
    if (!self.caches) return;
    for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== PAGES + but) await caches.delete(name);
  };
  const come = async (who) => { await setFact('who', who); await forget(who); };
  const leave = async () => { await setFact('who', ''); await forget(''); };

  // ---- sending ----

  // One at a time in this browser, whatever page or worker begins.
  const alone = (act) => (navigator.locks ? navigator.locks.request('sarn-drafts', act) : act());

  const ask = async (url, options) => {
    try {
      const r = await fetch(url, { credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout?.(WAIT), ...options });
      const text = await r.text();
      return r.status >= 500 || r.status === 429 ? null : { status: r.status, path: new URL(r.url).pathname, url: r.url, moved: r.redirected, text };
    } catch { return null; }
  };

  // The page of the draft's form says who is logged in now, and gives their mark for posting.
  const marks = async (d) => {
    const r = await ask(d.page);
    if (!r) return { state: 'line' };
    const who = /<body[^>]* data-who="([^"]+)"/.exec(r.text)?.[1];
    if (r.path === '/login' || !who) return { state: 'login' };
    if (who !== d.owner) return { state: 'other' };
    if (r.status !== 200) return { state: 'refused', status: r.status };
    return { csrf: /name="csrf" value="([^"]+)"/.exec(r.text)?.[1] ?? '' };
  };

  const own = (d) => `own ${d.owner} ${d.door}`;
  // Versions that this phone's own saving moved on are no other person's change.
  const rebased = async (d) => {
    const ours = await fact(own(d)) ?? [];
    let version = Number(d.version);
    while (ours.includes(version)) version++;
    return String(version);
  };

  const post = (d, csrf) => {
    const body = new FormData();
    body.append('csrf', csrf);
    body.append('idempotency_key', d.key);
    if (d.kind === 'form') body.append('version', d.version);
    for (const [name, value] of d.fields) body.append(name, value);
    if (d.blob) body.append('photos', d.blob, d.name);
    return ask(d.door, { method: 'POST', body });
  };

  const judge = (d, r) => {
    if (!r) return { state: 'line' };
    if (r.path === '/login' || r.status === 401) return { state: 'login' };
    if (d.kind === 'form' ? r.moved : r.status < 300) return { state: 'done', url: r.url };
    let why;
    if (d.kind === 'photo') try { why = JSON.parse(r.text).error.fields[0].message; } catch { /* said in general words */ }
    return { state: 'refused', status: r.status, text: r.text, why };
  };

  const sendOne = async (d, pass) => {
    if (!pass.csrf) {
      const m = await marks(d);
      if (m.state) return m;
      pass.csrf = m.csrf;
    }
    if (!d.sent) {
      if (d.kind === 'form') d.version = await rebased(d);
      d.sent = true;
      await put(d);
    }
    const r = await post(d, pass.csrf);
    if (r?.status !== 403) return judge(d, r);
    // Another session by now: whose?
    const m = await marks(d);
    if (m.state) return m;
    pass.csrf = m.csrf;
    return judge(d, await post(d, m.csrf));
  };

  const done = async (d) => {
    const ours = d.kind === 'form' ? [...(await fact(own(d)) ?? []), Number(d.version)].slice(-50) : null;
    await txn('readwrite', (store, facts) => {
      store.delete(d.id);
      if (ours) facts.put(ours, own(d));
    });
  };

  // All that this person has not sent, in order. csrf: of the page that is open, when it is theirs.
  // Gives { state: done | line | login | other, sent: […], answers: { id: {state, url, text} } }.
  const send = (owner, csrf) => alone(async () => {
    const all = { state: 'done', sent: [], answers: {} }, pass = { csrf };
    for (const d of await unsent(owner)) {
      if (d.state === 'refused') continue;
      const r = navigator.onLine === false ? { state: 'line' } : await sendOne(d, pass);
      all.answers[d.id] = r;
      if (r.state === 'done') {
        await done(d);
        all.sent.push(d);
      } else if (r.state === 'refused') {
        await put({ ...d, state: 'refused', status: r.status, why: r.why });
      } else {
        all.state = r.state;
        break;
      }
    }
    return all;
  });

  return { PAGES, come, fact, setFact, keep, leave, mine, remove, send, unsent };
})();
