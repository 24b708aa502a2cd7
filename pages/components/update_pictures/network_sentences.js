// What is said of a word or a neuron of the network that is pointed at.
import { percent, threeDigits } from "../kit/format.js";

export function sayInput(data, moment, input) {
  const n = data.n_inputs;
  const numbers = listOf(data, input[moment]);
  if (input.times) {
    const share = n === 1 ? "input 1" : `input ${input.times}/${n}`;
    return `${input.word}: ${share}. Its row of V is ${numbers}; this update changes it.`;
  }
  const fate = input.changed
    ? "another example of this update changes it"
    : "it does not count, and it does not change";
  return `${input.word}: input 0. Its row of V is ${numbers}; ${fate}.`;
}

export function sayHidden(data, place, j) {
  const [before, after] = [data.h.before[j], data.h.after[j]].map(threeDigits);
  const sum =
    data.n_inputs === 1 ? "the one weight of V whose input is on" : `the mean of ${data.n_inputs} weights of V`;
  return `h${place + 1} = ${before}, ${sum}; no activation. After this update the same inputs give ${after}.`;
}

export function sayOutput(objective, output) {
  const { before, after } = output;
  const direction = before.error < 0 ? "towards h" : "away from h";
  const often = output.times > 1 ? ` Drawn ${output.times} times, it counts as often.` : "";
  return (
    `${output.word}: score u \u00b7 h = ${threeDigits(before.score)}, ${objective.answer} ${percent(before.P)}, should be `
    + `${percent(output.y)}: error ${threeDigits(before.error)}, so u moves ${direction}. Afterwards ${percent(after.P)}.${often}`
  );
}

function listOf(data, numbers) {
  const shown = numbers.slice(0, 4).map(threeDigits).join(", ");
  return `(${shown}${numbers.length > 4 || data.dim > numbers.length ? ", \u2026" : ""})`;
}
