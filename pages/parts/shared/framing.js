// The page as a frame in somebody else's page: it says how tall it would like to be, so that this page can make room.
const CONTENT = ".stMainBlockContainer";
const SETTLES = 1000; // ms: what grows so soon after the frame grew has only taken the room it got

export class Framing {
  constructor() {
    this.told = 0;
    this.resized = { at: -SETTLES, width: window.innerWidth };
    this.observer = new ResizeObserver(() => this.look());
    this.onResize = () => {
      if (window.innerWidth === this.resized.width) this.resized.at = performance.now();
      this.resized.width = window.innerWidth;
    };
  }

  /** framed: whether it is one. */
  take(framed) {
    if (!framed || this.content?.isConnected || window.parent === window) return;
    this.content = document.querySelector(CONTENT);
    if (!this.content) return;
    this.observer.observe(this.content);
    window.addEventListener("resize", this.onResize);
  }

  look() {
    const height = Math.ceil(this.content.getBoundingClientRect().height);
    const follows = height > this.told && performance.now() - this.resized.at < SETTLES;
    if (!height || height === this.told || (this.told && follows)) return;
    this.told = height;
    window.parent.postMessage({ type: "w2v-height", height }, "*"); // a number, of which nobody learns anything
  }

  close() {
    this.observer.disconnect();
    window.removeEventListener("resize", this.onResize);
  }
}
