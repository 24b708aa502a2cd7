// Mounting a component: one view in each place, with views that only write down what is asked of them.
import assert from "node:assert/strict";
import test from "node:test";

import { mounting } from "../../pages/components/kit/mounting.js";

/** Views that write into `said`; their data is a kind, or null for nothing to show. */
function written() {
  const said = [];
  const open = (_place, kind) => {
    if (!kind) return null;
    said.push(`open ${kind}`);
    return {
      kind,
      receive: (data, tell) => {
        said.push(`receive ${data}`);
        tell?.("got", data);
      },
      recolor: () => said.push(`recolor ${kind}`),
      remove: () => said.push(`remove ${kind}`),
    };
  };
  return { said, open, news: () => said.splice(0) };
}

/** Timers wait from now on until the function that is returned is called. */
function clockOf(t) {
  const waiting = new Map();
  t.mock.method(globalThis, "setTimeout", (then) => waiting.set(waiting.size + 1, then).size);
  t.mock.method(globalThis, "clearTimeout", (id) => waiting.set(id, () => {}));
  return () => {
    for (const [id, then] of waiting) {
      waiting.set(id, () => {});
      then();
    }
  };
}

test("a place keeps its view until it is taken away", (t) => {
  const timePasses = clockOf(t);
  const { open, news } = written();
  const mount = mounting(open);
  const [one, other] = [{}, {}];
  const takeAway = mount({ data: "a", parentElement: one });
  assert.deepEqual(news(), ["open a", "receive a"]);
  mount({ data: "b", parentElement: one });
  mount({ data: "c", parentElement: other });
  assert.deepEqual(news(), ["receive b", "open c", "receive c"]);
  timePasses();
  assert.deepEqual(news(), ["recolor a", "recolor c"], "once for each, when the colors have arrived");
  mount({ data: "b", parentElement: one });
  news();
  takeAway();
  takeAway();
  timePasses();
  assert.deepEqual(news(), ["remove a"]);
  mount({ data: "d", parentElement: one });
  assert.deepEqual(news(), ["open d", "receive d"]);
});

test("a view that other data does not fit makes way for another", (t) => {
  clockOf(t);
  const { open, news } = written();
  const mount = mounting(open, (view, data) => view.kind === data);
  mount({ data: "a", parentElement: mount });
  mount({ data: "a", parentElement: mount });
  const takeAway = mount({ data: "b", parentElement: mount });
  assert.deepEqual(news(), ["open a", "receive a", "receive a", "remove a", "open b", "receive b"]);
  takeAway();
  assert.deepEqual(news(), ["remove b"]);
});

test("nothing stands where there is nothing to show yet, and Python hears what a view says", (t) => {
  clockOf(t);
  const { open, news } = written();
  const mount = mounting(open);
  const heard = [];
  const setStateValue = (name, value) => heard.push([name, value]);
  mount({ data: null, parentElement: mount, setStateValue })();
  assert.deepEqual(news(), []);
  mount({ data: "a", parentElement: mount, setStateValue });
  mount({ data: null, parentElement: mount, setStateValue });
  assert.deepEqual(news(), ["open a", "receive a", "receive null"], "what is there stays");
  assert.deepEqual(heard, [
    ["got", "a"],
    ["got", null],
  ]);
});
