// Which screen is the newest, and when to ask for one: a higher version heard of in an acknowledgement or in `me`
// that has not come as a screen for two seconds means a screen was lost.
const PATIENCE_MS = 2_000;

export class Versions {
  #shown = -1;
  #heard = -1;
  #since = 0;

  get shown() { return this.#shown; }

  // true when this screen is to be shown
  take(v) {
    if (!Number.isFinite(v) || v < this.#shown) return false;
    this.#shown = v;
    return true;
  }

  hear(v, now) {
    if (!Number.isFinite(v) || v <= this.#heard) return;
    if (this.#heard <= this.#shown) this.#since = now;
    this.#heard = v;
  }

  // milliseconds until a sync is due, or null
  wait(now) { return this.#heard > this.#shown ? Math.max(0, this.#since + PATIENCE_MS - now) : null; }

  asked(now) { this.#since = now; }
}
