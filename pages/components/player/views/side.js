// Beside the map: the guesses over the loss, the guesses over their lines, the ripple, or the vectors; one at a time.
import { make } from "../../kit/dom.js";

/** @type {[string, string, string[], string][]} name, label, views, explanation */
const CHOICES = [
  ["guesses", "Guesses", ["bars", "loss"], "What the model says now, and the loss"],
  ["traces", "Over time", ["bars", "traces"], "What it said of chosen words, over the whole run"],
  ["ripple", "Ripple", ["ripple"], "What one update changes in all of P"],
  ["vectors", "Vectors", ["vectors"], "The numbers: both vectors of each word"],
];

export class Side {
  /** `views` are those of the player, by name; `onChoose` is told what is shown after each choice. */
  constructor(views, onChoose) {
    this.views = views;
    this.onChoose = onChoose;
    this.buttons = make("div", { class: "w2v-segments", role: "group", "aria-label": "What to show beside the map" });
    for (const [name, text, parts, title] of CHOICES) {
      if (!parts.every((part) => views[part])) continue;
      const button = make("button", { type: "button", title, "data-show": name }, text);
      button.onclick = () => this.choose(name);
      this.buttons.append(button);
    }
    const parts = ["bars", "loss", "traces", "ripple", "vectors"].filter((part) => views[part]);
    this.el = make(
      "div",
      { class: "w2v-side" },
      make("div", { class: "w2v-tools" }, this.buttons),
      ...parts.map((part) => views[part].el),
    );
  }

  /** Show one choice; an unknown name means the first. */
  choose(wanted) {
    const [name, , parts] = CHOICES.find(([choice]) => choice === wanted) ?? CHOICES[0];
    this.shown = name;
    this.el.dataset.shown = name;
    for (const button of this.buttons.children) {
      button.setAttribute("aria-pressed", String(button.dataset.show === name));
    }
    for (const part of ["bars", "loss", "traces", "ripple", "vectors"]) {
      if (this.views[part]) this.views[part].el.hidden = !parts.includes(part);
    }
    this.onChoose(name);
  }
}
