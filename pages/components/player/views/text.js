// The running text with the window sliding over it.
import { make } from "../../kit/dom.js";
import { displayWord } from "../../kit/format.js";
import { FILTERED } from "../../kit/packing.js";
import { lastAtMost } from "../model/record.js";

const BLOCK = 12; // tokens; the line is laid out again only when the center enters another block
const AROUND = 30;

export class RunningText {
  constructor({ onSelect }) {
    this.onSelect = onSelect;
    this.line = make("div", { class: "w2v-line" });
    this.strip = make("div", { class: "w2v-strip" }, this.line);
    this.el = make("section", { class: "w2v-panel w2v-text", "aria-label": "The text" }, this.strip);
    this.line.onclick = (event) => {
      const word = event.target.dataset?.word;
      if (word !== undefined) this.onSelect(Number(word));
    };
  }

  setRecord(record) {
    /** @type {RunRecord} */
    this.record = record;
    this.block = -1;
    this.shown = null;
  }

  setTheme() {
    this.shown = null;
    this.block = -1; // letters of another size take other room
  }

  resize() {
    this.shown = null;
    this.width = this.strip.clientWidth;
    return true;
  }

  draw(scene) {
    const { update, done } = scene;
    const key = `${update ? update.t : -1}:${done}:${scene.word}`;
    if (this.shown === key || !update) return;
    this.shown = key;
    this.drawLine(scene);
  }

  // ---- the text ---------------------------------------------------------------------------------------------------

  drawLine(scene) {
    const { record } = this;
    const { update } = scene;
    if (update.centerToken < 0) return;
    const block = Math.floor(update.centerToken / BLOCK);
    const again = block !== this.block;
    if (again) this.layOut(block);
    const sentence = lastAtMost(record.sentence_start, update.centerToken);
    const from = record.sentence_start[sentence];
    const to = sentence + 1 < record.sentence_start.length ? record.sentence_start[sentence + 1] : Infinity;
    const context = new Set(update.contextTokens);
    const chosen = new Set(update.chosenTokens);
    for (const span of this.line.children) {
      const at = Number(span.dataset.at);
      let role = at >= from && at < to ? "here" : "away";
      if (!scene.done) {
        if (at === update.centerToken) role = "center";
        else if (chosen.has(at)) role = "chosen";
        else if (context.has(at)) role = "context";
      }
      if (span.dataset.role !== role) span.dataset.role = role;
      const selected = String(Number(span.dataset.word) === scene.word);
      if (span.dataset.selected !== selected) span.dataset.selected = selected;
    }
    this.slide(update.centerToken, again || scene.calm || scene.fast);
  }

  layOut(block) {
    const { record } = this;
    this.block = block;
    this.from = Math.max(0, block * BLOCK - AROUND);
    this.to = Math.min(record.tokens.length, (block + 1) * BLOCK + AROUND);
    const spans = [];
    const starts = new Set(record.sentence_start);
    for (let at = this.from; at < this.to; at += 1) {
      const id = record.tokens[at];
      const known = id !== FILTERED;
      const text = known ? record.labels[id] : displayWord(record.filtered?.[at] ?? "\u00b7");
      const span = make("bdi", { class: known ? "w2v-token" : "w2v-token w2v-filtered", "data-at": at }, text);
      if (known) span.dataset.word = id;
      if (at > this.from && starts.has(at)) span.classList.add("w2v-first");
      spans.push(span);
    }
    this.line.replaceChildren(...spans);
    this.places = spans.map((span) => [span.offsetLeft, span.offsetWidth]);
    this.long = spans.length ? this.places.at(-1)[0] + this.places.at(-1)[1] : 0;
  }

  /** Bring the center to the middle, without leaving empty room at the ends of the text. */
  slide(center, atOnce) {
    const place = this.places[center - this.from];
    if (!place) return;
    const width = this.width || this.strip.clientWidth;
    let shift = width / 2 - (place[0] + place[1] / 2);
    if (this.from === 0) shift = Math.min(shift, 4);
    if (this.to === this.record.tokens.length) shift = Math.max(shift, Math.min(4, width - this.long - 4));
    this.line.style.transition = atOnce ? "none" : "transform 200ms linear";
    this.line.style.transform = `translateX(${Math.round(shift)}px)`;
    this.strip.classList.toggle("w2v-more-left", shift < 0);
    this.strip.classList.toggle("w2v-more-right", this.long + shift > width);
  }
}
