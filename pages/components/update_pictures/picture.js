// What the three pictures share: paper that follows size and theme, motion between updates, pointing, keys, light.
import { fitCanvas, make, placeIn, setText, startDrawing } from "../kit/dom.js";
import { canvasFont, onSizeChange, readTheme, sameColors } from "../kit/theme.js";
import { nearestThing, thingAfter } from "./things.js";
import { blendScenes, paintScene } from "./scene.js";

const MOTION = 250; // ms
const REACH = 16; // px from a thing at which it counts as pointed at

/**
 * A picture says how high it is (`heightFor`), and for a size what is drawn (`compose` -> {shapes, things}).
 * things: {key, word, x, y, w, h, order, say}: what can be pointed at or reached by arrow keys, and what is said of it.
 */
export class Picture {
  constructor(parent) {
    this.active = null; // key of the thing that is pointed at
    this.lit = null; // id of the word that is lit on the whole page
    this.shown = [];
    this.things = [];
    this.hint = ""; // what is said while nothing is pointed at
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.canvas = make("canvas", { role: "img", tabindex: "0", "data-role": "picture" });
    this.paper = make("div", { class: "w2v-up-paper" }, this.canvas);
    this.note = make("p", { class: "w2v-up-note", "data-role": "note" });
    this.controls = make("div", { class: "w2v-up-controls" });
    this.legend = make("p", { class: "w2v-up-legend", "aria-hidden": "true" });
    this.readout = make("p", { class: "w2v-up-said", "data-role": "readout" });
    this.described = make("p", { class: "w2v-up-told", "data-role": "told", "aria-live": "polite" });
    this.root = make(
      "section",
      { class: "w2v-pictures" },
      make("div", { class: "w2v-up-head" }, this.controls, this.note),
      this.paper,
      this.legend,
      this.readout,
      this.described,
    );
    parent.append(this.root);
    this.root.picture = this;
    this.listen();
  }

  // ---- what each picture has of its own ---------------------------------------------------------------------------

  /** A record arrived. */
  arrived() {}

  heightFor(_width) {
    return 0;
  }

  /** @returns {{ shapes: Shape[], things: any[] }} */
  compose(_size, _pen) {
    return { shapes: [], things: [] };
  }

  // ---- pointing and light -----------------------------------------------------------------------------------------

  listen() {
    const { canvas } = this;
    canvas.addEventListener("pointermove", (event) => this.pointAt(this.under(event)));
    canvas.addEventListener("pointerdown", (event) => this.pointAt(this.under(event)));
    canvas.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") this.pointAt(null); // a finger leaves at once: what it touched stays
    });
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("blur", () => this.pointAt(null));
    this.onLight = (event) => this.light(event.detail?.word ?? null);
    window.addEventListener("w2v-light", this.onLight);
    this.observer = new ResizeObserver(() => this.draw(false));
    this.observer.observe(this.paper);
    this.forgetSize = onSizeChange(() => {
      this.theme = readTheme(this.root);
      this.draw(false);
    });
  }

  /** Take another record of the same kind: what differs moves there. */
  receive(data) {
    const first = !this.data;
    this.data = data;
    this.theme = readTheme(this.root);
    setText(this.note, data.note);
    setText(this.readout, data.said);
    this.canvas.setAttribute("aria-label", data.said);
    this.root.dataset.kind = data.kind;
    this.arrived();
    this.draw(!first);
  }

  /** The page may have turned light or dark. */
  recolor() {
    const before = this.theme;
    this.theme = readTheme(this.root);
    if (!sameColors(before, this.theme)) this.draw(false);
  }

  // ---- drawing ----------------------------------------------------------------------------------------------------

  draw(moving) {
    if (!this.data) return;
    const width = this.paper.clientWidth;
    if (!width) return;
    const height = this.heightFor(width);
    if (this.paper.style.height !== `${height}px`) this.paper.style.height = `${height}px`;
    const resized = fitCanvas(this.canvas, this.paper);
    this.size = { width, height };
    const pen = this.canvas.getContext("2d");
    this.target = this.compose(this.size, pen);
    this.things = this.target.things;
    this.tell();
    cancelAnimationFrame(this.request);
    if (!moving || resized || this.calm.matches || !this.shown.length) {
      this.paint(this.target.shapes);
      this.root.dataset.moving = "false";
      return;
    }
    this.root.dataset.moving = "true";
    const from = this.shown;
    const begun = performance.now();
    const tick = (now) => {
      const share = Math.min(1, Math.max(0, (now - begun) / MOTION));
      this.paint(blendScenes(from, this.target.shapes, share));
      if (share < 1) this.request = requestAnimationFrame(tick);
      else this.root.dataset.moving = "false";
    };
    this.request = requestAnimationFrame(tick);
  }

  paint(shapes) {
    this.shown = shapes;
    const { pen } = startDrawing(this.canvas);
    paintScene(pen, shapes);
  }

  font(px = 14, weight = 400) {
    return canvasFont(this.theme, px, weight);
  }

  textWidth(pen, text, font) {
    pen.font = font;
    return pen.measureText(text).width;
  }

  // ---- pointing ---------------------------------------------------------------------------------------------------

  /** The thing under the pointer, or the nearest one close by. */
  under(event) {
    const { x, y } = placeIn(this.canvas, event);
    return nearestThing(this.things, x, y, REACH)?.key ?? null;
  }

  thing(key) {
    return this.things.find((thing) => thing.key === key) ?? null;
  }

  pointAt(key) {
    if (key === this.active) return;
    const before = this.thing(this.active)?.word ?? null;
    this.active = key;
    const word = this.thing(key)?.word ?? null;
    if (word !== before) {
      this.lit = word;
      this.sending = true;
      window.dispatchEvent(new CustomEvent("w2v-light", { detail: { word } }));
      this.sending = false;
    }
    this.draw(false);
  }

  /** A word was lit by another part of the page. */
  light(word) {
    if (this.sending || word === this.lit) return;
    this.lit = word;
    this.draw(false);
  }

  isLit(thing) {
    return thing.key === this.active || (this.lit !== null && thing.word === this.lit);
  }

  /** What is said of the thing pointed at, or of the word lit elsewhere. */
  tell() {
    const thing =
      this.thing(this.active) ?? (this.lit === null ? null : this.things.find((one) => one.word === this.lit));
    this.root.dataset.active = thing?.key ?? "";
    setText(this.described, thing ? thing.say : this.hint);
    this.described.classList.toggle("w2v-up-hint", !thing);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const next = thingAfter(this.things, this.thing(this.active), event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.pointAt(next?.key ?? null);
  }

  remove() {
    cancelAnimationFrame(this.request);
    this.pointAt(null);
    window.removeEventListener("w2v-light", this.onLight);
    this.observer.disconnect();
    this.forgetSize();
    this.root.remove();
  }
}
