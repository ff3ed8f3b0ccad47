// How long to wait before connecting again: full jitter, so that a hall does not come back in one instant.
const FIRST_MS = 5_000;
const LONGEST_MS = 30_000;

export class Backoff {
  #tries = 0;
  #spread = 0;
  #random;

  constructor(random = Math.random) { this.#random = random; }

  // The server said it goes down: the next wait is anywhere inside its spread.
  spread(seconds) { this.#spread = Math.max(0, Number(seconds) || 0) * 1000; }

  reset() { this.#tries = 0; this.#spread = 0; }

  get tries() { return this.#tries; }

  next() {
    const cap = this.#spread || Math.min(FIRST_MS * 2 ** this.#tries, LONGEST_MS);
    this.#spread = 0;
    this.#tries += 1;
    return Math.round(this.#random() * cap);
  }
}
