// V and U as strips of cells, a row for each word, and in words what the update on show does to its own pair.
import { make, placeIn, setChildren, setText } from "../../kit/dom.js";
import { counted, percent, threeDigits, whole } from "../../kit/format.js";
import { objectiveOf } from "../../kit/objectives/objectives.js";
import { nameUpdate } from "./status.js";
import { largestSize } from "./vector_cells.js";
import { VectorList } from "./vector_list.js";
import { VectorPair } from "./vector_pair.js";

const SHOWN_PAIRS = 3;
const AT_ONCE_PAIR = 3; // ms of arithmetic within one picture
const LIVE_STATE = 20_000; // numbers in V and U up to which every update is worked out while playing slowly
const SPOKEN = 20; // numbers of a vector that are read out
const UNDER_PAIR = 24; // px from the detail to the tip of the keyboard

export class Vectors {
  constructor({ onSelect, onChange, effectOf }) {
    this.effectOf = effectOf; // () -> Effect of the present run
    this.pair = make("p", { class: "w2v-readout w2v-pair", "data-role": "pair" });
    this.detail = new VectorPair();
    this.list = new VectorList(onChange);
    this.tip = make("div", { class: "w2v-tip", "aria-hidden": "true" });
    this.el = make(
      "section",
      { class: "w2v-panel w2v-vectors", "aria-label": "Vectors" },
      this.pair,
      this.detail.el,
      this.list.el,
      this.tip,
    );
    this.list.el.onfocus = () => this.tell();
    this.list.el.onblur = () => this.tip.classList.remove("w2v-shown");
    for (const part of [this.detail, this.list]) {
      part.canvas.onpointermove = (event) => this.hover(event, part);
      part.canvas.onpointerleave = () => this.tip.classList.remove("w2v-shown");
    }
    this.list.canvas.onclick = (event) => {
      const { x, y } = placeIn(this.list.canvas, event);
      const cell = this.list.cellAt(x, y);
      if (cell) onSelect(cell.id);
    };
  }

  setRecord(record) {
    /** @type {RunRecord} */
    this.record = record;
    this.objective = objectiveOf(record);
    this.words = this.objective.wordsInU;
    this.most = largestSize(record.key_V, record.key_U);
    this.written = null;
    this.knownEffect = null;
    this.wanted = -1;
    this.list.setRecord(record);
  }

  setTheme(theme) {
    this.theme = theme;
    this.written = null;
    this.list.setTheme(theme);
  }

  resize() {
    if (this.el.hidden || !this.theme) return;
    this.detail.resize();
    this.list.resize();
  }

  /** Bring a word's row into sight. */
  reveal(id) {
    if (!this.el.hidden && id !== null && this.theme) this.list.reveal(id);
  }

  /** What is copied from a state depends on it. */
  version(word) {
    return this.el.hidden ? "" : `${this.list.range}:${word}`;
  }

  /** The rows in sight and those of the selected word, copied. */
  take(state, word) {
    const { first, last, range } = this.list;
    if (this.el.hidden || range === null) return null;
    const { dim } = this.record;
    const copy = (matrix, from, to) => matrix.slice(from * dim, Math.min(matrix.length, to * dim));
    const own = word ?? 0;
    return {
      first,
      last,
      word: own,
      V: copy(state.V, first, last),
      U: copy(state.U, first, last),
      v: copy(state.V, own, own + 1),
      u: copy(state.U, own, own + 1),
    };
  }

  draw(scene) {
    if (this.el.hidden || !scene.from.rows) return;
    const { record, theme, most, words: wordsInU } = this;
    this.now = mixRows(scene.from.rows, scene.to.rows, scene.mix);
    this.drawPair(scene);
    this.touched = this.knownEffect?.t === scene.update?.t ? this.knownEffect : null;
    const { now: rows, touched } = this;
    this.detail.paint({ record, theme, rows, most, wordsInU });
    const headOfWords = record.one_vector ? "U: the same as V" : "U: as context";
    const headOfU = wordsInU ? headOfWords : `U: ${this.objective.rowInFull}s 0, 1, 2 \u2026`;
    this.list.paint({ theme, rows, most, scene, touched, headOfU });
    if (!scene.playing) this.list.canvas.setAttribute("aria-label", this.spoken());
  }

  // ---- the pair in words ------------------------------------------------------------------------------------------

  get busy() {
    return this.wanted >= 0 && this.knownEffect?.t !== this.wanted;
  }

  work(ms) {
    if (this.wanted < 0) return true;
    this.knownEffect = this.effectOf().at(this.wanted, ms);
    return Boolean(this.knownEffect);
  }

  drawPair(scene) {
    const { record } = this;
    this.wanted = scene.update && record.n_steps > 0 ? scene.update.t : -1;
    const live = !scene.playing || (!scene.fast && record.key_V.length / record.key_t.length <= LIVE_STATE);
    if (live && this.knownEffect?.t !== this.wanted) this.work(AT_ONCE_PAIR);
    const known = live && this.knownEffect?.t === this.wanted;
    const key = known ? `${this.wanted}` : scene.playing ? "waits" : "works";
    if (this.written === key) return;
    this.written = key;
    if (known) setChildren(this.pair, this.pairInWords(scene.update));
    else setText(this.pair, scene.playing ? "Pause to see what one single update does to its pair." : "\u2026");
  }

  pairInWords(update) {
    const { record, knownEffect } = this;
    const pairs = this.effectOf().pairs(knownEffect, SHOWN_PAIRS);
    const name = this.objective.symbol;
    const change = ({ before, after }) => `${name} ${percent(before)} \u2192 ${percent(after)}`;
    const moved = ` Moves ${movedInWords(this)}.`;
    if (update.size === 1) return [...nameUpdate(record, update), `: ${change(pairs[0])}.`, moved];
    const parts = pairs.map((pair) => `${record.labels[pair.target]} ${change(pair)}`);
    const more = update.size > pairs.length ? `, and ${whole(update.size - pairs.length)} more` : "";
    return [...nameUpdate(record, update), `: ${parts.join(", ")}${more}.`, moved];
  }

  /** The numbers of the selected word, for those who cannot see the cells. */
  spoken() {
    const { record, now } = this;
    const more = record.dim > SPOKEN ? " \u2026" : "";
    const list = (row) => Array.from(row.slice(0, SPOKEN), (x) => threeDigits(x)).join(", ") + more;
    if (record.one_vector) return `The vector of ${record.labels[now.word]}: ${list(now.v)}.`;
    const u = this.words ? `; u, as context: ${list(now.u)}` : "";
    return `Two vectors of ${record.labels[now.word]}. v, as center: ${list(now.v)}${u}.`;
  }

  /** The numbers in the cells, for tests. */
  report() {
    if (!this.now) return null;
    const { first, last, word, V, U, v, u } = this.now;
    const touched = this.touched ? { V: [...this.touched.V], U: [...this.touched.U] } : null;
    return { first, last, word, V: Array.from(V), U: Array.from(U), v: Array.from(v), u: Array.from(u), touched };
  }

  // ---- pointing ---------------------------------------------------------------------------------------------------

  /** part: the detail or the list. */
  hover(event, part) {
    const on = placeIn(part.canvas, event);
    const cell = this.now ? part.cellAt(on.x, on.y) : null;
    const shown = cell && cell.value !== undefined;
    this.tip.classList.toggle("w2v-shown", Boolean(shown));
    part.canvas.style.cursor = cell && part === this.list ? "pointer" : "default";
    if (!shown) return;
    const node = cell.kind === "u" && !this.words;
    const of = node ? `${this.objective.rowInFull} ${cell.id}` : this.record.labels[cell.id];
    const value = cell.value.toPrecision(6).replace("-", "\u2212");
    setText(this.tip, `${cell.kind} of ${of}, number ${cell.j + 1} of ${this.record.dim}: ${value}`);
    const { x, y } = placeIn(this.el, event);
    this.placeTip(
      Math.min(Math.max(2, x + 12), this.el.getBoundingClientRect().width - this.tip.offsetWidth - 2),
      y > 44 ? y - 36 : y + 18,
    );
  }

  placeTip(x, y) {
    this.tip.style.transform = `translate(${x}px, ${y}px)`;
  }

  /** With the focus on the list, by keyboard: the numbers of the selected word. */
  tell() {
    if (!this.list.el.matches(":focus-visible") || !this.now) return;
    setText(this.tip, this.spoken());
    this.tip.classList.add("w2v-shown");
    this.placeTip(2, this.detail.el.offsetTop + this.detail.el.offsetHeight + UNDER_PAIR);
  }
}

/** "v of builds and all 27 u"; "all 27 vectors" where a word has one. */
function movedInWords({ record, knownEffect, objective }) {
  const { V, U } = knownEffect;
  if (record.one_vector)
    return `${V.size === record.n_words ? "all" : `${whole(V.size)} of`} ${whole(record.n_words)} vectors`;
  const [only] = V;
  const v =
    V.size === 1
      ? `v of ${record.labels[only]}`
      : V.size === record.n_words
        ? `all ${whole(V.size)} v`
        : `${whole(V.size)} of ${whole(record.n_words)} v`;
  if (!objective.wordsInU) return `${v} and ${counted(U.size, objective.rowInFull)} of the tree`;
  return `${v} and ${
    U.size === record.n_rows ? `all ${whole(U.size)}` : `${whole(U.size)} of ${whole(record.n_rows)}`
  } u`;
}

function mixRows(from, to, share) {
  if (!(share > 0) || !to || to.first !== from.first || to.word !== from.word) return from;
  const mixed = { ...from };
  for (const name of ["V", "U", "v", "u"]) mixed[name] = from[name].map((x, i) => x + share * (to[name][i] - x));
  return mixed;
}
