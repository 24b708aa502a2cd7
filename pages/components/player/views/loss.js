// The loss from the first update to the last, between guessing and the floor that no model can get below.
import { canvasFont } from "../../kit/theme.js";
import { niceStep } from "../../kit/dom.js";
import { threeDigits } from "../../kit/format.js";
import { wayInWords } from "../model/record.js";
import { Timeline } from "./timeline.js";

export class LossPicture extends Timeline {
  constructor({ onGoTo }) {
    super("loss", "Loss", onGoTo);
  }

  setRecord(record) {
    super.setRecord(record);
    this.range = this.measureRange();
  }

  /** From the floor to guessing, with all of the mean curve. */
  measureRange() {
    const { goal, curve_loss: curve } = this.record;
    const aside = finite(this.record.heldout_loss);
    let low = Math.min(goal.floor, ...finite(curve), ...aside);
    let high = Math.max(goal.guess, ...finite(curve), ...aside, goal.unigram ?? -Infinity);
    const margin = 0.1 * (high - low) || 0.5;
    low = low < margin ? 0 : low - margin;
    high += 2 * margin; // the name of the uppermost line stands above it
    return { low, high };
  }

  y(loss) {
    const { low, high } = this.range;
    const share = (high - Math.min(high * 2, loss)) / (high - low);
    return this.frame.top + Math.min(1, Math.max(0, share)) * this.frame.tall;
  }

  draw(scene) {
    if (this.el.hidden) return;
    if (this.stale) this.drawStill();
    const { theme, record } = this;
    const { loss } = scene;
    const { pen, x } = this.drawClock(scene.t);
    this.drawReferences(pen);
    this.drawClockLine(pen, x);
    pen.fillStyle = theme.text;
    pen.strokeStyle = theme.background;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(x, this.y(loss), 5.5, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
    const text = `${wayInWords(record, loss)}, loss ${threeDigits(loss)} nats per pair.`;
    if (!scene.playing) this.canvas.setAttribute("aria-label", text);
  }

  drawStill() {
    const { theme, range } = this;
    const step = niceStep(range.high - range.low, Math.max(2, this.box.clientHeight / 45));
    const pen = this.startStill(tickText(range.high, step), 8);
    for (let loss = Math.ceil(range.low / step) * step; loss <= range.high; loss += step) {
      this.drawValue(pen, tickText(loss, step), this.y(loss));
    }
    this.drawTicks(pen);
    if (this.record.losses) this.drawUpdates(pen, theme.noise);
    this.drawCurve(pen, this.record.curve_loss, theme.text);
    if (this.record.heldout_loss) this.drawAside(pen);
    if (this.record.stopped) this.drawStop(pen);
    this.stale = false;
  }

  /** Every update's own loss: lowest and highest in each column of pixels. */
  drawUpdates(pen, color) {
    const { losses, n_steps: nSteps } = this.record;
    const { left, span } = this.frame;
    pen.strokeStyle = color;
    pen.lineWidth = 1;
    pen.beginPath();
    if (nSteps <= span * 2) {
      for (let t = 0; t < nSteps; t += 1) pen.lineTo(this.x(t + 0.5), this.y(losses[t]));
    } else {
      for (let column = 0; column < span; column += 1) {
        const from = Math.floor((column / span) * nSteps);
        const to = Math.min(nSteps, Math.max(from + 1, Math.floor(((column + 1) / span) * nSteps)));
        let [low, high] = [Infinity, -Infinity];
        for (let t = from; t < to; t += 1) {
          if (losses[t] < low) low = losses[t];
          if (losses[t] > high) high = losses[t];
        }
        pen.moveTo(left + column + 0.5, this.y(low) + 0.5);
        pen.lineTo(left + column + 0.5, this.y(high) - 0.5);
      }
    }
    pen.stroke();
  }

  /** The loss on sentences kept aside: dotted, with its name where there is room. */
  drawAside(pen) {
    const { theme, frame, record } = this;
    const { curve_t: at, heldout_loss: loss } = record;
    pen.setLineDash([2, 4]);
    this.drawCurve(pen, loss, theme.text);
    pen.setLineDash([]);
    const last = loss.length - 1;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    pen.lineWidth = 4;
    pen.strokeStyle = theme.background;
    const x = Math.min(this.x(at[last]), frame.left + frame.span) - 2;
    const below = this.y(loss[last]) - this.y(record.goal.unigram); // the name of that line stands above it
    const under = below > -10 && below < 30;
    const y = this.y(loss[last]) + (under ? 14 : -12);
    for (const draw of ["strokeText", "fillText"]) {
      pen.fillStyle = theme.text;
      pen[draw](`kept aside ${threeDigits(loss[last])} (guess there ${threeDigits(record.goal.heldout_guess)})`, x, y);
    }
  }

  drawCurve(pen, loss, color) {
    const { curve_t: at, n_steps: nSteps } = this.record;
    pen.strokeStyle = color;
    pen.lineWidth = 2.5;
    pen.lineJoin = "round";
    pen.beginPath();
    for (let i = 0; i < at.length && at[i] <= nSteps; i += 1) {
      if (Number.isFinite(loss[i])) pen.lineTo(this.x(at[i]), this.y(loss[i]));
    }
    pen.stroke();
  }

  /** Three dashed lines with their names, kept apart. */
  drawReferences(pen) {
    const { theme, frame } = this;
    const { uniform, unigram, floor } = this.record.goal;
    const right = frame.left + frame.span;
    const lines = [
      ["guess, all words alike", uniform],
      ["guess by word frequency", unigram],
      ["floor", floor],
    ];
    pen.font = canvasFont(theme, 13);
    pen.textBaseline = "middle";
    let lowest = -Infinity;
    for (const [name, loss] of lines) {
      if (loss === null || loss === undefined) continue;
      const y = this.y(loss);
      pen.strokeStyle = theme.line;
      pen.lineWidth = 1.25;
      pen.setLineDash([5, 4]);
      pen.beginPath();
      pen.moveTo(frame.left, y);
      pen.lineTo(right, y);
      pen.stroke();
      pen.setLineDash([]);
      const isFloor = name === "floor";
      const free = isFloor || y - 9 > lowest + 14; // above its line
      const at = free ? y - 9 : Math.max(y + 10, lowest + 15);
      if (isFloor && at < lowest + 14 && frame.span < 300) continue;
      if (!isFloor) lowest = at;
      pen.textAlign = isFloor ? "left" : "right"; // where the curve is not
      const x = isFloor ? frame.left + 6 : right - 2;
      const text = `${name} ${threeDigits(loss)}`;
      pen.lineWidth = 4;
      pen.lineJoin = "round";
      pen.strokeStyle = theme.background;
      pen.strokeText(text, x, at);
      pen.fillStyle = theme.muted;
      pen.fillText(text, x, at);
    }
  }

  drawStop(pen) {
    const x = this.x(this.record.stopped.at);
    pen.strokeStyle = this.theme.context;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.moveTo(x, this.frame.top);
    pen.lineTo(x, this.frame.top + this.frame.tall);
    pen.stroke();
  }
}

function finite(values) {
  return Array.from(values || []).filter(Number.isFinite);
}

function tickText(value, step) {
  return value.toFixed(step >= 1 ? 0 : Math.min(3, Math.ceil(-Math.log10(step))));
}
