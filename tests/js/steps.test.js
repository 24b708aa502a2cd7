// The clock of the cards of One update: cards that would answer a question on top are not reached.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LAST, REST, Steps } from "../../pages/components/ledger/steps.js";

test("at rest all cards are reached, and stepping goes through them in a circle", () => {
  const steps = new Steps(() => {});
  assert.ok(steps.reached(LAST));
  const seen = [];
  for (let n = 0; n <= LAST; n += 1) {
    steps.next();
    seen.push(steps.at);
  }
  assert.deepEqual(seen, [1, 2, 3, 4, 5, 6, 7, 8, REST]);
});

test("covered cards are reached neither at rest nor by stepping, nor in slow motion", () => {
  const steps = new Steps(() => {});
  steps.last = 5;
  assert.deepEqual(
    [1, 5, 6, 8].map((card) => steps.reached(card)),
    [true, true, false, false],
  );
  steps.previous();
  assert.equal(steps.at, 5);
  steps.next();
  assert.equal(steps.at, REST);
  steps.go(5);
  steps.goOn();
  assert.equal(steps.at, REST);
});
