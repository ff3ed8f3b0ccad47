// The editor of a question: what is typed is kept on this device until it is saved, shown as it will look, and saved by keys.
const form = document.querySelector("[data-editor]");
const key = `question ${form.dataset.editor}`;
const note = document.querySelector("[data-kept]");
const typed = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["csrf_token", "seen"].includes(name));
const text = (pairs) => JSON.stringify(pairs);
const before = text(typed());
const store = { get: () => { try { return localStorage.getItem(key); } catch { return null; } },
  set: (value) => { try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); return true; } catch { return false; } } };

const kept = store.get();
if (kept && kept !== before) note.hidden = false;
note.querySelector("[data-restore]").addEventListener("click", () => {
  for (const [name, value] of JSON.parse(kept)) { const field = form.elements.namedItem(name); if (field && "value" in field) field.value = value; }
  note.hidden = true; changed();
});
note.querySelector("[data-forget]").addEventListener("click", () => { store.set(""); note.hidden = true; });

let waits;
function changed() {
  clearTimeout(waits);
  waits = setTimeout(() => { if (store.set(text(typed()))) document.querySelector("[data-autosaved]").hidden = false; look(); }, 700);
}
form.addEventListener("input", changed);
form.addEventListener("submit", (event) => { if (!event.submitter?.hasAttribute("data-look-at")) store.set(""); });

async function look() {
  const body = new FormData(form); body.delete("picture");
  const reply = await fetch(form.querySelector("[data-look-at]").formAction, { method: "POST", body }).catch(() => null);
  if (!reply?.ok) return;
  const found = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("[data-looks]");
  if (found) form.querySelector("[data-look]").replaceChildren(document.importNode(found, true));
}
form.querySelector("[data-look-at]").addEventListener("click", (event) => { event.preventDefault(); look(); });
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || !["s", "Enter"].includes(event.key)) return;
  event.preventDefault();
  form.requestSubmit((event.key === "Enter" && form.querySelector('[name="then"]')) || undefined);
});
if (form.elements.namedItem("text").value) look();
