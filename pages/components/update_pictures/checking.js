// The gradient check: each entry by formula against its central difference, and how far the two are apart.
import { make } from "../kit/dom.js";
import { counted, superscript, threeDigits } from "../kit/format.js";
import { Picture } from "./picture.js";

const NARROW = 620;
const [LEFT, RIGHT, TOP, BOTTOM] = [62, 14, 30, 44]; // px around a chart
const LEAST = 1e-16; // a smaller difference is drawn there

export class CheckPicture extends Picture {
  constructor(parent) {
    super(parent);
    this.hint = "Point at a dot, or use the arrow keys in the picture: its entry of the gradient stands here.";
    this.verdict = make("strong", { class: "w2v-up-verdict", "data-role": "verdict" });
    this.controls.append(this.verdict);
    const key = (style, text) => make("span", {}, make("i", { class: `w2v-up-key ${style}` }), text);
    this.legend.append(
      key("w2v-up-dot w2v-up-round", "entry of grad v"),
      key("w2v-up-square", "entry of grad u"),
      key("w2v-up-dashed", "where the two agree, and what is allowed"),
    );
  }

  arrived() {
    const { data } = this;
    const wrong = data.difference.filter((x) => x > data.allowed).length;
    this.verdict.textContent = data.passed
      ? "\u2713 Right"
      : `\u2717 Wrong: ${counted(wrong, "entry").replace("entrys", "entries")}`;
    this.verdict.dataset.passed = String(data.passed);
  }

  heightFor(width) {
    return width < NARROW ? 620 : 340;
  }

  compose(size) {
    const narrow = size.width < NARROW;
    const box = (x, y, w, h) => ({ left: x + LEFT, right: x + w - RIGHT, top: y + TOP, bottom: y + h - BOTTOM });
    const frames = narrow
      ? [box(0, 0, size.width, 320), box(0, 320, size.width, 300)]
      : [box(0, 0, 0.5 * size.width, size.height), box(0.5 * size.width, 0, 0.5 * size.width, size.height)];
    const [agree, apart] = [this.agreement(frames[0]), this.differences(frames[1])];
    return { shapes: [...agree.shapes, ...apart.shapes], things: agree.things };
  }

  text(key, text, x, y, align, strong = false) {
    const { theme } = this;
    return {
      key,
      type: "text",
      text,
      x,
      y,
      align,
      font: this.font(13, strong ? 650 : 400),
      color: strong ? theme.text : theme.muted,
      halo: theme.background,
    };
  }

  frame(key, f, title) {
    const { theme } = this;
    const line = (name, x, y, x2, y2) => ({
      key: `${key}-${name}`,
      type: "line",
      x,
      y,
      x2,
      y2,
      color: theme.line,
      width: 1,
    });
    return [
      line("bottom", f.left, f.bottom, f.right, f.bottom),
      line("left", f.left, f.top, f.left, f.bottom),
      this.text(`${key}-title`, title, f.left, f.top - 16, "left", true),
    ];
  }

  /** Formula against central difference: on the diagonal the two agree. */
  agreement(f) {
    const { data, theme } = this;
    const most = 1.08 * Math.max(1e-12, ...[...data.analytic, ...data.numeric].map(Math.abs));
    const x = (value) => f.left + ((value + most) / (2 * most)) * (f.right - f.left);
    const y = (value) => f.bottom - ((value + most) / (2 * most)) * (f.bottom - f.top);
    const ticks = [-0.8 * most, 0, 0.8 * most].map((value) => Number(value.toPrecision(1)));
    /** @type {Shape[]} */
    const shapes = [
      ...this.frame("agree", f, "Formula against central difference"),
      ...ticks.flatMap((value, i) => [
        this.text(`agree-x${i}`, threeDigits(value), x(value), f.bottom + 13, "center"),
        this.text(`agree-y${i}`, threeDigits(value), f.left - 6, y(value), "right"),
        {
          key: `agree-g${i}`,
          type: "line",
          x: f.left,
          y: y(value),
          x2: f.right,
          y2: y(value),
          color: theme.grid,
          width: 1,
        },
      ]),
      this.text("agree-under", "central difference of the loss", (f.left + f.right) / 2, f.bottom + 31, "center"),
      this.text("agree-over", "formula", f.left + 6, f.top + 8, "left"),
      {
        key: "agree-line",
        type: "line",
        x: x(-most),
        y: y(-most),
        x2: x(most),
        y2: y(most),
        color: theme.muted,
        width: 1.5,
        dash: [6, 4],
      },
    ];
    const things = [];
    data.analytic.forEach((formula, i) => {
      const [px, py] = [x(data.numeric[i]), y(formula)];
      const thing = { key: `e-${i}`, word: this.wordOf(i), x: px, y: py, say: this.sayEntry(i) };
      things.push(thing);
      shapes.push(this.dot(`agree-${i}`, i, px, py, this.isLit(thing)));
    });
    return { shapes, things };
  }

  /** How far the two are apart, on a scale of powers of ten. */
  differences(f) {
    const { data, theme } = this;
    const values = data.difference.map((value) => Math.max(LEAST, value));
    const low = Math.floor(Math.log10(Math.min(data.allowed, ...values)));
    const high = Math.max(low + 2, Math.ceil(Math.log10(Math.max(data.allowed, ...values)) + 0.3));
    const y = (value) => f.bottom - ((Math.log10(value) - low) / (high - low)) * (f.bottom - f.top);
    const x = (i) => f.left + ((i + 0.5) / values.length) * (f.right - f.left);
    const every = Math.ceil((high - low) / 6);
    /** @type {Shape[]} */
    const shapes = this.frame("apart", f, "How far the two are apart");
    for (let power = low; power <= high; power += every) {
      shapes.push(this.text(`apart-y${power}`, `10${superscript(power)}`, f.left - 6, y(10 ** power), "right"), {
        key: `apart-g${power}`,
        type: "line",
        x: f.left,
        y: y(10 ** power),
        x2: f.right,
        y2: y(10 ** power),
        color: theme.grid,
        width: 1,
      });
    }
    values.forEach((value, i) => {
      const lit = this.active === `e-${i}` || (this.lit !== null && this.wordOf(i) === this.lit);
      shapes.push(this.dot(`apart-${i}`, i, x(i), y(value), lit));
    });
    const allowed = y(data.allowed);
    shapes.push(
      {
        key: "apart-allowed",
        type: "line",
        x: f.left,
        y: allowed,
        x2: f.right,
        y2: allowed,
        color: theme.muted,
        width: 1.5,
        dash: [6, 4],
      },
      this.text("apart-allowed-name", "allowed", f.right - 2, allowed - 10, "right"),
      this.text("apart-under", "entries of grad v, then of grad u", (f.left + f.right) / 2, f.bottom + 31, "center"),
    );
    return { shapes };
  }

  dot(key, i, x, y, bright) {
    const { data, theme } = this;
    const [r, alpha] = bright ? [6.5, 1] : [3.6, this.active || this.lit !== null ? 0.35 : 0.75];
    const line = { color: bright ? theme.text : undefined, width: 2 };
    return data.matrix[i] === 0
      ? { key, type: "dot", x, y, r, alpha, fill: theme.center, ...line }
      : { key, type: "box", x, y, w: 1.8 * r, h: 1.8 * r, round: 0, alpha, fill: theme.context, ...line };
  }

  wordOf(i) {
    return this.data.matrix[i] === 1 && !this.data.words_in_U ? null : this.data.row[i];
  }

  sayEntry(i) {
    const { data } = this;
    const name = data.names[`${data.matrix[i]}-${data.row[i]}`];
    const verdict = data.difference[i] > data.allowed ? "more than is allowed" : "which is allowed";
    return (
      `${name}, entry ${data.column[i] + 1}: the formula says ${threeDigits(data.analytic[i])}, the loss `
      + `${threeDigits(data.numeric[i])}; they differ by ${threeDigits(data.difference[i])}, ${verdict}.`
    );
  }
}
