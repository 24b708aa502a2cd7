// Whole runs: records packed by Python and the numbers of its trainer, which tests/test_javascript.py puts into a
// folder named by W2V_RECORDS; the browser's arithmetic must reach the same ones.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { goalOf, meanLossAt, rateAt, unpackRecord } from "../../pages/components/player/model/record.js";
import { Replay } from "../../pages/components/player/model/replay.js";
import { close } from "./small.js";

const SHARE = 1e-9; // sums are taken in another order than NumPy's

function runs() {
  const folder = process.env.W2V_RECORDS;
  if (!folder) throw new Error("The records come from Python: run these tests with make test ARGS='-k javascript'.");
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -5));
  assert.ok(names.length >= 6);
  return names.map((name) => ({
    name,
    record: unpackRecord(new Uint8Array(readFileSync(join(folder, `${name}.bin`)))),
    wanted: JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")),
  }));
}

test("all parameters at fifty moments of every kind of run are the trainer's", () => {
  for (const { name, record, wanted } of runs()) {
    const replay = new Replay(record);
    assert.ok(wanted.moments.length >= 50);
    for (const { t, V, U } of wanted.moments) {
      const state = replay.stateAt(t);
      close(assert, state.V, V, SHARE, `${name}: V at ${t}`);
      close(assert, state.U, U, SHARE, `${name}: U at ${t}`);
    }
  }
});

test("every number of an update is the trainer's: rows, scores, P, loss, error, gradient", () => {
  for (const { name, record, wanted } of runs()) {
    const replay = new Replay(record);
    for (const { t, rate, traces } of wanted.steps) {
      const examples = replay.detail(t);
      close(assert, [rateAt(record, t)], [rate], 1e-12, `${name}: rate of ${t}`);
      assert.equal(examples.length, traces.length);
      examples.forEach((example, i) => {
        for (const part of ["inputs", "rows"]) assert.deepEqual(Array.from(example[part]), traces[i][part]);
        assert.equal(example.target, traces[i].target);
        for (const part of ["labels", "h", "scores", "P", "error", "gradH"]) {
          close(assert, example[part], traces[i][part], SHARE, `${name}: ${part} of ${t}`);
        }
        close(assert, [example.loss], [traces[i].loss], SHARE, `${name}: loss of ${t}`);
      });
    }
  }
});

test("what the text says after each word is COUNT(c, o) / COUNT(c)", () => {
  for (const { record, wanted } of runs()) {
    if (!wanted.ratios) continue;
    wanted.ratios.forEach((ratio, word) => close(assert, goalOf(record, word).value, ratio, 1e-12));
  }
});

test("the mean loss at computed moments is the trainer's", () => {
  for (const { name, record, wanted } of runs()) {
    for (const [t, loss] of wanted.losses) close(assert, [meanLossAt(record, t)], [loss], SHARE, `${name} at ${t}`);
  }
});
