// The map: every word a point on one fixed plane, so that only learning moves it.
import { fitCanvas, make, setText, startDrawing } from "../../kit/dom.js";
import { counted } from "../../kit/format.js";
import { placeLabels } from "../../kit/labels.js";
import { shareNames } from "../../kit/shared_labels.js";
import { PastStates } from "../model/past.js";
import { MapArrows } from "./map_arrows.js";
import { axisNames, drawAxisNames } from "./map_axes.js";
import { Camera } from "./map_camera.js";
import { MapContent } from "./map_content.js";
import { MapItems } from "./map_items.js";
import { MapFoot } from "./map_foot.js";
import { NO_LINES, drawGrid, drawNear, drawNearest } from "./map_lines.js";
import { MapMarks } from "./map_marks.js";
import { MapPointer } from "./map_pointer.js";
import { MapTails } from "./map_tails.js";
import { MapTools } from "./map_tools.js";

const LIVE_GLIDE = 700; // ms from one look at a training under way to the next: about as long as until that comes

export class WordMap {
  constructor({ onSelect, onChange, normOf, nearTo, search }) {
    this.normOf = normOf; // the length of an item's vector at this moment
    this.nearTo = nearTo; // the words most like one at this moment
    this.onSelect = onSelect;
    this.onChange = onChange; // something here changed: draw again, or take new positions
    this.content = new MapContent();
    this.camera = new Camera();
    this.points = new MapItems(this.content);
    this.build(search);
    this.marks = new MapMarks(this.content, this.canvas.getContext("2d"));
    this.tails = new MapTails(this.content);
    this.arrows = new MapArrows(this.content);
    this.foot = new MapFoot(this.content);
    this.pointer = new MapPointer(this);
    this.placedOn = { width: 0, height: 0 }; // the paper on which names found their places
  }

  build(search) {
    this.canvas = make("canvas", { role: "img", tabindex: "0", class: "w2v-canvas w2v-map-canvas" });
    this.tip = make("div", { class: "w2v-tip", "aria-hidden": "true" });
    this.caption = make("div", { class: "w2v-caption" });
    this.box = make("div", { class: "w2v-paper w2v-map-paper" }, this.canvas, this.caption, this.tip);
    this.tools = new MapTools(this.content, search, this);
    this.el = make(
      "section",
      { class: "w2v-panel w2v-map", "aria-label": "Map" },
      make("h2", { class: "w2v-spoken" }, "Map of the words"),
      this.tools.el,
      this.box,
    );
  }

  // ---- what is shown --------------------------------------------------------------------------------------------

  setRecord(/** @type {RunRecord} */ record, fresh) {
    this.record = record;
    if (fresh) this.camera.restart();
    this.content.setRecord(record, fresh);
    const past = new PastStates(record);
    this.tails.setRecord(past);
    this.arrows.setRecord(past);
    if (record.live && !fresh) this.points.beginTransition(LIVE_GLIDE);
    else this.points.forget();
    this.setLayout(record.layout && record.layout_words ? unpackLayout(record) : null);
    this.refreshTools();
  }

  setTheme(theme) {
    this.theme = theme;
    this.marks.setTheme(theme);
  }

  /**
   * Take a layout message: what the page asks for, or null for the map as it is. All of it may be missing.
   *   address         only the player whose record has the same one listens
   *   label           the caption
   *   points          a still picture, Map word -> [x, y], instead of a projection
   *   basis           {mean, components}: another plane; axes: [[from, to], [from, to]] the words its axes run along
   *   kind            "v", "u" or "both"; then the buttons for it are hidden
   *   t, rows, lines  at moment t the rows ("v17", "u3", ...) with numbers i and j are true nearest: [i, j, agrees]
   *   groups          the group of each row
   *   look            {color, tails, names, arrows, isolate: rows that do not fade}
   */
  setLayout(message) {
    const elsewhere = this.content.setLayout(message);
    if (elsewhere === null) return;
    if (elsewhere) this.points.beginTransition();
    this.refreshTools();
    this.onChange();
  }

  setKind(kind) {
    if (kind === this.kind) return;
    this.points.beginTransition();
    this.content.kind = kind;
    this.refreshTools();
    this.onChange();
  }

  /** Put a word on the map that is not among the shown ones. */
  reveal(id) {
    if (this.content.reveal(id)) this.points.forget();
  }

  get kind() {
    return this.content.kind;
  }

  get items() {
    return this.points.all;
  }

  get version() {
    return this.content.version;
  }

  /** Positions of the shown words in a state of the model. */
  project(state) {
    return this.content.project(state);
  }

  /** Show groups of words in color, or no longer. */
  colorGroups(wanted) {
    this.content.colorGroups(wanted);
    this.refreshTools();
    this.onChange();
  }

  refreshTools() {
    this.tools.refresh();
    setText(this.caption, this.content.caption());
  }

  /** Of what is drawn on: all but the foot. */
  get size() {
    return { width: this.paper.width, height: this.paper.height - this.foot.height };
  }

  // ---- the camera -----------------------------------------------------------------------------------------------

  view() {
    return this.camera.view(this.content.bounds(), this.size);
  }

  resetView() {
    this.camera.goHome();
    this.onChange();
  }

  zoomBy(factor) {
    this.camera.zoomBy(factor);
    this.onChange();
  }

  // ---- drawing --------------------------------------------------------------------------------------------------

  resize() {
    this.paper = { width: this.box.clientWidth || 1, height: this.box.clientHeight || 1 };
    return fitCanvas(this.canvas, this.box);
  }

  /** Draw one moment. Returns whether something still moves by itself. */
  draw(scene, now) {
    const { content, theme } = this;
    const onPaper = startDrawing(this.canvas);
    const { pen } = onPaper;
    this.foot.lay(pen, theme, this.paper);
    const left = `${this.foot.captionAt}px`;
    if (this.caption.style.left !== left) this.caption.style.left = left;
    const { size } = this;
    if (!scene.playing && !sameSize(size, this.placedOn)) this.points.placeNamesAnew();
    if (scene.playing || scene.exact) this.placedOn = size; // before that the points are only about where they will be
    const gliding = this.camera.glide(now, scene.calm);
    this.pointer.shareTouch();
    const view = this.view();
    const passing = this.points.place(scene, now, { size, view });
    const paper = { ...onPaper, ...size, theme, size, view };
    pen.save();
    pen.beginPath();
    pen.rect(0, 0, size.width, size.height); // the foot is not written over
    pen.clip();
    if (!content.still) drawGrid(paper); // distances across a t-SNE picture mean nothing
    const order = this.marks.style(this.items, scene);
    shareNames(order, size.width / 2);
    if (!passing) this.showNearest(drawNearest(paper, content, this.items, scene));
    const near = passing ? NO_LINES : drawNear(paper, this.items, scene);
    this.canvas.dataset.near = near.words.map((id) => this.record.labels[id]).join(" ");
    let working = !content.still && !passing && this.tails.draw(paper, scene, this.items);
    const axes = axisNames(paper, content);
    const labelling = placeLabels(order, size, now, scene.calm, !scene.playing, content.look.names, axes);
    for (const item of this.marks.layers(order)) this.marks.drawPoint(pen, item);
    if (!passing) working = this.arrows.draw(paper, scene, this.items) || working;
    for (let i = order.length - 1; i >= 0; i -= 1) this.marks.drawName(pen, order[i]);
    drawAxisNames(paper, axes);
    pen.restore();
    this.foot.draw(paper, scene, this.arrows.drawn, near);
    if (scene.playing) this.pointer.refresh();
    return gliding || passing || labelling || working;
  }

  /** For tests: how many lines to nearest words there are. */
  showNearest({ solid, dashed }) {
    this.canvas.dataset.lines = `${solid} solid, ${dashed} dashed`;
  }

  /** What one sees on it of a word, in one sentence. */
  says(word) {
    const { labels } = this.record;
    const all = `Map of ${counted(this.content.ids.length, "word")}`;
    const near = word === null ? [] : this.nearTo(word).map((other) => labels[other.word]);
    return near.length ? `${all}; most like ${labels[word]}: ${near.join(" and ")}.` : `${all}.`;
  }

  /** What is on the map, for tests. */
  positions() {
    return this.items.map((item) => placeOf(item, this.record.words));
  }
}

function sameSize(a, b) {
  return a.width === b.width && a.height === b.height;
}

/** Where an item stands on the plane and on the paper, and which words its name has, in which box. */
function placeOf({ id, kind, wx, wy, x, y, tail, move, label, names, within }, words) {
  const named = !within && label.place >= 0;
  return {
    id,
    kind,
    word: words[id],
    x: wx,
    y: wy,
    px: x,
    py: y,
    tail,
    move,
    named: named ? names.map((item) => words[item.id]) : [],
    box: named ? label.box : null,
  };
}

function unpackLayout(record) {
  const points = new Map();
  const { layout_words: words, layout_points: places } = record;
  words.forEach((id, i) => points.set(id, [places[2 * i], places[2 * i + 1]]));
  return { label: record.layout.label || "t-SNE: a still picture", points };
}
