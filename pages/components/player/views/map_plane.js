// The plane on which vectors are shown: a row of V or U stands at components @ (row - mean).

export class Plane {
  /** `basis`: {mean, components} of another plane than the record's own. */
  constructor(/** @type {RunRecord} */ record, basis = null) {
    this.record = record;
    this.mean = basis?.mean ?? record.basis_mean;
    this.axes = basis?.components.flat() ?? record.basis_components;
    this.paths = new Map();
  }

  /** Project the row of a matrix that begins at `from` into out[to] and out[to + 1]. */
  projectRow(matrix, from, out, to) {
    const { mean, axes } = this;
    const { dim } = this.record;
    let x = 0;
    let y = 0;
    for (let j = 0; j < dim; j += 1) {
      const value = matrix[from + j] - mean[j];
      x += axes[j] * value;
      y += axes[dim + j] * value;
    }
    out[to] = x;
    out[to + 1] = y;
  }

  /** x and y of each of these rows, one after another, of a matrix that begins at `at`. */
  projectRows(matrix, ids, at = 0) {
    const out = new Float64Array(2 * ids.length);
    ids.forEach((id, i) => this.projectRow(matrix, at + id * this.record.dim, out, 2 * i));
    return out;
  }

  pointOf(row) {
    const point = [0, 0];
    this.projectRow(row, 0, point, 0);
    return point;
  }

  /** How far a point goes when its vector changes by `change`. */
  shiftOf(change) {
    const { dim } = this.record;
    const shift = [0, 0];
    for (let j = 0; j < dim; j += 1) {
      shift[0] += this.axes[j] * change[j];
      shift[1] += this.axes[dim + j] * change[j];
    }
    return shift;
  }

  /** x and y of one row at every keyframe. */
  pathOf({ key, kind, id }) {
    if (!this.paths.has(key)) {
      const { key_t: at, key_V: V, key_U: U, n_words: nWords, n_rows: nRows, dim } = this.record;
      const path = new Float64Array(2 * at.length);
      for (let i = 0; i < at.length; i += 1) {
        const [matrix, size] = kind === "v" ? [V, nWords * dim] : [U, nRows * dim];
        this.projectRow(matrix, i * size + id * dim, path, 2 * i);
      }
      this.paths.set(key, path);
    }
    return this.paths.get(key);
  }
}
