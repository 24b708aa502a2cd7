// The lines behind the words: the grid of the plane, from every dot to its true nearest word, and from the selected word
// to those most like it.
import { niceStep } from "../../kit/dom.js";

export function drawGrid({ pen, theme, view, width, height }) {
  const step = niceStep(width / view.scale, 8);
  pen.strokeStyle = theme.grid;
  pen.lineWidth = 1;
  pen.beginPath();
  const [left, right] = [view.x - width / 2 / view.scale, view.x + width / 2 / view.scale];
  for (let x = Math.ceil(left / step) * step; x <= right; x += step) {
    const at = Math.round(width / 2 + (x - view.x) * view.scale) + 0.5;
    pen.moveTo(at, 0);
    pen.lineTo(at, height);
  }
  const [low, high] = [view.y - height / 2 / view.scale, view.y + height / 2 / view.scale];
  for (let y = Math.ceil(low / step) * step; y <= high; y += step) {
    const at = Math.round(height / 2 - (y - view.y) * view.scale) + 0.5;
    pen.moveTo(0, at);
    pen.lineTo(width, at);
  }
  pen.stroke();
}

/** Solid where the nearest word is also the closest dot, dashed where it is not. Returns how many of each. */
export function drawNearest({ pen, theme }, content, items, scene) {
  const { lines, rows, t } = content.message ?? {};
  const present = Boolean(content.still) || t === Math.floor(scene.t);
  const drawn = lines && (!scene.playing || content.still) ? lines : [];
  let [solid, dashed] = [0, 0];
  const places = new Map(drawn.length ? items.map((item) => [item.key, item]) : []);
  pen.strokeStyle = theme.text;
  for (const [i, j, agrees] of drawn) {
    const [a, b] = [places.get(rows[i]), places.get(rows[j])];
    if (!a || !b) continue;
    pen.globalAlpha = (a.faded || b.faded ? 0.25 : 1) * (present ? 1 : 0.4) * (agrees ? 0.8 : 0.5);
    pen.lineWidth = agrees ? 1.6 : 1.1;
    pen.setLineDash(agrees ? [] : [5, 4]);
    pen.beginPath();
    pen.moveTo(a.x, a.y);
    pen.lineTo(b.x, b.y);
    pen.stroke();
    if (agrees) solid += 1;
    else dashed += 1;
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  return { solid, dashed };
}

export const NO_LINES = { words: [], dashed: 0 };

/**
 * Lines at rest from the selected word to the words most like it: dashed where as many other dots are closer.
 * Returns the words, and how many lines are dashed.
 */
export function drawNear({ pen, theme }, items, scene) {
  const from = items.find((item) => item.selected);
  const near = scene.from.near ?? [];
  if (scene.playing || !from || !near.length) return NO_LINES;
  const far = (item) => Math.hypot(item.x - from.x, item.y - from.y);
  const others = items.filter((item) => item !== from && item.kind === from.kind);
  const reach = others.map(far).sort((a, b) => a - b)[near.length - 1];
  const ends = others.filter((item) => near.includes(item.id));
  let dashed = 0;
  pen.strokeStyle = theme.center;
  pen.globalAlpha = 0.85;
  pen.lineWidth = 1.6;
  for (const item of ends) {
    const elsewhere = far(item) > reach;
    if (elsewhere) dashed += 1;
    pen.setLineDash(elsewhere ? [5, 4] : []);
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(item.x, item.y);
    pen.stroke();
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  return { words: near, dashed };
}
