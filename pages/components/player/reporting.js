// Where the player rests is reported to Python, once things are quiet; and to the player of the next page at once.

const REPORT_AFTER = 120; // ms at rest before Python is told
const REPORT_LATE = 1500; // the same after a press elsewhere
const PRESSES = ["pointerdown", "keydown"];

export class Reporter {
  /** momentOf() is {run, t, word}; isPlaying() whether the clock runs. */
  constructor(root, momentOf, isPlaying) {
    this.root = root;
    this.momentOf = momentOf;
    this.isPlaying = isPlaying;
    this.setStateValue = null; // tells Python, where there is one
    this.reported = ""; // what Python knows
    this.timer = 0;
    this.onPress = (event) => this.pressed(event);
    for (const kind of PRESSES) document.addEventListener(kind, this.onPress, true);
  }

  /** The clock stands where Python put it. */
  agree() {
    this.reported = keyOf(this.momentOf());
  }

  /** At rest: report, once things have been quiet for a moment. */
  schedule(after = REPORT_AFTER) {
    this.cancel();
    this.timer = setTimeout(() => {
      this.timer = 0;
      if (this.isPlaying()) return;
      const moment = this.momentOf();
      if (keyOf(moment) !== this.reported) {
        this.reported = keyOf(moment);
        this.setStateValue?.("moment", moment);
      }
      this.withdraw();
    }, after);
    this.leaveResumePoint();
  }

  cancel() {
    clearTimeout(this.timer);
  }

  /** Something else is pressed, perhaps the way to another page: a report now would get in the way of that. */
  pressed(event) {
    if (this.isPlaying() || !this.timer || event.composedPath().includes(this.root)) return;
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    this.schedule(REPORT_LATE);
  }

  /** For the player of the next page: Python does not know yet. */
  leaveResumePoint() {
    window.w2vResumePoint = { by: this, ...this.momentOf() };
  }

  withdraw() {
    if (window.w2vResumePoint?.by === this) delete window.w2vResumePoint;
  }

  /** Take what the player of the page before left of this run: {t, word}, or null. */
  takeResumePoint(run) {
    const point = window.w2vResumePoint;
    if (!point || point.by === this || point.run !== run) return null;
    delete window.w2vResumePoint;
    return point;
  }

  close() {
    this.cancel();
    for (const kind of PRESSES) document.removeEventListener(kind, this.onPress, true);
  }
}

function keyOf({ run, t, word }) {
  return `${run}:${t}:${word}`;
}
