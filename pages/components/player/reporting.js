// Where the player rests is reported to Python, once things are quiet; and to the player of the next page at once.
import { DelayedReport } from "../kit/reports.js";

const HEARD = 3000; // ms after which Python has acted on a report, however busy it is; a turn of the page may replace it before

export class Reporter {
  /** momentOf() is {run, t, word, command}; the clock says whether it runs, and whether its moment was chosen by hand. */
  constructor(root, momentOf, clock) {
    this.momentOf = momentOf;
    this.clock = clock;
    this.setStateValue = null; // tells Python, where there is one
    this.known = ""; // what Python was told
    this.heard = 0; // a timer
    this.report = new DelayedReport(root, () => this.send());
  }

  /** The clock stands where Python put it. */
  agree() {
    this.known = keyOf(this.momentOf());
  }

  /** At rest: report, once things have been quiet for a moment. */
  schedule() {
    this.report.schedule();
    this.leaveResumePoint();
  }

  cancel() {
    this.report.cancel();
  }

  send() {
    if (this.clock.playing) return;
    const moment = this.momentOf();
    clearTimeout(this.heard);
    if (keyOf(moment) === this.known) {
      this.forgetResumePoint();
      return;
    }
    this.known = keyOf(moment);
    this.setStateValue?.("moment", moment);
    this.heard = setTimeout(() => this.forgetResumePoint(), HEARD);
  }

  forgetResumePoint() {
    if (window.w2vResumePoint?.by === this) delete window.w2vResumePoint;
  }

  /** For the player of the next page: Python may not know yet. */
  leaveResumePoint() {
    clearTimeout(this.heard);
    window.w2vResumePoint = { by: this, ...this.momentOf(), chosen: this.clock.chosen };
  }

  /** Take what the player of the page before left of this run since the same command: {t, word, chosen}, or null. */
  takeResumePoint(/** @type {RunRecord} */ { id, command }) {
    const point = window.w2vResumePoint;
    if (!point || point.by === this || point.run !== id || point.command !== command) return null;
    delete window.w2vResumePoint;
    return point;
  }

  close() {
    this.report.close();
  }
}

function keyOf({ run, t, word }) {
  return `${run}:${t}:${word}`;
}
