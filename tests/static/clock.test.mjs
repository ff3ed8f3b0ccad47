import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock } from "../../static/js/live/clock.js";
import { lengthMs, spoken, untilMs } from "../../static/js/live/seconds.js";

test("of many late messages the least late one sets the clock", () => {
  let now = 0;
  const clock = new Clock(() => now);
  for (const [sent, delay] of [[1000, 0.4], [1010, 0.02], [1020, 0.9]]) {
    now = (sent - 1000 + delay) * 1000;
    clock.sample(sent);
  }
  assert.ok(Math.abs(clock.now() - (1020.88 * 1000)) < 0.001);
});

test("samples of long ago are forgotten, so a drifting phone is set right", () => {
  let now = 0;
  const clock = new Clock(() => now);
  clock.sample(1000);
  now = 10 * 60_000;
  clock.sample(1599);
  assert.equal(clock.now(), 1_599_000);
});

test("a screen without a time changes nothing", () => {
  const clock = new Clock(() => 5);
  clock.sample(undefined);
  assert.equal(clock.known, false);
});

test("microseconds and seconds are told apart", () => {
  assert.equal(untilMs("1763900000000000"), 1_763_900_000_000);
  assert.equal(untilMs("1763900000.5"), 1_763_900_000_500);
  assert.equal(lengthMs("20000000"), 20_000);
  assert.equal(lengthMs(20), 20_000);
});

test("long times are said in minutes", () => {
  assert.equal(spoken(9), "9");
  assert.equal(spoken(125), "2:05");
});
