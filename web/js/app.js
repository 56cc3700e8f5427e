// app.js — improvements of forms; every page works without it. Deferred, one file, no dependencies.

// A field may be called "method" and then stands where the form's own would: the attribute is asked.
const posts = (form) => form?.getAttribute('method')?.toLowerCase() === 'post';

const digitsOf = (text) => text.replace(/[๐-๙]/g, (d) => '๐๑๒๓๔๕๖๗๘๙'.indexOf(d));

// Money gets its commas when the person leaves the field, never while typing; what is no sum stays
// as it was typed, so that the server can say what is wrong with it.
document.addEventListener('focusout', ({ target }) => {
  if (!target.matches?.('input[data-money]')) return;
  const plain = digitsOf(target.value).replace(/[,\s]|บาท/g, '');
  const m = /^(\d{1,15})(?:\.(\d{1,2}))?$/.exec(plain);
  if (m) target.value = `${BigInt(m[1]).toString().replace(/\B(?=(\d{3})+$)/g, ',')}.${(m[2] ?? '').padEnd(2, '0')}`;
});

// A press goes once. The button's own name and value must still be sent, so it is put out of use
// only after the browser has gathered the form; a page that comes back from the history is fresh.
document.addEventListener('submit', (e) => {
  const form = e.target;
  if (!posts(form)) return;
  if (e.submitter?.formTarget === '_blank') return; // a paper to look at: the form stays and is sent later
  if (form.dataset.sent) { e.preventDefault(); return; }
  form.dataset.sent = '1';
  dirty.delete(form);
  setTimeout(() => {
    for (const b of form.querySelectorAll('button:not([type=button])')) b.setAttribute('aria-disabled', 'true');
  });
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    for (const b of form.querySelectorAll('button[aria-disabled]')) b.removeAttribute('aria-disabled');
  }
});

// Leaving a form with something typed in it is asked about once.
const dirty = new Set();
document.addEventListener('input', ({ target }) => {
  if (posts(target.form) && target.closest('.form')) dirty.add(target.form);
});
addEventListener('beforeunload', (e) => {
  if (dirty.size) e.preventDefault();
});

// The summary of faults is read and seen first, also where autofocus does not reach it.
document.getElementById('errors')?.focus();

// A menu over the page closes by Escape and by a press beside it.
const shut = (but) => {
  for (const d of document.querySelectorAll('details.over[open]')) if (!d.contains(but)) d.open = false;
};
document.addEventListener('click', ({ target }) => shut(target));
document.addEventListener('keydown', (e) => {
  if (e.key !== 'Escape') return;
  const open = document.querySelector('details.over[open]');
  shut(null);
  open?.querySelector('summary').focus();
});

// What is folded away is printed, too.
addEventListener('beforeprint', () => {
  for (const d of document.querySelectorAll('details.prints')) d.open = true;
});
