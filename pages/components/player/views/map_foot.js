// The foot of the map, below what is drawn: what the picture is, and what colors, shapes and arrows mean. Its room is kept
// while a mark is not to be seen, so that nothing jumps; what it needs depends on what is asked for and on the width.
import { fitText } from "../../kit/dom.js";
import { threeDigits, whole } from "../../kit/format.js";
import { mark } from "../../kit/marks.js";
import { canvasFont } from "../../kit/theme.js";
import { hasUpdates } from "../model/record.js";
import { GROUP_SHAPES } from "./map_marks.js";

const [ROW, EDGE, APART] = [22, 10, 16]; // px: height of a row, of paper at both ends, between two parts
const WIDE = { text: 0, solid: 30, dashed: 30, arrow: 30 }; // px of a mark; of any other:
const OF_A_DOT = 15;
const LONGEST = { word: " saturday", times: ", \u00d710,000" }; // what some parts may say besides

export class MapFoot {
  /** content: what the map shows. */
  constructor(content) {
    this.content = content;
    this.height = 0;
  }

  /** Lay it out for a paper of some size: sets `height`, and where the caption begins, in the last row, `captionAt`. */
  lay(pen, theme, { width, height }) {
    pen.font = canvasFont(theme, 13);
    const [row, most] = [ROW * theme.scale, width - EDGE];
    const wide = (text, before) => before + pen.measureText(fitText(pen, text, most - EDGE - before)).width;
    let [x, y] = [EDGE, 0];
    const place = (long) => {
      if (x > EDGE && x + long > most) [x, y] = [EDGE, y + row];
      return { x, y, width: long };
    };
    this.placed = this.parts(theme).map((part) => {
      const box = place(wide(part.text + (LONGEST[part.adds] ?? ""), widthOf(part)));
      x += box.width + (part.close ? 0 : APART);
      return { ...part, ...box };
    });
    this.captionAt = place(wide(this.content.caption(), 0)).x;
    this.height = Math.ceil(Math.min(0.4 * height, y + row) + 2);
  }

  /**
   * Parts {shape, text, color, share, close, adds, when}: `share` is how much of it a mark on a scale has, `close` keeps
   * the next part near, `adds` names what it says besides, and `when` what must be there for it.
   */
  parts(theme) {
    const { content } = this;
    const { look, message, still } = content;
    const both = content.kind === "both" && !still;
    const parts = [];
    if (content.grouped) {
      if (both) parts.push({ shape: "text", text: "filled: v, as center; hollow: u, as context" });
      for (const [i, shape] of GROUP_SHAPES.slice(0, content.nGroups).entries()) {
        parts.push({ shape, text: "", color: theme.groups[i], close: true });
      }
      parts.push({ shape: "text", text: content.saidOfGroups });
    } else {
      if (both && message?.kind) {
        parts.push({ shape: "disc", text: "v, as center", color: theme.center });
        parts.push({ shape: "diamond", text: "u, as context", color: theme.context });
      }
      if (look.color === "frequency" || look.color === "norm") parts.push(...this.scale(theme));
    }
    parts.push(...lineParts(theme, content));
    if (look.arrows && hasUpdates(content.record) && !still) parts.push(...arrowParts(theme, content));
    return parts;
  }

  scale(theme) {
    const { content } = this;
    const kind = content.kind === "u" ? "u" : "v";
    const [shape, color] = kind === "v" ? ["disc", theme.center] : ["diamond", theme.context];
    const { counts, n_shown: n } = content.record;
    const [least, most] =
      content.look.color === "norm"
        ? ["length 0", `to ${threeDigits(content.longestOf(kind))}`]
        : [`${whole(counts[n - 1])} times in the text`, `${whole(counts[0])} times`];
    return [
      { shape, text: least, color, share: 0 },
      { shape, text: most, color, share: 1 },
    ];
  }

  /** arrows: {times, seen} of the arrows that are drawn, or null; near: {words, dashed} of the lines of the selected word. */
  draw(paper, scene, arrows, near) {
    const { pen, theme, size } = paper;
    const { message, still } = this.content;
    const all = Boolean(message?.lines && (!scene.playing || still));
    const there = {
      arrows: Boolean(arrows?.seen.length),
      pulls: Boolean(arrows?.seen.some((arrow) => arrow.pull !== null)),
      near: near.words.length > 0,
      all,
      dashed: all || near.dashed > 0,
    };
    this.top = size.height;
    this.seen = [];
    pen.font = canvasFont(theme, 13);
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    const { labels } = this.content.record;
    const added = {
      word: ` ${labels[scene.word] ?? ""}`,
      times: arrows?.times > 1 ? `, \u00d7${whole(arrows.times)}` : "",
    };
    const middle = size.height + 1 + (ROW * theme.scale) / 2;
    for (const part of this.placed) {
      if (part.when && !there[part.when]) continue;
      drawMark(pen, part, part.x, part.y + middle);
      pen.fillStyle = theme.text;
      const text = fitText(pen, part.text + (added[part.adds] ?? ""), part.width - widthOf(part));
      pen.fillText(text, part.x + widthOf(part), part.y + middle + 0.5);
      this.seen.push(text || part.shape);
    }
  }

  /** For tests: where it begins, and what it says now. */
  report() {
    return { top: this.top, says: this.seen };
  }
}

function arrowParts({ text, pull, push }, { kind, hasU, record }) {
  const parts = [{ shape: "arrow", text: "next update", color: text, adds: "times", when: "arrows" }];
  if (!record.one_vector && (kind === "v" || !hasU)) return parts;
  return [
    ...parts,
    { shape: "triangle", text: "pull: P is too low", color: pull, when: "pulls" },
    { shape: "wedge", text: "push: P is too high", color: push, when: "pulls" },
  ];
}

function lineParts(theme, { look, message }) {
  const parts = [];
  const near = look.near !== false;
  if (near) parts.push({ shape: "solid", text: "most like", color: theme.center, adds: "word", when: "near" });
  if (message?.lines) parts.push({ shape: "solid", text: "true nearest word", color: theme.text, when: "all" });
  if (near || message?.lines) {
    const color = message?.lines ? theme.text : theme.center;
    parts.push({ shape: "dashed", text: "others closer", color, when: "dashed" });
  }
  return parts;
}

/** The room for the mark of a part. */
function widthOf({ shape }) {
  return WIDE[shape] ?? OF_A_DOT;
}

function drawMark(pen, { shape, color, share }, x, y) {
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
