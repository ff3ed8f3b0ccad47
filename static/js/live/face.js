// A question's face in the sheet of its type, which lies in the page as <template data-sheet="type">, with holes:
//   data-text="text"      the face's value as text          data-media="media"   its picture
//   data-each="options"   its only child is repeated        data-shape, data-letter   the option's own shape and letter
//   data-answer           a tap is the answer (the option's id, or data-choice as JSON)
//   data-pick             a tap toggles or numbers          data-name="id"       the name of a pair of radios
//   data-collect="list"   a form; see choice.js             data-value, data-echo   what is typed, how it is read
import { collect, parseNumber } from "./choice.js";
import { put } from "./fill.js";
import { meta } from "./store.js";

const SHAPES = ["sao", "sen", "song", "la", "trang", "nui", "non", "chim"];

export const sheetOf = (kind) => document.querySelector(`template[data-sheet="${CSS.escape(kind ?? "")}"]`)?.content.cloneNode(true);

// 48 buttons of a grid from the one that the page has
function cells({ dataset: { columns, rows }, firstElementChild: one }) {
  return Array.from({ length: columns.length * rows }, (_, at) => {
    const cell = one.cloneNode();
    cell.textContent = cell.dataset.id = `${columns[at % columns.length]}${Math.floor(at / columns.length) + 1}`;
    return cell;
  });
}

// options first: what stands outside of them belongs to the question
export function fill(root, face) {
  for (const list of root.querySelectorAll("[data-each]")) {
    const one = list.firstElementChild;
    list.replaceChildren(...(face[list.dataset.each] ?? []).map((option, i) => optionRow(one.cloneNode(true), option, i)));
  }
  for (const grid of root.querySelectorAll("[data-columns]")) grid.replaceChildren(...cells(grid));
  for (const hole of root.querySelectorAll("[data-text]")) if (!hole.closest("[data-i]")) put(hole, face[hole.dataset.text] ?? "");
  for (const hole of root.querySelectorAll("[data-media]")) if (!hole.closest("[data-i]")) picture(hole, face.media);
}

// an option of which others were taken away keeps its place and letter
function optionRow(row, option, index) {
  const i = option.at ?? index;
  row.dataset.i = i % SHAPES.length;
  row.dataset.id = option.id;
  for (const hole of row.querySelectorAll("[data-text]")) put(hole, option[hole.dataset.text] ?? "");
  for (const hole of row.querySelectorAll("[data-letter]")) put(hole, String.fromCharCode(65 + i));
  for (const hole of row.querySelectorAll("[data-shape]")) hole.setAttribute("href", `${meta("marks")}#${SHAPES[i % SHAPES.length]}`);
  for (const hole of row.querySelectorAll("[data-name]")) hole.name = option[hole.dataset.name];
  for (const hole of row.querySelectorAll("[data-media]")) picture(hole, option.media);
  return row;
}

// sound and film are for the big screen; where there is none, as in a contest, they play here
function picture(img, media) {
  const clip = /\.mp([34])$/.exec(media?.name ?? "");
  const here = clip && meta("clips") === "here";
  for (const note of img.parentElement?.querySelectorAll(":scope > [data-look]") ?? []) note.hidden = !clip || Boolean(here);
  img.hidden = !media || Boolean(clip);
  if (media && !clip) { img.src = meta("media") + encodeURIComponent(media.name); img.alt = media.alt ?? ""; }
  play(img, here ? media : null, clip?.[1] === "4" ? "video" : "audio");
}

function play(img, media, kind) {
  const before = img.parentElement?.querySelector(":scope > [data-plays]");
  if (before?.dataset.plays === media?.name) return;
  before?.remove();
  if (!media) return;
  const made = document.createElement(kind);
  Object.assign(made, { controls: true, preload: "metadata", playsInline: true, className: "media", src: meta("media") + encodeURIComponent(media.name) });
  made.dataset.plays = media.name;
  made.setAttribute("aria-label", media.alt ?? "");
  img.after(made);
}

// the choice as it stands in the sheet's form, or null while it is not complete
export function collected(root, form, face, lang) {
  const fields = root.querySelector("[data-collect]");
  if (!fields) return null;
  for (const radio of root.querySelectorAll("input[type=radio]:checked")) form.marks[radio.name] = radio.value === "true";
  form.text = root.querySelector("[data-value]")?.value ?? "";
  return collect(fields.dataset.collect, form, face.options?.length ?? 0, lang, face.unit);
}

// which options are picked, in which order, and which of a pair of radios
export function draw(root, form) {
  const order = root.querySelector("[data-collect=order]");
  for (const button of root.querySelectorAll("[data-id].opt")) {
    const place = form.picked.indexOf(button.dataset.id);
    button.setAttribute("aria-pressed", place >= 0);
    if (order && place >= 0) button.dataset.place = place + 1; else delete button.dataset.place;
  }
  for (const radio of root.querySelectorAll("input[type=radio]")) if (radio.name in form.marks) radio.checked = form.marks[radio.name] === (radio.value === "true");
}

// how a typed number is read, with its unit; where it cannot be read, what to type instead
export function echo(root, text, face, lang) {
  const hole = root.querySelector("[data-echo]");
  const value = hole ? parseNumber(text, lang, face.unit) : null;
  put(hole, value === null ? (text?.trim() ? hole?.dataset.echo : "") : `= ${value.toLocaleString(lang, { maximumFractionDigits: 10 })} ${face.unit ?? ""}`);
}
