// The page as a frame in somebody else's page: it says how tall it has to be, so that this page can make room. Pictures
// fill what they get, and on their way they are small: it never asks for less than it got at first.
const CONTENT = ".stMainBlockContainer";
const SETTLES = 1000; // ms: what grows so soon after the frame grew may only have taken the room it got
const MOST_AGAIN = 3; // times that it asks for more then

export class Framing {
  constructor() {
    this.told = 0;
    this.given = window.innerHeight;
    this.width = window.innerWidth;
    this.grownAt = -SETTLES;
    this.again = 0;
    this.observer = new ResizeObserver(() => this.look());
    this.onResize = () => this.resize();
  }

  /** framed: whether it is one. */
  take(framed) {
    if (!framed || this.content?.isConnected || window.parent === window) return;
    this.content = document.querySelector(CONTENT);
    if (!this.content) return;
    this.observer.observe(this.content);
    window.addEventListener("resize", this.onResize);
  }

  resize() {
    if (window.innerWidth === this.width) this.grownAt = performance.now();
    else this.again = 0;
    this.width = window.innerWidth;
  }

  look() {
    const height = Math.max(this.given, Math.ceil(this.content.getBoundingClientRect().height));
    if (height === this.told) return;
    if (height > this.told && performance.now() - this.grownAt < SETTLES) {
      this.again += 1;
      if (this.again > MOST_AGAIN) return;
    }
    this.told = height;
    window.parent.postMessage({ type: "w2v-height", height }, "*"); // a number, of which nobody learns anything
  }

  close() {
    this.observer.disconnect();
    window.removeEventListener("resize", this.onResize);
  }
}
