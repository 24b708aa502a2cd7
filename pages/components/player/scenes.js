// What the views need to draw a moment: the model there, exact where that is computed in time, and the update on show.
import { likeIt } from "./model/alike.js";
import { covers, describeUpdate, examplesOf, hasUpdates, meanLossAt } from "./model/record.js";
import { Replay } from "./model/replay.js";
import { MeanLoss, finish } from "./model/stop.js";

const FRAME_BUDGET = 8; // ms of replay in one picture
const FOLLOWED = 6; // updates a second up to which the bars follow the center of the update on show
const SLOW = 12; // updates a second up to which points move in straight lines between updates
const CALM_EVERY = 170; // ms between changes of the highlighted window when updates rush by
const CALMER_EVERY = 500; // the same for those who want less motion
const LOSS_CELLS = 2_000_000; // multiplications of one mean loss that fit into a picture
const FRAMES_KEPT = 6;
const NAMED_NEAR = 2; // words most like one, where the pointer is on it

export class Scenes {
  /** clock; reducedMotion: a media query that says whether motion is unwanted. */
  constructor(clock, reducedMotion) {
    this.clock = clock;
    this.reducedMotion = reducedMotion;
    this.views = {}; // those that take something of a state: bars, map, vectors
    this.frames = new Map();
  }

  setRecord(record) {
    /** @type {RunRecord} */
    this.record = record;
    this.replay = new Replay(record);
    this.lossAtRest = null;
    this.highlighted = { t: -1, since: -Infinity, update: null };
    this.forget();
  }

  /** The views want other parts of the states from now on. */
  forget() {
    this.frames.clear();
  }

  /** Everything the views need to draw this moment, with a word selected, which is `pinned` where the bars stay with it. */
  at(now, word, pinned) {
    const { record, clock, views } = this;
    const last = record.n_steps;
    const moment = Math.min(last, clock.moment);
    const fast = clock.playing && clock.speed > SLOW;
    const calm = this.reducedMotion.matches;
    const tween = clock.playing && !fast && !calm && moment < last;
    const t = tween ? clock.t : moment;
    const done = moment >= last;
    const some = last > 0 && hasUpdates(record);
    const update = some ? this.shownUpdate(done ? last - 1 : moment, now, fast, calm) : null;
    const held = pinned || done || views.bars?.shapeOf; // lines over the whole run stay with one word, too
    views.bars?.aim((held ? null : this.centerToFollow(update)) ?? word ?? 0, this.exampleFor(update, fast));
    const from = this.frame(moment, word);
    const to = tween && from.exact ? this.frame(moment + 1, word) : from;
    const loss = clock.playing || !from.exact ? meanLossAt(record, t) : this.lossAt(moment);
    return {
      t,
      word,
      pinned,
      playing: clock.playing,
      fast,
      calm,
      done,
      exact: from.exact,
      from,
      to,
      loss,
      mix: to === from ? 0 : clock.t - moment,
      update,
      highlight: done || !update ? { centers: [], contexts: [] } : update,
    };
  }

  /** The update on show: this one, or, when they rush by, one held long enough to be seen. */
  shownUpdate(t, now, fast, calm) {
    const held = this.highlighted;
    const hold = fast && now - held.since < (calm ? CALMER_EVERY : CALM_EVERY) && held.t >= 0;
    if (!hold && held.t !== t) this.highlighted = { t, since: now, update: describeUpdate(this.record, t) };
    return this.highlighted.update;
  }

  /** The center word of the update on show, as long as it can be followed; else null. */
  centerToFollow(update) {
    const { clock } = this;
    if (update?.windows !== 1 || (clock.playing && clock.speed > FOLLOWED)) return null;
    return update.centers[0];
  }

  /** CBOW bars ask about one context: that of the update on show, or, when they rush by, the one where play began. */
  exampleFor(update, fast) {
    if (!update) return 0;
    if (!fast || this.record.architecture !== "cbow") return update.first;
    return examplesOf(this.record, Math.min(this.record.n_steps - 1, this.clock.startedAt))[0];
  }

  /** What the views need of the model's state at moment t; exact when that fits into a picture's time. */
  frame(t, word) {
    const { bars, map, vectors } = this.views;
    const at = map && !this.clock.playing ? word : null; // whose nearest words are looked for
    const key = [t, bars?.subject?.key, map?.kind, map?.version, at, vectors?.version(word)].join("|");
    const known = this.frames.get(key);
    if (known) return known;
    if (!map && !bars) return { exact: true };
    const worthIt = !this.clock.playing || this.replay.cost(t) <= FRAME_BUDGET;
    const exact = worthIt && this.replay.work(t, 2 * FRAME_BUDGET);
    const state = exact ? this.replay.current : this.replay.blendAt(t);
    const frame = { exact: exact || this.clock.playing, map: map?.project(state) };
    if (bars) frame.predicted = this.replay.distribution(state, bars.subject.inputs);
    if (at !== null && exact) frame.near = map.content.near(state, at);
    if (vectors) frame.rows = vectors.take(state, word);
    if (exact) {
      if (this.frames.size > FRAMES_KEPT) this.frames.delete(this.frames.keys().next().value);
      this.frames.set(key, frame);
    }
    return frame;
  }

  /** The mean loss of moment t: exact where that is quickly worked out, else between the moments that are known. */
  lossAt(t) {
    const { record } = this;
    if (!hasUpdates(record)) return meanLossAt(record, t);
    if (this.lossAtRest?.t === t) return this.lossAtRest.loss;
    const cells = (record.goal_start.length - 1) * record.n_rows * record.dim;
    if (cells > LOSS_CELLS || !this.replay.work(t, FRAME_BUDGET)) return meanLossAt(record, t);
    this.meanLoss = this.meanLoss?.record === record ? this.meanLoss : new MeanLoss(record);
    this.lossAtRest = { t, loss: finish(this.meanLoss.of(this.replay.current)) };
    return this.lossAtRest.loss;
  }

  /** The length of a vector at the moment on show. */
  normOf({ kind, id }) {
    const { V, U } = this.stateNow();
    const { dim } = this.record;
    return Math.hypot(...(kind === "v" ? V : U).subarray(id * dim, (id + 1) * dim));
  }

  /** The words most like one at the moment on show, as far as their vectors are here: {word, cosine}. */
  nearTo(word) {
    if (covers(this.record, "alike")) return [];
    return likeIt(this.stateNow().V, this.record.dim, word, NAMED_NEAR);
  }

  /** The model at the moment on show, exact where it was worked out. */
  stateNow() {
    const { current } = this.replay;
    return current.t === this.clock.moment ? current : this.replay.blendAt(this.clock.moment);
  }
}
