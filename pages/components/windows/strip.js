// The window taken out of the text: its words in a row, with arrows from what is known to what is to be predicted.
import { readsRightToLeft } from "../kit/direction.js";
import { fitCanvas, fitText, make, startDrawing } from "../kit/dom.js";
import { canvasFont } from "../kit/theme.js";

const CHIP = { height: 30, padding: 9, gap: 9, widest: 150, foot: 5, side: 24 };

export class StripView {
  constructor() {
    this.canvas = make("canvas", { "aria-hidden": "true" }); // the sentence below says the same
    this.el = make("div", { class: "w2v-wv-strip" }, this.canvas);
  }

  setText(text) {
    this.text = text;
  }

  draw(k, theme) {
    const { text } = this;
    fitCanvas(this.canvas, this.el);
    const { pen, width, height } = startDrawing(this.canvas);
    pen.textBaseline = "middle";
    pen.textAlign = "center";
    const place = text.centerOf(k);
    const flow = readsRightToLeft(text.label(place)) ? -1 : 1; // 1: the text's next word stands to the right
    pen.font = canvasFont(theme, 16);
    const center = { ...this.measure(pen, place), x: width / 2 };
    const top = height - CHIP.foot - CHIP.height;
    for (const side of this.layOut(pen, k, flow, center, width)) {
      this.drawArrows(pen, theme, center, side.chips, top);
      for (const chip of side.chips) this.drawChip(pen, theme, chip, top, "context");
      this.drawEnd(pen, theme, side, top);
    }
    this.drawChip(pen, theme, center, top, "center");
  }

  measure(pen, place) {
    const label = fitText(pen, this.text.label(place), CHIP.widest);
    return { place, label, width: pen.measureText(label).width + 2 * CHIP.padding };
  }

  /** The context on both sides of the center, nearest first: all of it if there is room, else what fits. */
  layOut(pen, k, flow, center, width) {
    const { text } = this;
    const sides = [-1, 1].map((side) => {
      const places = Array.from(text.contextOf(k)).filter((place) => Math.sign(place - center.place) === side);
      if (side < 0) places.reverse();
      const chips = places.map((place) => this.measure(pen, place));
      const last = places.length ? places[places.length - 1] : center.place;
      return { sign: side * flow, chips, more: false, end: 0, stop: text.endsSentence(last, side) };
    });
    const [left, right] = flow > 0 ? sides : [sides[1], sides[0]];
    const half = (side) => center.width / 2 + side.chips.reduce((sum, chip) => sum + CHIP.gap + chip.width, CHIP.side);
    if (half(left) + half(right) <= width) {
      center.x = Math.max(half(left), Math.min(width - half(right), width / 2)); // in the middle, if that will do
    }
    for (const side of sides) this.placeChips(side, center, side.sign < 0 ? center.x : width - center.x);
    return sides;
  }

  placeChips(side, center, room) {
    let edge = center.width / 2;
    const fits = [];
    for (const chip of side.chips) {
      if (edge + CHIP.gap + chip.width + CHIP.side > room + 0.5) break;
      chip.x = center.x + side.sign * (edge + CHIP.gap + chip.width / 2);
      edge += CHIP.gap + chip.width;
      fits.push(chip);
    }
    side.more = fits.length < side.chips.length;
    side.chips = fits;
    side.end = center.x + side.sign * (edge + CHIP.gap + 5);
  }

  drawChip(pen, theme, chip, top, role) {
    pen.beginPath();
    pen.roundRect(chip.x - chip.width / 2, top, chip.width, CHIP.height, 6);
    pen.fillStyle = role === "center" ? theme.center : theme.contextTint;
    pen.fill();
    if (role === "context") {
      pen.lineWidth = 1.5;
      pen.strokeStyle = theme.context;
      pen.stroke();
    }
    pen.fillStyle = role === "center" ? theme.onCenter : theme.text;
    pen.fillText(chip.label, chip.x, top + CHIP.height / 2 + 1);
  }

  /** Skip-gram: from the center to each context word; CBOW: from them all to the center. */
  drawArrows(pen, theme, center, chips, top) {
    pen.lineWidth = 1.75;
    chips.forEach((chip, i) => {
      const sign = Math.sign(chip.x - center.x);
      const spread = Math.min(center.width / 2 - 6, 6 + 9 * i);
      const inner = center.x + sign * spread;
      const rise = top - 4 - Math.min(top - 8, 13 + 11 * i);
      const [from, to] = this.text.cbow ? [chip.x, inner] : [inner, chip.x];
      pen.strokeStyle = pen.fillStyle = theme.line;
      arrow(pen, from, to, top - 3, rise);
    });
  }

  /** Dots where there are more words than room, a bar where the sentence ends. */
  drawEnd(pen, theme, { end, more, stop }, top) {
    pen.fillStyle = theme.line;
    if (more) {
      for (const dx of [-6, 0, 6]) {
        pen.beginPath();
        pen.arc(end + dx, top + CHIP.height / 2, 1.75, 0, 2 * Math.PI);
        pen.fill();
      }
    } else if (stop) pen.fillRect(end - 1, top + 2, 2, CHIP.height - 4);
  }
}

/** A bow from one place to another on the same height, with its head pointing down. */
function arrow(pen, from, to, foot, rise) {
  const round = Math.min(12, foot - rise, Math.abs(to - from) / 2);
  pen.beginPath();
  pen.moveTo(from, foot);
  pen.arcTo(from, rise, to, rise, round);
  pen.arcTo(to, rise, to, foot, round);
  pen.lineTo(to, foot - 5);
  pen.stroke();
  pen.beginPath();
  pen.moveTo(to, foot + 1);
  pen.lineTo(to - 4.5, foot - 7);
  pen.lineTo(to + 4.5, foot - 7);
  pen.closePath();
  pen.fill();
}
