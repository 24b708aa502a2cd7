// Points on one spot share one name, and lines lead to the words most like one.
import assert from "node:assert/strict";
import test from "node:test";

import { newLabel, placeLabels } from "../../pages/components/kit/labels.js";
import { shareNames, startsOf } from "../../pages/components/kit/shared_labels.js";

function itemsAt(places) {
  return places.map(([x, y], i) => ({
    key: `v${i}`,
    kind: "v",
    x,
    y,
    reach: 4,
    width: 50,
    ownWidth: 50,
    height: 15,
    forced: false,
    faded: false,
    label: newLabel(),
  }));
}

const shared = (items) => items.map((item) => (item.within ? item.within.key : item.names.length));

test("points on one spot share the name of the most important, and all their words are read in it", () => {
  const items = itemsAt([
    [100, 100],
    [400, 100],
    [104, 103],
    [101, 99],
  ]);
  shareNames(items, 400);
  assert.deepEqual(shared(items), [3, 1, "v0", "v0"]);
  placeLabels(items, { width: 800, height: 500 }, 0, true, true);
  assert.deepEqual(
    items.map(({ label }) => label.place >= 0),
    [true, true, false, false],
  );
  const words = startsOf(items[0]);
  assert.deepEqual(
    words.map(([item]) => item.key),
    ["v0", "v2", "v3"],
  );
  words.forEach(([, x], i) => {
    if (i > 0) assert.ok(x >= words[i - 1][1] + 50, "none stands on another");
  });
  assert.equal(items[0].label.box.w, words.at(-1)[1] + 50);
});

test("no more than three words share a name; vectors of two kinds, faded words and those with a ring do not", () => {
  const items = itemsAt([0, 1, 2, 3, 4, 5, 6, 7].map((i) => [100 + i / 10, 100]));
  items[1].kind = "u";
  items[2].faded = true;
  items[7].alone = true;
  shareNames(items, 400);
  assert.deepEqual(shared(items), [3, 1, 1, "v0", "v0", 2, "v5", 1]);
});

test("a shared name takes no more than the room that it may", () => {
  const items = itemsAt([0, 1, 2].map((i) => [100 + i, 100]));
  shareNames(items, 140);
  assert.deepEqual(shared(items), [2, "v0", 1]);
});

test("a shared name neither comes nor goes with every pixel", () => {
  const items = itemsAt([
    [100, 100],
    [112, 100],
  ]);
  const after = (x) => {
    items[1].x = x;
    for (const item of items) item.width = item.ownWidth;
    shareNames(items, 400);
    return Boolean(items[1].within);
  };
  assert.deepEqual([112, 108, 112, 115, 112].map(after), [false, true, true, false, false]);
});

test("a word that must be named is named in what it shares", () => {
  const items = itemsAt([
    [100, 100],
    [102, 100],
  ]);
  items[1].forced = true;
  shareNames(items, 400);
  assert.equal(items[0].forced, true);
});
