import assert from "node:assert/strict";
import { test } from "node:test";
import { goesOn, Outbox } from "../../static/js/live/outbox.js";

const settled = () => new Promise((done) => { setImmediate(done); });

// a server by hand: every sending waits until the test answers it
function desk(kept = new Map()) {
  const sent = [];
  const timers = [];
  const states = [];
  const outbox = new Outbox({
    store: { get: (key) => structuredClone(kept.get(key)) ?? null, set: (key, value) => kept.set(key, structuredClone(value)) },
    key: "box", name: "a1b2c3", timer: (run, wait) => timers.push([run, wait]),
    send: (payload, wait) => new Promise((ok, lost) => { sent.push({ payload, wait, ok, lost }); }),
    changed: (item) => states.push(item.state),
  });
  return { outbox, sent, timers, states, kept };
}

test("nothing is called received before the acknowledgement", async () => {
  const { outbox, sent, states } = desk();
  outbox.put(7, "x");
  await settled();
  assert.deepEqual(states, ["sending"]);
  sent[0].ok({ ok: true, v: 3 });
  await settled();
  assert.equal(outbox.get(7).state, "received");
});

test("a lost answer is sent again under the same id after 2, 4, 8 and 8 seconds", async () => {
  const { outbox, sent, timers } = desk();
  outbox.put(7, "x");
  for (let turn = 0; turn < 4; turn += 1) {
    sent.at(-1).lost(new Error("timeout"));
    await settled();
    assert.equal(outbox.get(7).state, "offline");
    timers.at(-1)[0]();
    await settled();
  }
  assert.deepEqual(timers.map(([, wait]) => wait), [2_000, 4_000, 8_000, 8_000]);
  assert.equal(new Set(sent.map((one) => one.payload.id)).size, 1);
  assert.match(sent[0].payload.id, /^[\w]+-1$/);
});

test("a reload finds the answer and sends it with its old id", async () => {
  const first = desk();
  first.outbox.put(7, ["b", "c"]);
  const second = desk(first.kept);
  assert.equal(second.outbox.get(7).state, "offline");
  second.outbox.resend();
  await settled();
  assert.deepEqual(second.sent[0].payload, first.sent[0].payload);
});

test("after the acknowledgement nothing is kept", async () => {
  const { outbox, sent, kept } = desk();
  outbox.put(7, "x");
  sent[0].ok({ ok: true });
  await settled();
  assert.deepEqual(kept.get("box").items, []);
});

test("a refusal because of a pause is held and goes out when the show goes on", async () => {
  const { outbox, sent } = desk();
  outbox.put(7, "x");
  sent[0].ok({ ok: false, code: "paused", message: "…" });
  await settled();
  assert.equal(outbox.get(7).state, "held");
  outbox.resend();
  await settled();
  sent[1].ok({ ok: true });
  await settled();
  assert.equal(outbox.get(7).state, "received");
});

test("a busy server is tried again, a late answer is told so and dropped", async () => {
  const { outbox, sent, timers, kept } = desk();
  outbox.put(7, "x");
  sent[0].ok({ ok: false, code: "busy", message: "…" });
  await settled();
  timers[0][0]();
  sent[1].ok({ ok: false, code: "too_late", message: "Hết giờ" });
  await settled();
  assert.equal(outbox.get(7).state, "refused");
  assert.equal(outbox.get(7).message, "Hết giờ");
  assert.deepEqual(kept.get("box").items, []);
});

test("of changed answers only the newest is sent again", async () => {
  const { outbox, sent, timers } = desk();
  outbox.put(7, "x");
  outbox.put(7, "y");
  sent[0].lost(new Error("timeout"));
  await settled();
  timers.forEach(([run]) => run());
  outbox.resend();
  await settled();
  assert.deepEqual(sent.map((one) => one.payload.choice), ["x", "y", "y"]);
  assert.notEqual(sent[0].payload.id, sent[1].payload.id);
});

test("an acknowledgement that comes after its timeout still counts", async () => {
  const { outbox, sent } = desk();
  outbox.put(7, "x");
  outbox.resend();
  await settled();
  sent[0].ok({ ok: true });
  await settled();
  assert.equal(outbox.get(7).state, "received");
  sent[1].lost(new Error("timeout"));
  await settled();
  assert.equal(outbox.get(7).state, "received");
});

test("what was held goes out when the show goes on, and when an opening that waited for a word aloud goes on", () => {
  assert.equal(goesOn("paused", "open"), true);
  assert.equal(goesOn("answering", "open"), true);
  assert.equal(goesOn("answering", "closed"), true);
  assert.equal(goesOn("answering", "paused"), false);
  assert.equal(goesOn("answering", "answering"), false);
  assert.equal(goesOn("open", "closed"), false);
});
