// Full softmax: all words of the vocabulary compete.
import { percent } from "../format.js";
import { anyObjective } from "./objective.js";

/** exp(s - max) / Z into `out`; returns the logarithm of the sum of exp(s). */
function softmaxInto(scores, n, out) {
  let max = -Infinity;
  for (let i = 0; i < n; i += 1) if (scores[i] > max) max = scores[i];
  let Z = 0;
  for (let i = 0; i < n; i += 1) {
    out[i] = Math.exp(scores[i] - max);
    Z += out[i];
  }
  for (let i = 0; i < n; i += 1) out[i] /= Z;
  return max + Math.log(Z);
}

export const softmax = {
  ...anyObjective,
  rowsSumToOne: true,
  allRows: true,

  /** Which rows of U take part, and what they should say. */
  setRows(trace, record, target) {
    for (let row = 0; row < record.n_rows; row += 1) trace.rows[row] = row;
    trace.labels.fill(0);
    trace.labels[target] = 1;
    trace.count = record.n_rows;
  },

  /** P of the rows of an example; returns the loss. */
  predict: (trace, target) => softmaxInto(trace.scores, trace.count, trace.P) - trace.scores[target],

  /** What is said of every word, from the scores of all rows, or of some with the log of the sum over all; may reuse them. */
  overVocabulary(record, scores, logSum = null) {
    if (logSum !== null) return scores.map((score) => Math.exp(score - logSum));
    softmaxInto(scores, record.n_words, scores);
    return scores;
  },

  /** Loss of the questions of one row of counts. */
  lossOfRow(_record, scores, asked) {
    const max = scores.reduce((most, score) => Math.max(most, score), -Infinity);
    const logZ = max + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - max), 0));
    let loss = 0;
    for (const [id, yes] of asked) loss += yes * (logZ - scores[id]);
    return loss;
  },

  pull: (yes, _noise, times, p) => Math.sign(yes - times * p), // the sum of y - P

  activation: "softmax",
  activationInShort: "softmax",
  outputs: () => "over all words",
  rowsOf: (u) => `all ${u.about.n_words} output vectors`,
  scoresPlain: (u) => `What was looked up is compared with the ${u.contextVector} of every word of the vocabulary.`,
  activationCard: () => ({
    title: "Exp",
    formula: "exp(s \u2212 max s)",
    phrase: "all positive",
    plain: "Scores become sizes: nothing is negative any more, and what fits better becomes much larger.",
    caption: "Shift by the largest score, then exp: every score becomes positive, and exp cannot overflow.",
  }),
  lossCard: (u) => ({
    title: "Divide",
    formula: "P = exp / Z, loss = \u2212log P",
    phrase: "share out 100 %",
    plain: `All ${u.about.n_words} words of the vocabulary share 100 %, not only those of the window. The true word is the orange piece.`,
    caption: `Divide by Z, the sum over all ${u.about.n_words} words of the vocabulary, not only the window: the shares make 100 %.`,
  }),

  activationSymbols: () => ["exp(", { s: true }, " \u2212 max s)"],
  lossSymbols: () => [
    ["P = exp(", { s: true }, " \u2212 max s) / Z"],
    ["L = \u2212log P(o|c) = \u2212u\u2092\u00b7h + log \u03a3 exp s"],
  ],
  activationNumbers: ({ arrays, about }, { i, name }) => [
    { name },
    ": exp( ",
    arrays.score[i],
    " \u2212 (",
    about.shift,
    ") ) = ",
    { result: arrays.weight[i] },
  ],
  lossNumbers: ({ arrays, about, target }, { i, name }) => [
    [
      "P(",
      { name },
      ") = ",
      arrays.weight[i],
      " / ",
      about.Z,
      " = ",
      { result: arrays.P[i] },
      " = ",
      percent(arrays.P[i]),
    ],
    [
      "loss = \u2212log P(",
      { name: target },
      ") = \u2212u\u00b7h + log \u03a3 exp s = \u2212(",
      arrays.score[0],
      ") + ",
      about.log_sum,
      " = ",
      { result: about.loss, role: "loss" },
      " nats",
    ],
  ],
  activationSentence: ({ arrays }, { i, name }) =>
    "Exp makes the differences between scores larger and leaves nothing negative: "
    + `\u201c${name}\u201d is ${arrays.weight[i] === 1 ? "the largest" : `${percent(arrays.weight[i])} of the largest`}.`,
  lossSentence: ({ arrays }, { i, name }) =>
    `All words of the vocabulary share 100 %: \u201c${name}\u201d gets ${percent(arrays.P[i])}. `
    + "The less the true word gets, the larger the loss.",
};
