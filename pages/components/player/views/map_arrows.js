// How the coming update moves the vectors it changes, as arrows on the map.
import { mark } from "../../kit/marks.js";
import { examplesOf, hasUpdates, inputsOf } from "../model/record.js";
import { copies } from "../model/replay.js";

const LONGEST_ARROW = 70; // px
const SHORTEST_ARROW = 2;

export class MapArrows {
  constructor(content) {
    this.content = content;
    this.drawn = null; // {times, seen} of the last picture, for the legend
  }

  /** past: the states of earlier moments, computed once more. */
  setRecord(past) {
    this.past = past;
    this.moves = null;
  }

  /** Draw the arrows and note each move in its item. Returns whether that is still being computed. */
  draw({ pen, theme, view }, scene, items) {
    const { record, look, still, plane } = this.content;
    this.drawn = null;
    const t = Math.floor(scene.t);
    if (!hasUpdates(record) || !look.arrows || still || scene.playing || scene.done || !scene.exact) return false;
    if (this.moves?.t !== t) {
      const state = this.past.at(t);
      if (!state) return true;
      this.moves = { t, of: this.movesOf(state) };
    }
    const arrows = [];
    for (const item of items) {
      const move = this.moves.of.get(item.key);
      if (!move || item.faded) continue;
      const [x, y] = plane.shiftOf(move.by);
      item.move = [x, y];
      arrows.push({ item, pull: move.pull, dx: x * view.scale, dy: -y * view.scale });
    }
    const longest = Math.max(0, ...arrows.map(({ dx, dy }) => Math.hypot(dx, dy)));
    const times = longest > 0 ? magnification(LONGEST_ARROW / longest) : 1;
    const seen = arrows.filter(({ dx, dy }) => times * Math.hypot(dx, dy) >= SHORTEST_ARROW);
    for (const arrow of seen.sort((a, b) => Number(a.pull) - Number(b.pull))) drawArrow(pen, theme, arrow, times);
    this.drawn = { times, seen };
    return false;
  }

  /** Each row that the update of this state changes: by how much, and whether a row of U is pulled or pushed away. */
  movesOf({ t, V, U }) {
    const { record, hasU } = this.content;
    const { replay } = this.past;
    const { dim } = record;
    const after = { t, ...copies({ V, U }) };
    const errors = new Map();
    const inputs = new Set();
    const [first, end] = examplesOf(record, t);
    for (let example = first; example < end; example += 1) {
      const { rows, count, error } = replay.traceExample(V, U, example, t);
      for (let r = 0; r < count; r += 1) errors.set(rows[r], (errors.get(rows[r]) ?? 0) + error[r]);
      for (const word of inputsOf(record, example)) inputs.add(word);
    }
    replay.applyUpdate(after);
    const moves = new Map();
    const by = (from, to, row) => {
      const moved = to.slice(row * dim, (row + 1) * dim);
      for (let j = 0; j < dim; j += 1) moved[j] -= from[row * dim + j];
      return moved;
    };
    for (const row of inputs) moves.set(`v${row}`, { by: by(V, after.V, row), pull: null });
    for (const [row, error] of hasU || record.one_vector ? errors : []) {
      const key = `${hasU ? "u" : "v"}${row}`;
      if (!moves.has(key)) moves.set(key, { by: by(U, after.U, row), pull: error < 0 }); // else an input's one vector
    }
    return moves;
  }
}

function drawArrow(pen, theme, { item, pull, dx, dy }, times) {
  const length = times * Math.hypot(dx, dy);
  const [ux, uy] = [(times * dx) / length, (times * dy) / length];
  const [x, y] = [item.x + times * dx, item.y + times * dy];
  const head = Math.min(9, 3 + 0.25 * length);
  pen.strokeStyle = pull === null ? theme.center : pull ? theme.pull : theme.push;
  pen.fillStyle = pen.strokeStyle;
  pen.lineWidth = pull === false ? 1.5 : 2.5;
  pen.beginPath();
  pen.moveTo(item.x, item.y);
  pen.lineTo(x - ux * head * 0.7, y - uy * head * 0.7);
  pen.stroke();
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x - ux * head - uy * head * 0.5, y - uy * head + ux * head * 0.5);
  pen.lineTo(x - ux * head + uy * head * 0.5, y - uy * head - ux * head * 0.5);
  pen.fill();
  if (pull === null || (!pull && length < 14)) return;
  mark(pen, pull ? "triangle" : "wedge", x + ux * 8, y + uy * 8, pull ? 5 : 3.5);
  pen.fill();
}

/** The largest of 1, 2, 5, 10, 20, ... that is not above a number; at least 1. */
function magnification(most) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  const share = Math.max(1, most) / power;
  return power * (share >= 5 ? 5 : share >= 2 ? 2 : 1);
}
