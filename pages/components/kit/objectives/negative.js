// Negative sampling: the true word against a few that are drawn from the noise.
import { logistic } from "./logistic.js";
import { sigmoid, softplus } from "./objective.js";

/** How often each word is expected as noise beside counted true words. A draw that meets its target is drawn again. */
function expectedNoise(record, ids, counts) {
  // a pair with target o has k (1 - p^(redraws + 1)) negatives left, p = noise(o), spread over the other words
  const { n_words: nWords, negatives: k, redraws = 10, noise } = record;
  const left = (p) => (p < 1 ? (1 - p ** (redraws + 1)) / (1 - p) : 0);
  const own = new Float64Array(nWords);
  if (redraws > 0)
    ids.forEach((id, i) => {
      own[id] = counts[i] * left(noise[id]);
    });
  const all = (redraws > 0 ? own : counts).reduce((sum, n) => sum + n, 0);
  return own.map((n, id) => k * noise[id] * (all - n));
}

export const negative = {
  ...logistic,
  sumsToOne: false,
  hasDraws: true,

  mostRows: (record) => record.negatives + 1,

  drawnIn: (record, number) => record.draws.subarray(number * record.negatives, (number + 1) * record.negatives),

  /** The true word, then the draws; one that met the target was dropped. */
  setRows(trace, record, target, number) {
    trace.rows[0] = target;
    trace.labels[0] = 1;
    trace.count = 1;
    const at = number * record.negatives;
    for (let i = 0; i < record.negatives; i += 1) {
      const word = record.draws[at + i];
      if (word < 0) continue;
      trace.rows[trace.count] = word;
      trace.labels[trace.count] = 0;
      trace.count += 1;
    }
  },

  /** Sigma of each score, not P(o|c). */
  overVocabulary: (_record, scores) => scores.map(sigmoid),

  /** True / (true + expected noise). */
  goalInto(value, record, ids, counts) {
    if (!ids.length) return;
    const noise = expectedNoise(record, ids, counts);
    ids.forEach((id, i) => {
      value[id] = counts[i] / (counts[i] + noise[id]);
    });
  },

  questions(record, ids, counts) {
    if (!ids.length) return [];
    const yes = new Float64Array(record.n_words);
    ids.forEach((id, i) => {
      yes[id] = counts[i];
    });
    return Array.from(expectedNoise(record, ids, counts), (no, id) => [id, yes[id], no]);
  },

  lossOfRow(_record, scores, asked) {
    let loss = 0;
    for (const [id, yes, no] of asked) loss += yes * softplus(-scores[id]) + no * softplus(scores[id]);
    return loss;
  },

  /** The mean gap of the seen words. */
  distance(predicted, goal) {
    let sum = 0;
    for (const id of goal.ids) sum += Math.abs(predicted[id] - goal.value[id]);
    return goal.ids.length ? sum / goal.ids.length : 0;
  },

  pull: (yes, noise, _times, p) => Math.sign(yes * (1 - p) - noise * p),

  symbol: "\u03c3",
  symbolOfAll: "\u03c3(u \u00b7 v)",
  symbolAfter: () => "\u03c3(u\u2092 \u00b7 v)",
  asks: ", or noise? ",
  noteOf: (cbow) => `${cbow ? "\u03c3(u \u00b7 h): not" : "Not"} a probability distribution over words`,
  saysNow: (from, word, now, atFirst, goal) =>
    `${from} now answers ${now} for ${word}${atFirst}; the counts lead to ${goal}.`,
  gapName: "Mean gap",
  newTitle: "New answers",
  newSymbols: "\u03c3(u \u00b7 h), not a P(o|c)",
  scoresPlain: (u) =>
    `What was looked up is compared with the ${u.contextVector}s of the true word and of a few drawn by chance.`,
  activationCard: () => ({
    title: "Sigmoid",
    formula: "\u03c3(s) = 1 / (1 + exp(\u2212s))",
    phrase: "how sure?",
    plain: "For each word by itself: how sure is the model that it is true and not noise?",
    caption:
      "One question for each word: true or noise? The sigmoid turns a score into how sure the model is of yes. These do not add up to 1.",
  }),
  lossCard: (u) => ({
    title: "Answer",
    formula: "y, loss = \u2212\u03a3 log",
    phrase: "what is true?",
    plain: `${u.target} is true, the drawn words are noise.`,
    caption: `${u.target} is true (yes), the drawn words are noise (no). The loss adds up the surprise at all answers.`,
  }),
};
