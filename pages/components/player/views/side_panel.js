// Beside the map: the guesses over the loss, the guesses over their lines, the ripple, or the vectors; one at a time.
import { make } from "../../kit/dom.js";

/** @type {[string, string, string[], string][]} name, label, views, explanation */
const CHOICES = [
  ["guesses", "Guesses", ["bars", "loss"], "What the model expects now, and how wrong it guesses"],
  ["bars", "Guesses", ["bars"], "What the model expects now"],
  ["loss", "Loss", ["loss"], "How wrong its guesses are"],
  ["traces", "Over time", ["bars", "traces"], "What it said of chosen words, over the whole run"],
  ["ripple", "Ripple", ["ripple"], "What one update changes in all of P"],
  ["vectors", "Vectors", ["vectors"], "The numbers: the vectors of each word"],
  ["why", "Why here?", ["why"], "Why the chosen word stands where it does"],
];
const PARTS = ["bars", "loss", "traces", "ripple", "vectors", "why"];
const INSIDE = { bars: "guesses", loss: "guesses" }; // offered only where there is not also the choice that holds them

/** The choices that these views, by name, can show. */
function choicesOf(views) {
  const possible = CHOICES.filter(([, , parts]) => parts.every((part) => views[part]));
  const names = possible.map(([name]) => name);
  return possible.filter(([name]) => !names.includes(INSIDE[name]));
}

export class SidePanel {
  /** `views` are those of the player, by name; `onChoose` is called after each choice. */
  constructor(views, onChoose) {
    this.views = views;
    this.onChoose = onChoose;
    this.buttons = make("div", { class: "w2v-segments", role: "group", "aria-label": "What to show beside the map" });
    this.choices = choicesOf(views);
    for (const [name, text, , title] of this.choices) {
      const button = make("button", { type: "button", title, "data-show": name }, text);
      button.onclick = () => {
        window.w2vPanel = name;
        this.choose(name);
      };
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

  /** Whether these views, by name, need a panel: there is more than one thing to choose. */
  static hasChoice(views) {
    return choicesOf(views).length > 1;
  }

  /** Show what was chosen last by hand, in this player or the one before. */
  restore() {
    this.choose(window.w2vPanel);
  }

  /** A word was chosen at rest: its card, unless something else was chosen by hand. */
  answer() {
    if (!this.choices.some(([name]) => name === window.w2vPanel) && this.views.why) this.choose("why");
  }

  /** Show one choice; an unknown name means the first. */
  choose(wanted) {
    const [name, , parts] = this.choices.find(([choice]) => choice === wanted) ?? this.choices[0];
    if (name === this.shown) return;
    const { bars, traces } = this.views;
    this.shown = name;
    this.el.dataset.shown = name;
    for (const button of this.buttons.children) {
      button.setAttribute("aria-pressed", String(button.dataset.show === name));
    }
    for (const part of PARTS) if (this.views[part]) this.views[part].el.hidden = !parts.includes(part);
    if (bars) bars.shapeOf = name === "traces" ? (id) => traces.shapeOf(id) : null;
    this.onChoose();
  }

  /** A bar was clicked: where lines are shown, that of its word comes or goes. Returns whether they are. */
  toggleLine(id) {
    if (this.shown !== "traces") return false;
    this.views.traces.toggle(id);
    return true;
  }
}
