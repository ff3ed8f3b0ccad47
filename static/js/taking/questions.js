// The questions as they stand on the page: sheet, saved or not, flag, and the two choices of a conflict.
import { put } from "../live/fill.js";
import { PREDICTION } from "./answers.js";
import { Sheet, inWords } from "./sheet.js";
import { say } from "./words.js";

export class Questions {
  #root; #answers; #of; #sheets = new Map(); #articles = new Map(); #flags; #flagged;

  constructor(root, answers, of, flags, flagged) {
    this.#root = root; this.#answers = answers; this.#of = of; this.#flags = flags; this.#flagged = flagged;
  }

  get articles() { return this.#articles; }

  add(place, face) {
    const article = document.getElementById("question").content.firstElementChild.cloneNode(true);
    article.dataset.place = place;
    put(article.querySelector(".number"), say("number", { n: place + 1, of: this.#of }));
    const sheet = new Sheet(article.querySelector("[data-sheet-of]"), place, face, (choice) => this.#changed(place, choice));
    article.setAttribute("aria-labelledby", `q${place}`);
    article.addEventListener("click", (event) => this.#tap(place, event));
    this.#sheets.set(place, sheet);
    this.#articles.set(place, article);
    this.#root.append(article);
    sheet.show(this.#answers.choice(place), true);
    this.draw(place);
    return article;
  }

  #changed(place, choice) {
    if (JSON.stringify(choice) === JSON.stringify(this.#answers.choice(place))) return;
    this.#answers.put(place, choice);
  }

  #tap(place, event) {
    const has = (name) => event.target.closest(`[data-${name}]`);
    if (has("flag")) this.#flagged(place, !this.#flags.has(place));
    else if (has("clear")) { this.#answers.put(place, null); this.#sheets.get(place).show(null, true); }
    else if (has("keep-mine")) this.#answers.resolve(place, true);
    else if (has("keep-theirs")) { this.#answers.resolve(place, false); this.#sheets.get(place).show(this.#answers.choice(place), true); }
    else return;
    this.draw(place);
  }

  // state of one place; the prediction has an article of its own
  draw(place) {
    const article = place === PREDICTION ? document.querySelector("[data-predict]") : this.#articles.get(place);
    if (!article) return;
    const item = this.#answers.get(place);
    const state = item?.state ?? "none";
    const word = { saved: item?.choice === null ? "q_cleared" : "q_saved", saving: "q_saving", offline: "q_offline" }[state];
    article.dataset.saved = state;
    put(article.querySelector("[data-state]"), state === "refused" ? item.message : word ? say(word) : "");
    if (place === PREDICTION) return;
    const sheet = this.#sheets.get(place);
    if (state === "saved" || state === "refused") sheet.show(item.choice, state === "refused");
    article.querySelector("[data-flag]")?.setAttribute("aria-pressed", this.#flags.has(place));
    article.querySelector("[data-clear]").hidden = (item?.choice ?? null) === null || state === "conflict";
    const conflict = article.querySelector("[data-conflict]");
    conflict.hidden = state !== "conflict";
    if (state === "conflict") {
      put(conflict.querySelector("[data-theirs]"), inWords(sheet.face, item.theirs));
      put(conflict.querySelector("[data-mine-choice]"), inWords(sheet.face, item.choice));
    }
  }

  shut(place) { this.#sheets.get(place)?.shut(); for (const one of this.#articles.get(place)?.querySelectorAll("button") ?? []) one.disabled = true; }

  remove(place) { this.#articles.get(place)?.remove(); this.#articles.delete(place); this.#sheets.delete(place); }
}
