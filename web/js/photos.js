// photos.js — photos of a report: made smaller in the browser, with the place and time that the camera wrote read
// first, kept in the phone and sent from there one by one, so that a line that is cut loses none. Sent again, a photo is the
// one that is there. Without this the form itself sends them as they are.

const SIDE = 1920;

// When and where, from the EXIF block of a JPEG; what is not understood is left out.
const exifOf = (view) => {
  const found = {};
  const block = (start) => {
    const little = view.getUint16(start) === 0x4949;
    const u16 = (at) => view.getUint16(start + at, little);
    const u32 = (at) => view.getUint32(start + at, little);
    const entry = (dir, tag) => {
      for (let i = 0; dir && i < Math.min(u16(dir), 200); i++) if (u16(dir + 2 + i * 12) === tag) return dir + 10 + i * 12;
      return 0;
    };
    const degrees = (dir, tag, ref) => {
      const at = entry(dir, tag);
      const side = entry(dir, ref);
      if (!at || !side) return NaN;
      const part = (i) => u32(u32(at) + i * 8) / u32(u32(at) + i * 8 + 4);
      const sign = 'SW'.includes(String.fromCharCode(view.getUint8(start + side))) ? -1 : 1;
      return sign * (part(0) + part(1) / 60 + part(2) / 3600);
    };
    const top = u32(4);
    const exif = entry(top, 0x8769);
    const taken = exif && entry(u32(exif), 0x9003);
    if (taken) {
      let text = '';
      for (let i = 0; i < 19; i++) text += String.fromCharCode(view.getUint8(start + u32(taken) + i));
      if (/^[12]\d{3}:\d\d:\d\d \d\d:\d\d:\d\d$/.test(text)) found.taken = text.replace(':', '-').replace(':', '-');
    }
    const gps = entry(top, 0x8825);
    const lat = gps ? degrees(u32(gps), 2, 1) : NaN;
    const lon = gps ? degrees(u32(gps), 4, 3) : NaN;
    if (Number.isFinite(lat) && Number.isFinite(lon) && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat || lon)) {
      found.lat = lat.toFixed(6);
      found.lon = lon.toFixed(6);
    }
  };
  try {
    for (let at = 2; view.getUint16(0) === 0xffd8 && view.getUint8(at) === 0xff && view.getUint8(at + 1) !== 0xda;) {
      if (view.getUint8(at + 1) === 0xe1 && view.getUint32(at + 4) === 0x45786966) { block(at + 10); break; }
      at += 2 + view.getUint16(at + 2);
    }
  } catch { /* cut off: what was found stands */ }
  return found;
};

const smaller = async (file) => {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', 0.82); });
  return made && made.size < file.size ? made : file;
};

// Each photo is kept in the phone, with a key of its own, and goes from there (drafts.js): a line that is cut loses none.
const keepPhoto = async (form, file) => {
  const found = exifOf(new DataView(await file.slice(0, 131072).arrayBuffer()));
  const small = await smaller(file).catch(() => file);
  await drafts.keep({
    owner: phone.who, kind: 'photo', door: `/api/v1${phone.door(form)}/photos`, page: phone.page(form), state: 'waiting',
    key: phone.newKey(), name: file.name || 'photo.jpg', title: file.name,
    blob: new Blob([await small.arrayBuffer()], { type: small.type }), // a copy: the file itself may go from the phone
    fields: [...(form.elements.photo_public?.checked ? [['photo_public', '1']] : []),
      ['photo_taken', found.taken ?? ''], ['photo_lat', found.lat ?? ''], ['photo_lon', found.lon ?? '']],
  });
};

const waitingPhotos = async (form) => (await drafts.mine(phone.who)).filter((d) => d.kind === 'photo' && d.page === phone.page(form));

// Photos that are not sent yet, small, beside those that are.
async function showWaiting(form) {
  const list = form.querySelector('[data-photos-waiting]');
  if (!list) return;
  const all = await waitingPhotos(form), rows = [];
  for (const d of all) {
    const li = list.querySelector('template').content.cloneNode(true).querySelector('li'), canvas = li.querySelector('canvas');
    const picture = await createImageBitmap(d.blob).catch(() => null);
    if (picture) {
      canvas.height = Math.round(canvas.width * picture.height / picture.width);
      canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    }
    li.querySelector('[data-name]').textContent = d.why ?? d.name;
    li.querySelector('button').addEventListener('click', async () => { await drafts.remove(d.id); await showWaiting(form); });
    rows.push(li);
  }
  for (const old of list.querySelectorAll('li')) old.remove();
  list.append(...rows);
  list.hidden = !rows.length;
}

const sendPhotos = async (box, input) => {
  const { form } = input;
  const say = box.querySelector('[data-photos-say]');
  const left = Number(box.dataset.left) - (await waitingPhotos(form)).length;
  const files = [...input.files].slice(0, Math.max(0, left)), many = input.files.length > files.length;
  for (const [i, file] of files.entries()) {
    say.textContent = `${box.dataset.saySending} ${i + 1}/${files.length}`;
    await keepPhoto(form, file);
  }
  input.value = '';
  await showWaiting(form);
  const all = await drafts.send(phone.who, form.elements.csrf.value);
  await showWaiting(form);
  const told = Object.values(all.answers).find((r) => r.state === 'refused');
  const isDone = all.state === 'done' && !told;
  say.textContent = told?.why ?? (!isDone ? box.dataset.sayFailed : many ? box.dataset.sayMany : box.dataset.sayDone);
  if (!isDone) { wake(); await sayState(all.state); }
  return isDone;
};

// Chosen photos go at once; the form then goes on its way and shows them with what else was typed kept.
function wirePhotos(root) {
  for (const box of root.querySelectorAll('[data-photos]')) {
    const input = box.querySelector('input[type=file]');
    const button = box.querySelector('[data-photos-button]');
    input?.addEventListener('change', async () => {
      if (!input.files.length || !phone.who) return;
      button.setAttribute('aria-disabled', 'true');
      const done = await sendPhotos(box, input).catch(() => false); // nothing can be kept: the form sends them as they are
      button.removeAttribute('aria-disabled');
      if (done) input.form.requestSubmit(button);
    });
  }
}
