// The clock of the player, and what it shows at a moment.
import assert from "node:assert/strict";
import test from "node:test";

import { Clock } from "../../pages/components/player/clock.js";
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
