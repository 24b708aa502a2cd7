// A vector as a strip of colored cells, with its numbers or without; and how numbers are written here.
import { make, setText } from "../kit/dom.js";
import { threeDigits } from "../kit/format.js";

export const MOST_CELLS = 8; // with numbers
const MOST_STRIPES = 40; // without
const DEEPEST = 46; // percent of color behind a number: words must stay readable
const HUE = { v: "var(--w2v-center)", h: "var(--w2v-center)", u: "var(--w2v-context)" };

/** Three significant digits with a true minus sign. */
export function numberText(x) {
  return threeDigits(x).replaceAll("-", "\u2212");
}

/** The same for a narrow cell: small numbers with two digits. */
function shortNumber(x) {
  const size = Math.abs(x);
  return size === 0 || size >= 0.01
    ? numberText(x)
    : (size < 1e-3 ? x.toExponential(0) : x.toPrecision(2)).replaceAll("-", "\u2212");
}

/** The color of a number: the vector's own where it is positive, grey where it is negative, deeper when larger. */
function shade(x, scale, symbol, deepest) {
  const share = Math.round(deepest * Math.min(1, Math.sqrt(Math.abs(x) / scale)));
  return `color-mix(in srgb, ${x < 0 ? "var(--w2v-push)" : HUE[symbol]} ${share}%, var(--w2v-background))`;
}

/** Bands of color, side by side, as the background of one element. */
export function stripes(values, scale, symbol) {
  const n = Math.min(values.length, MOST_STRIPES);
  const stops = Array.from(
    { length: n },
    (_, j) => `${shade(values[j], scale, symbol, 90)} ${(100 * j) / n}% ${(100 * (j + 1)) / n}%`,
  );
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

/** A strip that can be filled again and again. */
export class Strip {
  constructor() {
    this.el = make("div", { class: "w2v-up-strip" });
    this.cells = [];
    this.more = make("span", { class: "w2v-up-more" });
  }

  /** values: the vector, or null for none; numbers: whether to write them. */
  fill(values, { scale, symbol, numbers }) {
    this.values = values;
    this.style = { scale, symbol, numbers };
    const { el } = this;
    el.classList.toggle("w2v-up-plain", !numbers);
    if (!values) {
      if (el.childNodes.length) el.replaceChildren();
      el.style.backgroundImage = "";
      el.removeAttribute("title");
      return;
    }
    if (!numbers) {
      if (el.childNodes.length) el.replaceChildren();
      el.style.backgroundImage = stripes(values, scale, symbol);
      el.title = inFull(values);
      return;
    }
    el.style.backgroundImage = "";
    el.removeAttribute("title");
    const n = Math.min(values.length, MOST_CELLS);
    while (this.cells.length < n) this.cells.push(make("span"));
    for (let j = 0; j < n; j += 1) {
      const cell = this.cells[j];
      setText(cell, shortNumber(values[j]));
      cell.style.backgroundColor = shade(values[j], scale, symbol, DEEPEST);
      cell.title = String(values[j]);
    }
    const wanted = values.length > n ? n + 1 : n;
    if (el.childNodes.length !== wanted || el.firstChild !== this.cells[0]) {
      el.replaceChildren(...this.cells.slice(0, n), ...(values.length > n ? [this.more] : []));
    }
    if (values.length > n) setText(this.more, `+${values.length - n}`);
  }

  /** Glide from other values to the ones that stand here: motion only, the numbers stay. */
  glideFrom(old, duration) {
    const {
      values,
      style: { scale, symbol, numbers },
    } = this;
    if (!values || !old) return;
    if (!numbers) {
      this.el.animate([{ opacity: 0.15 }, { opacity: 1 }], { duration });
      return;
    }
    for (let j = 0; j < Math.min(values.length, this.cells.length); j += 1) {
      const colors = [shade(old[j], scale, symbol, 90), shade(values[j], scale, symbol, DEEPEST)];
      this.cells[j].animate(
        colors.map((backgroundColor) => ({ backgroundColor })),
        { duration },
      );
    }
  }
}

function inFull(values) {
  const shown = Array.from(values.subarray(0, MOST_STRIPES), numberText).join(", ");
  return values.length > MOST_STRIPES ? `${shown} \u2026` : shown;
}
