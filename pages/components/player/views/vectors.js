// V and U as strips of cells, a row for each word, and in words what the update on show does to its own pair.
import { canvasFont } from "../../kit/theme.js";
import { fitCanvas, fitText, make, setText, startDrawing } from "../../kit/dom.js";
import { counted, percent, threeDigits, whole } from "../../kit/format.js";
import { objectiveOf } from "../../kit/objectives/objectives.js";
import { nameUpdate } from "./status.js";

const ROW = 20; // px
const HEAD = 20;
const DETAIL_ROW = 26;
const SHOWN_PAIRS = 3;
const AT_ONCE_PAIR = 3; // ms of arithmetic within one picture
const LIVE_STATE = 20_000; // numbers in V and U up to which every update is worked out while playing slowly
const SPOKEN = 20; // numbers of a vector that are read out

export class Vectors {
  constructor({ onSelect, onChange, effectOf }) {
    this.onSelect = onSelect;
    this.onChange = onChange;
    this.effectOf = effectOf; // () -> Effect of the present run
    this.pair = make("p", { class: "w2v-readout w2v-pair", "data-role": "pair" });
    this.detail = make("canvas", { role: "img", class: "w2v-canvas" });
    this.detailBox = make("div", { class: "w2v-paper w2v-detail" }, this.detail);
    this.canvas = make("canvas", { role: "img", class: "w2v-strips-canvas" });
    this.spacer = make("div", { class: "w2v-strips-all" }, this.canvas);
    this.box = make(
      "div",
      { class: "w2v-strips", tabindex: "0", role: "group", "aria-label": "Rows of V and U" },
      this.spacer,
    );
    this.tip = make("div", { class: "w2v-tip", "aria-hidden": "true" });
    this.el = make(
      "section",
      { class: "w2v-panel w2v-vectors", "aria-label": "Vectors" },
      this.pair,
      this.detailBox,
      this.box,
      this.tip,
    );
    this.box.addEventListener("scroll", () => this.scrolled());
    this.box.onfocus = () => this.tell();
    this.box.onblur = () => this.tip.classList.remove("w2v-shown");
    for (const canvas of [this.canvas, this.detail]) {
      canvas.onpointermove = (event) => this.hover(event);
      canvas.onpointerleave = () => this.tip.classList.remove("w2v-shown");
    }
    this.canvas.onclick = (event) => {
      const cell = this.cellAt(event);
      if (cell) this.onSelect(cell.id);
    };
  }

  setRecord(record) {
    /** @type {RunRecord} */
    this.record = record;
    this.objective = objectiveOf(record);
    this.words = this.objective.wordsInU;
    this.most = largestSize(record.key_V, record.key_U);
    this.said = null;
    this.range = null;
    this.knownEffect = null;
    this.wanted = -1;
  }

  setTheme(theme) {
    this.theme = theme;
    this.said = null;
  }

  get row() {
    return ROW * this.theme.scale;
  }

  resize() {
    if (this.el.hidden || !this.theme) return;
    this.spacer.style.height = `${Math.ceil(this.record.n_words * this.row + HEAD * this.theme.scale)}px`;
    fitCanvas(this.detail, this.detailBox);
    fitCanvas(this.canvas, this.box);
    this.scrolled();
  }

  /** Which words are in sight. */
  scrolled() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / this.row));
    const last = Math.min(this.record.n_words, first + Math.ceil(this.box.clientHeight / this.row) + 1);
    const range = `${first}:${last}`;
    this.first = first;
    this.last = last;
    if (this.range === range) return;
    this.range = range;
    this.onChange();
  }

  /** What is copied from a state depends on it. */
  version(word) {
    return this.el.hidden ? "" : `${this.range}:${word}`;
  }

  /** The rows in sight and those of the selected word, copied. */
  take(state, word) {
    if (this.el.hidden || this.range === null) return null;
    const { dim } = this.record;
    const copy = (matrix, from, to) => matrix.slice(from * dim, Math.min(matrix.length, to * dim));
    const own = word ?? 0;
    return {
      first: this.first,
      last: this.last,
      word: own,
      V: copy(state.V, this.first, this.last),
      U: copy(state.U, this.first, this.last),
      v: copy(state.V, own, own + 1),
      u: copy(state.U, own, own + 1),
    };
  }

  draw(scene) {
    if (this.el.hidden || !scene.from.rows) return;
    this.now = mixRows(scene.from.rows, scene.to.rows, scene.mix);
    this.word = scene.word ?? 0;
    this.drawPair(scene);
    this.touched = this.knownEffect?.t === scene.update?.t ? this.knownEffect : null;
    this.paintDetail();
    this.paintList(scene);
    if (!scene.playing) this.canvas.setAttribute("aria-label", this.spoken());
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
    if (this.said === key) return;
    this.said = key;
    if (known) this.pair.replaceChildren(...this.pairInWords(scene.update));
    else setText(this.pair, scene.playing ? "Pause to see what one single update does to its pair." : "\u2026");
  }

  pairInWords(update) {
    const { record, knownEffect } = this;
    const pairs = this.effectOf().pairs(knownEffect, SHOWN_PAIRS);
    const name = this.objective.symbol;
    const change = ({ before, after }) => `${name} ${percent(before)} \u2192 ${percent(after)}`;
    const moved = ` Moves ${this.movedInWords()}.`;
    if (update.size === 1) return [...nameUpdate(record, update), `: ${change(pairs[0])}.`, moved];
    const parts = pairs.map((pair) => `${record.labels[pair.target]} ${change(pair)}`);
    const more = update.size > pairs.length ? `, and ${whole(update.size - pairs.length)} more` : "";
    return [...nameUpdate(record, update), `: ${parts.join(", ")}${more}.`, moved];
  }

  /** "v of builds and all 27 u". */
  movedInWords() {
    const { record } = this;
    const { V, U } = this.knownEffect;
    const [only] = V;
    const v =
      V.size === 1
        ? `v of ${record.labels[only]}`
        : V.size === record.n_words
          ? `all ${whole(V.size)} v`
          : `${whole(V.size)} of ${whole(record.n_words)} v`;
    if (!this.words) return `${v} and ${counted(U.size, this.objective.rowInFull)} of the tree`;
    return `${v} and ${
      U.size === record.n_rows ? `all ${whole(U.size)}` : `${whole(U.size)} of ${whole(record.n_rows)}`
    } u`;
  }

  /** The numbers of the selected word, for those who cannot see the cells. */
  spoken() {
    const { record, now, word } = this;
    const more = record.dim > SPOKEN ? " \u2026" : "";
    const list = (row) => Array.from(row.slice(0, SPOKEN), (x) => threeDigits(x)).join(", ") + more;
    const u = this.words ? `; u, as context: ${list(now.u)}` : "";
    return `Two vectors of ${record.labels[word]}. v, as center: ${list(now.v)}${u}.`;
  }

  /** The numbers in the cells, for tests. */
  report() {
    if (!this.now) return null;
    const { first, last, word, V, U, v, u } = this.now;
    const touched = this.touched ? { V: [...this.touched.V], U: [...this.touched.U] } : null;
    return { first, last, word, V: Array.from(V), U: Array.from(U), v: Array.from(v), u: Array.from(u), touched };
  }

  // ---- the strips -------------------------------------------------------------------------------------------------

  /** Both vectors of the selected word, large, with their numbers when there is room. */
  paintDetail() {
    const { theme, record, now } = this;
    const { pen, width } = startDrawing(this.detail);
    const tall = DETAIL_ROW * theme.scale;
    pen.font = canvasFont(theme, 14, 650);
    const label = record.labels[this.word];
    const left = Math.min(0.3 * width, pen.measureText(`v  ${label}`).width + 12);
    const wide = (width - left) / record.dim;
    pen.font = canvasFont(theme, 13);
    const numbers = wide >= pen.measureText("\u22120.00").width + 6;
    const rows = [
      ["v", now.v, theme.center, theme.centerText],
      ["u", now.u, theme.context, theme.contextText],
    ];
    this.detailRows = { left, wide, tall, rows };
    rows.forEach(([kind, values, color, ink], r) => {
      const y = r * (tall + 4);
      pen.textAlign = "left";
      pen.textBaseline = "middle";
      pen.font = canvasFont(theme, 14, 650);
      pen.fillStyle = ink;
      const noWord = kind === "u" && !this.words;
      pen.fillText(noWord ? "u: none" : fitText(pen, `${kind}  ${label}`, left - 8), 0, y + tall / 2);
      if (noWord) return;
      this.paintCells(pen, values, 0, record.dim, left, y, wide, tall, color, numbers);
    });
  }

  paintList(scene) {
    const { theme, record, now, row } = this;
    const { pen, width } = startDrawing(this.canvas);
    const head = HEAD * theme.scale;
    const left = Math.min(0.27 * width, 110 * theme.scale);
    const gap = 14;
    const span = (width - left - 2 * gap) / 2;
    const g = { left: left + gap, right: left + 2 * gap + span, wide: span / record.dim, head, span };
    this.list = g;
    const shift = head - (this.box.scrollTop - now.first * row);
    const { centers, contexts } = scene.highlight;
    for (let id = now.first; id < now.last; id += 1) {
      const at = id - now.first;
      const y = shift + at * row;
      const selected = id === scene.word;
      if (selected) {
        pen.fillStyle = theme.panel;
        pen.fillRect(0, y, width, row);
      }
      const role = centers.includes(id) ? "center" : contexts.includes(id) ? "context" : null;
      pen.font = canvasFont(theme, 13, role || selected ? 650 : 400);
      pen.fillStyle = role ? theme[`${role}Text`] : theme.text;
      pen.textAlign = "right";
      pen.textBaseline = "middle";
      pen.fillText(fitText(pen, record.labels[id], left - 4), left - 2, y + row / 2 + 0.5);
      const from = at * record.dim;
      this.paintCells(pen, now.V, from, record.dim, g.left, y + 2, g.wide, row - 4, theme.center, false);
      if (from < now.U.length) {
        this.paintCells(pen, now.U, from, record.dim, g.right, y + 2, g.wide, row - 4, theme.context, false);
      }
      if (this.touched?.V.has(id)) paintTouched(pen, g.left, y + row / 2, theme.center);
      if (this.touched?.U.has(id)) paintTouched(pen, g.right, y + row / 2, theme.context);
    }
    this.paintHead(pen, g, width);
  }

  /** Values above zero fill the upper half of a cell, values below zero the lower; the larger, the stronger. */
  paintCells(pen, values, from, n, x, y, wide, tall, color, numbers) {
    const { theme } = this;
    pen.globalAlpha = 1;
    pen.fillStyle = theme.grid;
    pen.fillRect(x, Math.round(y + tall / 2) - 0.5, n * wide, 1);
    for (let j = 0; j < n; j += 1) {
      const value = values[from + j];
      const share = Math.min(1, Math.abs(value) / this.most);
      pen.fillStyle = color;
      pen.globalAlpha = (numbers ? 0.06 : 0.12) + (numbers ? 0.4 : 0.88) * share;
      const room = wide > 3 ? 1 : 0;
      if (numbers) pen.fillRect(x + j * wide, y, wide - room, tall);
      else pen.fillRect(x + j * wide, value > 0 ? y : y + tall / 2, Math.max(0.5, wide - room), tall / 2);
      if (!numbers) continue;
      pen.globalAlpha = 1;
      pen.fillStyle = theme.text;
      pen.textAlign = "center";
      pen.font = canvasFont(theme, 13);
      pen.fillText(value.toFixed(2).replace("-", "\u2212"), x + (j + 0.5) * wide, y + tall / 2 + 0.5);
    }
    pen.globalAlpha = 1;
  }

  paintHead(pen, g, width) {
    const { theme } = this;
    pen.fillStyle = theme.background;
    pen.fillRect(0, 0, width, g.head);
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.font = canvasFont(theme, 13, 650);
    const fit = (text) => fitText(pen, text, g.span);
    pen.fillStyle = theme.centerText;
    pen.fillText(fit("V: as center"), g.left, g.head / 2);
    pen.fillStyle = theme.contextText;
    pen.fillText(
      fit(this.words ? "U: as context" : `U: ${this.objective.rowInFull}s 0, 1, 2 \u2026`),
      g.right,
      g.head / 2,
    );
    pen.font = canvasFont(theme, 13);
    pen.fillStyle = theme.muted;
    pen.fillText(fitText(pen, "\u25b8 moves", g.left - 16), 0, g.head / 2);
  }

  // ---- hands ------------------------------------------------------------------------------------------------------

  /** The number under the pointer: {id, kind, j, value}, or null. */
  cellAt(event) {
    const onDetail = event.target === this.detail;
    const box = event.target.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    if (onDetail) {
      const { left, wide, tall, rows } = this.detailRows;
      const [kind, values] = rows[Math.min(1, Math.floor(y / (tall + 4)))];
      const j = Math.floor((x - left) / wide);
      const none = values[j] === undefined || (kind === "u" && !this.words);
      return none ? null : { id: this.word, kind, j, value: values[j] };
    }
    const { now, list: g, row } = this;
    if (!now || !g || y < g.head) return null;
    const id = Math.floor((y - g.head + this.box.scrollTop) / row);
    if (id < now.first || id >= now.last) return null;
    const kind = x >= g.right ? "u" : "v";
    const j = Math.floor((x - (kind === "u" ? g.right : g.left)) / g.wide);
    const value = (kind === "u" ? now.U : now.V)[(id - now.first) * this.record.dim + j];
    return { id, kind, j, value: j >= 0 && j < this.record.dim ? value : undefined };
  }

  hover(event) {
    const cell = this.now ? this.cellAt(event) : null;
    const shown = cell && cell.value !== undefined;
    this.tip.classList.toggle("w2v-shown", Boolean(shown));
    event.target.style.cursor = cell && event.target === this.canvas ? "pointer" : "default";
    if (!shown) return;
    const node = cell.kind === "u" && !this.words;
    const of = node ? `${this.objective.rowInFull} ${cell.id}` : this.record.labels[cell.id];
    const value = cell.value.toPrecision(6).replace("-", "\u2212");
    setText(this.tip, `${cell.kind} of ${of}, number ${cell.j + 1} of ${this.record.dim}: ${value}`);
    const box = this.el.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    this.placeTip(Math.min(Math.max(2, x + 12), box.width - this.tip.offsetWidth - 2), y > 44 ? y - 36 : y + 18);
  }

  placeTip(x, y) {
    this.tip.style.transform = `translate(${x}px, ${y}px)`;
  }

  /** With the focus on the list, by keyboard: the numbers of the selected word. */
  tell() {
    if (!this.box.matches(":focus-visible") || !this.now) return;
    setText(this.tip, this.spoken());
    this.tip.classList.add("w2v-shown");
    this.placeTip(2, this.detailBox.offsetTop + this.detailBox.offsetHeight + HEAD + 4);
  }

  /** Bring a word's row into sight. */
  reveal(id) {
    if (this.el.hidden || id === null || !this.theme) return;
    const y = id * this.row;
    const room = this.box.clientHeight - HEAD * this.theme.scale - this.row;
    if (y < this.box.scrollTop || y > this.box.scrollTop + room) this.box.scrollTop = Math.max(0, y - room / 2);
  }
}

/** The largest absolute value of all saved states: one color scale for the whole run. */
function largestSize(...matrices) {
  let most = 1e-9;
  for (const matrix of matrices) {
    for (let i = 0; i < matrix.length; i += 1) {
      const size = Math.abs(matrix[i]);
      if (size > most) most = size;
    }
  }
  return most;
}

function mixRows(from, to, share) {
  if (!(share > 0) || !to || to.first !== from.first || to.word !== from.word) return from;
  const mixed = { ...from };
  for (const name of ["V", "U", "v", "u"]) mixed[name] = from[name].map((x, i) => x + share * (to[name][i] - x));
  return mixed;
}

function paintTouched(pen, x, y, color) {
  pen.fillStyle = color;
  pen.beginPath();
  pen.moveTo(x - 10, y - 4.5);
  pen.lineTo(x - 3, y);
  pen.lineTo(x - 10, y + 4.5);
  pen.closePath();
  pen.fill();
}
