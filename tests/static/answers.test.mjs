// Answers of a contest on their way to the server, with a server that can be cut off and another device that writes.
import { test } from "node:test";
import assert from "node:assert/strict";
import { Answers } from "../../static/js/taking/answers.js";

class Shelf {
  map = new Map();
  get(key) { return this.map.get(key) ?? null; }
  set(key, value) { this.map.set(key, structuredClone(value)); }
  drop(key) { this.map.delete(key); }
  keys(prefix) { return [...this.map.keys()].filter((key) => key.startsWith(prefix)); }
}

// the rules of quizzes.contest.taking.saving in short
class Server {
  rows = new Map(); cut = false; loseAcks = false; submitted = false; got = [];
  send = async ({ place, choice, device, count, seen }) => {
    this.got.push({ place, choice, device, count, seen });
    if (this.cut) throw new Error("cut");
    const said = this.#save(place, choice, device, count, seen);
    if (this.loseAcks) throw new Error("lost");
    return said;
  };
  #save(place, choice, device, count, seen) {
    const row = this.rows.get(place);
    if (row && row.device === device && count <= row.count) return { ok: true, revision: row.revision };
    if (this.submitted) return { ok: false, code: "submitted", message: "!", revision: row?.revision, choice: row?.choice };
    if (row && row.device !== device && seen !== row.revision) return { ok: false, code: "changed_elsewhere", revision: row.revision, choice: row.choice };
    this.rows.set(place, { choice, device, count, revision: (row?.revision ?? 0) + 1 });
    return { ok: true, revision: (row?.revision ?? 0) + 1 };
  }
}

const settle = async () => { for (let i = 0; i < 50; i += 1) await null; };

function browser(server, { shelf = new Shelf(), device = "a", saved = {} } = {}) {
  const timers = [];
  const answers = new Answers({ store: shelf, name: "try", device, saved, send: server.send, timer: (run) => timers.push(run) });
  return { answers, shelf, later: async () => { while (timers.length) timers.shift()(); await settle(); } };
}

test("an answer is saved and leaves nothing behind", async () => {
  const server = new Server(), { answers, shelf } = browser(server);
  answers.put(0, "x");
  assert.equal(answers.get(0).state, "saving");
  assert.equal(shelf.keys("try-").length, 1);
  await settle();
  assert.equal(answers.get(0).state, "saved");
  assert.equal(answers.get(0).revision, 1);
  assert.deepEqual(shelf.keys("try-"), []);
});

test("what was chosen without a network is kept and sent when it is back", async () => {
  const server = new Server(), { answers, shelf, later } = browser(server);
  server.cut = true;
  answers.put(0, "x");
  answers.put(1, "y");
  answers.put(1, "z");
  await settle();
  await later();
  assert.deepEqual(answers.waiting, [0, 1]);
  assert.equal(answers.get(1).state, "offline");
  assert.equal(shelf.get("try-a").items.length, 2);
  server.cut = false;
  answers.resend();
  await settle();
  assert.equal(server.rows.get(0).choice, "x");
  assert.equal(server.rows.get(1).choice, "z");
  assert.deepEqual(answers.waiting, []);
});

test("it tries again by itself", async () => {
  const server = new Server(), { answers, later } = browser(server);
  server.cut = true;
  answers.put(0, "x");
  await settle();
  server.cut = false;
  await later();
  assert.equal(answers.get(0).state, "saved");
});

test("an acknowledgement that was lost costs nothing: the same save is stored once", async () => {
  const server = new Server(), { answers, later } = browser(server);
  server.loseAcks = true;
  answers.put(0, "x");
  await settle();
  server.loseAcks = false;
  await later();
  assert.equal(answers.get(0).state, "saved");
  assert.equal(server.rows.get(0).revision, 1);
});

test("a newer choice made while one is under way goes next", async () => {
  const server = new Server(), { answers } = browser(server);
  answers.put(0, "x");
  answers.put(0, "y");
  await settle();
  assert.equal(server.rows.get(0).choice, "y");
  assert.equal(answers.get(0).state, "saved");
  assert.equal(answers.get(0).revision, server.rows.get(0).revision);
});

test("another device's newer choice is shown with both, and either may win", async () => {
  for (const mine of [true, false]) {
    const server = new Server(), one = browser(server), two = browser(server, { device: "b" });
    one.answers.put(0, "x");
    await settle();
    two.answers.put(0, "y");
    await settle();
    const item = two.answers.get(0);
    assert.deepEqual([item.state, item.theirs, item.choice], ["conflict", "x", "y"]);
    assert.equal(server.rows.get(0).choice, "x");
    two.answers.resolve(0, mine);
    await settle();
    assert.equal(two.answers.get(0).state, "saved");
    assert.equal(server.rows.get(0).choice, mine ? "y" : "x");
    assert.equal(two.answers.choice(0), mine ? "y" : "x");
  }
});

test("a choice changed while a conflict was on its way does not overwrite unseen", async () => {
  const server = new Server(), one = browser(server), two = browser(server, { device: "b" });
  one.answers.put(0, "x");
  await settle();
  two.answers.put(0, "y");
  two.answers.put(0, "z");
  await settle();
  assert.equal(two.answers.get(0).state, "conflict");
  assert.equal(server.rows.get(0).choice, "x");
});

test("the next page of the same browser sends what the last one could not", async () => {
  const server = new Server(), first = browser(server);
  server.cut = true;
  first.answers.put(0, "x");
  await settle();
  server.cut = false;
  const next = browser(server, { shelf: first.shelf, device: "b" });
  assert.equal(next.answers.choice(0), "x");
  next.answers.resend();
  await settle();
  assert.equal(server.rows.get(0).device, "a");
  assert.equal(next.answers.get(0).state, "saved");
  assert.deepEqual(first.shelf.keys("try-"), []);
});

test("a choice after an orphan follows it without a conflict, even where its acknowledgement was lost", async () => {
  const server = new Server(), first = browser(server);
  server.loseAcks = true;
  first.answers.put(0, "x");
  await settle();
  server.loseAcks = false;
  const next = browser(server, { shelf: first.shelf, device: "b" });
  next.answers.put(0, "y");
  await settle();
  assert.equal(next.answers.get(0).state, "saved");
  assert.equal(server.rows.get(0).choice, "y");
});

test("a refusal shows what stands", async () => {
  const server = new Server(), { answers } = browser(server);
  answers.put(0, "x");
  await settle();
  server.submitted = true;
  answers.put(0, "y");
  await settle();
  const item = answers.get(0);
  assert.deepEqual([item.state, item.code, item.choice], ["refused", "submitted", "x"]);
  assert.deepEqual(answers.waiting, []);
});

test("what the server says is shown only where nothing of this device waits", async () => {
  const server = new Server(), { answers } = browser(server, { saved: { 1: { choice: "old", revision: 1 } } });
  server.cut = true;
  answers.put(0, "x");
  await settle();
  answers.refresh({ 0: { choice: "theirs", revision: 5 }, 1: { choice: "new", revision: 2 }, 2: { choice: "more", revision: 1 } });
  assert.deepEqual([answers.choice(0), answers.choice(1), answers.choice(2)], ["x", "new", "more"]);
});

test("a busy server is asked again, nothing is refused for good", async () => {
  const server = new Server();
  let busy = true;
  const inner = server.send;
  server.send = async (item) => (busy ? { ok: false, code: "busy" } : inner(item));
  const { answers, later } = browser(server);
  answers.put(0, "x");
  await settle();
  assert.equal(answers.get(0).state, "offline");
  busy = false;
  await later();
  assert.equal(answers.get(0).state, "saved");
});
