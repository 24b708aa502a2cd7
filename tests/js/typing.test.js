// What is typed into the box for a text counts when the hand rests, and what is pasted at once.
import assert from "node:assert/strict";
import { test } from "node:test";

class Box {
  constructor() {
    this.taken = 0;
  }
  closest(selector) {
    return selector === ".st-key-pasted" ? this : null;
  }
  dispatchEvent(event) {
    this.taken += Number(event.key === "Enter" && event.ctrlKey);
  }
}

class Key {
  constructor(_, { key, ctrlKey }) {
    Object.assign(this, { key, ctrlKey });
  }
}

test("a text that is pasted counts at once, one that is typed when the hand rests", async (t) => {
  const heard = new Map();
  Object.assign(globalThis, {
    HTMLTextAreaElement: Box,
    KeyboardEvent: Key,
    window: globalThis,
    document: { addEventListener: (name, listener) => heard.set(name, listener), removeEventListener: () => {} },
  });
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const listen = (await import("../../pages/parts/shared/typing.js")).default;
  listen();
  const box = new Box();
  heard.get("input")({ target: box, inputType: "insertText" });
  t.mock.timers.tick(300);
  heard.get("input")({ target: box, inputType: "insertText" });
  t.mock.timers.tick(300);
  assert.equal(box.taken, 0);
  t.mock.timers.tick(300);
  assert.equal(box.taken, 1);
  for (const how of ["insertFromPaste", "insertFromDrop"]) {
    heard.get("input")({ target: box, inputType: how });
    t.mock.timers.tick(1);
  }
  assert.equal(box.taken, 3);
});
