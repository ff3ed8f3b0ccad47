// PIN and name -> a seat. The ticket stays in the browser by show, so a refresh comes back to the same seat.
import { device, seatKey, store } from "./live/store.js";

const form = document.querySelector("[data-join]");
const said = document.querySelector("[data-error]");
const again = document.querySelector("[data-ask-host]");
const another = document.querySelector("[data-another]");
const ASK_MS = 3_000;
const PATIENCE_S = 5;
let asking = 0;
const words = (name) => document.querySelector(`template[data-word-${name}]`).content.textContent;
const digits = (text) => text.replace(/\D/g, "");

const last = store.get("scs-name");
if (last && form.elements.name.type !== "hidden" && !form.elements.name.value) form.elements.name.value = last;
(digits(form.elements.pin.value) ? form.elements.name : form.elements.pin).focus?.();

async function join(fields, tries = 5) {
  const response = await fetch("/live/join", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(fields), credentials: "same-origin", cache: "no-store",
  });
  const wait = Number(response.headers.get("Retry-After")) || 1;
  if (response.status === 429 && wait <= PATIENCE_S && tries > 1) {  // a whole hall scanned at once: a moment
    await new Promise((resolve) => setTimeout(resolve, 1000 * (wait + Math.random())));
    return join(fields, tries - 1);
  }
  return { status: response.status, reply: await response.json() };
}

async function enter(fields) {
  const { status, reply } = await join(fields);
  if (!reply.ticket) return { status, reply };
  store.set("scs-name", reply.name ?? fields.name);
  store.set(seatKey(reply.show), { ticket: reply.ticket, seat: reply.seat, code: reply.code, name: reply.name ?? fields.name });
  location.assign(form.dataset.play.replace("SHOW", encodeURIComponent(reply.show)));
  return null;
}

function filled() {
  const pin = digits(form.elements.pin.value);
  const name = form.elements.name.value.trim();
  const code = form.elements.code.value.trim().toUpperCase();
  if (!pin || !name) { said.textContent = words("missing"); return null; }
  const key = form.elements.key.value;
  return { pin, name, device: device(), lang: document.documentElement.lang, ...(code && { code }), ...(key && { key }), ...(form.elements.watch.value && { watch: true }) };
}

const offer = (is) => { again.hidden = another.hidden = !is; };

form.addEventListener("submit", (event) => { event.preventDefault(); send({}); });
another.addEventListener("click", () => send({ another: true }));

async function send(more) {
  const fields = filled();
  if (!fields) return;
  asking = 0;
  const button = form.querySelector(".send");
  button.disabled = true;
  said.textContent = "";
  said.removeAttribute("data-waiting");
  offer(false);
  try {
    const refused = await enter({ ...fields, ...more });
    if (!refused) return;
    said.textContent = refused.reply.message ?? words("network");
    offer(refused.reply.code === "name_taken");
  } catch { said.textContent = words("network"); } finally { button.disabled = false; }
}

// the host looks who it is and lets the seat be taken again; until then we ask every few seconds
again.addEventListener("click", async () => {
  const fields = filled();
  if (!fields) return;
  again.disabled = true;
  const mine = asking = performance.now();
  for (;;) {
    const refused = await enter({ ...fields, ask_host: true }).catch(() => ({ status: 0, reply: {} }));
    if (!refused || asking !== mine) break;
    said.textContent = refused.reply.message ?? words("network");
    said.toggleAttribute("data-waiting", refused.status === 202);
    if (refused.status !== 202 && refused.status !== 0) break;
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
  }
  again.disabled = false;
  offer(false);
});
