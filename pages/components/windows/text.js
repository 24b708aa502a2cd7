// The running text: every word in its place, the window marked, in a box that scrolls by itself.
import { readsRightToLeft } from "../kit/direction.js";
import { make } from "../kit/dom.js";

const BLOCK = 90; // tokens
const LOOKS = 3; // after a leap
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

export class TextView {
  constructor({ onPlace }) {
    this.box = make("div", { class: "w2v-wv-box", tabindex: "0", role: "region", "aria-label": "The text" });
    this.box.onclick = (event) => {
      if (event.target.place !== undefined) onPlace(event.target.place);
    };
    this.marked = [];
    this.picked = [];
  }

  setText(text) {
    this.text = text;
    this.spans = new Array(text.n);
    this.marked = [];
    this.picked = [];
    this.box.replaceChildren(...this.blocks());
    this.box.scrollTop = 0;
  }

  /** Sentences in blocks of about the same length, each of one direction. */
  blocks() {
    const { text } = this;
    const made = [];
    let block = null;
    let filled = 0;
    text.sentenceStart.forEach((start, s) => {
      const end = s + 1 < text.sentenceStart.length ? text.sentenceStart[s + 1] : text.n;
      const direction = readsRightToLeft(text.label(start)) ? "rtl" : "ltr";
      if (!block || filled >= BLOCK || block.dir !== direction) {
        block = make("div", { dir: direction });
        made.push(block);
        filled = 0;
      }
      block.append(this.sentence(start, end), make("i", { class: "w2v-wv-end" }), " ");
      filled += end - start;
    });
    return made;
  }

  sentence(from, to) {
    const { text } = this;
    const sentence = make("span", { dir: "auto" });
    let previous = "";
    for (let place = from; place < to; place += 1) {
      const label = text.label(place);
      if (previous && !(UNSPACED.test(previous) && UNSPACED.test(label))) sentence.append(" ");
      const span = /** @type {HTMLSpanElement & { place: number }} */ (document.createElement("span"));
      span.className = "w2v-wv-word";
      if (text.isLeftOut(place)) span.classList.add("w2v-wv-left-out");
      span.textContent = label;
      span.place = place;
      this.spans[place] = span;
      sentence.append(span);
      previous = label;
    }
    return sentence;
  }

  /** Mark window k and bring it into view. */
  mark(k, smooth) {
    for (const span of this.marked) span.classList.remove("w2v-wv-center", "w2v-wv-context");
    const center = this.spans[this.text.centerOf(k)];
    const context = Array.from(this.text.contextOf(k), (place) => this.spans[place]);
    center.classList.add("w2v-wv-center");
    for (const span of context) span.classList.add("w2v-wv-context");
    this.marked = [center, ...context];
    this.bringIntoView(center, smooth);
  }

  /** Scroll this box, never the page. */
  bringIntoView(span, smooth) {
    const { box } = this;
    const [word, frame] = [span.getBoundingClientRect(), box.getBoundingClientRect()];
    const y = word.top - frame.top;
    if (y >= 0.12 * frame.height && y + word.height <= 0.78 * frame.height) return;
    const top = Math.max(0, box.scrollTop + y - 0.36 * frame.height);
    const near = Math.abs(top - box.scrollTop) < frame.height;
    box.scrollTo({ top, behavior: smooth && near ? "smooth" : "instant" });
    if (!near) this.lookAgain(span, LOOKS);
  }

  /** After a leap: how tall the blocks are there turns out now, between two frames, and moves the word away. */
  lookAgain(span, looks) {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (this.marked[0] !== span) return;
        this.bringIntoView(span, false);
        if (looks > 1) this.lookAgain(span, looks - 1);
      }),
    );
  }

  pick(word) {
    for (const span of this.picked) span.classList.remove("w2v-wv-picked");
    this.picked = word === null ? [] : this.text.placesOf(word).map((place) => this.spans[place]);
    for (const span of this.picked) span.classList.add("w2v-wv-picked");
  }
}
