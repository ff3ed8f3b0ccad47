import assert from "node:assert/strict";
import { test } from "node:test";
import { oldSlots } from "../../static/js/live/order.js";

const row = (rank, move, score = 100 - rank, gain = 0) => ({ rank, move, score, gain });

test("who climbed stood lower, who was overtaken stood higher", () => {
  assert.deepEqual(oldSlots([row(1, 2), row(2, -1), row(3, -1)]), [2, 0, 1]);
});

test("who comes from far below starts in the last slot, and no slot stays empty", () => {
  const slots = oldSlots([row(1, 3), row(2, -1), row(3, 8), row(4, 0), row(4, -2), row(6, 14), row(7, 0), row(8, 1), row(9, -3), row(10, 0)]);
  assert.deepEqual([...slots].sort((a, b) => a - b), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(slots[5], 9);
});

test("a shared rank takes as many slots as it has people, the more points the higher", () => {
  assert.deepEqual(oldSlots([row(1, 0, 300, 200), row(2, -1, 150, 0)]), [1, 0]);
  assert.deepEqual(oldSlots([row(1, 0), row(1, 0), row(1, 0)]), [0, 1, 2]);
});
