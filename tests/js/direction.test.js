// In which direction words are read.
import assert from "node:assert/strict";
import test from "node:test";

import { isolated, readsRightToLeft } from "../../pages/components/kit/direction.js";

test("a word that reads from right to left keeps to itself in a sentence, and any other is as it is", () => {
  for (const word of ["king", "7", ""]) assert.equal(isolated(word), word);
  const hebrew = "\u05de\u05dc\u05da";
  assert.ok(readsRightToLeft(hebrew));
  assert.equal(isolated(hebrew), `\u2068${hebrew}\u2069`);
});
