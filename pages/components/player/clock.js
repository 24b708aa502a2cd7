// The clock: the moment of the run that is on show, standing still, played, or moved by hand.

export class Clock {
  /**
   * What it tells: onPlay(); onJump() before another moment is chosen; onRest() where it stays; onHold() while a hand is
   * on the scrubber; onChange() after anything.
   */
  constructor({ onPlay, onJump, onRest, onHold, onChange }) {
    this.tell = { onPlay, onJump, onRest, onHold, onChange };
    this.t = 0; // between two moments while playing slowly
    this.last = 0;
    this.playing = false;
    this.locked = false; // no hand moves it
    this.speed = 0; // updates a second
    this.startedAt = 0; // where it was last played from
    this.chosen = false; // whether a hand brought it where it is
    this.lastTick = null;
  }

  /** The moment on show: a whole number. */
  get moment() {
    return Math.floor(this.t);
  }

  get atEnd() {
    return this.t >= this.last;
  }

  /** Stand at a moment without telling anybody. */
  set(t, last = this.last) {
    this.last = last;
    this.t = Math.min(last, Math.max(0, t));
  }

  /** Go on from here, or from the start again; `byItself` when no hand asked for it. */
  play(byItself = false) {
    if (this.last === 0 || this.locked) return;
    this.chosen = !byItself;
    if (this.moment >= this.last) this.t = 0;
    this.playing = true;
    this.lastTick = null;
    this.startedAt = this.moment;
    this.tell.onPlay();
    this.tell.onChange();
  }

  pause(stays = true) {
    const was = this.playing;
    this.playing = false;
    this.t = this.moment;
    if (stays) this.chosen = true;
    if (was && stays) this.tell.onRest();
    this.tell.onChange();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  goTo(t) {
    if (this.locked) return;
    if (this.playing) this.pause(false);
    this.chosen = true;
    this.tell.onJump();
    this.set(Math.round(t));
    this.tell.onRest();
    this.tell.onChange();
  }

  stepBy(n) {
    this.goTo(this.moment + n);
  }

  scrub(t, done) {
    if (this.locked) return;
    if (done) {
      this.goTo(t);
      return;
    }
    this.playing = false;
    this.chosen = true;
    this.t = t;
    this.tell.onHold();
    this.tell.onChange();
  }

  /** Go on to the time `now`, at `speed` updates a second. Returns where it was before. */
  advance(now, speed) {
    const passed = this.lastTick === null ? 0 : Math.min(100, now - this.lastTick);
    this.lastTick = now;
    this.speed = speed;
    const before = this.t;
    this.t = Math.min(this.last, before + (speed * passed) / 1000);
    return before;
  }
}
