// The model right before and right after one update, and which of its rows that update touches.
import { examplesOf, inputsOf } from "./record.js";
import { copies, Replay } from "./replay.js";

export class Effect {
  constructor(record) {
    this.record = record;
    this.replay = new Replay(record);
    this.known = null;
  }

  /** {t, before, after, V: rows of V touched, U: rows of U touched}, or null when `ms` were not enough: ask again. */
  at(t, ms) {
    if (this.known?.t === t) return this.known;
    if (!this.replay.work(t, ms)) return null;
    const { current } = this.replay;
    const after = { t, ...copies(current) };
    this.replay.applyUpdate(after);
    this.known = { t, before: copies(current), after, ...this.touched(t) };
    return this.known;
  }

  touched(t) {
    const { record, replay } = this;
    const [V, U] = [new Set(), new Set()];
    const [first, end] = examplesOf(record, t);
    for (let example = first; example < end; example += 1) {
      for (const word of inputsOf(record, example)) V.add(word);
      replay.setRows(example, t);
      for (let r = 0; r < replay.trace.count; r += 1) U.add(replay.trace.rows[r]);
    }
    if (!record.one_vector) return { V, U };
    const both = new Set([...V, ...U]);
    return { V: both, U: both };
  }

  /** What the update did to each of its first `most` examples: the P of its target before and after. */
  pairs(effect, most) {
    const { record, replay } = this;
    const [first, end] = examplesOf(record, effect.t);
    const pairs = [];
    for (let example = first; example < Math.min(end, first + most); example += 1) {
      const inputs = Array.from(inputsOf(record, example));
      const target = record.targets[example];
      const predicted = (state) => replay.distribution(state, inputs)[target];
      pairs.push({ inputs, target, before: predicted(effect.before), after: predicted(effect.after) });
    }
    return pairs;
  }
}
