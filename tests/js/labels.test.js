// Names on the map: no two overlap, the important ones are there, and at rest nothing moves any more.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { newLabel, placeLabels, placeStill, spacedOut, stackNames } from "../../pages/components/kit/labels.js";

const SIZE = { width: 800, height: 500 };

function itemsAt(places) {
  return places.map(([x, y], i) => ({
    x,
    y,
    reach: 4,
    width: 50,
    height: 15,
    forced: i === 0,
    faded: false,
    label: newLabel(),
  }));
}

/** Places that look random and are the same every time. */
function scattered(n) {
  let state = 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return Array.from({ length: n }, () => [20 + 760 * next(), 20 + 460 * next()]);
}

const shown = (items) => items.filter((item) => item.label.place >= 0);

function overlaps(items) {
  const found = [];
  shown(items).forEach((a, i, all) =>
    all.slice(i + 1).forEach((b) => {
      const [p, q] = [a.label.box, b.label.box];
      const w = Math.min(p.x + p.w, q.x + q.w) - Math.max(p.x, q.x);
      const h = Math.min(p.y + p.h, q.y + q.h) - Math.max(p.y, q.y);
      if (w > 1 && h > 1 && !a.forced && !b.forced) found.push([w, h]);
    }),
  );
  return found;
}

test("no name is cut at the edge of the paper, wherever its point lies", () => {
  const places = [
    [1, 1],
    [799, 250],
    [400, 499],
    [2, 498],
    [798, 3],
    [300, 250],
  ];
  for (const place of places) {
    const [item] = itemsAt([place]);
    item.width = 780; // a long one, which must be shown
    placeLabels([item], SIZE, 0, true, true);
    const { x, y, w, h } = item.label.box;
    assert.ok(x >= 0 && y >= 0 && x + w <= SIZE.width && y + h <= SIZE.height, `${place}: ${[x, y, w, h]}`);
  }
});

test("few points far apart all get their name, to the right", () => {
  const items = itemsAt([
    [100, 100],
    [300, 300],
    [600, 200],
  ]);
  placeLabels(items, SIZE, 0, true, true);
  assert.deepEqual(
    items.map(({ label }) => label.place),
    [0, 0, 0],
  );
  assert.ok(items.every(({ label, x }) => label.alpha === 1 && label.box.x > x));
});

test("at the right edge a name stands to the left of its point", () => {
  const items = itemsAt([[790, 100]]);
  placeLabels(items, SIZE, 0, true, true);
  const { box } = items[0].label;
  assert.ok(box.x + box.w < 790 && box.x > 0);
});

for (const n of [50, 300]) {
  test(`of ${n} points no two names overlap, and most room is used`, () => {
    const items = itemsAt(scattered(n));
    placeLabels(items, SIZE, 0, true, true);
    assert.deepEqual(overlaps(items), []);
    assert.ok(shown(items).length > (n === 50 ? 35 : 60), `${shown(items).length} names`);
    assert.ok(items[0].label.place >= 0, "the selected word always has its name");
  });
}

test("two words at one place: the more important one has the better place", () => {
  const items = itemsAt([
    [400, 250],
    [400, 250],
  ]);
  items[0].forced = false;
  placeLabels(items, SIZE, 0, true, true);
  assert.equal(items[0].label.place, 0);
  assert.notEqual(items[1].label.place, 0);
});

test("a faded item shows no name, and few names means twelve", () => {
  const items = itemsAt(scattered(40));
  items[5].faded = true;
  placeLabels(items, SIZE, 0, true, true);
  assert.equal(items[5].label.place, -1);
  const others = itemsAt(scattered(40));
  placeLabels(others, SIZE, 0, true, true, "few");
  assert.ok(shown(others).length <= 12);
  assert.ok(shown(others).length >= 8);
});

test("at rest names come to a stop and stay where they are", () => {
  const items = itemsAt(scattered(120));
  let moving = true;
  for (let now = 0; now < 2000; now += 16) moving = placeLabels(items, SIZE, now, false, true);
  assert.equal(moving, false);
  const before = items.map(({ label }) => [label.place, label.alpha, label.dx, label.dy]);
  for (let now = 2000; now < 4000; now += 16) placeLabels(items, SIZE, now, false, true);
  assert.deepEqual(
    items.map(({ label }) => [label.place, label.alpha, label.dx, label.dy]),
    before,
  );
});

test("while points tremble no name flickers", () => {
  const places = scattered(60);
  const items = itemsAt(places);
  for (let now = 0; now < 1000; now += 16) placeLabels(items, SIZE, now, false, false);
  let changes = 0;
  for (let now = 1000; now < 3000; now += 16) {
    const before = items.map(({ label }) => label.place);
    items.forEach((item, i) => {
      item.x = places[i][0] + Math.sin(now * (i + 1));
      item.y = places[i][1] + Math.cos(now * (i + 1));
    });
    placeLabels(items, SIZE, now, false, false);
    items.forEach(({ label }, i) => {
      changes += Number(label.place !== before[i]);
    });
  }
  assert.ok(changes <= 12, `${changes} changes of place in two seconds of 60 names`);
});

test("still names: none over another or over what is taken, and only one that is needed moves away or overlaps", () => {
  const at = (x, y, needed = false) => ({ x, y, r: 4, w: 60, h: 18, needed });
  const size = { width: 400, height: 300 };
  const crowd = Array.from({ length: 40 }, (_, i) => at(200 + (i % 7), 150 + (i % 5)));
  const placed = placeStill(crowd, [{ x: 0, y: 0, w: 400, h: 140 }], size);
  assert.ok(placed.length > 1 && placed.length < 12, `${placed.length}`);
  const boxes = placed.map(({ item, x, y }) => ({ x, y: y - item.h / 2, w: item.w, h: item.h }));
  boxes.forEach((a, i) => {
    assert.ok(a.y >= 140);
    for (const b of boxes.slice(i + 1)) assert.ok(Math.abs(a.x - b.x) >= 60 || Math.abs(a.y - b.y) >= 18);
  });
  const around = [{ x: 150, y: 100, w: 100, h: 100 }];
  assert.equal(placeStill([at(200, 150)], around, size).length, 0);
  assert.equal(placeStill([at(200, 150, true)], around, size).length, 1);
});

test("stacked names: a line apart in their order, and none below the limit", () => {
  const names = [10, 12, 13, 90, 96].map((y) => ({ y }));
  stackNames(names, 15, 95);
  assert.deepEqual(
    names.map(({ y }) => y),
    [10, 25, 40, 80, 95],
  );
});

test("names in a row of cells: the most important first, the others where they are far enough from those", () => {
  assert.deepEqual(spacedOut([4, 5, 0, 7, 4], 10, 25), [4, 0, 7]);
  assert.deepEqual(spacedOut([2, 1, 3], 30, 25), [2, 1, 3]);
  assert.deepEqual(spacedOut([2, 2], 30, 0), [2]);
});

test("a place that is given up early is no other than one that was weighed to its end", async () => {
  const code = readFileSync(new URL("../../pages/components/kit/labels.js", import.meta.url), "utf8");
  const early = "if (area > most) return area;";
  assert.ok(code.includes(early));
  const anew = (text) => import(`data:text/javascript,${encodeURIComponent(text)}`); // both count their turns from 0
  const [hasty, patient] = await Promise.all([anew(code), anew(code.replace(early, ""))]);
  const places = scattered(300);
  for (const spread of [0.02, 0.2, 1]) {
    const at = (t) => places.map(([x, y], i) => [400 + spread * (x - 400) + t * Math.sin(i), 250 + spread * (y - 250)]);
    const [ours, theirs] = [itemsAt(at(0)), itemsAt(at(0))];
    for (let picture = 0; picture < 40; picture += 1) {
      for (const items of [ours, theirs]) at(0.5 * picture).forEach(([x, y], i) => Object.assign(items[i], { x, y }));
      const [now, rests] = [40 * picture, picture % 20 === 0];
      hasty.placeLabels(ours, SIZE, now, false, rests);
      patient.placeLabels(theirs, SIZE, now, false, rests);
      assert.deepEqual(
        ours.map(({ label }) => label),
        theirs.map(({ label }) => label),
      );
    }
    assert.ok(shown(ours).length > 3 && shown(ours).length < 300, shown(ours).length);
  }
});
