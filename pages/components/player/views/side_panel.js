// Beside the map: the guesses over the loss, the guesses over their lines, the ripple, or the vectors; one at a time.
import { make } from "../../kit/dom.js";

/** @type {[string, string, string[], string][]} name, label, views, explanation */
const CHOICES = [
  ["guesses", "Guesses", ["bars", "loss"], "What the model expects now, and how wrong it guesses"],
  ["traces", "Over time", ["bars", "traces"], "What it said of chosen words, over the whole run"],
  ["ripple", "Ripple", ["ripple"], "What one update changes in all of P"],
  ["vectors", "Vectors", ["vectors"], "The numbers: both vectors of each word"],
];
const PARTS = ["bars", "loss", "traces", "ripple", "vectors"];

export class SidePanel {
  /** `views` are those of the player, by name; `onChoose` is called after each choice. */
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
    const parts = PARTS.filter((part) => views[part]);
    this.el = make(
      "div",
      { class: "w2v-side" },
      make("div", { class: "w2v-tools" }, this.buttons),
      ...parts.map((part) => views[part].el),
    );
  }

  /** Show what was chosen last, by this player or the one before. */
  restore() {
    this.choose(window.w2vPanel ?? "guesses");
  }

  /** Show one choice; an unknown name means the first. */
  choose(wanted) {
    const [name, , parts] = CHOICES.find(([choice]) => choice === wanted) ?? CHOICES[0];
    const { bars, traces } = this.views;
    this.shown = name;
    window.w2vPanel = name;
    this.el.dataset.shown = name;
    for (const button of this.buttons.children) {
      button.setAttribute("aria-pressed", String(button.dataset.show === name));
    }
    for (const part of PARTS) if (this.views[part]) this.views[part].el.hidden = !parts.includes(part);
    bars.shapeOf = name === "traces" ? (id) => traces.shapeOf(id) : null;
    this.onChoose();
  }

  /** A bar was clicked: where lines are shown, that of its word comes or goes. Returns whether they are. */
  toggleLine(id) {
    if (this.shown !== "traces") return false;
    this.views.traces.toggle(id);
    return true;
  }
}
