// The rows of the ledger. Only those in sight are in the page: they are filled again while one scrolls.
import { make } from "../kit/dom.js";
import { RowCells } from "./cells.js";

const SPARE = 3; // rows drawn above and below what is in sight

export class Rows {
  constructor({ onLight, onChoose, onCard }) {
    this.events = { onLight, onChoose, onCard };
    this.el = make("div", { class: "w2v-up-rows", role: "rowgroup" });
    this.pool = [];
    this.selected = "u0";
    this.lit = null;
  }

  /** columns changed (another objective): all rows are made anew. */
  setColumns(columns) {
    this.columns = columns;
    this.pool = [];
    this.el.replaceChildren();
  }

  setUpdate(u) {
    this.u = u;
    if (!u.rows.some((row) => row.key === this.selected && row.kind !== "title") && this.selected !== "h")
      this.selected = "u0";
  }

  get height() {
    return this.u.rows.length * this.rowHeight;
  }

  /** Show the rows between two places, in pixels from the first row. */
  draw(top, bottom, { shows, level, rowHeight }) {
    this.rowHeight = rowHeight;
    this.look = { shows, level };
    this.el.style.height = `${this.height}px`;
    const first = Math.max(0, Math.floor(top / rowHeight) - SPARE);
    const last = Math.min(this.u.rows.length, Math.ceil(bottom / rowHeight) + SPARE);
    while (this.pool.length < last - first) this.pool.push(this.makeRow());
    const wanted = new Set();
    for (let r = first; r < last; r += 1) wanted.add(r);
    const free = this.pool.filter((cells) => !(wanted.has(cells.at) && wanted.delete(cells.at)));
    for (const r of wanted) free.pop().at = r;
    for (const cells of free) cells.at = -1;
    for (const cells of this.pool) this.place(cells);
    this.first = first;
    this.last = last;
  }

  place(cells) {
    const row = this.u.rows[cells.at];
    cells.el.hidden = !row;
    if (!row) return;
    cells.el.style.transform = `translateY(${cells.at * this.rowHeight}px)`;
    cells.el.setAttribute("aria-rowindex", String(cells.at + 3)); // after the headings and the row of h
    if (row.kind === "title") cells.el.removeAttribute("aria-selected");
    else cells.el.setAttribute("aria-selected", String(row.key === this.selected));
    cells.el.tabIndex = row.key === this.selected ? 0 : -1;
    cells.fill(this.u, row, this.look.shows, this.look.level);
    this.mark(cells, row);
  }

  mark(cells, row) {
    cells.el.classList.toggle("w2v-up-lit", this.lit !== null && row.word === this.lit);
    cells.el.classList.toggle("w2v-up-selected", row.key === this.selected);
  }

  light(word) {
    this.lit = word;
    for (const cells of this.pool) if (this.u.rows[cells.at]) this.mark(cells, this.u.rows[cells.at]);
  }

  makeRow() {
    const cells = new RowCells(this.columns);
    const { onLight, onChoose, onCard } = this.events;
    const here = () => this.u.rows[cells.at];
    cells.el.addEventListener("pointerenter", () => onLight(here()?.word ?? null));
    cells.el.addEventListener("pointerleave", () => onLight(null));
    cells.el.addEventListener("focus", () => onLight(here()?.word ?? null));
    cells.el.addEventListener("blur", () => onLight(null));
    cells.el.addEventListener("click", (event) => {
      if (!here() || here().kind === "title") return;
      const card = Number(event.target.closest?.("[data-card]")?.dataset.card);
      if (card) onCard(card);
      onChoose(here().key);
    });
    this.el.append(cells.el);
    return cells;
  }

  /** The next row up or down that is not a heading; "h" is the row above the first. */
  neighbour(steps) {
    const keys = ["h", ...this.u.rows.filter((row) => row.kind !== "title").map((row) => row.key)];
    const at = keys.indexOf(this.selected);
    return keys[Math.max(0, Math.min(keys.length - 1, at + steps))];
  }

  placeOf(key) {
    return this.u.rows.findIndex((row) => row.key === key);
  }

  elementOf(key) {
    return this.pool.find((cells) => this.u.rows[cells.at]?.key === key)?.el;
  }

  grow(card) {
    for (const cells of this.pool) if (cells.at >= 0 && !cells.el.hidden) cells.grow(this.u, card);
  }
}
