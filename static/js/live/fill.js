// Elements that name their content: data-mine from `me`, data-now from a screen's `data`. No markup is ever built from it,
// but for formulas, which the server wrote.
import { FORMULA, learn, written } from "./formulas.js";

const page = typeof document === "undefined" ? null : document.documentElement;

export const at = (object, path) => path.split(".").reduce((value, key) => value?.[key], object);

export function shown(value, lang = page?.lang ?? "vi", sign = false) {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map((one) => shown(one, lang)).join(" · ");
  if (typeof value === "number") return value.toLocaleString(lang, { maximumFractionDigits: 1, signDisplay: sign ? "exceptZero" : "auto" });
  return String(value);
}

export const has = (value) => value !== null && value !== undefined && value !== "" && value !== false && !(Array.isArray(value) && value.length === 0);

export function put(element, text) {
  if (!element || (element.dataset.formulas ?? element.textContent) === text) return;
  if (FORMULA.test(text)) { element.dataset.formulas = text; element.replaceChildren(...written(text)); return; }
  delete element.dataset.formulas;
  element.textContent = text;
}

// data-if-mine shows an element where `me` has the value, data-unless-mine where it has none
export function fillMine(me, root = document) {
  for (const one of root.querySelectorAll("[data-mine]")) put(one, shown(at(me, one.dataset.mine), undefined, "sign" in one.dataset));
  for (const one of root.querySelectorAll("[data-unit]")) put(one, Math.abs(at(me, one.dataset.unit)) === 1 ? one.dataset.one : one.dataset.many);
  for (const one of root.querySelectorAll("[data-if-mine]")) one.hidden = !has(at(me, one.dataset.ifMine));
  for (const one of root.querySelectorAll("[data-unless-mine]")) one.hidden = has(at(me, one.dataset.unlessMine));
}

export function fillNow(data, root = document) {
  learn(data.formulas);
  for (const one of root.querySelectorAll("[data-now]")) put(one, shown(at(data, one.dataset.now)));
  for (const one of root.querySelectorAll("[data-if]")) one.hidden = !has(at(data, one.dataset.if)) || at(data, one.dataset.if) === 0;
  for (const one of root.querySelectorAll("[data-on]")) one.hidden = !one.dataset.on.split(" ").includes(data.phase);
  document.body.dataset.phase = data.phase;
}

// Draws a bar at full length and scales it to its part: only transforms move smoothly.
function scaled(bar, part) {
  bar.setAttribute("width", "100");
  bar.style.transform = `scaleX(${Math.max(0, Math.min(1, part)).toFixed(3)})`;
}

export function fillTally(tally, root = document) {
  fillBars(tally.counts, root);
  for (const one of root.querySelectorAll("[data-tally]")) put(one, shown(tally[one.dataset.tally] ?? 0));
  for (const one of root.querySelectorAll(".progress")) one.toggleAttribute("data-nobody", !tally.present); // judges alone are asked
  for (const one of root.querySelectorAll("[data-tally-bar]")) scaled(one, tally.present ? tally.answered / tally.present : 0);
}

// Lets the bars of a poll grow. Each opening draws new ids, so bars of an earlier one never match.
export function fillBars(counts, root = document) {
  if (!counts) return;
  const most = Math.max(1, ...Object.values(counts));
  for (const one of root.querySelectorAll("[data-bar]")) if (one.dataset.bar in counts) scaled(one, counts[one.dataset.bar] / most);
  for (const one of root.querySelectorAll("[data-count-of]")) if (one.dataset.countOf in counts) put(one, shown(counts[one.dataset.countOf]));
}

export const word = (key) => document.getElementById("words")?.content.querySelector(`[data-word="${key}"]`)?.textContent ?? "";
