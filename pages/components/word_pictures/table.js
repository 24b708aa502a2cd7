// A table of cosines: each word with each other, the closer the darker.
import { make } from "../kit/dom.js";
import { Picture } from "./picture.js";

const MOST_INK = 55; // percent of the color, on which the number can still be read

export class TablePicture extends Picture {
  paint() {
    const { words, cosines } = this.data;
    const head = words.map(({ word, shown }) => make("th", { scope: "col" }, this.word(word, shown)));
    const rows = words.map(({ word, shown }, i) => {
      const cells = cosines[i].map((cosine, j) => this.cell(cosine, i === j));
      return make("tr", {}, make("th", { scope: "row" }, this.word(word, shown)), ...cells);
    });
    const table = make(
      "table",
      { "aria-label": this.data.said },
      make("thead", {}, make("tr", {}, make("td"), ...head)),
      make("tbody", {}, ...rows),
    );
    this.paper.replaceChildren(make("div", { class: "w2v-wp-wide", tabindex: "0" }, table));
  }

  cell(cosine, itself) {
    if (itself) return make("td", { class: "w2v-wp-itself" }, "1");
    const shown = cosine
      .toFixed(2)
      .replace(/^-(?!0\.00)/, "\u2212")
      .replace("-", "");
    const cell = make("td", { class: cosine < 0 ? "w2v-wp-against" : "w2v-wp-same" }, shown);
    cell.style.setProperty("--share", `${Math.round(MOST_INK * Math.min(1, Math.abs(cosine)))}%`);
    return cell;
  }
}
