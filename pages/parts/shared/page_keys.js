// The keys of the whole page: P for presentation, Escape to leave it or a guide, and the key by which a guide goes on.
// The guide's keys press its buttons; of presentation Python is told. And the focus goes into a box that a key opens.
import { TYPED_IN } from "../../components/kit/dom.js";

const KEEPS_ITS_KEYS = `${TYPED_IN}, select`;
const PRESSED = "button, a, summary, input, [role=button], [role=option], [role=tab]";
const OPENS_A_BOX = '[data-testid="stPopoverButton"][aria-expanded="false"]';
const BOX = '[data-testid="stPopoverBody"]';
const PATIENCE = 3000; // ms in which a box has come
const OPEN = `${BOX}, [role="dialog"], [role="listbox"]`;

export class PageKeys {
  constructor() {
    this.onKey = (event) => this.press(event);
    this.onLateKey = (event) => this.escape(event);
    this.byKey = false; // the last thing that was done, was done by a key
    this.onPointer = () => {
      this.byKey = false;
    };
    window.addEventListener("pointerdown", this.onPointer, true);
    window.addEventListener("keydown", this.onKey, true); // before those of the player
    window.addEventListener("keydown", this.onLateKey); // after all others
  }

  /** what: {present, framed, guide: {key} or null};  tell(name, value): report to Python. */
  take(what, tell) {
    this.what = { ...what };
    this.tell = tell;
  }

  press(event) {
    this.byKey = true;
    this.wasOpen = Boolean(document.querySelector(OPEN));
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const target = event.composedPath()[0];
    if ((event.key === "Enter" || event.key === " ") && target.matches?.(OPENS_A_BOX)) this.followInto(target);
    if (target.matches?.(KEEPS_ITS_KEYS) || this.wasOpen) return;
    if ((event.key === "p" || event.key === "P") && !this.what.framed) this.present(event, !this.what.present);
    if (event.key !== this.what.guide?.key) return;
    if (target.matches?.(PRESSED) && (event.key === "Enter" || target.matches(":focus-visible"))) return;
    target.blur?.(); // a button that was clicked before is not pressed again
    this.go(event, "guide_on");
  }

  /** It stands at the end of the page, a long way by Tab. Escape closes it and brings the focus back to its button. */
  followInto(button) {
    const until = performance.now() + PATIENCE;
    const look = () => {
      if (document.activeElement !== button || performance.now() > until) return;
      /** @type {HTMLElement | null} */
      const box = document.querySelector(BOX);
      if (!box) return void requestAnimationFrame(look);
      box.tabIndex = -1; // itself, for what is in it may come later
      box.focus({ preventScroll: true });
    };
    requestAnimationFrame(look);
  }

  escape(event) {
    if (event.key !== "Escape" || event.defaultPrevented || this.wasOpen) return;
    const { present, framed, guide } = this.what;
    if (present && !framed) this.present(event, false);
    else if (guide) {
      this.what.guide = null; // as it will be: the next press may come sooner
      this.go(event, "guide_leave");
    }
  }

  present(event, wanted) {
    event.preventDefault();
    this.what.present = wanted; // likewise
    this.tell("turned", { present: wanted, press: Date.now() });
  }

  go(event, name) {
    /** @type {HTMLElement | null} */
    const button = document.querySelector(`.st-key-${name} button`);
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    button.click();
  }

  close() {
    window.removeEventListener("pointerdown", this.onPointer, true);
    window.removeEventListener("keydown", this.onKey, true);
    window.removeEventListener("keydown", this.onLateKey);
  }
}
