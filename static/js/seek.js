// A search beside each field of several chapters or members (data-seek says what it is called): what is found become
// buttons that add "name (code)", on a line of its own, or in the last line after a semicolon where `data-joined` says so.
function seek(field) {
  const box = document.createElement("div");
  box.className = "seek";
  const input = Object.assign(document.createElement("input"), { type: "search", className: "input", placeholder: field.dataset.seek });
  input.setAttribute("aria-label", field.dataset.seek);
  const found = document.createElement("p");
  found.className = "actions";
  found.setAttribute("aria-live", "polite");
  box.append(input, found);
  field.after(box);
  let waiting = 0, asked = 0;

  function add(line) {
    const lines = field.value.split("\n").filter((one) => one.trim());
    if ("joined" in field.dataset && lines.length) {
      const last = lines.pop().trim();
      lines.push(last.includes(line) ? last : /[:;]$/.test(last) ? `${last} ${line}` : `${last}; ${line}`);
    } else if (!lines.some((one) => one.startsWith(line))) lines.push(line);
    field.value = lines.join("\n");
    input.value = "";
    found.replaceChildren();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  async function ask() {
    const mine = ++asked, words = input.value.trim();
    const replies = await Promise.all(words ? field.dataset.find.split(" ").map((where) => fetch(`${where}?q=${encodeURIComponent(words)}`)) : []);
    const rows = (await Promise.all(replies.filter((one) => one.ok).map((one) => one.json()))).flatMap((some) => some.slice(0, 8));
    if (mine !== asked) return; // an answer to earlier words
    found.replaceChildren(...rows.map((row) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button small", textContent: row.place ? `${row.name} · ${row.place}` : row.name });
      button.addEventListener("click", () => add(`${row.name} (${row.code})`));
      return button;
    }));
  }
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => ask().catch(() => found.replaceChildren()), 250); });
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}
for (const field of document.querySelectorAll("textarea[data-find]")) seek(field);
