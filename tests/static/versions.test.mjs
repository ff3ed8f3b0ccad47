import assert from "node:assert/strict";
import { test } from "node:test";
import { Versions } from "../../static/js/live/versions.js";

test("a lower version is never shown after a higher one", () => {
  const versions = new Versions();
  assert.equal(versions.take(17), true);
  assert.equal(versions.take(12), false);
  assert.equal(versions.take(30), true);
  assert.equal(versions.shown, 30);
});

test("a sync is due two seconds after a higher version was heard of", () => {
  const versions = new Versions();
  versions.take(5);
  versions.hear(6, 1_000);
  assert.equal(versions.wait(1_500), 1_500);
  versions.hear(7, 2_900); // more news does not put it off
  assert.equal(versions.wait(3_000), 0);
});

test("no sync is due when the screen came", () => {
  const versions = new Versions();
  versions.hear(6, 0);
  versions.take(6);
  assert.equal(versions.wait(10_000), null);
});

test("after asking it waits again before asking twice", () => {
  const versions = new Versions();
  versions.take(1);
  versions.hear(2, 0);
  versions.asked(2_000);
  assert.equal(versions.wait(2_000), 2_000);
});
