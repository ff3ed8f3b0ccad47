/** The rules form: how many questions fit each line of the plan, what is picked, parts that may be absent. */
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
    const text = (have < need ? form.dataset.lack : form.dataset.have).replace("{n}", have);
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

/** A search beside each field of chapter codes: names found become buttons that add their code. */
function seek(field) {
  const box = document.createElement("div");
  box.className = "seek";
  const input = Object.assign(document.createElement("input"), { type: "search", className: "input", placeholder: form.dataset.seek });
  input.setAttribute("aria-label", form.dataset.seek);
  const found = document.createElement("p");
  found.className = "actions";
  found.setAttribute("aria-live", "polite");
  box.append(input, found);
  field.after(box);
  let waiting = 0;
  let asked = 0;
  async function ask() {
    const mine = ++asked;
    const words = input.value.trim();
    const answer = words ? await fetch(`${form.dataset.find}?q=${encodeURIComponent(words)}`) : null;
    const chapters = answer?.ok ? await answer.json() : [];
    if (mine !== asked) return; // an answer to earlier words
    found.replaceChildren(...chapters.slice(0, 8).map((chapter) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button small", textContent: chapter.place ? `${chapter.name} · ${chapter.place}` : chapter.name });
      button.addEventListener("click", () => {
        const codes = field.value.split(/[,;\s]+/).filter(Boolean);
        if (!codes.includes(chapter.code)) field.value = [...codes, chapter.code].join(", ");
        input.value = "";
        found.replaceChildren();
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
      });
      return button;
    }));
  }
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => ask().catch(() => found.replaceChildren()), 250); });
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}
for (const field of form.querySelectorAll("[data-chapters]")) seek(field);

let changed = false;
form.addEventListener("input", () => { changed = true; show(); });
form.addEventListener("submit", () => { changed = false; });
window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
show();
