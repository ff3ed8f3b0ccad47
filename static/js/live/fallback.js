// Where WebSocket is blocked: screens by long polling, answers by POST, both with the ticket as bearer.
const REST_MS = 1_000;

export class Fallback {
  #ticket; #lang; #got; #refused; #stopping = null;

  // refused(code) is told every refusal of the server's; what a network between us answers bears no code of ours
  constructor({ ticket, lang, got, refused }) { this.#ticket = ticket; this.#lang = lang; this.#got = got; this.#refused = refused; }

  get on() { return this.#stopping !== null; }

  stop() { this.#stopping?.abort(); this.#stopping = null; }

  async start(version, working) {
    const stopping = (this.#stopping = new AbortController());
    let first = true;
    while (!stopping.signal.aborted) {
      try {
        const reply = await this.#fetch(`/live/screen?v=${version()}`, { signal: stopping.signal });
        if (stopping.signal.aborted) return;
        if (first) working();
        first = false;
        this.#got(reply);
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
    if (response.ok) return response.json();
    const said = await response.json().catch(() => null);
    if (said?.code) this.#refused(said.code);
    throw new Error(said?.code ?? String(response.status));
  }
}
