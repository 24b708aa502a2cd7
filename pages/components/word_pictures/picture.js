// What the pictures of Words share: the place, the colors of the page, what is said, and the report of a click.
import { make, setText } from "../kit/dom.js";
import { onSizeChange, readTheme, sameColors } from "../kit/theme.js";

const MOST_CLICKS = 1_000_000_000;
const ORDINARY = 900; // px of a window
const ELSEWHERE = 440; // of these, what all but the picture needs
const TALLEST = 1.3; // times as tall as in such a window
const PRESENTED = { elsewhere: 230, tallest: 2 }; // where the picture stands alone
const SPACE = "http://www.w3.org/2000/svg";

/** Make an element of a drawing: draw("path", { d: "M0 0" }, child, "text"). */
export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A picture has `paint()`, which fills `paper` from `data` for a `width`. */
export class Picture {
  constructor(parent) {
    this.paper = make("div", { class: "w2v-wp-paper", "data-role": "picture" });
    this.readout = make("p", { class: "w2v-wp-said", "data-role": "readout" });
    this.root = make("section", { class: "w2v-words" }, this.readout, this.paper);
    parent.append(this.root);
    this.width = 0;
    this.room = 0; // px of the page; letters in a projector's size leave fewer for `width`
    this.observer = new ResizeObserver(() => {
      if (this.paper.clientWidth !== this.room) this.repaint();
    });
    this.observer.observe(this.paper);
    this.onHeight = () => this.repaint();
    window.addEventListener("resize", this.onHeight);
    this.forgetSize = onSizeChange(() => this.recolor(true));
  }

  /** @returns {void} */
  paint() {}

  /** How much taller or lower than in a window of ordinary height the picture is, so that all of it is in sight. */
  stretch() {
    const alone = document.documentElement.dataset.present !== undefined;
    const { elsewhere, tallest } = alone ? PRESENTED : { elsewhere: ELSEWHERE, tallest: TALLEST };
    const share = (window.innerHeight / this.theme.scale - elsewhere) / (ORDINARY - ELSEWHERE);
    return Math.min(tallest, Math.max(0.68, share));
  }

  /** A drawing as wide as the paper, its letters in the size of the page. */
  sheet(height) {
    const { width } = this;
    const { scale } = this.theme;
    const size = { width: width * scale, height: height * scale, viewBox: `0 0 ${width} ${height}` };
    return draw("svg", { ...size, role: "group", "aria-label": this.data.said });
  }

  receive(data, tell) {
    this.tell = tell;
    this.theme = readTheme(this.root);
    const same = JSON.stringify(data) === JSON.stringify(this.data);
    this.data = data;
    this.root.dataset.kind = data.kind;
    this.root.dataset.t = data.t;
    setText(this.readout, data.said);
    if (!same) this.repaint();
  }

  repaint() {
    if (!this.data) return;
    this.room = this.paper.clientWidth;
    this.width = this.room / this.theme.scale;
    if (!this.width) return;
    const held = this.root.getRootNode().activeElement;
    const word = this.paper.contains(held) ? held.dataset.word : undefined;
    this.paint();
    if (word !== undefined) this.focusOn(word);
  }

  /** Put the focus on a word, or on the first one where it is not there any more: the keyboard goes on from there. */
  focusOn(word) {
    const words = [...this.paper.querySelectorAll(":is(button, [tabindex])[data-word]")];
    const wanted = words.find(({ dataset }) => dataset.word === word) ?? words[0];
    wanted?.focus({ preventScroll: true });
  }

  recolor(always = false) {
    const before = this.theme;
    this.theme = readTheme(this.root);
    if (always || !sameColors(before, this.theme)) this.repaint();
  }

  /** Report what was clicked: a moment, a word, or both. */
  pick({ t = this.data.t, word = null }) {
    this.tell("picked", { run: this.data.name, t, word, command: Date.now() % MOST_CLICKS });
  }

  /** A word that selects itself when it is pressed. */
  word(id, shown, more = "") {
    const button = make("button", { type: "button", class: `w2v-wp-word ${more}`, "data-word": String(id) }, shown);
    button.onclick = () => this.pick({ word: id });
    return button;
  }

  /** A name in a drawing that selects its word when it is pressed; where the drawing hears clicks, keys alone. */
  name(id, shown, attributes, clicks = true) {
    const press = { tabindex: 0, role: "button", "data-word": id };
    const name = draw("text", { ...attributes, ...press }, shown);
    name.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.pick({ word: id });
    };
    if (clicks) name.onclick = () => this.pick({ word: id });
    return name;
  }

  remove() {
    this.observer.disconnect();
    window.removeEventListener("resize", this.onHeight);
    this.forgetSize();
    this.root.remove();
  }
}
