// The state of the model at any moment: the nearest saved state, and from there the updates themselves, done again.
// Pure arithmetic in double precision; the same formulas as the trainer's.

import { objectiveOf } from "../../kit/objectives/objectives.js";
import { exampleNumber, examplesOf, inputsOf, lastAtMost, logSumAt, rateAt } from "./record.js";

const SAVED_BYTES = 6e6; // memory for states kept on the way, so that stepping back is instant

function dotRow(matrix, row, vector, dim) {
  let sum = 0;
  const at = row * dim;
  for (let j = 0; j < dim; j += 1) sum += matrix[at + j] * vector[j];
  return sum;
}

/** Mean of the input vectors. */
export function hiddenOf(V, dim, inputs, out) {
  out.fill(0);
  for (const word of inputs) {
    for (let j = 0; j < dim; j += 1) out[j] += V[word * dim + j];
  }
  if (inputs.length > 1) {
    for (let j = 0; j < dim; j += 1) out[j] /= inputs.length;
  }
  return out;
}

/** What the model says of every word for one hidden vector; logSum: where only some words of the text are here, over all. */
export function distributionOf(/** @type {RunRecord} */ record, U, h, logSum = null) {
  const { n_rows: nRows, dim } = record;
  const scores = new Float64Array(nRows);
  for (let row = 0; row < nRows; row += 1) scores[row] = dotRow(U, row, h, dim);
  return objectiveOf(record).overVocabulary(record, scores, logSum);
}

/** Copies of V and U that may be written to: one for both where they are one, as with one vector per word. */
export function copies({ V, U }) {
  const ownV = V.slice();
  return { V: ownV, U: U === V ? ownV : U.slice() };
}

/** All that is computed for one example, as in w2v's Trace: the first `count` of rows, labels, scores, P and error count. */
function emptyTrace(record, rows) {
  const floats = () => new Float64Array(rows);
  return {
    rows: new Int32Array(rows),
    count: 0,
    labels: floats(),
    scores: floats(),
    P: floats(),
    error: floats(),
    h: new Float64Array(record.dim),
    gradH: new Float64Array(record.dim),
    loss: 0,
  };
}

export class Replay {
  constructor(record) {
    /** @type {RunRecord} */
    this.record = record;
    this.objective = objectiveOf(record);
    this.sizeV = record.n_words * record.dim;
    this.sizeU = record.n_rows * record.dim;
    this.current = { t: -1, ...this.zeros() };
    this.spare = null; // for updates of several examples, which all look at the state before
    this.mixed = null; // for moments between keyframes that are only passed by
    this.saved = []; // states inside one stretch between keyframes, sorted by t
    this.saving = null;
    this.msPerUpdate = 0.02;
    this.trace = emptyTrace(record, this.objective.mostRows(record));
  }

  /** A V and a U to write to; one matrix where the record has one vector per word. */
  zeros() {
    const V = new Float64Array(this.sizeV);
    return { V, U: this.record.one_vector ? V : new Float64Array(this.sizeU) };
  }

  // ---- one example: predict, compare, differentiate -------------------------------------------------------------

  /** Which rows of U take part in one example of update t, and what they should say, into this.trace. */
  setRows(example, t) {
    const { record, trace } = this;
    this.objective.setRows(trace, record, record.targets[example], exampleNumber(record, t, example));
  }

  /** Everything of one example at the given V and U, into this.trace. */
  traceExample(V, U, example, t) {
    const { record, trace, objective } = this;
    const { dim } = record;
    const { rows, labels, scores, P, error, h, gradH } = trace;
    this.setRows(example, t);
    hiddenOf(V, dim, inputsOf(record, example), h); // h = mean of V[inputs]
    for (let r = 0; r < trace.count; r += 1) scores[r] = dotRow(U, rows[r], h, dim); // scores = U[rows] @ h
    trace.loss = objective.predict(trace, record.targets[example]);
    gradH.fill(0);
    for (let r = 0; r < trace.count; r += 1) {
      error[r] = P[r] - labels[r]; // error = P - labels
      const at = rows[r] * dim;
      for (let j = 0; j < dim; j += 1) gradH[j] += error[r] * U[at + j]; // grad_h = error @ U[rows]
    }
    return trace;
  }

  /** Move V and U downhill by what this.trace found. */
  descend(V, U, example, rate) {
    const { record, trace } = this;
    const { dim } = record;
    const { rows, error, h, gradH } = trace;
    for (let r = 0; r < trace.count; r += 1) {
      const at = rows[r] * dim;
      for (let j = 0; j < dim; j += 1) U[at + j] -= rate * (error[r] * h[j]); // grad_U = outer(error, h)
    }
    const inputs = inputsOf(record, example);
    for (const word of inputs) {
      const at = word * dim;
      for (let j = 0; j < dim; j += 1) V[at + j] -= rate * (gradH[j] / inputs.length);
    }
  }

  // ---- updates and states ---------------------------------------------------------------------------------------

  /** Do update state.t in place: afterwards the state is that of moment state.t + 1. */
  applyUpdate(state) {
    const { record } = this;
    const [first, end] = examplesOf(record, state.t);
    let rate = rateAt(record, state.t);
    if (end - first === 1) {
      this.traceExample(state.V, state.U, first, state.t);
      this.descend(state.V, state.U, first, rate);
    } else if (end > first) {
      if (record.reduction === "mean") rate /= end - first;
      if (!this.spare) this.spare = this.zeros();
      const { V, U } = this.spare;
      V.set(state.V);
      U.set(state.U);
      for (let example = first; example < end; example += 1) {
        this.traceExample(state.V, state.U, example, state.t);
        this.descend(V, U, example, rate);
      }
      this.spare = { V: state.V, U: state.U };
      state.V = V;
      state.U = U;
    }
    state.t += 1;
  }

  keyframe(i) {
    const { record } = this;
    const V = record.key_V.subarray(i * this.sizeV, (i + 1) * this.sizeV);
    const U = record.one_vector ? V : record.key_U.subarray(i * this.sizeU, (i + 1) * this.sizeU);
    return { t: record.key_t[i], V, U };
  }

  /** The latest known state that is not after t. */
  baseFor(t) {
    let best = this.keyframe(lastAtMost(this.record.key_t, t));
    for (const state of this.saved) if (state.t <= t && state.t > best.t) best = state;
    if (this.current.t >= 0 && this.current.t <= t && this.current.t >= best.t) best = this.current;
    return best;
  }

  /** Milliseconds that the exact state of moment t would cost now. */
  cost(t) {
    return (t - this.baseFor(t).t) * this.msPerUpdate;
  }

  /** Go on towards moment t for at most `ms`. Returns whether this.current is the state of moment t. */
  work(t, ms) {
    if (this.current.t === t) return true;
    const base = this.baseFor(t);
    if (base !== this.current) this.load(base, t);
    const began = performance.now();
    let done = 0;
    while (this.current.t < t) {
      this.applyUpdate(this.current);
      done += 1;
      this.keepState(t);
      if (done % 4 === 0 && performance.now() - began > ms) break;
    }
    if (done >= 8) this.msPerUpdate = 0.5 * this.msPerUpdate + 0.5 * ((performance.now() - began) / done);
    return this.current.t === t;
  }

  load(base, t) {
    const back = this.current.t > t;
    this.current.t = base.t;
    this.current.V.set(base.V);
    this.current.U.set(base.U);
    if (this.saved.includes(base)) return;
    this.saved = [];
    const most = Math.max(2, Math.min(128, Math.floor(SAVED_BYTES / (8 * (this.sizeV + this.sizeU)))));
    this.saving = back ? { from: base.t, to: t, every: Math.max(1, Math.ceil((t - base.t) / most)) } : null;
  }

  keepState(t) {
    const { saving, current } = this;
    if (!saving || saving.to !== t || current.t >= t || (current.t - saving.from) % saving.every !== 0) return;
    this.saved.push({ t: current.t, ...copies(current) });
  }

  /** The exact state of moment t. Valid until the next call; read only. */
  stateAt(t) {
    this.work(t, Infinity);
    return this.current;
  }

  /** A straight line between the keyframes around t: only for moments that are passed by. */
  blendAt(t) {
    const { key_t: at } = this.record;
    const i = lastAtMost(at, t);
    const before = this.keyframe(i);
    if (i + 1 >= at.length || t <= before.t) return before;
    const after = this.keyframe(i + 1);
    const share = (t - before.t) / (after.t - before.t);
    if (!this.mixed) this.mixed = { t: 0, ...this.zeros() };
    const { V, U } = this.mixed;
    for (let j = 0; j < this.sizeV; j += 1) V[j] = before.V[j] + share * (after.V[j] - before.V[j]);
    for (let j = 0; j < this.sizeU; j += 1) U[j] = before.U[j] + share * (after.U[j] - before.U[j]);
    this.mixed.t = t;
    return this.mixed;
  }

  /** Everything update t computes, for each of its examples. */
  detail(t) {
    const { record } = this;
    const { V, U } = this.stateAt(t);
    const [first, end] = examplesOf(record, t);
    const examples = [];
    for (let example = first; example < end; example += 1) {
      const p = this.traceExample(V, U, example, t);
      examples.push({
        inputs: inputsOf(record, example).slice(),
        target: record.targets[example],
        rows: p.rows.slice(0, p.count),
        labels: p.labels.slice(0, p.count),
        h: p.h.slice(),
        scores: p.scores.slice(0, p.count),
        P: p.P.slice(0, p.count),
        loss: p.loss,
        error: p.error.slice(0, p.count),
        gradH: p.gradH.slice(),
      });
    }
    return examples;
  }

  /** What the model of a state says of every word after these inputs. */
  distribution(state, inputs) {
    const h = hiddenOf(state.V, this.record.dim, inputs, new Float64Array(this.record.dim));
    return distributionOf(this.record, state.U, h, logSumAt(this.record, state.t, inputs[0]));
  }
}
