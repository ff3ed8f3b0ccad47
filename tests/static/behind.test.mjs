import assert from "node:assert/strict";
import { test } from "node:test";
import { behindMs, minutes } from "../../static/js/live/behind.js";

const order = { begun_at: 1_000_000_000, from_us: 60_000_000, to_us: 120_000_000 };

test("between its moments a step is on time, before ahead, after behind", () => {
  assert.equal(behindMs(order, 1_000_000 + 90_000), 0);
  assert.equal(behindMs(order, 1_000_000 + 20_000), -40_000);
  assert.equal(behindMs(order, 1_000_000 + 150_000), 30_000);
});

test("times are said in minutes and seconds, without a sign", () => {
  assert.deepEqual([0, 59_400, -61_000, 600_000].map(minutes), ["0:00", "0:59", "1:01", "10:00"]);
});

test("from an hour on hours are said, as of a show that was left open over night", () => {
  assert.deepEqual([3_600_000, -3_661_000, 86_399_000].map(minutes), ["1:00:00", "1:01:01", "23:59:59"]);
});
