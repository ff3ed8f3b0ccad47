/** The rules form: how many questions fit each line of the plan, what is picked, parts that may be absent. */
import { counted } from "./count.js";
import "./seek.js";

const form = document.getElementById("rules");

const stock = JSON.parse(form.dataset.stock); // [bank, topic, difficulty, usable questions]

const ticked = (root, name) => [...root.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]:checked`)].map((box) => box.value);

function count(cell) {
  const banks = new Set(ticked(form, "banks").map(Number));
  const topics = new Set([...cell.querySelectorAll('input[name$=".topics"]:checked')].map((box) => box.value));
  const [low, high] = [...cell.querySelectorAll('input[name$=".difficulty"]')].map((field) => Number.parseInt(field.value, 10));
  const fits = ([bank, topic, level]) => banks.has(bank) && (!topics.size || topics.has(topic)) && level >= (low || 1) && level <= (high || 5);
  return stock.filter(fits).reduce((sum, row) => sum + row[3], 0);
}

function show() {
  for (const cell of form.querySelectorAll("[data-cell]")) {
    const have = count(cell);
    const need = Number.parseInt(cell.querySelector('input[name$=".count"]').value, 10) || 0;
    const line = cell.querySelector("[data-stock]");
    const text = counted(have < need ? form.dataset.lack : form.dataset.have, { n: have });
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("lacking", have < need);
  }
  for (const pick of form.querySelectorAll("details.pick")) {
    const said = pick.querySelector("[data-picked]");
    if (!said) continue;
    const names = [...pick.querySelectorAll("input:checked + span")].map((one) => one.textContent.trim());
    said.textContent = names.join(", ") || said.dataset.none;
  }
  for (const box of form.querySelectorAll("[data-shows]")) document.getElementById(box.dataset.shows).hidden = !box.checked;
}

let changed = false;
form.addEventListener("input", () => { changed = true; show(); });
form.addEventListener("submit", () => { changed = false; });
window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
show();
