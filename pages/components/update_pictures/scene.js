// A scene is a list of shapes with keys. Two scenes blend by key; a pen paints one. Shapes know nothing of word2vec.
import { fillTriangle } from "../kit/marks.js";

/** The scene between two: numbers in between where both have the shape, else the newer shape, fading in. */
export function blendScenes(from, to, share) {
  if (share >= 1) return to;
  const before = new Map(from.map((shape) => [shape.key, shape]));
  return to.map((shape) => {
    const old = before.get(shape.key);
    if (!old || old.type !== shape.type) return { ...shape, alpha: share * (shape.alpha ?? 1) };
    const mixed = { ...shape };
    for (const [name, value] of Object.entries(shape)) {
      if (typeof value === "number" && typeof old[name] === "number")
        mixed[name] = old[name] + share * (value - old[name]);
    }
    return mixed;
  });
}

export function paintScene(pen, scene) {
  for (const shape of scene) {
    const alpha = shape.alpha ?? 1;
    if (alpha <= 0) continue;
    pen.save();
    pen.globalAlpha = alpha;
    PAINTERS[shape.type](pen, shape);
    pen.restore();
  }
}

function stroke(pen, { color, width = 1, dash }) {
  pen.strokeStyle = color;
  pen.lineWidth = width;
  pen.setLineDash(dash ?? []);
  pen.stroke();
}

const PAINTERS = {
  line(pen, shape) {
    pen.beginPath();
    pen.moveTo(shape.x, shape.y);
    pen.lineTo(shape.x2, shape.y2);
    stroke(pen, shape);
  },

  /** A line with a head; one too short for a head is a line. */
  arrow(pen, shape) {
    const [dx, dy] = [shape.x2 - shape.x, shape.y2 - shape.y];
    const length = Math.hypot(dx, dy);
    const head = Math.min(shape.head ?? 9, length);
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(shape.x, shape.y);
    pen.lineTo(
      shape.x2 - (length ? (0.7 * head * dx) / length : 0),
      shape.y2 - (length ? (0.7 * head * dy) / length : 0),
    );
    stroke(pen, shape);
    if (length < 1.5) return;
    const angle = Math.atan2(dy, dx);
    pen.beginPath();
    pen.moveTo(shape.x2, shape.y2);
    for (const side of [0.42, -0.42]) {
      pen.lineTo(shape.x2 - head * Math.cos(angle + side), shape.y2 - head * Math.sin(angle + side));
    }
    pen.fillStyle = shape.color;
    pen.fill();
  },

  dot(pen, shape) {
    pen.beginPath();
    pen.arc(shape.x, shape.y, Math.max(0, shape.r), 0, 2 * Math.PI);
    if (shape.fill) {
      pen.fillStyle = shape.fill;
      pen.fill();
    }
    if (shape.color) stroke(pen, shape);
  },

  /** A box around its middle, with round corners. */
  box(pen, shape) {
    pen.beginPath();
    pen.roundRect(shape.x - shape.w / 2, shape.y - shape.h / 2, Math.max(0, shape.w), shape.h, shape.round ?? 3);
    if (shape.fill) {
      pen.fillStyle = shape.fill;
      pen.fill();
    }
    if (shape.color) stroke(pen, shape);
  },

  cross(pen, shape) {
    pen.beginPath();
    pen.moveTo(shape.x - shape.r, shape.y);
    pen.lineTo(shape.x + shape.r, shape.y);
    pen.moveTo(shape.x, shape.y - shape.r);
    pen.lineTo(shape.x, shape.y + shape.r);
    stroke(pen, shape);
  },

  /** A triangle that points up or down: pull or push. */
  mark(pen, shape) {
    fillTriangle(pen, shape.x, shape.y, shape.r, shape.up, shape.color);
  },

  text(pen, shape) {
    pen.font = shape.font;
    pen.textAlign = shape.align ?? "left";
    pen.textBaseline = "middle";
    if (shape.halo) {
      pen.strokeStyle = shape.halo;
      pen.lineWidth = 4;
      pen.lineJoin = "round";
      pen.strokeText(shape.text, shape.x, shape.y);
    }
    pen.fillStyle = shape.color;
    pen.fillText(shape.text, shape.x, shape.y);
  },
};
