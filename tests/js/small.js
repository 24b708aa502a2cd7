// A record as small as can be, made by hand: three words, two dimensions, one example in each update.

export const START_V = [1, 0, 0.4, -0.3, -0.2, 0.7];
export const START_U = [0, 0, Math.log(2), 0, Math.log(3), 1];

/**
 * A record of updates over (inputs, target) pairs, as `unpackRecord` returns it.
 * `changes` replaces fields; groups are how many examples each update takes (default: one each).
 */
export function smallRecord(examples, changes = {}) {
  const sizes = changes.groups ?? examples.map(() => 1);
  const record = {
    unit: "update",
    words: ["a", "b", "c"],
    labels: ["a", "b", "c"],
    counts: [3, 2, 1],
    n_words: 3,
    n_rows: 3,
    n_shown: 3,
    dim: 2,
    architecture: "skip-gram",
    objective: "softmax",
    learning_rate: 0.6,
    decay: false,
    reduction: "sum",
    negatives: 0,
    n_steps: sizes.length,
    n_planned: sizes.length,
    period: sizes.length,
    epochs: 1,
    group_start: starts(sizes),
    input_start: starts(examples.map(([inputs]) => inputs.length)),
    inputs: Uint32Array.from(examples.flatMap(([inputs]) => inputs)),
    targets: Uint32Array.from(examples.map(([, target]) => target)),
    epoch_start: Uint32Array.from([0, sizes.length]),
    key_t: Uint32Array.from([0]),
    key_V: Float64Array.from(START_V),
    key_U: Float64Array.from(START_U),
    ...changes,
  };
  return record;
}

function starts(sizes) {
  const at = [0];
  for (const size of sizes) at.push(at[at.length - 1] + size);
  return Uint32Array.from(at);
}

/** Fail unless all numbers agree to `share` of their size. */
export function close(assert, found, wanted, share = 1e-12, what = "") {
  const [a, b] = [Array.from(found), Array.from(wanted)];
  assert.equal(a.length, b.length, what);
  a.forEach((x, i) => {
    const most = share * Math.max(1, Math.abs(b[i]));
    assert.ok(Math.abs(x - b[i]) <= most, `${what}[${i}]: ${x}, wanted ${b[i]}`);
  });
}
