// The page of deeds in the field: what is entered stays on the phone at once and goes out when there is a network.
import { random } from "../live/store.js";
import { keptOnPhone } from "./field.js";
import { drop, keep, partner, waiting } from "./queue.js";
import { send } from "./sending.js";

const form = document.querySelector("#deed");
const member = form.dataset.member;
const box = document.querySelector("#queue");
const list = box.querySelector("[data-entries]");
const row = box.querySelector("template");
const photo = form.querySelector("#f-photo");
const lost = document.querySelector("#no-photo");
const AGAIN_MS = 30000;
const SIDE = 1000;
const VIETNAM_MS = 7 * 3600 * 1000;
let sending = false;

// a page kept on the phone, or left open over night, still has the day it was made on
function today() {
  const { day } = form.elements;
  const now = new Date(Date.now() + VIETNAM_MS).toISOString().slice(0, 10);
  if (!(day.max < now)) return;
  if (day.value === day.max) day.value = now;
  day.max = now;
}

function shown() {
  const all = waiting(member);
  box.hidden = all.length === 0;
  box.querySelector("[data-waiting]").textContent = all.length;
  box.querySelector("[data-offline]").hidden = navigator.onLine;
  box.querySelector("[data-insecure]").hidden = isSecureContext;
  list.replaceChildren(...all.map((entry) => {
    const one = row.content.cloneNode(true);
    one.querySelector("b").textContent = entry.words;
    one.querySelector(".under").textContent = [entry.day, entry.count > 1 ? `× ${entry.count}` : "", entry.place].filter(Boolean).join(" · ");
    one.querySelector(".error").textContent = entry.wrong ?? "";
    one.querySelector("button").addEventListener("click", () => { drop(member, entry.id); shown(); });
    return one;
  }));
}

function showPartner() {
  const kept = partner(member);
  const line = form.querySelector("[data-partner]");
  form.elements.partner.value = kept?.code ?? "";
  if (kept) line.textContent = `1+1: ${kept.label}`;
  const chosen = form.elements.what.selectedOptions[0];
  line.hidden = !kept && !("paired" in (chosen?.dataset ?? {}));
  form.elements.count.closest(".field").hidden = !(Number(chosen?.dataset.most) > 1);
}

// smaller on the phone already: a day of pictures must fit, and nothing of the camera's data leaves it
async function small(file) {
  const whole = await createImageBitmap(file);
  const scale = Math.min(1, SIDE / Math.max(whole.width, whole.height));
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(whole.width * scale), height: Math.round(whole.height * scale) });
  canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.6);
}

async function go() {
  if (sending) return;
  sending = true;
  const had = waiting(member).length;
  const became = await send(form);
  sending = false;
  box.querySelector("[data-sign]").hidden = became !== "sign in";
  shown();
  if (had && waiting(member).length === 0 && lost.hidden && document.activeElement?.form !== form) location.reload(); // the list below is the server's
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const chosen = form.elements.what.selectedOptions[0];
  if (!chosen.value) return;
  const [kind, step] = chosen.value.split(".");
  const many = Number(chosen.dataset.most) > 1;
  const entry = { id: random(10), made: Date.now(), words: chosen.textContent.trim(), kind, step: step ?? "done", day: form.elements.day.value,
    count: many ? Number(form.elements.count.value) || 1 : 1, note: form.elements.note.value.trim(), place: form.elements.place.value.trim(),
    partner: form.elements.partner.value, team: form.elements.team?.value ?? "" };
  try { if (photo.files[0]) entry.photo = await small(photo.files[0]); } catch { /* no picture this browser can read: the deed counts without it */ }
  const whole = keep(member, entry);
  const kept = whole || keep(member, { ...entry, photo: undefined });
  lost.hidden = !kept || !photo.files[0] || (whole && Boolean(entry.photo));
  box.querySelector("[data-full]").hidden = kept;
  if (!kept) { box.hidden = false; return; }
  form.elements.note.value = "";
  form.elements.count.value = 1;
  photo.value = "";
  document.activeElement?.blur();
  shown();
  go();
});

form.querySelector("[data-photo-field]").hidden = false;
form.elements.what.addEventListener("change", showPartner);
box.querySelector("#send-now").addEventListener("click", go);
form.addEventListener("picture-lost", () => { lost.hidden = false; });
addEventListener("online", go);
addEventListener("offline", shown);
addEventListener("storage", () => { shown(); showPartner(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) { today(); go(); } });
setInterval(() => { if (waiting(member).some((entry) => !entry.wrong)) go(); }, AGAIN_MS);
today();
showPartner();
shown();
if (waiting(member).length) go();
keptOnPhone("/deeds", "/deeds?field=1");
