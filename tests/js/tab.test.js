// What a tab keeps over a reload is written once the page is drawn, and at the latest when it is left.
import assert from "node:assert/strict";
import { test } from "node:test";

test("texts are written a moment later, or when the page is left, and read as if they were written", async (t) => {
  const stored = new Map([["w2v-text", "before"]]);
  const heard = new Map();
  class Entry {
    type = "reload";
  }
  Object.assign(globalThis, {
    sessionStorage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => stored.set(key, value),
      removeItem: (key) => stored.delete(key),
    },
    addEventListener: (name, listener) => heard.set(name, listener),
    PerformanceNavigationTiming: Entry,
  });
  t.mock.method(performance, "getEntriesByType", () => [new Entry()]);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const keep = (await import("../../pages/parts/shared/tab.js")).default;
  const said = [];
  const show = (data, texts = {}) =>
    keep({ data: { visit: "", texts, ...data }, setTriggerValue: (_, value) => said.push(value) });

  show({ wanted: true, keep: null });
  assert.equal(said.pop().text, "before");
  show({ wanted: false, keep: { text: "", draft: "1", file: "book.txt" } }, { 1: "a book" });
  assert.deepEqual([...stored.values()], ["before"], "the page is drawn first");
  t.mock.timers.tick(499);
  assert.deepEqual([...stored.values()], ["before"]);
  t.mock.timers.tick(1);
  assert.deepEqual(Object.fromEntries(stored), { "w2v-draft": "a book", "w2v-file": "book.txt" });

  show({ wanted: false, keep: { text: "1", draft: null, file: null } });
  show({ wanted: true, keep: null });
  assert.equal(said.pop().text, "a book", "it counts before it is written");
  heard.get("pagehide")();
  assert.deepEqual(Object.fromEntries(stored), { "w2v-text": "a book" }, "told by its name, it was at hand");

  show({ wanted: false, keep: { text: "1", draft: "2", file: null } });
  assert.equal(said.pop().unknown, true, "a name that never came with its text");
  t.mock.timers.tick(500);
  assert.deepEqual(Object.fromEntries(stored), { "w2v-text": "a book" }, "nothing is lost by that");
  show({ wanted: false, keep: { text: "1", draft: "2", file: null } }, { 1: "a book", 2: "more" });
  t.mock.timers.tick(500);
  assert.deepEqual(Object.fromEntries(stored), { "w2v-text": "a book", "w2v-draft": "more" });
  stored.clear();
  show({ wanted: false, keep: { text: "1", draft: "2", file: null } });
  t.mock.timers.tick(500);
  assert.equal(stored.size, 0, "what is kept is not written again");
  assert.deepEqual(said, []);
  show({ wanted: false, keep: { text: "", draft: "", file: null } });
  t.mock.timers.tick(500);
  assert.deepEqual(Object.fromEntries(stored), { "w2v-draft": "" }, "an empty box is kept, too");
});
