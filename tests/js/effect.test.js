// One update's effect: the states around it, the rows it touches, and P of its targets before and after.
import assert from "node:assert/strict";
import test from "node:test";

import { Effect } from "../../pages/components/player/model/effect.js";
import { Replay } from "../../pages/components/player/model/replay.js";
import { close, smallRecord } from "./small.js";

test("effect: the states before and after are those of the replay", () => {
  const record = smallRecord([
    [[0], 1],
    [[1], 2],
  ]);
  const effect = new Effect(record).at(1, Infinity);
  const replay = new Replay(record);
  close(assert, effect.before.V, replay.stateAt(1).V.slice());
  close(assert, effect.after.U, replay.stateAt(2).U.slice());
});

test("effect: full softmax touches every row of U, and of V the input's", () => {
  const effect = new Effect(smallRecord([[[0], 1]])).at(0, Infinity);
  assert.deepEqual([...effect.V], [0]);
  assert.deepEqual([...effect.U].sort(), [0, 1, 2]);
});

test("effect: negative sampling touches the target's row and the drawn ones", () => {
  const record = smallRecord([[[0], 1]], { objective: "negative", negatives: 2, draws: Int16Array.from([2, -1]) });
  const effect = new Effect(record).at(0, Infinity);
  assert.deepEqual([...effect.U].sort(), [1, 2]);
});

test("effect: the target of an example is likelier after its update", () => {
  const effects = new Effect(smallRecord([[[0], 1]]));
  const [pair] = effects.pairs(effects.at(0, Infinity), 4);
  assert.deepEqual([pair.inputs, pair.target], [[0], 1]);
  assert.ok(pair.after > pair.before);
});

test("effect: where every word has one vector, it is one matrix before and after", () => {
  const record = smallRecord([[[0], 1]], { one_vector: true });
  const effect = new Effect(record).at(0, Infinity);
  assert.deepEqual([...effect.V].sort(), [0, 1, 2]);
  assert.equal(effect.before.U, effect.before.V);
  assert.equal(effect.after.U, effect.after.V);
  assert.notEqual(effect.after.V, effect.before.V);
  close(assert, effect.after.V, new Replay(record).stateAt(1).V);
});
