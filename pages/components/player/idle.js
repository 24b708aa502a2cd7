// Work between pictures, a little at a time: lines and sums that are not yet complete.

const SLICE = 8; // ms of arithmetic between two pictures, at rest
const SHOWS = 150; // ms between two pictures of work that is still going on

export class IdleWork {
  /** viewOf(): the view that may have work left; allowed(): whether there is time for it; onProgress(): draw it. */
  constructor({ viewOf, allowed, onProgress }) {
    this.viewOf = viewOf;
    this.allowed = allowed;
    this.onProgress = onProgress;
    this.waiting = null;
    this.shownAt = 0;
  }

  start() {
    const view = this.viewOf();
    if (this.waiting || !this.allowed() || !view?.busy) return;
    this.waiting = whenIdle(() => {
      this.waiting = null;
      if (!this.allowed()) return;
      const finished = view.work(SLICE);
      const now = performance.now();
      if (finished || now - this.shownAt > SHOWS) {
        this.shownAt = now;
        this.onProgress();
      }
      if (!finished) this.start();
    });
  }

  stop() {
    this.waiting?.stop();
  }
}

/** Do something once the browser has nothing better to do; the result can stop it. */
function whenIdle(act) {
  if (!window.requestIdleCallback) {
    const id = setTimeout(act, 15);
    return { stop: () => clearTimeout(id) };
  }
  const id = window.requestIdleCallback(act, { timeout: 200 });
  return { stop: () => window.cancelIdleCallback(id) };
}
