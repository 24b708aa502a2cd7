// The table COUNT(c, o): a row for each center word, a column for each context word, filled as the window moves.
import { make } from "../kit/dom.js";
import { counted, whole } from "../kit/format.js";
import { MatrixPicture } from "./matrix_picture.js";

export class MatrixView {
  constructor({ onWord }) {
    this.canvas = make("canvas", { role: "img" });
    this.paper = make("div", { class: "w2v-wv-paper" }, this.canvas);
    this.caption = make("p", { class: "w2v-wv-caption" });
    this.remark = make("span", { class: "w2v-wv-note" });
    this.el = make(
      "section",
      { class: "w2v-wv-counts" },
      make("div", { class: "w2v-wv-head" }, make("h2", {}, "Counts"), this.remark),
      this.paper,
      this.caption,
    );
    this.picture = new MatrixPicture(this.canvas, this.paper);
    this.hover = null;
    this.canvas.onpointermove = this.canvas.onpointerdown = (event) => this.point(event);
    this.canvas.onpointerleave = () => this.setHover(null);
    this.canvas.onclick = (event) => {
      const found = this.picture.find(event);
      if (found.label !== undefined) onWord(found.label);
    };
  }

  setText(text, table) {
    this.text = text;
    this.table = table;
    this.hover = null;
    const n = text.labels.length;
    this.remark.textContent =
      table.size < n ? `the ${table.size} most frequent of ${counted(n, "word")}` : "row: center, column: context";
    this.picture.setText(text.labels, table);
  }

  draw(k, picked, theme) {
    this.last = [k, picked, theme];
    this.table.moveTo(k);
    const { text } = this;
    const c = text.tokens[text.centerOf(k)];
    const now = { c, os: new Set(Array.from(text.contextOf(k), (place) => text.tokens[place])) };
    this.picture.draw(theme, now, picked, this.hover);
    this.say(k, now);
  }

  /** One line: the cell under the pointer, or the cells just counted. */
  say(k, now) {
    const { text } = this;
    if (this.hover) {
      const { c, o } = this.hover;
      const end = text.countUntil(text.nWindows - 1, c, o);
      const so_far = this.countParts(c, o, this.table.count(c, o));
      this.write(k < text.nWindows - 1 ? [...so_far, ["w2v-wv-note", ` so far, ${whole(end)} at the end`]] : so_far);
    } else {
      const parts = [
        ["", "COUNT("],
        ["w2v-wv-c", text.labels[now.c]],
        ["", ", \u00b7):"],
      ];
      for (const o of now.os) {
        parts.push(["", parts.length > 3 ? ", " : " "], ["w2v-wv-o", text.labels[o]]);
        parts.push(["", ` ${whole(text.countUntil(k, now.c, o))}`]);
      }
      if (now.c >= this.table.size) parts.push(["w2v-wv-note", "  (outside the table)"]);
      this.write(parts);
    }
  }

  countParts(c, o, count) {
    const { labels } = this.text;
    return [
      ["", "COUNT("],
      ["w2v-wv-c", labels[c]],
      ["", ", "],
      ["w2v-wv-o", labels[o]],
      ["", `) = ${whole(count)}`],
    ];
  }

  write(parts) {
    const key = parts.map(([, words]) => words).join("\u0000");
    if (key === this.written) return;
    this.written = key;
    this.caption.replaceChildren(
      ...parts.map(([name, words]) => (name === "" ? words : make("bdi", { class: name }, words))),
    );
    this.canvas.setAttribute("aria-label", `Table of counts. ${this.caption.textContent}`);
  }

  point(event) {
    const found = this.picture.find(event);
    this.canvas.style.cursor = found.label !== undefined ? "pointer" : "default";
    this.setHover(found.c !== undefined ? found : null);
  }

  setHover(cell) {
    if (cell?.c === this.hover?.c && cell?.o === this.hover?.o) return;
    this.hover = cell;
    if (this.last) this.draw(...this.last);
  }
}
