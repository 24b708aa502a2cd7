// The windows of a text in the browser: counts forwards and backwards, sentence ends, reading direction.
import assert from "node:assert/strict";
import test from "node:test";

import { FILTERED } from "../../pages/components/kit/packing.js";
import { readsRightToLeft } from "../../pages/components/kit/direction.js";
import { CountTable, WindowText } from "../../pages/components/windows/windows.js";

// "a b a c . b c": ids a 0, b 1, c 2; window 1; the sentence ends after four words
const TOKENS = [0, 1, 0, 2, 1, 2];
const CONTEXTS = [[1], [0, 2], [1, 3], [2], [5], [4]];

function packed(changes = {}) {
  const start = [0];
  for (const places of CONTEXTS) start.push(start[start.length - 1] + places.length);
  const arrays = {
    tokens: changes.tokens ?? TOKENS,
    window_pos: [0, 1, 2, 3, 4, 5],
    context_start: start,
    context_pos: CONTEXTS.flat(),
    sentence_start: [0, 4],
  };
  const table = {};
  let offset = 512;
  for (const [name, values] of Object.entries(arrays)) {
    table[name] = ["u4", offset, [values.length]];
    offset += 8 * Math.ceil(values.length / 2);
  }
  const header = {
    id: "x",
    words: ["a", "b", "c"],
    n_shown: changes.n_shown ?? 3,
    architecture: "skip-gram",
    filtered: changes.filtered ?? {},
    subsampled: false,
    arrays: table,
  };
  const bytes = new Uint8Array(offset);
  const json = new TextEncoder().encode(JSON.stringify(header));
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  for (const [name, values] of Object.entries(arrays))
    bytes.set(new Uint8Array(Uint32Array.from(values).buffer), table[name][1]);
  return bytes;
}

// counted by hand: pairs (center, context) of windows 0 .. 5
const PAIRS = [
  [0, 1],
  [1, 0],
  [1, 0],
  [0, 1],
  [0, 2],
  [2, 0],
  [1, 2],
  [2, 1],
];
const FIRST_PAIRS = [0, 1, 3, 5, 6, 7, 8]; // how many pairs before window k
const countByHand = (k, c, o) => PAIRS.slice(0, FIRST_PAIRS[k + 1]).filter(([a, b]) => a === c && b === o).length;

test("each window's center, context and pairs so far", () => {
  const text = new WindowText(packed());
  assert.equal(text.nWindows, 6);
  assert.deepEqual(
    [0, 1, 5].map((k) => text.centerOf(k)),
    [0, 1, 5],
  );
  assert.deepEqual(Array.from(text.contextOf(2)), [1, 3]);
  assert.deepEqual(
    [0, 1, 5].map((k) => text.pairsUntil(k)),
    [1, 3, 8],
  );
  assert.deepEqual(text.placesOf(2), [3, 5]);
});

test("counts up to each window are those counted by hand", () => {
  const text = new WindowText(packed());
  for (let k = 0; k < 6; k += 1) {
    for (const c of [0, 1, 2]) for (const o of [0, 1, 2]) assert.equal(text.countUntil(k, c, o), countByHand(k, c, o));
  }
});

test("the table of counts is the same forwards and backwards", () => {
  const table = new CountTable(new WindowText(packed()));
  assert.equal(table.largest, 2);
  assert.deepEqual(table.rows(), [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ]);
  for (const k of [0, 3, 5, 2, -1, 4]) {
    table.moveTo(k);
    for (const c of [0, 1, 2])
      for (const o of [0, 1, 2]) assert.equal(table.count(c, o), k < 0 ? 0 : countByHand(k, c, o));
  }
});

test("rare words are not in a smaller table", () => {
  const table = new CountTable(new WindowText(packed({ n_shown: 2 })));
  table.moveTo(5);
  assert.deepEqual(table.rows(), [
    [0, 2],
    [2, 0],
  ]);
});

test("sentences end where they end, and words that were left out do not count", () => {
  const text = new WindowText(packed());
  assert.deepEqual(
    [0, 3, 4, 5].map((place) => text.endsSentence(place, 1)),
    [false, true, false, true],
  );
  assert.deepEqual(
    [0, 3, 4].map((place) => text.endsSentence(place, -1)),
    [true, false, true],
  );
});

test("a token that is no word is left out and keeps its spelling", () => {
  const tokens = [...TOKENS];
  tokens[3] = FILTERED;
  const text = new WindowText(packed({ tokens, filtered: { 3: "once\u202e" } }));
  assert.ok(text.isLeftOut(3));
  assert.ok(!text.isLeftOut(2));
  assert.equal(text.label(3), "once");
  assert.equal(text.label(1), "b");
});

test("the reading direction is that of the first letter", () => {
  for (const word of ["\u05e9\u05dc\u05d5\u05dd", "\u0645\u0644\u0643", "12 \u0645"]) assert.ok(readsRightToLeft(word));
  for (const word of ["king", "1 king \u05e9", "\u65e5", "42", ""]) assert.ok(!readsRightToLeft(word));
});
