// Which words are most like one: by the cosine of their rows of V, as in w2v/neighbours.py.

/** The `most` words whose rows of V point most nearly the same way, {word, cosine}; of equals the first. */
export function mostLike(/** @type {RunRecord} */ record, V, word, most) {
  const { dim, n_words: nWords } = record;
  const dot = (a, b) => {
    let sum = 0;
    for (let j = 0; j < dim; j += 1) sum += V[a * dim + j] * V[b * dim + j];
    return sum;
  };
  const length = Math.sqrt(dot(word, word));
  const found = []; // the likest first
  for (let other = 0; other < nWords; other += 1) {
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
