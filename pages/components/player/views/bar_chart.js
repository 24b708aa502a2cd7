// The bars themselves: what the model says as filled bars, what the text says as outlines, one row for each word.
import { fitText, placeIn, startDrawing } from "../../kit/dom.js";
import { percent } from "../../kit/format.js";
import { fillTriangle, mark } from "../../kit/marks.js";
import { canvasFont } from "../../kit/theme.js";

/** The words of so many rows, in their order; the last make room for targets that would not be seen. */
export function wordsOfRows(order, targets, rows) {
  const seen = order.slice(0, rows);
  const missing = targets.filter((id) => !seen.includes(id)).slice(0, rows);
  return [...seen.slice(0, rows - missing.length), ...missing];
}

export class BarChart {
  constructor(canvas) {
    this.canvas = canvas;
    this.laidOut = null;
  }

  /**
   * Paint a row for each word of subject.order, as many as fit, the targets among them.
   * shown: {record, theme, subject, predicted, targets, shapeOf, focused, isTarget(id), pullOn(id)}, as in Bars.
   */
  paint(shown) {
    this.shown = shown;
    const { theme, subject } = shown;
    const { pen, width, height } = startDrawing(this.canvas);
    const g = this.geometry(pen, width, height);
    this.laidOut = g;
    const x = (p) => g.left + Math.min(1, p / subject.most) * g.span;
    pen.strokeStyle = theme.line;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(g.left - 0.5, 0);
    pen.lineTo(g.left - 0.5, g.rows * g.rowHeight);
    pen.stroke();
    for (let i = 0; i < g.rows; i += 1) this.paintRow(pen, g, i, g.words[i], x, width);
    this.paintLegend(pen, g, width, height);
  }

  /** How many rows fit, and where they lie. */
  geometry(pen, width, height) {
    const { theme, subject, record, targets, shapeOf } = this.shown;
    const rowHeight = Math.max(17 * theme.scale, Math.min(25 * theme.scale, height / 14));
    const rows = Math.max(1, Math.min(subject.order.length, Math.floor(height / rowHeight)));
    pen.font = canvasFont(theme, 14);
    const words = wordsOfRows(subject.order, targets, rows);
    const names = subject.order.slice(0, rows).map((id) => record.labels[id]); // the same whatever the targets are
    const widest = Math.max(...names.map((name) => pen.measureText(name).width));
    const left = Math.min(0.36 * width, Math.max(50, widest)) + (shapeOf ? 28 : 10);
    const right = 2 * pen.measureText("<0.1 %").width + 38;
    const span = Math.max(20, width - left - right);
    const shown = words.map((id) => record.labels[id]);
    return { rows, words, shown, rowHeight: Math.min(height / rows, 27 * theme.scale), left, span };
  }

  paintRow(pen, g, i, id, x, width) {
    const { theme, subject, record, predicted, shapeOf, isTarget, pullOn } = this.shown;
    const top = i * g.rowHeight;
    const middle = top + g.rowHeight / 2;
    const thick = Math.min(16 * theme.scale, Math.round(g.rowHeight * 0.62));
    const target = isTarget(id);
    const pull = pullOn(id);
    const p = predicted[id];
    if (target) {
      pen.fillStyle = theme.contextTint;
      pen.fillRect(0, top + 1, width, g.rowHeight - 2);
    }
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    pen.font = canvasFont(theme, 14, target ? 650 : 400);
    pen.fillStyle = theme.text;
    pen.fillText(fitText(pen, record.labels[id], g.left - (shapeOf ? 28 : 10), g.shown), g.left - 8, middle + 0.5);
    this.paintChosen(pen, i, id, top, g.rowHeight);
    pen.fillStyle = theme.context;
    pen.fillRect(g.left, middle - thick / 2, Math.max(0, x(p) - g.left), thick);
    const goal = subject.goal.value[id];
    if (goal > 0) {
      pen.strokeStyle = theme.text;
      pen.lineWidth = 1.5;
      pen.strokeRect(g.left, middle - thick / 2 - 1.5, x(goal) - g.left, thick + 3);
    }
    pen.textAlign = "left";
    pen.font = canvasFont(theme, 13, target ? 650 : 400);
    const wide = pen.measureText("<0.1 %").width + 6;
    const after = Math.min(Math.max(x(p), goal > 0 ? x(goal) : 0) + 6, width - 16 - 2 * wide);
    pen.fillStyle = theme.contextText;
    pen.fillText(percent(p), after, middle + 0.5);
    pen.fillStyle = theme.text;
    if (goal > 0) pen.fillText(percent(goal), after + wide, middle + 0.5);
    if (pull > 0) fillTriangle(pen, width - 11, middle, 6, true, theme.pull);
    if (pull < 0) fillTriangle(pen, width - 11, middle, 4, false, theme.push);
  }

  /** The mark of the word's line; a frame where the keyboard is. */
  paintChosen(pen, i, id, top, tall) {
    const { theme, shapeOf, focused } = this.shown;
    const shape = shapeOf?.(id);
    pen.fillStyle = theme.context;
    if (shape) {
      mark(pen, shape, 8, top + tall / 2, 4.5);
      pen.fill();
    }
    if (focused !== i) return;
    pen.strokeStyle = theme.center;
    pen.lineWidth = 2;
    pen.strokeRect(1, top + 1, this.canvas.clientWidth - 2, tall - 2);
  }

  /** What bar and outline mean, in the corner where bars are short. */
  paintLegend(pen, g, width, height) {
    const { theme, subject, predicted } = this.shown;
    const rows = g.rows * g.rowHeight;
    if (height - rows < 20 && g.span < 150) return;
    pen.font = canvasFont(theme, 13);
    const names = ["model", "text"];
    const widths = names.map((name) => pen.measureText(name).width);
    const total = widths[0] + widths[1] + 60;
    const y = height - rows >= 20 ? height - 10 : rows - g.rowHeight / 2;
    let at = width - total - 26;
    pen.fillStyle = theme.background;
    if (height - rows < 20) {
      const last = g.words[g.rows - 1];
      const used = Math.max(predicted[last], subject.goal.value[last]) / subject.most;
      if (g.left + used * g.span + 100 > at) return;
    }
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    names.forEach((name, i) => {
      if (i === 0) {
        pen.fillStyle = theme.context;
        pen.fillRect(at, y - 5, 14, 10);
      } else {
        pen.strokeStyle = theme.text;
        pen.lineWidth = 1.5;
        pen.strokeRect(at, y - 5, 14, 10);
      }
      pen.fillStyle = i === 0 ? theme.contextText : theme.text; // as the numbers at the bars
      pen.fillText(name, at + 20, y + 0.5);
      at += widths[i] + 36;
    });
  }

  /** The word in the row at the place of an event, or null. */
  wordAt(event) {
    if (!this.laidOut) return null;
    const row = Math.floor(placeIn(this.canvas, event).y / this.laidOut.rowHeight);
    return row >= 0 && row < this.laidOut.rows ? this.laidOut.words[row] : null;
  }
}
