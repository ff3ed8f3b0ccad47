// One address for everything that is saved. Resolves with the server's answer, rejects when none came.
import { clock } from "../live/clock.js";
import { meta } from "../live/store.js";

const PATIENCE_MS = 10_000;

export async function tell(message, { keepalive = false } = {}) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE_MS);
  try {
    const response = await fetch("/taking", {
      method: "POST", credentials: "omit", cache: "no-store", keepalive, signal: giveUp.signal,
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${meta("ticket")}` },
      body: JSON.stringify({ ...message, lang: document.documentElement.lang }),
    });
    const said = await response.json();
    if (Number.isFinite(said.now)) clock.sample(said.now / 1e6);
    return said;
  } finally { clearTimeout(timer); }
}
