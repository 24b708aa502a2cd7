// Both vectors of the selected word, large, with their numbers when there is room.
import { fitCanvas, fitText, make, startDrawing } from "../../kit/dom.js";
import { canvasFont } from "../../kit/theme.js";
import { paintCells } from "./vector_cells.js";

const ROW = 26; // px

export class VectorPair {
  constructor() {
    this.canvas = make("canvas", { role: "img", class: "w2v-canvas" });
    this.el = make("div", { class: "w2v-paper w2v-detail" }, this.canvas);
  }

  resize() {
    fitCanvas(this.canvas, this.el);
  }

  /** rows: {word, v, u}; most: the size of the strongest color; wordsInU: whether the word has a u. */
  paint({ record, theme, rows, most, wordsInU }) {
    const { pen, width } = startDrawing(this.canvas);
    const tall = ROW * theme.scale;
    pen.font = canvasFont(theme, 14, 650);
    const label = record.labels[rows.word];
    const left = Math.min(0.3 * width, pen.measureText(`v  ${label}`).width + 12);
    const wide = (width - left) / record.dim;
    pen.font = canvasFont(theme, 13);
    const numbers = wide >= pen.measureText("\u22120.00").width + 6;
    this.laidOut = { left, wide, tall, rows, wordsInU };
    /** @type {[string, Float64Array, string, string][]} */
    const lines = [
      ["v", rows.v, theme.center, theme.centerText],
      ["u", rows.u, theme.context, theme.contextText],
    ];
    lines.forEach(([kind, values, color, ink], r) => {
      const y = r * (tall + 4);
      pen.textAlign = "left";
      pen.textBaseline = "middle";
      pen.font = canvasFont(theme, 14, 650);
      pen.fillStyle = ink;
      const noWord = kind === "u" && !wordsInU;
      pen.fillText(noWord ? "u: none" : fitText(pen, `${kind}  ${label}`, left - 8), 0, y + tall / 2);
      if (noWord) return;
      paintCells(pen, theme, values, { from: 0, n: record.dim, x: left, y, wide, tall, color, most, numbers });
    });
  }

  /** The number at a place on the paper: {id, kind, j, value}, or null. */
  cellAt(x, y) {
    const { left, wide, tall, rows, wordsInU } = this.laidOut;
    const kind = y < tall + 4 ? "v" : "u";
    const j = Math.floor((x - left) / wide);
    const value = rows[kind][j];
    return value === undefined || (kind === "u" && !wordsInU) ? null : { id: rows.word, kind, j, value };
  }
}
