// P(o | word) of a few chosen words over the whole run, as lines, with what the text says as dashed lines.
import { canvasFont } from "../../kit/theme.js";
import { fitText, make, niceStep, setText } from "../../kit/dom.js";
import { percent, whole } from "../../kit/format.js";
import { stackNames } from "../../kit/labels.js";
import { mark } from "../../kit/marks.js";
import { Replay } from "../model/replay.js";
import { Samples } from "../model/samples.js";
import { Timeline } from "./timeline.js";

const SHAPES = ["disc", "square", "triangle", "diamond", "wedge"]; // one for each line, also beside its bar
const DEFAULT_LINES = 4;
const KEPT = 6; // sampled lines kept, for going back to a word
const LABEL_HEIGHT = 15;
const NARROW_EPOCH = 24; // px

export class Traces extends Timeline {
  constructor({ onGoTo }) {
    super("traces", "Chosen words over the run", onGoTo);
    this.note = make("p", { class: "w2v-note", "data-role": "resolution" });
    this.el.prepend(this.note);
    this.picks = new Map(); // subject -> the words chosen for it
    this.kept = new Map();
  }

  setRecord(record) {
    super.setRecord(record);
    this.replay = new Replay(record); // of its own, so that filling in does not lead the clock's away
    this.picks.clear();
    this.kept.clear();
    this.subject = null;
  }

  /** What the bars are about, the lines are about. */
  aim(subject) {
    if (this.subject === subject) return;
    this.subject = subject;
    this.stale = true;
    if (!this.picks.has(subject.key))
      this.picks.set(subject.key, subject.order.slice(0, Math.min(DEFAULT_LINES, Math.max(1, subject.seen))));
  }

  chosen() {
    return this.subject ? this.picks.get(this.subject.key) : [];
  }

  /** The mark of a chosen word, or null. */
  shapeOf(id) {
    const at = this.chosen().indexOf(id);
    return at < 0 ? null : SHAPES[at];
  }

  /** Put a word among the lines or take it away; the oldest makes room for a sixth. */
  toggle(id) {
    const now = this.chosen();
    const next = now.includes(id) ? now.filter((other) => other !== id) : [...now, id].slice(-SHAPES.length);
    this.picks.set(this.subject.key, next);
    this.stale = true;
  }

  samples() {
    const { subject, kept } = this;
    if (!kept.has(subject.key)) {
      if (kept.size >= KEPT) kept.delete(kept.keys().next().value);
      kept.set(subject.key, new Samples(this.record, subject.inputs, subject.order, this.replay));
    }
    return kept.get(subject.key);
  }

  /** Whether the lines can be filled in further. */
  get busy() {
    return Boolean(this.subject) && !this.samples().finished;
  }

  /** Fill in more of the lines, at rest only. Returns whether there is nothing left to do. */
  work(ms) {
    this.stale = true;
    return this.samples().work(ms);
  }

  y(p) {
    return this.frame.top + (1 - Math.min(1, p / this.subject.most)) * this.frame.tall;
  }

  /** `predicted` is what the model says now, exact at rest. */
  draw(scene, predicted) {
    if (this.el.hidden || !this.subject || !predicted) return;
    const samples = this.samples();
    if (samples.keys < this.record.key_t.length) samples.work(0.5); // a first line at once
    if (this.stale) this.drawStill(samples);
    const { theme } = this;
    const { pen, x } = this.drawClock(scene.t);
    this.drawGoals(pen);
    this.drawClockLine(pen, x);
    this.drawLabels(pen);
    this.chosen().forEach((id, i) => {
      pen.fillStyle = this.theme.contextShades[i];
      pen.strokeStyle = theme.background;
      pen.lineWidth = 1.5;
      mark(pen, SHAPES[i], x, this.y(predicted[id]), 5.5);
      pen.fill();
      pen.stroke();
    });
    setText(this.note, resolutionInWords(samples, this.crowded()));
    if (!scene.playing) this.canvas.setAttribute("aria-label", this.sentence(predicted));
  }

  sentence(predicted) {
    const { record, subject } = this;
    const parts = this.chosen().map(
      (id) => `${record.labels[id]} ${percent(predicted[id])}, the text says ${percent(subject.goal.value[id])}`,
    );
    return `Over the run, after ${subject.inputs.map((id) => record.labels[id]).join(", ")}: ${parts.join("; ")}.`;
  }

  /** The known points of the chosen lines, for tests. */
  report() {
    if (!this.subject) return null;
    const samples = this.samples();
    const { ids, inputs, finished, stride } = samples;
    const lines = this.chosen().map((id) => [id, samples.line(ids.indexOf(id))]);
    return { inputs, finished, stride, lines, resolution: samples.resolution() };
  }

  drawStill(samples) {
    const { subject, record } = this;
    const step = niceStep(subject.most, Math.max(2, this.box.clientHeight / 45));
    const texts = [];
    for (let p = 0; p <= subject.most + 1e-9; p += step) texts.push([p, tickPercent(p, step)]);
    const labels = this.chosen().map((id) => record.labels[id]);
    const pen = this.startStill(texts.at(-1)[1], 0);
    const widest = Math.max(0, ...labels.map((name) => pen.measureText(name).width));
    const margin = Math.min(0.34 * this.frame.width, widest + 26);
    this.frame.span = Math.max(10, this.frame.span - margin);
    for (const [p, text] of texts) this.drawValue(pen, text, this.y(p));
    this.drawTicks(pen);
    this.chosen().forEach((id, i) => this.drawLine(pen, samples.line(subject.order.indexOf(id)), i));
    this.placeNames(samples);
    this.stale = false;
  }

  crowded() {
    const { epochs, n_steps: nSteps } = this.record;
    return epochs > 3 && nSteps >= 8 * epochs && this.frame.span / epochs < NARROW_EPOCH;
  }

  /** Where an epoch is only a few pixels wide, its ups and downs are faint and its mean is the line. */
  drawLine(pen, points, i) {
    const { record, frame } = this;
    pen.strokeStyle = this.theme.contextShades[i];
    pen.fillStyle = this.theme.contextShades[i];
    pen.lineJoin = "round";
    const stroke = (places, width, alpha) => {
      pen.lineWidth = width;
      pen.globalAlpha = alpha;
      pen.beginPath();
      for (const [t, p] of places) pen.lineTo(this.x(t), this.y(p));
      pen.stroke();
      pen.globalAlpha = 1;
    };
    if (this.crowded()) stroke(points, 1, 0.22);
    const line = this.crowded() ? epochMeans(record, points) : points;
    stroke(line, 2, 1);
    let next = frame.left + 24 + 13 * i; // marks of different lines stand apart
    for (const [t, p] of line) {
      if (this.x(t) < next) continue;
      mark(pen, SHAPES[i], this.x(t), this.y(p), 4);
      pen.fill();
      next += 64;
    }
  }

  /** The dashed lines that the lines head for. */
  drawGoals(pen) {
    const { theme, frame, subject } = this;
    pen.strokeStyle = theme.line;
    pen.lineWidth = 1.25;
    pen.setLineDash([5, 4]);
    for (const value of new Set(this.chosen().map((id) => subject.goal.value[id]))) {
      pen.beginPath();
      pen.moveTo(frame.left, this.y(value));
      pen.lineTo(frame.left + frame.span + 6, this.y(value));
      pen.stroke();
    }
    pen.setLineDash([]);
  }

  /** Each name at the end of its line, moved up or down until no two overlap. */
  placeNames(samples) {
    const { subject, frame, theme } = this;
    const high = LABEL_HEIGHT * theme.scale;
    this.names = this.chosen()
      .map((id, i) => {
        const end = samples.line(subject.order.indexOf(id)).at(-1)?.[1] ?? subject.goal.value[id];
        return { id, i, y: this.y(end) };
      })
      .sort((a, b) => a.y - b.y || a.i - b.i);
    stackNames(this.names, high, frame.top + frame.tall - 2);
  }

  drawLabels(pen) {
    const { theme, frame, record } = this;
    const x = frame.left + frame.span + 12;
    pen.font = canvasFont(theme, 13);
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    for (const { id, i, y } of this.names) {
      pen.fillStyle = this.theme.contextShades[i];
      mark(pen, SHAPES[i], x, y, 4);
      pen.fill();
      pen.fillStyle = theme.text;
      pen.fillText(fitText(pen, record.labels[id], frame.width - x - 10), x + 9, y + 0.5);
    }
  }
}

/** The mean of the points of each epoch, at its middle; from the first point to the last, if there are any yet. */
export function epochMeans(record, points) {
  const means = points.slice(0, 1);
  let at = 0;
  for (let epoch = 0; epoch < record.epochs; epoch += 1) {
    const [from, to] = [record.epoch_start[epoch], record.epoch_start[epoch + 1] ?? record.n_steps];
    let [sum, n] = [0, 0];
    for (; at < points.length && points[at][0] < to; at += 1) [sum, n] = [sum + points[at][1], n + 1];
    if (n > 0) means.push([(from + Math.min(to, record.n_steps)) / 2, sum / n]);
  }
  return [...means, ...points.slice(-1)];
}

/** How finely the lines are known. */
function resolutionInWords(samples, crowded) {
  const gap = samples.resolution();
  const every = (n) => (n <= 1 ? "A point for every update" : `A point every ${whole(n)} updates`);
  if (samples.finished) return `${every(gap)}${crowded ? "; lines: mean of each epoch" : ""}`;
  const upTo = samples.moments[samples.next] ?? 0;
  if (upTo <= gap) return `${every(gap)} so far`;
  return `${every(samples.stride)} up to ${whole(upTo)}, then every ${whole(gap)}`;
}

function tickPercent(p, step) {
  return `${(100 * p).toFixed(step >= 0.00999 ? 0 : Math.min(3, Math.ceil(-Math.log10(100 * step))))}\u00a0%`;
}
