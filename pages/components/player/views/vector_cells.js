// A vector as a strip of cells. Values above zero fill the upper half of a cell, values below zero the lower.
import { canvasFont } from "../../kit/theme.js";

/** The largest absolute value of all saved states: one color scale for the whole run. */
export function largestSize(...matrices) {
  let most = 1e-9;
  for (const matrix of matrices) {
    for (let i = 0; i < matrix.length; i += 1) {
      const size = Math.abs(matrix[i]);
      if (size > most) most = size;
    }
  }
  return most;
}

/**
 * Paint `n` values from `from` on, at (x, y), each `wide` and `tall`; the larger, the stronger.
 * most: the size of the strongest; numbers: write them over the color, which then fills the cell.
 */
export function paintCells(pen, theme, values, { from, n, x, y, wide, tall, color, most, numbers = false }) {
  pen.globalAlpha = 1;
  pen.fillStyle = theme.grid;
  pen.fillRect(x, Math.round(y + tall / 2) - 0.5, n * wide, 1);
  for (let j = 0; j < n; j += 1) {
    const value = values[from + j];
    const share = Math.min(1, Math.abs(value) / most);
    pen.fillStyle = color;
    pen.globalAlpha = (numbers ? 0.06 : 0.12) + (numbers ? 0.4 : 0.88) * share;
    const gap = wide > 3 ? 1 : 0;
    if (numbers) pen.fillRect(x + j * wide, y, wide - gap, tall);
    else pen.fillRect(x + j * wide, value > 0 ? y : y + tall / 2, Math.max(0.5, wide - gap), tall / 2);
    if (!numbers) continue;
    pen.globalAlpha = 1;
    pen.fillStyle = theme.text;
    pen.textAlign = "center";
    pen.font = canvasFont(theme, 13);
    pen.fillText(value.toFixed(2).replace("-", "\u2212"), x + (j + 0.5) * wide, y + tall / 2 + 0.5);
  }
  pen.globalAlpha = 1;
}
