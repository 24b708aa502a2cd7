// The loss from the first update to the last, between guessing and the floor that no model can get below.
import { canvasFont } from "./theme.js";
import { fitCanvas, make, niceStep, setText, startDrawing } from "./dom.js";
import { percent, threeDigits, whole } from "./format.js";
import { meanLossAt, shareOfTheWay } from "./record.js";

export class LossPicture {
  constructor({ onGoTo }) {
    this.onGoTo = onGoTo;
    this.title = make("h3", { class: "w2v-title", "data-role": "headline" });
    this.canvas = make("canvas", { role: "img", class: "w2v-canvas w2v-loss-canvas" });
    this.box = make("div", { class: "w2v-paper" }, this.canvas);
    this.el = make("section", { class: "w2v-panel w2v-loss", "aria-label": "Loss" }, this.title, this.box);
    this.still = document.createElement("canvas"); // all that does not follow the clock
    const drag = (event) => this.drag(event);
    this.canvas.onpointerdown = (event) => {
      if (event.button > 0) return;
      this.canvas.setPointerCapture(event.pointerId);
      this.dragging = true;
      drag(event);
    };
    this.canvas.onpointermove = (event) => { if (this.dragging) drag(event); };
    this.canvas.onpointerup = (event) => {
      if (this.dragging) this.onGoTo(this.momentAt(event), true);
      this.dragging = false;
    };
    this.canvas.onpointercancel = () => { this.dragging = false; };
  }

  setRecord(record) {
    this.record = record;
    this.range = this.measureRange();
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

  /** From the floor to guessing, with all of the mean curve. */
  measureRange() {
    const { goal, curve_loss: curve } = this.record;
    let low = Math.min(goal.floor, ...finite(curve));
    let high = Math.max(goal.uniform, ...finite(curve), goal.unigram ?? -Infinity);
    const room = 0.1 * (high - low) || 0.5;
    low = low < room ? 0 : low - room;
    high += 2 * room; // the name of the uppermost line stands above it
    return { low, high };
  }

  drag(event) {
    this.onGoTo(this.momentAt(event), false);
  }

  momentAt(event) {
    const x = event.clientX - this.canvas.getBoundingClientRect().left;
    const { left, span } = this.frame;
    return Math.round(Math.min(1, Math.max(0, (x - left) / span)) * this.record.n_steps);
  }

  x(t) {
    return this.frame.left + (t / Math.max(1, this.record.n_steps)) * this.frame.span;
  }

  y(loss) {
    const { low, high } = this.range;
    const share = (high - Math.min(high * 2, loss)) / (high - low);
    return this.frame.top + Math.min(1, Math.max(0, share)) * this.frame.tall;
  }

  draw(scene) {
    if (this.stale) this.drawStill();
    const { theme, record } = this;
    const { pen, width, height } = startDrawing(this.canvas);
    pen.drawImage(this.still, 0, 0, width, height);
    const loss = meanLossAt(record, scene.t);
    const x = this.x(scene.t);
    pen.globalAlpha = 0.6; // what is still to come
    pen.fillStyle = theme.background;
    pen.fillRect(x, this.frame.top - 2, this.frame.left + this.frame.span - x + 2, this.frame.tall + 3);
    pen.globalAlpha = 1;
    this.drawReferences(pen);
    pen.strokeStyle = theme.text;
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.moveTo(x, this.frame.top - 2);
    pen.lineTo(x, this.frame.top + this.frame.tall);
    pen.stroke();
    pen.fillStyle = theme.text;
    pen.strokeStyle = theme.background;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(x, this.y(loss), 5.5, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
    const text = this.sentence(loss);
    setText(this.title, text);
    if (!scene.playing) this.canvas.setAttribute("aria-label", `${text}, loss ${threeDigits(loss)} nats per pair.`);
  }

  sentence(loss) {
    const share = shareOfTheWay(this.record, loss);
    if (!Number.isFinite(share)) return "Loss";
    if (share < -0.0005) return `Loss ${threeDigits(loss)} nats: worse than guessing`;
    return `${percent(Math.max(0, share))} of the way from guessing to the floor`;
  }

  drawStill() {
    const { canvas, record, theme } = this;
    this.still.width = canvas.width;
    this.still.height = canvas.height;
    const { pen, width, height } = startDrawing(this.still);
    const foot = 20 * theme.scale;
    pen.font = canvasFont(theme, 13);
    const step = niceStep(this.range.high - this.range.low, Math.max(2, height / 45));
    const left = pen.measureText(tickText(this.range.high, step)).width + 12;
    this.frame = { left, top: 4, span: Math.max(10, width - left - 8), tall: Math.max(10, height - foot - 8) };
    this.drawAxes(pen, step, height);
    this.drawUpdates(pen, theme.noise);
    this.drawCurve(pen, theme.text);
    if (record.stopped) this.drawStop(pen);
    this.stale = false;
  }

  drawAxes(pen, step, height) {
    const { theme, frame, range, record } = this;
    pen.fillStyle = theme.muted;
    pen.strokeStyle = theme.grid;
    pen.lineWidth = 1;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    for (let loss = Math.ceil(range.low / step) * step; loss <= range.high; loss += step) {
      pen.fillText(tickText(loss, step), frame.left - 6, this.y(loss));
      pen.beginPath();
      pen.moveTo(frame.left, Math.round(this.y(loss)) + 0.5);
      pen.lineTo(frame.left + frame.span, Math.round(this.y(loss)) + 0.5);
      pen.stroke();
    }
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    const every = Math.max(1, niceStep(record.epochs, frame.span / 60));
    const names = [...Array(Math.floor(record.epochs / every) + 1).keys()].map((i) => i * every);
    const right = frame.left + frame.span + 6;
    const lastName = `epoch ${whole(record.epochs)}`;
    const lastWidth = pen.measureText(lastName).width;
    for (const epoch of names) {
      const t = record.epoch_start[Math.min(epoch, record.epoch_start.length - 1)];
      if (t > record.n_steps) break;
      const x = this.x(t);
      pen.beginPath();
      pen.moveTo(Math.round(x) + 0.5, frame.top + frame.tall);
      pen.lineTo(Math.round(x) + 0.5, frame.top + frame.tall + 4);
      pen.strokeStyle = theme.line;
      pen.stroke();
      if (x > right - lastWidth - 14) continue;
      pen.fillText(whole(epoch), x, height - 3);
    }
    pen.textAlign = "right";
    pen.fillText(lastName, right, height - 3);
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

  drawCurve(pen, color) {
    const { curve_t: at, curve_loss: loss, n_steps: nSteps } = this.record;
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
    const lines = [["guess, all words alike", uniform], ["guess by word frequency", unigram], ["floor", floor]];
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
