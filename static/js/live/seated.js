// This browser has a seat in a show already: its ticket without the PIN. Tried once in a while only.
import { device, seatKey, store } from "./store.js";

const AGAIN_MS = 60_000;

export async function seated(show, before) {
  const tried = `scs-renewed-${show}`;
  if (Date.now() - (store.get(tried) ?? 0) < AGAIN_MS) return false;
  store.set(tried, Date.now());
  const fields = { show, device: device(), lang: document.documentElement.lang };
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(fields), credentials: "same-origin", cache: "no-store" };
  const answer = await fetch("/live/join", options).then((response) => response.json()).catch(() => ({}));
  if (!answer.ticket) return false;
  store.set(seatKey(answer.show), { ...before, ticket: answer.ticket, seat: answer.seat, code: answer.code });
  return true;
}
