// The ledger as a whole: cards from left to right, rows that they share, one equation, and the steps between cards.
import { make, setText } from "../kit/dom.js";
import { onSizeChange, readTheme } from "../kit/theme.js";
import { cardsOf, columnsOf, headlineOf } from "./cards.js";
import { RowCells } from "./cells.js";
import { equationOf } from "./equations.js";
import { LookUp } from "./lookup.js";
import { Rows } from "./rows.js";
import { Stack } from "./stack.js";
import { LAST, REST, Steps } from "./steps.js";
import { MOST_CELLS, numberText } from "./strips.js";
import { Update } from "./update.js";

const LEVELS = [
  ["words", "words only"],
  ["numbers", "numbers"],
  ["algebra", "algebra"],
];
const REPORT_AFTER = 120; // ms at rest before Python is told
const REPORT_LATE = 1500; // the same after a press elsewhere, perhaps on the way to another page
const MOTION_MS = 280;
const NARROW = { Z: 4.75, P: 5.25, y: 6, error: 5.75, said: 9.25, score: 4.5, exp: 6, sigma: 6 }; // the same without numbers
const WIDE = { Z: 4.75, P: 6.5, y: 11, error: 6.5, said: 11, score: 5.5, exp: 7.25, sigma: 11 }; // rem
const LEAVING = ["pointerdown", "keydown"];

class Ledger {
  constructor(parent) {
    this.active = 2;
    this.themeLater = 0;
    this.lit = null;
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.steps = new Steps((step, before) => this.stepped(step, before));
    const onLight = (word) => this.sayLight(word);
    this.rows = new Rows({ onLight, onChoose: (key) => this.choose(key), onCard: (card) => this.activate(card) });
    this.lookUp = new LookUp({ onLight, onInput: (word) => this.chooseInput(word) });
    this.stack = new Stack({
      onLight: (i) => onLight(i === null || i >= this.u.about.row_ids.length ? null : this.u.rows[i].word),
      onChoose: (i) => i !== null && i < this.u.about.row_ids.length && this.show(`u${i}`, 4),
    });
    this.root = this.build();
    parent.append(this.root);
    this.root.ledger = { choose: (key, card) => this.show(key, card), step: () => this.steps.at };
    this.onLit = (event) => this.light(event.detail?.word ?? null);
    this.onKey = (event) => this.escape(event);
    this.onLeaving = (event) => this.leaving(event);
    window.addEventListener("w2v-light", this.onLit);
    document.addEventListener("keydown", this.onKey);
    for (const kind of LEAVING) document.addEventListener(kind, this.onLeaving, true);
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.scroller);
    this.observer.observe(this.head);
    this.forgetSize = onSizeChange(() => {
      this.theme = readTheme(this.root);
      this.resize();
    });
  }

  // ---- what it is made of -------------------------------------------------------------------------------------------

  build() {
    const button = (name, label, act, ...inside) => {
      const made = make(
        "button",
        { type: "button", "data-do": name, ...(label ? { "aria-label": label } : {}) },
        ...inside,
      );
      made.onclick = act;
      return made;
    };
    this.slow = button("slow", "", () => (this.steps.playing ? this.steps.stop() : this.steps.play()), "Slow motion");
    this.slow.classList.add("w2v-up-slow");
    this.everything = button("all", "", () => this.steps.go(REST), "Show all");
    this.counter = make("span", { class: "w2v-up-counter" });
    this.motion = make("span", { class: "w2v-up-motion", "aria-hidden": "true" }, "moving");
    this.levels = make(
      "fieldset",
      { class: "w2v-up-levels" },
      make("legend", { class: "w2v-up-unseen" }, "Level of detail"),
      ...LEVELS.map(([level, label]) => this.levelChoice(level, label)),
    );
    this.tools = make(
      "div",
      { class: "w2v-up-tools" },
      this.slow,
      button("previous", "Previous step", () => this.steps.previous(), "\u2039 Previous"),
      button("next", "Next step", () => this.steps.next(), "Next \u203a"),
      this.everything,
      this.counter,
      this.levels,
    );
    this.title = make("b", { class: "w2v-up-title" });
    this.caption = make("span");
    this.equation = make("div", {
      class: "w2v-up-equation",
      tabindex: "0",
      role: "region",
      "aria-label": "The calculation for the chosen row",
    });
    this.dock = make(
      "div",
      { class: "w2v-up-dock" },
      make("p", { class: "w2v-up-caption" }, this.title, " ", this.caption),
      this.equation,
      this.motion,
    );
    this.live = make("div", { class: "w2v-up-unseen", "aria-live": "polite" });
    this.plane = make("div", { class: "w2v-up-plane" });
    this.scroller = make("div", { class: "w2v-up-scroller", tabindex: "-1" }, this.plane);
    this.scroller.addEventListener("scroll", () => this.drawRows(), { passive: true });
    this.head = make("div", { class: "w2v-up-head", role: "rowgroup" });
    return make("div", { class: "w2v-update", role: "group" }, this.tools, this.dock, this.scroller, this.live);
  }

  levelChoice(level, label) {
    const input = make("input", { type: "radio", name: "w2v-up-level", value: level });
    input.onchange = () => this.setLevel(level);
    return make("label", {}, input, label);
  }

  /** Headings, panels and rows for a model's cards: made anew when the objective is another. */
  buildTable() {
    const { u } = this;
    this.columns = columnsOf(u);
    this.cardHeads = this.cards.map((_, number) => number && this.makeHead(number));
    const spans = this.cards.map((_, number) => this.columns.filter((column) => column.card === number).length);
    this.pinned = new RowCells(this.columns);
    this.pinned.el.classList.add("w2v-up-pinned");
    this.pinned.el.addEventListener("click", (event) => {
      const card = Number(event.target.closest?.("[data-card]")?.dataset.card);
      this.show("h", [6, 7].includes(card) ? card : 1);
    });
    for (const [kind, word] of [
      ["pointerenter", true],
      ["focus", true],
      ["pointerleave", false],
      ["blur", false],
    ]) {
      this.pinned.el.addEventListener(kind, () => this.sayLight(word ? this.u.hidden.word : null));
    }
    const heads = this.cardHeads.slice(2).map((button, i) => {
      const cell = make("div", { role: "columnheader", class: "w2v-up-cardhead", "data-card": i + 2 }, button);
      cell.style.gridColumn = `span ${spans[i + 2]}`;
      if (spans[i + 2] > 1) cell.setAttribute("aria-colspan", spans[i + 2]);
      return cell;
    });
    this.corner = make("div", { role: "columnheader", class: "w2v-up-word w2v-up-corner" });
    this.head.replaceChildren(
      make("div", { role: "row", class: "w2v-up-row w2v-up-headrow" }, this.corner, ...heads),
      this.pinned.el,
    );
    this.panels = heads.map((_, i) => {
      const panel = make("div", { class: "w2v-up-panel", "data-card": i + 2 });
      const start = 2 + this.columns.findIndex((column) => column.card === i + 2);
      panel.style.gridColumn = `${start} / span ${spans[i + 2]}`;
      return panel;
    });
    const zColumn = this.columns.findIndex(({ name }) => name === "Z");
    this.stack.el.style.gridColumn = String(2 + Math.max(0, zColumn));
    this.rows.setColumns(this.columns);
    const first = make(
      "div",
      { class: "w2v-up-first", role: "group", "aria-label": "Look up", "data-card": "1" },
      make("div", { class: "w2v-up-cardhead", "data-card": "1" }, this.cardHeads[1]),
      this.lookUp.el,
    );
    this.table = make(
      "div",
      { class: "w2v-up-table", role: "grid", "aria-label": "The calculation, one row for each output vector" },
      this.head,
      make(
        "div",
        { class: "w2v-up-body", role: "none" },
        make("div", { class: "w2v-up-panels", "aria-hidden": "true" }, ...this.panels),
        this.rows.el,
        make("div", { class: "w2v-up-panels w2v-up-over", "aria-hidden": "true" }, this.stack.el),
      ),
    );
    this.plane.replaceChildren(first, this.table);
    this.first = first;
  }

  makeHead(number) {
    const button = make(
      "button",
      { type: "button", "data-do": `card${number}` },
      make("b"),
      make("span", { class: "w2v-up-formula" }),
    );
    button.onclick = () => this.activate(number);
    return button;
  }

  // ---- data ---------------------------------------------------------------------------------------------------------

  receive(bytes, report) {
    this.report = report;
    this.theme = readTheme(this.root);
    this.root.style.setProperty("--w2v-noise-word", this.theme.dark ? "#D98DB9" : "#A24A7E"); // negatives: purple, for small words
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      const u = new Update(bytes);
      if (this.u?.key !== u.key) this.take(u);
      else this.u.about.level = u.about.level;
    }
    this.draw();
  }

  take(u) {
    const fresh = !this.u;
    const other = fresh || this.u.objective !== u.objective;
    this.u = u;
    this.lit = null;
    if (this.steps.playing) this.steps.halt();
    if (fresh) this.beginLevel(u.about.level);
    this.cards = cardsOf(u);
    if (other) this.buildTable();
    this.rows.setUpdate(u);
    this.root.setAttribute("aria-label", headlineOf(u));
    this.root.dataset.update = u.about.update;
    this.root.dataset.example = u.about.example;
    this.table.setAttribute("aria-rowcount", String(u.rows.length + 2));
    this.setText();
    if (!fresh) this.scroller.scrollTop = 0;
  }

  // ---- level --------------------------------------------------------------------------------------------------------

  /** The level of before, if Python does not know of it yet, else Python's. */
  beginLevel(given) {
    this.level = window.w2vLevel ?? given;
    if (this.level !== given) this.tellLevel(REPORT_LATE);
    for (const input of this.levels.querySelectorAll("input")) input.checked = input.value === this.level;
  }

  setLevel(level) {
    this.level = window.w2vLevel = level;
    this.setText();
    this.draw();
    this.tellLevel(REPORT_AFTER);
  }

  tellLevel(after) {
    clearTimeout(this.reporting);
    this.reporting = setTimeout(() => {
      this.reporting = 0;
      this.report("chosen", { level: this.level });
    }, after);
  }

  /** Something else is pressed, perhaps the way to another page: a report now would get in the way of that. */
  leaving(event) {
    if (!this.reporting || event.composedPath().includes(this.root)) return;
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    this.tellLevel(REPORT_LATE);
  }

  // ---- drawing ------------------------------------------------------------------------------------------------------

  setText() {
    this.cards.forEach((card, number) => {
      if (!card) return;
      setText(this.cardHeads[number].firstChild, `${number} ${card.title}`);
      setText(this.cardHeads[number].lastChild, this.level === "words" ? card.phrase : card.formula);
    });
    const { about, objective } = this.u;
    const shown = about.row_ids.length;
    this.corner.replaceChildren(make("span", {}, objective.row));
    if (shown < about.n_rows) {
      const all = about.n_rows.toLocaleString("en-US");
      const note = make("span", {
        class: "w2v-up-cut",
        title: `The true word and the largest errors: ${shown} of ${all} words. The sum Z has all of them.`,
      });
      note.append(`first ${shown} of ${all}`);
      this.corner.append(note);
    }
  }

  draw() {
    if (!this.u) return;
    const { root, steps } = this;
    root.dataset.level = this.level;
    root.dataset.step = String(steps.at);
    root.dataset.playing = String(steps.playing);
    setText(this.slow, steps.playing ? "Stop" : "Slow motion");
    setText(this.counter, steps.at === REST ? "all 8 cards" : `step ${steps.at} of ${LAST}`);
    this.everything.setAttribute("aria-disabled", String(steps.at === REST));
    this.setColumns();
    for (const el of [
      this.first,
      ...this.panels,
      ...this.head.querySelectorAll(".w2v-up-cardhead"),
      this.first.firstChild,
    ]) {
      const card = Number(el.dataset.card);
      el.classList.toggle("w2v-up-active", card === this.active);
      el.classList.toggle("w2v-up-waiting", !steps.reached(card));
    }
    this.cardHeads.forEach(
      (head, number) => number && head.setAttribute("aria-pressed", String(number === this.active)),
    );
    this.drawDock();
    this.resize();
  }

  setColumns() {
    const { dim } = this.u;
    const numbers = this.level !== "words";
    const strip = numbers
      ? Math.max(7.5, Math.min(dim, MOST_CELLS) * 3.325 + (dim > MOST_CELLS ? 2.5 : 0) + 0.7)
      : 7.75;
    const widths = this.columns.map(({ name }) => `${(numbers ? WIDE : NARROW)[name] ?? strip}rem`);
    this.root.style.setProperty("--w2v-up-columns", `7.5rem ${widths.join(" ")}`);
  }

  drawDock() {
    const { u, active, steps } = this;
    const card = this.cards[active];
    setText(this.title, `${active} ${card.title}.`);
    setText(this.caption, this.level === "words" ? card.plain : card.caption);
    const row = this.rowSelected();
    this.equation.replaceChildren(...(steps.reached(active) ? equationOf(u, active, row, this.level) : []));
    this.equation.dataset.card = active;
    this.equation.dataset.row = row.key;
  }

  rowSelected() {
    return this.rows.selected === "h" ? this.u.hidden : this.u.rows[this.rows.placeOf(this.rows.selected)];
  }

  resize() {
    if (!this.u || !this.root.clientWidth) return;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    this.rowHeight = 2 * rem;
    this.view = Math.max(60, this.scroller.clientHeight - this.head.offsetHeight);
    this.root.style.setProperty("--w2v-up-view", `${this.view}px`);
    this.root.style.setProperty("--w2v-up-headheight", `${this.head.firstChild.offsetHeight}px`);
    const { lit } = this;
    this.lookUp.draw(this.u, { shown: this.shows(1), lit, level: this.level, theme: this.theme });
    this.drawStack();
    this.pinned.fill(this.u, this.u.hidden, (c) => this.shows(c), this.level);
    if (this.shows(4) && this.level !== "words")
      this.pinned.note(`loss ${numberText(this.u.about.loss)}`, this.u.about.loss);
    this.pinned.el.tabIndex = this.rows.selected === "h" ? 0 : -1;
    this.pinned.el.setAttribute("aria-rowindex", "2");
    this.pinned.el.classList.toggle("w2v-up-selected", this.rows.selected === "h");
    this.pinned.el.classList.toggle("w2v-up-lit", lit !== null && lit === this.u.hidden.word);
    this.drawRows();
  }

  drawStack() {
    const place = this.lit === null ? -1 : this.u.rows.findIndex((row) => row.kind === "u" && row.word === this.lit);
    const selected = this.rows.placeOf(this.rows.selected);
    this.stack.draw(this.u, { shown: this.shows(4), lit: place, selected, level: this.level, theme: this.theme });
  }

  drawRows() {
    const top = this.scroller.scrollTop;
    this.rows.draw(top, top + this.view, {
      shows: (card) => this.shows(card),
      level: this.level,
      rowHeight: this.rowHeight,
    });
  }

  shows(card) {
    return this.steps.reached(card);
  }

  // ---- words light up everywhere ------------------------------------------------------------------------------------

  /** Tell everyone on the page which word is pointed at, this ledger included. */
  sayLight(word) {
    if (word === this.lit) return;
    window.dispatchEvent(new CustomEvent("w2v-light", { detail: { word } }));
  }

  light(word) {
    if (!this.u || word === this.lit) return;
    this.lit = word;
    this.rows.light(word);
    this.pinned.el.classList.toggle("w2v-up-lit", word !== null && word === this.u.hidden.word);
    this.lookUp.draw(this.u, { shown: this.shows(1), lit: word, level: this.level, theme: this.theme });
    this.drawStack();
  }

  // ---- choosing -----------------------------------------------------------------------------------------------------

  show(key, card) {
    this.activate(card);
    this.choose(key);
  }

  choose(key) {
    this.rows.selected = key;
    this.draw();
  }

  chooseInput(word) {
    const place = this.u.about.input_ids.indexOf(word);
    this.rows.selected = this.u.cbow ? `v${place}` : "h";
    this.active = this.u.cbow ? 7 : 1;
    this.draw();
    this.reveal(this.rows.selected);
    this.revealCard();
  }

  /** A card's equation is wanted; while stepping that of a card not yet reached waits for it. */
  activate(card) {
    this.active = card;
    this.draw();
    this.revealCard();
  }

  /** Scroll inside the ledger so that a row is in sight. */
  reveal(key) {
    const place = this.rows.placeOf(key);
    if (place < 0) return;
    const [top, { scroller, rowHeight, view }] = [place * this.rowHeight, this];
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + rowHeight > scroller.scrollTop + view) scroller.scrollTop = top + rowHeight - view;
    this.drawRows();
  }

  /** Scroll sideways so that the active card is in sight, right of the words. */
  revealCard() {
    const { scroller } = this;
    const behavior = this.calm.matches ? "instant" : "smooth";
    if (this.active === 1) {
      scroller.scrollTo({ left: 0, behavior });
      return;
    }
    const panel = this.panels[this.active - 2];
    const words = this.corner.offsetWidth;
    const left = this.first.offsetWidth + panel.offsetLeft;
    const right = left + panel.offsetWidth;
    const from = scroller.scrollLeft;
    if (left - words < from) scroller.scrollTo({ left: left - words, behavior });
    else if (right > from + scroller.clientWidth) {
      scroller.scrollTo({ left: Math.min(left - words, right - scroller.clientWidth), behavior });
    }
  }

  // ---- steps --------------------------------------------------------------------------------------------------------

  stepped(step, before) {
    if (step !== REST) this.active = step;
    this.draw();
    if (step !== REST) this.revealCard();
    if (step === before) return;
    if (step !== REST && !this.calm.matches) this.grow(step);
    const card = this.cards[this.active];
    this.live.textContent =
      step === REST ? "Everything is shown." : `Step ${step} of ${LAST}: ${card.title}. ${card.caption}`;
  }

  /** What this card did, as motion: it only decorates numbers that already stand there. */
  grow(card) {
    this.root.dataset.moving = "true";
    clearTimeout(this.settling);
    this.settling = setTimeout(() => delete this.root.dataset.moving, MOTION_MS);
    this.rows.grow(card);
    this.pinned.grow(this.u, card);
    if (card === 4)
      this.stack.box.animate(
        [
          { transform: "scaleY(0)", transformOrigin: "bottom" },
          { transform: "none", transformOrigin: "bottom" },
        ],
        { duration: MOTION_MS },
      );
    if (card === 1) this.lookUp.el.animate([{ opacity: 0 }, { opacity: 1 }], { duration: MOTION_MS });
  }

  escape(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (this.steps.playing) this.steps.stop();
    else if (this.steps.at !== REST && event.composedPath().includes(this.root)) this.steps.go(REST);
    else return;
    event.preventDefault();
  }

  // ---- keys ---------------------------------------------------------------------------------------------------------

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const row = event.composedPath()[0].closest?.(".w2v-up-row");
    if (!row) return;
    const page = Math.max(1, Math.floor(this.view / this.rowHeight) - 1);
    const acts = {
      ArrowDown: () => this.moveTo(1),
      ArrowUp: () => this.moveTo(-1),
      PageDown: () => this.moveTo(page),
      PageUp: () => this.moveTo(-page),
      Home: () => this.moveTo(-Infinity),
      End: () => this.moveTo(Infinity),
      ArrowRight: () => this.activate(Math.min(LAST, this.active + 1)),
      ArrowLeft: () => this.activate(Math.max(1, this.active - 1)),
      Enter: () => this.activate(2),
      " ": () => this.activate(2),
    };
    if (!Object.hasOwn(acts, event.key) || row.classList.contains("w2v-up-headrow")) return;
    event.preventDefault();
    acts[event.key]();
  }

  moveTo(steps) {
    const key = this.rows.neighbour(steps);
    this.rows.selected = key;
    this.reveal(key);
    this.draw();
    (key === "h" ? this.pinned.el : this.rows.elementOf(key))?.focus({ preventScroll: true });
  }

  remove() {
    this.steps.halt();
    clearTimeout(this.reporting);
    clearTimeout(this.settling);
    clearTimeout(this.themeLater);
    this.observer.disconnect();
    this.forgetSize();
    window.removeEventListener("w2v-light", this.onLit);
    document.removeEventListener("keydown", this.onKey);
    for (const kind of LEAVING) document.removeEventListener(kind, this.onLeaving, true);
    this.root.remove();
  }
}

const ledgers = new WeakMap();

export default function mountLedger({ data, parentElement, setStateValue }) {
  let ledger = ledgers.get(parentElement);
  if (!ledger) {
    ledger = new Ledger(parentElement);
    ledgers.set(parentElement, ledger);
  }
  ledger.receive(data, setStateValue);
  clearTimeout(ledger.themeLater);
  ledger.themeLater = setTimeout(() => ledger.receive(ledger.bytes, setStateValue), 150); // the page's new colors may come a little later
  return () => {
    ledger.remove();
    ledgers.delete(parentElement);
  };
}
