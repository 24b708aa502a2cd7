// The denominator Z as a stack: one piece for each word of the vocabulary, as tall as its share. The true word at the foot.
import { fitCanvas, make, placeIn, setText, startDrawing } from "../kit/dom.js";
import { numberText } from "./strips.js";

export class Stack {
  constructor({ onLight, onChoose }) {
    this.label = make("div", { class: "w2v-up-stack-label" });
    this.canvas = make("canvas");
    this.box = make("div", { class: "w2v-up-stack-box" }, this.canvas);
    this.el = make("div", { class: "w2v-up-stack", "data-card": "4" }, this.label, this.box);
    this.canvas.addEventListener("pointermove", (event) => onLight(this.rowAt(event)));
    this.canvas.addEventListener("pointerleave", () => onLight(null));
    this.canvas.addEventListener("click", (event) => onChoose(this.rowAt(event)));
  }

  draw(u, { shown, lit, selected, level, theme }) {
    this.u = u;
    this.el.hidden = !u.objective.rowsSumToOne;
    if (this.el.hidden) return;
    this.box.style.visibility = shown ? "" : "hidden";
    const total = level === "words" ? `${u.about.n_words} words` : `Z = ${numberText(u.about.Z)}`;
    setText(this.label, shown ? total : "");
    this.label.title = shown ? String(u.about.Z) : "";
    if (!shown) return;
    fitCanvas(this.canvas, this.box);
    const { pen, width, height } = startDrawing(this.canvas);
    const { stack } = u.arrays;
    const scale = height / u.about.Z;
    let bottom = height;
    this.tops = [];
    for (let i = 0; i < stack.length; i += 1) {
      const top = bottom - stack[i] * scale;
      pen.fillStyle = i === 0 ? theme.context : i % 2 ? theme.noise : theme.thin;
      pen.fillRect(0, top, width, Math.max(0.4, bottom - top - (bottom - top > 3 ? 1 : 0)));
      this.tops.push(top);
      bottom = top;
    }
    pen.strokeStyle = theme.text;
    for (const [i, thick] of [
      [selected, 1.5],
      [lit, 2.5],
    ]) {
      if (i === null || i === undefined || i < 0 || i >= stack.length) continue;
      pen.lineWidth = thick;
      const foot = i === 0 ? height : this.tops[i - 1];
      pen.strokeRect(thick / 2, this.tops[i] + thick / 2, width - thick, Math.max(1, foot - this.tops[i] - thick));
    }
  }

  grow(ms) {
    const [transformOrigin, duration] = ["bottom", ms];
    this.box.animate(
      [
        { transform: "scaleY(0)", transformOrigin },
        { transform: "none", transformOrigin },
      ],
      { duration },
    );
  }

  /** The number of the row whose piece is under the pointer, or null. */
  rowAt(event) {
    if (!this.tops) return null;
    const { y } = placeIn(this.canvas, event);
    const i = this.tops.findIndex((top) => y >= top);
    return i < 0 ? null : i;
  }
}
