// Which words are most like one, in the browser as in Python.
import assert from "node:assert/strict";
import test from "node:test";

import { likeIt, mostLike } from "../../pages/components/player/model/alike.js";
import { nearestWord } from "../../pages/components/player/model/stop.js";
import { close, smallRecord } from "./small.js";

const record = (nWords) => smallRecord([[[0], 1]], { n_words: nWords, dim: 2 });
const V = [1, 0, 3, 0.3, 0, 2, -1, 0, 3, 0.3]; // words 1 and 4 are the same

test("the likest come first, with their cosines; of equals the first", () => {
  const found = mostLike(V, 2, 0, 3);
  assert.deepEqual(
    found.map(({ word }) => word),
    [1, 4, 2],
  );
  close(
    assert,
    found.map(({ cosine }) => cosine),
    [1 / Math.hypot(1, 0.1), 1 / Math.hypot(1, 0.1), 0],
  );
});

test("there are no more than there are other words", () => {
  assert.equal(mostLike(V.slice(0, 6), 2, 0, 5).length, 2);
  assert.deepEqual(mostLike(V.slice(0, 2), 2, 0, 5), []);
});

test("of some words only these are looked at, however long their rows", () => {
  const rows = [1, 0, 5, 1, -1, 0, 0, 2, 0.1, 0.1, 0, 0];
  const near = (ids) => mostLike(rows, 2, 0, 3, ids).map(({ word }) => word);
  assert.deepEqual(near([0, 1, 2, 3, 4, 5]), [1, 4, 3]);
  assert.deepEqual(near([0, 2, 5]), [5, 2], "as many as there are");
});

test("a row of zeros is like nothing", () => {
  const found = mostLike([0, 0, 1, 0, 0, 1], 2, 0, 2);
  assert.deepEqual(found, [
    { word: 1, cosine: 0 },
    { word: 2, cosine: 0 },
  ]);
});

test("what points across or against a word is not like it", () => {
  const rows = [1, 0, 0.2, 1, 0, 1, -1, 0.1];
  assert.deepEqual(
    likeIt(rows, 2, 0, 3).map(({ word }) => word),
    [1],
  );
  assert.deepEqual(likeIt(rows, 2, 3, 3, [0, 3]), []);
});

test("the nearest word is the first of them, and -1 where there is none", () => {
  assert.equal(nearestWord(record(5), V, 0), 1);
  assert.equal(nearestWord(record(1), V.slice(0, 2), 0), -1);
});
