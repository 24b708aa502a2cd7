// The picture of the table of counts: cells, the cells just counted, and labels as many as fit.
import { fitCanvas, fitText, placeIn, startDrawing } from "../kit/dom.js";
import { spacedOut } from "../kit/labels.js";
import { canvasFont } from "../kit/theme.js";

const LABEL = 13; // px
const PITCH = 12.4; // px from one label to the next: two lines of that size just do not touch
const LONGEST_LABEL = 92; // px
const LARGEST_CELL = 34; // px
const SLANT = Math.PI / 3; // of the labels on top, where there is room for it

export class MatrixPicture {
  /** The canvas is as large as the paper around it. */
  constructor(canvas, paper) {
    this.canvas = canvas;
    this.paper = paper;
  }

  setText(labels, table) {
    this.labels = labels;
    this.table = table;
    this.plan = null;
  }

  /** now: {c, os} the center of the window and the words of its context; hover: a cell {c, o}, or null. */
  draw(theme, now, picked, hover) {
    this.hover = hover;
    if (fitCanvas(this.canvas, this.paper) || !this.plan || this.plan.theme !== theme) this.plan = this.layOut(theme);
    const { pen } = startDrawing(this.canvas);
    this.drawCells(pen, theme, now);
    this.drawNow(pen, theme, now);
    this.drawLabels(pen, theme, now, picked);
    this.drawHover(pen, theme);
  }

  /** Where everything lies; depends on the words and the size of the paper only. */
  layOut(theme) {
    const { size } = this.table;
    const { pen, width, height } = startDrawing(this.canvas);
    pen.font = canvasFont(theme, LABEL, 500);
    const whole = this.labels.slice(0, size);
    const labels = whole.map((label) => fitText(pen, label, LONGEST_LABEL, whole));
    const widths = labels.map((label) => pen.measureText(label).width);
    pen.font = canvasFont(theme, LABEL, 700); // the words of the window are written in bold
    const longest = Math.max(...labels.map((label) => pen.measureText(label).width), 12);
    const attempt = (slanted) => {
      const left = longest + 8;
      const top = (slanted ? Math.sin(SLANT) * longest + 8 : longest) + 8;
      const over = slanted ? Math.cos(SLANT) * longest * 0.85 : 4;
      const cell = Math.min((width - left - over) / size, (height - top - 2) / size, LARGEST_CELL);
      return { left, top, cell, slanted, labels, widths, theme };
    };
    const leaning = attempt(true);
    const plan = leaning.cell * Math.sin(SLANT) >= PITCH * theme.scale ? leaning : attempt(false);
    plan.every = Math.max(1, Math.ceil((PITCH * theme.scale) / plan.cell));
    plan.left = Math.max(plan.left, (width - plan.cell * size + plan.left - (plan.slanted ? 24 : 0)) / 2);
    plan.left = Math.floor(Math.min(plan.left, width - plan.cell * size - 2));
    plan.top = Math.ceil(plan.top);
    return plan;
  }

  /** The left, upper edge of a cell, its width and its height, in whole pixels. */
  place(c, o) {
    const { left, top, cell } = this.plan;
    const [x, y] = [Math.round(left + o * cell), Math.round(top + c * cell)];
    return [x, y, Math.round(left + (o + 1) * cell) - x, Math.round(top + (c + 1) * cell) - y];
  }

  drawCells(pen, theme, now) {
    const {
      plan: { cell },
      table,
    } = this;
    const { size } = table;
    const [left, top] = this.place(0, 0);
    const [right, bottom] = this.place(size, size);
    if (now.c < size) {
      const [, y, , height] = this.place(now.c, 0);
      pen.fillStyle = theme.centerTint;
      pen.fillRect(left, y, right - left, height);
    }
    if (cell >= 9) this.drawGrid(pen, theme, right, bottom);
    pen.font = canvasFont(theme, LABEL, 500);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (let c = 0; c < size; c += 1) {
      for (let o = 0; o < size; o += 1) if (table.count(c, o)) this.drawCell(pen, theme, c, o);
    }
    pen.strokeStyle = theme.thin;
    pen.lineWidth = 1;
    pen.strokeRect(left + 0.5, top + 0.5, right - left, bottom - top);
  }

  drawCell(pen, theme, c, o) {
    const {
      plan: { cell },
      table,
    } = this;
    const [x, y, width, height] = this.place(c, o);
    const count = table.count(c, o);
    const share = 0.16 + 0.74 * Math.sqrt(count / table.largest);
    pen.globalAlpha = share;
    pen.fillStyle = theme.text;
    pen.fillRect(x + 1, y + 1, width - 1, height - 1);
    pen.globalAlpha = 1;
    const digits = String(count);
    if (cell < 15.5 || digits.length * 8 > cell - 2) return;
    pen.fillStyle = share > 0.5 ? theme.background : theme.text;
    pen.fillText(digits, x + width / 2 + 0.5, y + height / 2 + 1.5);
  }

  drawGrid(pen, theme, right, bottom) {
    pen.fillStyle = theme.grid;
    const [left, top] = this.place(0, 0);
    for (let i = 1; i < this.table.size; i += 1) {
      const [x, y] = this.place(i, i);
      pen.fillRect(x, top, 1, bottom - top);
      pen.fillRect(left, y, right - left, 1);
    }
  }

  /** The cells just counted. */
  drawNow(pen, theme, now) {
    const {
      plan: { cell },
      table: { size },
    } = this;
    if (now.c >= size) return;
    for (const o of now.os) if (o < size) this.outline(pen, now.c, o, theme.context, cell > 12 ? 2.5 : 2);
  }

  outline(pen, c, o, color, width) {
    const [x, y, w, h] = this.place(c, o);
    pen.strokeStyle = color;
    pen.lineWidth = width;
    pen.strokeRect(x + 0.5, y + 0.5, w, h);
  }

  /** Labels as many as fit; those of the window always, in their colors. */
  drawLabels(pen, theme, now, picked) {
    const {
      plan: { cell, every },
      table: { size },
    } = this;
    const row = chosenLabels(size, every, [now.c, this.hover?.c, picked], cell);
    const column = chosenLabels(size, every, [...now.os, this.hover?.o, picked], cell);
    for (const c of row) this.drawLabel(pen, theme, c, false, c === now.c, c === picked);
    for (const o of column) this.drawLabel(pen, theme, o, true, now.os.has(o), o === picked);
  }

  drawLabel(pen, theme, i, above, active, picked) {
    const { left, top, cell, labels, widths, slanted } = this.plan;
    pen.save();
    pen.font = canvasFont(theme, LABEL, 500);
    pen.textBaseline = "middle";
    pen.fillStyle = active ? (above ? theme.contextWord : theme.center) : theme.muted;
    if (above) {
      pen.translate(left + (i + 0.5) * cell + (slanted ? -1 : 0), top - 6);
      pen.rotate(slanted ? -SLANT : -Math.PI / 2);
      pen.textAlign = "left";
    } else {
      pen.translate(left - 7, top + (i + 0.5) * cell + 1);
      pen.textAlign = "right";
    }
    if (active) pen.font = canvasFont(theme, LABEL, 700);
    if (picked && !active) pen.fillStyle = theme.text;
    pen.fillText(labels[i], 0, 0, LONGEST_LABEL + 4);
    if (picked) pen.fillRect(above ? 0 : -widths[i], 7, widths[i], 1.5);
    pen.restore();
  }

  drawHover(pen, theme) {
    if (this.hover) this.outline(pen, this.hover.c, this.hover.o, theme.text, 1.5);
  }

  /** What lies under the pointer: a cell {c, o}, the word of a row's label {label}, or nothing {}. */
  find(event) {
    if (!this.plan) return {};
    const { left, top, cell } = this.plan;
    const { size } = this.table;
    const { x, y } = placeIn(this.canvas, event);
    const [o, c] = [Math.floor((x - left) / cell), Math.floor((y - top) / cell)];
    if (c < 0 || c >= size) return {};
    if (o < 0) return { label: c };
    return o < size ? { c, o } : {};
  }
}

/** Which of n labels to draw: those in `first` if they do not touch one another, then every few that do not either. */
function chosenLabels(n, every, first, cell) {
  const order = first.filter((i) => Number.isInteger(i) && i >= 0 && i < n);
  for (let i = 0; i < n; i += every) order.push(i);
  return spacedOut(order, cell, every * cell - 0.5);
}
