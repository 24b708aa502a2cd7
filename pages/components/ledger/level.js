// How much detail the ledger shows: words only, numbers, or algebra; chosen here and reported to Python.
import { make } from "../kit/dom.js";
import { DelayedReport } from "../kit/reports.js";

const LEVELS = [
  ["words", "words only"],
  ["numbers", "numbers"],
  ["algebra", "algebra"],
];

export class LevelChoice {
  /** onChoose(): another level is shown from now on. */
  constructor(onChoose) {
    this.onChoose = onChoose;
    /** @type {(name: string, value: any) => void} */
    this.tell = () => {}; // sends a report to Python
    this.el = make(
      "fieldset",
      { class: "w2v-up-levels" },
      make("legend", { class: "w2v-up-unseen" }, "Level of detail"),
      ...LEVELS.map(([level, label]) => this.choiceOf(level, label)),
    );
  }

  choiceOf(level, label) {
    const input = make("input", { type: "radio", name: "w2v-up-level", value: level });
    input.onchange = () => this.choose(level);
    return make("label", {}, input, label);
  }

  /** root: the ledger; presses inside it do not hold a report back. */
  listen(root) {
    this.report = new DelayedReport(root, () => this.tell("chosen", { level: this.now }));
  }

  /** Python says which level is shown: so it is, unless another was chosen here of which it does not know yet. */
  take(given) {
    const before = this.now;
    if (window.w2vLevel === given) delete window.w2vLevel;
    this.now = window.w2vLevel ?? given;
    if (before === undefined && this.now !== given) this.report.scheduleLate(); // chosen before the page was changed
    for (const input of this.el.querySelectorAll("input")) input.checked = input.value === this.now;
    return this.now !== before;
  }

  choose(level) {
    this.now = window.w2vLevel = level;
    this.onChoose();
    this.report.schedule();
  }

  close() {
    this.report.close();
  }
}
