// The keys of the player: pressed inside it, or anywhere while nothing on the page has the focus.

const listening = new Set(); // the first one hears the keys of the page

export class Keys {
  /** clock: what most keys move; mapOf() the map, or undefined. */
  constructor(root, clock, mapOf) {
    this.root = root;
    this.clock = clock;
    this.mapOf = mapOf;
    root.addEventListener("keydown", (event) => this.press(event, true));
    this.onPageKey = (event) => this.pressOnPage(event);
    document.addEventListener("keydown", this.onPageKey);
    listening.add(this);
  }

  pressOnPage(event) {
    if (event.defaultPrevented || event.composedPath().includes(this.root)) return;
    if (listening.values().next().value !== this || !this.root.clientWidth) return;
    const focused = document.activeElement;
    const free =
      !focused
      || focused === document.body
      || focused === document.documentElement
      || focused.matches(".stMain, .stApp, [data-testid='stMain'], [data-testid='stAppViewContainer']");
    if (free) this.press(event, false);
  }

  press(event, inside) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0];
    if (target.matches?.("textarea, select, [contenteditable], input:not([type=range])")) return;
    if (event.key === " " && target.matches?.("button")) return; // space presses the button that has the focus
    const acts = this.acts(event.shiftKey ? 10 : 1, target.matches?.("input[type=range]"), inside);
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    if (event.key === " " && event.repeat) return;
    act();
  }

  acts(far, onRange, inside) {
    const { clock } = this;
    const acts = {
      " ": () => clock.toggle(),
      ArrowLeft: () => clock.stepBy(-far),
      ArrowRight: () => clock.stepBy(far),
      Home: () => clock.goTo(0),
      End: () => clock.goTo(clock.last),
    };
    if (onRange) {
      acts.ArrowDown = acts.ArrowLeft;
      acts.ArrowUp = acts.ArrowRight;
    }
    const map = inside ? this.mapOf() : null;
    if (map) {
      acts["+"] = acts["="] = () => map.zoomBy(1.4);
      acts["-"] = () => map.zoomBy(1 / 1.4);
      acts["0"] = () => map.resetView();
    }
    return acts;
  }

  close() {
    document.removeEventListener("keydown", this.onPageKey);
    listening.delete(this);
  }
}
