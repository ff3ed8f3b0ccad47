// Answers of one try on their way to the server. Each is kept in the browser until the server has acknowledged it, and
// sent again until then under the same device and count, so that however often it arrives it is stored once.
//   states of an answer: saving · offline (kept, not on its way) · saved · conflict (changed on another device) · refused
// A page load is a device of its own: two tabs never count for each other. What an earlier visit or another tab left
// unsent is sent too, as it was, under its own device and count.
const AGAIN_MS = [1_000, 2_000, 4_000, 8_000];
const TRY_AGAIN = new Set(["busy", "slow_down", "internal"]);
export const PREDICTION = -1;

export class Answers {
  #items = new Map();
  #store; #name; #device; #count = 0; #send; #changed; #timer; #sending = false; #tries = 0; #again = null;

  // saved: place -> {choice, revision} by the server; send(message) -> Promise of its answer, rejects without one
  constructor({ store, name, device, saved = {}, send, changed = () => {}, timer = (run, wait) => setTimeout(run, wait) }) {
    this.#store = store; this.#name = name; this.#device = device; this.#send = send; this.#changed = changed; this.#timer = timer;
    for (const [place, one] of Object.entries(saved)) this.#items.set(Number(place), { choice: one.choice, revision: one.revision, state: "saved" });
    for (const key of store.keys(`${name}-`)) this.#adopt(key);
  }

  #adopt(key) {
    for (const one of this.#store.get(key)?.items ?? []) {
      const known = this.#items.get(one.place);
      this.#items.set(one.place, { choice: one.choice, revision: known?.revision ?? 0, server: known?.choice, state: "offline", waits: one, key });
    }
  }

  get #key() { return `${this.#name}-${this.#device}`; }

  get(place) { return this.#items.get(place) ?? null; }

  choice(place) { return this.#items.get(place)?.choice ?? null; }

  get places() { return [...this.#items.keys()]; }

  // not acknowledged yet, and not waiting for the person
  get waiting() { return this.places.filter((place) => ["saving", "offline"].includes(this.#items.get(place).state)); }

  in(state) { return this.places.filter((place) => this.#items.get(place).state === state); }

  put(place, choice) {
    const before = this.#items.get(place);
    this.#count += 1;
    const revision = before?.revision ?? 0;
    const waits = { place, choice, device: this.#device, count: this.#count, seen: revision };
    const server = before?.state === "saved" ? before.choice : before?.server;
    const first = before?.first ?? (before?.waits && before.waits.device !== this.#device ? before.waits : null);
    this.#items.set(place, { choice, revision, server, state: "saving", waits, first, key: this.#key });
    this.#keep();
    this.#changed(place);
    this.#go();
  }

  // the person chose between the devices
  resolve(place, mine) {
    const item = this.#items.get(place);
    if (item?.state !== "conflict") return;
    if (mine) return this.put(place, item.choice);
    this.#items.set(place, { choice: item.theirs, revision: item.revision, state: "saved" });
    this.#keep();
    this.#changed(place);
  }

  // what the server says is saved: shown where nothing of this device waits
  refresh(saved) {
    for (const [key, one] of Object.entries(saved)) {
      const place = Number(key), item = this.#items.get(place);
      if (item && (item.state !== "saved" || item.revision >= one.revision)) continue;
      this.#items.set(place, { choice: one.choice, revision: one.revision, state: "saved" });
      this.#changed(place);
    }
  }

  // connected again, or asked for: at once
  resend() {
    this.#tries = 0;
    this.#again = null;
    this.#go();
  }

  async #go() {
    if (this.#sending || this.#again) return;
    const place = this.waiting[0];
    if (place === undefined) return;
    const item = this.#items.get(place), message = item.first ?? item.waits;
    this.#sending = true;
    this.#become(place, item, "saving");
    try {
      this.#heard(place, item, message, await this.#send(message));
      this.#sending = false;
      this.#go();
    } catch {
      this.#sending = false;
      for (const one of this.waiting) this.#become(one, this.#items.get(one), "offline");
      this.#later();
    }
  }

  #heard(place, item, message, said) {
    if (!said.ok && TRY_AGAIN.has(said.code)) throw new Error(said.code);
    this.#tries = 0;
    const now = this.#items.get(place);
    if (now !== item || message === item.first) { // a newer choice of this device goes next
      if (now.first === message) now.first = null;
      if (said.ok && now.waits) now.waits.seen = now.revision = said.revision;
      return this.#keep();
    }
    if (said.ok) Object.assign(item, { revision: said.revision, state: "saved", waits: null });
    else if (said.code === "changed_elsewhere") Object.assign(item, { theirs: said.choice ?? null, revision: said.revision, state: "conflict", waits: null });
    else Object.assign(item, { state: "refused", code: said.code, message: said.message, waits: null, choice: said.choice === undefined ? item.server ?? null : said.choice, revision: said.revision ?? item.revision });
    this.#keep(item.key);
    this.#changed(place);
  }

  #later() {
    const wait = AGAIN_MS[Math.min(this.#tries, AGAIN_MS.length - 1)];
    this.#tries += 1;
    const turn = (this.#again = {});
    this.#timer(() => { if (this.#again === turn) { this.#again = null; this.#go(); } }, wait);
  }

  #become(place, item, state) {
    if (item.state === state) return;
    item.state = state;
    this.#changed(place);
  }

  #keep(key = this.#key) {
    const items = [...this.#items.values()].filter((one) => one.waits && one.key === key).map((one) => one.waits);
    if (items.length) this.#store.set(key, { items });
    else this.#store.drop(key);
  }

  // all is over: nothing of this try stays in the browser
  forget() { for (const key of this.#store.keys(`${this.#name}-`)) this.#store.drop(key); }
}
