import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../../static/js/live/backoff.js";

test("waits grow from 5 to 30 seconds at most", () => {
  const backoff = new Backoff(() => 1);
  assert.deepEqual([0, 0, 0, 0, 0].map(() => backoff.next()), [5_000, 10_000, 20_000, 30_000, 30_000]);
});

test("a hall comes back spread over the whole wait", () => {
  assert.equal(new Backoff(() => 0).next(), 0);
  assert.equal(new Backoff(() => 0.5).next(), 2_500);
});

test("a planned restart spreads the next wait only", () => {
  const backoff = new Backoff(() => 1);
  backoff.spread(8);
  assert.equal(backoff.next(), 8_000);
  assert.equal(backoff.next(), 10_000);
});

test("a connection that worked starts the count again", () => {
  const backoff = new Backoff(() => 1);
  backoff.next();
  backoff.next();
  backoff.reset();
  assert.equal(backoff.next(), 5_000);
});
