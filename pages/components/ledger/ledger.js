// The ledger as a whole: cards from left to right, rows that they share, one equation, and the steps between cards.
// Its class is longer than others because which card, row and word are chosen concerns every part, and is said to each.
import { make } from "../kit/dom.js";
import { onSizeChange, readTheme } from "../kit/theme.js";
import { cardsOf, headlineOf } from "./cards.js";
import { Dock } from "./dock.js";
import { Keys } from "./keys.js";
import { LevelChoice } from "./level.js";
import { LookUp } from "./lookup.js";
import { Rows } from "./rows.js";
import { Stack } from "./stack.js";
import { REST, Steps } from "./steps.js";
import { Table } from "./table.js";
import { Tools } from "./tools.js";
import { Update } from "./update.js";

const MOTION_MS = 280;

export class Ledger {
  constructor(parent) {
    this.active = 2; // the card whose equation is shown
    this.lit = null; // the word that is pointed at, here or elsewhere on the page
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.steps = new Steps((step, before) => this.stepped(step, before));
    this.level = new LevelChoice(() => this.levelChosen());
    this.tools = new Tools(this.steps, this.level);
    this.dock = new Dock();
    this.buildTable();
    this.live = make("div", { class: "w2v-up-unseen", "aria-live": "polite" });
    this.root = make(
      "div",
      { class: "w2v-update", role: "group" },
      make("h2", { class: "w2v-up-unseen" }, "The calculation, card by card"),
      this.tools.el,
      this.dock.el,
      this.table.scroller,
      this.live,
    );
    parent.append(this.root);
    this.root.ledger = { choose: (key, card) => this.show(key, card), step: () => this.steps.at };
    this.level.listen(this.root);
    this.listen();
  }

  buildTable() {
    const light = (word) => this.sendLight(word);
    const activate = (card) => this.activate(card);
    this.rows = new Rows({ onLight: light, onChoose: (key) => this.choose(key), onCard: activate });
    this.lookUp = new LookUp({ onLight: light, onInput: (word) => this.chooseInput(word) });
    const isRow = (i) => i !== null && i < this.u.about.row_ids.length;
    this.stack = new Stack({
      onLight: (i) => light(isRow(i) ? this.u.rows[i].word : null),
      onChoose: (i) => isRow(i) && this.show(`u${i}`, 4),
    });
    const show = (key, card) => this.show(key, card);
    this.table = new Table({ rows: this.rows, lookUp: this.lookUp, stack: this.stack }, { activate, show, light });
  }

  listen() {
    this.onLit = (event) => this.light(event.detail?.word ?? null);
    window.addEventListener("w2v-light", this.onLit);
    this.onPlays = (event) => this.playerPlays(event.detail);
    window.addEventListener("w2v-plays", this.onPlays);
    this.keys = new Keys(this.root, this.steps, {
      moveBy: (rows) => this.moveBy(rows),
      activate: (card) => this.activate(card),
      activeCard: () => this.active,
      rowsInSight: () => Math.max(1, Math.floor(this.view / this.rowHeight) - 1),
    });
    this.table.scroller.addEventListener("scroll", () => this.drawRows(), { passive: true });
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.table.scroller);
    this.observer.observe(this.table.head);
    this.forgetSize = onSizeChange(() => {
      this.theme = readTheme(this.root);
      this.resize();
    });
  }

  // ---- data ---------------------------------------------------------------------------------------------------------

  /** report(name, value): tells Python. */
  receive(bytes, _tell, report) {
    this.level.tell = report;
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      const u = new Update(bytes);
      if (this.u?.key !== u.key) this.take(u);
      else if (this.level.take(u.about.level)) this.levelChosen(); // it was chosen elsewhere on the page
    }
    this.recolor();
  }

  recolor() {
    this.theme = readTheme(this.root);
    this.draw();
  }

  take(u) {
    const fresh = !this.u;
    const other = fresh || this.u.objective !== u.objective;
    this.u = u;
    this.lit = null;
    if (this.steps.playing) this.steps.halt();
    this.steps.last = u.last;
    if (this.steps.at > u.last) this.steps.at = REST;
    this.level.take(u.about.level);
    this.tools.ofLast = u.about.is_last;
    this.cards = cardsOf(u);
    if (other) this.table.build(u, this.cards);
    this.rows.setUpdate(u);
    this.root.setAttribute("aria-label", headlineOf(u));
    this.root.dataset.update = u.about.update;
    this.root.dataset.example = u.about.example;
    this.table.name(u, this.cards, this.level.now);
    if (!fresh) this.table.scroller.scrollTop = 0;
  }

  /** The player runs on, or rests: meanwhile the cards are those of an update that is over. */
  playerPlays(playing) {
    this.root.classList.toggle("w2v-up-past", playing);
    this.tools.past = playing;
    this.tools.draw();
  }

  levelChosen() {
    this.table.name(this.u, this.cards, this.level.now);
    this.draw();
    this.revealCard();
  }

  // ---- drawing ------------------------------------------------------------------------------------------------------

  draw() {
    if (!this.u) return;
    const { root, steps, table, active } = this;
    const level = this.level.now;
    root.dataset.level = level;
    root.dataset.step = String(steps.at);
    root.dataset.playing = String(steps.playing);
    root.style.setProperty("--w2v-up-columns", table.columnWidths(this.u, level));
    this.tools.draw();
    table.markCards(active, this.reached);
    const row = this.rows.selected === "h" ? this.u.hidden : this.u.rows[this.rows.placeOf(this.rows.selected)];
    this.dock.draw(this.u, { card: this.cards[active], number: active, reached: this.reached(active), row, level });
    this.resize();
  }

  /** Whether a card's numbers are there yet. */
  reached = (card) => this.steps.reached(card);

  resize() {
    if (!this.u || !this.root.clientWidth) return;
    const { table, root, lit } = this;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    this.rowHeight = 2 * rem;
    this.view = Math.max(60, table.scroller.clientHeight - table.head.offsetHeight);
    root.style.setProperty("--w2v-up-view", `${this.view}px`);
    root.style.setProperty("--w2v-up-headheight", `${table.head.firstChild.offsetHeight}px`);
    this.drawLookUp();
    this.drawStack();
    table.drawPinned(this.u, {
      reached: this.reached,
      level: this.level.now,
      selected: this.rows.selected === "h",
      lit,
    });
    this.drawRows();
    const room = `${table.scroller.clientWidth}:${rem}`;
    if (this.room !== room) table.revealCard(this.active, "instant"); // other columns would stand there now
    this.room = room;
  }

  drawLookUp() {
    const { lit, theme } = this;
    this.lookUp.draw(this.u, { shown: this.reached(1), lit, level: this.level.now, theme });
  }

  drawStack() {
    const lit = this.lit === null ? -1 : this.u.rows.findIndex((row) => row.kind === "u" && row.word === this.lit);
    const selected = this.rows.placeOf(this.rows.selected);
    this.stack.draw(this.u, { shown: this.reached(4), lit, selected, level: this.level.now, theme: this.theme });
  }

  drawRows() {
    const top = this.table.scroller.scrollTop;
    const { reached: shows, rowHeight } = this;
    this.rows.draw(top, top + this.view, { shows, level: this.level.now, rowHeight });
  }

  // ---- words light up everywhere ------------------------------------------------------------------------------------

  /** Tell everyone on the page which word is pointed at, this ledger included. */
  sendLight(word) {
    if (word === this.lit) return;
    window.dispatchEvent(new CustomEvent("w2v-light", { detail: { word } }));
  }

  light(word) {
    if (!this.u || word === this.lit) return;
    this.lit = word;
    this.rows.light(word);
    this.table.lightPinned(word);
    this.drawLookUp();
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

  /** Select the row so many rows on, and give it the focus. */
  moveBy(rows) {
    const key = this.rows.neighbour(rows);
    this.rows.selected = key;
    this.reveal(key);
    this.draw();
    (key === "h" ? this.table.pinned.el : this.rows.elementOf(key))?.focus({ preventScroll: true });
  }

  /** A card's equation is wanted; while stepping that of a card not yet reached waits for it. */
  activate(card) {
    this.active = card;
    this.draw();
    this.revealCard();
  }

  reveal(key) {
    const place = this.rows.placeOf(key);
    if (place < 0) return;
    this.table.revealRow(place * this.rowHeight, this.rowHeight, this.view);
    this.drawRows();
  }

  revealCard() {
    this.table.revealCard(this.active, this.calm.matches ? "instant" : "smooth");
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
      step === REST ? "Everything is shown." : `Step ${step} of ${this.u.last}: ${card.title}. ${card.caption}`;
  }

  /** What this card did, as motion: it only decorates numbers that already stand there. */
  grow(card) {
    this.root.dataset.moving = "true";
    clearTimeout(this.motionEnds);
    this.motionEnds = setTimeout(() => delete this.root.dataset.moving, MOTION_MS);
    this.rows.grow(card);
    this.table.pinned.grow(this.u, card);
    if (card === 4) this.stack.grow(MOTION_MS);
    if (card === 1) this.lookUp.el.animate([{ opacity: 0 }, { opacity: 1 }], { duration: MOTION_MS });
  }

  remove() {
    this.steps.halt();
    this.keys.close();
    this.level.close();
    clearTimeout(this.motionEnds);
    this.observer.disconnect();
    this.forgetSize();
    window.removeEventListener("w2v-light", this.onLit);
    window.removeEventListener("w2v-plays", this.onPlays);
    this.root.remove();
  }
}
