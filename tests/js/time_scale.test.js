// Pictures over the time of a training: where moments and names stand, stretches of one word, names on axes.
import assert from "node:assert/strict";
import test from "node:test";

import { inOneScale, namesBeside } from "../../pages/components/word_pictures/axes_names.js";
import { along, nearestMoment, pathOf, spread, stretches } from "../../pages/components/word_pictures/time_scale.js";

test("a number stands between its ends, and in the middle where these are the same", () => {
  assert.equal(along([0, 10], [100, 200], 5), 150);
  assert.equal(along([1, 6], [10, 60], 6), 60);
  assert.equal(along([0, 8], [50, 10], 2), 40, "downwards too");
  assert.equal(along([3, 3], [0, 80], 3), 40);
});

test("a click means the moment that stands nearest", () => {
  const at = [0, 10, 40, 100];
  const x = (t) => 50 + 2 * t;
  assert.equal(nearestMoment(at, 0, x), 0);
  assert.equal(nearestMoment(at, 101, x), 40);
  assert.equal(nearestMoment(at, 191, x), 100);
  assert.equal(nearestMoment([7], 500, x), 7);
});

test("a line is broken where it has no value", () => {
  assert.equal(
    pathOf([
      [0, 1],
      [2, 3],
      [4, null],
      [6, 7],
      [8, 9],
    ]),
    "M0.0 1.0L2.0 3.0M6.0 7.0L8.0 9.0",
  );
  assert.equal(pathOf([]), "");
});

test("stretches of the same value cover all places once", () => {
  assert.deepEqual(stretches([4, 4, 2, 4]), [
    { value: 4, from: 0, to: 1 },
    { value: 2, from: 2, to: 2 },
    { value: 4, from: 3, to: 3 },
  ]);
  assert.deepEqual(stretches([]), []);
});

test("names keep their distance, their order and the ends, and stay where they belong if there is room", () => {
  assert.deepEqual(spread([10, 50, 90], 18, 0, 100), [10, 50, 90]);
  const crowded = spread([95, 96, 40, 95], 18, 0, 100);
  assert.equal(crowded[2], 40);
  const order = [0, 3, 1].map((i) => crowded[i]);
  assert.deepEqual(order, [64, 82, 100]);
  const all = spread(
    Array.from({ length: 5 }, (_, i) => 50 - i),
    20,
    0,
    100,
  ).sort((a, b) => a - b);
  for (let i = 1; i < 5; i++) assert.ok(all[i] - all[i - 1] >= 20);
  assert.ok(all[0] >= 0 && all[4] <= 100);
});

test("names of dots cover no other and are not cut; marked ones come first", () => {
  const frame = { width: 200, top: 0, bottom: 100 };
  const places = [
    { x: 100, y: 50, r: 5 },
    { x: 104, y: 52, r: 5 },
    { x: 190, y: 90, r: 5 },
  ];
  const named = namesBeside(places, [60, 60, 60], [false, true, false], frame);
  assert.equal(named[0].i, 1);
  const boxes = named.map(({ i, x, y, anchor }) => {
    const left = anchor === "start" ? x : anchor === "end" ? x - 60 : x - 30;
    return { i, left, right: left + 60, top: y - 13, bottom: y + 4 };
  });
  for (const one of boxes) {
    assert.ok(one.left >= 0 && one.right <= 200 && one.top >= 0 && one.bottom <= 100);
    for (const other of boxes) {
      const apart =
        one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
      assert.ok(one === other || apart);
    }
  }
  assert.equal(named.find(({ i }) => i === 2).anchor, "end", "at the right edge it stands left of its dot");
  const around = Array.from({ length: 40 }, (_, i) => ({ x: 100 + 8 * (i % 8), y: 100 + 8 * Math.floor(i / 8), r: 5 }));
  const crowd = [...around, { x: 128, y: 116, r: 5 }];
  const inCrowd = (marks) =>
    namesBeside(
      crowd,
      crowd.map(() => 60),
      crowd.map((_, i) => i === 40 && marks),
      { width: 300, top: 0, bottom: 300 },
    );
  assert.ok(
    inCrowd(true).some(({ i }) => i === 40),
    "a marked word is named in a crowd too",
  );
  assert.ok(!inCrowd(false).some(({ i }) => i === 40), "another one is not");
  assert.deepEqual(namesBeside([{ x: 5, y: 5, r: 3 }], [900], [true], frame), [], "too long a name has no room");
});

test("of two marked words the second name rather lies on dots than on the first name", () => {
  const frame = { width: 400, top: 0, bottom: 200 };
  const many = (x, y) => Array.from({ length: 3 }, (_, i) => ({ x: x + 12 * i, y, r: 4 }));
  const places = [
    { x: 100, y: 100, r: 5 },
    { x: 100, y: 104, r: 5 },
    ...many(60, 100), // left of them
    ...many(88, 82), // above
    ...many(88, 126), // below
  ];
  const named = namesBeside(
    places,
    places.map(() => 60),
    places.map((_, i) => i < 2),
    frame,
  );
  const [first, second] = [0, 1].map((i) => named.find((one) => one.i === i));
  assert.equal(first.anchor, "start", "right of it there is room");
  assert.notEqual(second.anchor, "start", "there the first name stands");
});

test("dots stand in one scale: lengths and angles are those of the plane, whatever the frame", () => {
  const frame = { left: 10, right: 610, top: 20, bottom: 120 };
  const [xs, ys] = [
    [0, 3, 3, -2],
    [0, 0, 4, 1],
  ];
  const at = inOneScale(xs, ys, frame);
  const far = (i, j) => Math.hypot(at[i].x - at[j].x, at[i].y - at[j].y);
  assert.equal(far(0, 1) / far(1, 2), 3 / 4);
  assert.ok(Math.abs(far(0, 2) - 125) < 1e-9, "5 units, of which 4 take the height of 100");
  assert.ok(at[2].y < at[0].y, "upwards is up");
  assert.deepEqual([Math.min(...at.map(({ y }) => y)), Math.max(...at.map(({ y }) => y))], [20, 120]);
  assert.equal((Math.min(...at.map(({ x }) => x)) + Math.max(...at.map(({ x }) => x))) / 2, 310, "in the middle");
  assert.deepEqual(inOneScale([2, 2], [5, 5], frame), [
    { x: 310, y: 70 },
    { x: 310, y: 70 },
  ]);
  assert.deepEqual(inOneScale([0, 6], [1, 1], frame), [
    { x: 10, y: 70 },
    { x: 610, y: 70 },
  ]);
});
