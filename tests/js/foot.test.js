// The foot of the map keeps its room, and nothing in it stands on something else.
import assert from "node:assert/strict";
import test from "node:test";

import { MapFoot } from "../../pages/components/player/views/map_foot.js";

const THEME = { scale: 1, family: "sans", groups: Array.from({ length: 8 }, (_, i) => `color ${i}`) };
const LOOKS = [{}, { near: false }, { arrows: true }, { arrows: true, color: "frequency" }, { color: "norm" }];
const NOTHING = { words: [], dashed: 0 };

/** A pen whose letters are all 7 px wide; it notes what it writes. */
function penThatNotes() {
  const written = [];
  const pen = new Proxy(
    {
      written,
      measureText: (text) => ({ width: 7 * text.length }),
      fillText: (text, x, y) => written.push({ text, x, y, width: 7 * text.length }),
    },
    { get: (own, name) => own[name] ?? (() => undefined), set: () => true },
  );
  return pen;
}

function contentWith(look, more = {}) {
  return {
    look,
    kind: "v",
    hasU: true,
    still: null,
    message: null,
    grouped: false,
    nGroups: 8,
    saidOfGroups: "words used alike",
    record: { unit: "update", group_start: [0, 1], counts: [9, 1], n_shown: 2, labels: ["king", "extraordinarily"] },
    caption: () => "Two axes, the same for the whole run (PCA).",
    longestOf: () => 3.21,
    ...more,
  };
}

function footOf(content, width) {
  const [foot, pen] = [new MapFoot(content), penThatNotes()];
  foot.lay(pen, THEME, { width, height: 400 });
  const size = { width, height: 400 - foot.height };
  return { foot, pen, paper: { pen, theme: THEME, size } };
}

for (const width of [340, 560, 860, 1300]) {
  test(`${width} px wide, all of the foot stands below the map, inside the paper, and no part on another`, () => {
    for (const look of LOOKS) {
      for (const more of [{}, { grouped: true }, { kind: "both", message: { kind: "both", lines: [] } }]) {
        const { foot, pen, paper } = footOf(contentWith(look, more), width);
        const arrows = look.arrows ? { times: 200, seen: [{ pull: true }] } : null;
        foot.draw(paper, { playing: false, word: 1 }, arrows, { words: [1, 2], dashed: 1 });
        assert.ok(foot.height >= 22 && foot.height <= 0.4 * 400 + 2);
        const boxes = foot.placed.map((part) => ({ ...part, right: part.x + part.width }));
        for (const [i, a] of boxes.entries()) {
          assert.ok(a.x >= 10 && a.right <= width - 9, `${a.text} ends at ${a.right}`);
          for (const b of boxes.slice(i + 1)) assert.ok(a.y !== b.y || a.right <= b.x, `${a.text} | ${b.text}`);
        }
        for (const { y, x, width: wide } of pen.written) {
          assert.ok(y > paper.size.height && y < 400);
          assert.ok(x + wide <= width - 9);
        }
      }
    }
  });
}

test("what is not to be seen keeps its room: playing moves nothing", () => {
  const content = contentWith({ arrows: true });
  const { foot, pen, paper } = footOf(content, 560);
  const before = foot.height;
  foot.draw(paper, { playing: true, word: 0 }, null, NOTHING);
  assert.deepEqual(foot.report().says, []);
  foot.lay(pen, THEME, { width: 560, height: 400 });
  assert.equal(foot.height, before);
  foot.draw(paper, { playing: false, word: 0 }, { times: 20, seen: [{ pull: null }] }, { words: [1], dashed: 0 });
  assert.deepEqual(foot.report(), { top: paper.size.height, says: ["most like king", "next update, \u00d720"] });
});

test("the caption stands beside the last part, or in a row of its own where there is no room", () => {
  for (const [width, rows, beside] of [
    [860, 1, true],
    [560, 2, false],
  ]) {
    const { foot } = footOf(contentWith({}), width);
    assert.equal(foot.height, 22 * rows + 2);
    const last = foot.placed.at(-1);
    assert.equal(foot.captionAt > last.x + last.width, beside);
    assert.ok(foot.captionAt + 7 * contentWith({}).caption().length <= width);
  }
});
