// What the axes are, along the edges of the map, where they run along pairs of words.
import { canvasFont } from "../../kit/theme.js";

const LINE = 18; // px

/** "queen -> king" along the lower edge, the other pair up the left one: {text, turned, x, y, w, h} of their boxes. */
export function axisNames({ pen, theme, size }, { message, record, still }) {
  if (!message?.axes || still) return [];
  pen.font = canvasFont(theme, 14, 600);
  const [across, up] = message.axes.map((pair) => pair.map((id) => record.labels[id]).join(" \u2192 "));
  const [high, along, wide] = [LINE * theme.scale, pen.measureText(up).width, pen.measureText(across).width];
  return [
    { text: across, turned: false, x: size.width - 12 - wide, y: size.height - 4 - high, w: wide, h: high },
    { text: up, turned: true, x: 4, y: (size.height - along) / 2, w: high, h: along },
  ];
}

/** Write these names into their boxes. */
export function drawAxisNames({ pen, theme }, names) {
  pen.font = canvasFont(theme, 14, 600);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = 5;
  pen.strokeStyle = theme.background;
  pen.fillStyle = theme.text;
  for (const { text, turned, x, y, w, h } of names) {
    pen.save();
    pen.translate(x + w / 2, y + h / 2);
    if (turned) pen.rotate(-Math.PI / 2);
    pen.strokeText(text, 0, 0);
    pen.fillText(text, 0, 0);
    pen.restore();
  }
}
