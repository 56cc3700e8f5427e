// photos.js — photos of a report: made smaller in the browser, with the place and time that the camera wrote read
// first, and sent one by one, so that a line that is cut loses one of them at most. Sent again, a photo is the one that
// is there. Without this the form itself sends them as they are.

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

// One photo, three times at most: the same key, so that an answer that was lost is given again.
const sendOne = async (door, data) => {
  for (let i = 0; ; i++) {
    try {
      const answer = await fetch(door, { method: 'POST', body: data, credentials: 'same-origin' });
      if (answer.status < 500) return answer;
    } catch { /* no line: again */ }
    if (i === 2) return null;
    await new Promise((done) => { setTimeout(done, 800 * (i + 1)); });
  }
};

const sendPhotos = async (box, input) => {
  const { form } = input;
  const say = box.querySelector('[data-photos-say]');
  const left = Number(box.dataset.left);
  const door = `/api/v1${new URL(form.action).pathname}/photos`;
  const files = [...input.files].slice(0, left);
  let sent = 0;
  for (const file of files) {
    say.textContent = `${box.dataset.saySending} ${sent + 1}/${files.length}`;
    const found = exifOf(new DataView(await file.slice(0, 131072).arrayBuffer()));
    const data = new FormData();
    data.set('csrf', form.elements.csrf.value);
    data.set('idempotency_key', `photo-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`);
    if (form.elements.photo_public?.checked) data.set('photo_public', '1');
    data.set('photo_taken', found.taken ?? '');
    data.set('photo_lat', found.lat ?? '');
    data.set('photo_lon', found.lon ?? '');
    data.set('photos', await smaller(file).catch(() => file), file.name || 'photo.jpg');
    const answer = await sendOne(door, data);
    if (!answer?.ok) {
      const told = await answer?.json().catch(() => null);
      say.textContent = told?.error?.fields?.[0]?.message ?? box.dataset.sayFailed;
      return false;
    }
    sent++;
  }
  say.textContent = input.files.length > left ? box.dataset.sayMany : box.dataset.sayDone;
  input.value = '';
  return true;
};

// Chosen photos go at once; the form then goes on its way and shows them with what else was typed kept.
for (const box of document.querySelectorAll('[data-photos]')) {
  const input = box.querySelector('input[type=file]');
  const button = box.querySelector('[data-photos-button]');
  input?.addEventListener('change', async () => {
    if (!input.files.length) return;
    button.setAttribute('aria-disabled', 'true');
    const done = await sendPhotos(box, input);
    button.removeAttribute('aria-disabled');
    if (done) input.form.requestSubmit(button);
  });
}
