// P(o | inputs) over the whole run: at the saved states at once, then, while nothing else is to be done, at moments
// evenly spread over the run, each from its exact state. Pure arithmetic.
import { Replay } from "./replay.js";

export const MOST_SAMPLES = 1000;

/** How many updates lie between two evenly spread moments, at most `most` of them. */
export function strideFor(nSteps, most = MOST_SAMPLES) {
  return Math.max(1, Math.ceil(nSteps / most));
}

/** All moments of one line: those of the saved states and the evenly spread ones, each once, ascending. */
export function sampleMoments(keyMoments, nSteps, stride) {
  const moments = new Set(keyMoments);
  for (let t = 0; t < nSteps; t += stride) moments.add(t);
  moments.add(nSteps);
  return Uint32Array.from(moments).sort();
}

/**
 * The lines of several words after the same inputs.
 *   moments  ascending
 *   values   values[i * ids.length + k] is what is said of ids[k] at moments[i]; NaN as long as it is not known
 */
export class Samples {
  constructor(record, inputs, ids, replay = new Replay(record), most = MOST_SAMPLES) {
    /** @type {RunRecord} */
    this.record = record;
    this.inputs = inputs;
    this.ids = ids;
    this.replay = replay;
    this.stride = strideFor(record.n_steps, most);
    this.moments = sampleMoments(record.key_t, record.n_steps, this.stride);
    this.values = new Float64Array(this.moments.length * ids.length).fill(NaN);
    this.keys = 0; // saved states that were read
    this.next = 0; // the next moment to be filled in
  }

  get finished() {
    return this.next >= this.moments.length;
  }

  /** Go on for about `ms`. Returns whether every moment is known. */
  work(ms) {
    const began = performance.now();
    const left = () => ms - (performance.now() - began);
    for (let at = 0; this.keys < this.record.key_t.length && left() > 0; this.keys += 1) {
      const t = this.record.key_t[this.keys];
      while (this.moments[at] < t) at += 1;
      this.put(at, this.replay.keyframe(this.keys));
    }
    while (this.keys === this.record.key_t.length && !this.finished) {
      if (Number.isNaN(this.values[this.next * this.ids.length])) {
        if (left() <= 0 || !this.replay.work(this.moments[this.next], left())) return false;
        this.put(this.next, this.replay.current);
      }
      this.next += 1;
    }
    return this.finished;
  }

  put(at, state) {
    const predicted = this.replay.distribution(state, this.inputs);
    this.ids.forEach((id, k) => {
      this.values[at * this.ids.length + k] = predicted[id];
    });
  }

  /** The largest number of updates between two known moments. */
  resolution() {
    let gap = 0;
    let last = 0;
    this.moments.forEach((t, i) => {
      if (Number.isNaN(this.values[i * this.ids.length])) return;
      gap = Math.max(gap, t - last);
      last = t;
    });
    return gap;
  }

  /** The known points of one word: [[t, p], ...]. */
  line(k) {
    const points = [];
    this.moments.forEach((t, i) => {
      const p = this.values[i * this.ids.length + k];
      if (!Number.isNaN(p)) points.push([t, p]);
    });
    return points;
  }
}
