// The ticks under the scrubber: at epochs or passes, as many as can be told apart, and a mark at the best pass.
import { niceStep, startDrawing } from "../../kit/dom.js";
import { bestBeforeEnd, ticksOf } from "../model/record.js";

export const THUMB = 20; // px; the same as in player.css

export function drawTicks(canvas, record, theme) {
  const { pen, width, height } = startDrawing(canvas);
  const ticks = ticksOf(record);
  const every = Math.max(1, niceStep(ticks.n, width / 14));
  const strong = Math.max(every, niceStep(ticks.n, width / 120));
  const xOf = (t) => THUMB / 2 + (t / Math.max(1, record.n_steps)) * (width - THUMB);
  for (let i = 0; i <= ticks.n; i += every) {
    const t = ticks.momentOf(i);
    if (t > record.n_steps) break;
    const x = xOf(t);
    pen.fillStyle = i % strong === 0 ? theme.line : theme.thin;
    const tall = i % strong === 0 ? 6 : 4;
    pen.fillRect(Math.round(x - 0.5), height / 2 + 7, 1, tall);
  }
  const best = bestBeforeEnd(record);
  if (best === null) return;
  const [x, y] = [xOf(best), height / 2 + 6];
  pen.fillStyle = theme.text;
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x + 5, y + 8);
  pen.lineTo(x - 5, y + 8);
  pen.fill();
}
