// A record in bytes, and what can be asked of it: examples, epochs, goals, losses.
import assert from "node:assert/strict";
import test from "node:test";

import { readHeader, recordBytes } from "../../pages/components/kit/packing.js";
import {
  bestBeforeEnd,
  describeUpdate,
  epochOf,
  exampleNumber,
  examplesOf,
  firstWord,
  goalOf,
  goalRow,
  lastAtMost,
  meanLossAt,
  nextUpdateWith,
  placeInWords,
  rateAt,
  shareOfTheWay,
  lossInWords,
  wayInWords,
  unpackRecord,
} from "../../pages/components/player/model/record.js";
import { close, smallRecord } from "./small.js";

/** The bytes of a record written by hand: length, JSON, padding, one array of three doubles and one of shorts. */
function bytesByHand(shift = 0) {
  const header = { words: ["a", "\u202eb"], n: 7, arrays: { x: ["f8", 120, [3]], y: ["i2", 144, [2, 1]] } };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const all = new ArrayBuffer(shift + 148);
  const view = new DataView(all, shift);
  view.setUint32(0, json.length, true);
  new Uint8Array(all, shift + 4, json.length).set(json);
  [0.1, -2, 1e300].forEach((x, i) => view.setFloat64(120 + 8 * i, x, true));
  [-1, 300].forEach((x, i) => view.setInt16(144 + 2 * i, x, true));
  return new Uint8Array(all, shift);
}

test("a record is read from its bytes, wherever in memory they lie", () => {
  for (const shift of [0, 3, 8]) {
    const record = unpackRecord(bytesByHand(shift));
    assert.deepEqual(Array.from(record.x), [0.1, -2, 1e300]);
    assert.deepEqual(Array.from(record.y), [-1, 300]);
    assert.ok(record.y instanceof Int16Array);
    assert.deepEqual(record.labels, ["a", "b"], "labels are fit to be shown");
    assert.equal(record.n, 7);
    assert.equal(readHeader(bytesByHand(shift)).n, 7);
  }
});

test("bytes are found in every wrapping Streamlit uses", () => {
  const bytes = Uint8Array.from([1, 2, 3]);
  assert.equal(recordBytes(bytes), bytes);
  assert.deepEqual(recordBytes(bytes.buffer), bytes);
  assert.deepEqual(recordBytes(new DataView(bytes.buffer, 1)), Uint8Array.from([2, 3]));
  assert.equal(recordBytes({ record: bytes }), bytes);
  assert.equal(recordBytes(null), null);
});

test("the largest index that is not above a value", () => {
  const sorted = [0, 3, 3, 10];
  for (const [value, index] of [
    [-1, 0],
    [0, 0],
    [2.9, 0],
    [3, 2],
    [9, 2],
    [10, 3],
    [1e9, 3],
  ]) {
    assert.equal(lastAtMost(sorted, value), index, String(value));
  }
});

test("updates repeat with each pass, examples are numbered on", () => {
  const record = smallRecord(
    [
      [[0], 1],
      [[1], 0],
      [[2], 1],
    ],
    { groups: [2, 1], n_steps: 6, period: 2 },
  );
  assert.deepEqual(
    [0, 1, 2, 5].map((t) => examplesOf(record, t)),
    [
      [0, 2],
      [2, 3],
      [0, 2],
      [2, 3],
    ],
  );
  assert.equal(exampleNumber(record, 0, 1), 1);
  assert.equal(exampleNumber(record, 5, 2), 8, "two passes of three examples were before");
});

test("the rate falls in a straight line, or stays", () => {
  const record = smallRecord([[[0], 1]], { learning_rate: 0.2, n_planned: 100 });
  assert.equal(rateAt(record, 50), 0.2);
  close(
    assert,
    [0, 25, 99].map((t) => rateAt({ ...record, decay: true }, t)),
    [0.2, 0.15, 0.002],
  );
});

test("the epoch of an update, and of the end", () => {
  const record = { epoch_start: Uint32Array.from([0, 10, 25]), epochs: 2 };
  assert.deepEqual(
    [0, 9, 10, 24, 25].map((t) => epochOf(record, t)),
    [0, 0, 1, 1, 1],
  );
});

test("what an update is about", () => {
  // the text is "a b c b": window of b at place 1 (context 0, 2), window of c at place 2 (context 1, 3)
  const record = smallRecord(
    [
      [[1], 0],
      [[1], 2],
      [[2], 1],
    ],
    {
      groups: [2, 1],
      example_window: [0, 0, 1],
      example_slot: [0, 1, 1],
      window_pos: [1, 2],
      context_start: [0, 2, 4],
      context_pos: [0, 2, 1, 3],
    },
  );
  const both = describeUpdate(record, 0);
  assert.deepEqual([both.size, both.windows, both.centerToken], [2, 1, 1]);
  assert.deepEqual([both.centers, both.contexts], [[1], [0, 2]]);
  assert.deepEqual(
    [both.contextTokens, both.chosenTokens],
    [
      [0, 2],
      [0, 2],
    ],
  );
  const last = describeUpdate(record, 1);
  assert.deepEqual([last.centers, last.contexts, last.chosenTokens], [[2], [1], [3]]);
});

test("the next update with a word comes after this one, within one pass", () => {
  const record = smallRecord(
    [
      [[0], 1],
      [[1], 0],
      [[2], 1],
    ],
    { n_steps: 9 },
  );
  assert.equal(nextUpdateWith(record, 2, 0), 2);
  assert.equal(nextUpdateWith(record, 2, 2), 5);
  assert.equal(nextUpdateWith(record, 2, 8), -1);
  assert.equal(nextUpdateWith(record, 0, 0), 1);
});

const COUNTS = {
  goal_start: [0, 2, 3, 3],
  goal_word: Uint32Array.from([1, 2, 0]),
  goal_count: Float64Array.from([3, 1, 3]),
};

test("what the text says is each count's share of its row", () => {
  const goal = goalOf(smallRecord([[[0], 1]], COUNTS), 0);
  assert.deepEqual([goal.ids, goal.counts, goal.total], [[1, 2], [3, 1], 4]);
  close(assert, goal.value, [0, 0.75, 0.25]);
  close(assert, goalOf(smallRecord([[[0], 1]], COUNTS), 2).value, [0, 0, 0]);
});

test("negative sampling heads for true / (true + noise), with plain draws", () => {
  const noise = [0.5, 0.3, 0.2];
  const record = smallRecord([[[0], 1]], { ...COUNTS, objective: "negative", negatives: 2, redraws: 0, noise });
  const goal = goalOf(record, 0).value; // k q(o) n: 2 * 0.3 * 4 = 2.4 and 2 * 0.2 * 4 = 1.6
  close(assert, goal, [0, 3 / (3 + 2.4), 1 / (1 + 1.6)]);
});

test("draws that avoid their target: by hand for one more try, and for as many as it takes", () => {
  const noise = [0.5, 0.3, 0.2];
  // one draw per example and one more try if it met the target: q(o) + q(target) q(o), of 3 b and 1 c
  const once = smallRecord([[[0], 1]], { ...COUNTS, objective: "negative", negatives: 1, redraws: 1, noise });
  close(assert, goalOf(once, 0).value, [0, 3 / (3 + 0.3 + 0.2 * 0.3), 1 / (1 + 3 * (0.2 + 0.3 * 0.2))]);
  // drawn again until it is another word: q(o) / (1 - q(target)) for o != target
  const record = smallRecord([[[0], 1]], { ...COUNTS, objective: "negative", negatives: 1, redraws: 2000, noise });
  const asNoise = [0, (1 * noise[1]) / (1 - noise[2]), (3 * noise[2]) / (1 - noise[1])]; // of 3 b and 1 c
  close(assert, goalOf(record, 0).value, [0, 3 / (3 + asNoise[1]), 1 / (1 + asNoise[2])]);
});

test("the row of counts: the center's, or the one of the bag of words", () => {
  const record = { architecture: "cbow", example_goal_row: Uint32Array.from([7, 4]) };
  assert.equal(goalRow(record, 2, 1), 4);
  assert.equal(goalRow({ ...record, architecture: "skip-gram" }, 2, 1), 2);
});

test("the first word is the most frequent one that has a context", () => {
  assert.equal(firstWord(smallRecord([[[0], 1]], { goal_start: [0, 0, 2, 3] })), 1);
  assert.equal(firstWord(smallRecord([[[0], 1]], { architecture: "cbow" })), 0);
  assert.equal(firstWord({ architecture: "cbow", n_words: 0 }), null);
});

test("the mean loss lies on straight lines between computed moments", () => {
  const record = { curve_t: Uint32Array.from([0, 10, 30]), curve_loss: [4, 2, 1] };
  close(
    assert,
    [0, 5, 10, 15, 30, 99].map((t) => meanLossAt(record, t)),
    [4, 3, 2, 1.75, 1, 1],
  );
  assert.ok(Number.isNaN(meanLossAt({}, 3)));
  assert.ok(Number.isNaN(meanLossAt({ curve_t: [1, 2], curve_loss: [4, 2] }, 0)), "before the first one");
});

test("the share of the way from guessing to the floor", () => {
  const record = { goal: { guess: 3, floor: 1 } };
  close(
    assert,
    [3, 2, 1, 4].map((loss) => shareOfTheWay(record, loss)),
    [0, 0.5, 1, -0.5],
  );
  assert.equal(shareOfTheWay({ goal: { guess: 0, floor: 0 } }, 0), 1);
});

test("a pass is named as long as nobody knows the last one, and before the first there is no loss to speak of", () => {
  const record = {
    unit: "pass",
    pass_numbers: [0, 1, 4, 9],
    n_steps: 3,
    goal: { guess: 5, floor: 1, guessing: "guessing by frequency" },
  };
  assert.equal(placeInWords(record, 2), "pass 4 of 9");
  assert.equal(placeInWords({ ...record, live: true }, 3), "pass 9");
  assert.equal(placeInWords({ ...record, best: 2 }, 2), "pass 4 of 9 (the best)");
  assert.equal(placeInWords({ ...record, best: 2 }, 1), "pass 1 of 9");
  assert.equal(bestBeforeEnd({ ...record, best: 2 }), 2);
  assert.equal(bestBeforeEnd({ ...record, best: 3 }), null, "the last one needs no mark");
  assert.equal(bestBeforeEnd({ ...record, best: 2, live: true }), null, "nobody knows yet");
  assert.equal(bestBeforeEnd({ unit: "update", n_steps: 9 }), null);
  assert.equal(wayInWords(record, NaN), "Before the first pass");
  assert.equal(wayInWords(record, 6), "Nothing learned yet");
  assert.equal(wayInWords(record, 2), "75\u00a0% learned (100\u00a0% is as good as this text allows)");
  assert.equal(lossInWords(record, 6), "mean loss 6.00 nats, worse than guessing by frequency");
  assert.equal(lossInWords(record, 2), "mean loss 2.00 nats, share 0.750 from guessing by frequency to the floor");
});
