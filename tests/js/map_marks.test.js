// The points of the map: which of them lies on top.
import assert from "node:assert/strict";
import test from "node:test";

import { MapMarks } from "../../pages/components/player/views/map_marks.js";

test("the most important point lies on top, and where groups are in color those in none lie below them", () => {
  const order = [
    { key: "selected", rank: 0, group: -1 },
    { key: "frequent", rank: 3, group: -1 },
    { key: "rare", rank: 3, group: 4 },
    { key: "rarest", rank: 3, group: -1 },
  ];
  const drawn = (grouped) => {
    const marks = new MapMarks({ grouped, groupOf: (item) => item.group }, null);
    return marks.layers(order).map((item) => item.key);
  };
  assert.deepEqual(drawn(false), ["rarest", "rare", "frequent", "selected"]);
  assert.deepEqual(drawn(true), ["rarest", "frequent", "rare", "selected"]);
});

test("at rest the words most like the selected one are named before more frequent ones", () => {
  const record = { counts: [9, 8, 7, 6, 5], n_shown: 5, labels: ["the", "king", "his", "wears", "queen"] };
  const content = { record, kind: "v", isolated: null, look: {}, grouped: false, mostFrequent: 9 };
  const marks = new MapMarks(content, { measureText: () => ({ width: 30 }) });
  marks.setTheme({ scale: 1, font: "sans-serif" });
  const named = (playing) => {
    const items = record.labels.map((_, id) => ({ id, key: String(id), kind: "v" }));
    const highlight = { centers: [2], contexts: [] };
    const order = marks.style(items, { word: 1, highlight, playing, from: { near: [4, 3] } });
    return order.map((item) => record.labels[item.id]);
  };
  assert.deepEqual(named(false), ["king", "his", "queen", "wears", "the"]);
  assert.deepEqual(named(true), ["king", "his", "the", "wears", "queen"]);
});
