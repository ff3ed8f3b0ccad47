import assert from "node:assert/strict";
import { test } from "node:test";
import { Fallback } from "../../static/js/live/fallback.js";

const answered = (status, body) => new Response(typeof body === "string" ? body : JSON.stringify(body), { status });

// what a phone is told when the server, or somebody between, answers so
async function told(status, body) {
  const codes = [];
  globalThis.fetch = async () => answered(status, body);
  const fallback = new Fallback({ ticket: "t", lang: "vi", got() {}, refused: (code) => codes.push(code) });
  await assert.rejects(fallback.answer({ no: 1 }, 1_000));
  return codes;
}

test("who was shown out learns it over HTTP, too", async () => {
  assert.deepEqual(await told(403, { code: "kicked", message: "…" }), ["kicked"]);
  assert.deepEqual(await told(401, { code: "bad_ticket", message: "…" }), ["bad_ticket"]);
});

test("what a network between us answers is no word of the server's", async () => {
  assert.deepEqual(await told(401, "<html>Log in to the hall's Wi-Fi</html>"), []);
  assert.deepEqual(await told(502, "Bad gateway"), []);
});

test("an acknowledgement is handed on", async () => {
  globalThis.fetch = async (address, { headers }) => answered(200, { ok: true, v: 7, address, said: headers.Authorization });
  const fallback = new Fallback({ ticket: "t", lang: "vi", got() {}, refused() {} });
  assert.deepEqual(await fallback.answer({ no: 1 }, 1_000), { ok: true, v: 7, address: "/live/answer", said: "Bearer t" });
});

test("screens come until it is stopped; a refusal that ends it ends the asking", async () => {
  const asked = [];
  const answers = [answered(200, { screen: 1 }), answered(403, { code: "kicked" })];
  globalThis.fetch = async (address) => { asked.push(address); return answers.shift(); };
  const got = [];
  const fallback = new Fallback({ ticket: "t", lang: "vi", got: (answer) => got.push(answer), refused: () => fallback.stop() });
  let working = 0;
  await fallback.start(() => got.length, () => { working += 1; });
  assert.deepEqual([got, asked, working], [[{ screen: 1 }], ["/live/screen?v=0", "/live/screen?v=1"], 1]);
});
