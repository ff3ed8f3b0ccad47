// The server's time on this machine. A screen says when it was sent; it arrives later by an unknown delay, so every
// sample is late and the least late one is the best: the largest offset of the last minutes. Measured against the
// monotonic clock, so a phone whose own time jumps shows no wrong countdown.
const KEEP_MS = 5 * 60_000;

export class Clock {
  #samples = [];
  #monotonic;

  constructor(monotonic = () => performance.now()) { this.#monotonic = monotonic; }

  // serverTime: seconds since 1970, as in a screen's data
  sample(serverTime) {
    if (!Number.isFinite(serverTime)) return;
    const at = this.#monotonic();
    this.#samples = this.#samples.filter((one) => at - one.at < KEEP_MS).slice(-40);
    this.#samples.push({ at, offset: serverTime * 1000 - at });
  }

  get known() { return this.#samples.length > 0; }

  // milliseconds since 1970 by the server
  now() {
    const best = Math.max(...this.#samples.map((one) => one.offset));
    return this.known ? best + this.#monotonic() : Date.now();
  }
}

export const clock = new Clock();
