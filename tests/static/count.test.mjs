// Numbers that only the browser knows choose between one and many.
import { test } from "node:test";
import assert from "node:assert/strict";
import { counted } from "../../static/js/count.js";

test("a number chooses its form", () => {
  const said = "{n} {n:answer is|answers are} kept";
  assert.equal(counted(said, { n: 1 }), "1 answer is kept");
  assert.equal(counted(said, { n: "1" }), "1 answer is kept");
  for (const many of [0, 2, 21]) assert.equal(counted(said, { n: many }), `${many} answers are kept`);
});

test("several numbers choose each for itself, and others stay", () => {
  assert.equal(counted("{done} of {all} {all:slip|slips}", { done: 1, all: 1 }), "1 of 1 slip");
  assert.equal(counted("{n} {n:slip|slips} {at:a|b}", { n: 2 }), "2 slips {at:a|b}");
});

test("a language without the difference has no choice", () => {
  assert.equal(counted("Còn {n} giây.", { n: 1 }), "Còn 1 giây.");
});
