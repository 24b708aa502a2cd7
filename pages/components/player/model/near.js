// The words most like one word: those whose vectors point most nearly the same way.

/**
 * Of some words the `n` with the largest cosine to one of them, the best first.
 * matrix: rows of vectors; dim: how long; ids: which rows to look at.
 */
export function mostLike(matrix, dim, word, ids, n) {
  const dot = (a, b) => {
    let sum = 0;
    for (let j = 0; j < dim; j += 1) sum += matrix[a * dim + j] * matrix[b * dim + j];
    return sum;
  };
  const cosine = (other) => {
    const both = Math.sqrt(dot(word, word) * dot(other, other));
    return both > 0 ? dot(word, other) / both : 0;
  };
  const found = ids.filter((id) => id !== word).map((id) => [id, cosine(id)]);
  found.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return found.slice(0, n).map(([id]) => id);
}
