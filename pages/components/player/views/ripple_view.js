// Ripple: what one update changes in all of P(.|.), as a table of small triangles, and how much of it lies elsewhere.
import { canvasFont } from "../../kit/theme.js";
import { fitCanvas, fitText, make, setText, startDrawing } from "../../kit/dom.js";
import { listed, percent, pointsChange, whole } from "../../kit/format.js";
import { mark } from "../../kit/marks.js";
import { objectiveOf } from "../../kit/objectives/objectives.js";
import { RippleSum, largest, ownRows, rowInputs } from "../model/ripple.js";
import { examplesOf } from "../model/record.js";

const SMALLEST_CELL = 6; // px
const AT_ONCE = 4; // ms of arithmetic within one picture; the rest is done between pictures
const LIVE_CELLS = 60_000; // words x words x dimensions that are added up again for every update while playing slowly
const FAINTEST = 0.04; // share of the strongest color below which nothing is drawn
const CHANCE = 1e-12; // changes below this are rounding

export class RippleView {
  constructor({ effectOf }) {
    this.effectOf = effectOf; // () -> Effect of the present run
    this.title = make("h3", { class: "w2v-title" });
    this.canvas = make("canvas", { role: "img", class: "w2v-canvas" });
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
    this.grid = null;
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
    this.wanted = scene.update && record.n_steps > 0 ? scene.update.t : -1;
    const live = !scene.playing || (!scene.fast && record.n_words ** 2 * record.dim <= LIVE_CELLS);
    if (live && !this.finished) this.work(AT_ONCE);
    const state = this.finished ? "exact" : scene.playing ? "waits" : "works";
    this.el.dataset.state = state;
    const key = `${this.finished ? this.wanted : this.shown?.split(":")[0]}:${state}:${
      state === "works" ? this.progress() : ""
    }`;
    if (this.shown === key) return;
    this.shown = key;
    if (state === "exact") this.paint();
    this.canvas.style.opacity = state === "exact" ? 1 : 0.35;
    this.write(state);
  }

  progress() {
    return this.sum?.t === this.wanted ? Math.floor((20 * this.sum.done) / this.sum.rows.length) * 5 : 0;
  }

  write(state) {
    const { record } = this;
    const what = objectiveOf(record).symbolOfAll;
    const part = state === "exact" ? this.choice() : "";
    setText(
      this.title,
      part
        || (state === "waits"
          ? `What an update changes in all of ${what}`
          : `What update ${whole(Math.max(0, this.wanted))} changes in all of ${what}`),
    );
    this.title.title = this.title.textContent;
    if (state === "waits") setText(this.readout, "Pause to see what one single update changes everywhere.");
    else if (state === "works") setText(this.readout, `Adding up all words \u2026 ${this.progress()}\u00a0%`);
    else setText(this.readout, this.sentence());
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
    const { rows, columns } = this.grid;
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
      cells: this.grid.cells,
      shownRows: this.grid.rows,
      shownColumns: this.grid.columns,
    };
  }

  // ---- the table --------------------------------------------------------------------------------------------------

  /** Which rows and columns there is room for, and where they lie. */
  layOut(pen, width, height) {
    const { theme, sum, record } = this;
    pen.font = canvasFont(theme, 13);
    const line = 14 * theme.scale;
    const left = Math.min(0.3 * width, 96 * theme.scale);
    const top = Math.min(0.3 * height, 62 * theme.scale);
    const fits = (room) => Math.max(1, Math.floor(room / SMALLEST_CELL));
    const roomy = (room) => Math.max(1, Math.floor(room / line)); // when a choice must be made, names shall fit
    const choose = (values, room, always) =>
      largest(values, values.length <= fits(room) ? values.length : roomy(room), always);
    const rows = choose(sum.change, height - top, [...sum.own]);
    const columns = choose(sum.columns, width - left, []);
    const cells = rows.map((row) => {
      const change = sum.row(row);
      return columns.map((id) => change[id]);
    });
    const [wide, tall] = [(width - left - 1) / columns.length, Math.min((height - top - 1) / rows.length, 22)];
    return {
      rows,
      columns,
      cells,
      left,
      top,
      line,
      wide: Math.min(wide, 1.8 * tall, 30),
      tall,
      most: Math.max(CHANCE, ...cells.map((row) => Math.max(...row.map(Math.abs)))),
      n_words: record.n_words,
    };
  }

  paint() {
    const { theme, sum } = this;
    const { pen, width, height } = startDrawing(this.canvas);
    const g = this.layOut(pen, width, height);
    this.grid = g;
    pen.strokeStyle = theme.grid;
    pen.lineWidth = 1;
    g.rows.forEach((row, i) => {
      const y = g.top + i * g.tall;
      if (sum.own.has(row)) {
        pen.fillStyle = theme.centerTint;
        pen.fillRect(0, y, g.left + g.columns.length * g.wide, g.tall);
      }
      pen.beginPath();
      pen.moveTo(g.left, Math.round(y + g.tall) + 0.5);
      pen.lineTo(g.left + g.columns.length * g.wide, Math.round(y + g.tall) + 0.5);
      pen.stroke();
      g.columns.forEach((_, j) => this.paintCell(pen, g, i, j));
    });
    this.paintRowNames(pen, g);
    this.paintColumnNames(pen, g);
    this.paintLegend(pen, g);
  }

  /** In the corner that is free. */
  paintLegend(pen, g) {
    const { theme } = this;
    pen.font = canvasFont(theme, 13);
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    const name = objectiveOf(this.record).symbol;
    [
      ["triangle", `${name} goes up`, theme.pull],
      ["wedge", "down", theme.push],
    ].forEach(([shape, text, color], i) => {
      const y = g.top - (1.6 - i) * g.line - 4;
      pen.fillStyle = color;
      mark(pen, shape, 6, y, 4.5);
      pen.fill();
      pen.fillStyle = theme.muted;
      pen.fillText(fitText(pen, text, g.left - 20), 15, y + 0.5);
    });
  }

  /** A triangle, up and teal or down and grey; the larger the change, the stronger and a little larger. */
  paintCell(pen, g, i, j) {
    const change = g.cells[i][j];
    const strength = (Math.abs(change) / g.most) ** 0.4; // small changes are seen, too
    if (strength < FAINTEST || Math.abs(change) < CHANCE) return;
    const { theme } = this;
    const size = Math.min(g.wide, g.tall, 18) * (0.3 + 0.2 * strength);
    mark(pen, change > 0 ? "triangle" : "wedge", g.left + (j + 0.5) * g.wide, g.top + (i + 0.5) * g.tall, size);
    pen.fillStyle = change > 0 ? theme.pull : theme.push;
    pen.globalAlpha = strength;
    pen.fill();
    pen.globalAlpha = 1;
  }

  /** Names of rows: of the update's own first, then of the most changed, as long as they do not overlap. */
  paintRowNames(pen, g) {
    const { theme, sum } = this;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const i of this.nameable(g.rows, g.tall, g.line, (row) => (sum.own.has(row) ? 1e9 : sum.change[row]))) {
      const own = sum.own.has(g.rows[i]);
      pen.font = canvasFont(theme, 13, own ? 650 : 400);
      pen.fillStyle = own ? theme.centerText : theme.text;
      const y = g.top + (i + 0.5) * g.tall + 0.5;
      const sign = own ? "\u25b8\u2009" : "";
      pen.fillText(fitText(pen, sign + this.rowName(g.rows[i]), g.left - 8), g.left - 6, y);
    }
  }

  paintColumnNames(pen, g) {
    const { theme, sum } = this;
    pen.font = canvasFont(theme, 13);
    pen.fillStyle = theme.text;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    for (const j of this.nameable(g.columns, g.wide, g.line, (id) => sum.columns[id])) {
      pen.save();
      pen.translate(g.left + (j + 0.5) * g.wide, g.top - 4);
      pen.rotate(-Math.PI / 2);
      pen.fillText(fitText(pen, this.record.labels[g.columns[j]], g.top - 6), 0, 0);
      pen.restore();
    }
  }

  /** Which names fit, the weightiest first: none nearer to another than a line is high. */
  nameable(items, size, line, weight) {
    const order = items.map((_, i) => i).sort((a, b) => weight(items[b]) - weight(items[a]) || a - b);
    const named = [];
    for (const i of order) if (named.every((other) => Math.abs(other - i) * size >= line - 1.5)) named.push(i);
    return named;
  }

  hover(event) {
    const g = this.grid;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const [i, j] = g ? [Math.floor((y - g.top) / g.tall), Math.floor((x - g.left) / g.wide)] : [-1, -1];
    const on = Boolean(g && this.finished && g.rows[i] !== undefined && g.columns[j] !== undefined);
    this.tip.classList.toggle("w2v-shown", on);
    if (!on) return;
    const change = g.cells[i][j];
    const small = Math.abs(change) < 0.0005;
    const points = small
      ? `${change > 0 ? "up" : "down"} ${(100 * Math.abs(change)).toPrecision(2)} points`
      : pointsChange(0, change);
    const name = objectiveOf(this.record).symbol;
    setText(this.tip, `${name}(${this.record.labels[g.columns[j]]} | ${this.rowName(g.rows[i])}): ${points}`);
    const left = Math.min(Math.max(2, x + 12), box.width - this.tip.offsetWidth - 2);
    this.tip.style.transform = `translate(${left}px, ${y > 44 ? y - 36 : y + 18}px)`;
  }
}
