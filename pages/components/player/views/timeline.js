// A picture over the whole run: moments from left to right, epochs or passes below, and the clock as a line that can be dragged.
import { canvasFont } from "../../kit/theme.js";
import { fitCanvas, make, niceStep, startDrawing } from "../../kit/dom.js";
import { ticksOf } from "../model/record.js";

export const TO_COME = 0.6; // how far that is covered

export class Timeline {
  constructor(name, label, onGoTo) {
    this.onGoTo = onGoTo;
    this.canvas = make("canvas", { role: "img", class: "w2v-canvas w2v-time-canvas" });
    this.box = make("div", { class: "w2v-paper" }, this.canvas);
    this.el = make("section", { class: `w2v-panel w2v-${name}`, "aria-label": label }, this.box);
    this.still = document.createElement("canvas"); // all that does not follow the clock
    const drag = (event) => this.onGoTo(this.momentAt(event), false);
    this.canvas.onpointerdown = (event) => {
      if (event.button > 0) return;
      this.canvas.setPointerCapture(event.pointerId);
      this.dragging = true;
      drag(event);
    };
    this.canvas.onpointermove = (event) => {
      if (this.dragging) drag(event);
    };
    this.canvas.onpointerup = (event) => {
      if (this.dragging) this.onGoTo(this.momentAt(event), true);
      this.dragging = false;
    };
    this.canvas.onpointercancel = () => {
      this.dragging = false;
    };
  }

  setRecord(record) {
    /** @type {RunRecord} */
    this.record = record;
    this.stale = true;
  }

  setTheme(theme) {
    this.theme = theme;
    this.stale = true;
  }

  resize() {
    const changed = fitCanvas(this.canvas, this.box);
    this.stale = this.stale || changed;
    return changed;
  }

  momentAt(event) {
    const x = event.clientX - this.canvas.getBoundingClientRect().left;
    const { left, span } = this.frame;
    return Math.round(Math.min(1, Math.max(0, (x - left) / span)) * this.record.n_steps);
  }

  x(t) {
    return this.frame.left + (t / Math.max(1, this.record.n_steps)) * this.frame.span;
  }

  /** Paper for what stands still, with a margin for the values on the left, and for more before them. */
  startStill(widest, right, before = 0) {
    const { canvas, theme } = this;
    this.still.width = canvas.width;
    this.still.height = canvas.height;
    const { pen, width, height } = startDrawing(this.still);
    const foot = 20 * theme.scale;
    pen.font = canvasFont(theme, 13);
    const left = pen.measureText(widest).width + 12 + before;
    this.frame = {
      left,
      top: 8,
      span: Math.max(10, width - left - right),
      tall: Math.max(10, height - foot - 12),
      width,
      height,
    };
    return pen;
  }

  /** The still part, of which what is to come is covered, in part or wholly; a line where the clock stands. */
  drawClock(t, covered = TO_COME) {
    const { theme, frame } = this;
    const { pen, width, height } = startDrawing(this.canvas);
    pen.drawImage(this.still, 0, 0, width, height);
    const x = this.x(t);
    pen.globalAlpha = covered;
    pen.fillStyle = theme.background;
    pen.fillRect(x, frame.top - 2, frame.left + frame.span - x + 2, frame.tall + 3);
    pen.globalAlpha = 1;
    return { pen, x };
  }

  drawClockLine(pen, x) {
    pen.strokeStyle = this.theme.text;
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.moveTo(x, this.frame.top - 2);
    pen.lineTo(x, this.frame.top + this.frame.tall);
    pen.stroke();
  }

  /** One value on the left, with a thin line across. */
  drawValue(pen, text, y) {
    const { theme, frame } = this;
    pen.fillStyle = theme.muted;
    pen.strokeStyle = theme.grid;
    pen.lineWidth = 1;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    pen.fillText(text, frame.left - 6, y);
    pen.beginPath();
    pen.moveTo(frame.left, Math.round(y) + 0.5);
    pen.lineTo(frame.left + frame.span, Math.round(y) + 0.5);
    pen.stroke();
  }

  drawTicks(pen) {
    const { theme, frame, record } = this;
    pen.fillStyle = theme.muted;
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    const ticks = ticksOf(record);
    const every = Math.max(1, niceStep(ticks.n, frame.span / 60));
    const right = frame.left + frame.span + 6;
    const lastWidth = pen.measureText(ticks.last).width;
    for (let i = 0; i <= ticks.n; i += every) {
      const t = ticks.momentOf(i);
      if (t > record.n_steps) break;
      const x = this.x(t);
      pen.beginPath();
      pen.moveTo(Math.round(x) + 0.5, frame.top + frame.tall);
      pen.lineTo(Math.round(x) + 0.5, frame.top + frame.tall + 4);
      pen.strokeStyle = theme.line;
      pen.stroke();
      if (x > right - lastWidth - 14) continue;
      pen.fillText(ticks.nameOf(i), x, frame.height - 3);
    }
    pen.textAlign = "right";
    pen.fillText(ticks.last, right, frame.height - 3);
  }
}
