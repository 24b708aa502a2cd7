// The cells of one row of the ledger: bars, marks and numbers; each can be empty, until its card is reached.
import { make, setText } from "../kit/dom.js";
import { percent } from "../kit/format.js";
import { Strip, numberText } from "./strips.js";

const FADE = 260; // ms

/** A number over a bar that starts at the middle (signed) or at the left. */
class BarCell {
  constructor(name, signed = false) {
    this.was = make("span", { class: "w2v-up-was" }); // what stood there before, where there is room for it
    this.now = make("span");
    this.text = make("span", { class: "w2v-up-text" }, this.was, this.now);
    this.bar = make("i", { class: "w2v-up-bar" });
    this.goal = make("i", { class: "w2v-up-goal" });
    this.old = make("i", { class: "w2v-up-old" });
    this.track = make(
      "span",
      { class: `w2v-up-track${signed ? " w2v-up-signed" : ""}` },
      this.bar,
      this.goal,
      this.old,
    );
    this.wanted = make("span", { class: "w2v-up-wanted" }); // the number of the outline
    const written = make("span", { class: "w2v-up-written" }, this.text, this.wanted);
    this.el = make("div", { role: "gridcell", class: `w2v-up-cell w2v-up-${name}` }, written, this.track);
    this.signed = signed;
  }

  write(text, was = "") {
    setText(this.was, was);
    setText(this.now, text);
  }

  empty() {
    this.write("");
    this.wanted.hidden = this.track.hidden = true;
    this.el.removeAttribute("title");
    delete this.el.dataset.sign;
  }

  /** share: -1 to 1 of the widest bar; text: what is written; exact: the number in full, for the pointer. */
  show(share, text, exact) {
    this.track.hidden = false;
    this.share = share;
    this.write(text);
    this.el.title = exact;
    const half = this.signed ? 50 : 100;
    this.bar.style.width = `${half * Math.min(1, Math.abs(share))}%`;
    this.bar.style.left = this.signed && share < 0 ? `${50 - half * Math.min(1, -share)}%` : this.signed ? "50%" : "0";
    this.wanted.hidden = this.goal.hidden = this.old.hidden = true;
  }

  grow() {
    const origin = this.signed && this.share < 0 ? "right" : "left";
    this.bar.animate(
      [
        { transform: "scaleX(0)", transformOrigin: origin },
        { transform: "none", transformOrigin: origin },
      ],
      { duration: FADE },
    );
    this.text.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FADE });
  }
}

class StripCell {
  constructor(name) {
    this.strip = new Strip();
    this.el = make("div", { role: "gridcell", class: `w2v-up-cell w2v-up-${name}` }, this.strip.el);
  }

  grow() {
    this.el.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FADE });
  }
}

const MADE = {
  u: () => new StripCell("u"),
  score: () => new BarCell("score", true),
  exp: () => new BarCell("exp"),
  sigma: () => new BarCell("sigma"),
  Z: () => ({ el: make("div", { role: "gridcell", class: "w2v-up-cell w2v-up-Z" }), grow() {} }),
  P: () => new BarCell("P"),
  y: () => new BarCell("y"),
  error: () => new BarCell("error", true),
  gradient: () => new StripCell("gradient"),
  new: () => new StripCell("new"),
  said: () => new BarCell("said"),
};

/** A row of cells that can show any row of the update. */
export class RowCells {
  constructor(columns) {
    this.at = -1; // the number of the row that is shown, or -1
    this.columns = columns;
    this.name = make("bdi", { class: "w2v-up-name" });
    this.mark = make("span", { class: "w2v-up-mark" });
    this.head = make("div", { role: "rowheader", class: "w2v-up-word" }, this.name, this.mark);
    this.cells = Object.fromEntries(columns.map(({ name }) => [name, MADE[name]()]));
    this.el = make(
      "div",
      { role: "row", class: "w2v-up-row" },
      this.head,
      ...columns.map(({ name, card }) => {
        this.cells[name].el.dataset.card = card;
        return this.cells[name].el;
      }),
    );
  }

  /** u: the update; row: one of its rows; shows: card -> whether its numbers are there; level. */
  fill(u, row, shows, level) {
    this.row = row;
    const { el, cells } = this;
    const numbers = level !== "words";
    el.dataset.kind = row.kind;
    el.dataset.key = row.key;
    el.classList.toggle("w2v-up-yes", Boolean(row.yes));
    el.classList.toggle("w2v-up-noise", u.objective.hasDraws && row.kind === "u" && !row.yes);
    this.fillName(u, row, level);
    const { symbol, old, gradient, now } = u.vectorsOf(row);
    const strip = (name, values, scale) => {
      const card = this.columns.find((column) => column.name === name).card;
      cells[name].strip.fill(shows(card) ? (values ?? null) : null, { scale, symbol, numbers });
    };
    strip("u", shows(row.kind === "h" || row.kind === "v" ? 1 : 2) ? old : null, u.vectorScale);
    strip("gradient", gradient, u.gradientScale);
    strip("new", now, u.vectorScale);
    for (const name of ["score", "exp", "sigma", "P", "y", "error", "said"]) cells[name]?.empty();
    if (row.kind === "u") this.fillAnswer(u, row, shows, numbers);
    const prediction = u.predictionOf(row);
    if (prediction && shows(8)) this.fillPrediction(u, prediction);
  }

  /** A note in the cell of the fourth card: the loss, which belongs to no word alone. */
  note(text, exact) {
    const cell = this.cells.P ?? this.cells.y;
    cell.write(text);
    cell.el.title = String(exact);
  }

  fillName(u, row, level) {
    const symbol = { u: "u", v: "v" }[row.kind];
    setText(this.name, row.name);
    this.head.title = row.name;
    const marks = [];
    if (level === "algebra" && symbol && row.kind !== "h") marks.push(symbol);
    if (row.times > 1) marks.push(`\u00d7${row.times}`);
    if (row.kind === "h" && level !== "words") marks.push(u.cbow ? "h" : "v = h");
    else if (row.kind === "v") marks.push("context");
    else if (row.kind === "u" && u.objective.hasDraws) marks.push(row.yes ? "true" : "noise");
    else if (row.yes && u.objective.wordsInU) marks.push("true");
    setText(this.mark, marks.join(" "));
  }

  fillAnswer(u, row, shows, numbers) {
    const { cells } = this;
    const { score, weight, P, y, error } = u.arrays;
    const { i } = row;
    const written = (x) => (numbers ? numberText(x) : "");
    if (shows(2)) cells.score.show(score[i] / u.scoreScale, written(score[i]), String(score[i]));
    if (u.objective.rowsSumToOne) {
      if (shows(3)) cells.exp.show(weight[i], written(weight[i]), String(weight[i]));
      if (shows(4)) cells.P.show(P[i] / u.shareScale, percent(P[i]), String(P[i]));
    } else {
      if (shows(3)) cells.sigma.show(P[i], percent(P[i]), String(P[i]));
      if (shows(4)) {
        cells.y.show(y[i], y[i] === 1 ? "yes" : "no", String(y[i]));
        if (numbers) cells.y.write(y[i] === 1 ? "yes, 1" : "no, 0");
      }
    }
    if (shows(5)) {
      const pulled = error[i] < 0;
      const amount = numbers ? (pulled ? "" : "+") + numberText(error[i]) : percent(Math.abs(error[i]));
      const mark = error[i] === 0 ? "" : pulled ? "\u25b2 " : "\u25bc ";
      cells.error.show(error[i], mark + amount, String(error[i]));
      cells.error.el.dataset.sign = pulled ? "pull" : "push";
    }
  }

  /** A bar for after, a line where it was before, an outline for what the text says. */
  fillPrediction(u, { before, after, wanted }) {
    const { said } = this.cells;
    const scale = u.predictionScale;
    said.show(after / scale, percent(after), `${before} \u2192 ${after}; the text says ${wanted}`);
    said.write(percent(after), `${percent(before).split("\u00a0")[0]} \u2192 `);
    setText(said.wanted, percent(wanted));
    said.wanted.hidden = false;
    said.goal.hidden = wanted === 0;
    said.goal.style.width = `${(100 * wanted) / scale}%`;
    said.old.hidden = false;
    said.old.style.left = `${(100 * before) / scale}%`;
  }

  /** Motion that shows what a card did. */
  grow(u, card) {
    for (const { name, card: of } of this.columns) {
      if (of !== card) continue;
      if (name === "new") this.cells.new.strip.glideFrom(u.vectorsOf(this.row).old, FADE);
      else this.cells[name].grow();
    }
    if (card === 1 && this.row.kind === "h") this.cells.u.grow();
  }
}
