// The composer: rounds and questions are dragged with the mouse, or moved with Alt and the arrow keys. Each move presses
// a button of the form, so what was typed is kept and the page works without this file.
const form = document.querySelector("[data-composer]");
let held = null, sent = false;

const round = (one) => Number(one.closest("[data-round]").dataset.round);
const rowOf = (element) => element?.closest?.("[data-question], [data-round]");

// A key that is held, or a second click, would send a page that is no longer the newest.
form.addEventListener("submit", (event) => { if (sent) event.preventDefault(); sent = true; });
addEventListener("pageshow", () => { sent = false; });

function send(what) {
  const button = Object.assign(document.createElement("button"), { name: "do", value: what, hidden: true });
  form.append(button);
  form.requestSubmit(button);
}

for (const row of form.querySelectorAll("[data-round] > .head, [data-question]")) row.draggable = true;

form.addEventListener("dragstart", (event) => {
  held = rowOf(event.target);
  held?.classList.add("dragged");
  event.dataTransfer?.setData("text/plain", "");
});
form.addEventListener("dragend", () => { held?.classList.remove("dragged"); held = null; });
form.addEventListener("dragover", (event) => { if (held && rowOf(event.target)) event.preventDefault(); });
form.addEventListener("drop", (event) => {
  const over = rowOf(event.target);
  if (!held || !over || over === held) return;
  event.preventDefault();
  if (!("question" in held.dataset)) return send(`round-to:${round(held)}:${round(over)}`);
  const to = "question" in over.dataset ? Number(over.dataset.question) : over.querySelectorAll("[data-question]").length;
  send(`to:${round(held)}:${held.dataset.question}:${round(over)}:${to}`);
});

form.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const row = rowOf(event.target), way = event.key === "ArrowUp" ? "up" : "down";
  if (!row) return;
  event.preventDefault();
  const does = "question" in row.dataset ? `${way}:${round(row)}:${row.dataset.question}` : `round-${way}:${round(row)}`;
  const button = form.querySelector(`button[value="${does}"]`);
  if (button && !button.disabled) form.requestSubmit(button);
});
