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
