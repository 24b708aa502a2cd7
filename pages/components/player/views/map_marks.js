// The points of the map with their rings, and the names of the words: how large, how strong, and in which shape.
import { diamond, mark } from "../../kit/marks.js";
import { dotBefore, startsOf } from "../../kit/shared_labels.js";
import { canvasFont } from "../../kit/theme.js";

const MOST_RINGS = 12;
const FADED = 0.13;
/** Groups differ in shape and in color (see theme.js). */
export const GROUP_SHAPES = ["disc", "square", "triangle", "cross", "diamond", "plus", "wedge", "star"];

export class MapMarks {
  /** content: what the map shows; pen: to measure names with. */
  constructor(content, pen) {
    this.content = content;
    this.pen = pen;
    this.widths = new Map();
  }

  setTheme(theme) {
    this.theme = theme;
    this.widths = new Map();
  }

  /** Give every item its looks. Returns them, most important first: selected, center, context, at rest what is most like
   * the selected word, then by frequency. */
  style(items, scene) {
    const { content, theme } = this;
    const { isolated } = content;
    const both = content.kind === "both";
    const { centers, contexts } = scene.highlight;
    const few = (words) => (words.length <= MOST_RINGS ? new Set(words) : new Set());
    const [isCenter, isContext] = [few(centers), few(contexts)];
    const size = items.length > 80 ? 13 : 14;
    const near = scene.playing ? [] : (scene.from.near ?? []);
    for (const item of items) {
      item.center = isCenter.has(item.id) && (item.kind === "v" || !both);
      item.context = isContext.has(item.id) && (item.kind === "u" || !both);
      item.likeness = near.includes(item.id) ? near.indexOf(item.id) : near.length;
      item.alone = item.center || item.context; // a ring is about one word
      item.selected = item.id === scene.word;
      item.rank = item.selected ? 0 : item.center ? 1 : item.context ? 2 : 3;
      item.forced = item.rank < 3 && (!both || item.kind === "v" || item.context || item.selected);
      item.faded = Boolean(isolated) && !isolated.has(item.key) && !item.selected;
      item.forced = item.forced || Boolean(isolated?.has(item.key));
      item.share = this.shareOf(item);
      item.radius = this.radiusOf(item);
      item.reach = item.radius + (item.center && item.context ? 8 : item.center || item.context ? 5 : 0);
      item.font = canvasFont(theme, item.selected ? 15 : size, item.rank < 3 ? 650 : 450);
      item.width = item.ownWidth = this.widthOf(item) + 2;
      item.height = (item.selected ? 17 : 15) * theme.scale;
    }
    return [...items].sort(
      (a, b) => a.rank - b.rank || a.likeness - b.likeness || a.id - b.id || (a.kind < b.kind ? 1 : -1),
    );
  }

  /** How much of what the color stands for a word has: from 0 to 1, or null. */
  shareOf(item) {
    const { content } = this;
    const { color } = content.look;
    const { counts, n_shown: nShown } = content.record;
    if (content.grouped) return null;
    if (color === "frequency" && counts) {
      const least = Math.log(Math.max(1, counts[nShown - 1]));
      const span = Math.log(Math.max(1, content.mostFrequent)) - least;
      return span > 0 ? Math.min(1, Math.max(0, (Math.log(Math.max(1, counts[item.id])) - least) / span)) : 1;
    }
    if (color === "norm") return Math.min(1, item.norm / (content.longestOf(item.kind) || 1)) || 0;
    return null;
  }

  radiusOf(item) {
    if (item.share !== null) return 3 + 4.5 * item.share;
    const { record, mostFrequent } = this.content;
    const share = record.counts ? Math.sqrt(record.counts[item.id] / mostFrequent) : 0.5;
    return (item.rank < 3 ? 4.6 : 3.2) + 2 * share;
  }

  widthOf(item) {
    const key = `${item.font}|${item.id}`;
    if (!this.widths.has(key)) {
      this.pen.font = item.font;
      this.widths.set(key, this.pen.measureText(this.content.record.labels[item.id]).width);
    }
    return this.widths.get(key);
  }

  /** In which order points are drawn: the most important on top, and words of groups over those in none. */
  layers(order) {
    const { content } = this;
    const drawn = [...order].reverse();
    if (!content.grouped) return drawn;
    const below = (item) => item.rank === 3 && content.groupOf(item) < 0;
    return [...drawn.filter(below), ...drawn.filter((item) => !below(item))];
  }

  drawPoint(pen, item) {
    const { theme } = this;
    const { x, y, radius } = item;
    const fade = item.faded ? FADED : 1;
    const color = item.kind === "v" ? theme.center : theme.context;
    pen.lineWidth = 1.5;
    pen.strokeStyle = theme.background;
    pen.fillStyle = color;
    pen.globalAlpha = fade * (item.rank < 3 ? 1 : 0.78);
    if (this.content.grouped) this.drawGroupMark(pen, item, fade);
    else {
      if (item.share !== null && !item.faded) {
        pen.globalAlpha = 1;
        fillDisc(pen, x, y, radius + 0.5, theme.background);
        pen.fillStyle = color;
        pen.globalAlpha = 0.15 + 0.85 * item.share;
      }
      pen.beginPath();
      if (item.kind === "v") pen.arc(x, y, radius, 0, 2 * Math.PI);
      else diamond(pen, x, y, radius * 1.2);
      pen.fill();
      pen.globalAlpha = fade;
      if (item.share !== null) pen.strokeStyle = color;
      pen.stroke();
    }
    pen.globalAlpha = fade;
    if (item.context) ring(pen, x, y, radius + 4, theme.context, 3);
    if (item.center) ring(pen, x, y, radius + (item.context ? 7.5 : 4), theme.center, 3);
    pen.globalAlpha = 1;
    if (item.selected) ring(pen, x, y, radius + 1, theme.text, 1.5);
  }

  /** Groups have shapes of their own; when v and u are both shown, those of u are hollow. In no group: a gray disc. */
  drawGroupMark(pen, item, fade) {
    const { content, theme } = this;
    const group = content.groupOf(item);
    const number = group % GROUP_SHAPES.length;
    const color = group < 0 ? theme.muted : theme.groups[number];
    const hollow = item.kind === "u" && content.kind === "both";
    mark(pen, group < 0 ? "disc" : GROUP_SHAPES[number], item.x, item.y, item.radius * (group < 0 ? 0.8 : 1.25));
    pen.globalAlpha = fade;
    pen.fillStyle = hollow ? theme.background : color;
    pen.strokeStyle = hollow ? color : theme.background;
    pen.lineWidth = hollow ? 2 : 1.2;
    pen.fill();
    pen.stroke();
  }

  drawName(pen, item) {
    const { theme } = this;
    const { label } = item;
    if (label.alpha <= 0 || !label.box) return;
    const { x, y, h } = label.box;
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    pen.globalAlpha = label.alpha;
    pen.lineJoin = "round";
    pen.strokeStyle = theme.background;
    for (const [one, start] of startsOf(item)) {
      if (start > 0) fillDisc(pen, x + dotBefore(start), y + h / 2, 1.5, theme.muted);
      this.drawWord(pen, one, x + start + 1, y, h);
    }
    pen.globalAlpha = 1;
  }

  /** One word of a name, with its left end at x. */
  drawWord(pen, item, x, y, h) {
    const { content, theme } = this;
    pen.font = item.font;
    pen.lineWidth = item.rank < 3 ? 5 : 3.5;
    const word = content.record.labels[item.id];
    pen.strokeText(word, x, y + h / 2 + 0.5);
    const colored = content.kind === "both" && !content.still;
    pen.fillStyle = colored ? theme[item.kind === "v" ? "centerText" : "contextText"] : theme.text;
    pen.fillText(word, x, y + h / 2 + 0.5);
    if (item.selected) pen.fillRect(x, y + h + 0.5, item.ownWidth - 2, 1.5);
  }
}

function fillDisc(pen, x, y, radius, color) {
  pen.fillStyle = color;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}

function ring(pen, x, y, radius, color, width) {
  pen.strokeStyle = color;
  pen.lineWidth = width;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.stroke();
}
