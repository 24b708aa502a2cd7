// Ripple: what one update changes in all of P(.|.), as a table of small triangles, and how much of it lies elsewhere.
import { fitCanvas, make, placeIn, setText } from "../../kit/dom.js";
import { listed, percent, pointsChange, whole } from "../../kit/format.js";
import { objectiveOf } from "../../kit/objectives/objectives.js";
import { RippleSum, ownRows, rowInputs } from "../model/ripple.js";
import { examplesOf } from "../model/record.js";
import { CHANCE, RippleTable } from "./ripple_table.js";

const AT_ONCE = 4; // ms of arithmetic within one picture; the rest is done between pictures
const LIVE_CELLS = 60_000; // words x words x dimensions that are added up again for every update while playing slowly

export class RippleView {
  constructor({ effectOf }) {
    this.effectOf = effectOf; // () -> Effect of the present run
    this.title = make("h2", { class: "w2v-title" });
    this.canvas = make("canvas", { role: "img", class: "w2v-canvas" });
    this.table = new RippleTable(this.canvas);
    this.tip = make("div", { class: "w2v-tip", "aria-hidden": "true" });
    this.box = make("div", { class: "w2v-paper" }, this.canvas, this.tip);
    this.readout = make("p", {
      class: "w2v-readout",
      "data-role": "ripple",
      title: "Change in total variation: half the sum of all differences in a row.",
    });
    this.el = make(
      "section",
      { class: "w2v-panel w2v-ripple", "aria-label": "Ripple" },
      this.title,
      this.box,
      this.readout,
    );
    this.canvas.onpointermove = (event) => this.hover(event);
    this.canvas.onpointerdown = (event) => this.hover(event);
    this.canvas.onpointerleave = () => this.tip.classList.remove("w2v-shown");
  }

  setRecord(record) {
    /** @type {RunRecord} */
    this.record = record;
    this.rows = null;
    this.sum = null;
    this.shown = null;
    this.last = null; // the sum that the table shows: the last that was complete
    this.table.grid = null;
    this.wanted = -1;
  }

  setTheme(theme) {
    this.theme = theme;
    this.shown = null;
  }

  resize() {
    this.shown = null;
    return fitCanvas(this.canvas, this.box);
  }

  /** Go on adding up. Returns whether there is nothing left to do. */
  work(ms) {
    if (this.wanted < 0) return true;
    if (this.sum?.t !== this.wanted) {
      const effect = this.effectOf().at(this.wanted, ms);
      if (!effect) return false;
      this.rows ??= rowInputs(this.record);
      const [first, end] = examplesOf(this.record, effect.t);
      this.sum = new RippleSum(this.record, effect.before, effect.after, ownRows(this.record, first, end), this.rows);
      this.sum.t = effect.t;
    }
    const fresh = this.sum.done < this.sum.rows.length;
    const finished = this.sum.work(ms);
    if (fresh && finished) this.shown = null;
    return finished;
  }

  get busy() {
    return this.wanted >= 0 && !this.finished;
  }

  get finished() {
    return this.sum?.t === this.wanted && this.sum.done === this.sum.rows.length;
  }

  draw(scene) {
    if (this.el.hidden) return;
    const { record } = this;
    const live = !scene.playing || (!scene.fast && record.n_words ** 2 * record.dim <= LIVE_CELLS);
    const now = scene.update && record.n_steps > 0 ? scene.update.t : -1;
    if (live || (!this.last && !this.busy)) this.wanted = now; // of updates that rush by one is shown
    if ((live || !this.last) && !this.finished) this.work(AT_ONCE);
    if (this.finished) this.last = this.sum;
    const state = scene.playing && !live ? "waits" : this.finished ? "exact" : "works";
    this.el.dataset.state = state;
    const key = `${this.last?.t}:${state}:${state === "works" ? this.progress() : ""}`;
    if (this.shown === key) return;
    this.shown = key;
    const { theme, last } = this;
    if (last) this.table.paint({ record, theme, sum: last, rowName: (row) => this.rowName(row) });
    this.canvas.style.opacity = state === "exact" ? 1 : 0.55;
    this.write(state);
  }

  progress() {
    return this.sum?.t === this.wanted ? Math.floor((20 * this.sum.done) / this.sum.rows.length) * 5 : 0;
  }

  write(state) {
    const what = objectiveOf(this.record).symbolOfAll;
    const held = state === "waits" ? this.last?.t : Math.max(0, this.wanted);
    const update = held === undefined ? "an update" : `update ${whole(held)}`;
    setText(this.title, (state === "exact" && this.choice()) || `What ${update} changes in all of ${what}`);
    this.title.title = this.title.textContent;
    if (state === "works") setText(this.readout, `Adding up all words \u2026 ${this.progress()}\u00a0%`);
    else if (state === "exact") setText(this.readout, this.sentence());
    else setText(this.readout, "Pause to see what the update of that moment changes everywhere.");
    this.canvas.setAttribute("aria-label", this.readout.textContent);
  }

  sentence() {
    const { record, sum } = this;
    if (!(sum.total > CHANCE)) return "This update changes nothing.";
    const names = [...sum.own].slice(0, 3).map((row) => `\u201c${this.rowName(row)}\u201d`);
    const cbow = record.architecture === "cbow";
    const other = cbow ? "other contexts" : "other center words";
    if (sum.own.size >= sum.rows.filter((inputs) => inputs.length).length) {
      return "This update is about every row, so all of the change lies in its own rows.";
    }
    const few = `the row${names.length > 1 ? "s" : ""} of ${listed(names, 3)}`;
    const own = sum.own.size > 3 ? `its own ${whole(sum.own.size)} rows` : few;
    return `${percent(sum.elsewhere)} of the change lands in rows of ${other}; the rest in ${own}.`;
  }

  /** Which part of the table there was room for. */
  choice() {
    const { rows, columns } = this.table.grid;
    const [shown, all] = [
      [rows.length, columns.length],
      [this.sum.rows.length, this.record.n_words],
    ];
    if (shown[0] === all[0] && shown[1] === all[1]) return "";
    return `The ${shown.map(whole).join(" \u00d7 ")} most changed of ${all.map(whole).join(" \u00d7 ")}`;
  }

  rowName(row) {
    return this.rows[row].map((id) => this.record.labels[id]).join(" ");
  }

  /** What has been added up, for tests: null until it is complete. */
  report() {
    if (!this.finished) return null;
    const { t, change, columns, total, elsewhere, own } = this.sum;
    return {
      t,
      change: Array.from(change),
      columns: Array.from(columns),
      total,
      elsewhere,
      own: [...own],
      inputs: this.rows,
      cells: this.table.grid.cells,
      shownRows: this.table.grid.rows,
      shownColumns: this.table.grid.columns,
    };
  }

  hover(event) {
    const g = this.table.grid;
    const { x, y } = placeIn(this.canvas, event);
    const cell = this.finished ? this.table.cellAt(x, y) : null;
    this.tip.classList.toggle("w2v-shown", Boolean(cell));
    if (!cell) return;
    const { i, j } = cell;
    const change = g.cells[i][j];
    const small = Math.abs(change) < 0.0005;
    const points = small
      ? `${change > 0 ? "up" : "down"} ${(100 * Math.abs(change)).toPrecision(2)} points`
      : pointsChange(0, change);
    const name = objectiveOf(this.record).symbol;
    setText(this.tip, `${name}(${this.record.labels[g.columns[j]]} | ${this.rowName(g.rows[i])}): ${points}`);
    const left = Math.min(Math.max(2, x + 12), this.canvas.getBoundingClientRect().width - this.tip.offsetWidth - 2);
    this.tip.style.transform = `translate(${left}px, ${y > 44 ? y - 36 : y + 18}px)`;
  }
}
