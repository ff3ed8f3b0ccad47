// The phone's answer sheet: one question, what is chosen, and after the reveal what is right.
import { asForm, toggled } from "./choice.js";
import { collected, draw, echo, fill, sheetOf } from "./face.js";

export const elsewhere = () => sheetOf("-"); // what stands where something was put to others

const LONG = 150;

export class Sheet {
  #root; #ask; #drawn = ""; #form = asForm(null); #answer; #lang = document.documentElement.lang;

  constructor(root, ask, answer, before = null) {
    this.#root = root; this.#ask = ask; this.#answer = answer; this.#form = before?.form ?? this.#form;
    this.renew(ask);
    root.addEventListener("click", (event) => this.#tap(event));
    root.addEventListener("input", () => this.#changed());
    root.addEventListener("submit", (event) => { event.preventDefault(); const choice = this.#collected(); if (choice !== null && !this.shut) this.#answer(ask.no, choice); });
  }

  // the same ask may lose some of its options
  renew(ask) {
    this.#ask = ask;
    const root = this.#root;
    const face = JSON.stringify(this.#face);
    if (face === this.#drawn) return;
    this.#drawn = face;
    root.replaceChildren(sheetOf(ask.kind) ?? sheetOf(ask.question?.type) ?? "");
    fill(root, this.#face);
    for (const hole of root.querySelectorAll("[data-text]")) if (!hole.closest("[data-i]")) hole.classList.toggle("long", hole.textContent.length > LONG);
    root.classList.toggle("many", (this.#face.options?.length ?? 0) > 4);
  }

  get root() { return this.#root; }

  get form() { return this.#form; }

  get #face() { return this.#ask.question ?? {}; }

  get shut() { return "shut" in this.#root.dataset || "chosen" in this.#root.dataset; }

  #tap(event) {
    const button = event.target.closest("[data-answer], [data-pick]");
    if (!button || this.shut) return;
    if (button.matches("[data-answer]")) {
      const choice = button.dataset.choice ? JSON.parse(button.dataset.choice) : button.dataset.id;
      this.#form = asForm(choice, this.#lang);
      return this.#answer(this.#ask.no, choice);
    }
    this.#form.picked = toggled(this.#form.picked, button.dataset.id);
    draw(this.#root, this.#form);
    this.#changed();
  }

  #collected() { return collected(this.#root, this.#form, this.#face, this.#lang); }

  #changed() {
    const send = this.#root.querySelector(".send");
    if (send) send.disabled = this.#collected() === null;
    echo(this.#root, this.#form.text, this.#face, this.#lang);
  }

  // what was chosen, from the outbox or from `me`; undefined: nothing yet. final: it can no longer be changed.
  choose(choice, final) {
    this.#root.toggleAttribute("data-chosen", choice !== undefined && final);
    if (choice !== undefined && (final || !this.#root.contains(document.activeElement))) this.#form = asForm(choice, this.#lang);
    const field = this.#root.querySelector("[data-value]");
    if (field && choice !== undefined && field !== document.activeElement) field.value = this.#form.text;
    draw(this.#root, this.#form);
    this.#changed();
    for (const one of this.#root.querySelectorAll("input, .opt, .send, .buzz")) if (this.shut || !one.matches(".send")) one.disabled = this.shut;
  }

  // after the reveal: which options are right
  reveal(answer) {
    const key = answer?.choice;
    const rows = this.#root.querySelectorAll("[data-id]");
    const map = key && typeof key === "object" && !Array.isArray(key) ? key : null;
    const ids = new Set([key].flat());
    for (const row of rows) {
      if (map) { const mine = this.#form.marks[row.dataset.id]; row.dataset.right = mine === map[row.dataset.id] ? "yes" : "no"; for (const radio of row.querySelectorAll("input")) radio.toggleAttribute("data-key", (radio.value === "true") === map[row.dataset.id]); }
      else if (this.#root.querySelector("[data-collect=order]")) row.dataset.right = key?.indexOf(row.dataset.id) === this.#form.picked.indexOf(row.dataset.id) ? "yes" : "no";
      else row.dataset.right = ids.has(row.dataset.id) ? "yes" : "no";
    }
  }
}
