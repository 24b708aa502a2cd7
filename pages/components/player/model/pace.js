// How fast it plays: the speeds on offer. Nothing here draws.
import { ticksOf } from "./record.js";

const READ = 20; // updates at the beginning that can be read one by one
const [FIRST, THEN] = [1.5, 5]; // updates a second at the first of them and after the last
const FASTER = 3; // a second faster with each update after that, which doubles the speed every quarter of a second

/** In 20 seconds from start to end. */
const whole = (record) => record.n_steps / 20;

/** Slowly at first, so that single updates can be read, then ever faster up to `most` updates a second. */
export function slowAtFirst(t, most) {
  const slow = FIRST + ((THEN - FIRST) / READ) * Math.min(t, READ);
  return Math.min(most, slow + FASTER * Math.max(0, t - READ));
}

/**
 * The speeds: a name, a label, and updates a second at moment t of a run.
 * @type {[string, string, (record: RunRecord, t: number) => number][]}
 */
export const SPEEDS = [
  ["1", "1 update a second", () => 1],
  ["5", "5 updates a second", () => 5],
  ["10", "10 updates a second", () => 10],
  ["50", "50 updates a second", () => 50],
  ["epoch", "an epoch a second", (record) => record.n_steps / ticksOf(record).n],
  ["whole", "whole run in 20 s", whole],
  ["slow-start", "slow start, 20 s", (record, t) => slowAtFirst(t, whole(record))],
];

/** The speed to begin with, by the unit of the run. */
export const FIRST_SPEED = { update: "slow-start", pass: "1" };

export const PASS_SPEEDS = ["1", "5", "whole"];
