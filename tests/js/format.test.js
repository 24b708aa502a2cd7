// How numbers and words are written.
import assert from "node:assert/strict";
import test from "node:test";

import {
  counted,
  displayWord,
  displayWords,
  fullWord,
  listed,
  percent,
  pointsChange,
  superscript,
  threeDigits,
  whole,
} from "../../pages/components/kit/format.js";

const gap = "\u00a0";

test("percentages have no decimals above ten, one below, and never claim 0 or 100 that are not", () => {
  const written = {
    0: "0",
    0.0004: "<0.1",
    0.0005: "<0.1",
    0.001: "0.1",
    0.0312: "3.1",
    0.0994: "9.9",
    0.0996: "10",
    0.312: "31",
    0.994: "99",
    0.996: "99.6",
    0.9996: ">99.9",
    1: "100",
  };
  for (const [p, text] of Object.entries(written)) assert.equal(percent(Number(p)), `${text}${gap}%`, p);
  assert.equal(percent(1 - 1e-12), `100${gap}%`);
  assert.equal(percent(-0.25), `\u221225${gap}%`);
  assert.equal(percent(NaN), "?");
});

test("three significant digits, and small numbers never become zero", () => {
  const written = [
    [0, "0"],
    [1, "1.00"],
    [0.012345, "0.0123"],
    [123.4, "123"],
    [999.4, "999"],
    [999.6, "1,000"],
    [-3.14159, "\u22123.14"],
    [0.0001, "0.000100"],
    [0.00009, "9.00e-05"],
    [-2e-9, "\u22122.00e-09"],
    [12345.6, "12,346"],
    [1.234e8, "1.23e+08"],
    [Infinity, "Infinity"],
    [NaN, "NaN"],
  ];
  for (const [x, text] of written) assert.equal(threeDigits(x), text, String(x));
});

test("a number that was written is within half a unit of its third digit", () => {
  for (let i = 1; i < 2000; i += 1) {
    const x = Math.exp(20 * Math.sin(i)) * (i % 2 ? 1 : -1);
    const shown = Number(threeDigits(x).replaceAll(",", "").replace("\u2212", "-"));
    const unit = 10 ** (Math.floor(Math.log10(Math.abs(x))) - 2);
    assert.ok(Math.abs(shown - x) <= 0.5000001 * unit, `${x} was written ${threeDigits(x)}`);
  }
});

test("a change is told in points, with its direction", () => {
  assert.equal(pointsChange(0.1, 0.22), "up 12 points");
  assert.equal(pointsChange(0.22, 0.1), "down 12 points");
  assert.equal(pointsChange(0.1, 0.123), "up 2.3 points");
  assert.equal(pointsChange(0.1, 0.1004), "unchanged");
});

test("counts and lists", () => {
  assert.equal(whole(8640), "8,640");
  assert.equal(counted(1, "pair"), "1 pair");
  assert.equal(counted(2000, "pair"), "2,000 pairs");
  assert.equal(listed(["a", "b"], 2), "a, b");
  assert.equal(listed(["a", "b", "c", "d"], 2), "a, b and 2 more");
});

test("words lose what could hide or reorder the text around them, and nothing else", () => {
  assert.equal(fullWord("\u202eabc\u202c"), "abc");
  assert.equal(fullWord("a\u200bb\ufeff"), "ab");
  assert.equal(fullWord("a\nb\u0000c\u2028d"), "a b c d");
  assert.equal(fullWord("\u200b"), "(blank)");
  assert.equal(fullWord("<b>&amp;"), "<b>&amp;");
  assert.equal(fullWord("\u05e9\u05dc\u05d5\u05dd"), "\u05e9\u05dc\u05d5\u05dd");
});

test("long words are cut at forty letters, and never through a letter of two halves", () => {
  assert.equal(displayWord("a".repeat(40)), "a".repeat(40));
  assert.equal(displayWord("a".repeat(41)), `${"a".repeat(39)}\u2026`);
  assert.equal(displayWord("\u{1f600}".repeat(50)), `${"\u{1f600}".repeat(39)}\u2026`);
});

test("long words that begin alike are cut in the middle", () => {
  const long = "a".repeat(45);
  const [one, other, third, short] = displayWords([`${long}x`, `${long}y`, `b${long}`, "c"]);
  assert.equal(one, `${"a".repeat(20)}\u2026${"a".repeat(18)}x`);
  assert.equal(other, `${"a".repeat(20)}\u2026${"a".repeat(18)}y`);
  assert.equal(third, `b${"a".repeat(38)}\u2026`);
  assert.equal(short, "c");
});

test("powers are written small and raised", () => {
  assert.equal(superscript(-12), "\u207b\u00b9\u00b2");
  assert.equal(superscript(306), "\u00b3\u2070\u2076");
});
