// V and U side by side, a row for each word; only the words in sight are drawn.
import { fitCanvas, fitText, make, startDrawing } from "../../kit/dom.js";
import { canvasFont } from "../../kit/theme.js";
import { paintCells } from "./vector_cells.js";

const ROW = 20; // px
const HEAD = 20;
const GAP = 14;

export class VectorList {
  /** onScroll(): other words are in sight. */
  constructor(onScroll) {
    this.onScroll = onScroll;
    this.canvas = make("canvas", { role: "img", class: "w2v-strips-canvas" });
    this.spacer = make("div", { class: "w2v-strips-all" }, this.canvas);
    this.el = make(
      "div",
      { class: "w2v-strips", tabindex: "0", role: "group", "aria-label": "Rows of V and U" },
      this.spacer,
    );
    this.range = null; // the words in sight, as text
    this.el.addEventListener("scroll", () => this.scrolled());
  }

  setRecord(record) {
    /** @type {RunRecord} */
    this.record = record;
    this.range = null;
  }

  setTheme(theme) {
    this.row = ROW * theme.scale;
    this.head = HEAD * theme.scale;
  }

  resize() {
    this.spacer.style.height = `${Math.ceil(this.record.n_words * this.row + this.head)}px`;
    fitCanvas(this.canvas, this.el);
    this.scrolled();
  }

  /** Find which words are in sight. */
  scrolled() {
    this.first = Math.max(0, Math.floor(this.el.scrollTop / this.row));
    this.last = Math.min(this.record.n_words, this.first + Math.ceil(this.el.clientHeight / this.row) + 1);
    const range = `${this.first}:${this.last}`;
    if (this.range === range) return;
    this.range = range;
    this.onScroll();
  }

  /** Bring a word's row into sight. */
  reveal(id) {
    const y = id * this.row;
    const height = this.el.clientHeight - this.head - this.row;
    if (y < this.el.scrollTop || y > this.el.scrollTop + height) this.el.scrollTop = Math.max(0, y - height / 2);
  }

  /**
   * Paint the rows {first, last, V, U} of the words in sight.
   * scene: what is highlighted and selected; touched: {V, U} sets of rows that the update changes, or null; headOfU: text.
   */
  paint({ theme, rows, most, scene, touched, headOfU }) {
    const { record, row } = this;
    const { dim } = record;
    const { pen, width } = startDrawing(this.canvas);
    const left = Math.min(0.27 * width, 110 * theme.scale);
    const span = (width - left - 2 * GAP) / 2;
    const g = { left: left + GAP, right: left + 2 * GAP + span, wide: span / dim, span };
    this.laidOut = { ...g, rows };
    const shift = this.head - (this.el.scrollTop - rows.first * row);
    const { centers, contexts } = scene.highlight;
    for (let id = rows.first; id < rows.last; id += 1) {
      const y = shift + (id - rows.first) * row;
      const from = (id - rows.first) * dim;
      const selected = id === scene.word;
      if (selected) {
        pen.fillStyle = theme.panel;
        pen.fillRect(0, y, width, row);
      }
      const role = centers.includes(id) ? "center" : contexts.includes(id) ? "context" : null;
      pen.font = canvasFont(theme, 13, role || selected ? 650 : 400);
      pen.fillStyle = role ? theme[`${role}Text`] : theme.text;
      pen.textAlign = "right";
      pen.textBaseline = "middle";
      pen.fillText(fitText(pen, record.labels[id], left - 4, record.labels), left - 2, y + row / 2 + 0.5);
      const strip = { from, n: dim, y: y + 2, wide: g.wide, tall: row - 4, most };
      paintCells(pen, theme, rows.V, { ...strip, x: g.left, color: theme.center });
      if (from < rows.U.length) paintCells(pen, theme, rows.U, { ...strip, x: g.right, color: theme.context });
      if (touched?.V.has(id)) paintTouched(pen, g.left, y + row / 2, theme.center);
      if (touched?.U.has(id)) paintTouched(pen, g.right, y + row / 2, theme.context);
    }
    this.paintHead(pen, theme, g, width, headOfU);
  }

  paintHead(pen, theme, g, width, headOfU) {
    const middle = this.head / 2;
    pen.fillStyle = theme.background;
    pen.fillRect(0, 0, width, this.head);
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.font = canvasFont(theme, 13, 650);
    pen.fillStyle = theme.centerText;
    pen.fillText(fitText(pen, "V: as center", g.span), g.left, middle);
    pen.fillStyle = theme.contextText;
    pen.fillText(fitText(pen, headOfU, g.span), g.right, middle);
    pen.font = canvasFont(theme, 13);
    pen.fillStyle = theme.muted;
    pen.fillText(fitText(pen, "\u25b8 moves", g.left - 16), 0, middle);
  }

  /** The number at a place on the paper: {id, kind, j, value}, without a value beside the cells; or null. */
  cellAt(x, y) {
    if (!this.laidOut || y < this.head) return null;
    const { rows, left, right, wide } = this.laidOut;
    const { dim } = this.record;
    const id = Math.floor((y - this.head + this.el.scrollTop) / this.row);
    if (id < rows.first || id >= rows.last) return null;
    const kind = x >= right ? "u" : "v";
    const j = Math.floor((x - (kind === "u" ? right : left)) / wide);
    const value = (kind === "u" ? rows.U : rows.V)[(id - rows.first) * dim + j];
    return { id, kind, j, value: j >= 0 && j < dim ? value : undefined };
  }
}

/** A small triangle before a row that the update changes. */
function paintTouched(pen, x, y, color) {
  pen.fillStyle = color;
  pen.beginPath();
  pen.moveTo(x - 10, y - 4.5);
  pen.lineTo(x - 3, y);
  pen.lineTo(x - 10, y + 4.5);
  pen.closePath();
  pen.fill();
}
