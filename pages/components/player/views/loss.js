// The loss from the first update to the last, between guessing and the floor that no model can get below.
import { make, niceStep } from "../../kit/dom.js";
import { threeDigits } from "../../kit/format.js";
import { term } from "../../kit/terms.js";
import { hasUpdates, inNumbers, wayInWords } from "../model/record.js";
import { drawAxisName, drawReferences } from "./loss_lines.js";
import { Timeline, TO_COME } from "./timeline.js";

const ALL_OF_IT = ["curve", "mean", "the line is the mean over all pairs of the text"];
const EACH = ["band", "update", "the grey band shows each update by itself"];
const ASIDE = ["dots", "kept aside", "the dotted line is of sentences it does not learn from"];
const MEANING =
  "How surprised the model is by the words that really stand near: lower is better. It begins near guessing, and no "
  + "model can get below the lowest dashed line on this text, since several words can stand near a word. Here ";

const TITLES = ["How wrong it guesses", ": how wrong it is"];
const RISE = 0.002; // nats
const AXIS = 16; // px for the name of the upright axis

export class LossPicture extends Timeline {
  constructor({ onGoTo }) {
    super("loss", "Loss", onGoTo);
    this.title = make("h2", { class: "w2v-title" });
    this.legend = make("span", { class: "w2v-keys", "data-role": "legend" });
    this.el.prepend(make("div", { class: "w2v-loss-head" }, this.title, this.legend));
  }

  setRecord(record) {
    super.setRecord(record);
    this.range = this.measureRange();
    this.numbers = inNumbers(record);
    this.title.replaceChildren(this.numbers ? term("loss", "Loss") : "", TITLES[Number(this.numbers)]);
    this.el.setAttribute("aria-label", this.title.textContent);
    const keys = [...(hasUpdates(record) ? [EACH] : []), ALL_OF_IT, ...(this.hasAside() ? [ASIDE] : [])];
    if (record.before_t) keys.push(["dashes", record.before_name, `the dashed grey line is ${record.before_means}`]);
    this.legend.replaceChildren(
      ...keys.map(([mark, name]) => make("span", {}, make("i", { class: `w2v-key-${mark}` }), name)),
    );
    this.box.title = `${MEANING}${keys.map(([, , meaning]) => meaning).join("; ")}.`;
  }

  /** Whether the loss on sentences kept aside is drawn: in words only where it falls, since a rise needs explaining. */
  hasAside() {
    const { heldout_loss: loss, live } = this.record;
    if (!loss || inNumbers(this.record)) return Boolean(loss);
    return !live && loss.at(-1) <= Math.min(...loss) + RISE;
  }

  /** From the floor to guessing, with all of the mean curve. */
  measureRange() {
    const { goal, curve_loss: curve } = this.record;
    const aside = this.hasAside() ? finite(this.record.heldout_loss) : [];
    const drawn = [...finite(curve), ...aside, ...finite(this.record.before_loss)];
    let low = Math.min(goal.floor, ...drawn);
    let high = Math.max(goal.guess, ...drawn, goal.unigram ?? -Infinity);
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
    const { pen, x } = this.drawClock(scene.t, record.keeps_back ? 1 : TO_COME);
    if (record.before_t) this.drawBefore(pen);
    drawReferences(pen, this);
    this.drawClockLine(pen, x);
    pen.fillStyle = theme.text;
    pen.strokeStyle = theme.background;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(x, this.y(loss), 5.5, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
    const text = `${wayInWords(record, loss)}${this.numbers ? `, loss ${threeDigits(loss)} nats per pair` : ""}.`;
    if (!scene.playing) this.canvas.setAttribute("aria-label", text);
  }

  drawStill() {
    const { theme, range } = this;
    const step = niceStep(range.high - range.low, Math.max(2, this.box.clientHeight / 45));
    const pen = this.startStill(this.numbers ? tickText(range.high, step) : "", 8, AXIS * theme.scale);
    for (let loss = Math.ceil(range.low / step) * step; this.numbers && loss <= range.high; loss += step) {
      this.drawValue(pen, tickText(loss, step), this.y(loss));
    }
    drawAxisName(pen, this, this.numbers ? "nats" : "wrong \u2192");
    this.drawTicks(pen);
    if (this.record.losses) this.drawUpdates(pen, theme.noise);
    this.drawCurve(pen, this.record.curve_loss, theme.text);
    if (this.hasAside()) this.drawAside(pen);
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
    const guess = threeDigits(record.goal.heldout_guess);
    const name = this.numbers ? `kept aside ${threeDigits(loss[last])} (guess there ${guess})` : "kept aside";
    for (const draw of ["strokeText", "fillText"]) {
      pen.fillStyle = theme.text;
      pen[draw](name, x, y);
    }
  }

  /** The loss of another run, as far as this one goes. */
  drawBefore(pen) {
    const { before_t: at, before_loss: loss, n_steps: nSteps } = this.record;
    pen.strokeStyle = this.theme.muted;
    pen.lineWidth = 2;
    pen.setLineDash([7, 4]);
    pen.beginPath();
    for (let i = 0; i < at.length && at[i] <= nSteps * 1.001; i += 1) {
      if (Number.isFinite(loss[i])) pen.lineTo(this.x(at[i]), this.y(loss[i]));
    }
    pen.stroke();
    pen.setLineDash([]);
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
