// The running text with the window sliding over it, and one line that names the update.
import { make, setText } from "./dom.js";
import { displayWord, listed, counted, threeDigits, whole } from "./format.js";
import { FILTERED, epochOf, lastAtMost } from "./record.js";

const BLOCK = 12; // tokens; the line is laid out again only when the center enters another block
const AROUND = 30;
const WORKING = "working out the exact numbers \u2026";

export class RunningText {
  constructor({ onSelect }) {
    this.onSelect = onSelect;
    this.line = make("div", { class: "w2v-line" });
    this.strip = make("div", { class: "w2v-strip" }, this.line);
    this.where = make("span", { class: "w2v-where", "data-role": "where" });
    this.what = make("span", { class: "w2v-what", "data-role": "what" });
    this.cost = make("span", { class: "w2v-cost", "data-role": "loss" });
    this.status = make("div", { class: "w2v-status" }, this.where, this.what, this.cost);
    this.el = make("section", { class: "w2v-panel w2v-text", "aria-label": "The text" }, this.strip, this.status);
    this.line.onclick = (event) => {
      const word = event.target.dataset?.word;
      if (word !== undefined) this.onSelect(Number(word));
    };
  }

  setRecord(record) {
    this.record = record;
    this.block = -1;
    this.shown = null;
  }

  setTheme() {
    this.shown = null;
  }

  resize() {
    this.shown = null;
    this.width = this.strip.clientWidth;
    return true;
  }

  draw(scene) {
    const { record } = this;
    const { update, done } = scene;
    const moment = Math.floor(scene.t);
    setText(this.where, `update ${whole(moment)} of ${whole(record.n_steps)}, epoch ${
      whole(epochOf(record, moment) + 1)} of ${whole(record.epochs)}`);
    const key = `${update ? update.t : -1}:${done}:${scene.word}:${scene.exact}`;
    if (this.shown === key || !update) return;
    this.shown = key;
    this.drawStatus(scene);
    this.drawLine(scene);
  }

  // ---- the line that names the update -----------------------------------------------------------------------------

  drawStatus({ update, done, exact }) {
    const { record } = this;
    if (done) {
      const { stopped } = record;
      this.what.replaceChildren(stopped ? `stopped at update ${whole(stopped.at)}: ${stopped.reason}`
        : "all updates are done");
      setText(this.cost, exact ? "" : WORKING);
      return;
    }
    this.what.replaceChildren(...this.nameUpdate(update));
    const loss = record.losses[update.t];
    setText(this.cost, !exact ? WORKING : Number.isFinite(loss) ? `loss ${threeDigits(loss)} nats` : "");
  }

  /** "center king -> context wears", or how many pairs when there are more. */
  nameUpdate(update) {
    const { record } = this;
    const name = (ids, role, most) => make("b", { class: role }, listed(ids.map((id) => record.labels[id]), most));
    const cbow = record.architecture === "cbow";
    const noun = cbow ? "window" : "pair";
    if (update.windows > 1) {
      return [`${counted(update.size, noun)}, centers `, name(update.centers, "w2v-word-center", 3)];
    }
    const center = name(update.centers, "w2v-word-center", 3);
    const context = name(cbow ? update.contextTokens.map((at) => record.tokens[at]) : update.contexts,
      "w2v-word-context", 6);
    const [from, to] = cbow ? ["context ", " \u2192 center "] : ["center ", " \u2192 context "];
    const parts = cbow ? [from, context, to, center] : [from, center, to, context];
    if (update.size > 1) parts.push(` (${counted(update.size, noun)})`);
    return parts;
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
