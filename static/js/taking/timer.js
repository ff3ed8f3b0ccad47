// Time on the server's clock: the strip on top, spoken at a few moments only, and one call when it is up.
import "../live/time-left.js";
import { clock } from "../live/clock.js";
import { announce, say } from "./words.js";

const MINUTES = [30, 10, 5, 1];
const LAST_S = 15;

export class Timer {
  #strip = document.querySelector("[data-clock]"); #until = 0; #up = null; #quiet;

  // quiet: a question's own seconds are not spoken
  constructor({ quiet = false } = {}) {
    this.#quiet = quiet;
    this.#strip.addEventListener("second", (event) => this.#second(event.detail));
  }

  set(fromUs, untilUs, up) {
    this.#until = untilUs; this.#up = up;
    this.#strip.setAttribute("total", untilUs - fromUs);
    this.#strip.setAttribute("until", untilUs);
    this.#wait();
  }

  get leftMs() { return this.#until / 1000 - clock.now(); }

  stop() { this.#up = null; this.#strip.hidden = true; }

  // a sleeping phone's timers wake late: looked at again, never trusted
  #wait() {
    if (!this.#up) return;
    const until = this.#until;
    setTimeout(() => {
      if (!this.#up || until !== this.#until) return;
      if (this.leftMs > 0) return this.#wait();
      const up = this.#up;
      this.#up = null;
      up();
    }, Math.max(20, Math.min(this.leftMs, 1000)));
  }

  #second(seconds) {
    if (this.#quiet) return;
    if (seconds % 60 === 0 && MINUTES.includes(seconds / 60)) announce(say("minutes", { n: seconds / 60 }));
    else if (seconds === LAST_S) announce(say("seconds", { n: seconds }));
  }
}
