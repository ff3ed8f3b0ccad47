// What is saved, said plainly at any time: one line on top; only trouble and its end are spoken.
import { put } from "../live/fill.js";
import { announce, say } from "./words.js";

export class Status {
  #answers; #state = ""; #line = document.querySelector("[data-saved]");

  constructor(answers) {
    this.#answers = answers;
    this.#line.querySelector("[data-resend]").addEventListener("click", () => answers.resend());
  }

  draw() {
    const { key, n } = this.#now();
    const text = say(key, { n });
    put(this.#line.querySelector("[data-saved-line]"), text);
    this.#line.dataset.saved = key;
    this.#line.querySelector("[data-resend]").hidden = key !== "offline";
    if (key === this.#state) return;
    const trouble = ["offline", "conflicts", "refused"];
    if (trouble.includes(key)) announce(text);
    else if (this.#state === "offline" && key === "all_saved") announce(say("back"));
    if (!(key === "saving" && this.#state === "offline")) this.#state = key;
  }

  #now() {
    const count = (state) => this.#answers.in(state).length;
    for (const [state, key] of [["offline", "offline"], ["conflict", "conflicts"], ["saving", "saving"], ["refused", "refused"]]) {
      if (count(state)) return { key, n: state === "offline" ? this.#answers.waiting.length : count(state) };
    }
    return { key: this.#answers.places.length ? "all_saved" : "nothing", n: 0 };
  }
}
