// The table of objectives, and a fourth one that is put in beside them: everything that asks works with it.
import assert from "node:assert/strict";
import test from "node:test";

import { Bars } from "../../pages/components/player/views/bars.js";
import { anyObjective } from "../../pages/components/kit/objectives/objective.js";
import { OBJECTIVES, objectiveOf } from "../../pages/components/kit/objectives/objectives.js";
import { goalOf } from "../../pages/components/player/model/record.js";
import { Replay } from "../../pages/components/player/model/replay.js";
import { cardsOf, columnsOf } from "../../pages/components/ledger/cards.js";
import { MeanLoss, finish } from "../../pages/components/player/model/stop.js";
import { close, smallRecord } from "./small.js";

// The true word's score must be larger than every other's by 1, as in tests/test_new_objective.py.
OBJECTIVES.hinge = {
  ...anyObjective,
  sumsToOne: false,
  allRows: true,
  setRows: OBJECTIVES.softmax.setRows,
  predict(trace, target) {
    const short = Array.from(trace.scores, (s, w) => (w === target ? 0 : Math.max(0, 1 + s - trace.scores[target])));
    short.forEach((x, w) => {
      trace.P[w] = x > 0 ? 1 : 0;
    });
    trace.P[target] = 1 - short.filter((x) => x > 0).length;
    return short.reduce((sum, x) => sum + x, 0);
  },
  overVocabulary: (_record, scores) => scores,
  lossOfRow: (_record, scores, asked) =>
    asked.reduce(
      (sum, [id, yes]) =>
        sum + yes * scores.reduce((all, s, w) => all + (w === id ? 0 : Math.max(0, 1 + s - scores[id])), 0),
      0,
    ),
  symbol: "score",
  activation: "none",
};

const RECORD = smallRecord([[[0], 1]], {
  objective: "hinge",
  goal_start: Uint32Array.from([0, 1, 1, 1]),
  goal_word: Uint32Array.from([1]),
  goal_count: Float64Array.from([2]),
});

test("every objective of the table answers every question", () => {
  const asked = new Set(
    Object.values(OBJECTIVES)
      .slice(0, 3)
      .flatMap((objective) => Object.keys(objective)),
  );
  for (const name of Object.keys(OBJECTIVES)) {
    const objective = objectiveOf({ objective: name });
    for (const question of asked) assert.notEqual(objective[question], undefined, `${name}: ${question}`);
  }
});

test("an update of the new objective by hand: scores 0, ln 2, ln 3, and only the margin to the third is missed", () => {
  const replay = new Replay(RECORD);
  const [example] = replay.detail(0);
  close(assert, example.P, [1, -1, 1]);
  close(assert, example.error, [1, -2, 1]);
  close(assert, [example.loss], [1 - Math.log(2) + 1 + Math.log(3) - Math.log(2)]);
  close(assert, replay.stateAt(1).U, [-0.6, 0, Math.log(2) + 1.2, 0, Math.log(3) - 0.6, 1]);
});

test("its mean loss, goal and bars are asked of it, too", () => {
  const replay = new Replay(RECORD);
  const loss = finish(new MeanLoss(RECORD).of(replay.stateAt(0)));
  close(assert, [loss], [2 - 2 * Math.log(2) + Math.log(3)]);
  assert.deepEqual(Array.from(goalOf(RECORD, 0).value), [0, 1, 0]);
  close(assert, replay.distribution(replay.stateAt(0), [0]), [0, Math.log(2), Math.log(3)]);
  const bars = Object.assign(Object.create(Bars.prototype), {
    record: RECORD,
    predicted: [0.5, 0.5, 0],
    subject: { goal: goalOf(RECORD, 0) },
  });
  assert.equal(bars.distance(), 0.5);
});

test("every card of the ledger has its words for every objective, the new one as well", () => {
  for (const objective of Object.values(OBJECTIVES)) {
    const arrays = { score: [0, 1], P: [0.25, 0.75], y: [1, 0], weight: [1, 2] };
    const u = {
      objective,
      arrays,
      cbow: false,
      group: false,
      inputs: ["a"],
      input: "a",
      target: "b",
      nInputs: 1,
      movedInWords: "all",
      contextVector: "vector",
      about: { n_rows: 2, n_words: 3, rate: 0.1, shift: 1, Z: 3, log_sum: 2, loss: 0.5 },
    };
    const row = { i: 0, name: "b" };
    const written = JSON.stringify([
      cardsOf(u),
      columnsOf(u),
      objective.activationSymbols(),
      objective.lossSymbols(),
      objective.activationNumbers(u, row),
      objective.lossNumbers(u, row),
      objective.activationSentence(u, row),
      objective.lossSentence(u, row),
    ]);
    assert.doesNotMatch(written.replaceAll("null,", ""), /undefined|NaN|null/);
    assert.equal(
      cardsOf(u).filter((card) => card?.title && card.plain && card.caption && card.phrase && card.formula).length,
      8,
    );
    assert.deepEqual(objective.activationNumbers(u, row).at(-1), { result: objective.rowsSumToOne ? 1 : 0.25 });
    assert.deepEqual(objective.lossNumbers(u, row).at(-1).slice(-2), [{ result: 0.5, role: "loss" }, " nats"]);
  }
});
