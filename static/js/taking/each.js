// Questions with times of their own: the server opens one after the other, this page shows the one that is open.
// Nothing of a later question is here before it opens, and a phone that was away finds where the server is.
import { put } from "../live/fill.js";
import { learn } from "../live/formulas.js";
import { say, announce } from "./words.js";

const AGAIN_MS = 1_500;

export function runEach({ paper, answers, questions, timer, ending, tell, predicts, $ }) {
  const length = paper.faces.length;
  let open = null;

  function show(next) {
    if (ending.over) return;
    if (open && open.index === next.index) return timer.set(next.opens_at, next.closes_at, ask);
    if (open) questions.remove(open.index);
    open = next;
    if (next.index >= length) return finish();
    learn(next.formulas);
    const article = questions.add(next.index, next.face);
    article.querySelector("[data-flag]").remove();
    article.focus({ preventScroll: true });
    scrollTo({ top: 0 });
    announce(say("moved", { n: next.index + 1 }));
    put($("progress"), `${next.index + 1}/${length}`);
    $("next").disabled = false;
    timer.set(next.opens_at, next.closes_at, ask);
  }

  // all questions are over: a prediction may still be asked, else the paper is handed in
  function finish() {
    $("next").hidden = true;
    $("clock").hidden = true;
    if (!predicts) return ending.submit();
    $("predict").hidden = false;
    $("submit-each").hidden = false;
    timer.set(paper.started_at, paper.closes_at, () => ending.submit());
  }

  // the time of this question is up, or the phone was away: where is the server?
  async function ask() {
    if (open) questions.shut(open.index);
    heard(() => tell({ do: "state" }), ask);
  }

  async function heard(call, again) {
    try {
      const said = await call();
      if (said.submitted_at) return ending.end("submitted_title", "submitted_line");
      if (said.open) return show(said.open);
      if (said.code === "too_late" || said.code === "submitted") return ending.submit();
      if (said.code === "not_open") return ask();
    } catch { announce(say("no_net_each")); }
    setTimeout(again, AGAIN_MS);
  }

  $("prev").hidden = true;
  $("list").disabled = true;
  put($("next-word"), say("next_each"));
  $("next").addEventListener("click", () => {
    $("next").disabled = true;
    const { index } = open;
    heard(() => tell({ do: "next", place: index }), () => { $("next").disabled = false; });
  });
  $("submit-each").addEventListener("click", () => ending.submit());
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && open && !ending.over) heard(() => tell({ do: "state" }), () => {}); });
  show({ ...paper.open, face: paper.faces[paper.open.index] });
}
