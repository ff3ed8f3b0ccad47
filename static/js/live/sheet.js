// The phone's answer sheet. A question type's sheet lies in the page as <template data-sheet="type">, with holes:
//   data-text="text"      the face's value as text          data-media="media"   its picture
//   data-each="options"   its only child is repeated        data-shape, data-letter   the option's own shape and letter
//   data-answer           a tap is the answer (the option's id, or data-choice as JSON)
//   data-pick             a tap toggles or numbers          data-name="id"       the name of a pair of radios
import { asForm, collect, parseNumber, toggled } from "./choice.js";
import { meta } from "./store.js";

const SHAPES = ["sao", "sen", "song", "la", "trang", "nui", "non", "chim"];
const LONG = 150;

export class Sheet {
  #root; #ask; #form = asForm(null); #answer; #lang = document.documentElement.lang;

  constructor(root, ask, answer, before = null) {
    this.#root = root; this.#ask = ask; this.#answer = answer; this.#form = before?.form ?? this.#form;
    const template = document.querySelector(`template[data-sheet="${CSS.escape(ask.kind)}"]`) ?? document.querySelector(`template[data-sheet="${CSS.escape(ask.question?.type ?? "")}"]`);
    root.replaceChildren(template ? template.content.cloneNode(true) : "");
    this.#fill(root, ask.question ?? {});
    root.classList.toggle("many", (ask.question?.options?.length ?? 0) > 4);
    root.addEventListener("click", (event) => this.#tap(event));
    root.addEventListener("input", () => this.#changed());
    root.addEventListener("submit", (event) => { event.preventDefault(); const choice = this.#collected(); if (choice !== null && !this.shut) this.#answer(ask.no, choice); });
  }

  get root() { return this.#root; }

  get form() { return this.#form; }

  get shut() { return "shut" in this.#root.dataset || "chosen" in this.#root.dataset; }

  #fill(root, face) {
    for (const list of root.querySelectorAll("[data-each]")) {
      const one = list.firstElementChild;
      list.replaceChildren(...(face[list.dataset.each] ?? []).map((option, i) => this.#option(one.cloneNode(true), option, i)));
    }
    for (const hole of root.querySelectorAll("[data-text]")) if (!hole.closest("[data-i]")) { hole.textContent = face[hole.dataset.text] ?? ""; hole.classList.toggle("long", hole.textContent.length > LONG); }
    for (const hole of root.querySelectorAll("[data-media]")) if (!hole.closest("[data-i]")) this.#picture(hole, face.media);
  }

  #option(row, option, i) {
    row.dataset.i = i % SHAPES.length;
    row.dataset.id = option.id;
    for (const hole of row.querySelectorAll("[data-text]")) hole.textContent = option[hole.dataset.text] ?? "";
    for (const hole of row.querySelectorAll("[data-letter]")) hole.textContent = String.fromCharCode(65 + i);
    for (const hole of row.querySelectorAll("[data-shape]")) hole.setAttribute("href", `${meta("marks")}#${SHAPES[i % SHAPES.length]}`);
    for (const hole of row.querySelectorAll("[data-name]")) hole.name = option[hole.dataset.name];
    for (const hole of row.querySelectorAll("[data-media]")) this.#picture(hole, option.media);
    return row;
  }

  #picture(img, media) {
    img.hidden = !media;
    if (media) { img.src = meta("media") + encodeURIComponent(media.name); img.alt = media.alt ?? ""; }
  }

  #tap(event) {
    const button = event.target.closest("[data-answer], [data-pick]");
    if (!button || this.shut) return;
    if (button.matches("[data-answer]")) return this.#answer(this.#ask.no, button.dataset.choice ? JSON.parse(button.dataset.choice) : button.dataset.id);
    this.#form.picked = toggled(this.#form.picked, button.dataset.id);
    this.#draw();
    this.#changed();
  }

  #collected() {
    const form = this.#root.querySelector("[data-collect]");
    if (!form) return null;
    for (const radio of this.#root.querySelectorAll("input[type=radio]:checked")) this.#form.marks[radio.name] = radio.value === "true";
    this.#form.text = this.#root.querySelector("[data-value]")?.value ?? "";
    return collect(form.dataset.collect, this.#form, this.#ask.question?.options?.length ?? 0, this.#lang);
  }

  #changed() {
    const send = this.#root.querySelector(".send");
    if (send) send.disabled = this.#collected() === null;
    const echo = this.#root.querySelector("[data-echo]");
    const value = echo ? parseNumber(this.#form.text, this.#lang) : null;
    if (echo) echo.textContent = value === null ? "" : `= ${value.toLocaleString(this.#lang, { maximumFractionDigits: 10 })} ${this.#ask.question?.unit ?? ""}`;
  }

  // what was chosen, from the outbox or from `me`; undefined: nothing yet. final: it can no longer be changed.
  choose(choice, final) {
    this.#root.toggleAttribute("data-chosen", choice !== undefined && final);
    if (choice !== undefined && (final || !this.#root.contains(document.activeElement))) this.#form = asForm(choice, this.#lang);
    const field = this.#root.querySelector("[data-value]");
    if (field && choice !== undefined && field !== document.activeElement) field.value = this.#form.text;
    this.#draw();
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

  #draw() {
    const order = this.#root.querySelector("[data-collect=order]");
    for (const button of this.#root.querySelectorAll("[data-id].opt")) {
      const place = this.#form.picked.indexOf(button.dataset.id);
      button.setAttribute("aria-pressed", place >= 0);
      if (order && place >= 0) button.dataset.place = place + 1; else delete button.dataset.place;
    }
    for (const radio of this.#root.querySelectorAll("input[type=radio]")) if (radio.name in this.#form.marks) radio.checked = this.#form.marks[radio.name] === (radio.value === "true");
  }
}
