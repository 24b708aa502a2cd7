// The map: every word a point on one fixed plane, so that only learning moves it.
import { canvasFont } from "./theme.js";
import { fitCanvas, make, makeIcon, niceStep, setText, startDrawing } from "./dom.js";
import { fullWord, threeDigits, whole } from "./format.js";
import { lastAtMost } from "./record.js";
import { newLabel, placeLabels } from "./labels.js";

const TRANSITION = 300; // ms from one kind of map to another
const CLICK_SLOP = 5; // px
const REACH = 22; // px around a point that count as the point
const MOST_RINGS = 12;
const NO_WORDS_IN_U = "In hierarchical softmax the rows of U are inner nodes of the tree, not words.";
const MAP_KINDS = [["v", "v, as center"], ["u", "u, as context"], ["both", "both"]];

export class WordMap {
  constructor({ onSelect, onChange, normOf, search }) {
    this.normOf = normOf; // the length of an item's vector at this moment
    this.onSelect = onSelect;
    this.onChange = onChange; // something here changed: draw again, or take new positions
    this.kind = "v";
    this.layout = null;
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
    this.reset = make("button", { type: "button", class: "w2v-quiet", "data-action": "reset-view" }, "Reset",
      make("span", { class: "w2v-wide-only" }, "\u00a0view"));
    this.reset.onclick = () => this.resetView();
    const nearer = make("button", { type: "button", class: "w2v-quiet w2v-square", "aria-label": "Zoom in" },
      makeIcon("M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z"));
    const further = make("button", { type: "button", class: "w2v-quiet w2v-square", "aria-label": "Zoom out" },
      makeIcon("M5 11h14v2H5z"));
    nearer.onclick = () => this.zoomBy(1.4);
    further.onclick = () => this.zoomBy(1 / 1.4);
    const tools = make("div", { class: "w2v-tools" }, this.kinds, search, make("span", { class: "w2v-push" }), nearer,
      further, this.reset);
    this.el = make("section", { class: "w2v-panel w2v-map", "aria-label": "Map of the words" }, tools, this.box);
    this.listen();
  }

  listen() {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, (event) => this.release(event));
    canvas.addEventListener("pointerleave", () => this.hover(null));
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  // ---- what is shown --------------------------------------------------------------------------------------------

  setRecord(record, fresh) {
    this.record = record;
    this.paths = new Map();
    this.boundsOf = new Map();
    if (fresh) {
      this.extra = [];
      this.camera = { x: 0, y: 0, zoom: 1 };
      this.goal = null;
      this.kind = "v";
      this.frame = null;
    }
    this.extra = this.extra.filter((id) => id >= record.n_shown && id < record.n_words);
    this.hasU = record.objective !== "hierarchical";
    if (!this.hasU && this.kind !== "v") this.kind = "v";
    this.setLayout(record.layout && record.layout_words ? unpackLayout(record) : null);
    this.refreshIds();
    this.refreshTools();
  }

  setTheme(theme) {
    this.theme = theme;
    this.widths = new Map();
  }

  /** A still picture {label, points: Map word -> [x, y]} instead of the projection, or null. */
  setLayout(layout) {
    if (!layout && !this.layout) return;
    this.beginTransition();
    this.layout = layout;
    this.boundsOf.delete("layout");
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
    this.version = `${this.ids.length}:${this.extra.join(",")}`;
    this.known = new Map();
    this.most = Math.max(1, ...this.record.counts.slice(0, 1));
  }

  refreshTools() {
    const { record } = this;
    for (const button of this.kinds.children) {
      button.setAttribute("aria-pressed", String(button.dataset.kind === this.kind));
      button.disabled = button.dataset.kind !== "v" && !this.hasU;
      button.title = button.disabled ? NO_WORDS_IN_U : "";
    }
    this.kinds.hidden = Boolean(this.layout);
    setText(this.caption, this.captionText(record));
  }

  captionText(record) {
    if (this.layout) return this.layout.label;
    const some = record.n_words > this.ids?.length ? ` The ${whole(record.n_shown)} most frequent of ${
      whole(record.n_words)} words.` : "";
    if (record.dim === 1) return `Exact: the vectors have one dimension.${some}`;
    if (record.dim === 2) return `Exact: the vectors have two dimensions.${some}`;
    return `Two axes, the same for the whole run (PCA).${some}`;
  }

  wantsU() {
    return this.hasU && this.kind !== "v" && !this.layout;
  }

  /** Positions of the shown words in a state of the model. */
  project(state) {
    return { v: this.projectRows(state.V), u: this.wantsU() ? this.projectRows(state.U) : null };
  }

  projectRows(matrix, at = 0) {
    const out = new Float64Array(2 * this.ids.length);
    this.ids.forEach((id, i) => this.projectRow(matrix, at + id * this.record.dim, out, 2 * i));
    return out;
  }

  /** point = components @ (row - mean) */
  projectRow(matrix, from, out, to) {
    const { dim, basis_mean: mean, basis_components: axes } = this.record;
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
    const key = this.layout ? "layout" : `${this.kind}${this.version}`;
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
    if (others.length === 0 && this.travelled < CLICK_SLOP) return;
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
    if (!point || event.type === "pointercancel" || this.travelled >= CLICK_SLOP) return;
    const item = this.itemAt(point);
    if (item) this.onSelect(item.id);
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
      const onName = box && point.x >= box.x - 2 && point.x <= box.x + box.w + 2 && point.y >= box.y - 1
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
    const view = this.view();
    const passing = this.placeItems(scene, view, now);
    const { pen, width, height } = startDrawing(this.canvas);
    if (!this.layout) this.drawGrid(pen, view, width, height); // distances across a t-SNE picture mean nothing
    if (!this.layout && !passing) this.drawTails(pen, scene, view);
    const order = this.sortItems(scene);
    const settling = placeLabels(order, this.size, now, scene.calm, !scene.playing);
    for (let i = order.length - 1; i >= 0; i -= 1) this.drawPoint(pen, order[i]);
    for (let i = order.length - 1; i >= 0; i -= 1) this.drawName(pen, order[i]);
    if (this.pointed && scene.playing) this.hover(this.pointed);
    return gliding || passing || settling;
  }

  /** Give every item its place on the paper. Returns whether the map is changing from one kind to another. */
  placeItems(scene, view, now) {
    const { width, height } = this.size;
    const kinds = this.layout ? ["v"] : { v: ["v"], u: ["u"], both: ["v", "u"] }[this.kind];
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
      const before = this.leaving.places.get(item.key) || this.leaving.places.get(`v${item.id}`)
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
      item.radius = this.radiusOf(item);
      item.reach = item.radius + (item.center && item.context ? 8 : item.center || item.context ? 5 : 0);
      item.font = canvasFont(this.theme, item.selected ? 15 : size, item.rank < 3 ? 650 : 450);
      item.width = this.widthOf(item) + 2;
      item.height = (item.selected ? 17 : 15) * this.theme.scale;
    }
    return [...this.items].sort((a, b) => a.rank - b.rank || a.id - b.id || (a.kind < b.kind ? 1 : -1));
  }

  radiusOf(item) {
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

  /** Where the selected word and the current words came from, during the last epoch or two. */
  drawTails(pen, scene, view) {
    const { record, theme } = this;
    const span = Math.max(record.n_steps / Math.max(1, record.epochs), record.n_steps / 16, 20);
    for (const item of this.items) {
      const current = scene.highlight.centers.length <= 2 && scene.highlight.centers.includes(item.id);
      if (item.id !== scene.word && !(current && item.kind === "v")) continue;
      const color = item.kind === "v" ? theme.center : theme.context;
      this.drawTail(pen, this.tailOf(item, scene.t, span), item, view, color, item.id === scene.word ? 3 : 2);
    }
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
    pen.fillStyle = item.kind === "v" ? theme.center : theme.context;
    pen.globalAlpha = item.rank < 3 ? 1 : 0.78;
    pen.beginPath();
    if (item.kind === "v") pen.arc(x, y, radius, 0, 2 * Math.PI);
    else diamond(pen, x, y, radius * 1.2);
    pen.fill();
    pen.globalAlpha = 1;
    pen.lineWidth = 1.5;
    pen.strokeStyle = theme.background;
    pen.stroke();
    if (item.context) ring(pen, x, y, radius + 4, theme.context);
    if (item.center) ring(pen, x, y, radius + (item.context ? 7.5 : 4), theme.center);
    if (item.selected) {
      pen.strokeStyle = theme.text;
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.arc(x, y, radius + 1, 0, 2 * Math.PI);
      pen.stroke();
    }
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
    pen.fillStyle = this.kind === "both" && !this.layout ? this.theme[item.kind === "v" ? "centerText" : "contextText"]
      : this.theme.text;
    pen.fillText(word, x + 1, y + h / 2 + 0.5);
    if (item.selected) {
      pen.fillRect(x + 1, y + h + 0.5, item.width - 2, 1.5);
    }
    pen.globalAlpha = 1;
  }

  /** World positions of what is on the map, for tests and for others. */
  positions() {
    return this.items.map(({ id, kind, wx, wy, x, y }) => ({ id, kind, word: this.record.words[id], x: wx, y: wy,
      px: x, py: y }));
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

function unpackLayout(record) {
  const points = new Map();
  const { layout_words: words, layout_points: places } = record;
  words.forEach((id, i) => points.set(id, [places[2 * i], places[2 * i + 1]]));
  return { label: record.layout.label || "t-SNE: a still picture", points };
}
