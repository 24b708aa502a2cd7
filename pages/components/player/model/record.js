// What a record says of its run, its moments and its updates. Nothing here draws.
import { displayWords, percent, threeDigits, whole } from "../../kit/format.js";
import { objectiveOf } from "../../kit/objectives/objectives.js";
import { unpack } from "../../kit/packing.js";

const LITTLE = 0.0005; // of what can be learned
export const OF_WHAT = "(100\u00a0% is as good as this text allows)";

/**
 * Turn the bytes into one object: the header's fields, and the arrays by name.
 * @returns {RunRecord}
 */
export function unpackRecord(bytes) {
  const { header, arrays } = unpack(bytes);
  return { ...header, ...arrays, labels: displayWords(header.words) };
}

/** First and last-but-one example of update t: it covers examples first .. end - 1. */
export function examplesOf(/** @type {RunRecord} */ record, t) {
  const place = t % record.period;
  return [record.group_start[place], record.group_start[place + 1]];
}

/** Examples are numbered straight through the run; draws belong to these numbers. */
export function exampleNumber(/** @type {RunRecord} */ record, t, example) {
  return Math.floor(t / record.period) * record.targets.length + example;
}

/** The rate of update t. */
export function rateAt(/** @type {RunRecord} */ record, t) {
  return record.learning_rate * (record.decay ? 1 - t / record.n_planned : 1);
}

/** The input words of one example, in order, repeats kept. */
export function inputsOf(/** @type {RunRecord} */ record, example) {
  return record.inputs.subarray(record.input_start[example], record.input_start[example + 1]);
}

/** The largest index i with sorted[i] <= value, or 0. */
export function lastAtMost(sorted, value) {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The pass over the text to which update t belongs, from 0. */
export function epochOf(/** @type {RunRecord} */ record, t) {
  return Math.min(lastAtMost(record.epoch_start, t), Math.max(0, record.epochs - 1));
}

/** What update t is about: its words, and where they stand in the text. */
export function describeUpdate(/** @type {RunRecord} */ record, t) {
  const [first, end] = examplesOf(record, t);
  const update = {
    t,
    first,
    end,
    size: end - first,
    windows: 0,
    centers: [],
    contexts: [],
    centerToken: -1,
    contextTokens: [],
    chosenTokens: [],
  };
  if (end <= first) return update;
  const ofWindow = record.example_window[first];
  update.centerToken = record.window_pos[ofWindow];
  for (let at = record.context_start[ofWindow]; at < record.context_start[ofWindow + 1]; at += 1) {
    update.contextTokens.push(record.context_pos[at]);
  }
  const centers = new Set();
  const contexts = new Set();
  let before = -1;
  for (let example = first; example < end; example += 1) {
    const which = record.example_window[example];
    if (which !== before) update.windows += 1;
    before = which;
    if (record.example_slot[example] >= 0) {
      centers.add(record.inputs[record.input_start[example]]);
      contexts.add(record.targets[example]);
      if (which === ofWindow) {
        update.chosenTokens.push(record.context_pos[record.context_start[which] + record.example_slot[example]]);
      }
    } else {
      centers.add(record.targets[example]);
      for (const word of inputsOf(record, example)) contexts.add(word);
    }
  }
  if (record.architecture === "cbow") update.chosenTokens = update.contextTokens;
  update.centers = [...centers];
  update.contexts = [...contexts];
  return update;
}

/** The first update after t that has the word as center or context, or -1. */
export function nextUpdateWith(/** @type {RunRecord} */ record, word, t) {
  const last = Math.min(record.n_steps - 1, t + record.period);
  for (let step = t + 1; step <= last; step += 1) {
    const [first, end] = examplesOf(record, step);
    for (let example = first; example < end; example += 1) {
      if (record.targets[example] === word) return step;
      if (inputsOf(record, example).includes(word)) return step;
    }
  }
  return -1;
}

/** Whether the record has updates, which can be replayed and shown; else its moments are all there is. */
export function hasUpdates(/** @type {RunRecord} */ record) {
  return record.unit === "update";
}

/** Where ticks stand over the whole run: at epochs, or at every moment; and what those are called. */
export function ticksOf(/** @type {RunRecord} */ record) {
  if (hasUpdates(record)) {
    const { epochs, epoch_start: starts } = record;
    return {
      n: Math.max(1, epochs),
      momentOf: (i) => starts[Math.min(i, starts.length - 1)],
      nameOf: whole,
      last: `epoch ${whole(epochs)}`,
    };
  }
  const nameOf = (i) => whole(record.pass_numbers[i]);
  return {
    n: Math.max(1, record.n_steps),
    momentOf: (i) => i,
    nameOf,
    last: `${record.unit} ${nameOf(record.n_steps)}`,
  };
}

/** The moment of the best pass where training went on after it; null where it is the last, or nobody knows yet. */
export function bestBeforeEnd(/** @type {RunRecord} */ record) {
  const { best, live, n_steps: last } = record;
  return best === undefined || live || best >= last ? null : best;
}

/** Where moment t stands, in words: "update 700 of 7,680, epoch 4 of 40", "pass 3 of 12", "pass 2 of 12 (the best)". */
export function placeInWords(/** @type {RunRecord} */ record, t) {
  if (!hasUpdates(record)) {
    const last = record.live ? "" : ` of ${whole(record.pass_numbers[record.n_steps])}`; // live: nobody knows the last
    const best = t === bestBeforeEnd(record) ? " (the best)" : "";
    return `${record.unit} ${whole(record.pass_numbers[t])}${last}${best}`;
  }
  return `update ${whole(t)} of ${whole(record.n_steps)}, epoch ${whole(epochOf(record, t) + 1)} of ${whole(
    record.epochs,
  )}`;
}

/** The row of counts that a prediction heads for: the center word's, or the row of the example's bag of words. */
export function goalRow(/** @type {RunRecord} */ record, word, example) {
  return record.architecture === "cbow" ? record.example_goal_row[example] : word;
}

/** What the text says: the words seen with this row, their counts, and the value each bar heads for. */
export function goalOf(/** @type {RunRecord} */ record, row) {
  const from = record.goal_start[row];
  const to = record.goal_start[row + 1];
  const ids = Array.from(record.goal_word.subarray(from, to));
  const counts = Array.from(record.goal_count.subarray(from, to));
  const total = counts.reduce((sum, n) => sum + n, 0);
  const value = new Float64Array(record.n_words);
  if (record.goal_value) ids.forEach((id, i) => (value[id] = record.goal_value[from + i]));
  else objectiveOf(record).goalInto(value, record, ids, counts, total);
  return { ids, counts, total, value };
}

/** The log of the sum of exp(score) over all words of the text after a word, where only some are here; else null. */
export function logSumAt(/** @type {RunRecord} */ record, t, word) {
  const { log_sum: sums, n_words: n } = record;
  if (!sums) return null;
  const at = Math.floor(t);
  const [before, after] = [sums[at * n + word], sums[Math.ceil(t) * n + word]];
  return before + (t - at) * (after - before);
}

/** The word to begin with: the most frequent one that has a context. */
export function firstWord(/** @type {RunRecord} */ record) {
  if (!hasUpdates(record) || record.architecture === "cbow") return record.n_words > 0 ? 0 : null;
  for (let word = 0; word < record.n_words; word += 1) {
    if (record.goal_start[word + 1] > record.goal_start[word]) return word;
  }
  return record.n_words > 0 ? 0 : null;
}

/** Mean loss over the whole text at moment t, between the moments where it was computed. */
export function meanLossAt(/** @type {RunRecord} */ record, t) {
  const { curve_t: at, curve_loss: loss } = record;
  if (!at || at.length === 0) return NaN;
  const i = lastAtMost(at, t);
  if (t < at[i]) return NaN; // before the first that was computed
  if (i + 1 >= at.length || t === at[i]) return loss[i];
  const share = (t - at[i]) / (at[i + 1] - at[i]);
  return loss[i] + share * (loss[i + 1] - loss[i]);
}

/** How far a loss has come from guessing (0), as its training begins, to the floor (1). */
export function shareOfTheWay(/** @type {RunRecord} */ record, loss) {
  const { guess, floor } = record.goal;
  return guess > floor ? (guess - loss) / (guess - floor) : 1;
}

/** "56 % learned (100 % is as good as this text allows)". */
export function wayInWords(/** @type {RunRecord} */ record, loss) {
  const share = shareOfTheWay(record, loss);
  if (!Number.isFinite(share)) return `Before the first ${record.unit}`;
  return share < LITTLE ? "Nothing learned yet" : `${percent(share)} learned ${OF_WHAT}`;
}

/** The same with the loss behind it, for those who asked for numbers. */
export function lossInWords(/** @type {RunRecord} */ record, loss) {
  const share = shareOfTheWay(record, loss);
  const { guessing } = record.goal;
  const where =
    share < -LITTLE ? `worse than ${guessing}` : `share ${threeDigits(share)} from ${guessing} to the floor`;
  return `mean loss ${threeDigits(loss)} nats, ${where}`;
}

/** Whether something is covered since it gives the answer of a question away: a name in `asked.py`. */
export function covers(/** @type {RunRecord} */ record, name) {
  return Boolean(record.covers?.includes(name));
}

/** Whether losses and vectors are shown as numbers; a record that says nothing of it is for those who asked. */
export function inNumbers(/** @type {RunRecord} */ record) {
  return record.level !== "words";
}
