// Reports to Python wait until things are quiet: each makes the page run again, which can get in the way of a press.

const SOON = 120; // ms at rest before Python is told
const LATE = 1500; // the same after a press elsewhere, perhaps on the way to another page
const PRESSES = ["pointerdown", "keydown"];

export class DelayedReport {
  /** send(): tell Python; presses outside `root` make it wait. */
  constructor(root, send) {
    this.root = root;
    this.send = send;
    this.timer = 0;
    this.onPress = (event) => this.pressed(event);
    for (const kind of PRESSES) document.addEventListener(kind, this.onPress, true);
  }

  schedule(after = SOON) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.send();
    }, after);
  }

  scheduleLate() {
    this.schedule(LATE);
  }

  cancel() {
    clearTimeout(this.timer);
    this.timer = 0;
  }

  pressed(event) {
    if (!this.timer || event.composedPath().includes(this.root)) return;
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    this.scheduleLate();
  }

  close() {
    this.cancel();
    for (const kind of PRESSES) document.removeEventListener(kind, this.onPress, true);
  }
}
