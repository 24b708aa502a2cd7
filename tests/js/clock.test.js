// The clock of the player, and what it shows at a moment.
import assert from "node:assert/strict";
import test from "node:test";

import { Clock } from "../../pages/components/player/clock.js";
import { SPEEDS, slowAtFirst } from "../../pages/components/player/model/pace.js";
import { Stopping } from "../../pages/components/player/stopping.js";
import { Scenes } from "../../pages/components/player/scenes.js";
import { smallRecord } from "./small.js";

const NAMES = ["onPlay", "onJump", "onRest", "onHold", "onChange"];

/** A clock over so many moments, and what it tells. */
function clockOf(last) {
  const told = [];
  const clock = new Clock(Object.fromEntries(NAMES.map((name) => [name, () => told.push(name)])));
  clock.set(0, last);
  return { clock, told };
}

test("clock: it goes on by speed times time, at most a tenth of a second at once, and not past the end", () => {
  const { clock } = clockOf(10);
  clock.play();
  assert.equal(clock.advance(1000, 20), 0); // the first picture only starts it
  assert.equal(clock.t, 0);
  clock.advance(1050, 20);
  assert.equal(clock.t, 1);
  clock.advance(1400, 20);
  assert.equal(clock.t, 3);
  for (let now = 1500; now < 3000; now += 100) clock.advance(now, 20);
  assert.equal(clock.t, 10);
  assert.ok(clock.atEnd);
});

test("clock: it knows whether a hand brought it where it is, or it came there by itself", () => {
  const { clock } = clockOf(10);
  clock.set(3);
  assert.equal(clock.chosen, false);
  clock.play(true);
  clock.advance(0, 20);
  clock.advance(50, 20);
  assert.equal(clock.chosen, false);
  clock.pause();
  assert.equal(clock.chosen, true);
  clock.play(true);
  assert.equal(clock.chosen, false, "begun anew by itself");
  for (const act of [() => clock.goTo(2), () => clock.scrub(4, false), () => clock.play()]) {
    clock.play(true);
    act();
    assert.equal(clock.chosen, true);
  }
});

test("clock: where the moment is locked no hand moves it, and nothing is told; Python still sets it", () => {
  const { clock, told } = clockOf(10);
  clock.set(4);
  clock.locked = true;
  clock.play();
  clock.toggle();
  clock.goTo(7);
  clock.stepBy(-1);
  clock.scrub(2, false);
  clock.scrub(2, true);
  assert.deepEqual([clock.t, clock.playing, clock.chosen, told.length], [4, false, false, 0]);
  clock.set(6);
  assert.equal(clock.t, 6);
});

test("clock: from the end it plays the run again, and a run without updates does not play", () => {
  const { clock, told } = clockOf(10);
  clock.set(10);
  clock.play();
  assert.deepEqual([clock.t, clock.playing, clock.startedAt], [0, true, 0]);
  assert.deepEqual(told, ["onPlay", "onChange"]);
  const none = clockOf(0);
  none.clock.play();
  assert.equal(none.clock.playing, false);
});

test("clock: a pause rests at the moment on show; a jump is within the run; a hand on the scrubber is no rest", () => {
  const { clock, told } = clockOf(10);
  clock.play();
  clock.t = 3.7;
  clock.pause();
  assert.equal(clock.t, 3);
  assert.deepEqual(told.splice(0), ["onPlay", "onChange", "onRest", "onChange"]);
  clock.goTo(99);
  assert.equal(clock.t, 10);
  clock.stepBy(-20);
  assert.equal(clock.t, 0);
  assert.deepEqual(told.splice(0), ["onJump", "onRest", "onChange", "onJump", "onRest", "onChange"]);
  clock.scrub(4, false);
  assert.deepEqual([clock.t, ...told.splice(0)], [4, "onHold", "onChange"]);
  clock.scrub(5, true);
  assert.deepEqual([clock.t, ...told], [5, "onJump", "onRest", "onChange"]);
});

test("clock: playing rests at the best pass, says so, and goes on from there when played again", () => {
  const { clock } = clockOf(5);
  const said = [];
  const stopping = new Stopping(clock, (text) => said.push(text));
  const record = { unit: "pass", n_steps: 5, best: 2, pass_numbers: [0, 1, 4, 5, 6, 9] };
  const play = () => {
    clock.play();
    for (let now = 0; now < 3000 && clock.playing; now += 100) stopping.stopsAfter(clock.advance(now, 7));
  };
  stopping.setRecord(record, null, true);
  play();
  assert.deepEqual([clock.t, clock.playing], [2, false]);
  assert.deepEqual(said, ["Pass 4 is the best. Play goes on to the passes after it."]);
  play();
  assert.equal(clock.t, 5, "from there on nothing holds it up");
  assert.equal(said.length, 1);
  clock.goTo(3);
  play();
  assert.equal(clock.t, 5, "nor from a later pass");
  stopping.setRecord({ ...record, best: 5 }, null, true);
  clock.goTo(0);
  play();
  assert.equal(clock.t, 5, "the best is the last");
  assert.equal(said.length, 1);
});

const PLACES = {
  example_window: [0],
  example_slot: [0],
  window_pos: [0],
  context_start: [0, 1],
  context_pos: [1],
  curve_t: [0, 1],
  curve_loss: [1, 1],
};

test("scenes: the update on show is that of the present record, also when another record stood at the same moment", () => {
  const { clock } = clockOf(1);
  const scenes = new Scenes(clock, { matches: false });
  clock.play();
  const centers = [0, 2].map((center) => {
    scenes.setRecord(smallRecord([[[center], 1]], PLACES));
    return scenes.at(0, null).update.centers;
  });
  assert.deepEqual(centers, [[0], [2]]);
});

test("scenes: playing slowly, a moment lies between two; fast, it is the one before", () => {
  const { clock } = clockOf(1);
  const scenes = new Scenes(clock, { matches: false });
  scenes.setRecord(smallRecord([[[0], 1]], PLACES));
  clock.play();
  clock.t = 0.25;
  clock.speed = 5;
  assert.equal(scenes.at(0, 2).t, 0.25);
  clock.speed = 50;
  const { t, fast, word, highlight } = scenes.at(0, 2);
  assert.deepEqual([t, fast, word, highlight.contexts], [0, true, 2, [1]]);
});

test("pace: one or two updates a second to begin with, never slower on the way, the full speed in the end", () => {
  assert.ok(slowAtFirst(0, 400) >= 1 && slowAtFirst(0, 400) <= 2);
  let seconds = 0;
  for (let t = 0; t < 400; t += 1) {
    seconds += 1 / slowAtFirst(t, 400);
    if (t === 20) assert.ok(seconds > 5 && seconds < 10, `the first twenty take ${seconds} s`);
    const share = slowAtFirst(t + 1, 400) / slowAtFirst(t, 400);
    assert.ok(share >= 1 && share < 1.7, `no leap at ${t}: ${share}`);
  }
  assert.ok(seconds < 12);
  assert.equal(slowAtFirst(400, 400), 400);
  assert.equal(slowAtFirst(0, 0.5), 0.5, "a run of ten updates takes its twenty seconds");
});

test("pace: only the speed that says so begins slowly", () => {
  const record = smallRecord([[[0], 1]], { n_steps: 8000, epochs: 40, epoch_start: [0, 200] });
  const at = (name, t) => SPEEDS.find(([speed]) => speed === name)[2](record, t);
  for (const [name] of SPEEDS) assert.equal(at(name, 0) < at(name, 4000), name === "slow-start", name);
  assert.equal(at("slow-start", 4000), at("whole", 0));
});

test("scenes: bars follow the center of the update at rest and while it can be read, and else stay with the word", () => {
  const { clock } = clockOf(3);
  const scenes = new Scenes(clock, { matches: false });
  const pairs = [
    [[2], 1],
    [[1], 2],
    [[1], 0],
  ];
  const one = {
    example_window: [0, 1, 2],
    example_slot: [0, 0, 0],
    window_pos: [0, 1, 2],
    context_start: [0, 1, 2, 3],
  };
  scenes.setRecord(smallRecord(pairs, { ...PLACES, ...one, context_pos: [1, 0, 1] }));
  scenes.lossAt = () => 0; // of no concern here
  const asked = [];
  scenes.views = { bars: { subject: { key: "", inputs: [0] }, aim: (word) => asked.push(word), shapeOf: null } };
  const about = (pinned = false) => {
    scenes.at(0, 0, pinned);
    return asked.pop();
  };
  assert.equal(about(), 2);
  assert.equal(about(true), 0, "pinned");
  clock.goTo(1);
  assert.equal(about(), 1);
  scenes.views.bars.shapeOf = () => null;
  assert.equal(about(), 0, "lines beside the bars");
  scenes.views.bars.shapeOf = null;
  clock.play();
  clock.speed = 5;
  assert.equal(about(), 1);
  clock.speed = 10;
  assert.equal(about(), 0, "too fast to be followed");
  clock.goTo(3);
  assert.equal(about(), 0, "at the end no update is on show");
});
