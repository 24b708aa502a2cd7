// When to stop playing: a question asked of the model after every single update, until its answer turns to yes.
// Pure arithmetic, in slices: a condition is a generator that may pause between rows and returns true or false.
import { mostLike } from "./alike.js";
import { objectiveOf } from "../../kit/objectives/objectives.js";
import { goalOf } from "./record.js";
import { Replay, distributionOf, hiddenOf } from "./replay.js";
import { rowInputs } from "./ripple.js";

const CELLS_PER_SLICE = 100_000; // multiplications between two looks at the clock

/** What the counts of one row of predictions ask for: [word, how often as true word, how often as noise]. */
function questionsOf(/** @type {RunRecord} */ record, row) {
  const { ids, counts } = goalOf(record, row);
  return objectiveOf(record).questions(record, ids, counts);
}

/** Mean loss over all examples of the text: the curve of the loss picture, nats per example. */
export class MeanLoss {
  constructor(record) {
    /** @type {RunRecord} */
    this.record = record;
    this.rows = rowInputs(record).map((inputs, row) => ({ inputs, asked: questionsOf(record, row) }));
    this.total = record.goal_count.reduce((sum, n) => sum + n, 0);
  }

  /** Yields now and then; returns the loss of a state. */
  *of(state) {
    const { record } = this;
    const h = new Float64Array(record.dim);
    let sum = 0;
    let cells = 0;
    for (const { inputs, asked } of this.rows) {
      if (!asked.length) continue;
      hiddenOf(state.V, record.dim, inputs, h);
      sum += lossOfRow(record, state.U, h, asked);
      cells += record.n_rows * record.dim;
      if (cells > CELLS_PER_SLICE) {
        cells = 0;
        yield;
      }
    }
    return sum / this.total;
  }
}

function lossOfRow(/** @type {RunRecord} */ record, U, h, asked) {
  const { dim, n_rows: nRows } = record;
  const scores = new Float64Array(nRows);
  for (let row = 0; row < nRows; row += 1) {
    let score = 0;
    for (let j = 0; j < dim; j += 1) score += U[row * dim + j] * h[j];
    scores[row] = score;
  }
  return objectiveOf(record).lossOfRow(record, scores, asked);
}

/** The word whose row of V points most nearly the same way (largest cosine; the first of equals), or -1. */
export function nearestWord(/** @type {RunRecord} */ record, V, word) {
  return mostLike(V, record.dim, word, 1)[0]?.word ?? -1;
}

/** The mean loss falls below x. */
export function lossBelow(/** @type {RunRecord} */ record, x) {
  const loss = new MeanLoss(record);
  return function* (state) {
    return (yield* loss.of(state)) < x;
  };
}

/** P(o | inputs) rises above p. */
export function probabilityAbove(/** @type {RunRecord} */ record, inputs, o, p) {
  return function* (state) {
    const h = hiddenOf(state.V, record.dim, inputs, new Float64Array(record.dim));
    return distributionOf(record, state.U, h)[o] > p;
  };
}

/** The nearest word is another one than at the first moment that is asked about. */
export function nearestChanges(/** @type {RunRecord} */ record, word) {
  let first = null;
  return function* (state) {
    const now = nearestWord(record, state.V, word);
    first ??= now;
    return now !== first;
  };
}

/**
 * Looks for the first moment after `from` at which a condition holds that did not hold one update before.
 *   checked  the last moment that was asked about
 *   found    that moment, or null
 */
export class StopSearch {
  constructor(record, condition, from) {
    this.replay = new Replay(record);
    this.condition = condition;
    this.checked = from - 1;
    this.found = null;
    this.held = true;
    this.asking = null;
  }

  /** Go on to moment t for about `ms`. Returns whether all moments up to t, or up to the one found, are checked. */
  work(t, ms) {
    const began = performance.now();
    const left = () => ms - (performance.now() - began);
    while (this.found === null && this.checked < t) {
      const moment = this.checked + 1;
      if (!this.asking) {
        if (!this.replay.work(moment, left())) return false;
        this.asking = this.condition(this.replay.current);
      }
      const answer = this.asking.next();
      if (answer.done) {
        if (answer.value && !this.held) this.found = moment;
        this.held = answer.value;
        this.checked = moment;
        this.asking = null;
      }
      if (left() <= 0) break;
    }
    return this.found !== null || this.checked >= t;
  }
}

/** Run a generator to its end. */
export function finish(generator) {
  let step = generator.next();
  while (!step.done) step = generator.next();
  return step.value;
}
