import assert from "node:assert/strict";
import { test } from "node:test";
import { whatIsLeft } from "../../static/js/taking/left.js";
import { opens } from "../../static/js/taking/opening.js";

const say = (word, about = {}) => `${word}${about.n ?? ""}`;

test("a missing guess is no unanswered question", () => {
  assert.equal(whatIsLeft([-1], say), "unguessed");
  assert.equal(whatIsLeft([0, 3, -1], say), "unanswered2 unguessed");
  assert.equal(whatIsLeft([0], say), "unanswered1");
  assert.equal(whatIsLeft([], say), "all_answered");
});

test("what waits opens when the server's clock says so, however late a timer wakes", () => {
  let at = 1_000, waiting = null, opened = 0;
  opens({ dataset: { opens: String(5_000 * 1000) } }, { now: () => at, opened: () => { opened += 1; }, timer: (run) => { waiting = run; } });
  at = 4_999; waiting();
  assert.equal(opened, 0);
  at = 60_000; waiting();
  assert.equal(opened, 1);
});
