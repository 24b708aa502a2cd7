// The table of the ledger: the first card beside it, a heading and a panel for each other card, the row of h on top.
import { make, setText } from "../kit/dom.js";
import { RowCells } from "./cells.js";
import { columnsOf } from "./cards.js";
import { MOST_CELLS, numberText } from "./strips.js";

// In words the columns share the width, which all eight cards fit into: [least, in rem, and part of what is left].
/** @type {Record<string, [number, number]>} */
const WITHOUT_NUMBERS = {
  u: [2.4, 6.5],
  score: [2.9, 4.5],
  exp: [3.4, 5.4],
  Z: [2.7, 4.75],
  P: [3.2, 5.25],
  sigma: [4.2, 6],
  y: [4.2, 6],
  error: [4.2, 6.5],
  gradient: [4.6, 7.5],
  new: [4.4, 7.8],
  said: [5.9, 10],
};
const NAMES = "minmax(4.9rem, 8.5fr)";
const WORD = 7.5; // rem, of a word with what it is
const WITH_MARKS = { numbers: 9.25, algebra: 10.25 }; // where it may be "u ×2 noise"
// widths of columns in rem; the others hold a vector each
const WITH_NUMBERS = { Z: 4.75, P: 6.5, y: 11, error: 6.5, said: 11, score: 5.5, exp: 7.25, sigma: 11 };

export class Table {
  /** parts: {rows, lookUp, stack}; on: activate(card), show(key, card), light(word). */
  constructor(parts, on) {
    this.parts = parts;
    this.on = on;
    this.plane = make("div", { class: "w2v-up-plane" });
    this.scroller = make("div", { class: "w2v-up-scroller", tabindex: "-1" }, this.plane);
    this.head = make("div", { class: "w2v-up-head", role: "rowgroup" });
  }

  /** Headings, panels and rows for a model's cards: made anew when the objective is another. */
  build(u, cards) {
    const { rows, lookUp, stack } = this.parts;
    this.columns = columnsOf(u);
    this.cardHeads = cards.map((_, number) => number && this.makeCardHead(number));
    this.pinned = this.makePinned();
    const spans = cards.map((_, number) => this.columns.filter((column) => column.card === number).length);
    this.buildHead(spans);
    this.panels = spans.slice(2).map((span, i) => this.makePanel(i + 2, span));
    const zColumn = this.columns.findIndex(({ name }) => name === "Z");
    stack.el.style.gridColumn = String(2 + Math.max(0, zColumn));
    rows.setColumns(this.columns);
    this.first = make(
      "div",
      { class: "w2v-up-first", role: "group", "aria-label": "Look up", "data-card": "1" },
      make("div", { class: "w2v-up-cardhead", "data-card": "1" }, this.cardHeads[1]),
      lookUp.el,
    );
    this.el = make(
      "div",
      { class: "w2v-up-table", role: "grid", "aria-label": "The calculation, one row for each output vector" },
      this.head,
      make(
        "div",
        { class: "w2v-up-body", role: "none" },
        make("div", { class: "w2v-up-panels", "aria-hidden": "true" }, ...this.panels),
        rows.el,
        make("div", { class: "w2v-up-panels w2v-up-over", "aria-hidden": "true" }, stack.el),
      ),
    );
    this.plane.replaceChildren(this.first, this.el);
  }

  makeCardHead(number) {
    const title = [make("b"), make("span", { class: "w2v-up-formula" })];
    const button = make("button", { type: "button", "data-do": `card${number}` }, ...title);
    button.onclick = () => this.on.activate(number);
    return button;
  }

  /** The row of h, above all others. */
  makePinned() {
    const pinned = new RowCells(this.columns);
    pinned.el.classList.add("w2v-up-pinned");
    pinned.el.addEventListener("click", (event) => {
      const card = Number(event.target.closest?.("[data-card]")?.dataset.card);
      this.on.show("h", [6, 7].includes(card) ? card : 1);
    });
    for (const kind of ["pointerenter", "focus"])
      pinned.el.addEventListener(kind, () => this.on.light(this.hiddenWord));
    for (const kind of ["pointerleave", "blur"]) pinned.el.addEventListener(kind, () => this.on.light(null));
    return pinned;
  }

  buildHead(spans) {
    const heads = this.cardHeads.slice(2).map((button, i) => {
      const cell = make("div", { role: "columnheader", class: "w2v-up-cardhead", "data-card": i + 2 }, button);
      cell.style.gridColumn = `span ${spans[i + 2]}`;
      if (spans[i + 2] > 1) cell.setAttribute("aria-colspan", spans[i + 2]);
      return cell;
    });
    this.corner = make("div", { role: "columnheader", class: "w2v-up-word w2v-up-corner" });
    const row = make("div", { role: "row", class: "w2v-up-row w2v-up-headrow" }, this.corner, ...heads);
    this.head.replaceChildren(row, this.pinned.el);
  }

  makePanel(card, span) {
    const panel = make("div", { class: "w2v-up-panel", "data-card": card });
    const start = 2 + this.columns.findIndex((column) => column.card === card);
    panel.style.gridColumn = `${start} / span ${span}`;
    return panel;
  }

  /** What the cards are called at this level, and what a row is. */
  name(u, cards, level) {
    cards.forEach((card, number) => {
      if (!card) return;
      setText(this.cardHeads[number].firstChild, `${number} ${card.title}`);
      const said = level === "words" ? card.phrase : card.formula;
      setText(this.cardHeads[number].lastChild, number > u.last ? "comes later" : said);
    });
    const { about, objective } = u;
    const shown = about.row_ids.length;
    this.el.setAttribute("aria-rowcount", String(u.rows.length + 2));
    this.corner.replaceChildren(make("span", {}, objective.row));
    if (shown === about.n_rows) return;
    const all = about.n_rows.toLocaleString("en-US");
    const title = `The true word and the largest errors: ${shown} of ${all} words. The sum Z has all of them.`;
    this.corner.append(make("span", { class: "w2v-up-cut", title }, `first ${shown} of ${all}`));
  }

  /** The widths of the columns, as a value of CSS. */
  columnWidths({ dim, objective }, level) {
    if (level === "words") {
      const shares = this.columns.map(({ name }) => WITHOUT_NUMBERS[name]);
      return `${NAMES} ${shares.map(([least, part]) => `minmax(${least}rem, ${part}fr)`).join(" ")}`;
    }
    const strip = Math.max(7.5, Math.min(dim, MOST_CELLS) * 3.325 + (dim > MOST_CELLS ? 2.5 : 0) + 0.7);
    const names = objective.hasDraws ? WITH_MARKS[level] : WORD;
    return `${names}rem ${this.columns.map(({ name }) => `${WITH_NUMBERS[name] ?? strip}rem`).join(" ")}`;
  }

  /** Which card is active, and which are not reached yet. */
  markCards(active, reached) {
    const heads = this.head.querySelectorAll(".w2v-up-cardhead");
    for (const el of [this.first, ...this.panels, ...heads, this.first.firstChild]) {
      const card = Number(el.dataset.card);
      el.classList.toggle("w2v-up-active", card === active);
      el.classList.toggle("w2v-up-waiting", !reached(card));
    }
    this.cardHeads.forEach((head, number) => number && head.setAttribute("aria-pressed", String(number === active)));
  }

  drawPinned(u, { reached, level, selected, lit }) {
    const { pinned } = this;
    this.hiddenWord = u.hidden.word;
    pinned.fill(u, u.hidden, reached, level);
    if (reached(4) && level !== "words") pinned.note(`loss ${numberText(u.about.loss)}`, u.about.loss);
    pinned.el.tabIndex = selected ? 0 : -1;
    pinned.el.setAttribute("aria-rowindex", "2");
    pinned.el.classList.toggle("w2v-up-selected", selected);
    this.lightPinned(lit);
  }

  lightPinned(lit) {
    this.pinned.el.classList.toggle("w2v-up-lit", lit !== null && lit === this.hiddenWord);
  }

  /** Scroll so that the row at a place, in pixels, is in sight. */
  revealRow(top, rowHeight, view) {
    const { scroller } = this;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + rowHeight > scroller.scrollTop + view) scroller.scrollTop = top + rowHeight - view;
  }

  /** Scroll sideways so that a card is in sight, right of the words. */
  revealCard(card, behavior) {
    const { scroller } = this;
    if (card === 1) {
      scroller.scrollTo({ left: 0, behavior });
      return;
    }
    const panel = this.panels[card - 2];
    const words = this.corner.offsetWidth;
    const left = this.first.offsetWidth + panel.offsetLeft;
    const right = left + panel.offsetWidth;
    const from = scroller.scrollLeft;
    if (left - words < from) scroller.scrollTo({ left: left - words, behavior });
    else if (right > from + scroller.clientWidth) {
      scroller.scrollTo({ left: Math.min(left - words, right - scroller.clientWidth), behavior });
    }
  }
}
