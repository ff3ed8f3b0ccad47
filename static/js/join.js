// PIN and name -> a seat. The ticket stays in the browser by show, so a refresh comes back to the same seat.
import { device, seatKey, store } from "./live/store.js";

const form = document.querySelector("[data-join]");
const said = document.querySelector("[data-error]");
const words = (name) => document.querySelector(`template[data-word-${name}]`).content.textContent;
const digits = (text) => text.replace(/\D/g, "");

const last = store.get("scs-name");
if (last && form.elements.name.type !== "hidden" && !form.elements.name.value) form.elements.name.value = last;
(digits(form.elements.pin.value) ? form.elements.name : form.elements.pin).focus?.();

async function join(fields) {
  const response = await fetch("/live/join", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(fields), credentials: "same-origin", cache: "no-store",
  });
  return { status: response.status, wait: Number(response.headers.get("Retry-After")) || 0, answer: await response.json() };
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const pin = digits(form.elements.pin.value);
  const name = form.elements.name.value.trim();
  const code = form.elements.code.value.trim().toUpperCase();
  if (!pin || !name) { said.textContent = words("missing"); return; }
  const button = form.querySelector(".send");
  button.disabled = true;
  said.textContent = "";
  try {
    const { status, answer } = await join({ pin, name, device: device(), lang: document.documentElement.lang, ...(code && { code }) });
    if (!answer.ticket) { said.textContent = answer.message ?? words("network"); return; }
    const kept = status === 200 ? store.get(seatKey(answer.show))?.name : null;
    store.set("scs-name", name);
    store.set(seatKey(answer.show), { ticket: answer.ticket, seat: answer.seat, code: answer.code, name: answer.name ?? kept ?? name });
    location.assign(form.dataset.play.replace("SHOW", encodeURIComponent(answer.show)));
  } catch { said.textContent = words("network"); } finally { button.disabled = false; }
});
