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
  const show = (data) => keep({ data: { visit: "", ...data }, setTriggerValue: (_, value) => said.push(value) });

  show({ wanted: true, keep: null });
  assert.equal(said.pop().text, "before");
  show({ wanted: false, keep: { text: "", draft: "a book", file: "book.txt" } });
  assert.deepEqual([...stored.values()], ["before"], "the page is drawn first");
  t.mock.timers.tick(499);
  assert.deepEqual([...stored.values()], ["before"]);
  t.mock.timers.tick(1);
  assert.deepEqual(Object.fromEntries(stored), { "w2v-draft": "a book", "w2v-file": "book.txt" });

  show({ wanted: false, keep: { text: "a book", draft: null, file: null } });
  show({ wanted: true, keep: null });
  assert.equal(said.pop().text, "a book", "it counts before it is written");
  heard.get("pagehide")();
  assert.deepEqual(Object.fromEntries(stored), { "w2v-text": "a book" });
  show({ wanted: false, keep: { text: "", draft: "", file: null } });
  t.mock.timers.tick(500);
  assert.deepEqual(Object.fromEntries(stored), { "w2v-draft": "" }, "an empty box is kept, too");
});
