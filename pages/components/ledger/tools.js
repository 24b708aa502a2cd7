// The tools over the ledger: slow motion, one step on or back, everything at once, and the level of detail.
import { make, setText } from "../kit/dom.js";
import { LAST, PACES, REST } from "./steps.js";

export class Tools {
  constructor(steps, levelChoice) {
    this.steps = steps;
    this.past = false; // whether another update is under way
    this.ofLast = false; // whether none follows
    this.slow = button("slow", "", () => (steps.playing ? steps.stop() : steps.play()), "Slow motion");
    this.slow.classList.add("w2v-up-slow");
    this.pace = make("select", { "aria-label": "Speed of slow motion", "data-do": "pace" });
    for (const [name, label] of PACES) this.pace.append(make("option", { value: name }, label));
    this.pace.value = steps.pace;
    this.pace.onchange = () => steps.setPace(this.pace.value);
    this.everything = button("all", "", () => steps.go(REST), "Show all");
    this.counter = make("span", { class: "w2v-up-counter" });
    this.el = make(
      "div",
      { class: "w2v-up-tools" },
      this.slow,
      this.pace,
      button("previous", "Previous step", () => steps.previous(), "\u2039 Previous"),
      button("next", "Next step", () => steps.next(), "Next \u203a"),
      this.everything,
      this.counter,
      levelChoice.el,
    );
  }

  draw() {
    const { at, playing, waits, last } = this.steps;
    setText(this.slow, playing ? "Stop" : "Slow motion");
    const on = waits ? ", Space goes on" : "";
    const all = this.ofLast ? "the last update" : `all ${LAST} cards`;
    const cards = last < LAST ? `${last} of ${LAST} cards` : all;
    const shown = at === REST ? cards : `step ${at} of ${last}${on}`;
    setText(this.counter, this.past ? "pause to see it" : shown);
    this.everything.setAttribute("aria-disabled", String(at === REST));
  }
}

function button(name, label, act, ...inside) {
  const named = label ? { "aria-label": label } : {};
  const made = make("button", { type: "button", "data-do": name, ...named }, ...inside);
  made.onclick = act;
  return made;
}
