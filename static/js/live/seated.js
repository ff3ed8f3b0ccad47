// This browser has a seat in a show already: its ticket without the PIN. Tried once in a while only.
import { device, seatKey, store } from "./store.js";

const AGAIN_MS = 60_000;

export async function seated(show, before) {
  const tried = `scs-renewed-${show}`;
  if (Date.now() - (store.get(tried) ?? 0) < AGAIN_MS) return false;
  store.set(tried, Date.now());
  const fields = { show, device: device(), lang: document.documentElement.lang };
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(fields), credentials: "same-origin", cache: "no-store" };
  const reply = await fetch("/live/join", options).then((response) => response.json()).catch(() => ({}));
  if (!reply.ticket) return false;
  store.set(seatKey(reply.show), { ...before, ticket: reply.ticket, seat: reply.seat, code: reply.code });
  return true;
}
