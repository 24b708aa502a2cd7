// The table of the ripple: a triangle for each change that can be seen, in as many rows and columns as there is room for.
import { fitText, startDrawing } from "../../kit/dom.js";
import { spacedOut } from "../../kit/labels.js";
import { mark } from "../../kit/marks.js";
import { objectiveOf } from "../../kit/objectives/objectives.js";
import { canvasFont } from "../../kit/theme.js";
import { largest } from "../model/ripple.js";

const SMALLEST_CELL = 6; // px
const FAINTEST = 0.04; // share of the strongest color below which nothing is drawn
export const CHANCE = 1e-12; // changes below this are rounding

export class RippleTable {
  constructor(canvas) {
    this.canvas = canvas;
    this.grid = null;
  }

  /** shown: {record, theme, sum: a complete RippleSum, rowName(row)}. */
  paint(shown) {
    this.shown = shown;
    const { theme, sum } = shown;
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

  /** Which rows and columns there is room for, and where they lie. */
  layOut(pen, width, height) {
    const { theme, sum, record } = this.shown;
    pen.font = canvasFont(theme, 13);
    const line = 14 * theme.scale;
    const left = Math.min(0.3 * width, 96 * theme.scale);
    const top = Math.min(0.3 * height, 62 * theme.scale);
    const fits = (length) => Math.max(1, Math.floor(length / SMALLEST_CELL));
    const named = (length) => Math.max(1, Math.floor(length / line)); // when a choice must be made, names shall fit
    const choose = (values, length, always) =>
      largest(values, values.length <= fits(length) ? values.length : named(length), always);
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

  /** In the corner that is free. */
  paintLegend(pen, g) {
    const { theme } = this.shown;
    pen.font = canvasFont(theme, 13);
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    const name = objectiveOf(this.shown.record).symbol;
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
    const { theme } = this.shown;
    const size = Math.min(g.wide, g.tall, 18) * (0.3 + 0.2 * strength);
    mark(pen, change > 0 ? "triangle" : "wedge", g.left + (j + 0.5) * g.wide, g.top + (i + 0.5) * g.tall, size);
    pen.fillStyle = change > 0 ? theme.pull : theme.push;
    pen.globalAlpha = strength;
    pen.fill();
    pen.globalAlpha = 1;
  }

  /** Names of rows: of the update's own first, then of the most changed, as long as they do not overlap. */
  paintRowNames(pen, g) {
    const { theme, sum } = this.shown;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const i of nameable(g.rows, g.tall, g.line, (row) => (sum.own.has(row) ? 1e9 : sum.change[row]))) {
      const own = sum.own.has(g.rows[i]);
      pen.font = canvasFont(theme, 13, own ? 650 : 400);
      pen.fillStyle = own ? theme.centerText : theme.text;
      const y = g.top + (i + 0.5) * g.tall + 0.5;
      const sign = own ? "\u25b8\u2009" : "";
      pen.fillText(fitText(pen, sign + this.shown.rowName(g.rows[i]), g.left - 8), g.left - 6, y);
    }
  }

  paintColumnNames(pen, g) {
    const { theme, sum, record } = this.shown;
    const { labels } = record;
    const shown = g.columns.map((id) => labels[id]);
    pen.font = canvasFont(theme, 13);
    pen.fillStyle = theme.text;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    for (const j of nameable(g.columns, g.wide, g.line, (id) => sum.columns[id])) {
      pen.save();
      pen.translate(g.left + (j + 0.5) * g.wide, g.top - 4);
      pen.rotate(-Math.PI / 2);
      pen.fillText(fitText(pen, labels[g.columns[j]], g.top - 6, shown), 0, 0);
      pen.restore();
    }
  }

  /** The number of the row and of the column under a place on the paper; null outside the cells. */
  cellAt(x, y) {
    const g = this.grid;
    if (!g) return null;
    const [i, j] = [Math.floor((y - g.top) / g.tall), Math.floor((x - g.left) / g.wide)];
    return g.rows[i] === undefined || g.columns[j] === undefined ? null : { i, j };
  }
}

/** Which names fit, the weightiest first: none nearer to another than a line is high. */
function nameable(items, size, line, weight) {
  const order = items.map((_, i) => i).sort((a, b) => weight(items[b]) - weight(items[a]) || a - b);
  return spacedOut(order, size, line - 1.5);
}
