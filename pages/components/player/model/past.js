// States of moments before the clock's, by a replay of its own, so that the clock's is not led away; a little at a time.
import { Replay } from "./replay.js";

const SLICE = 8; // ms in one picture

export class PastStates {
  constructor(record) {
    this.record = record;
    this.made = null;
  }

  /** Made when it is first needed, for it is as large as the model. */
  get replay() {
    this.made ??= new Replay(this.record);
    return this.made;
  }

  /** When work on the states that one picture needs begins. */
  startSlice() {
    return performance.now();
  }

  /** The state of moment t, as long as the slice lasts; else null. Valid until the next call; read only. */
  at(t, slice = performance.now()) {
    const left = SLICE - (performance.now() - slice);
    return left > 0 && this.replay.work(t, left) ? this.replay.current : null;
  }
}
