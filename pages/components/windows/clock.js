// The clock of the windows: the number k of the window on show, moved by hand or played.

export class WindowClock {
  /** onMove(moved): something changed, and whether that is the window; rateOf(): windows a second. */
  constructor({ onMove, rateOf }) {
    this.onMove = onMove;
    this.rateOf = rateOf;
    this.k = 0;
    this.last = 0;
    this.playing = false;
  }

  restart(nWindows) {
    this.pause();
    this.k = 0;
    this.last = nWindows - 1;
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  goTo(k) {
    this.pause();
    this.show(k);
  }

  stepBy(n) {
    this.goTo(this.k + n);
  }

  show(k) {
    const next = Math.max(0, Math.min(this.last, Math.floor(k) || 0));
    this.k = k === Infinity ? this.last : next;
    this.onMove(true);
  }

  play() {
    if (this.k >= this.last) this.show(0);
    this.playing = true;
    let exact = this.k;
    let before = performance.now();
    const tick = (now) => {
      if (!this.playing) return;
      const passed = Math.min(0.25, Math.max(0, now - before) / 1000); // a hidden page does not leap ahead
      before = now;
      exact += passed * this.rateOf();
      if (Math.floor(exact) > this.k) this.show(exact);
      if (this.k >= this.last) this.pause();
      else this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
    this.onMove(false);
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.onMove(false);
  }
}
