// Buttons that are data:  <button data-act="advance" data-args='{"no": 7}' data-key="Space PageDown" data-confirm="Sure?">
//   data-dialog="undo" opens <dialog id="undo">, whose <form data-act-form="undo"> adds its inputs to the args
//   data-key lists KeyboardEvent.codes; keys rest while somebody types, and in an open dialog
//   in it a button with data-arm makes the act ready instead: it is done by the act "go"
//   data-once: the second click of a double click does nothing, since the button may mean the next step by then
import { random } from "./store.js";
import { word } from "./fill.js";

const SAID_MS = 5_000;

export function watchActs(room) {
  const prefix = random(6);
  let count = 0;
  let silence = 0;
  let taken = ""; // the code of the key that pressed a button and may still be down

  function show(text) {
    const line = document.querySelector("[data-status]");
    if (!line) return;
    line.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => { line.textContent = ""; }, SAID_MS);
  }

  async function act(name, args, button) {
    button?.setAttribute("aria-busy", "true");
    try {
      const ack = await room.ask("act", { do: name, args, id: `${prefix}-${(count += 1)}`, v: room.v });
      if (!ack.ok) show(ack.message || word("failed"));
      if (ack.open) location.assign(ack.open);
      return Boolean(ack.ok);
    } catch { show(word("failed")); return false; } finally { button?.removeAttribute("aria-busy"); }
  }

  async function press(button) {
    if (button.disabled || button.getAttribute("aria-busy") === "true") return;
    if (button.dataset.dialog) return openDialog(button);
    if (button.dataset.confirm && !(await confirmed(button.dataset.confirm))) return;
    await act(button.dataset.act, JSON.parse(button.dataset.args ?? "{}"), button);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act], [data-dialog]");
    // after a mouse click no tool keeps the focus: Space is the next step again
    if (button && event.detail > 0) button.blur();
    if (button && !(event.detail > 1 && "once" in button.dataset)) press(button);
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  });

  // a slider says its value when it is let go, a list and a line of text when they were changed
  document.addEventListener("change", (event) => {
    const field = event.target.closest("[data-act-value]");
    if (!field) return;
    const value = field.type === "range" ? Number(field.value) : field.value;
    act(field.dataset.actValue, { ...JSON.parse(field.dataset.args ?? "{}"), [field.dataset.name]: value });
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-act-form]");
    if (!form) return;
    event.preventDefault();
    const args = JSON.parse(form.dataset.args ?? "{}");
    for (const field of form.elements) if (field.name) args[field.name] = field.type === "number" ? Number(field.value) : field.value.trim();
    const arms = event.submitter?.hasAttribute("data-arm"), button = form.querySelector("button:last-of-type");
    if (button.getAttribute("aria-busy") === "true") return; // a second click or a held Enter would do it twice
    if (await act(arms ? "arm" : form.dataset.actForm, arms ? { act: form.dataset.actForm, ...args } : args, button)) { form.reset(); form.closest("dialog").close(); }
  });

  document.addEventListener("keydown", (event) => {
    if (event.repeat) return held(event, taken);
    taken = "";
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select")) return;
    const button = document.querySelector(`[data-key~="${CSS.escape(event.code)}"]:not([disabled])`);
    if (!button || isFor(event, button)) return;
    event.preventDefault();
    taken = event.code;
    press(button);
  });
  // some browsers click a focused button when Space is let go, although its key was taken
  document.addEventListener("keyup", (event) => { if (event.code === "Space" && event.target.closest("[data-key~=Space]")) event.preventDefault(); });
}

// a key held down presses once: without this a held Enter clicks its button again and again, and a key that opened a dialog types itself there
function held(event, taken) {
  if (event.code === taken || ((event.code === "Enter" || event.code === "Space") && event.target.closest("button"))) event.preventDefault();
}

// Space belongs to the control that has the focus, arrow down to the list that scrolls
function isFor(event, button) {
  if (event.code === "Space") return Boolean(event.target.closest("button, summary, a")) && !event.target.closest("[data-key~=Space]");
  return event.code === "ArrowDown" && event.target !== document.body && event.target !== button;
}

function openDialog(button) {
  const dialog = document.getElementById(button.dataset.dialog);
  const form = dialog.querySelector("[data-act-form]");
  if (form) form.dataset.args = button.dataset.args ?? "{}";
  const about = dialog.querySelector("[data-about]");
  if (about) about.textContent = button.dataset.about ?? "";
  dialog.showModal();
}

function confirmed(sentence) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector("[data-text]").textContent = sentence;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => { dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }); });
}
