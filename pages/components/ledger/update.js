// What Python sent of one update, and the rows of the ledger. Nothing is computed here.
import { displayWord } from "../kit/format.js";
import { objectiveOf } from "../kit/objectives/objectives.js";
import { unpack } from "../kit/packing.js";

export class Update {
  constructor(bytes) {
    const { header, arrays } = unpack(bytes);
    this.about = header;
    this.arrays = arrays;
    this.dim = header.dim;
    this.objective = objectiveOf(header);
    this.cbow = header.cbow;
    this.group = header.examples > 1;
    this.oneVector = header.one_vector;
    this.target = displayWord(header.target_name);
    this.inputs = header.input_names.map(displayWord);
    this.nInputs = header.input_times.reduce((a, b) => a + b, 0);
    this.input = this.inputs[0];
    this.hidden = {
      kind: "h",
      key: "h",
      name: this.cbow ? "average" : this.input,
      times: 1,
      word: this.cbow ? null : header.input_ids[0],
    };
    this.rows = this.listRows();
    this.vectorScale = largest(arrays.u, arrays.v, arrays.new_u, arrays.new_v);
    this.gradientScale = largest(arrays.grad_u, arrays.grad_h);
    this.scoreScale = largest(arrays.score);
    this.predictionScale = Math.min(
      1,
      largest(
        ...["before", "after", "wanted", "other_before", "other_after", "other_wanted"].map((name) => arrays[name]),
      ),
    );
    this.shareScale = largest(arrays.P);
  }

  /** The same for the same example of the same update of a run. */
  get key() {
    const { update, example, target, input_ids: inputs } = this.about;
    return [update, example, target, inputs.join("."), this.rows.length, this.arrays.score[0], this.last].join(":");
  }

  /** The last card that is shown: those after it come when a question on top is answered. */
  get last() {
    return this.about.last;
  }

  listRows() {
    const { about } = this;
    const rows = about.row_names.map((name, i) => ({
      kind: "u",
      key: `u${i}`,
      i,
      name: displayWord(name),
      word: this.objective.wordsInU ? about.row_ids[i] : null,
      times: about.row_times[i],
      yes: this.arrays.y[i] === 1,
    }));
    if (about.other_ids.length) {
      rows.push({ kind: "title", key: "others", name: this.objective.othersTitle });
      about.other_ids.forEach((word, i) =>
        rows.push({
          kind: "word",
          key: `w${i}`,
          i,
          name: displayWord(about.other_names[i]),
          word,
          times: 1,
          yes: word === about.target,
        }),
      );
    }
    if (this.cbow) {
      rows.push({ kind: "title", key: "inputs", name: "Input vectors: the words of the context" });
      about.input_ids.forEach((word, i) =>
        rows.push({ kind: "v", key: `v${i}`, i, name: this.inputs[i], word, times: about.input_times[i] }),
      );
    }
    return rows;
  }

  /** Row i of a matrix. */
  vector(name, i) {
    return this.arrays[name].subarray(i * this.dim, (i + 1) * this.dim);
  }

  /** The vectors of a row: as it was, its gradient, as it is now, how far it moved; undefined where it has none. */
  vectorsOf(row) {
    const { arrays } = this;
    const moved = (name) => (arrays[name] ? this.vector(name, row.i ?? 0) : undefined);
    if (row.kind === "u") {
      return {
        symbol: "u",
        old: this.vector("u", row.i),
        gradient: this.vector("grad_u", row.i),
        now: this.vector("new_u", row.i),
        moved: moved("moved_u"),
      };
    }
    if (row.kind === "v" || (row.kind === "h" && !this.cbow)) {
      const i = row.i ?? 0;
      return {
        symbol: "v",
        old: this.vector("v", i),
        gradient: this.vector("grad_v", i),
        now: this.vector("new_v", i),
        moved: moved("moved_v"),
      };
    }
    return row.kind === "h" ? { symbol: "h", old: arrays.h, gradient: arrays.grad_h } : {};
  }

  /** What is said of a row's word: before, after, and what the text says; null for a row that is no word. */
  predictionOf(row) {
    const { arrays } = this;
    if (row.kind === "word") {
      return {
        before: arrays.other_before[row.i],
        after: arrays.other_after[row.i],
        wanted: arrays.other_wanted[row.i],
      };
    }
    if (row.kind !== "u" || !this.objective.wordsInU) return null;
    return { before: arrays.before[row.i], after: arrays.after[row.i], wanted: arrays.wanted[row.i] };
  }

  /** Of a word, what is compared with what was looked up. */
  get contextVector() {
    return this.oneVector ? "vector" : "second vector";
  }

  /** What is said of the true word. */
  get predictionOfTarget() {
    const row = this.rows.find((r) => r.word === this.about.target && (r.kind === "u" || r.kind === "word"));
    return this.predictionOf(row);
  }

  /** "1 of 27 input vectors and all 27 output vectors"; "all 27 vectors" where a word has one. */
  get movedInWords() {
    const {
      moved: [v, u],
      n_words: allV,
      total_u: allU,
    } = this.about;
    const some = (n, all, noun) => `${n === all ? "all" : `${n} of`} ${all} ${noun}`;
    if (this.oneVector) return some(v, allV, "vectors");
    return `${some(v, allV, "input vectors (V)")} and ${some(u, allU, "output vectors (U)")}`;
  }
}

function largest(...arrays) {
  let most = 0;
  for (const array of arrays) for (const x of array ?? []) most = Math.max(most, Math.abs(x));
  return most || 1;
}
