// One question of a paper: shows the face in the sheet of its type, and says every change of the choice.
import { asForm, collect, parseNumber, toggled } from "../live/choice.js";
import { meta } from "../live/store.js";
import { put, say } from "./words.js";

const SHAPES = ["sao", "sen", "song", "la", "trang", "nui", "non", "chim"];
const TYPED_MS = 700;
const lang = document.documentElement.lang;

export class Sheet {
  #root; #face; #changed; #form = asForm(null); #timer = 0;

  constructor(root, place, face, changed) {
    this.#root = root; this.#face = face; this.#changed = changed;
    const template = document.querySelector(`template[data-sheet="${CSS.escape(face.type)}"]`);
    root.replaceChildren(template.content.cloneNode(true));
    const head = root.querySelector("h1");
    const title = document.createElement("h2");
    title.dataset.text = "text";
    title.id = `q${place}`;
    head.replaceWith(title);
    root.querySelector(".send")?.remove();
    this.#fill(place);
    root.addEventListener("click", (event) => this.#tap(event));
    root.addEventListener("input", () => { clearTimeout(this.#timer); this.#timer = setTimeout(() => this.#say(), TYPED_MS); this.#echo(); });
    root.addEventListener("focusout", () => { if (this.#timer) this.#say(); });
    root.addEventListener("submit", (event) => { event.preventDefault(); this.#say(); });
  }

  get face() { return this.#face; }

  #fill(place) {
    const face = this.#face;
    for (const list of this.#root.querySelectorAll("[data-each]")) {
      const one = list.firstElementChild;
      list.replaceChildren(...(face[list.dataset.each] ?? []).map((option, i) => this.#option(one.cloneNode(true), option, i)));
      list.setAttribute("role", "group");
      list.setAttribute("aria-labelledby", `q${place}`);
    }
    for (const hole of this.#root.querySelectorAll("[data-text]")) if (!hole.closest("[data-i]")) put(hole, face[hole.dataset.text] ?? "");
    for (const hole of this.#root.querySelectorAll("[data-media]")) if (!hole.closest("[data-i]")) this.#picture(hole, face.media);
    this.#root.querySelector("[data-value]")?.setAttribute("aria-describedby", `q${place}`);
  }

  #option(row, option, i) {
    row.dataset.i = i % SHAPES.length;
    row.dataset.id = option.id;
    for (const hole of row.querySelectorAll("[data-text]")) put(hole, option[hole.dataset.text] ?? "");
    for (const hole of row.querySelectorAll("[data-letter]")) put(hole, String.fromCharCode(65 + i));
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
    if (!button || this.#shut) return;
    const one = button.matches("[data-answer]");
    this.#form.picked = one ? [button.dataset.id] : toggled(this.#form.picked, button.dataset.id);
    this.draw();
    if (one) this.#changed(button.dataset.id); else this.#say();
  }

  get #shut() { return this.#root.hasAttribute("data-shut"); }

  // a choice that is not complete is none: an order half made, a number that is no number
  #say() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!this.#shut) this.#changed(this.#collected());
  }

  #collected() {
    const form = this.#root.querySelector("[data-collect]");
    if (!form) return null;
    for (const radio of this.#root.querySelectorAll("input[type=radio]:checked")) this.#form.marks[radio.name] = radio.value === "true";
    this.#form.text = this.#root.querySelector("[data-value]")?.value ?? "";
    return collect(form.dataset.collect, this.#form, this.#face.options?.length ?? 0, lang);
  }

  // show a choice; what is being typed or put in order is left alone
  show(choice, force = false) {
    const partial = this.#root.querySelector("[data-collect=order], [data-collect=map]") && choice === null && !force;
    if (partial || (!force && this.#root.querySelector("[data-value]") === document.activeElement && document.activeElement)) return;
    this.#form = asForm(choice, lang);
    const field = this.#root.querySelector("[data-value]");
    if (field) field.value = this.#form.text;
    for (const radio of this.#root.querySelectorAll("input[type=radio]")) radio.checked = this.#form.marks[radio.name] === (radio.value === "true");
    this.draw();
    this.#echo();
  }

  shut() {
    this.#root.setAttribute("data-shut", "");
    for (const one of this.#root.querySelectorAll("input, button")) one.disabled = true;
  }

  draw() {
    const order = this.#root.querySelector("[data-collect=order]");
    for (const button of this.#root.querySelectorAll("[data-id].opt")) {
      const at = this.#form.picked.indexOf(button.dataset.id);
      button.setAttribute("aria-pressed", at >= 0);
      if (order && at >= 0) button.dataset.place = at + 1; else delete button.dataset.place;
    }
  }

  #echo() {
    const echo = this.#root.querySelector("[data-echo]");
    const field = this.#root.querySelector("[data-value]");
    const value = echo && field ? parseNumber(field.value, lang) : null;
    if (echo) put(echo, value === null ? "" : `= ${value.toLocaleString(lang, { maximumFractionDigits: 10 })} ${this.#face.unit ?? ""}`);
  }
}

// a choice in words, for the two choices of a conflict
export function inWords(face, choice) {
  const text = (id) => face.options?.find((one) => one.id === id)?.text ?? String(id);
  if (choice === null || choice === undefined) return say("empty");
  if (Array.isArray(choice)) return choice.map(text).join(" · ");
  if (typeof choice === "object") return Object.entries(choice).map(([id, value]) => `${text(id)}: ${say(value ? "yes" : "no")}`).join(" · ");
  return text(choice);
}
