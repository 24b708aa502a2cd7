// What can be pointed at in a picture of an update: which thing a place or a key means.
import assert from "node:assert/strict";
import test from "node:test";

import { nearestThing, thingAfter } from "../../pages/components/update_pictures/things.js";

const [a, b, c, d] = [
  { key: "a", column: 0, x: 0, y: 0, w: 40, h: 20 },
  { key: "b", column: 0, x: 0, y: 100, w: 40, h: 20 },
  { key: "c", column: 2, x: 200, y: 90 },
  { key: "d", column: 2, x: 200, y: 10 },
];
const THINGS = [a, b, c, d];

test("a place means the thing whose box is nearest, as long as that is within reach", () => {
  assert.equal(nearestThing(THINGS, 25, 5, 16), a);
  assert.equal(nearestThing(THINGS, 200, 55, 16), null);
  assert.equal(nearestThing(THINGS, 200, 76, 16), c);
});

test("arrow keys stay within a column up and down, and go to the nearest of the next one sideways", () => {
  const to = (now, key) => thingAfter(THINGS, now, key)?.key;
  assert.deepEqual(
    [to(null, "ArrowDown"), to(a, "ArrowDown"), to(b, "ArrowDown"), to(a, "ArrowUp")],
    ["a", "b", "b", "a"],
  );
  assert.deepEqual(
    [to(a, "ArrowRight"), to(b, "ArrowRight"), to(d, "ArrowLeft"), to(d, "ArrowRight")],
    ["d", "c", "a", "d"],
  );
  assert.deepEqual([to(b, "Home"), to(a, "End")], ["a", "b"]);
  assert.equal(thingAfter(THINGS, a, "Escape"), null);
  assert.equal(thingAfter(THINGS, a, "x"), undefined);
  assert.equal(thingAfter([], null, "ArrowDown"), undefined);
});
