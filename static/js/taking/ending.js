// The end of a try: handing in once everything is saved, time that is up, and what is said then.
import { put } from "../live/fill.js";
import { announce, say } from "./words.js";

const AGAIN_MS = 2_000;

export class Ending {
  #answers; #tell; #ended; #submitting = false; #what = "submit"; over = false;

  constructor(answers, tell, ended) { this.#answers = answers; this.#tell = tell; this.#ended = ended; }

  get submitting() { return this.#submitting; }

  // hand in; what is not saved yet goes first
  // "time_up": by this phone's clock the time is over; where it was extended meanwhile the paper goes on
  async submit(what = this.#what) {
    this.#submitting = true;
    this.#what = what;
    if (this.over) return;
    if (this.#answers.waiting.length) { this.#answers.resend(); return; }
    announce(say("submitting"));
    try {
      const said = await this.#tell({ do: what });
      if (said.code === "not_yet") return location.reload();
      if (said.ok) return this.end("submitted_title", "submitted_line");
      if (said.code === "too_late") return this.end("time_up_title", "time_up_line");
      if (!["busy", "slow_down", "internal"].includes(said.code)) return this.end("time_up_title", "time_up_line", said.message);
    } catch { /* not there: again */ }
    setTimeout(() => this.submit(), AGAIN_MS);
  }

  // an answer has arrived: go on with handing in
  drained() { if (this.#submitting && !this.over && !this.#answers.waiting.length) this.submit(); }

  cancel() { this.#submitting = false; this.#what = "submit"; }

  end(title, line, message = "") {
    if (this.over) return;
    this.over = true;
    const section = document.querySelector("[data-ended]");
    for (const one of document.querySelectorAll("[data-questions], [data-predict], [data-review], [data-foot]")) one.hidden = true;
    for (const one of document.querySelectorAll("dialog[open]")) one.close();
    const lost = this.#answers.in("refused").length ? ` ${say("time_up_unsent")}` : "";
    put(section.querySelector("[data-ended-title]"), say(title));
    put(section.querySelector("[data-ended-line]"), (message || say(line)) + lost);
    section.hidden = false;
    section.querySelector("h2").focus();
    this.#ended();
  }
}
