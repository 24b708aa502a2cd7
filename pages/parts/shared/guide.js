// What a guide does to a page: it opens what a step is about by pressing it, brings it into view, and rings it.

const LOOK_AGAIN = 150; // ms between two searches: parts come a moment after the page, and go with it
const ROOM = 16; // px below a part that is brought into view: its ring needs 12
const CLIPS = /auto|scroll|hidden|clip/;
const ANSWER = ".st-key-guide_answer input:not([disabled])"; // what one answers a question of a lesson with
const ANSWERED_IN_BARS = ".st-key-guide_answer"; // where they stand, in a component
const BARS = ".w2v-gs-track";
const CHOSEN = ':checked, [aria-pressed="true"]';

export class Guide {
  /** isByKey(): whether the last thing that was done was done by a key. */
  constructor(isByKey) {
    this.isByKey = isByKey;
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.ring = document.createElement("div");
    this.ring.className = "w2v-ring";
    this.ring.setAttribute("aria-hidden", "true");
    this.ring.hidden = true;
    this.found = [];
    this.frame = 0;
  }

  /** step: {id, presses: selectors in their order, part: selector, ring: whether to draw one}, or null. */
  take(step) {
    const other = step?.id !== this.step?.id;
    if (other) this.waiting = step ? [...step.presses] : [];
    if (other || step?.ring !== this.step?.ring) this.inView = false;
    this.step = step;
    this.lookedAt = 0;
    this.recolor();
    if (step && !this.frame) this.draw();
    if (!step) this.close();
  }

  close() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.ring.remove();
  }

  draw() {
    this.frame = requestAnimationFrame((now) => {
      if (now - this.lookedAt > LOOK_AGAIN) {
        this.lookedAt = now;
        this.look();
      }
      this.place();
      this.draw();
    });
  }

  look() {
    const { step } = this;
    this.focusAnswer();
    const [next] = this.waiting;
    const button = next && everywhere(next).find(isShown);
    if (button) {
      this.waiting.shift();
      if (!button.matches(CHOSEN)) button.click();
    }
    this.found = step.part ? everywhere(step.part).filter(isShown) : [];
    if (this.inView || this.waiting.length || !this.found.length) return;
    this.inView = true;
    this.found[0].style.scrollMarginBottom = `${ROOM}px`;
    this.found[0].scrollIntoView({ block: "nearest", behavior: this.calm.matches ? "instant" : "smooth" });
  }

  /** Whoever goes on by keys finds the question at once: where the page has turned, the focus would begin at its top. */
  focusAnswer() {
    /** @type {HTMLElement | null} */
    const answer = document.querySelector(ANSWER) ?? (document.querySelector(ANSWERED_IN_BARS) && everywhere(BARS)[0]);
    if (answer && document.activeElement === document.body && this.isByKey()) answer.focus({ preventScroll: true });
  }

  /** Draw the ring around all that belongs to the part, as far as it is in sight. */
  place() {
    const { ring, step } = this;
    const boxes = step.ring ? this.found.map(visibleBox).filter(Boolean) : [];
    ring.hidden = !boxes.length;
    if (ring.hidden) return;
    if (!ring.isConnected) document.body.append(ring);
    const left = Math.min(...boxes.map((box) => box.left));
    const top = Math.min(...boxes.map((box) => box.top));
    const right = Math.max(...boxes.map((box) => box.right));
    const bottom = Math.max(...boxes.map((box) => box.bottom));
    ring.style.cssText = `left:${left - 6}px;top:${top - 6}px;width:${right - left + 12}px;height:${bottom - top + 12}px`;
    this.recolor();
  }

  /** Text and paper of the page, light or dark: the ring has the one color that means nothing else. */
  recolor() {
    const { color, backgroundColor } = getComputedStyle(document.querySelector(".stApp") ?? document.body);
    this.ring.style.color = color;
    document.documentElement.style.setProperty("--w2v-paper", backgroundColor);
  }
}

/** All elements that a selector means, in the page and in its components. */
function everywhere(selector) {
  const roots = [document, ...[...document.querySelectorAll("*")].map((element) => element.shadowRoot).filter(Boolean)];
  return roots.flatMap((root) => [...root.querySelectorAll(selector)]);
}

function isShown(element) {
  return element.getClientRects().length > 0;
}

/** What of an element is in sight, inside all that cuts it off; null when nothing is. */
function visibleBox(element) {
  let { left, top, right, bottom } = element.getBoundingClientRect();
  for (let around = parentOf(element); around instanceof Element; around = parentOf(around)) {
    if (!CLIPS.test(getComputedStyle(around).overflow)) continue;
    const box = around.getBoundingClientRect();
    [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
    [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
  }
  return right > left && bottom > top ? { left, top, right, bottom } : null;
}

function parentOf(element) {
  return element.parentElement ?? element.getRootNode().host;
}
