// A name in a picture of lines lies on none of them.
import assert from "node:assert/strict";
import test from "node:test";

import { clearance, freeHeight } from "../../pages/components/player/model/free_place.js";

const FALLING = [
  [0, 10],
  [50, 60],
  [100, 60],
];

test("clearance: how far a line keeps from a box, above it, below it, through it, beside it", () => {
  const box = { left: 60, right: 90, top: 30, bottom: 46 };
  assert.equal(clearance(FALLING, box), 14);
  assert.equal(clearance(FALLING, { ...box, top: 70, bottom: 86 }), 10);
  assert.equal(clearance(FALLING, { ...box, top: 50, bottom: 66 }), 0);
  assert.equal(clearance(FALLING, { ...box, left: 110, right: 130 }), Infinity);
  const slope = { left: 20, right: 30, top: 45, bottom: 50 }; // there the line falls from 30 to 40
  assert.equal(clearance(FALLING, slope), 5);
  assert.equal(clearance(FALLING, { ...slope, top: 20, bottom: 28 }), 2);
});

test("the height of a name: the first that is free, else the one that is farthest from all lines", () => {
  const name = { left: 0, right: 100, tall: 16 };
  const flat = (y) => [
    [0, y],
    [100, y],
  ];
  assert.equal(freeHeight([50, 62, 30], name, [flat(50)], 2), 62);
  assert.equal(freeHeight([50, 62, 30], name, [flat(50), flat(70)], 2), 30);
  assert.equal(freeHeight([50, 59, 52], name, [flat(50)], 2), 59, "a pixel is better than none");
  assert.equal(freeHeight([40, 90], name, [], 2), 40);
});
