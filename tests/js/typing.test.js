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

async function listening(setStateValue) {
  const heard = new Map();
  Object.assign(globalThis, {
    HTMLTextAreaElement: Box,
    KeyboardEvent: Key,
    window: globalThis,
    document: { addEventListener: (name, listener) => heard.set(name, listener), removeEventListener: () => {} },
  });
  const listen = (await import("../../pages/parts/shared/typing.js")).default;
  return [heard, listen({ data: { key: "pasted", most: 10 }, setStateValue })];
}

test("a text that is pasted counts at once, one that is typed when the hand rests", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const [heard, stop] = await listening(() => {});
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
  stop();
});

test("what is longer than the box takes is kept out of it and reported, with line ends as the box has them", async () => {
  const said = [];
  const [heard, stop] = await listening((name, value) => said.push([name, value.n_characters]));
  const kept = (type, text, held = {}) => {
    let is = false;
    const box = Object.assign(new Box(), { value: "", selectionStart: 0, selectionEnd: 0, ...held });
    const data = { getData: () => text };
    heard.get(type)({ type, target: box, clipboardData: data, dataTransfer: data, preventDefault: () => (is = true) });
    return is;
  };
  const written = { value: "12345", selectionStart: 1, selectionEnd: 4 };
  assert.equal(kept("paste", "1234567890"), false);
  assert.equal(kept("paste", "12345678\r\n0"), false);
  assert.equal(kept("paste", "12345678", written), false, "what is selected makes room");
  assert.deepEqual(said, []);
  assert.equal(kept("paste", "12345678901"), true);
  assert.equal(kept("paste", "123456789", written), true);
  assert.equal(kept("drop", "123456", written), true, "which takes the place of nothing");
  assert.deepEqual(said, [
    ["refused", 11],
    ["refused", 9],
    ["refused", 6],
  ]);
  heard.get("paste")({ type: "paste", target: {}, preventDefault: () => assert.fail("another box") });
  stop();
});
