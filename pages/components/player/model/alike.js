// Which words are most like one: by the cosine of their rows, as in w2v/neighbours.py.

/**
 * The `most` words whose rows point most nearly the same way, {word, cosine}, the likest first; of equals the first.
 * matrix: rows of vectors; dim: how long; ids: of these words, or of all
 */
export function mostLike(matrix, dim, word, most, ids = null) {
  const dot = (a, b) => {
    let sum = 0;
    for (let j = 0; j < dim; j += 1) sum += matrix[a * dim + j] * matrix[b * dim + j];
    return sum;
  };
  const length = Math.sqrt(dot(word, word));
  const found = [];
  const n = ids ? ids.length : matrix.length / dim;
  for (let i = 0; i < n; i += 1) {
    const other = ids ? ids[i] : i;
    if (other === word) continue;
    const both = length * Math.sqrt(dot(other, other));
    const cosine = both > 0 ? dot(word, other) / both : 0;
    if (found.length === most && !(cosine > found[most - 1].cosine)) continue;
    let place = Math.min(found.length, most - 1);
    while (place > 0 && cosine > found[place - 1].cosine) {
      found[place] = found[place - 1];
      place -= 1;
    }
    found[place] = { word: other, cosine };
  }
  return found;
}

/** Of these the ones that are like it at all: a vector across or against another has nothing in common with it. */
export function likeIt(matrix, dim, word, most, ids = null) {
  return mostLike(matrix, dim, word, most, ids).filter(({ cosine }) => cosine > 0);
}
