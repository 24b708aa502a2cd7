// The keys of the ledger: from row to row, from card to card; Space, where slow motion waits for it; and Escape, which
// ends slow motion and steps.
import { LAST, REST } from "./steps.js";

export class Keys {
  /** on: moveBy(rows), activate(card), activeCard(), rowsInSight(). */
  constructor(root, steps, on) {
    this.root = root;
    this.steps = steps;
    this.on = on;
    this.onEscape = (event) => this.escape(event);
    document.addEventListener("keydown", this.onEscape);
    this.onSpace = (event) => this.space(event);
    document.addEventListener("keydown", this.onSpace, true); // before the player, which would play
    root.addEventListener("keydown", (event) => this.press(event));
  }

  escape(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (this.steps.playing) this.steps.stop();
    else if (this.steps.at !== REST && event.composedPath().includes(this.root)) this.steps.go(REST);
    else return;
    event.preventDefault();
  }

  space(event) {
    if (event.key !== " " || event.defaultPrevented || !this.steps.waits) return;
    const target = event.composedPath()[0];
    if (target.matches("textarea, select, input, [contenteditable]")) return;
    if (target.matches("button:focus-visible, a:focus-visible") && !target.matches('[data-do="slow"]')) return;
    event.preventDefault();
    if (!event.repeat) this.steps.goOn();
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const row = event.composedPath()[0].closest?.(".w2v-up-row");
    if (!row) return;
    const { moveBy, activate, activeCard, rowsInSight } = this.on;
    const acts = {
      ArrowDown: () => moveBy(1),
      ArrowUp: () => moveBy(-1),
      PageDown: () => moveBy(rowsInSight()),
      PageUp: () => moveBy(-rowsInSight()),
      Home: () => moveBy(-Infinity),
      End: () => moveBy(Infinity),
      ArrowRight: () => activate(Math.min(LAST, activeCard() + 1)),
      ArrowLeft: () => activate(Math.max(1, activeCard() - 1)),
      Enter: () => activate(2),
      " ": () => activate(2),
    };
    if (!Object.hasOwn(acts, event.key) || row.classList.contains("w2v-up-headrow")) return;
    event.preventDefault();
    acts[event.key]();
  }

  close() {
    document.removeEventListener("keydown", this.onEscape);
    document.removeEventListener("keydown", this.onSpace, true);
  }
}
