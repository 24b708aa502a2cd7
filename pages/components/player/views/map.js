// The map: every word a point on one fixed plane, so that only learning moves it.
import { canvasFont } from "../../kit/theme.js";
import { fitCanvas, make, makeIcon, niceStep, setText, startDrawing } from "../../kit/dom.js";
import { fullWord, threeDigits, whole } from "../../kit/format.js";
import { examplesOf, hasUpdates, inputsOf, lastAtMost, ticksOf } from "../model/record.js";
import { newLabel, placeLabels } from "../../kit/labels.js";
import { objectiveOf } from "../../kit/objectives/objectives.js";
import { Replay } from "../model/replay.js";

const TRANSITION = 300; // ms from one kind of map to another
const CLICK_SLOP = 5; // px
const TOUCH_SLOP = 12; // px; fingers are less steady
const REACH = 22; // px around a point that count as the point
const MOST_RINGS = 12;
const MAP_KINDS = [
  ["v", "v, as center"],
  ["u", "u, as context"],
  ["both", "both"],
];
const PAST_BUDGET = 8; // ms in one picture for tails and arrows, whose states are computed once more
const LONGEST_ARROW = 70; // px
const SHORTEST_ARROW = 2;
const FADED = 0.13;
// groups differ in shape and in color; colors for light and dark, safe for color-blind eyes (Okabe and Ito)
const GROUPS = [
  ["disc", "#0072B2", "#56B4E9"],
  ["square", "#D55E00", "#E69F00"],
  ["triangle", "#009E73", "#2BB98F"],
  ["cross", "#A8447F", "#CC79A7"],
  ["diamond", "#8A6D00", "#F0E442"],
  ["plus", "#5A6470", "#A9B4C0"],
  ["wedge", "#3E9BD0", "#9CD3F5"],
  ["star", "#7A3B00", "#FF9E6B"],
];

export class WordMap {
  constructor({ onSelect, onChange, normOf, search }) {
    this.normOf = normOf; // the length of an item's vector at this moment
    this.onSelect = onSelect;
    this.onChange = onChange; // something here changed: draw again, or take new positions
    this.kind = "v";
    this.letter = null; // what the page asks for: see setLayout
    this.layout = null; // a still picture
    this.look = {};
    this.planes = 0; // how many planes there were
    this.extra = [];
    this.items = [];
    this.pointers = new Map();
    this.camera = { x: 0, y: 0, zoom: 1 };
    this.goal = null;
    this.build(search);
  }

  // ---- elements -------------------------------------------------------------------------------------------------

  build(search) {
    this.canvas = make("canvas", { role: "img", tabindex: "0", class: "w2v-canvas w2v-map-canvas" });
    this.tip = make("div", { class: "w2v-tip", "aria-hidden": "true" });
    this.caption = make("div", { class: "w2v-caption" });
    this.box = make("div", { class: "w2v-paper w2v-map-paper" }, this.canvas, this.caption, this.tip);
    this.kinds = make("div", { class: "w2v-segments", role: "group", "aria-label": "Which vectors" });
    for (const [kind, name] of MAP_KINDS) {
      const button = make("button", { type: "button", "data-kind": kind }, name);
      button.onclick = () => this.setKind(kind);
      this.kinds.append(button);
    }
    this.reset = make(
      "button",
      { type: "button", class: "w2v-quiet", "data-action": "reset-view" },
      "Reset",
      make("span", { class: "w2v-wide-only" }, "\u00a0view"),
    );
    this.reset.onclick = () => this.resetView();
    const nearer = make(
      "button",
      { type: "button", class: "w2v-quiet w2v-square", "aria-label": "Zoom in" },
      makeIcon("M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z"),
    );
    const further = make(
      "button",
      { type: "button", class: "w2v-quiet w2v-square", "aria-label": "Zoom out" },
      makeIcon("M5 11h14v2H5z"),
    );
    nearer.onclick = () => this.zoomBy(1.4);
    further.onclick = () => this.zoomBy(1 / 1.4);
    const tools = make(
      "div",
      { class: "w2v-tools" },
      this.kinds,
      search,
      make("span", { class: "w2v-push" }),
      nearer,
      further,
      this.reset,
    );
    this.el = make("section", { class: "w2v-panel w2v-map", "aria-label": "Map of the words" }, tools, this.box);
    this.listen();
  }

  listen() {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, (event) => this.release(event));
    canvas.addEventListener("pointerleave", () => this.hover(null));
    canvas.addEventListener("touchstart", (event) => keepFromPage(event), { passive: false });
    canvas.addEventListener("touchmove", (event) => keepFromPage(event), { passive: false });
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  // ---- what is shown --------------------------------------------------------------------------------------------

  setRecord(record, fresh) {
    /** @type {RunRecord} */
    this.record = record;
    this.paths = new Map();
    this.boundsOf = new Map();
    this.past = null; // a second replay, for tails and arrows
    this.trail = null;
    this.moves = null;
    this.longest = {};
    if (fresh) {
      this.extra = [];
      this.camera = { x: 0, y: 0, zoom: 1 };
      this.goal = null;
      this.kind = "v";
      this.frame = null;
    }
    this.extra = this.extra.filter((id) => id >= record.n_shown && id < record.n_words);
    this.hasU = objectiveOf(record).wordsInU;
    if (!this.hasU && this.kind !== "v") this.kind = "v";
    this.setLayout(record.layout && record.layout_words ? unpackLayout(record) : null);
    this.refreshIds();
    this.refreshTools();
  }

  setTheme(theme) {
    this.theme = theme;
    this.widths = new Map();
  }

  /**
   * What the page asks for, or null for the map as it is. All of it may be missing.
   *   address         only the player whose record has the same one listens
   *   label           the caption
   *   points          a still picture, Map word -> [x, y], instead of a projection
   *   basis           {mean, components}: another plane; axes: [[from, to], [from, to]] the words its axes run along
   *   kind            "v", "u" or "both"; then the buttons for it are hidden
   *   t, rows, lines  at moment t the rows ("v17", "u3", ...) with numbers i and j are true nearest: [i, j, agrees]
   *   groups          the group of each row
   *   look            {color, tails, names, arrows, isolate: rows that do not fade}
   */
  setLayout(letter) {
    const mine = letter && (letter.address ?? null) === (this.record.address ?? null) ? letter : null;
    if (!mine && !this.letter) return;
    const before = planeOf(this.letter);
    const other = planeOf(mine) !== before;
    if (other) this.beginTransition();
    this.letter = mine;
    this.layout = mine?.points ? mine : null;
    this.basis = mine?.basis ? { mean: mine.basis.mean, axes: mine.basis.components.flat() } : null;
    if (mine?.kind) this.kind = this.hasU ? mine.kind : "v";
    this.look = mine?.look ?? {};
    this.isolated = this.look.isolate ? new Set(this.look.isolate) : null;
    this.groupOf = mine?.groups ? new Map(mine.rows.map((row, i) => [row, mine.groups[i]])) : null;
    if (other) {
      this.planes += 1;
      this.paths = new Map();
      this.refreshVersion();
    }
    this.refreshTools();
    this.onChange();
  }

  setKind(kind) {
    if (kind === this.kind) return;
    this.beginTransition();
    this.kind = kind;
    this.refreshTools();
    this.onChange();
  }

  /** Put a word on the map that is not among the shown ones. */
  reveal(id) {
    if (id === null || id < this.record.n_shown || this.extra.includes(id)) return;
    this.extra.push(id);
    this.refreshIds();
  }

  refreshIds() {
    this.ids = [];
    for (let id = 0; id < this.record.n_shown; id += 1) this.ids.push(id);
    this.ids.push(...this.extra);
    this.refreshVersion();
    this.known = new Map();
    this.most = Math.max(1, ...this.record.counts.slice(0, 1));
  }

  refreshVersion() {
    this.version = `${this.ids?.length}:${this.extra.join(",")}:${this.planes}`;
  }

  refreshTools() {
    const { record } = this;
    for (const button of this.kinds.children) {
      button.setAttribute("aria-pressed", String(button.dataset.kind === this.kind));
      button.disabled = button.dataset.kind !== "v" && !this.hasU;
      button.title = button.disabled ? objectiveOf(this.record).noWordsInU : "";
    }
    this.kinds.hidden = Boolean(this.layout || this.letter?.kind);
    setText(this.caption, this.captionText(record));
  }

  captionText(record) {
    if (this.letter?.label) return this.letter.label;
    const all = record.n_in_text ?? record.n_words;
    const some = all > this.ids?.length ? ` The ${whole(record.n_shown)} most frequent of ${whole(all)} words.` : "";
    if (record.dim === 1) return `Exact: the vectors have one dimension.${some}`;
    if (record.dim === 2) return `Exact: the vectors have two dimensions.${some}`;
    return `Two axes, the same for the whole run (PCA).${some}`;
  }

  wantsU() {
    return this.hasU && this.kind !== "v" && !this.layout;
  }

  /** Positions of the shown words in a state of the model. */
  project(state) {
    const norms = this.look.color === "norm";
    return {
      v: this.projectRows(state.V),
      u: this.wantsU() ? this.projectRows(state.U) : null,
      norms: norms ? { v: this.lengths(state.V), u: this.hasU ? this.lengths(state.U) : null } : null,
    };
  }

  /** The length of the vector of each shown word. */
  lengths(matrix) {
    const { dim } = this.record;
    return this.ids.map((id) => Math.hypot(...matrix.subarray(id * dim, (id + 1) * dim)));
  }

  projectRows(matrix, at = 0) {
    const out = new Float64Array(2 * this.ids.length);
    this.ids.forEach((id, i) => this.projectRow(matrix, at + id * this.record.dim, out, 2 * i));
    return out;
  }

  plane() {
    return this.basis ?? { mean: this.record.basis_mean, axes: this.record.basis_components };
  }

  /** point = components @ (row - mean) */
  projectRow(matrix, from, out, to) {
    const { dim } = this.record;
    const { mean, axes } = this.plane();
    let x = 0;
    let y = 0;
    for (let j = 0; j < dim; j += 1) {
      const value = matrix[from + j] - mean[j];
      x += axes[j] * value;
      y += axes[dim + j] * value;
    }
    out[to] = x;
    out[to + 1] = y;
  }

  // ---- the camera -----------------------------------------------------------------------------------------------

  /** Smallest box around everything that will ever be shown. */
  bounds() {
    const key = this.layout ? `layout${this.version}` : `${this.kind}${this.version}`;
    if (!this.boundsOf.has(key)) this.boundsOf.set(key, this.measureBounds());
    return this.boundsOf.get(key);
  }

  measureBounds() {
    const box = { x0: Infinity, x1: -Infinity, y0: Infinity, y1: -Infinity };
    const include = (x, y) => {
      box.x0 = Math.min(box.x0, x);
      box.x1 = Math.max(box.x1, x);
      box.y0 = Math.min(box.y0, y);
      box.y1 = Math.max(box.y1, y);
    };
    if (this.layout) for (const [x, y] of this.layout.points.values()) include(x, y);
    else this.includeKeyframes(include);
    if (!(box.x1 >= box.x0)) return { x0: -1, x1: 1, y0: -1, y1: 1 };
    const room = 0.02 * Math.max(box.x1 - box.x0, box.y1 - box.y0) || 0.5;
    return { x0: box.x0 - room, x1: box.x1 + room, y0: box.y0 - room, y1: box.y1 + room };
  }

  includeKeyframes(include) {
    const { key_t: at, key_V: V, key_U: U, n_words: nWords, n_rows: nRows, dim } = this.record;
    const every = Math.max(1, Math.floor(at.length / 60));
    for (let i = 0; i < at.length; i = i === at.length - 1 ? at.length : Math.min(i + every, at.length - 1)) {
      const sets = [];
      if (this.kind !== "u") sets.push(this.projectRows(V, i * nWords * dim));
      if (this.wantsU()) sets.push(this.projectRows(U, i * nRows * dim));
      for (const points of sets) for (let j = 0; j < points.length; j += 2) include(points[j], points[j + 1]);
    }
  }

  /** How the plane lies on the paper now; the same scale on both axes. */
  view() {
    const box = this.bounds();
    const { width, height } = this.size;
    const fit = Math.min((width - 120) / (box.x1 - box.x0), (height - 64) / (box.y1 - box.y0));
    const scale = Math.max(1e-9, fit) * this.camera.zoom;
    return { scale, x: (box.x0 + box.x1) / 2 + this.camera.x, y: (box.y0 + box.y1) / 2 + this.camera.y };
  }

  resetView() {
    this.goal = { x: 0, y: 0, zoom: 1 };
    this.onChange();
  }

  zoomBy(factor) {
    const now = this.goal || this.camera;
    this.goal = { ...now, zoom: Math.min(60, Math.max(0.4, now.zoom * factor)) };
    this.onChange();
  }

  /** Zoom so that the place under the pointer stays there. */
  zoomAt(px, py, factor) {
    const before = this.view();
    const zoom = Math.min(60, Math.max(0.4, this.camera.zoom * factor));
    const change = zoom / this.camera.zoom;
    this.goal = null;
    this.camera.x += ((px - this.size.width / 2) / before.scale) * (1 - 1 / change);
    this.camera.y -= ((py - this.size.height / 2) / before.scale) * (1 - 1 / change);
    this.camera.zoom = zoom;
    this.onChange();
  }

  /** Glide towards a wished view. Returns whether still on the way. */
  glideCamera(now, calm) {
    if (!this.goal) return false;
    const keep = calm ? 0 : Math.exp(-Math.min(50, now - (this.glidedAt || now)) / 60);
    this.glidedAt = now;
    const { camera, goal } = this;
    for (const name of ["x", "y"]) camera[name] = goal[name] + (camera[name] - goal[name]) * keep;
    camera.zoom = goal.zoom * (camera.zoom / goal.zoom) ** keep;
    const away = Math.abs(camera.x - goal.x) + Math.abs(camera.y - goal.y);
    if (away + Math.abs(Math.log(camera.zoom / goal.zoom)) > 1e-3) return true;
    this.camera = goal;
    this.goal = null;
    this.glidedAt = 0;
    return false;
  }

  // ---- hands ----------------------------------------------------------------------------------------------------

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  press(event) {
    if (event.button > 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, this.at(event));
    this.travelled = this.pointers.size > 1 ? 99 : 0;
    this.before = { ...this.camera };
    this.hover(null);
  }

  move(event) {
    const to = this.at(event);
    const from = this.pointers.get(event.pointerId);
    if (!from) {
      this.hover(to);
      return;
    }
    this.travelled += Math.hypot(to.x - from.x, to.y - from.y);
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    this.pointers.set(event.pointerId, to);
    if (others.length === 0 && this.travelled < (event.pointerType === "touch" ? TOUCH_SLOP : CLICK_SLOP)) return;
    const { scale } = this.view();
    const share = others.length ? 0.5 : 1;
    this.goal = null;
    this.camera.x -= (share * (to.x - from.x)) / scale;
    this.camera.y += (share * (to.y - from.y)) / scale;
    if (others.length) {
      const before = Math.hypot(from.x - others[0].x, from.y - others[0].y);
      const after = Math.hypot(to.x - others[0].x, to.y - others[0].y);
      if (before > 10 && after > 10) this.zoomAt((to.x + others[0].x) / 2, (to.y + others[0].y) / 2, after / before);
    }
    this.onChange();
  }

  release(event) {
    const point = this.pointers.get(event.pointerId);
    this.pointers.delete(event.pointerId);
    if (point && event.type === "pointercancel" && this.pointers.size === 0) {
      this.camera = this.before; // the page took the finger over, to scroll
      this.onChange();
    }
    const slop = event.pointerType === "touch" ? TOUCH_SLOP : CLICK_SLOP;
    if (!point || event.type === "pointercancel" || this.travelled >= slop) return;
    const item = this.itemAt(point);
    if (item) this.onSelect(item.id);
  }

  /** Unzoomed, one finger that goes up or down scrolls the page past the map; zoomed in, it moves the map. */
  shareTouch() {
    const wanted = this.camera.zoom > 1.05 ? "none" : "pan-y";
    if (this.canvas.style.touchAction !== wanted) this.canvas.style.touchAction = wanted;
  }

  wheel(event) {
    const factor = Math.exp(-Math.sign(event.deltaY) * Math.min(0.25, Math.abs(event.deltaY) / 300));
    if (factor < 1 && this.camera.zoom <= 0.4001) return; // nothing left to zoom out of: let the page scroll
    event.preventDefault();
    const point = this.at(event);
    this.zoomAt(point.x, point.y, factor);
  }

  /** The item under a place on the paper: its point or its name. */
  itemAt(point) {
    let best = null;
    let least = REACH;
    for (const item of this.items) {
      const box = item.label.alpha > 0.5 && item.label.place >= 0 ? item.label.box : null;
      const onName =
        box
        && point.x >= box.x - 2
        && point.x <= box.x + box.w + 2
        && point.y >= box.y - 1
        && point.y <= box.y + box.h + 1;
      const far = Math.min(onName ? 4 : Infinity, Math.hypot(item.x - point.x, item.y - point.y));
      if (far < least) [best, least] = [item, far];
    }
    return best;
  }

  hover(point) {
    this.pointed = point;
    const item = point ? this.itemAt(point) : null;
    this.canvas.style.cursor = item ? "pointer" : "grab";
    this.tip.classList.toggle("w2v-shown", Boolean(item));
    if (!item) return;
    setText(this.tip, this.tipText(item));
    const left = Math.min(Math.max(4, item.x + 14), this.size.width - this.tip.offsetWidth - 4);
    const above = item.y - this.tip.offsetHeight - 12;
    this.tip.style.transform = `translate(${left}px, ${above > 4 ? above : item.y + 16}px)`;
  }

  tipText(item) {
    const { record } = this;
    const times = record.counts ? `, ${whole(record.counts[item.id])} in the text` : "";
    return `${fullWord(record.words[item.id])}: length of ${item.kind} ${threeDigits(this.normOf(item))}${times}`;
  }

  // ---- drawing --------------------------------------------------------------------------------------------------

  resize() {
    const changed = fitCanvas(this.canvas, this.box);
    this.size = { width: this.box.clientWidth || 1, height: this.box.clientHeight || 1 };
    return changed;
  }

  beginTransition() {
    if (!this.items.length) return;
    this.leaving = { places: new Map(this.items.map((item) => [item.key, { x: item.x, y: item.y }])), since: 0 };
  }

  /** Draw one moment. Returns whether something still moves by itself. */
  draw(scene, now) {
    this.scene = scene;
    const gliding = this.glideCamera(now, scene.calm);
    this.shareTouch();
    const view = this.view();
    const passing = this.placeItems(scene, view, now);
    const { pen, width, height } = startDrawing(this.canvas);
    if (!this.layout) this.drawGrid(pen, view, width, height); // distances across a t-SNE picture mean nothing
    const order = this.sortItems(scene);
    if (!passing) this.drawLines(pen, scene);
    let working = !this.layout && !passing && this.drawTails(pen, scene, view);
    const settling = placeLabels(order, this.size, now, scene.calm, !scene.playing, this.look.names);
    for (let i = order.length - 1; i >= 0; i -= 1) this.drawPoint(pen, order[i]);
    if (!passing) working = this.drawArrows(pen, scene, view) || working;
    for (let i = order.length - 1; i >= 0; i -= 1) this.drawName(pen, order[i]);
    this.drawLegend(pen, scene);
    if (this.pointed && scene.playing) this.hover(this.pointed);
    return gliding || passing || settling || working;
  }

  /** Give every item its place on the paper. Returns whether the map is changing from one kind to another. */
  placeItems(scene, view, now) {
    const { width, height } = this.size;
    const projected = { v: ["v"], u: ["u"], both: ["v", "u"] }[this.kind];
    const kinds = this.layout ? [this.layout.kind === "u" ? "u" : "v"] : projected;
    this.items = [];
    for (const kind of kinds) {
      const [from, to] = [scene.from.map?.[kind], scene.to.map?.[kind]];
      if (!from && !this.layout) continue;
      this.ids.forEach((id, i) => {
        const still = this.layout ? this.layout.points.get(id) : null;
        if (this.layout && !still) return;
        const x = still ? still[0] : from[2 * i] + scene.mix * (to[2 * i] - from[2 * i]);
        const y = still ? still[1] : from[2 * i + 1] + scene.mix * (to[2 * i + 1] - from[2 * i + 1]);
        const item = this.itemFor(kind, id);
        item.norm = scene.from.map?.norms?.[kind]?.[i] ?? NaN;
        item.tail = item.move = null;
        item.wx = x;
        item.wy = y;
        item.x = width / 2 + (x - view.x) * view.scale;
        item.y = height / 2 - (y - view.y) * view.scale;
        this.items.push(item);
      });
    }
    return this.mixWithLeaving(scene, now);
  }

  mixWithLeaving(scene, now) {
    if (!this.leaving) return false;
    if (!this.leaving.since) this.leaving.since = now;
    const share = scene.calm ? 1 : Math.min(1, (now - this.leaving.since) / TRANSITION);
    const eased = share * share * (3 - 2 * share);
    for (const item of this.items) {
      const before =
        this.leaving.places.get(item.key)
        || this.leaving.places.get(`v${item.id}`)
        || this.leaving.places.get(`u${item.id}`);
      if (!before) continue;
      item.x = before.x + eased * (item.x - before.x);
      item.y = before.y + eased * (item.y - before.y);
    }
    if (share >= 1) this.leaving = null;
    return share < 1;
  }

  itemFor(kind, id) {
    const key = `${kind}${id}`;
    if (!this.known.has(key)) this.known.set(key, { key, kind, id, label: newLabel() });
    return this.known.get(key);
  }

  /** Most important first: selected, center, context, then by frequency. */
  sortItems(scene) {
    const { centers, contexts } = scene.highlight;
    const few = (words) => (words.length <= MOST_RINGS ? new Set(words) : new Set());
    const [isCenter, isContext] = [few(centers), few(contexts)];
    const size = this.items.length > 80 ? 13 : 14;
    for (const item of this.items) {
      item.center = isCenter.has(item.id) && (item.kind === "v" || this.kind !== "both");
      item.context = isContext.has(item.id) && (item.kind === "u" || this.kind !== "both");
      item.selected = item.id === scene.word;
      item.rank = item.selected ? 0 : item.center ? 1 : item.context ? 2 : 3;
      item.forced = item.rank < 3 && (this.kind !== "both" || item.kind === "v" || item.context || item.selected);
      item.faded = Boolean(this.isolated) && !this.isolated.has(item.key) && !item.selected;
      item.forced = item.forced || Boolean(this.isolated?.has(item.key));
      item.share = this.shareOf(item);
      item.radius = this.radiusOf(item);
      item.reach = item.radius + (item.center && item.context ? 8 : item.center || item.context ? 5 : 0);
      item.font = canvasFont(this.theme, item.selected ? 15 : size, item.rank < 3 ? 650 : 450);
      item.width = this.widthOf(item) + 2;
      item.height = (item.selected ? 17 : 15) * this.theme.scale;
    }
    return [...this.items].sort((a, b) => a.rank - b.rank || a.id - b.id || (a.kind < b.kind ? 1 : -1));
  }

  /** How much of what the color stands for a word has: from 0 to 1, or null. */
  shareOf(item) {
    if (this.look.color === "frequency" && this.record.counts) {
      const { counts } = this.record;
      const least = Math.log(Math.max(1, counts[this.record.n_shown - 1]));
      const span = Math.log(Math.max(1, this.most)) - least;
      return span > 0 ? Math.min(1, Math.max(0, (Math.log(Math.max(1, counts[item.id])) - least) / span)) : 1;
    }
    if (this.look.color === "norm") return Math.min(1, item.norm / (this.longestOf(item.kind) || 1)) || 0;
    return null;
  }

  /** The longest vector of the shown words at any saved moment, so that the scale stands still. */
  longestOf(kind) {
    if (this.longest[kind] === undefined) {
      const { key_t: at, key_V: V, key_U: U, n_words: nWords, n_rows: nRows, dim } = this.record;
      const [matrix, size] = kind === "v" ? [V, nWords * dim] : [U, nRows * dim];
      let longest = 0;
      for (let i = 0; i < at.length; i += 1) {
        longest = Math.max(longest, ...this.lengths(matrix.subarray(i * size, (i + 1) * size)));
      }
      this.longest[kind] = longest;
    }
    return this.longest[kind];
  }

  radiusOf(item) {
    if (item.share !== null) return 3 + 4.5 * item.share;
    const share = this.record.counts ? Math.sqrt(this.record.counts[item.id] / this.most) : 0.5;
    return (item.rank < 3 ? 4.6 : 3.2) + 2 * share;
  }

  widthOf(item) {
    const key = `${item.font}|${item.id}`;
    if (!this.widths.has(key)) {
      const pen = this.canvas.getContext("2d");
      pen.font = item.font;
      this.widths.set(key, pen.measureText(this.record.labels[item.id]).width);
    }
    return this.widths.get(key);
  }

  drawGrid(pen, view, width, height) {
    const step = niceStep(width / view.scale, 8);
    pen.strokeStyle = this.theme.grid;
    pen.lineWidth = 1;
    pen.beginPath();
    const [left, right] = [view.x - width / 2 / view.scale, view.x + width / 2 / view.scale];
    for (let x = Math.ceil(left / step) * step; x <= right; x += step) {
      const at = Math.round(width / 2 + (x - view.x) * view.scale) + 0.5;
      pen.moveTo(at, 0);
      pen.lineTo(at, height);
    }
    const [low, high] = [view.y - height / 2 / view.scale, view.y + height / 2 / view.scale];
    for (let y = Math.ceil(low / step) * step; y <= high; y += step) {
      const at = Math.round(height / 2 - (y - view.y) * view.scale) + 0.5;
      pen.moveTo(0, at);
      pen.lineTo(width, at);
    }
    pen.stroke();
  }

  /** Where the selected word and the current words came from. Returns whether more of it is still being computed. */
  drawTails(pen, scene, view) {
    const { record, theme } = this;
    const { tails } = this.look;
    const span = Math.max(record.n_steps / ticksOf(record).n, record.n_steps / 16, 20); // an epoch or two
    const recent = tails > 0 && scene.word !== null ? this.recent(scene, tails) : null;
    for (const item of this.items) {
      const color = item.kind === "v" ? theme.center : theme.context;
      if (tails === undefined) {
        const current = scene.highlight.centers.length <= 2 && scene.highlight.centers.includes(item.id);
        if (item.id !== scene.word && !(current && item.kind === "v")) continue;
        this.drawTail(pen, this.tailOf(item, scene.t, span), item, view, color, item.id === scene.word ? 3 : 2);
      } else if (item.id === scene.word && tails !== 0) {
        item.tail = recent ? recent.points[item.kind] : this.tailOf(item, scene.t, Infinity);
        this.drawTail(pen, item.tail, item, view, color, 3);
      }
    }
    return Boolean(recent?.unfinished);
  }

  /** Where the selected word was after each of its last n updates, from states computed once more. */
  recent(scene, n) {
    const { dim } = this.record;
    const t = Math.floor(scene.t);
    const from = Math.max(0, t - n);
    if (this.trail?.word !== scene.word) this.trail = { word: scene.word, rows: new Map() };
    const { rows } = this.trail;
    for (const moment of rows.keys()) if (moment < from || moment > t) rows.delete(moment);
    const began = performance.now();
    let unfinished = false;
    const row = (matrix) => matrix.slice(scene.word * dim, (scene.word + 1) * dim);
    for (let moment = from; moment < t && !unfinished; moment += 1) {
      if (rows.has(moment)) continue;
      const left = PAST_BUDGET - (performance.now() - began);
      if (left > 0 && this.replayed(moment, left)) {
        const { V, U } = this.past.current;
        rows.set(moment, { v: row(V), u: this.hasU ? row(U) : null });
      } else unfinished = true;
    }
    const points = { v: [], u: [] };
    for (let moment = from; moment < t; moment += 1) {
      const known = rows.get(moment);
      for (const kind of known ? ["v", "u"] : []) if (known[kind]) points[kind].push(this.placeOf(known[kind]));
    }
    return { points, unfinished };
  }

  placeOf(row) {
    const place = [0, 0];
    this.projectRow(row, 0, place, 0);
    return place;
  }

  /** Go on towards moment t. Returns whether this.past.current is the state of moment t. */
  replayed(t, ms) {
    if (!this.past) this.past = new Replay(this.record);
    return this.past.work(t, ms);
  }

  tailOf(item, t, span) {
    const { key_t: at } = this.record;
    const path = this.pathOf(item);
    const points = [];
    for (let i = lastAtMost(at, Math.max(0, t - span)); i < at.length && at[i] < t; i += 1) {
      points.push([path[2 * i], path[2 * i + 1]]);
    }
    return points;
  }

  /** Projected keyframes of one row. */
  pathOf(item) {
    if (!this.paths.has(item.key)) {
      const { key_t: at, key_V: V, key_U: U, n_words: nWords, n_rows: nRows, dim } = this.record;
      const path = new Float64Array(2 * at.length);
      for (let i = 0; i < at.length; i += 1) {
        const [matrix, size] = item.kind === "v" ? [V, nWords * dim] : [U, nRows * dim];
        this.projectRow(matrix, i * size + item.id * dim, path, 2 * i);
      }
      this.paths.set(item.key, path);
    }
    return this.paths.get(item.key);
  }

  drawTail(pen, points, item, view, color, thick) {
    const { width, height } = this.size;
    const { scale } = view;
    const line = points.map(([x, y]) => [width / 2 + (x - view.x) * scale, height / 2 - (y - view.y) * scale]);
    line.push([item.x, item.y]);
    pen.strokeStyle = color;
    pen.lineCap = "round";
    for (let i = 1; i < line.length; i += 1) {
      pen.globalAlpha = 0.08 + 0.5 * (i / line.length) ** 1.5;
      pen.lineWidth = thick * (0.4 + 0.6 * (i / line.length));
      pen.beginPath();
      pen.moveTo(...line[i - 1]);
      pen.lineTo(...line[i]);
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  drawPoint(pen, item) {
    const { theme } = this;
    const { x, y, radius } = item;
    const group = this.groupOf?.get(item.key);
    const fade = item.faded ? FADED : 1;
    pen.lineWidth = 1.5;
    pen.strokeStyle = theme.background;
    pen.fillStyle = item.kind === "v" ? theme.center : theme.context;
    pen.globalAlpha = fade * (item.rank < 3 ? 1 : 0.78);
    if (group !== undefined) this.drawGroupMark(pen, item, group, fade);
    else {
      if (item.share !== null && !item.faded) {
        pen.globalAlpha = 1;
        this.outline(pen, item, theme.background);
        pen.fillStyle = item.kind === "v" ? theme.center : theme.context;
        pen.globalAlpha = 0.15 + 0.85 * item.share;
      }
      pen.beginPath();
      if (item.kind === "v") pen.arc(x, y, radius, 0, 2 * Math.PI);
      else diamond(pen, x, y, radius * 1.2);
      pen.fill();
      pen.globalAlpha = fade;
      if (item.share !== null) pen.strokeStyle = item.kind === "v" ? theme.center : theme.context;
      pen.stroke();
    }
    pen.globalAlpha = fade;
    if (item.context) ring(pen, x, y, radius + 4, theme.context);
    if (item.center) ring(pen, x, y, radius + (item.context ? 7.5 : 4), theme.center);
    pen.globalAlpha = 1;
    if (item.selected) {
      pen.strokeStyle = theme.text;
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.arc(x, y, radius + 1, 0, 2 * Math.PI);
      pen.stroke();
    }
  }

  outline(pen, item, color) {
    pen.fillStyle = color;
    pen.beginPath();
    pen.arc(item.x, item.y, item.radius + 0.5, 0, 2 * Math.PI);
    pen.fill();
  }

  /** Groups have shapes of their own; when v and u are both shown, those of u are hollow. */
  drawGroupMark(pen, item, group, fade) {
    const [shape, light, dark] = GROUPS[group % GROUPS.length];
    const color = this.theme.dark ? dark : light;
    const hollow = item.kind === "u" && this.kind === "both";
    mark(pen, shape, item.x, item.y, item.radius * 1.25);
    pen.globalAlpha = fade;
    pen.fillStyle = hollow ? this.theme.background : color;
    pen.strokeStyle = hollow ? color : this.theme.background;
    pen.lineWidth = hollow ? 2 : 1.2;
    pen.fill();
    pen.stroke();
  }

  drawName(pen, item) {
    const { label } = item;
    if (label.alpha <= 0 || !label.box) return;
    const { x, y, h } = label.box;
    pen.font = item.font;
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    pen.globalAlpha = label.alpha;
    pen.lineJoin = "round";
    pen.lineWidth = item.rank < 3 ? 5 : 3.5;
    pen.strokeStyle = this.theme.background;
    const word = this.record.labels[item.id];
    pen.strokeText(word, x + 1, y + h / 2 + 0.5);
    pen.fillStyle =
      this.kind === "both" && !this.layout
        ? this.theme[item.kind === "v" ? "centerText" : "contextText"]
        : this.theme.text;
    pen.fillText(word, x + 1, y + h / 2 + 0.5);
    if (item.selected) {
      pen.fillRect(x + 1, y + h + 0.5, item.width - 2, 1.5);
    }
    pen.globalAlpha = 1;
  }

  // ---- what the page adds ---------------------------------------------------------------------------------------

  /** From every dot to its true nearest word: solid where that is also its closest dot, dashed where it is not. */
  drawLines(pen, scene) {
    const { lines, rows, t } = this.letter ?? {};
    const present = Boolean(this.layout) || t === Math.floor(scene.t);
    const drawn = lines && (!scene.playing || this.layout) ? lines : [];
    let [solid, dashed] = [0, 0];
    const places = new Map(drawn.length ? this.items.map((item) => [item.key, item]) : []);
    pen.strokeStyle = this.theme.text;
    for (const [i, j, agrees] of drawn) {
      const [a, b] = [places.get(rows[i]), places.get(rows[j])];
      if (!a || !b) continue;
      pen.globalAlpha = (a.faded || b.faded ? 0.25 : 1) * (present ? 1 : 0.4) * (agrees ? 0.8 : 0.5);
      pen.lineWidth = agrees ? 1.6 : 1.1;
      pen.setLineDash(agrees ? [] : [5, 4]);
      pen.beginPath();
      pen.moveTo(a.x, a.y);
      pen.lineTo(b.x, b.y);
      pen.stroke();
      if (agrees) solid += 1;
      else dashed += 1;
    }
    pen.setLineDash([]);
    pen.globalAlpha = 1;
    this.canvas.dataset.lines = `${solid} solid, ${dashed} dashed`;
  }

  /** How the coming update moves the vectors it changes. Returns whether that is still being computed. */
  drawArrows(pen, scene, view) {
    this.arrows = null;
    const t = Math.floor(scene.t);
    if (!hasUpdates(this.record) || !this.look.arrows || this.layout || scene.playing || scene.done || !scene.exact)
      return false;
    if (this.moves?.t !== t) {
      if (!this.replayed(t, PAST_BUDGET)) return true;
      this.moves = { t, of: this.movesOf(t) };
    }
    const arrows = [];
    for (const item of this.items) {
      const move = this.moves.of.get(item.key);
      if (!move || item.faded) continue;
      const [x, y] = this.shiftOf(move.by);
      item.move = [x, y];
      arrows.push({ item, pull: move.pull, dx: x * view.scale, dy: -y * view.scale });
    }
    const longest = Math.max(0, ...arrows.map(({ dx, dy }) => Math.hypot(dx, dy)));
    const times = longest > 0 ? magnification(LONGEST_ARROW / longest) : 1;
    const seen = arrows.filter(({ dx, dy }) => times * Math.hypot(dx, dy) >= SHORTEST_ARROW);
    for (const arrow of seen.sort((a, b) => Number(a.pull) - Number(b.pull))) this.drawArrow(pen, arrow, times);
    this.arrows = { times, seen };
    return false;
  }

  /** Each row that update t changes: by how much, and for rows of U whether it is pulled closer or pushed away. */
  movesOf(t) {
    const { record, past } = this;
    const { dim } = record;
    const { V, U } = past.current;
    const after = { t, V: V.slice(), U: U.slice() };
    const errors = new Map();
    const inputs = new Set();
    const [first, end] = examplesOf(record, t);
    for (let example = first; example < end; example += 1) {
      const pass = past.forwardAndBack(V, U, example, t);
      for (let r = 0; r < pass.count; r += 1) errors.set(pass.rows[r], (errors.get(pass.rows[r]) ?? 0) + pass.error[r]);
      for (const word of inputsOf(record, example)) inputs.add(word);
    }
    past.applyUpdate(after);
    const moves = new Map();
    const by = (from, to, row) => {
      const moved = to.slice(row * dim, (row + 1) * dim);
      for (let j = 0; j < dim; j += 1) moved[j] -= from[row * dim + j];
      return moved;
    };
    for (const row of inputs) moves.set(`v${row}`, { by: by(V, after.V, row), pull: null });
    for (const [row, error] of this.hasU ? errors : []) {
      moves.set(`u${row}`, { by: by(U, after.U, row), pull: error < 0 });
    }
    return moves;
  }

  shiftOf(move) {
    const { dim } = this.record;
    const { axes } = this.plane();
    const shift = [0, 0];
    for (let j = 0; j < dim; j += 1) {
      shift[0] += axes[j] * move[j];
      shift[1] += axes[dim + j] * move[j];
    }
    return shift;
  }

  drawArrow(pen, { item, pull, dx, dy }, times) {
    const { theme } = this;
    const length = times * Math.hypot(dx, dy);
    const [ux, uy] = [(times * dx) / length, (times * dy) / length];
    const [x, y] = [item.x + times * dx, item.y + times * dy];
    const head = Math.min(9, 3 + 0.25 * length);
    pen.strokeStyle = pull === null ? theme.center : pull ? theme.pull : theme.push;
    pen.fillStyle = pen.strokeStyle;
    pen.lineWidth = pull === false ? 1.5 : 2.5;
    pen.beginPath();
    pen.moveTo(item.x, item.y);
    pen.lineTo(x - ux * head * 0.7, y - uy * head * 0.7);
    pen.stroke();
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x - ux * head - uy * head * 0.5, y - uy * head + ux * head * 0.5);
    pen.lineTo(x - ux * head + uy * head * 0.5, y - uy * head - ux * head * 0.5);
    pen.fill();
    if (pull === null || (!pull && length < 14)) return;
    mark(pen, pull ? "triangle" : "wedge", x + ux * 8, y + uy * 8, pull ? 5 : 3.5);
    pen.fill();
  }

  /** What colors, shapes and arrows mean, in the corner; and along the edges what the axes are. */
  drawLegend(pen, scene) {
    const { theme } = this;
    const lines = [];
    if (this.letter?.kind === "both" && !this.layout) {
      lines.push(
        this.groupOf
          ? [["text", "filled: v, as center; hollow: u, as context"]]
          : [
              ["disc", "v, as center", theme.center],
              ["diamond", "u, as context", theme.context],
            ],
      );
    }
    const { color } = this.look;
    if (color === "frequency" || color === "norm") lines.push(this.scaleLegend(color));
    if (this.groupOf) lines.push(this.groupLegend());
    if (this.arrows?.seen.length) lines.push(...this.arrowLegend(scene));
    if (this.letter?.lines && (!scene.playing || this.layout)) {
      lines.push([
        ["solid", "true nearest word, closest dot too", theme.text],
        ["dashed", "true nearest word, not the closest dot", theme.text],
      ]);
    }
    pen.font = canvasFont(theme, 13);
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    let y = 16;
    for (const line of lines) y = this.drawLegendLine(pen, line, y);
    if (this.letter?.axes && !this.layout) this.drawAxisNames(pen);
  }

  scaleLegend(color) {
    const kind = this.kind === "u" ? "u" : "v";
    const hue = this.theme[kind === "v" ? "center" : "context"];
    const shape = kind === "v" ? "disc" : "diamond";
    if (color === "norm") {
      return [
        [shape, "length 0", hue, 0],
        [shape, `to ${threeDigits(this.longestOf(kind))}`, hue, 1],
      ];
    }
    const { counts, n_shown: n } = this.record;
    return [
      [shape, `${whole(counts[n - 1])} times in the text`, hue, 0],
      [shape, `${whole(counts[0])} times`, hue, 1],
    ];
  }

  groupLegend() {
    const n = Math.max(...this.groupOf.values()) + 1;
    return GROUPS.slice(0, n).map(([shape, light, dark], i) => [shape, String(i + 1), this.theme.dark ? dark : light]);
  }

  arrowLegend({ t }) {
    const { times, seen } = this.arrows;
    const drawn = times > 1 ? `, drawn ${whole(times)} times as long` : "";
    const lines = [[["arrow", `what update ${whole(t)} will change${drawn}`, this.theme.text]]];
    if (seen.some(({ pull }) => pull !== null)) {
      const { pull, push } = this.theme;
      lines.push([
        ["triangle", "pull: P is too low", pull],
        ["wedge", "push: P is too high", push],
      ]);
    }
    return lines;
  }

  drawLegendLine(pen, parts, y) {
    const { theme } = this;
    const texts = parts.map(([, text]) => pen.measureText(text).width);
    const room = (shape) => ({ text: 0, solid: 32, dashed: 32, arrow: 30 })[shape] ?? 18;
    let x = 10;
    parts.forEach(([shape, text, color, share], i) => {
      const wide = room(shape);
      if (i > 0 && x + wide + texts[i] > this.size.width - 8) [x, y] = [10, y + 20];
      pen.globalAlpha = 0.85;
      pen.fillStyle = theme.background;
      pen.fillRect(x - 4, y - 10, wide + texts[i] + 12, 20);
      pen.globalAlpha = 1;
      this.drawLegendMark(pen, shape, x, y, color, share);
      pen.fillStyle = theme.text;
      pen.fillText(text, x + wide, y + 0.5);
      x += wide + texts[i] + 16;
    });
    return y + 20;
  }

  drawLegendMark(pen, shape, x, y, color, share) {
    if (shape === "text") return;
    pen.fillStyle = color;
    pen.strokeStyle = color;
    pen.lineWidth = 1.5;
    if (shape === "solid" || shape === "dashed" || shape === "arrow") {
      pen.setLineDash(shape === "dashed" ? [5, 4] : []);
      pen.beginPath();
      pen.moveTo(x, y);
      pen.lineTo(x + 24, y);
      pen.stroke();
      pen.setLineDash([]);
      if (shape !== "arrow") return;
      pen.beginPath();
      pen.moveTo(x + 26, y);
      pen.lineTo(x + 18, y - 4);
      pen.lineTo(x + 18, y + 4);
      pen.fill();
      return;
    }
    mark(pen, shape, x + 6, y, share === undefined ? 5 : 3 + 4 * share);
    pen.globalAlpha = share === undefined ? 1 : 0.15 + 0.85 * share;
    pen.fill();
    pen.globalAlpha = 1;
    if (share !== undefined) pen.stroke();
  }

  /** "queen -> king" along the lower edge, the other pair up the left one. */
  drawAxisNames(pen) {
    const { width, height } = this.size;
    const names = this.letter.axes.map((pair) => pair.map((id) => this.record.labels[id]).join(" \u2192 "));
    pen.font = canvasFont(this.theme, 14, 600);
    pen.lineJoin = "round";
    const write = (text) => {
      pen.lineWidth = 5;
      pen.strokeStyle = this.theme.background;
      pen.strokeText(text, 0, 0);
      pen.fillStyle = this.theme.text;
      pen.fillText(text, 0, 0);
    };
    pen.save();
    pen.textAlign = "right";
    pen.translate(width - 12, height - (width < 500 ? 34 : 16));
    if (names[0]) write(names[0]);
    pen.restore();
    pen.save();
    pen.textAlign = "center";
    pen.translate(14, height / 2);
    pen.rotate(-Math.PI / 2);
    if (names[1]) write(names[1]);
    pen.restore();
  }

  /** World positions of what is on the map, for tests and for others. */
  positions() {
    return this.items.map(({ id, kind, wx, wy, x, y, tail, move }) => ({
      id,
      kind,
      word: this.record.words[id],
      x: wx,
      y: wy,
      px: x,
      py: y,
      tail,
      move,
    }));
  }
}

function ring(pen, x, y, radius, color) {
  pen.strokeStyle = color;
  pen.lineWidth = 3;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.stroke();
}

function diamond(pen, x, y, r) {
  pen.moveTo(x, y - r);
  pen.lineTo(x + r, y);
  pen.lineTo(x, y + r);
  pen.lineTo(x - r, y);
  pen.closePath();
}

/** The outline of a mark around a place. */
export function mark(pen, shape, x, y, r) {
  pen.beginPath();
  if (shape === "disc") pen.arc(x, y, r, 0, 2 * Math.PI);
  else if (shape === "square") pen.rect(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
  else if (shape === "diamond") diamond(pen, x, y, 1.2 * r);
  else for (const [cx, cy] of corners(shape)) pen.lineTo(x + r * cx, y + r * cy);
  pen.closePath();
}

function corners(shape) {
  if (shape === "triangle")
    return [
      [0, -1.2],
      [1.1, 0.8],
      [-1.1, 0.8],
    ];
  if (shape === "wedge")
    return [
      [0, 1.2],
      [1.1, -0.8],
      [-1.1, -0.8],
    ];
  if (shape === "star") {
    return Array.from({ length: 10 }, (_, i) => {
      const far = i % 2 ? 0.55 : 1.3;
      return [far * Math.sin((i * Math.PI) / 5), -far * Math.cos((i * Math.PI) / 5)];
    });
  }
  const [a, b] = [0.38, 1.15]; // plus; a cross is one that is turned
  const plus = [
    [-a, -b],
    [a, -b],
    [a, -a],
    [b, -a],
    [b, a],
    [a, a],
    [a, b],
    [-a, b],
    [-a, a],
    [-b, a],
    [-b, -a],
    [-a, -a],
  ];
  return shape === "plus" ? plus : plus.map(([x, y]) => [Math.SQRT1_2 * (x - y), Math.SQRT1_2 * (x + y)]);
}

/** Two fingers are for the map, not for the page. */
function keepFromPage(event) {
  if (event.touches.length > 1 && event.cancelable) event.preventDefault();
}

/** The largest of 1, 2, 5, 10, 20, ... that is not above a number; at least 1. */
function magnification(most) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  const share = Math.max(1, most) / power;
  return power * (share >= 5 ? 5 : share >= 2 ? 2 : 1);
}

/** What decides where the dots of a letter stand, as text. */
function planeOf(letter) {
  if (!letter) return "";
  const { label, kind, basis } = letter;
  return JSON.stringify([letter.points ? [label, ...letter.points] : null, kind ?? null, basis ?? null]);
}

function unpackLayout(record) {
  const points = new Map();
  const { layout_words: words, layout_points: places } = record;
  words.forEach((id, i) => points.set(id, [places[2 * i], places[2 * i + 1]]));
  return { label: record.layout.label || "t-SNE: a still picture", points };
}
