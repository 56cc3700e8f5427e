// worker.js — the service worker: the shell and one person's report forms open without a line; what waits is sent when the
// line is back. ASSETS and VERSION stand before it (app/offline.c). It is there only for who opened a report form.

const SHELL = `sarn-shell-${VERSION}`;
const SHELL_PAGE = '/offline/shell';
const DAYS = 7; // an older copy of a form is not shown any more
const PATIENCE = 8000; // a line that says nothing: the copy is shown

addEventListener('install', (e) => {
  skipWaiting();
  e.waitUntil(caches.open(SHELL).then((cache) => cache.addAll([...ASSETS, SHELL_PAGE])));
});

addEventListener('activate', (e) => {
  e.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('sarn-shell-') && name !== SHELL) await caches.delete(name);
    await clients.claim();
  })());
});

const asset = async (request) => {
  const kept = await caches.match(request, { cacheName: SHELL });
  return kept ?? fetch(request);
};

// The copy of a form, when it is the form of who used this phone last and it is fresh.
const copy = async (request) => {
  const who = await drafts.fact('who').catch(() => '');
  if (!who) return undefined;
  const kept = await caches.match(request.url, { cacheName: drafts.PAGES + who });
  return kept && Date.now() - Date.parse(kept.headers.get('date')) < DAYS * 86400000 ? kept : undefined;
};

const page = async (request) => {
  const kept = await copy(request);
  const line = fetch(request);
  try {
    if (!kept) return await line;
    let clock;
    const late = new Promise((_, fail) => { clock = setTimeout(fail, PATIENCE); });
    return await Promise.race([line, late]).finally(() => clearTimeout(clock));
  } catch {
    line.catch(() => {});
    return kept ?? await caches.match(SHELL_PAGE, { cacheName: SHELL }) ?? Response.error();
  }
};

addEventListener('fetch', (e) => {
  const { request } = e, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === 'POST' && url.pathname === '/logout') e.waitUntil(drafts.leave());
  if (request.method !== 'GET') return;
  if (url.pathname.startsWith('/assets/')) e.respondWith(asset(request));
  else if (request.mode === 'navigate') e.respondWith(page(request));
});

// The browser wakes us when there is a line again, also when no page is open.
addEventListener('sync', (e) => {
  e.waitUntil((async () => {
    const who = await drafts.fact('who');
    const all = await drafts.send(who);
    new BroadcastChannel('sarn-drafts').postMessage({ who, sent: all.sent.length });
    if (all.state === 'line') throw new Error('again later');
  })());
});
