// Names found while one types in a field with data-find; choosing one writes "name (code)", which the server reads.
// Without scripts the same field takes a name or a code.
for (const field of document.querySelectorAll("input[data-find]")) {
  const list = document.createElement("ul");
  list.className = "found";
  list.id = `${field.id}-found`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0]?.textContent ?? "");
  list.hidden = true;
  field.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) field.setAttribute(name, value);
  let at = -1, asked = 0, wait;

  const show = (open) => { list.hidden = !open; field.setAttribute("aria-expanded", String(open)); if (!open) field.removeAttribute("aria-activedescendant"); };
  const mark = (no) => {
    at = no;
    [...list.children].forEach((one, i) => one.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) { field.setAttribute("aria-activedescendant", list.children[at].id); list.children[at].scrollIntoView({ block: "nearest" }); }
  };
  const choose = (one) => { field.value = one.dataset.value; show(false); field.dispatchEvent(new Event("change", { bubbles: true })); };

  async function look() {
    const mine = ++asked, words = field.value.trim();
    if (words.length < 2) return show(false);
    const reply = await fetch(`${field.dataset.find}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (mine !== asked || !reply?.ok) return;
    const rows = (await reply.json()).slice(0, 12);
    list.replaceChildren(...rows.map((row, i) => {
      const one = document.createElement("li");
      one.id = `${list.id}-${i}`;
      one.setAttribute("role", "option");
      one.dataset.value = `${row.name} (${row.code})`;
      one.append(row.name, Object.assign(document.createElement("small"), { textContent: [row.place, row.code].filter(Boolean).join(" · ") }));
      one.addEventListener("mousedown", (event) => { event.preventDefault(); choose(one); });
      return one;
    }));
    mark(-1);
    show(rows.length > 0);
  }

  field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(look, 150); });
  field.addEventListener("blur", () => show(false));
  field.addEventListener("keydown", (event) => {
    const size = list.children.length;
    if (list.hidden || !size) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") mark((at + (event.key === "ArrowDown" ? 1 : size - 1) + (at < 0 && event.key === "ArrowUp" ? 1 : 0)) % size);
    else if (event.key === "Enter" && at >= 0) choose(list.children[at]);
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
  });
}
