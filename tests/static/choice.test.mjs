import assert from "node:assert/strict";
import { test } from "node:test";
import { asForm, collect, outcome, parseNumber, toggled } from "../../static/js/live/choice.js";

test("numbers are read as Vietnamese write them", () => {
  const read = { "12,5": 12.5, "1.500": 1500, "1.234.567,8": 1234567.8, "-3": -3, " 2 026 ": 2026, "12.5": 12.5, "0.125": 0.125, "1,234.5": 1234.5 };
  for (const [typed, value] of Object.entries(read)) assert.equal(parseNumber(typed, "vi"), value, typed);
});

test("and as English readers write them", () => {
  const read = { "12.5": 12.5, "1,500": 1500, "1,234,567.8": 1234567.8, "12,5": 12.5 };
  for (const [typed, value] of Object.entries(read)) assert.equal(parseNumber(typed, "en"), value, typed);
});

test("a price is read with its unit and with either mark between the thousands", () => {
  const read = { "1,500,000": 1500000, "1.500.000 đồng": 1500000, "1.500.000đ": 1500000, "1 500 000 VND": 1500000, "11,76 %": 11.76, "85%": 85, "12,5 triệu hồ sơ": 12.5 };
  for (const [typed, value] of Object.entries(read)) assert.equal(parseNumber(typed, "vi", "triệu hồ sơ"), value, typed);
});

test("a word that changes the number is not read as the number", () => {
  for (const typed of ["1,5 triệu", "1,5 tỷ đồng", "khoảng 15", "15 người"]) assert.equal(parseNumber(typed, "vi", "đồng"), null, typed);
});

test("what is no number is none", () => {
  for (const typed of ["", "abc", "1,2,3", "1.2.3", "--4", ",", "12a", "1e9", "1.23.456,7,8"]) assert.equal(parseNumber(typed, "vi"), null, typed);
});

test("a form is sent only when it is complete", () => {
  const form = { picked: ["b", "a"], marks: { a: true }, text: "  VNeID " };
  assert.deepEqual(collect("list", form, 4), ["b", "a"]);
  assert.equal(collect("order", form, 3), null);
  assert.deepEqual(collect("order", form, 2), ["b", "a"]);
  assert.equal(collect("map", form, 2), null);
  assert.deepEqual(collect("map", form, 1), { a: true });
  assert.equal(collect("text", form, 0), "VNeID");
  assert.equal(collect("text", { ...form, text: "   " }, 0), null);
});

test("a stored choice comes back as it was made", () => {
  assert.deepEqual(asForm(["b", "a"]).picked, ["b", "a"]);
  assert.deepEqual(asForm({ a: false }).marks, { a: false });
  assert.equal(asForm(12.5, "vi").text, "12,5");
  assert.equal(asForm("k1").picked[0], "k1");
});

test("a second tap takes the place back", () => {
  assert.deepEqual(toggled(toggled(toggled([], "a"), "b"), "a"), ["b"]);
});

test("a phone is told what its answer got, and nothing where nothing was to be got", () => {
  const last = (points, right) => ({ no: 7, points, right });
  assert.equal(outcome(last(100, true), 7, { answered: true }), "right");
  assert.equal(outcome(last(50, false), 7, { answered: true }), "partly");
  assert.equal(outcome(last(0, false), 7, { answered: true }), "wrong");
  assert.equal(outcome(last(0, false), 7), "none");
  assert.equal(outcome(last(-5, false), 7, { answered: true, buzz: true }), "wrong");
  assert.equal(outcome(last(0, false), 7, { answered: true, buzz: true }), "");
  assert.equal(outcome(last(0, false), 7, { answered: true, keyed: false }), "");
  assert.equal(outcome(null, 7, { answered: true }), "");
  assert.equal(outcome(last(100, true), 8, { answered: true }), "");
});
