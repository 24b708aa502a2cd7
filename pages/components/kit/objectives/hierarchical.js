// Hierarchical softmax: turns on the way down a tree. The rows of U are its inner nodes, not words.
import { logistic } from "./logistic.js";
import { softplus } from "./objective.js";

/** -log of one turn on the way to a word, by its place in the list of all paths. */
function surpriseAt(record, scores, at) {
  const score = scores[record.path_node[at]];
  return softplus(record.path_label[at] > 0.5 ? -score : score);
}

export const hierarchical = {
  ...logistic,
  wordsInU: false,

  /** The nodes on the path to the target, root first. */
  setRows(trace, record, target) {
    trace.count = 0;
    for (let at = record.path_start[target]; at < record.path_start[target + 1]; at += 1) {
      trace.rows[trace.count] = record.path_node[at];
      trace.labels[trace.count] = record.path_label[at];
      trace.count += 1;
    }
  },

  /** The product of the turns. */
  overVocabulary(record, scores) {
    const predicted = new Float64Array(record.n_words);
    for (let word = 0; word < record.n_words; word += 1) {
      let surprise = 0;
      for (let at = record.path_start[word]; at < record.path_start[word + 1]; at += 1) {
        surprise += surpriseAt(record, scores, at);
      }
      predicted[word] = Math.exp(-surprise);
    }
    return predicted;
  },

  lossOfRow(record, scores, asked) {
    let loss = 0;
    for (const [id, yes] of asked) {
      for (let at = record.path_start[id]; at < record.path_start[id + 1]; at += 1) {
        loss += yes * surpriseAt(record, scores, at);
      }
    }
    return loss;
  },

  row: "node",
  rowInFull: "inner node",
  noWordsInU: "In hierarchical softmax the rows of U are inner nodes of the tree, not words.",
  activation: "sigmoid at each node",
  vector: "node vector u",
  rowsOf: (u) => `${u.about.n_rows} nodes on the path to ${u.target}`,
  othersTitle: "What the turns make of each word",
  wants: () => "a clear yes or no at each node",
  scoresPlain: () => "At each fork of the tree the model asks how well what it looked up fits.",
  activationCard: () => ({
    title: "Sigmoid",
    formula: "\u03c3(s) = 1 / (1 + exp(\u2212s))",
    phrase: "how sure?",
    plain: "At each fork: how sure is the model of yes?",
    caption:
      "Each node asks one question: this way or that? The sigmoid turns its score into how sure the model is of yes.",
  }),
  lossCard: (u) => ({
    title: "Answer",
    formula: "y, loss = \u2212\u03a3 log",
    phrase: "what is true?",
    plain: `The way to ${u.target} in the tree says which answers are right.`,
    caption: `The path to ${u.target} says which answer is right at each node. The loss adds up the surprise at all of them.`,
  }),
};
