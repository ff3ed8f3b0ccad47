// The phone: shows screens, takes answers, says plainly what the network and the server did with them.
import "./time-left.js";
import { outcome } from "./choice.js";
import { learn } from "./formulas.js";
import { fillMine, fillNow, word } from "./fill.js";
import { morph } from "./morph.js";
import { goesOn, Outbox } from "./outbox.js";
import { Room } from "./room.js";
import { elsewhere, Sheet } from "./sheet.js";
import { seated } from "./seated.js";
import { meta, random, seatKey, store } from "./store.js";
import { tellVerdicts } from "./verdicts.js";
import { keepAwake } from "./wake.js";
import { watchActs } from "./acts.js";

const BACK_MS = 2_500;
const SPREAD_MS = 2_000;
const seat = store.get(seatKey(meta("show")));
const screen = document.getElementById("screen");
const faces = new Map(), sheets = new Map();
let data = {};
let me = { name: seat?.name, code: seat?.code, choices: {} };

function asked(no) {
  for (const ask of data.asks ?? []) faces.set(ask.no, ask);
  if (!faces.has(no) && data.question && data.no === no) faces.set(no, { no, kind: "question", question: data.question });
  return faces.get(no);
}

function chosen(no) {
  const mine = me.choices?.[no];
  const kept = outbox.get(no);
  const newer = kept && kept.state !== "refused" ? kept.choice : undefined;
  return newer ?? mine;
}

// Whether this ask is neither right nor wrong by itself, as a buzz is: the host says what it was worth.
const untold = () => screen.querySelector("[data-untold]") !== null;

// what this screen's ask gave; where several were revealed each has its own
const result = () => (me.results?.[data.no] ? { no: data.no, ...me.results[data.no] } : me.last);

// a late comer was not asked: nothing was missed
const wasAsked = () => screen.querySelector("[data-ask]") !== null;

// An answer is final, unless the ask says that the last one counts.
const final = (no) => faces.get(no)?.take !== "last";

function draw() {
  for (const root of screen.querySelectorAll("[data-ask]")) {
    const no = Number(root.dataset.ask);
    const ask = asked(no);
    if (!ask) { if (!root.firstChild) root.append(elsewhere()); continue; } // it was put to others: this phone was never shown it
    const before = sheets.get(no);
    const sheet = before?.root === root ? before : new Sheet(root, ask, (of, choice) => { outbox.put(of, choice); draw(); }, before);
    sheet.renew(ask);
    sheets.set(no, sheet);
    sheet.choose(chosen(no), final(no));
    if (data.phase === "revealed" && data.reveal?.answer) sheet.reveal(data.reveal.answer);
  }
  for (const one of screen.querySelectorAll("[data-team]")) one.setAttribute("aria-pressed", String(Number(one.dataset.team) === me.team));
  // Options show by themselves which of them is right; of an order the key is written out.
  document.querySelector("[data-key-words]").hidden = !data.reveal?.answer?.texts?.length || (screen.querySelector("[data-right]") !== null && !screen.querySelector(".order"));
  document.body.dataset.got = data.phase === "revealed" ? outcome(result(), data.no, { answered: chosen(data.no) !== undefined, keyed: Boolean(data.reveal?.answer), buzz: untold() }) : "";
  document.querySelector("[data-result-card]").hidden = !document.body.dataset.got;
  const last = result();
  fillMine({ ...me, last: last?.no === data.no ? last : { points: 0 } });
  status();
}

function status() {
  const footer = document.querySelector(".status");
  const kept = outbox.get(data.no);
  const answered = me.choices?.[data.no] !== undefined;
  let state = kept?.state ?? (answered ? "received" : "");
  const stands = state === "refused" && answered; // a change that came too late: what was sent before it counts
  if (data.phase === "revealed" && (state !== "refused" || stands)) state = "";
  if (!["open", "closed", "paused", "answering", "suspended", "revealed"].includes(data.phase)) state = "";
  const text = stands ? word("stands") : state === "refused" ? kept.message : state ? word(state) : data.phase === "closed" && wasAsked() && !untold() ? word("missed") : "";
  footer.toggleAttribute("data-changeable", state === "received" && data.phase === "open" && !final(data.no));
  footer.dataset.sent = state;
  const line = footer.querySelector("[data-status]");
  if (line.textContent !== text) line.textContent = text;
}

function show({ html, data: next }) {
  const before = data.phase;
  data = next;
  learn(data.formulas);
  morph(screen, html);
  tellVerdicts(screen, seat?.seat);
  fillNow(data);
  if (data.followed) follow(data.followed);
  const strip = document.querySelector("[data-clock]");
  strip.hidden = !data.closes_at || data.phase !== "open";
  if (data.closes_at) {
    strip.setAttribute("total", Math.max(0, data.closes_at - (data.opens_at ?? data.closes_at)));
    strip.setAttribute("until", data.closes_at);
  }
  if (data.phase !== before) scrollTo({ top: 0 });
  if (goesOn(before, data.phase)) outbox.resend();
  draw();
}

const room = new Room({ ticket: seat?.ticket, lang: document.documentElement.lang });
const outbox = new Outbox({
  store, key: `scs-outbox-${meta("show")}-${seat?.seat}`, name: random(6),
  send: (payload, wait) => room.ask("answer", payload, wait), changed: () => draw(),
});

room.addEventListener("screen", (event) => show(event.detail));
room.addEventListener("me", (event) => { me = { ...me, ...event.detail }; draw(); });
room.addEventListener("connected", () => outbox.resend());
room.addEventListener("net", (event) => {
  document.body.dataset.net = event.detail;
  if (event.detail === "back") setTimeout(() => { if (document.body.dataset.net === "back") document.body.dataset.net = "on"; }, BACK_MS);
});
// A new ticket without the PIN, where the old one or its session has ended: this device has the seat.
async function seatedAgain() {
  if (!(await seated(meta("show"), seat))) return false;
  location.reload();
  return true;
}

// Goes on to the next show of the same people, in which this browser has its seat already.
let following = false;
async function follow(next) {
  if (following) return;
  following = true;
  await new Promise((done) => setTimeout(done, SPREAD_MS * Math.random()));
  if (await seated(next, seat)) location.assign(`/play/${encodeURIComponent(next)}`);
}

room.addEventListener("bye", async (event) => {
  if (event.detail === "bad_ticket") {
    if (await seatedAgain()) return;
    store.drop(seatKey(meta("show")));
  }
  document.body.dataset.gone = event.detail;
  document.querySelector(".bye").hidden = false;
});
document.querySelector("[data-again]").addEventListener("click", () => location.reload());
document.addEventListener("second", (event) => {
  const said = { 10: "ten", 5: "five" }[event.detail];
  if (said && data.phase === "open" && !document.querySelector("[data-chosen]")) document.querySelector("[data-announce]").textContent = word(said);
});

watchActs(room);
keepAwake();
if (seat?.ticket) room.open(); else location.replace(meta("join"));
