// The arithmetic of an update: against numbers worked out by hand, and against finite differences of a loss
// that is written here anew, in the plainest way.
import assert from "node:assert/strict";
import test from "node:test";

import { sigmoid, softplus } from "../../pages/components/kit/objectives/objective.js";
import { goalOf } from "../../pages/components/player/model/record.js";
import { Replay, distributionOf, hiddenOf } from "../../pages/components/player/model/replay.js";
import { START_U, START_V, close, smallRecord } from "./small.js";

test("sigma and softplus at known places, and far out without overflow", () => {
  close(assert, [0, Math.log(3), -Math.log(3)].map(sigmoid), [0.5, 0.75, 0.25]);
  close(assert, [0, Math.log(3)].map(softplus), [Math.log(2), Math.log(4)]);
  assert.equal(sigmoid(800), 1);
  assert.equal(softplus(800), 800);
  assert.ok(sigmoid(-700) > 0 && sigmoid(-700) < 1e-300);
  close(assert, [softplus(-700) / Math.exp(-700)], [1]);
  for (const s of [-30, -1, 0.3, 5]) close(assert, [sigmoid(s) + sigmoid(-s), softplus(s) - softplus(-s)], [1, s]);
});

test("the hidden vector is the mean of the input vectors, repeats counted", () => {
  const h = hiddenOf(START_V, 2, [0, 1, 1], new Float64Array(2));
  close(assert, h, [(1 + 0.4 + 0.4) / 3, -0.2]);
});

test("softmax by hand: scores 0, ln 2, ln 3 give 1/6, 2/6, 3/6", () => {
  const [example] = new Replay(smallRecord([[[0], 1]])).detail(0);
  close(assert, example.h, [1, 0]);
  close(assert, example.scores, [0, Math.log(2), Math.log(3)]);
  close(assert, example.P, [1 / 6, 2 / 6, 3 / 6]);
  close(assert, example.error, [1 / 6, -2 / 3, 1 / 2]);
  close(assert, [example.loss], [Math.log(3)]);
  close(assert, example.gradH, [-(2 / 3) * Math.log(2) + Math.log(3) / 2, 1 / 2]);
});

test("one update by hand: each row of U moves along h, the center along grad_h", () => {
  const { V, U } = new Replay(smallRecord([[[0], 1]])).stateAt(1); // rate 0.6
  close(assert, U, [-0.1, 0, Math.log(2) + 0.4, 0, Math.log(3) - 0.3, 1]);
  close(assert, V, [1 - 0.6 * (-(2 / 3) * Math.log(2) + Math.log(3) / 2), -0.3, ...START_V.slice(2)]);
});

test("a softmax of huge scores neither overflows nor loses a small difference", () => {
  const record = smallRecord([[[0], 1]]);
  const said = distributionOf(record, Float64Array.from([1e4, 0, 1e4 + Math.log(3), 0, -1e4, 0]), [1, 0]);
  close(assert, said, [0.25, 0.75, 0], 1e-9);
});

// ---- losses written anew, from definitions -------------------------------------------------------------------------

const dot = (U, row, h) => U[2 * row] * h[0] + U[2 * row + 1] * h[1];
const mean = (V, inputs) => [0, 1].map((j) => inputs.reduce((sum, w) => sum + V[2 * w + j], 0) / inputs.length);

const LOSSES = {
  softmax: (V, U, [inputs, target]) => {
    const h = mean(V, inputs);
    return Math.log([0, 1, 2].reduce((Z, w) => Z + Math.exp(dot(U, w, h)), 0)) - dot(U, target, h);
  },
  negative: (V, U, [inputs, target], draws) => {
    const h = mean(V, inputs);
    const noise = draws.filter((w) => w >= 0).reduce((sum, w) => sum + Math.log(1 + Math.exp(dot(U, w, h))), 0);
    return Math.log(1 + Math.exp(-dot(U, target, h))) + noise;
  },
  hierarchical: (V, U, [inputs, target]) => {
    const h = mean(V, inputs);
    return TREE[target].reduce(
      (sum, [node, label]) => sum - Math.log(1 / (1 + Math.exp((1 - 2 * label) * dot(U, node, h)))),
      0,
    );
  },
};
const TREE = [
  [[1, 1]],
  [
    [1, 0],
    [0, 1],
  ],
  [
    [1, 0],
    [0, 0],
  ],
]; // a: one step; b and c: two
const DRAWS = [
  [2, 2],
  [0, -1],
]; // the same noise word twice; and one draw that was dropped

function variant(objective, examples, changes = {}) {
  const ofObjective = {
    softmax: {},
    negative: { negatives: 2, draws: Int16Array.from(DRAWS.flat()) },
    hierarchical: {
      n_rows: 2,
      key_U: Float64Array.from(START_U.slice(2)),
      path_start: [0, 1, 3, 5],
      path_node: TREE.flat().map(([node]) => node),
      path_label: TREE.flat().map(([, label]) => label),
    },
  };
  return smallRecord(examples, { objective, learning_rate: 0.05, ...ofObjective[objective], ...changes });
}

function slope(loss, numbers, i) {
  const at = (by) => loss(numbers.map((x, j) => (j === i ? x + by : x)));
  const far = 1e-5;
  return (at(far) - at(-far)) / (2 * far);
}

for (const objective of Object.keys(LOSSES)) {
  for (const [kind, examples] of [
    [
      "skip-gram",
      [
        [[0], 1],
        [[2], 0],
      ],
    ],
    [
      "cbow",
      [
        [[0, 2, 2], 1],
        [[1], 2],
      ],
    ],
  ]) {
    test(`an update of ${kind}, ${objective}, goes down the slope of its loss`, () => {
      const record = variant(objective, examples, { architecture: kind });
      const replay = new Replay(record);
      for (const t of [0, 1]) {
        const before = { V: [...replay.stateAt(t).V], U: [...replay.stateAt(t).U] };
        const loss = (V, U) => LOSSES[objective](V, U, examples[t], DRAWS[t]);
        close(assert, [replay.detail(t)[0].loss], [loss(before.V, before.U)], 1e-12, "loss");
        const after = replay.stateAt(t + 1);
        const slopes = (of, name) => before[name].map((_, i) => slope(of, before[name], i));
        const moved = (now, was) => Array.from(now, (x, i) => (was[i] - x) / record.learning_rate);
        close(
          assert,
          moved(after.V, before.V),
          slopes((x) => loss(x, before.U), "V"),
          1e-8,
          "V",
        );
        close(
          assert,
          moved(after.U, before.U),
          slopes((x) => loss(before.V, x), "U"),
          1e-8,
          "U",
        );
      }
    });
  }
}

for (const reduction of ["sum", "mean"]) {
  test(`examples of one update all look at the state before; reduction ${reduction}`, () => {
    const examples = [
      [[0], 1],
      [[0], 2],
      [[1], 0],
    ];
    const record = smallRecord(examples, { groups: [3], reduction, learning_rate: 0.05 });
    const total = (V, U) =>
      examples.reduce((sum, e) => sum + LOSSES.softmax(V, U, e), 0) / (reduction === "mean" ? 3 : 1);
    const after = new Replay(record).stateAt(1);
    close(
      assert,
      after.V.map((x, i) => (START_V[i] - x) / 0.05),
      START_V.map((_, i) => slope((x) => total(x, START_U), START_V, i)),
      1e-8,
    );
    close(
      assert,
      after.U.map((x, i) => (START_U[i] - x) / 0.05),
      START_U.map((_, i) => slope((x) => total(START_V, x), START_U, i)),
      1e-8,
    );
  });
}

test("hierarchical softmax: what is said of all words sums to 1, and is the product along the path", () => {
  const record = variant("hierarchical", [[[0], 1]]);
  const said = distributionOf(record, record.key_U, [0.3, -2]);
  close(assert, [said.reduce((a, b) => a + b)], [1]);
  close(
    assert,
    said,
    [0, 1, 2].map((word) => Math.exp(-LOSSES.hierarchical([0.3, -2], record.key_U, [[0], word]))),
  );
});

test("of some words of a text, P is their share among all, also between two passes", () => {
  const all = smallRecord([[[0], 1]]); // scores 0, log 2, log 3 after word 0, and a sum of 6
  const twice = [Math.log(12), 0, 0]; // over all words of the text, of which these are half
  const key_t = Uint32Array.from([0, 1]);
  const keys = {
    key_V: Float64Array.from([...START_V, ...START_V]),
    key_U: Float64Array.from([...START_U, ...START_U]),
  };
  const some = { ...all, ...keys, key_t, log_sum: Float32Array.from([...twice, Math.log(24), 0, 0]) };
  const replay = new Replay(some);
  close(assert, replay.distribution(replay.keyframe(0), [0]), [1 / 12, 2 / 12, 3 / 12], 1e-6);
  close(assert, replay.distribution(replay.keyframe(1), [0]), [1 / 24, 2 / 24, 3 / 24], 1e-6);
  const between = Math.sqrt(12 * 24);
  close(assert, replay.distribution(replay.blendAt(0.5), [0]), [1 / between, 2 / between, 3 / between], 1e-6);
  const goal = { goal_start: [0, 2, 2, 2], goal_word: Uint32Array.from([1, 2]), goal_count: Uint32Array.from([3, 5]) };
  const { value, counts } = goalOf({ ...some, ...goal, goal_value: Float32Array.from([0.25, 0.5]) }, 0);
  assert.deepEqual(
    [Array.from(value), counts],
    [
      [0, 0.25, 0.5],
      [3, 5],
    ],
  );
});

test("negative sampling says sigma of each score", () => {
  const record = variant("negative", [[[0], 1]]);
  close(assert, distributionOf(record, START_U, [1, 0]), [1 / 2, 2 / 3, 3 / 4]);
});

// ---- time travel ---------------------------------------------------------------------------------------------------

const LONG = Array.from({ length: 60 }, (_, i) => [[i % 3], (i * 7 + 1) % 3]);

test("there and back in any order ends at the same bits", () => {
  const straight = [];
  const walk = new Replay(smallRecord(LONG));
  for (let t = 0; t <= 60; t += 1) straight.push([...walk.stateAt(t).V, ...walk.stateAt(t).U]);
  const jumping = new Replay(smallRecord(LONG));
  for (let i = 0; i < 200; i += 1) {
    const t = (i * 37) % 61;
    const { V, U } = jumping.stateAt(t);
    assert.deepEqual([...V, ...U], straight[t], `moment ${t}`);
  }
  assert.notDeepEqual(straight[0], straight[60]);
});

test("a later keyframe is where the walk goes on, not only the first one", () => {
  const walk = new Replay(smallRecord(LONG));
  const [a, b] = [walk.stateAt(0), walk.stateAt(40)].map(({ V, U }) => ({ V: [...V], U: [...U] }));
  const keys = {
    key_t: Uint32Array.from([0, 40]),
    key_V: Float64Array.from([...START_V, ...b.V]),
    key_U: Float64Array.from([...START_U, ...b.U]),
  };
  const replay = new Replay(smallRecord(LONG, keys));
  assert.equal(replay.cost(45), 5 * replay.msPerUpdate);
  assert.deepEqual([...replay.stateAt(60).V], [...walk.stateAt(60).V]);
  assert.equal(replay.baseFor(39).t, 0);
  assert.ok(a);
});

test("between keyframes, what is only passed by lies on a straight line", () => {
  const keys = {
    key_t: Uint32Array.from([0, 40]),
    key_V: Float64Array.from([...START_V, ...START_V.map((x) => x + 4)]),
    key_U: Float64Array.from([...START_U, ...START_U]),
  };
  const { V, U } = new Replay(smallRecord(LONG, keys)).blendAt(10);
  close(
    assert,
    V,
    START_V.map((x) => x + 1),
  );
  close(assert, U, START_U);
});

test("work stops when its time is up and says so", () => {
  const replay = new Replay(smallRecord(LONG));
  assert.equal(replay.work(60, 0), false);
  assert.equal(replay.current.t, 4, "it looks at the clock every four updates");
  assert.equal(replay.work(60, Infinity), true);
});

test("one vector per word: V and U are one matrix at every moment, also where keyframes are blended", () => {
  const examples = [
    [[0], 1],
    [[1], 2],
    [[2], 0],
  ];
  const record = smallRecord(examples, { one_vector: true, key_U: Float64Array.from(START_V) });
  const replay = new Replay(record);
  for (const t of [3, 1, 2, 0]) {
    const { V, U } = replay.stateAt(t);
    assert.equal(U, V);
  }
  for (const state of [replay.blendAt(1), ...replay.saved]) assert.equal(state.U, state.V);
  const apart = new Replay(smallRecord(examples, { key_U: Float64Array.from(START_V) }));
  const [one, two] = [replay.stateAt(1).V.slice(), apart.stateAt(1)];
  close(
    assert,
    one,
    one.map((_, i) => two.V[i] + two.U[i] - START_V[i]),
  ); // both parts, in the one
});
