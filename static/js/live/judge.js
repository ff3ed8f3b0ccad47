// A judge's phone: screens morph, verdicts are buttons, marks are an answer that may be changed until the close.
import "./time-left.js";
import { watchActs } from "./acts.js";
import { fillNow, word } from "./fill.js";
import { follow } from "./follow.js";
import { morph } from "./morph.js";
import { Outbox } from "./outbox.js";
import { Room } from "./room.js";
import { followWishes, identity } from "./screen.js";
import { meta, random, store } from "./store.js";
import { keepAwake } from "./wake.js";

const screen = document.getElementById("screen");
const room = new Room({ ticket: meta("ticket"), lang: document.documentElement.lang, ...identity() });
followWishes(room);
let me = { choices: {} };

function told() {
  for (const form of screen.querySelectorAll("form[data-marks]")) {
    const no = Number(form.dataset.marks);
    const kept = outbox.get(no);
    const state = kept?.state ?? (me.choices?.[no] ? "received" : "");
    form.querySelector("[data-sent]").textContent = state === "refused" ? kept.message : state ? word(state) : "";
    const stored = me.choices?.[no];
    if (!stored || form.dataset.filled) continue;
    form.dataset.filled = "yes";
    for (const field of form.querySelectorAll("input")) field.value = stored[field.dataset.criterion];
  }
}

const outbox = new Outbox({
  store, key: `scs-marks-${meta("show")}-${meta("ticket").slice(-12)}`, name: random(6),
  send: (payload, wait) => room.ask("answer", payload, wait), changed: () => told(),
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-marks]");
  if (!form) return;
  event.preventDefault();
  form.dataset.filled = "yes";
  outbox.put(Number(form.dataset.marks), Object.fromEntries([...form.querySelectorAll("input")].map((field) => [field.dataset.criterion, Number(field.value)])));
});

room.addEventListener("screen", ({ detail }) => { morph(screen, detail.html); fillNow(detail.data); told(); follow(detail.data.followed); });
room.addEventListener("me", ({ detail }) => { me = { ...me, ...detail }; told(); });
room.addEventListener("connected", () => outbox.resend());
room.addEventListener("net", ({ detail }) => { document.body.dataset.net = detail === "back" ? "on" : detail; });
room.addEventListener("bye", ({ detail }) => { document.body.dataset.gone = detail; document.querySelector(".bye").hidden = false; });
document.querySelector("[data-again]").addEventListener("click", () => location.reload());

watchActs(room);
keepAwake();
room.open();
