import assert from "node:assert/strict";
import { test } from "node:test";
import { at, has, shown } from "../../static/js/live/fill.js";

test("a path that leads nowhere is empty, not an error", () => {
  assert.equal(at({ last: null }, "last.points"), undefined);
  assert.equal(shown(at({ last: null }, "last.points")), "");
});

test("numbers are written as the language writes them", () => {
  assert.equal(shown(2310, "vi"), "2.310");
  assert.equal(shown(12.5, "en"), "12.5");
  assert.equal(shown(100, "vi", true), "+100");
  assert.equal(shown(0, "vi", true), "0");
});

test("several texts stand in one line", () => assert.equal(shown(["VNeID", "vneid"], "vi"), "VNeID · vneid"));

test("nothing, empty and an empty list hide an element; zero does not", () => {
  assert.deepEqual([null, undefined, "", [], 0, "a"].map(has), [false, false, false, false, true, true]);
});
