// Pointer, fingers and wheel on the map: they move the camera, select words, and show the numbers of a word. The wheel
// alone scrolls the page.
import { placeIn, setText } from "../../kit/dom.js";
import { startsOf } from "../../kit/shared_labels.js";
import { tipText } from "./map_tip.js";

const CLICK_SLOP = 5; // px
const TOUCH_SLOP = 12; // px; fingers are less steady
const REACH = 22; // px around a point that count as the point
const FASTEST = 0.25; // logarithm of the zoom of one notch of a wheel

function slopOf(event) {
  return event.pointerType === "touch" ? TOUCH_SLOP : CLICK_SLOP;
}

export class MapPointer {
  /** `map` has canvas, tip, camera, size, items, view(), onChange(), onSelect(id), and what its tip tells. */
  constructor(map) {
    this.map = map;
    this.down = new Map(); // pointer -> where it is
    this.hovered = null; // the place under a pointer that is not down
    this.travelled = 0;
    const { canvas } = map;
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, (event) => this.release(event));
    canvas.addEventListener("pointerleave", () => this.hover(null));
    canvas.addEventListener("touchstart", (event) => keepFromPage(event), { passive: false });
    canvas.addEventListener("touchmove", (event) => keepFromPage(event), { passive: false });
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  press(event) {
    if (event.button > 0) return;
    this.map.canvas.setPointerCapture(event.pointerId);
    this.down.set(event.pointerId, placeIn(this.map.canvas, event));
    this.travelled = this.down.size > 1 ? 99 : 0;
    this.before = { ...this.map.camera.at };
    this.hover(null);
  }

  move(event) {
    const to = placeIn(this.map.canvas, event);
    const from = this.down.get(event.pointerId);
    if (!from) {
      this.hover(to);
      return;
    }
    this.travelled += Math.hypot(to.x - from.x, to.y - from.y);
    const others = [...this.down].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    this.down.set(event.pointerId, to);
    if (others.length === 0 && this.travelled < slopOf(event)) return;
    const { camera, size } = this.map;
    const { scale } = this.map.view();
    const share = others.length ? 0.5 : 1;
    camera.drag(share * (to.x - from.x), share * (to.y - from.y), scale);
    if (others.length) {
      const [other] = others;
      const before = Math.hypot(from.x - other.x, from.y - other.y);
      const after = Math.hypot(to.x - other.x, to.y - other.y);
      if (before > 10 && after > 10) {
        camera.zoomAt((to.x + other.x) / 2, (to.y + other.y) / 2, after / before, size, scale);
      }
    }
    this.map.onChange();
  }

  release(event) {
    const point = this.down.get(event.pointerId);
    this.down.delete(event.pointerId);
    if (point && event.type === "pointercancel" && this.down.size === 0) {
      this.map.camera.at = this.before; // the page took the finger over, to scroll
      this.map.onChange();
    }
    if (!point || event.type === "pointercancel" || this.travelled >= slopOf(event)) return;
    const item = this.itemAt(point);
    if (item) this.map.onSelect(item.id);
  }

  /** Unzoomed, one finger that goes up or down scrolls the page past the map; zoomed in, it moves the map. */
  shareTouch() {
    const { canvas, camera } = this.map;
    const wanted = camera.at.zoom > 1.05 ? "none" : "pan-y";
    if (canvas.style.touchAction !== wanted) canvas.style.touchAction = wanted;
  }

  /** With Ctrl or Cmd; two fingers that are spread on a touchpad are reported as the wheel with Ctrl. */
  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault(); // else the browser makes the whole page larger
    const step = Math.max(-FASTEST, Math.min(FASTEST, event.deltaY / 100));
    const point = placeIn(this.map.canvas, event);
    this.map.camera.zoomAt(point.x, point.y, Math.exp(-step), this.map.size, this.map.view().scale);
    this.map.onChange();
  }

  /** The item under a place on the paper: its point or its name. */
  itemAt(point) {
    let best = null;
    let least = point.y < this.map.size.height ? REACH : 0; // none at the foot
    for (const item of this.map.items) {
      const box = item.label.alpha > 0.5 && item.label.place >= 0 ? item.label.box : null;
      const onName =
        box
        && point.x >= box.x - 2
        && point.x <= box.x + box.w + 2
        && point.y >= box.y - 1
        && point.y <= box.y + box.h + 1;
      const far = Math.min(onName ? 4 : Infinity, Math.hypot(item.x - point.x, item.y - point.y));
      if (far < least) [best, least] = [onName ? wordAt(item, point.x - box.x) : item, far];
    }
    return best;
  }

  hover(point) {
    const { canvas, tip, size } = this.map;
    this.hovered = point;
    const item = point ? this.itemAt(point) : null;
    canvas.style.cursor = item ? "pointer" : "grab";
    tip.classList.toggle("w2v-shown", Boolean(item));
    if (!item) return;
    setText(tip, tipText(this.map, item));
    const left = Math.min(Math.max(4, item.x + 14), size.width - tip.offsetWidth - 4);
    const above = item.y - tip.offsetHeight - 12;
    tip.style.transform = `translate(${left}px, ${above > 4 ? above : item.y + 16}px)`;
  }

  /** Words moved under a pointer that stands still. */
  refresh() {
    if (this.hovered) this.hover(this.hovered);
  }
}

/** Of the words in a name the one at x, from its left end. */
function wordAt(item, x) {
  return startsOf(item).findLast(([, start]) => start <= Math.max(0, x))[0];
}

/** Two fingers are for the map, not for the page. */
function keepFromPage(event) {
  if (event.touches.length > 1 && event.cancelable) event.preventDefault();
}
