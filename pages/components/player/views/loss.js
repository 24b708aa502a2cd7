// The loss from the first update to the last, between guessing and the floor that no model can get below.
import { make, niceStep } from "../../kit/dom.js";
import { threeDigits } from "../../kit/format.js";
import { term } from "../../kit/terms.js";
import { freeHeight } from "../model/free_place.js";
import { bestBeforeEnd, hasUpdates, inNumbers, meanLossAt, wayInWords } from "../model/record.js";
import { drawAxisName, drawReferences } from "./loss_lines.js";
import { Timeline, TO_COME } from "./timeline.js";

const ALL_OF_IT = ["curve", "mean", "the line is the mean over all pairs of the text"];
const EACH = ["band", "update", "the grey band shows each update by itself"];
const ASIDE = ["dots", "kept aside", "the dotted line is of sentences it does not learn from"];
const BEST = ["ring", "best", "the ring is the pass that guesses best where it has not learned"];
const MEANING =
  "How surprised the model is by the words that really stand near: lower is better. It begins near guessing, and no "
  + "model can get below the lowest dashed line on this text, since several words can stand near a word. Here ";

const TITLES = ["How wrong it guesses", ": how wrong it is"];
const NAME_TALL = 16; // px
const AXIS = 16; // px for the name of the upright axis
const TALL_ENOUGH = 60; // px, for a name among the lines

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
    this.best = record.keeps_back ? null : bestBeforeEnd(record);
    if (this.best !== null) keys.push(BEST);
    if (record.before_t) keys.push(["dashes", record.before_name, `the dashed grey line is ${record.before_means}`]);
    const named = hasUpdates(record) ? keys : keys.filter((key) => key !== ALL_OF_IT); // the title says it of passes
    this.legend.replaceChildren(
      ...named.map(([mark, name]) => make("span", {}, make("i", { class: `w2v-key-${mark}` }), name)),
    );
    this.box.title = `${MEANING}${keys.map(([, , meaning]) => meaning).join("; ")}.`;
  }

  /** Whether the loss on sentences kept aside is drawn: in words at the end, when it is known where it was lowest. */
  hasAside() {
    const { heldout_loss: loss, live } = this.record;
    return Boolean(loss) && (inNumbers(this.record) || !live);
  }

  /** From the floor to guessing, with all of the mean curve; and how low that gets. */
  measureRange() {
    const { goal, curve_loss: curve } = this.record;
    const aside = this.hasAside() ? finite(this.record.heldout_loss) : [];
    const mean = finite(curve);
    const drawn = [...mean, ...aside, ...finite(this.record.before_loss)];
    const low = Math.min(goal.floor, ...drawn);
    const high = Math.max(goal.guess, ...drawn, goal.unigram ?? -Infinity);
    const margin = 0.2 * (high - low) || 1; // the name of the uppermost line stands above it, of the floor below it
    return { low: Math.max(0, low - margin), high: high + margin, least: Math.min(...mean) };
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
    if (this.best !== null) this.drawBest(pen);
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

  /** A ring around the best pass, in sight wherever the clock stands. */
  drawBest(pen) {
    pen.strokeStyle = this.theme.text;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(this.x(this.best), this.y(meanLossAt(this.record, this.best)), 9, 0, 2 * Math.PI);
    pen.stroke();
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

  /** The loss on sentences kept aside: dotted; in numbers with its end, where neither a line nor another name is. */
  drawAside(pen) {
    const { theme, frame, record } = this;
    const { curve_t: at, heldout_loss: loss } = record;
    pen.setLineDash([2, 4]);
    this.drawCurve(pen, loss, theme.text);
    pen.setLineDash([]);
    if (!this.numbers || frame.tall < TALL_ENOUGH * theme.scale) return; // the legend says which line it is
    const last = loss.length - 1;
    const name = `kept aside ${threeDigits(loss[last])} (guess there ${threeDigits(record.goal.heldout_guess)})`;
    const right = Math.min(this.x(at[last]), frame.left + frame.span) - 2;
    const box = { left: right - pen.measureText(name).width, right, tall: NAME_TALL * theme.scale };
    const guess = this.y(record.goal.unigram);
    const lines = [
      ...[record.curve_loss, loss].map((curve) => Array.from(curve, (value, i) => [this.x(at[i]), this.y(value)])),
      ...[guess, guess - 9].map((high) => [frame.left, right].map((x) => [x, high])), // its name is above that line
    ];
    const [end, step] = [this.y(loss[last]), box.tall / 2 + 4];
    const [top, bottom] = [frame.top + box.tall / 2, frame.top + frame.tall - box.tall / 2];
    const inside = (middle) => Math.min(bottom, Math.max(top, middle));
    const heights = [-1, 1, 2, -2, 3, -3, 4, -4].map((steps) => inside(end + steps * step));
    const y = freeHeight([...heights, top, bottom], box, lines, 2);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    pen.lineWidth = 4;
    pen.strokeStyle = theme.background;
    pen.fillStyle = theme.text;
    pen.strokeText(name, right, y);
    pen.fillText(name, right, y);
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
