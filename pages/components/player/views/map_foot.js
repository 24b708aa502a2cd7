// What colors, shapes and arrows mean, in the corner of the map; and along its edges what the axes are.
import { fitText } from "../../kit/dom.js";
import { threeDigits, whole } from "../../kit/format.js";
import { mark } from "../../kit/marks.js";
import { canvasFont } from "../../kit/theme.js";
import { GROUP_SHAPES } from "./map_marks.js";

/** arrows: {times, seen} of the arrows that are drawn, or null; near: {words, dashed} of the lines of the selected word. */
export function drawLegend(paper, content, scene, arrows, near) {
  const { pen, theme } = paper;
  pen.font = canvasFont(theme, 13);
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  let y = 16;
  for (const line of legendLines(theme, content, scene, arrows, near)) y = drawLine(paper, line, y);
  if (content.message?.axes && !content.still) drawAxisNames(paper, content);
}

/** Lines of parts [shape, text, color, share]; `share` is how much of it a mark on a scale has. */
function legendLines(theme, content, scene, arrows, near) {
  const lines = [];
  const { message, still, groupOf } = content;
  if (message?.kind === "both" && !still) {
    lines.push(
      groupOf
        ? [["text", "filled: v, as center; hollow: u, as context"]]
        : [
            ["disc", "v, as center", theme.center],
            ["diamond", "u, as context", theme.context],
          ],
    );
  }
  const { color } = content.look;
  if (color === "frequency" || color === "norm") lines.push(scaleLine(theme, content, color));
  if (groupOf) lines.push(groupLine(theme, groupOf));
  if (arrows?.seen.length) lines.push(...arrowLines(theme, scene, arrows));
  const all = message?.lines && (!scene.playing || still);
  if (near.words.length || all) {
    const line = [];
    if (near.words.length) line.push(["solid", `most like ${content.record.labels[scene.word]}`, theme.center]);
    if (all) line.push(["solid", "true nearest word", theme.text]);
    if (all || near.dashed) line.push(["dashed", "other dots are closer", all ? theme.text : theme.center]);
    lines.push(line);
  }
  return lines;
}

function scaleLine(theme, content, color) {
  const kind = content.kind === "u" ? "u" : "v";
  const hue = theme[kind === "v" ? "center" : "context"];
  const shape = kind === "v" ? "disc" : "diamond";
  if (color === "norm") {
    return [
      [shape, "length 0", hue, 0],
      [shape, `to ${threeDigits(content.longestOf(kind))}`, hue, 1],
    ];
  }
  const { counts, n_shown: n } = content.record;
  return [
    [shape, `${whole(counts[n - 1])} times in the text`, hue, 0],
    [shape, `${whole(counts[0])} times`, hue, 1],
  ];
}

function groupLine(theme, groupOf) {
  const n = Math.max(...groupOf.values()) + 1;
  return GROUP_SHAPES.slice(0, n).map((shape, i) => [shape, String(i + 1), theme.groups[i]]);
}

function arrowLines({ text, pull, push }, { t }, { times, seen }) {
  const longer = times > 1 ? `, drawn ${whole(times)} times as long` : "";
  const lines = [[["arrow", `what update ${whole(t)} will change${longer}`, text]]];
  if (seen.some((arrow) => arrow.pull !== null)) {
    lines.push([
      ["triangle", "pull: P is too low", pull],
      ["wedge", "push: P is too high", push],
    ]);
  }
  return lines;
}

function drawLine({ pen, theme, size }, parts, top) {
  const fitted = parts.map(([shape, text, ...more]) => [shape, fitText(pen, text, size.width - 50), ...more]);
  const texts = fitted.map(([, text]) => pen.measureText(text).width);
  let [x, y] = [10, top];
  fitted.forEach(([shape, text, color, share], i) => {
    const wide = { text: 0, solid: 32, dashed: 32, arrow: 30 }[shape] ?? 18; // the room for its mark
    if (i > 0 && x + wide + texts[i] > size.width - 8) [x, y] = [10, y + 20];
    pen.globalAlpha = 0.85;
    pen.fillStyle = theme.background;
    pen.fillRect(x - 4, y - 10, wide + texts[i] + 12, 20);
    pen.globalAlpha = 1;
    drawMark(pen, shape, x, y, color, share);
    pen.fillStyle = theme.text;
    pen.fillText(text, x + wide, y + 0.5);
    x += wide + texts[i] + 16;
  });
  return y + 20;
}

function drawMark(pen, shape, x, y, color, share) {
  if (shape === "text") return;
  pen.fillStyle = color;
  pen.strokeStyle = color;
  pen.lineWidth = 1.5;
  if (shape === "solid" || shape === "dashed" || shape === "arrow") {
    pen.setLineDash(shape === "dashed" ? [5, 4] : []);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x + 24, y);
    pen.stroke();
    pen.setLineDash([]);
    if (shape !== "arrow") return;
    pen.beginPath();
    pen.moveTo(x + 26, y);
    pen.lineTo(x + 18, y - 4);
    pen.lineTo(x + 18, y + 4);
    pen.fill();
    return;
  }
  mark(pen, shape, x + 6, y, share === undefined ? 5 : 3 + 4 * share);
  pen.globalAlpha = share === undefined ? 1 : 0.15 + 0.85 * share;
  pen.fill();
  pen.globalAlpha = 1;
  if (share !== undefined) pen.stroke();
}

/** "queen -> king" along the lower edge, the other pair up the left one. */
function drawAxisNames({ pen, theme, size }, { message, record }) {
  const { width, height } = size;
  const names = message.axes.map((pair) => pair.map((id) => record.labels[id]).join(" \u2192 "));
  pen.font = canvasFont(theme, 14, 600);
  pen.lineJoin = "round";
  const write = (text) => {
    pen.lineWidth = 5;
    pen.strokeStyle = theme.background;
    pen.strokeText(text, 0, 0);
    pen.fillStyle = theme.text;
    pen.fillText(text, 0, 0);
  };
  pen.save();
  pen.textAlign = "right";
  pen.translate(width - 12, height - (width < 500 ? 34 : 16));
  if (names[0]) write(names[0]);
  pen.restore();
  pen.save();
  pen.textAlign = "center";
  pen.translate(14, height / 2);
  pen.rotate(-Math.PI / 2);
  if (names[1]) write(names[1]);
  pen.restore();
}
