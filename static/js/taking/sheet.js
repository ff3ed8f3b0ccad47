// One question of a paper: shows the face in the sheet of its type, and says every change of the choice.
import { asForm, toggled } from "../live/choice.js";
import { collected, draw, echo, fill, sheetOf } from "../live/face.js";
import { say } from "./words.js";

const TYPED_MS = 700;
const lang = document.documentElement.lang;

export class Sheet {
  #root; #face; #changed; #form = asForm(null); #timer = 0;

  constructor(root, place, face, changed) {
    this.#root = root; this.#face = face; this.#changed = changed;
    root.replaceChildren(sheetOf(face.type));
    const head = root.querySelector("h1");
    const title = document.createElement("h2");
    title.dataset.text = "text";
    title.id = `q${place}`;
    head.replaceWith(title);
    root.querySelector(".send")?.remove();
    fill(root, face);
    this.#name(`q${place}`);
    root.addEventListener("click", (event) => this.#tap(event));
    root.addEventListener("input", () => { clearTimeout(this.#timer); this.#timer = setTimeout(() => this.#say(), TYPED_MS); this.#echo(); });
    root.addEventListener("focusout", () => { if (this.#timer) this.#say(); });
    root.addEventListener("submit", (event) => { event.preventDefault(); this.#say(); });
  }

  get face() { return this.#face; }

  // Several questions stand on one page, so a screen reader names each list after its question.
  #name(question) {
    for (const list of this.#root.querySelectorAll("[data-each]")) {
      list.setAttribute("role", "group");
      list.setAttribute("aria-labelledby", question);
    }
    this.#root.querySelector("[data-value]")?.setAttribute("aria-describedby", question);
  }

  #tap(event) {
    const button = event.target.closest("[data-answer], [data-pick]");
    if (!button || this.#shut) return;
    const one = button.matches("[data-answer]");
    this.#form.picked = one ? [button.dataset.id] : toggled(this.#form.picked, button.dataset.id);
    this.#draw();
    if (one) this.#changed(button.dataset.id); else this.#say();
  }

  get #shut() { return this.#root.hasAttribute("data-shut"); }

  // Tells the choice to the page. An incomplete one counts as none: half an order, a number that cannot be read.
  #say() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!this.#shut) this.#changed(this.#collected());
  }

  #collected() { return collected(this.#root, this.#form, this.#face, lang); }

  // Shows a choice, unless the person is typing or putting things in order just now.
  show(choice, force = false) {
    const partial = this.#root.querySelector("[data-collect=order], [data-collect=map]") && choice === null && !force;
    if (partial || (!force && this.#root.querySelector("[data-value]") === document.activeElement && document.activeElement)) return;
    this.#form = asForm(choice, lang);
    const field = this.#root.querySelector("[data-value]");
    if (field) field.value = this.#form.text;
    for (const radio of this.#root.querySelectorAll("input[type=radio]")) radio.checked = this.#form.marks[radio.name] === (radio.value === "true");
    this.#draw();
    this.#echo();
  }

  shut() {
    this.#root.setAttribute("data-shut", "");
    for (const one of this.#root.querySelectorAll("input, button")) one.disabled = true;
  }

  #draw() { draw(this.#root, this.#form); }

  #echo() { echo(this.#root, this.#root.querySelector("[data-value]")?.value ?? "", this.#face, lang); }
}

// a choice in words, for the two choices of a conflict
export function inWords(face, choice) {
  const text = (id) => face.options?.find((one) => one.id === id)?.text ?? String(id);
  if (choice === null || choice === undefined) return say("empty");
  if (Array.isArray(choice)) return choice.map(text).join(" · ");
  if (typeof choice === "object") return Object.entries(choice).map(([id, value]) => `${text(id)}: ${say(value ? "yes" : "no")}`).join(" · ");
  return text(choice);
}
