// What one update changes in all of P(.|.): how much in each row, and how much of it outside the update's own rows.
// Pure arithmetic, in slices, so that a large vocabulary does not hold up the page.
import { inputsOf } from "./record.js";
import { distributionOf, hiddenOf } from "./replay.js";

/** The inputs of each row of predictions: one word for skip-gram; for CBOW each bag of context words of the text. */
export function rowInputs(/** @type {RunRecord} */ record) {
  if (record.architecture !== "cbow") return Array.from({ length: record.n_words }, (_, word) => [word]);
  const inputs = new Array(record.goal_start.length - 1).fill(null);
  record.example_goal_row.forEach((row, example) => {
    inputs[row] ??= Array.from(inputsOf(record, example));
  });
  return inputs.map((bag) => bag ?? []);
}

/** The rows that the examples first .. end - 1 are about. */
export function ownRows(/** @type {RunRecord} */ record, first, end) {
  const rows = new Set();
  for (let example = first; example < end; example += 1) {
    const cbow = record.architecture === "cbow";
    rows.add(cbow ? record.example_goal_row[example] : record.inputs[record.input_start[example]]);
  }
  return rows;
}

/** P after minus P before, for one row of inputs: (n_words,). */
export function rowChange(/** @type {RunRecord} */ record, before, after, inputs) {
  const h = new Float64Array(record.dim);
  const was = distributionOf(record, before.U, hiddenOf(before.V, record.dim, inputs, h));
  const is = distributionOf(record, after.U, hiddenOf(after.V, record.dim, inputs, h));
  return is.map((p, word) => p - was[word]);
}

/**
 * Adds up the change row by row.
 *   rows      the inputs of each row, from rowInputs
 *   change    total variation of each row: half the sum of |P after - P before| over all words
 *   columns   the sum of |P after - P before| of each predicted word over all rows
 *   total     the sum of `change`
 *   elsewhere the share of `total` that lies in rows that the update is not about
 */
export class RippleSum {
  constructor(record, before, after, own, rows = rowInputs(record)) {
    /** @type {RunRecord} */
    this.record = record;
    this.before = before;
    this.after = after;
    this.own = own;
    this.t = -1; // the update that it is about, where the owner says so
    this.rows = rows;
    this.done = 0;
    this.total = 0;
    this.elsewhere = 0;
    this.change = new Float64Array(rows.length);
    this.columns = new Float64Array(record.n_words);
  }

  /** Go on for about `ms`. Returns whether all rows are done. */
  work(ms) {
    const began = performance.now();
    while (this.done < this.rows.length) {
      this.addRow(this.done);
      this.done += 1;
      if (performance.now() - began > ms) break;
    }
    if (this.done < this.rows.length) return false;
    this.total = 0;
    let own = 0;
    this.change.forEach((change, row) => {
      this.total += change;
      if (this.own.has(row)) own += change;
    });
    this.elsewhere = this.total > 0 ? 1 - own / this.total : 0;
    return true;
  }

  addRow(row) {
    if (!this.rows[row].length) return;
    let sum = 0;
    rowChange(this.record, this.before, this.after, this.rows[row]).forEach((change, word) => {
      const size = Math.abs(change);
      sum += size;
      this.columns[word] += size;
    });
    this.change[row] = sum / 2;
  }

  /** The change of one row, all words: computed anew, so that no table of all pairs is kept. */
  row(row) {
    return rowChange(this.record, this.before, this.after, this.rows[row]);
  }
}

/** The numbers of the `most` largest values, in ascending order of number; `always` are among them. */
export function largest(values, most, always = []) {
  const order = Array.from(values, (_, i) => i);
  if (order.length <= most) return order;
  const first = new Set(always);
  order.sort((a, b) => Number(first.has(b)) - Number(first.has(a)) || values[b] - values[a] || a - b);
  return order.slice(0, most).sort((a, b) => a - b);
}
