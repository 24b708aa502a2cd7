// Where the selected word and the current words came from, as lines that fade: the tails of the map.
import { lastAtMost, ticksOf } from "../model/record.js";
import { onPaper } from "./map_camera.js";

export class MapTails {
  constructor(content) {
    this.content = content;
  }

  /** past: the states of earlier moments, computed once more. */
  setRecord(past) {
    this.past = past;
    this.recentRows = null; // of the selected word, by moment
  }

  /** Draw the tails and note each in its item. Returns whether more of it is still being computed. */
  draw(paper, scene, items) {
    const { theme } = paper;
    const { record, look } = this.content;
    const { tails } = look;
    const span = Math.max(record.n_steps / ticksOf(record).n, record.n_steps / 16, 20); // an epoch or two
    const recent = tails > 0 && scene.word !== null ? this.recent(scene, tails) : null;
    for (const item of items) {
      const color = item.kind === "v" ? theme.center : theme.context;
      if (tails === undefined) {
        const current = scene.highlight.centers.length <= 2 && scene.highlight.centers.includes(item.id);
        if (item.id !== scene.word && !(current && item.kind === "v")) continue;
        drawTail(paper, this.tailOf(item, scene.t, span), item, color, item.id === scene.word ? 3 : 2);
      } else if (item.id === scene.word && tails !== 0) {
        item.tail = recent ? recent.points[item.kind] : this.tailOf(item, scene.t, Infinity);
        drawTail(paper, item.tail, item, color, 3);
      }
    }
    return Boolean(recent?.unfinished);
  }

  /** Where the selected word was after each of its last n updates. */
  recent(scene, n) {
    const { record, hasU, plane } = this.content;
    const { dim } = record;
    const t = Math.floor(scene.t);
    const from = Math.max(0, t - n);
    if (this.recentRows?.word !== scene.word) this.recentRows = { word: scene.word, rows: new Map() };
    const { rows } = this.recentRows;
    for (const moment of rows.keys()) if (moment < from || moment > t) rows.delete(moment);
    const slice = this.past.startSlice();
    let unfinished = false;
    const row = (matrix) => matrix.slice(scene.word * dim, (scene.word + 1) * dim);
    for (let moment = from; moment < t && !unfinished; moment += 1) {
      if (rows.has(moment)) continue;
      const state = this.past.at(moment, slice);
      if (state) rows.set(moment, { v: row(state.V), u: hasU ? row(state.U) : null });
      else unfinished = true;
    }
    const points = { v: [], u: [] };
    for (let moment = from; moment < t; moment += 1) {
      const known = rows.get(moment);
      for (const kind of known ? ["v", "u"] : []) if (known[kind]) points[kind].push(plane.pointOf(known[kind]));
    }
    return { points, unfinished };
  }

  /** Where an item was at the keyframes of the last `span` moments. */
  tailOf(item, t, span) {
    const { key_t: at } = this.content.record;
    const path = this.content.plane.pathOf(item);
    const points = [];
    for (let i = lastAtMost(at, Math.max(0, t - span)); i < at.length && at[i] < t; i += 1) {
      points.push([path[2 * i], path[2 * i + 1]]);
    }
    return points;
  }
}

function drawTail(paper, points, item, color, thick) {
  const { pen } = paper;
  const line = points.map(([x, y]) => onPaper(paper, x, y));
  line.push([item.x, item.y]);
  pen.strokeStyle = color;
  pen.lineCap = "round";
  for (let i = 1; i < line.length; i += 1) {
    pen.globalAlpha = 0.08 + 0.5 * (i / line.length) ** 1.5;
    pen.lineWidth = thick * (0.4 + 0.6 * (i / line.length));
    pen.beginPath();
    pen.moveTo(...line[i - 1]);
    pen.lineTo(...line[i]);
    pen.stroke();
  }
  pen.globalAlpha = 1;
}
