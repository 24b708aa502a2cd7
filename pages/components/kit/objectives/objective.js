// What an objective is, in the browser: everything that differs from one to the next. Nobody asks which one it is.
// Arithmetic as in w2v/objectives, in double precision; then words. `record` is an unpacked record of the player,
// `trace` all that is computed for one example (replay.js), `u` an update of the ledger (ledger/update.js).
import { threeDigits } from "../format.js";

/** 1 / (1 + exp(-s)) without overflow. */
export function sigmoid(score) {
  if (score >= 0) return 1 / (1 + Math.exp(-score));
  const e = Math.exp(score);
  return e / (1 + e);
}

/** log(1 + exp(s)) without overflow. */
export function softplus(score) {
  return score > 0 ? score + Math.log1p(Math.exp(-score)) : Math.log1p(Math.exp(score));
}

/** The part that any objective can have: what it says sums to 1 over the words, and row w of U belongs to word w. */
export const anyObjective = {
  sumsToOne: true, // over all words
  rowsSumToOne: false, // P of the rows that take part is one softmax; else each has a sigmoid of its own
  allRows: false, // every row of U takes part in every update
  wordsInU: true,
  hasDraws: false,

  /** How many rows of U can take part in one example. */
  mostRows: (record) => record.n_rows,

  /** The words drawn for an example, by its number in the run; -1 for none. */
  drawnIn: () => [],

  /** What the model should say of each counted word, into `value`. */
  goalInto(value, _record, ids, counts, total) {
    ids.forEach((id, i) => {
      value[id] = counts[i] / total;
    });
  },

  /** What the counts of one row ask for: [word, how often as true word, how often as noise]. */
  questions: (_record, ids, counts) => ids.map((id, i) => [id, counts[i], 0]),

  /** How far the predictions are from what they should be: total variation, half the sum of all differences. */
  distance(predicted, goal) {
    let sum = 0;
    for (let id = 0; id < predicted.length; id += 1) sum += Math.abs(predicted[id] - goal.value[id]);
    return sum / 2;
  },

  /** Whether an update pulls a word up (1) or pushes it down (-1) that it asks about so often, as true and as noise. */
  pull: (yes) => (yes > 0 ? 1 : 0),

  // ---- words ------------------------------------------------------------------------------------------------------

  symbol: "P",
  symbolOfAll: "P(\u00b7|\u00b7)",
  symbolAfter: (word) => `P(o | ${word})`,
  asks: ", the model expects ",
  row: "word", // what a row of U is
  rowInFull: "word",
  noWordsInU: "", // one sentence, where it is no word
  noteOf: (cbow) => (cbow ? "P(center | context)" : ""),
  saysNow: (from, word, now, atFirst, goal) => `${from} now gives ${word} ${now}${atFirst}; the text says ${goal}.`,
  gapName: "Distance to the text",

  // of the network: the number of an output, the activation, and how many outputs there are
  answer: "P",
  activation: "",
  activationInShort: "",
  outputs: (rows) => `${rows} asked`,

  // of the cards of the ledger
  vector: "output vector u",
  rowsOf: (u) => `${u.about.n_rows} output vectors`,
  othersTitle: "Words that were not asked about",
  scoresPlain: () => "What was looked up is compared with the output vectors that take part.",
  wants: (u) => `100 % for ${u.target} and nothing for the others`,
  activationCard: () => ({
    title: "Say",
    formula: "P",
    phrase: "what is said?",
    plain: "Scores become what the model says.",
    caption: "Each score becomes what the model says of its row.",
  }),
  lossCard: () => ({
    title: "Compare",
    formula: "y, loss",
    phrase: "what is true?",
    plain: "What is said is compared with what is true.",
    caption: "The loss says how far what is said is from what is true.",
  }),
  errorFormula: "e = P \u2212 y",
  errorSymbol: "P",
  newTitle: "New P",
  newSymbols: "P(o|c)",

  // of the calculations in the cards of what is said and of the loss, for a row of the ledger; in a line a number stands
  // for itself, {name} for a word, {s} for the symbol of the score, and {result} for the number that comes out
  activationSymbols: () => ["P of ", { s: true }],
  lossSymbols: () => [["L"]],
  activationNumbers: (u, { i, name }) => [{ name }, ": P = ", { result: u.arrays.P[i] }],
  lossNumbers: (u) => [["loss = ", { result: u.about.loss, role: "loss" }, " nats"]],
  activationSentence: (u, { i, name }) => `Of \u201c${name}\u201d the model says ${threeDigits(u.arrays.P[i])}.`,
  lossSentence: () => "The farther what was said is from what is true, the larger the loss.",
};
