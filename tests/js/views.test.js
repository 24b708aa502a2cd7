// The arithmetic inside the pictures, without a screen: steps of axes, ranges, marks, distances, found words.
import assert from "node:assert/strict";
import test from "node:test";

import { wordsOfRows } from "../../pages/components/player/views/bar_chart.js";
import { Bars } from "../../pages/components/player/views/bars.js";
import { fitText, niceStep } from "../../pages/components/kit/dom.js";
import { LossPicture } from "../../pages/components/player/views/loss.js";
import { drawReferences } from "../../pages/components/player/views/loss_lines.js";
import { MapArrows } from "../../pages/components/player/views/map_arrows.js";
import { Camera } from "../../pages/components/player/views/map_camera.js";
import { MapContent } from "../../pages/components/player/views/map_content.js";
import { Plane } from "../../pages/components/player/views/map_plane.js";
import { epochMeans } from "../../pages/components/player/views/traces.js";
import { WordSearch } from "../../pages/components/player/views/search.js";
import { goalOf } from "../../pages/components/player/model/record.js";
import { PastStates } from "../../pages/components/player/model/past.js";
import { Replay } from "../../pages/components/player/model/replay.js";
import { close, smallRecord } from "./small.js";

/** A view with its methods and these fields, but without elements. */
function bare(view, fields) {
  return Object.assign(Object.create(view.prototype), fields);
}

test("steps of an axis are 1, 2 or 5 times a power of ten, about as many as asked for", () => {
  for (const length of [0.0003, 0.07, 1, 3.9, 12, 640, 8640]) {
    for (const parts of [2, 5, 8, 40]) {
      const step = niceStep(length, parts);
      const mantissa = step / 10 ** Math.floor(Math.log10(step) + 1e-9);
      assert.ok(
        [1, 2, 5].some((n) => Math.abs(mantissa - n) < 1e-9),
        `${step}`,
      );
      assert.ok(length / step > parts / 2 && length / step < 2 * parts, `${length} in ${parts} by ${step}`);
    }
  }
});

test("a text that does not fit is cut to the longest beginning that does", () => {
  const pen = { measureText: (text) => ({ width: 10 * Array.from(text).length }) };
  assert.equal(fitText(pen, "crown", 50), "crown");
  assert.equal(fitText(pen, "crowns", 50), "crow\u2026");
  assert.equal(fitText(pen, "\u{1f600}\u{1f601}\u{1f602}", 25), "\u{1f600}\u2026");
});

test("a text is cut in the middle where another one begins like it", () => {
  const pen = { measureText: (text) => ({ width: 10 * Array.from(text).length }) };
  const words = ["beginners", "beginning", "begun", "end"];
  assert.deepEqual(
    words.map((word) => fitText(pen, word, 60, words)),
    ["beg\u2026rs", "beg\u2026ng", "begun", "end"],
  );
  assert.equal(fitText(pen, "beginning", 60, ["beginning", "end"]), "begin\u2026");
});

const COUNTS = { goal_start: [0, 2, 2, 2], goal_word: Uint32Array.from([1, 2]), goal_count: Float64Array.from([3, 1]) };

test("bars: the sentence says what a guess was at first, not a change that could be one of this update", () => {
  const record = { ...smallRecord([[[0], 1]], COUNTS), labels: ["tea", "cup", "hot"], level: "words" };
  const subject = { start: [0, 0.033, 0.5], order: [1, 2], inputs: [0], goal: { value: [0, 1 / 3, 0] } };
  const bars = bare(Bars, { record, subject, predicted: [0, 0.19, 0.5], targets: [], isTarget: () => false });
  const said = (t, fields = {}) =>
    Object.assign(bars, fields)
      .sentence({ t })
      .replaceAll(/[\u2066-\u2069]/g, "")
      .replaceAll(/\s/g, " ");
  assert.equal(said(9), "tea now gives \u201ccup\u201d 19 %, 3.3 % at first; the text says 33 %.");
  assert.equal(said(0), "tea now gives \u201ccup\u201d 19 %; the text says 33 %.");
  assert.match(said(9, { predicted: [0, 0.0331, 0.5] }), /3\.3 %, as at first;/);
});

test("bars: the distance is half the sum of all differences", () => {
  const record = smallRecord([[[0], 1]], COUNTS);
  const bars = bare(Bars, { record, subject: { goal: goalOf(record, 0) }, predicted: [1 / 6, 2 / 6, 3 / 6] });
  close(assert, [bars.distance()], [(1 / 6 + (0.75 - 1 / 3) + 0.25) / 2]);
  bars.predicted = [0, 0.75, 0.25];
  assert.equal(bars.distance(), 0);
});

test("bars: for negative sampling it is the mean gap of the words that were seen", () => {
  const record = smallRecord([[[0], 1]], COUNTS);
  const goal = goalOf(record, 0);
  const bars = bare(Bars, {
    record: { ...record, objective: "negative" },
    subject: { goal },
    predicted: [0.9, 0.5, 0.5],
  });
  close(assert, [bars.distance()], [0.25]);
});

test("bars: a word is marked pulled or pushed as its row of U will move along h", () => {
  const record = smallRecord(
    [
      [[0], 1],
      [[0], 2],
    ],
    { ...COUNTS, groups: [2] },
  );
  const replay = new Replay(record);
  const predicted = replay.distribution(replay.stateAt(0), [0]);
  const bars = bare(Bars, { record, subject: { key: "0" }, predicted });
  bars.askedNow = bars.asked({ t: 0, first: 0, end: 2 });
  assert.equal(bars.askedNow.times, 2);
  const before = [0, 1, 2].map((w) => replay.stateAt(0).U[2 * w]);
  const moved = [0, 1, 2].map((w) => Math.sign(replay.stateAt(1).U[2 * w] - before[w])); // h = (1, 0)
  assert.deepEqual(
    [0, 1, 2].map((w) => bars.pullOn(w)),
    moved.map((sign) => sign || 0),
  );
  bars.record = { ...record, covers: ["update"] };
  assert.deepEqual(
    [0, 1, 2].map((w) => bars.pullOn(w)),
    [0, 0, 0],
    "it would answer which of them fall",
  );
});

test("bars: the scale holds the largest value of the whole run", () => {
  const record = smallRecord([[[0], 1]], {
    ...COUNTS,
    key_t: [0, 1],
    key_V: Float64Array.from([1, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0]),
    key_U: Float64Array.from([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0]),
  });
  const bars = bare(Bars, { record, replay: new Replay(record) });
  assert.equal(bars.measureMost({ goal: goalOf(record, 0), inputs: [0], order: [0, 1, 2] }), 1);
  assert.ok(bars.measureMost({ goal: { value: [0.2] }, inputs: [0], order: [0] }) >= 0.21, "P of word 0 is 0.212 once");
});

test("bars: a target has a row, however few there are", () => {
  assert.deepEqual(wordsOfRows([5, 3, 8, 1], [], 3), [5, 3, 8]);
  assert.deepEqual(wordsOfRows([5, 3, 8, 1], [3], 3), [5, 3, 8]);
  assert.deepEqual(wordsOfRows([5, 3, 8, 1], [1], 3), [5, 3, 1]);
  assert.deepEqual(wordsOfRows([5, 3, 8, 1], [9, 1], 3), [5, 9, 1]);
  assert.deepEqual(wordsOfRows([5, 3], [7, 8, 9], 2), [7, 8]);
});

test("loss: the axis holds guessing, the floor and the whole curve", () => {
  const record = { goal: { floor: 2, guess: 3.5, uniform: 3.5, unigram: 3 }, curve_loss: [4.2, 2.5, NaN] };
  const { low, high } = bare(LossPicture, { record }).measureRange();
  assert.ok(low < 2 && low >= 0);
  assert.ok(high > 4.2 && high < 5);
});

test("loss: a place on the axis and the moment under the pointer are each other's inverse", () => {
  const loss = bare(LossPicture, {
    record: { n_steps: 8640 },
    frame: { left: 40, span: 300, top: 4, tall: 90 },
    canvas: { getBoundingClientRect: () => ({ left: 17 }) },
  });
  for (const t of [0, 288, 4320, 8640]) assert.equal(loss.momentAt({ clientX: 17 + loss.x(t) }), t);
  assert.equal(loss.momentAt({ clientX: 0 }), 0);
  assert.equal(loss.momentAt({ clientX: 9999 }), 8640);
});

test("loss: what was kept aside is named among the lines only where the picture is tall enough for it", () => {
  const named = (tall) => {
    const written = [];
    const pen = new Proxy(
      {},
      {
        get: (_, name) => (name === "measureText" ? () => ({ width: 200 }) : (text) => written.push([name, text])),
        set: () => true,
      },
    );
    const loss = bare(LossPicture, {
      record: {
        n_steps: 3,
        curve_t: [1, 2, 3],
        heldout_loss: [3, 2.5, 2.6],
        curve_loss: [3, 2, 2],
        goal: { unigram: 3, heldout_guess: 3.2 },
      },
      frame: { left: 40, span: 300, top: 4, tall },
      range: { low: 1, high: 4 },
      theme: { scale: 1 },
      numbers: true,
    });
    loss.drawAside(pen);
    return written.filter(([name]) => name === "fillText").map(([, text]) => text);
  };
  assert.deepEqual(named(120), ["kept aside 2.60 (guess there 3.20)"]);
  assert.deepEqual(named(40), []);
});

test("loss: the floor's name stands where the curve is not, and no name in a picture too low for one", () => {
  const named = (tall, curve) => {
    const written = [];
    const pen = new Proxy({}, { get: () => (text, _x, y) => written.push([text, y]), set: () => true });
    const loss = bare(LossPicture, {
      record: { curve_loss: curve, goal: { uniform: 3.5, unigram: null, floor: 2, guess: 3.5 } },
      frame: { left: 40, span: 400, top: 8, tall },
      theme: { scale: 1 },
      numbers: false,
    });
    loss.range = loss.measureRange();
    drawReferences(pen, loss);
    const floor = written.find(([text]) => String(text).startsWith("as good"));
    return {
      names: new Set(written.map(([text]) => text).filter((text) => typeof text === "string")).size,
      below: floor && floor[1] > loss.y(2),
    };
  };
  assert.deepEqual(named(100, [3.5, 2.5, 2.1]), { names: 2, below: true });
  assert.deepEqual(named(50, [3.5, 3.4, 3.3]), { names: 2, below: false });
  assert.deepEqual(named(50, [3.5, 2.5, NaN, 2.1]), { names: 1, below: undefined });
  assert.deepEqual(named(30, [3.5, 3.4, 3.3]), { names: 0, below: undefined });
});

test("lines: the mean of each epoch stands at its middle; before the first point is known there is no line", () => {
  const record = { epochs: 2, epoch_start: [0, 4], n_steps: 8 };
  const points = [0, 2, 4, 6, 8].map((t) => [t, t / 8]);
  assert.deepEqual(epochMeans(record, points), [
    [0, 0],
    [2, 0.125],
    [6, 0.625],
    [8, 1],
  ]);
  assert.deepEqual(epochMeans(record, []), []);
});

test("map: a word stands at components @ (row - mean)", () => {
  const record = { dim: 3, basis_mean: [1, 0, -1], basis_components: [1, 0, 0, 0, 0.6, 0.8] };
  const out = new Float64Array(4);
  new Plane(record).projectRow([0, 0, 0, 3, 5, 9], 3, out, 2);
  close(assert, out, [0, 0, 2, 0.6 * 5 + 0.8 * 10]);
});

test("map: the view fits everything that will ever be shown", () => {
  const record = {
    dim: 2,
    n_words: 2,
    n_rows: 2,
    key_t: [0, 9],
    key_V: [0, 0, 1, 0, -3, 2, 5, 1],
    key_U: [],
    basis_mean: [0, 0],
    basis_components: [1, 0, 0, 1],
  };
  const content = new MapContent();
  content.setRecord({ ...record, objective: "softmax", counts: [2, 1], n_shown: 2 }, true);
  const { scale, x, y } = new Camera().view(content.bounds(), { width: 800, height: 400 });
  for (const [wx, wy] of [
    [0, 0],
    [1, 0],
    [-3, 2],
    [5, 1],
  ]) {
    assert.ok(Math.abs((wx - x) * scale) < 400 && Math.abs((wy - y) * scale) < 200);
  }
});

test("map: an arrow from finite steps points where the vector goes", () => {
  const record = smallRecord([[[0], 1]], { basis_mean: [0, 0], basis_components: [0, 1, 1, 0] });
  const past = new PastStates(record);
  const arrows = new MapArrows({ record, hasU: true });
  arrows.setRecord(past);
  const moves = arrows.movesOf(past.at(0));
  const after = new Replay(record).stateAt(1);
  close(assert, moves.get("v0").by, [after.V[0] - 1, after.V[1]]);
  assert.deepEqual(
    [0, 1, 2].map((w) => moves.get(`u${w}`).pull),
    [false, true, false],
  );
  close(assert, new Plane(record).shiftOf(moves.get("u1").by), [0, 0.4], 1e-12);
});

test("map: with one vector per word arrows are of v, an input's as a whole and the others' pulled or pushed", () => {
  const record = smallRecord([[[0], 1]], { one_vector: true, basis_mean: [0, 0], basis_components: [0, 1, 1, 0] });
  const past = new PastStates(record);
  const arrows = new MapArrows({ record, hasU: false });
  arrows.setRecord(past);
  const moves = arrows.movesOf(past.at(0));
  const { V } = new Replay(record).stateAt(1);
  assert.deepEqual([...moves.keys()].sort(), ["v0", "v1", "v2"]);
  assert.deepEqual(
    [0, 1, 2].map((w) => moves.get(`v${w}`).pull),
    [null, true, false],
  );
  [0, 1, 2].forEach((w) => {
    close(
      assert,
      moves.get(`v${w}`).by,
      [0, 1].map((j) => V[2 * w + j] - record.key_V[2 * w + j]),
    );
  });
});

test("search: words that begin so come first, both groups by frequency, eight at most", () => {
  const words = ["the", "king", "looking", "kings", "King", ...Array.from({ length: 20 }, (_, i) => `xking${i}`)];
  const search = bare(WordSearch, { record: { words } });
  assert.deepEqual(search.matches("king").slice(0, 5), [1, 3, 4, 2, 5]);
  assert.equal(search.matches("king").length, 8);
  assert.deepEqual(search.matches("zzz"), []);
});
