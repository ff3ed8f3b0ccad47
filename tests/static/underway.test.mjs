import assert from "node:assert/strict";
import { test } from "node:test";
import { Underway } from "../../static/js/live/underway.js";

const never = () => {};
const atOnce = (run) => run();

function wire() {
  const sent = [];
  return { sent, send: () => new Promise((resolve, reject) => sent.push({ resolve, reject })) };
}

test("an answer without an acknowledgement is not sent again over the same connection", async () => {
  const underway = new Underway(), { sent, send } = wire();
  await assert.rejects(underway.once("an-1", send, 10, atOnce), /no acknowledgement yet/);
  const again = underway.once("an-1", send, 10, never);
  assert.equal(sent.length, 1);
  sent[0].resolve({ ok: true });
  assert.deepEqual(await again, { ok: true });
});

test("another answer is sent at once", () => {
  const underway = new Underway(), { sent, send } = wire();
  underway.once("an-1", send, 10, never);
  underway.once("an-2", send, 10, never);
  assert.equal(sent.length, 2);
});

test("what was refused for a moment is sent again", async () => {
  const underway = new Underway(), { sent, send } = wire();
  const first = underway.once("an-1", send, 10, never);
  sent[0].resolve({ ok: false, code: "busy" });
  assert.equal((await first).code, "busy");
  underway.once("an-1", send, 10, never);
  assert.equal(sent.length, 2);
});

test("over a new connection everything is sent again", async () => {
  const underway = new Underway(), { sent, send } = wire();
  const lost = underway.once("an-1", send, 10, never);
  underway.forget();
  const again = underway.once("an-1", send, 10, never);
  assert.equal(sent.length, 2);
  sent[0].reject(new Error("socket has been disconnected"));
  await assert.rejects(lost, /disconnected/);
  underway.once("an-1", send, 10, never);
  assert.equal(sent.length, 2, "the lost one's end does not make the new one forgotten");
  sent[1].resolve({ ok: true });
  assert.deepEqual(await again, { ok: true });
});
