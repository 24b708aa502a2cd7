// The calculation of the active card for the selected row, over the table; it stays in sight while that scrolls.
import { make, setText } from "../kit/dom.js";
import { equationOf } from "./equations.js";

const LATER = "This comes after your answer.";

export class Dock {
  constructor() {
    this.title = make("b", { class: "w2v-up-title" });
    this.caption = make("span");
    this.equation = make("div", {
      class: "w2v-up-equation",
      tabindex: "0",
      role: "region",
      "aria-label": "The calculation for the chosen row",
    });
    this.el = make(
      "div",
      { class: "w2v-up-dock" },
      make("p", { class: "w2v-up-caption" }, this.title, " ", this.caption),
      this.equation,
      make("span", { class: "w2v-up-motion", "aria-hidden": "true" }, "moving"),
    );
  }

  /** number: of the card, which is empty until it is reached. */
  draw(u, { card, number, reached, row, level }) {
    setText(this.title, `${number} ${card.title}.`);
    setText(this.caption, number > u.last ? LATER : level === "words" ? card.plain : card.caption);
    this.equation.replaceChildren(...(reached ? equationOf(u, number, row, level) : []));
    this.equation.dataset.card = number;
    this.equation.dataset.row = row.key;
  }
}
