// Passages side by side; what is known of a word stands below its passage while it is pointed at or focused.
import { readsRightToLeft } from "../kit/direction.js";
import { make, setText } from "../kit/dom.js";
import { mounting } from "../kit/mounting.js";
import { readTheme, sameColors } from "../kit/theme.js";

class PassagesView {
  constructor(parent) {
    this.columns = make("div", { class: "w2v-ps-columns" });
    this.root = make("div", { class: "w2v-passages" }, this.columns);
    parent.append(this.root);
  }

  /** @param {PassagesRecord} record */
  receive(record) {
    const said = JSON.stringify(record);
    if (said !== this.said) {
      this.said = said;
      this.columns.replaceChildren(...record.columns.map((column) => new Passage(column).el));
    }
    this.theme = readTheme(this.root);
  }

  recolor() {
    if (!sameColors(this.theme, readTheme(this.root))) this.theme = readTheme(this.root);
  }

  remove() {
    this.root.remove();
  }
}

/** One passage: its words are one stop of the Tab key, the arrow keys go from word to word. */
class Passage {
  /** @param {PassageColumn} column */
  constructor(column) {
    this.words = column.words;
    this.detail = make("p", { class: "w2v-ps-detail", "aria-live": "polite" });
    this.buttons = column.words.map((word, i) => this.button(word, i));
    const begins = column.words.map(({ word }) => word).join(" ");
    this.flow = readsRightToLeft(begins) ? -1 : 1; // 1: the next word stands to the right
    const dir = this.flow < 0 ? "rtl" : "ltr";
    const text = make("div", { class: "w2v-ps-text", role: "group", "aria-label": column.title, dir });
    column.words.forEach((word, i) => {
      if (!word.ends) text.append(make("span", { class: "w2v-ps-unit" }, this.buttons[i]));
      else (text.lastElementChild ?? text).append(this.buttons[i], make("br")); // an end never begins a line
    });
    text.onkeydown = (event) => this.key(event);
    this.el = make(
      "section",
      { class: "w2v-ps-column" },
      make("h3", {}, column.title),
      make("p", { class: "w2v-ps-by" }, column.by),
      text,
      make("p", { class: "w2v-ps-said" }, column.said),
      this.detail,
    );
    if (column.words.length) this.choose(Math.min(column.first, column.words.length - 1));
  }

  button(word, i) {
    const kind = `w2v-ps-word${word.copied ? " w2v-ps-copied" : ""}${word.begins ? " w2v-ps-begins" : ""}`;
    const share = make("small", {}, word.share);
    const button = make("button", { type: "button", class: kind, tabindex: "-1" }, make("bdi", {}, word.word), share);
    button.onfocus = button.onpointerenter = () => this.choose(i);
    return button;
  }

  choose(i) {
    this.buttons[this.chosen]?.setAttribute("tabindex", "-1");
    this.buttons[this.chosen]?.classList.remove("w2v-ps-chosen");
    this.chosen = i;
    this.buttons[i].setAttribute("tabindex", "0");
    this.buttons[i].classList.add("w2v-ps-chosen");
    setText(this.detail, this.words[i].says);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.words.length - 1;
    const [right, left] = [this.chosen + this.flow, this.chosen - this.flow];
    const to = { ArrowRight: right, ArrowLeft: left, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // these keys move the clock elsewhere
    this.buttons[Math.max(0, Math.min(last, to))].focus();
  }
}

export const mountPassages = mounting((place) => new PassagesView(place));
