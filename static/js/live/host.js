// The console: screens morph, buttons act, the key shows only while H is held or on a screen marked private.
import "./time-left.js";
import { watchActs } from "./acts.js";
import { counted } from "../count.js";
import { fillOrder, watchOrder } from "./behind.js";
import { fillNow, fillTally } from "./fill.js";
import { morph } from "./morph.js";
import { apart, arrange } from "./rows.js";
import { Room } from "./room.js";
import { followWishes, identity } from "./screen.js";
import { meta } from "./store.js";
import { keepAwake } from "./wake.js";

const PEEK = "KeyH";
const ROWS = 200; // how many the server lists
const page = document.documentElement;
const screen = document.getElementById("screen");
const lasting = document.querySelector("[data-private]");
let tally = { answered: 0, present: 0 };
let step = "";

const veil = () => page.toggleAttribute("data-private", lasting.getAttribute("aria-pressed") === "true");

lasting.addEventListener("click", () => { lasting.setAttribute("aria-pressed", lasting.getAttribute("aria-pressed") !== "true"); veil(); });
document.addEventListener("keydown", (event) => { if (event.code === PEEK && !event.target.closest("input, textarea")) page.toggleAttribute("data-private", true); });
document.addEventListener("keyup", (event) => { if (event.code === PEEK) veil(); });
addEventListener("blur", veil);

// Marks the people who have not answered, as of the last tally, without drawing their list again.
function fillWaiting(waiting) {
  const line = screen.querySelector("[data-waiting]");
  if (!waiting || !line) return;
  const seats = new Set(waiting);
  for (const row of screen.querySelectorAll(".people li[data-seat]")) row.toggleAttribute("data-answered", !seats.has(Number(row.dataset.seat)) && !("away" in row.dataset));
  line.textContent = counted(line.dataset.waiting, { n: waiting.length < ROWS ? waiting.length : Math.max(ROWS, tally.present - tally.answered) });
}

// Marks the phones that have not received the question. The server names them only after a second look.
function fillLate({ late, present, delivered }) {
  const seats = new Set(late);
  for (const row of screen.querySelectorAll(".people li[data-seat]")) row.toggleAttribute("data-slow", seats.has(Number(row.dataset.seat)));
  for (const line of screen.querySelectorAll("[data-late]")) {
    line.hidden = !seats.size;
    line.textContent = counted(line.dataset.late, { n: seats.size < ROWS ? seats.size : Math.max(ROWS, present - delivered) });
  }
}

// The seats that the host has picked to remove together. They outlast the list, which every screen draws anew.
const picked = new Set();

function fillPicked() {
  const bar = screen.querySelector("[data-picked]");
  if (!bar) return;
  const here = new Set();
  for (const box of screen.querySelectorAll("[data-pick]")) {
    const seat = Number(box.closest("[data-seat]").dataset.seat);
    here.add(seat);
    box.checked = picked.has(seat);
  }
  for (const seat of picked) if (!here.has(seat)) picked.delete(seat);
  bar.hidden = picked.size === 0;
  const button = bar.querySelector("[data-dialog]");
  for (const one of bar.querySelectorAll("[data-with-seats]")) one.dataset.args = JSON.stringify({ ...JSON.parse(one.dataset.args), seats: [...picked] });
  button.dataset.said ??= button.textContent;
  button.dataset.whom ??= button.dataset.about;
  button.textContent = counted(button.dataset.said, { n: picked.size });
  button.dataset.about = counted(button.dataset.whom, { n: picked.size });
}

screen.addEventListener("change", (event) => {
  if (!event.target.matches("[data-pick]")) return;
  const seat = Number(event.target.closest("[data-seat]").dataset.seat);
  if (event.target.checked) picked.add(seat); else picked.delete(seat);
  fillPicked();
});
screen.addEventListener("click", (event) => { if (event.target.closest("[data-unpick]")) { picked.clear(); fillPicked(); } });

const room = new Room({ ticket: meta("ticket"), lang: page.lang, ...identity() });
followWishes(room);
room.addEventListener("screen", ({ detail }) => {
  const { rest, rows } = apart(detail.html);
  morph(screen, rest);
  const list = screen.querySelector("[data-rows]");
  if (list) arrange(list, rows);
  fillPicked();
  fillNow(detail.data);
  fillTally(tally);
  fillOrder();
  fillWaiting(tally.waiting);
  fillLate(tally);
  const now = `${detail.data.phase}-${detail.data.no}`;
  if (now !== step) screen.querySelector(".script [data-now][aria-current]")?.scrollIntoView({ block: "nearest" });
  step = now;
});
room.addEventListener("tally", ({ detail }) => {
  tally = detail;
  fillTally(tally);
  fillWaiting(detail.waiting);
  fillLate(detail);
  for (const one of document.querySelectorAll("[data-trouble]")) one.hidden = one.dataset.trouble !== detail.trouble;
});
room.addEventListener("net", ({ detail }) => { document.body.dataset.net = detail === "back" ? "on" : detail; });
room.addEventListener("bye", ({ detail }) => { document.body.dataset.gone = detail; document.querySelector(".bye").hidden = false; });
document.querySelector("[data-again]").addEventListener("click", () => location.reload());

// What was done with the mouse keeps no focus, or Space would do it again instead of the next step: a box, a slider, a
// list, a link, "private screen". Only what is being typed keeps it, and whatever the keyboard itself has led to.
const TYPED = "input:not([type=checkbox], [type=range]), textarea";
let byMouse = false;
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { byMouse = kind === "pointerdown"; }, true);

function letGo(typed) {
  const one = document.activeElement;
  if (byMouse && !one.closest("dialog") && !one.matches(typed)) one.blur();
}

document.addEventListener("click", () => letGo(`${TYPED}, select`)); // an open list is still being chosen from
document.addEventListener("change", ({ target }) => {
  letGo(TYPED);
  if (target.matches("input[data-act-value]:not([type=range])")) target.blur(); // a name that was typed is said
});

watchActs(room);
watchOrder();
keepAwake();
room.open();
