// A guess in bars: each is a slider, and all together are 100 %. When it is judged, the bars stand still beside those
// of the model, in the outlines of what the text says.
import { make, setText } from "../kit/dom.js";
import { percent } from "../kit/format.js";
import { mounting } from "../kit/mounting.js";
import { term } from "../kit/terms.js";
import { readTheme, sameColors } from "../kit/theme.js";
import { mostOf, shareAfter, withShare } from "./shares.js";

const SOON = 150; // ms after the last key until Python is told

class GuessView {
  constructor(parent) {
    this.rows = make("div", { class: "w2v-gs-rows", role: "group" });
    this.legend = make("p", { class: "w2v-gs-legend" });
    this.side = make("div", { class: "w2v-gs-side" });
    this.title = make("h2");
    const bars = make("div", { class: "w2v-gs-bars" }, this.title, this.legend, this.rows);
    this.root = make("section", { class: "w2v-guess" }, bars, this.side);
    parent.append(this.root);
    this.later = 0;
    this.root.addEventListener("focusout", () => this.tellNow());
  }

  /** @param {GuessRecord} record */
  receive(record, tell) {
    this.tell = tell;
    this.theme = readTheme(this.root);
    const afresh = record.id !== this.record?.id || record.command !== this.record.command;
    const same = JSON.stringify(record) === this.said;
    this.record = record;
    this.said = JSON.stringify(record);
    if (afresh) this.shares = record.shares.slice();
    if (same) return;
    if (afresh || record.judged || !this.sliders.length) this.build();
    this.sides();
  }

  recolor() {
    if (!sameColors(this.theme, readTheme(this.root))) this.theme = readTheme(this.root);
  }

  // --- the bars ---------------------------------------------------------------------------------------------

  build() {
    const { names, judged, title, compact } = this.record;
    this.root.classList.toggle("w2v-gs-judged", Boolean(judged));
    this.root.classList.toggle("w2v-gs-compact", compact);
    this.rows.setAttribute("aria-label", title);
    setText(this.title, title);
    this.sliders = judged ? [] : names.map((name, i) => new Slider(this, name, i));
    this.rows.replaceChildren(
      ...(judged ? names.map((name, i) => judgedRow(name, i, judged)) : this.sliders.map((slider) => slider.el)),
    );
    this.legend.replaceChildren(...(judged ? judged.kinds.map(({ kind, name }) => key(kind, name)) : []));
    this.legend.hidden = !judged;
    this.moved = -1;
    this.show();
  }

  show() {
    this.sliders.forEach((slider, i) => {
      slider.show(this.shares[i]);
    });
  }

  /** Set a bar to a share; the others make room from where they were when this bar was first moved. */
  set(i, share) {
    if (this.moved !== i) {
      this.moved = i;
      this.base = this.shares;
    }
    this.shares = withShare(this.base, i, share, this.record.least, this.record.pool);
    this.show();
  }

  tellSoon() {
    clearTimeout(this.later);
    this.later = window.setTimeout(() => this.tellNow(), SOON);
    this.waits = true;
  }

  tellNow() {
    if (!this.waits) return;
    clearTimeout(this.later);
    this.waits = false;
    this.tell("shares", { id: this.record.id, command: this.record.command, shares: this.shares });
  }

  // --- beside them: how it goes, or what came of it -----------------------------------------------------------

  sides() {
    const { rules, figures, readout } = this.record;
    this.side.hidden = !rules.length && !figures;
    const said = rules.map((rule) => make("p", {}, rule));
    if (figures) {
      const heads = figures.heads.map(([name, shown]) =>
        make("th", { scope: "col" }, name ? term(name, shown) : shown),
      );
      const table = make("table", {}, make("tr", {}, ...heads), ...figures.rows.map(figure));
      said.unshift(
        make("p", { class: "w2v-gs-readout", "data-role": "readout", "aria-live": "polite" }, readout),
        table,
      );
    }
    this.side.replaceChildren(...said);
  }

  remove() {
    clearTimeout(this.later);
    this.root.remove();
  }
}

/** One bar that is dragged, by mouse, finger or keys. */
class Slider {
  constructor(view, name, i) {
    this.view = view;
    this.i = i;
    this.fill = make("span", { class: "w2v-gs-fill" });
    this.grip = make("span", { class: "w2v-gs-grip" });
    const groove = make("span", { class: "w2v-gs-groove" }, this.fill, this.grip);
    this.track = make(
      "div",
      {
        class: "w2v-gs-track",
        role: "slider",
        tabindex: "0",
        "aria-label": name,
        "aria-valuemin": "0",
        "aria-valuemax": "100",
      },
      groove,
    );
    this.groove = groove;
    this.number = make("span", { class: "w2v-gs-number" });
    this.el = make("div", { class: "w2v-gs-row" }, word(name), this.track, this.number);
    this.track.onkeydown = (event) => this.key(event);
    this.track.onpointerdown = (event) => this.press(event);
    this.track.onpointermove = (event) => this.drag(event);
    this.track.onpointerup = (event) => this.drop(event);
    this.track.onpointercancel = () => this.giveUp();
  }

  show(share) {
    const said = percent(share);
    setText(this.number, said);
    this.groove.style.setProperty("--share", `${100 * share}%`);
    this.track.setAttribute("aria-valuenow", String(Math.round(100 * share)));
    this.track.setAttribute("aria-valuetext", said);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { least } = this.view.record;
    const to = shareAfter(this.view.shares[this.i], event, least, mostOf(this.view.shares, least));
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // these keys move the clock elsewhere
    this.view.set(this.i, to);
    this.view.tellSoon();
  }

  press(event) {
    if (event.button !== 0) return;
    this.before = this.view.shares;
    this.held = true;
    this.track.setPointerCapture(event.pointerId);
    if (event.pointerType !== "touch") this.follow(event); // a finger may be about to scroll
  }

  drag(event) {
    if (this.held) this.follow(event);
  }

  drop(event) {
    if (!this.held) return;
    this.follow(event);
    this.held = false;
    this.view.tellNow();
  }

  /** The finger scrolls the page: nothing was dragged. */
  giveUp() {
    if (!this.held) return;
    this.held = false;
    this.view.shares = this.before;
    this.view.moved = -1;
    this.view.show();
  }

  follow(event) {
    const { left, width } = this.groove.getBoundingClientRect();
    this.view.set(this.i, (event.clientX - left) / width);
    this.view.waits = true;
  }
}

/** One row of what came of it: two bars, one above the other, in an outline. */
function judgedRow(name, i, { kinds, scale }) {
  const bars = kinds.map(({ kind, shares }) => {
    const bar = make("span", { class: `w2v-gs-bar w2v-gs-${kind}` });
    bar.style.width = `${Math.min(100, (100 * shares[i]) / scale)}%`;
    return bar;
  });
  const numbers = kinds.map(({ kind, shares }) =>
    make("span", { class: `w2v-gs-number w2v-gs-of-${kind}` }, percent(shares[i])),
  );
  return make("div", { class: "w2v-gs-row" }, word(name), make("div", { class: "w2v-gs-paper" }, ...bars), ...numbers);
}

function word(name) {
  return make("span", { class: "w2v-gs-word", title: name }, make("bdi", {}, name));
}

function key(kind, name) {
  return make("span", {}, make("span", { class: `w2v-gs-key w2v-gs-${kind}` }), name);
}

function figure({ kind, name, share, numbers }) {
  const bar = make("span", { class: `w2v-gs-how w2v-gs-how-${kind}` });
  bar.style.width = `${100 * Math.max(0, Math.min(1, share))}%`;
  const cells = numbers.map((number) => make("td", {}, number));
  const head = make("th", { scope: "row" }, name, make("span", { class: "w2v-gs-far" }, bar));
  return make("tr", { "data-kind": kind }, head, ...cells);
}

export const mountGuess = mounting((place) => new GuessView(place));
