// The ticks under the scrubber: at epochs or passes, as many as can be told apart.
import { niceStep, startDrawing } from "../../kit/dom.js";
import { ticksOf } from "../model/record.js";

export const THUMB = 20; // px; the same as in player.css

export function drawTicks(canvas, record, theme) {
  const { pen, width, height } = startDrawing(canvas);
  const ticks = ticksOf(record);
  const every = Math.max(1, niceStep(ticks.n, width / 14));
  const strong = Math.max(every, niceStep(ticks.n, width / 120));
  for (let i = 0; i <= ticks.n; i += every) {
    const t = ticks.momentOf(i);
    if (t > record.n_steps) break;
    const x = THUMB / 2 + (t / Math.max(1, record.n_steps)) * (width - THUMB);
    pen.fillStyle = i % strong === 0 ? theme.line : theme.thin;
    const tall = i % strong === 0 ? 6 : 4;
    pen.fillRect(Math.round(x - 0.5), height / 2 + 7, 1, tall);
  }
}
