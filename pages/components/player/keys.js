// The keys of the player: pressed inside it, or anywhere while nothing on the page has the focus; Space also where the
// focus is left from a click. A text box keeps its keys, and what was reached with the keyboard its Space.
import { TYPED_IN } from "../kit/dom.js";
import { FocusWatch } from "./focus.js";

const PRESSED_BY_SPACE = "button, select, summary, [role=button], input[type=radio], input[type=checkbox]";

const listening = new Set(); // the first one hears the keys of the page

export class Keys {
  /** clock: what most keys move; mapOf() the map, or undefined. */
  constructor(root, clock, mapOf) {
    this.root = root;
    this.clock = clock;
    this.mapOf = mapOf;
    this.held = null; // the key that did something and is still down
    this.focus = new FocusWatch();
    root.addEventListener("keydown", (event) => this.press(event, true));
    this.onPageKey = (event) => this.pressOnPage(event);
    this.onEarlyKey = (event) => this.pressOnWidget(event);
    this.onKeyUp = (event) => this.release(event);
    document.addEventListener("keydown", this.onPageKey);
    document.addEventListener("keydown", this.onEarlyKey, true);
    document.addEventListener("keyup", this.onKeyUp, true);
    listening.add(this);
  }

  /** Whether this is the player that hears the keys of the page. */
  get hears() {
    return listening.values().next().value === this && this.root.clientWidth > 0;
  }

  /** Space on a widget of Streamlit's, which would let nobody else hear it. */
  pressOnWidget(event) {
    const onWidget = event.target !== document.body && event.composedPath()[0] === event.target;
    if (event.key === " " && onWidget && !this.focus.byKeyboard && this.hears) this.press(event, false);
  }

  pressOnPage(event) {
    if (event.defaultPrevented || event.composedPath().includes(this.root) || !this.hears) return;
    const focused = document.activeElement;
    const free =
      !focused
      || focused === document.body
      || focused === document.documentElement
      || focused.matches(".stMain, .stApp, [data-testid='stMain'], [data-testid='stAppViewContainer']");
    if (free || (event.key === " " && !this.focus.byKeyboard)) this.press(event, false);
  }

  press(event, inside) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.composedPath()[0];
    if (target.matches?.(TYPED_IN)) return;
    if (event.key !== " " && target.matches?.("select")) return;
    if (event.key === " " && this.focus.byKeyboard && target.matches?.(PRESSED_BY_SPACE)) return;
    const acts = this.acts(event.shiftKey ? 10 : 1, target.matches?.("input[type=range]"), inside);
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    this.held = event.key;
    if (event.key === " " && event.repeat) return;
    act();
  }

  /** Some browsers press a button only when the key goes up. */
  release(event) {
    if (event.key === " " && this.held === " ") event.preventDefault();
    this.held = null;
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
    document.removeEventListener("keydown", this.onEarlyKey, true);
    document.removeEventListener("keyup", this.onKeyUp, true);
    this.focus.close();
    listening.delete(this);
  }
}
