// Where WebSocket is blocked: screens by long polling, answers by POST, both with the ticket as bearer.
const REST_MS = 1_000;

export class Fallback {
  #ticket; #lang; #got; #gone; #stopping = null;

  constructor({ ticket, lang, got, gone }) { this.#ticket = ticket; this.#lang = lang; this.#got = got; this.#gone = gone; }

  get on() { return this.#stopping !== null; }

  stop() { this.#stopping?.abort(); this.#stopping = null; }

  async start(version, working) {
    const stopping = (this.#stopping = new AbortController());
    let first = true;
    while (!stopping.signal.aborted) {
      try {
        const answer = await this.#fetch(`/live/screen?v=${version()}`, { signal: stopping.signal });
        if (stopping.signal.aborted) return;
        if (first) working();
        first = false;
        this.#got(answer);
      } catch {
        if (stopping.signal.aborted) return;
        await new Promise((done) => { setTimeout(done, REST_MS * (1 + 2 * Math.random())); });
      }
    }
  }

  async answer(payload, milliseconds) {
    const stopping = new AbortController();
    const timer = setTimeout(() => stopping.abort(), milliseconds);
    try {
      return await this.#fetch("/live/answer", {
        method: "POST", body: JSON.stringify(payload), headers: { "Content-Type": "application/json" }, signal: stopping.signal,
      });
    } finally { clearTimeout(timer); }
  }

  async #fetch(address, options) {
    const headers = { ...options.headers, Authorization: `Bearer ${this.#ticket}`, "Accept-Language": this.#lang };
    const response = await fetch(address, { ...options, headers, cache: "no-store", credentials: "omit" });
    if (response.status === 401) { this.#gone("bad_ticket"); throw new Error("bad_ticket"); }
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }
}
