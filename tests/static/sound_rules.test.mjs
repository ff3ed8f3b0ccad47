import assert from "node:assert/strict";
import { test } from "node:test";
import { readdirSync } from "node:fs";
import { KINDS, LOUD, PHASES } from "../../static/js/live/sound_rules.js";

const files = readdirSync(new URL("../../static/sounds/", import.meta.url)).map((name) => name.replace(".wav", ""));

test("every sound has a kind and a file, and every kind its place in the mix", () => {
  assert.deepEqual(Object.keys(KINDS).sort(), files.sort());
  for (const kind of Object.values(KINDS)) assert.ok(LOUD[kind] > 0 && LOUD[kind] <= 1, kind);
});

test("a phase begins at most one bed and one sting at a time", () => {
  for (const begins of Object.values(PHASES)) {
    const beds = begins.filter(([name]) => KINDS[name] === "bed");
    assert.ok(beds.length <= 1);
    const times = begins.filter(([name]) => KINDS[name] !== "bed").map(([, after]) => after);
    assert.equal(new Set(times).size, times.length);
  }
});

test("a question that is open is never silent, and a lock ends its bed", () => {
  assert.ok(PHASES.open.some(([name]) => name === "think"));
  assert.ok(PHASES.closed.every(([name]) => KINDS[name] !== "bed"));
});
