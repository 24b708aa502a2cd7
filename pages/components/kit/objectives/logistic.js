// What negative sampling and hierarchical softmax share: a yes-or-no question for each row, answered by a sigmoid.
import { percent } from "../format.js";
import { anyObjective, sigmoid, softplus } from "./objective.js";

const MOST_QUESTIONS = 6; // answers of a loss that are written out

export const logistic = {
  ...anyObjective,

  /** P of the rows of an example; returns the loss: the surprise at all right answers. */
  predict(trace) {
    const { scores, labels, P } = trace;
    let loss = 0;
    for (let r = 0; r < trace.count; r += 1) {
      P[r] = sigmoid(scores[r]);
      loss += softplus(labels[r] > 0.5 ? -scores[r] : scores[r]);
    }
    return loss;
  },

  answer: "sigmoid",
  activation: "sigmoid",
  activationInShort: "sigmoid",
  errorFormula: "e = \u03c3(s) \u2212 y",
  errorSymbol: "\u03c3",

  activationSymbols: () => ["\u03c3(", { s: true }, ") = 1 / (1 + exp(\u2212", { s: true }, "))"],
  lossSymbols: () => [
    ["L = \u2212\u03a3 log \u03c3(s) where y = 1"],
    ["\u2212 \u03a3 log(1 \u2212 \u03c3(s)) where y = 0"],
  ],
  activationNumbers: ({ arrays }, { i, name }) => [
    { name },
    ": 1 / ( 1 + exp(\u2212(",
    arrays.score[i],
    ")) ) = ",
    { result: arrays.P[i] },
  ],
  lossNumbers({ arrays, about }) {
    const terms = [];
    for (let i = 0; i < Math.min(arrays.P.length, MOST_QUESTIONS); i += 1) {
      terms.push(i ? " + " : "", "log", arrays.y[i] === 1 ? "(" : "(1 \u2212 ", arrays.P[i], ")");
    }
    if (about.n_rows > MOST_QUESTIONS) terms.push(" + \u2026");
    return [["loss = \u2212[ ", ...terms, " ] = ", { result: about.loss, role: "loss" }, " nats"]];
  },
  activationSentence: ({ arrays }, { i, name }) =>
    `To the question of \u201c${name}\u201d the model says yes with ${percent(arrays.P[i])}.`,
  lossSentence: ({ arrays }, { i, name }) =>
    `The right answer for \u201c${name}\u201d is ${arrays.y[i] === 1 ? "yes" : "no"}. `
    + "The less sure the model was of the right answers, the larger the loss.",
};
