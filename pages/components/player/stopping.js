// Playing stops by itself where the condition that was chosen holds, for which every update on the way is asked; and at
// the best pass: what comes after it is not what one is to leave with.
import { whole } from "../kit/format.js";
import { bestBeforeEnd, examplesOf } from "./model/record.js";

const BUDGET = 6; // ms in one picture

export class Stopping {
  /** say(text) shows a sentence over the scrubber. */
  constructor(clock, say) {
    this.clock = clock;
    this.say = say;
    this.control = null; // a StopControl, where there is one
    this.search = null; // while playing and looking for a moment to stop at
  }

  setRecord(record, replay, fresh) {
    this.record = record;
    this.replay = replay;
    this.control?.setRecord(record, fresh);
  }

  /** A condition was chosen, or what it is about has changed: look for it from here on. */
  restart(word) {
    this.search = null;
    if (!this.control || this.record.n_steps === 0) return;
    this.aim(word);
    if (this.clock.playing) this.search = this.control.search(this.clock.moment);
  }

  /** Let the control name the selected word, or for CBOW the context of the update on show. */
  aim(word) {
    if (!this.control || this.record.n_steps === 0) return;
    const t = this.clock.playing ? this.clock.startedAt : this.clock.moment;
    this.control.aim(word, examplesOf(this.record, Math.min(this.record.n_steps - 1, t))[0]);
  }

  /** Ask every update on the way from `before` to now; go no further than was asked. Returns whether it stopped. */
  stopsAfter(before) {
    if (this.restsAtBest(before)) return true;
    const { search, clock } = this;
    if (!search) return false;
    if (!search.work(clock.moment, BUDGET)) {
      clock.t = Math.max(before, Math.min(clock.t, search.checked));
      this.say(this.control.slowed());
    }
    if (search.found === null) return false;
    clock.t = search.found;
    const previous = { V: this.replay.stateAt(clock.t - 1).V.slice() };
    const reason = this.control.reason(clock.t, this.replay.stateAt(clock.t), previous);
    clock.pause();
    this.say(reason);
    return true;
  }

  /** Rest at the best pass on the way there; who plays on from it sees the passes after it. */
  restsAtBest(before) {
    const { clock, record } = this;
    const best = bestBeforeEnd(record);
    if (best === null || before >= best || clock.t < best) return false;
    clock.t = best;
    clock.pause();
    this.say(`Pass ${whole(record.pass_numbers[best])} is the best. Play goes on to the passes after it.`);
    return true;
  }

  /** The run ended first. */
  ended() {
    if (this.search) this.say(this.control.missed());
  }
}
