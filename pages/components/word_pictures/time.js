// Pictures over the time of a training: panels of lines below each other, a strip of words, and the present moment as a
// line through all of them. A click goes to the moment that was clicked.
import { make, niceStep, placeIn } from "../kit/dom.js";
import { threeDigits } from "../kit/format.js";
import { Picture, draw } from "./picture.js";
import { along, nearestMoment, pathOf, spread, stretches } from "./time_scale.js";

const LEFT = 44;
const NAMES = 130; // px at the right end, for the names of lines
const NARROW = 520; // px of paper below which names take less
const NARROW_NAMES = 106;
const TITLE = 26;
const STRIP = 30;
const FOOT = 40;
const LINE = 18;
const BELOW = 24; // px below a panel that names may take
const FURTHER = 1; // row below the last place, for words that are further off

export class TimePicture extends Picture {
  constructor(parent) {
    super(parent);
    this.onMoment = (/** @type {any} */ { detail }) => {
      if (detail.run === this.data?.name) this.markAt(detail.t);
    };
    window.addEventListener("w2v-moment", this.onMoment); // while the player plays, Python is not told
  }

  remove() {
    window.removeEventListener("w2v-moment", this.onMoment);
    super.remove();
  }

  paint() {
    const { panels, strip, note, hint } = this.data;
    const names = this.width < NARROW ? NARROW_NAMES : NAMES;
    this.span = [LEFT, this.width - names];
    let top = 0;
    const drawn = [];
    for (const panel of panels) {
      const height = panel.height * this.stretch();
      drawn.push(this.panel(panel, top + TITLE, height));
      top += TITLE + height;
    }
    if (strip) {
      drawn.push(this.strip(strip, top + TITLE));
      top += TITLE + STRIP;
    }
    drawn.push(this.axis(top));
    this.mark = draw("line", { class: "w2v-wp-now", y1: TITLE - 6, y2: top + 6, "data-role": "now" });
    this.markAt(this.data.t);
    const svg = this.sheet(top + FOOT);
    svg.append(...drawn, this.mark);
    svg.onclick = (event) => this.goTo(event);
    const below = [note, hint].filter(Boolean).map((said) => make("p", { class: "w2v-wp-legend" }, said));
    this.paper.replaceChildren(svg, ...below);
  }

  /** Where a moment stands. */
  x(t) {
    const { at } = this.data;
    return along([at[0], at.at(-1)], this.span, t);
  }

  /** Put the line of the present moment where it is. */
  markAt(t) {
    for (const end of ["x1", "x2"]) this.mark?.setAttribute(end, String(this.x(t)));
  }

  goTo(event) {
    const id = event.target.closest?.("[data-word]")?.dataset.word;
    if (id !== undefined) this.pick({ word: Number(id) });
    else
      this.pick({ t: nearestMoment(this.data.at, placeIn(this.paper, event).x / this.theme.scale, (t) => this.x(t)) });
  }

  panel(panel, top, height) {
    const group = draw("g", {});
    const bottom = top + height - 12;
    group.append(draw("text", { class: "w2v-wp-title", x: 0, y: top - 10 }, panel.title));
    const y = panel.places ? this.placeRows(group, panel, top, bottom) : this.scaleRows(group, panel, top, bottom);
    const ends = panel.lines.map((line) => y(line.values.at(-1)));
    const labels = spread(ends, LINE, top + 4, bottom + BELOW);
    panel.lines.forEach((line, i) => group.append(...this.line(line, y, labels[i])));
    return group;
  }

  /** Rows for places 1, 2, ... and one for all that are further off. */
  placeRows(group, { places }, top, bottom) {
    const last = places + FURTHER;
    const y = (place) => along([1, last], [top + 8, bottom], Math.min(place, last));
    for (let place = 1; place <= last; place++) {
      const said = place > places ? `${last}+` : String(place);
      group.append(draw("text", { class: "w2v-wp-tick", x: LEFT - 14, y: y(place) + 5, "text-anchor": "end" }, said));
      group.append(draw("line", { class: "w2v-wp-grid", x1: LEFT, x2: this.span[1], y1: y(place), y2: y(place) }));
    }
    return y;
  }

  scaleRows(group, { lines }, top, bottom) {
    const most = Math.max(...lines.flatMap(({ values }) => values), 1e-9);
    const step = niceStep(most, 3);
    const y = (value) => along([0, most], [bottom, top + 4], value);
    for (let value = 0; value <= most; value += step) {
      const label = { class: "w2v-wp-tick", x: LEFT - 8, y: y(value) + 5, "text-anchor": "end" };
      group.append(draw("text", label, threeDigits(value)));
      group.append(draw("line", { class: "w2v-wp-grid", x1: LEFT, x2: this.span[1], y1: y(value), y2: y(value) }));
    }
    return y;
  }

  line({ values, shown, word, color, dashed, thin }, y, labelAt) {
    const { at, names } = this.data;
    const places = values.map((value, i) => [this.x(at[i]), y(value)]);
    const look = `stroke:${this.ink(color)};${dashed ? "stroke-dasharray:6 4;" : ""}`;
    const path = { class: `w2v-wp-line${thin ? " w2v-wp-thin" : ""}`, d: pathOf(places), style: look };
    const [x, end] = places.at(-1);
    const room = this.width - x - 22;
    const foot = { class: "w2v-wp-name", x: x + 20, y: labelAt + 5 };
    const short = cut(shown, room / 8);
    const name = word === undefined ? draw("text", foot, short) : this.name(word, short, foot, false);
    name.append(draw("title", {}, shown));
    const lead = { class: "w2v-wp-lead", x1: x + 3, y1: end, x2: x + 17, y2: labelAt };
    const dots = places.map(([px, py], i) => {
      const dot = draw("circle", { class: "w2v-wp-dot", cx: px, cy: py, r: thin ? 2 : 3.5, fill: this.ink(color) });
      dot.append(draw("title", {}, `${shown}: ${threeDigits(values[i])}, ${names[i]}`));
      return dot;
    });
    return [draw("path", path), ...dots, draw("line", lead), name];
  }

  /** A color by its role, or by the number of a group. */
  ink(color) {
    return typeof color === "number" ? this.theme.groups[color % this.theme.groups.length] : this.theme[color];
  }

  /** What was expected most, from moment to moment. */
  strip({ title, words, marks }, top) {
    const { at } = this.data;
    const group = draw("g", {}, draw("text", { class: "w2v-wp-title", x: 0, y: top - 10 }, title));
    const half = (i, j) => (i < 0 || j >= at.length ? null : (this.x(at[i]) + this.x(at[j])) / 2);
    for (const { from, to } of stretches(words.map(({ word }) => word))) {
      const left = half(from - 1, from) ?? this.span[0];
      const width = Math.max(1, (half(to, to + 1) ?? this.span[1]) - left);
      const { shown } = words[from];
      const kind = marks[from] ? "w2v-wp-true" : "w2v-wp-false";
      const box = { class: kind, x: left, y: top, width, height: STRIP - 8, rx: 3 };
      const rect = draw("rect", box, draw("title", {}, shown));
      group.append(rect);
      const room = Math.floor((width - 8) / 8);
      if (room >= Math.min(3, Array.from(shown).length)) {
        group.append(draw("text", { class: "w2v-wp-in", x: left + 5, y: top + 16 }, cut(shown, room)));
      }
    }
    return group;
  }

  axis(top) {
    const { ticks } = this.data;
    const group = draw("g", {});
    let free = 0;
    for (const { t, name } of ticks) {
      const x = this.x(t);
      group.append(draw("line", { class: "w2v-wp-grid", x1: x, x2: x, y1: top - 4, y2: top + 4 }));
      if (x - 12 < free) continue;
      group.append(draw("text", { class: "w2v-wp-tick", x, y: top + 20, "text-anchor": "middle" }, name));
      free = x + 34;
    }
    return group;
  }
}

function cut(shown, most) {
  const letters = Array.from(shown);
  return letters.length <= most ? shown : `${letters.slice(0, Math.max(1, Math.floor(most) - 1)).join("")}\u2026`;
}
