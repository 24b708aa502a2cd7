// The view as a whole: one clock, the window number k, and the parts that follow it.
import { make } from "../kit/dom.js";
import { mounting } from "../kit/mounting.js";
import { onSizeChange, readTheme, sameColors } from "../kit/theme.js";
import { WindowClock } from "./clock.js";
import { MatrixView } from "./matrix.js";
import { PairsView } from "./pairs.js";
import { StripView } from "./strip.js";
import { TextView } from "./text.js";
import { WindowTransport } from "./transport.js";
import { FILTERED } from "../kit/packing.js";
import { CountTable, WindowText } from "./windows.js";

const REPORT_AFTER = 120; // ms
const SPEAK_AFTER = 300; // ms at rest
const SMOOTH_UNTIL = 4; // windows a second: faster than this, nothing glides

class WindowsView {
  constructor(parent) {
    this.picked = null; // id of the selected word
    this.given = undefined; // the selected word as Python last gave it
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.clock = new WindowClock({
      onMove: (moved) => this.draw(moved),
      rateOf: () => this.transport.rate(this.text.nWindows),
    });
    const goTo = (k) => this.clock.goTo(k);
    this.textView = new TextView({ onPlace: (place) => this.choosePlace(place) });
    this.strip = new StripView();
    this.pairs = new PairsView({ onWindow: goTo });
    this.matrixView = new MatrixView({ onWord: (word) => this.choose(word) });
    this.transport = new WindowTransport({
      onPlay: () => this.clock.toggle(),
      onGo: goTo,
      onStep: (n) => this.clock.stepBy(n),
    });
    this.root = this.build();
    this.root.view = {
      goTo,
      count: (c, o) => this.text.countUntil(this.clock.k, c, o),
      matrix: () => this.table.rows(),
    };
    parent.append(this.root);
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey);
    this.observer = new ResizeObserver(() => this.draw(false));
    this.observer.observe(this.stage);
    this.forgetSize = onSizeChange(() => this.redraw());
  }

  build() {
    this.note = make("span", { class: "w2v-wv-note" });
    this.leftOut = make("span", { class: "w2v-wv-word w2v-wv-left-out" }, "left out");
    this.readout = make("p", { class: "w2v-wv-readout", "data-role": "readout" });
    this.live = make("div", { class: "w2v-wv-unseen", "aria-live": "polite" });
    const reading = make(
      "section",
      { class: "w2v-wv-reading" },
      make("div", { class: "w2v-wv-head" }, make("h2", {}, "Text"), this.note, legendWith(this.leftOut)),
      this.textView.box,
      this.strip.el,
      this.readout,
    );
    this.stage = make("div", { class: "w2v-wv-stage" }, reading, this.pairs.el, this.matrixView.el);
    this.empty = make(
      "p",
      { class: "w2v-wv-empty", hidden: "" },
      "No two words of this part of the text stand in one sentence, so there is no window to show.",
    );
    return make(
      "div",
      { class: "w2v-windows", tabindex: "0", role: "group", "aria-label": "Windows over the text" },
      this.stage,
      this.empty,
      this.transport.el,
      this.live,
    );
  }

  /** Take what Python sent; the place is kept as long as text and windows are the same. */
  receive(bytes, _tell, report) {
    this.report = report;
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      const text = new WindowText(bytes);
      if (this.text?.id !== text.id) this.start(text);
      if (text.header.word !== this.given) {
        this.given = text.header.word;
        this.picked = this.given;
        this.textView.pick(this.picked);
      }
    }
    this.redraw();
  }

  redraw() {
    this.theme = readTheme(this.root);
    this.draw(false);
  }

  recolor() {
    if (!sameColors(this.theme, readTheme(this.root))) this.redraw();
  }

  start(text) {
    this.clock.restart(text.nWindows);
    this.text = text;
    this.given = undefined;
    this.table = new CountTable(text);
    const nothing = text.nWindows === 0;
    this.empty.hidden = !nothing;
    this.stage.hidden = this.transport.el.hidden = nothing;
    this.note.textContent = this.note.title = text.header.note ?? "";
    this.leftOut.hidden = !text.tokens.some((_, place) => text.isLeftOut(place));
    for (const part of [this.textView, this.strip, this.pairs]) part.setText(text);
    this.matrixView.setText(text, this.table);
  }

  // ---- drawing ----------------------------------------------------------------------------------------------------

  draw(moved) {
    if (!this.theme || !this.text || this.text.nWindows === 0) return;
    const { text, theme } = this;
    const { k, playing } = this.clock;
    const slow = !playing || this.transport.rate(text.nWindows) <= SMOOTH_UNTIL;
    const smooth = moved && slow && !this.calm.matches;
    this.root.dataset.k = String(k);
    this.root.dataset.playing = String(playing);
    this.root.classList.toggle("w2v-wv-smooth", slow && !this.calm.matches);
    this.textView.mark(k, smooth);
    this.strip.draw(k, theme);
    this.pairs.draw(k, smooth);
    this.matrixView.draw(k, this.picked, theme);
    this.transport.draw(k, text, playing);
    this.sayWindow();
  }

  /** "center king -> predict: the, golden, wears", or with the arrow turned round. */
  sayWindow() {
    const { text } = this;
    const { k, playing } = this.clock;
    const center = make("bdi", { class: "w2v-wv-c" }, text.label(text.centerOf(k)));
    const context = [];
    for (const place of text.contextOf(k)) {
      if (context.length) context.push(", ");
      context.push(make("bdi", { class: "w2v-wv-o" }, text.label(place)));
    }
    this.readout.replaceChildren(
      "center ",
      center,
      text.cbow ? " \u2190 predict it from " : " \u2192 predict: ",
      ...context,
      text.cbow && context.length > 1 ? " together" : "",
    );
    clearTimeout(this.speaking);
    if (playing) return;
    this.speaking = setTimeout(() => {
      this.live.textContent = `Window ${k + 1}: ${this.readout.textContent}`;
    }, SPEAK_AFTER);
  }

  // ---- the user ---------------------------------------------------------------------------------------------------

  /** A word of the text was clicked: go to its window, and select the word. */
  choosePlace(place) {
    const id = this.text.tokens[place];
    if (id === FILTERED) return;
    const k = this.text.windowAt[place];
    const here = k === this.clock.k;
    if (k >= 0) this.clock.goTo(k);
    if (here || id !== this.picked) this.choose(id);
  }

  /** Select a word; once more, and no word is selected. */
  choose(id) {
    this.picked = this.picked === id ? null : id;
    this.textView.pick(this.picked);
    this.draw(false);
    clearTimeout(this.reporting);
    this.reporting = setTimeout(() => this.report("picked", { id: this.text.id, word: this.picked }), REPORT_AFTER);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !this.text?.nWindows) return;
    const focused = this.root.getRootNode().activeElement;
    const mine = focused && this.root.contains(focused);
    const nobody = document.activeElement === document.body || document.activeElement === null;
    if (!mine && !nobody) return;
    if (focused === this.transport.speed || (event.key === " " && focused?.tagName === "BUTTON")) return;
    const { clock } = this;
    const step = event.shiftKey ? 10 : 1;
    const acts = {
      " ": () => clock.toggle(),
      ArrowRight: () => clock.stepBy(step),
      ArrowLeft: () => clock.stepBy(-step),
      Home: () => clock.goTo(0),
      End: () => clock.goTo(Infinity),
    };
    if (!Object.hasOwn(acts, event.key)) return;
    event.preventDefault();
    acts[event.key]();
  }

  remove() {
    this.clock.pause();
    clearTimeout(this.reporting);
    clearTimeout(this.speaking);
    this.observer.disconnect();
    this.forgetSize();
    document.removeEventListener("keydown", this.onKey);
    this.root.remove();
  }
}

/** What the colors of the words mean. */
function legendWith(leftOut) {
  return make(
    "span",
    { class: "w2v-wv-legend", "aria-hidden": "true" },
    make("span", { class: "w2v-wv-word w2v-wv-center" }, "center"),
    make("span", { class: "w2v-wv-word w2v-wv-context" }, "context"),
    leftOut,
  );
}

export const mountWindows = mounting((place) => new WindowsView(place));
