// The paper: one question at a time or all on one page, each saved when chosen, reviewed before it is handed in.
import { put } from "../live/fill.js";
import { learn } from "../live/formulas.js";
import { clock } from "../live/clock.js";
import { random } from "../live/store.js";
import { Answers, PREDICTION } from "./answers.js";
import { runEach } from "./each.js";
import { Ending } from "./ending.js";
import { Navigator } from "./navigator.js";
import { predict } from "./predict.js";
import { Questions } from "./questions.js";
import { Status } from "./status.js";
import { whatIsLeft } from "./left.js";
import { Timer } from "./timer.js";
import { tell } from "./wire.js";
import { announce, say, shelf } from "./words.js";

const paper = JSON.parse(document.getElementById("paper").textContent);
const $ = (name) => document.querySelector(`[data-${name}]`);
const flags = new Set(paper.flags), length = paper.faces.length;
clock.sample(paper.now / 1e6);
learn(paper.formulas);

const answers = new Answers({
  store: shelf, name: `scs-try-${paper.attempt}`, device: random(8), saved: paper.answers, changed,
  send: (item) => tell({ ...item, do: item.place === PREDICTION ? "predict" : "answer" }).then((said) => { extended(said.closes_at); return said; }),
});
const status = new Status(answers), ending = new Ending(answers, tell, () => { timer.stop(); if (!answers.waiting.length) answers.forget(); });
const questions = new Questions($("questions"), answers, length, flags, flagged);
const timer = new Timer({ quiet: paper.each });
const predicts = paper.predicts ? predict($("predict"), answers, () => questions.draw(PREDICTION)) : null;
const steps = [...Array(length).keys(), ...(predicts ? [PREDICTION] : [])];
let at = 0, reviewing = false, navigator_ = null;

function changed(place) {
  questions.draw(place);
  status.draw();
  navigator_?.draw();
  progress();
  const item = answers.get(place);
  if (item?.state === "refused" && item.code === "submitted") ending.end("submitted_title", "submitted_line");
  if (item?.state === "refused" && item.code === "cancelled") ending.end("time_up_title", "time_up_line", item.message);
  if (item?.state === "refused" && item.code === "bad_ticket") location.reload();
  if (reviewing) review();
  ending.drained();
}

async function flagged(place, on) {
  if (on) flags.add(place); else flags.delete(place);
  navigator_.draw();
  try { await tell({ do: "flag", place, choice: on }); } catch { /* a flag is no answer: the next one tells */ }
}

const answered = (place) => answers.choice(place) !== null;
const undone = () => whatIsLeft(steps.filter((place) => !answered(place)), say);
const progress = () => { if (!paper.each) put($("progress"), `${[...Array(length).keys()].filter(answered).length}/${length}`); };

function show(step, focus = true) {
  reviewing = step >= steps.length;
  at = Math.max(0, Math.min(step, steps.length));
  const listed = document.body.dataset.view === "list" && !reviewing;
  for (const [place, article] of questions.articles) article.hidden = reviewing || (!listed && place !== steps[at]);
  if (predicts) $("predict").hidden = reviewing || (!listed && steps[at] !== PREDICTION);
  $("review").hidden = !reviewing;
  $("prev").disabled = at === 0 || listed;
  $("next").hidden = reviewing;
  put($("next-word"), say(listed || at === steps.length - 1 ? "to_review" : "next"));
  navigator_.draw();
  if (reviewing) review();
  if (!focus) return;
  const target = reviewing ? document.getElementById("review-title") : steps[at] === PREDICTION ? $("predict").querySelector("h2") : questions.articles.get(steps[at]);
  target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: true });
  if (listed) target.scrollIntoView({ block: "start" }); else scrollTo({ top: 0 });
}

function review() {
  const parts = [undone(), flags.size ? say("flagged", { n: flags.size }) : ""];
  put($("review-line"), parts.filter(Boolean).join(" "));
  $("unsent").hidden = !ending.submitting || !answers.waiting.length;
}

function confirm() {
  put($("confirm-line"), `${undone()} ${say("final")}`);
  $("confirm").showModal();
}

function whole() {
  for (let place = 0; place < length; place += 1) questions.add(place, paper.faces[place]);
  navigator_ = new Navigator([...document.querySelectorAll("[data-map]")], length, (place) => ({
    answered: answered(place), flagged: flags.has(place), current: !reviewing && steps[at] === place,
    unsaved: ["offline", "conflict", "refused"].includes(answers.get(place)?.state),
  }), (place) => { $("panel").close(); show(place); });
  $("prev").addEventListener("click", () => show(at - 1));
  $("next").addEventListener("click", () => show(document.body.dataset.view === "list" ? steps.length : at + 1));
  $("list").addEventListener("click", () => { $("panel").showModal(); $("list").setAttribute("aria-expanded", "true"); });
  $("panel").addEventListener("close", () => $("list").setAttribute("aria-expanded", "false"));
  $("to-review").addEventListener("click", () => { $("panel").close(); show(steps.length); });
  $("back").addEventListener("click", () => { ending.cancel(); show(at - 1); });
  $("submit").addEventListener("click", confirm);
  $("confirm-yes").addEventListener("click", () => { $("confirm").close(); ending.submit(); review(); });
  $("view-switch").addEventListener("click", () => {
    const list = document.body.dataset.view !== "list";
    document.body.dataset.view = list ? "list" : "one";
    put($("view-switch"), say(list ? "one" : "list"));
    $("panel").close();
    show(Math.min(at, steps.length - 1));
  });
  timer.set(paper.started_at, paper.closes_at, timeUp);
  const first = steps.findIndex((place) => !answered(place));
  show(first < 0 ? 0 : first, false);
}

// the time is up: what waits goes out within the grace, then the paper is handed in
function timeUp() {
  for (const place of questions.articles.keys()) questions.shut(place);
  predicts?.shut();
  announce(say("time_up_title"));
  ending.submit("time_up");
  setTimeout(() => { if (!answers.waiting.length || navigator.onLine) ending.end("time_up_title", "time_up_line"); }, paper.grace_s * 1000 + 1500);
}

function extended(closesAt) { // an organiser has moved the end: later, never sooner
  if (paper.each || !(closesAt > paper.closes_at)) return;
  timer.set(paper.started_at, paper.closes_at = closesAt, timeUp);
  announce(say("extended"));
}

async function refresh() {
  try {
    const said = await tell({ do: "state" });
    if (!said.ok) return;
    extended(said.closes_at);
    answers.refresh(said.answers);
    if (said.submitted_at) ending.end("submitted_title", "submitted_line");
  } catch { /* the answers themselves will tell */ }
}

for (const button of document.querySelectorAll("dialog [data-close]")) button.addEventListener("click", () => button.closest("dialog").close());
addEventListener("online", () => answers.resend());
addEventListener("beforeunload", (event) => { if (answers.waiting.length && !ending.over) event.preventDefault(); });
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") { answers.resend(); if (!paper.each) refresh(); }
  else if (paper.focus && !ending.over) tell({ do: "away" }, { keepalive: true }).catch(() => {});
});
if (paper.each) runEach({ paper, answers, questions, timer, ending, tell, predicts, $ }); else whole();
status.draw();
progress();
answers.resend();
document.documentElement.dataset.ready = "";
