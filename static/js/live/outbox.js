// Answers on their way. An answer is kept in the browser until the server has acknowledged it and sent again until
// then, under the same id, so that however often it arrives it counts once. Only an acknowledgement says "received".
//   states of an answer: sending · offline (kept, not on its way) · held (show paused) · received · refused
const AGAIN_MS = [2_000, 4_000, 8_000];
const TRY_AGAIN = new Set(["busy", "slow_down", "internal"]);

// In these phases nothing is taken, or an opening waits while somebody answers aloud; when one ends, what is held goes out.
const STOPPED = new Set(["paused", "suspended"]);
export const goesOn = (before, phase) => before !== phase && (STOPPED.has(before) || before === "answering") && !STOPPED.has(phase);

export class Outbox {
  #items = new Map();
  #store; #key; #send; #changed; #timer; #name; #count;

  // send(payload, milliseconds) -> Promise of the acknowledgement; rejects when nothing came back
  constructor({ store, key, name, send, changed = () => {}, timer = (run, wait) => setTimeout(run, wait) }) {
    this.#store = store; this.#key = key; this.#send = send; this.#changed = changed; this.#timer = timer;
    const kept = store.get(key) ?? {};
    this.#name = kept.name ?? name;
    this.#count = kept.count ?? 0;
    for (const item of kept.items ?? []) this.#items.set(item.no, { ...item, state: "offline", tries: 0 });
  }

  get(no) { return this.#items.get(no) ?? null; }

  get waiting() { return [...this.#items.values()].filter((one) => one.state !== "received" && one.state !== "refused"); }

  put(no, choice) {
    this.#count += 1;
    const item = { no, choice, id: `${this.#name}-${this.#count}`, state: "sending", tries: 0 };
    this.#items.set(no, item);
    this.#keep();
    this.#go(item);
    return item;
  }

  // connected again, or the show is open again: everything kept goes out at once
  resend() {
    for (const item of this.waiting) { item.tries = 0; this.#go(item); }
  }

  async #go(item) {
    const turn = (item.turn = (item.turn ?? 0) + 1);
    const current = () => this.#items.get(item.no) === item && item.turn === turn;
    const wait = AGAIN_MS[Math.min(item.tries, AGAIN_MS.length - 1)];
    if (item.state !== "held") this.#become(item, "sending");
    try {
      const ack = await this.#send({ no: item.no, choice: item.choice, id: item.id }, wait);
      if (this.#items.get(item.no) === item) this.#heard(item, ack, current, wait);
    } catch {
      if (!current() || item.state === "received" || item.state === "refused") return;
      this.#become(item, "offline");
      this.#later(item, current, wait);
    }
  }

  #heard(item, ack, current, wait) {
    if (item.state === "received") return;
    if (ack?.ok) return this.#become(item, "received");
    item.message = ack?.message ?? "";
    item.code = ack?.code ?? "internal";
    if (item.code === "paused") return this.#become(item, "held");
    if (!TRY_AGAIN.has(item.code)) return this.#become(item, "refused");
    if (current()) this.#later(item, current, wait);
  }

  #later(item, current, wait) {
    item.tries += 1;
    this.#timer(() => { if (current()) this.#go(item); }, wait);
  }

  #become(item, state) {
    item.state = state;
    this.#keep();
    this.#changed(item);
  }

  #keep() {
    const items = this.waiting.map(({ no, choice, id }) => ({ no, choice, id }));
    this.#store.set(this.#key, { name: this.#name, count: this.#count, items });
  }
}
