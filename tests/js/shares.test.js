// Shares of one whole: whatever is dragged where, they stay one whole, and what was dragged back is as it was.
import assert from "node:assert/strict";
import test from "node:test";

import { mostOf, shareAfter, withShare } from "../../pages/components/guess/shares.js";
import { close } from "./small.js";

const LEAST = 0.001;
const sum = (shares) => shares.reduce((total, share) => total + share, 0);

test("what a word gets is taken from all other words first, and given back to them", () => {
  const even = [0.05, 0.05, 0.05, 0.85];
  const raised = withShare(even, 0, 0.3, LEAST, 3);
  close(assert, raised, [0.3, 0.05, 0.05, 0.6]);
  close(assert, withShare(raised, 1, 0.2, LEAST, 3), [0.3, 0.2, 0.05, 0.45]);
  close(assert, withShare(raised, 0, 0.05, LEAST, 3), even);
});

test("when nothing is left there the others make room in proportion", () => {
  const shares = [0.3, 0.2, 0.1, 0.4];
  const made = withShare(shares, 2, 0.6, LEAST, 3);
  close(assert, made, [(0.399 * 3) / 5, (0.399 * 2) / 5, 0.6, LEAST]);
});

test("without such a bar, and for that bar itself, the others change in proportion", () => {
  close(assert, withShare([0.5, 0.3, 0.2], 0, 0.2, LEAST, -1), [0.2, 0.48, 0.32]);
  close(assert, withShare([0.1, 0.3, 0.6], 2, 0.2, LEAST, 2), [0.2, 0.6, 0.2]);
});

test("nothing falls below the least share, and all stay one whole, wherever bars are dragged", () => {
  for (const pool of [-1, 4]) {
    let shares = [0.2, 0.2, 0.2, 0.2, 0.2];
    let drawn = 7;
    for (let i = 0; i < 2000; i += 1) {
      drawn = (drawn * 16807) % 2147483647;
      shares = withShare(shares, i % 5, (drawn / 2147483647) * 1.4 - 0.2, LEAST, pool);
      assert.ok(Math.abs(sum(shares) - 1) < 1e-9, `${i}: ${sum(shares)}`);
      assert.ok(Math.min(...shares) > LEAST - 1e-12, `${i}: ${shares}`);
      assert.ok(Math.max(...shares) < mostOf(shares, LEAST) + 1e-9, `${i}: ${shares}`);
    }
  }
});

test("a bar can have all but the least of the others, and no less than its own", () => {
  close(assert, withShare([0.25, 0.25, 0.25, 0.25], 1, 7, LEAST, -1), [LEAST, 0.997, LEAST, LEAST]);
  close(assert, withShare([0.25, 0.25, 0.25, 0.25], 1, -7, LEAST, 3), [0.25, LEAST, 0.25, 0.499]);
});

test("arrow keys go by whole percentages, Shift and Page by tens, Home and End to the ends", () => {
  const to = (share, key, shiftKey = false) => shareAfter(share, { key, shiftKey }, LEAST, 0.99);
  close(
    assert,
    [to(0.123, "ArrowRight"), to(0.13, "ArrowUp"), to(0.123, "ArrowLeft"), to(0.12, "ArrowDown")],
    [0.13, 0.14, 0.12, 0.11],
  );
  close(assert, [to(0.123, "PageUp"), to(0.1, "PageDown"), to(0.1, "ArrowRight", true)], [0.2, 0, 0.2]);
  assert.deepEqual([to(0.5, "Home"), to(0.5, "End"), to(0.5, "Tab")], [LEAST, 0.99, undefined]);
});
