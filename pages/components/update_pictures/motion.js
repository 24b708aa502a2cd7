// Push and pull: v, h and all u in a plane, and how far this update moves each; the centroid of U.
import { displayWord, threeDigits } from "../kit/format.js";
import { make } from "../kit/dom.js";
import { placeNames } from "./names.js";
import { Picture } from "./picture.js";

const EDGE = 30; // px left free around the points
const NAMES = { wide: 18, narrow: 9 };

export class MotionPicture extends Picture {
  constructor(parent) {
    super(parent);
    this.hint = "Point at a vector, or use the arrow keys in the picture: its numbers stand here.";
    const key = (style, text) => make("span", {}, make("i", { class: `w2v-up-key ${style}` }), text);
    this.legend.append(
      key("w2v-up-v", "v and h"),
      key("w2v-up-dot", "u"),
      make("span", {}, make("i", { class: "w2v-up-pull" }), "pull, towards h"),
      make("span", {}, make("i", { class: "w2v-up-push" }), "push, away from h"),
      make("span", {}, "\u2295 the centroid of U"),
    );
  }

  heightFor(width) {
    return width < 620 ? 400 : 460;
  }

  compose(size, pen) {
    const place = this.scale(size);
    const end = (one) => this.end(one);
    const things = this.find(place);
    const lit = new Set(things.filter((thing) => this.isLit(thing)).map((thing) => thing.key));
    const shapes = [
      ...this.axes(place, size),
      ...this.outputs(place, end, lit),
      ...this.centroid(place),
      ...this.inputs(place, end, lit),
    ];
    const placed = this.names(place, end, lit, size, pen);
    const boxes = placed.map(({ item, x, y }) => ({ x, y, w: item.w }));
    return {
      shapes: [
        ...shapes,
        ...this.axisNames(place, size, boxes, pen),
        ...placed.flatMap((one) => this.nameShapes(one, lit)),
      ],
      things,
    };
  }

  /** Where the arrow of a step ends: steps are drawn longer than they are, as the note says. */
  end(one) {
    const factor = one.error > 0 ? this.data.push_factor : this.data.factor;
    return [one.x + factor * one.dx, one.y + factor * one.dy];
  }

  /** The same scale along both axes, so that directions and lengths are true. */
  scale(size) {
    const { data } = this;
    const points = [[0, 0], data.h, [data.centroid.x, data.centroid.y]];
    for (const one of [...data.points, ...data.inputs]) {
      points.push([one.x, one.y], this.end(one));
    }
    const span = [0, 1].map((axis) => {
      const values = points.map((point) => point[axis]);
      return [Math.min(...values), Math.max(...values)];
    });
    const unit = Math.min(
      ...[size.width, size.height].map(
        (room, axis) => (room - 2 * EDGE) / Math.max(1e-9, span[axis][1] - span[axis][0]),
      ),
    );
    const middle = span.map(([low, high]) => (low + high) / 2);
    return (x, y) => [size.width / 2 + unit * (x - middle[0]), size.height / 2 - unit * (y - middle[1])];
  }

  find(place) {
    const { data } = this;
    const thing = (key, word, x, y, say) => {
      const [px, py] = place(x, y);
      return { key, word, x: px, y: py, say };
    };
    return [
      ...data.inputs.map((one) =>
        thing(
          `v-${one.id}`,
          one.id,
          one.x,
          one.y,
          `v of ${one.word} moves by ${threeDigits(Math.hypot(one.dx, one.dy))} in this plane.`,
        ),
      ),
      ...data.points.map((one) => thing(`u-${one.row}`, one.id, one.x, one.y, this.sayPoint(one))),
    ];
  }

  sayPoint(one) {
    const name = one.id === null ? one.word : `u of ${one.word}`;
    if (one.role === "still") return `${name} takes no part in this update and stays.`;
    if (one.error === 0) return `${name}: error 0, it stays.`;
    const way = one.error < 0 ? "pulled towards h" : "pushed away from h";
    const step = Math.hypot(one.dx, one.dy);
    return `${name}: error ${threeDigits(one.error)}, so it is ${way}${step ? ` by ${threeDigits(step)}` : ""}.`;
  }

  axes(place, size) {
    const { theme } = this;
    const [x0, y0] = place(0, 0);
    return [
      { key: "axis-x", type: "line", x: 0, y: y0, x2: size.width, y2: y0, color: theme.thin, width: 1 },
      { key: "axis-y", type: "line", x: x0, y: 0, x2: x0, y2: size.height, color: theme.thin, width: 1 },
    ];
  }

  /** What the axes are, near their ends where the names of words leave room. */
  axisNames(place, size, boxes, pen) {
    const { theme } = this;
    const [right, up] = this.data.axes;
    const [x0, y0] = place(0, 0);
    const font = this.font(13);
    const draw = (key, text, spots) => {
      const w = this.textWidth(pen, text, font);
      for (const [left, y] of spots(w)) {
        const inside = left >= 2 && left + w <= size.width - 2 && y >= 9 && y <= size.height - 9;
        const free = boxes.every((box) => left + w < box.x || box.x + box.w < left || Math.abs(y - box.y) >= 18);
        if (inside && free) {
          boxes.push({ x: left, y, w });
          return [{ key, type: "text", text, x: left, y, font, color: theme.muted, halo: theme.background }];
        }
      }
      return [];
    };
    return [
      ...draw("axis-x-name", `${right} \u2192`, (w) =>
        [y0 + 12, y0 - 12, size.height - 10, 10].map((y) => [size.width - 4 - w, y]),
      ),
      ...(up
        ? draw("axis-y-name", `${up} \u2191`, (w) =>
            [10, 30, 50].flatMap((y) => [
              [x0 + 6, y],
              [x0 - 6 - w, y],
            ]),
          )
        : []),
    ];
  }

  outputs(place, end, lit) {
    const { data, theme } = this;
    const quiet = lit.size > 0;
    const dots = [];
    const arrows = [];
    for (const one of [...data.points].reverse()) {
      const [x, y] = place(one.x, one.y);
      const key = `u-${one.row}`;
      const bright = lit.has(key);
      const target = one.role === "target";
      const alpha = bright ? 1 : quiet ? 0.25 : one.role === "still" ? 0.4 : 0.9;
      dots.push({
        key,
        type: "dot",
        x,
        y,
        r: target ? 7 : bright ? 6 : 4.5,
        alpha,
        fill: theme.context,
        color: bright ? theme.text : one.role === "drawn" ? theme.negative : theme.background,
        width: bright ? 2 : one.role === "drawn" ? 3 : 1,
      });
      if (!one.dx && !one.dy) continue;
      const [x2, y2] = place(...end(one));
      const pull = one.error < 0;
      arrows.push({
        key: `${key}-step`,
        type: "arrow",
        x,
        y,
        x2,
        y2,
        color: pull ? theme.pull : theme.push,
        width: pull ? 3 : 2,
        head: pull ? 11 : 8,
        alpha: quiet && !bright ? 0.25 : 1,
      });
    }
    return [...dots, ...arrows];
  }

  centroid(place) {
    const { data, theme } = this;
    const { x, y, dx, dy } = data.centroid;
    const [px, py] = place(x, y);
    const [qx, qy] = place(x + data.factor * dx, y + data.factor * dy);
    return [
      { key: "centroid-step", type: "arrow", x: px, y: py, x2: qx, y2: qy, color: theme.text, width: 2, head: 8 },
      { key: "centroid-ground", type: "dot", x: px, y: py, r: 9, fill: theme.background, color: theme.text, width: 2 },
      { key: "centroid", type: "cross", x: px, y: py, r: 9, color: theme.text, width: 2 },
    ];
  }

  inputs(place, end, lit) {
    const { data, theme } = this;
    const [x0, y0] = place(0, 0);
    const [hx, hy] = place(...data.h);
    const single = data.inputs.length === 1;
    const shapes = single
      ? []
      : [{ key: "h", type: "arrow", x: x0, y: y0, x2: hx, y2: hy, color: theme.center, width: 3.5, head: 13 }];
    for (const one of data.inputs) {
      const [x, y] = place(one.x, one.y);
      const [x2, y2] = place(...end(one));
      const bright = lit.has(`v-${one.id}`);
      shapes.push(
        {
          key: `v-${one.id}`,
          type: "arrow",
          x: x0,
          y: y0,
          x2: x,
          y2: y,
          color: theme.center,
          width: single ? 3.5 : bright ? 3 : 1.5,
          head: single ? 13 : 9,
          alpha: single || bright ? 1 : 0.6,
        },
        { key: `v-${one.id}-step`, type: "arrow", x, y, x2, y2, color: theme.centerText, width: 2, head: 8 },
      );
    }
    return shapes;
  }

  /** Where names stand: h and the inputs, the target, the centroid, then the words with the largest errors. */
  names(place, end, lit, size, pen) {
    const { data, theme } = this;
    const single = data.inputs.length === 1;
    const wanted = [];
    const add = (key, text, x, y, r, color, weight, needed, mark) => {
      const font = this.font(14, weight);
      const w = this.textWidth(pen, text, font) + (mark === undefined ? 0 : 15);
      wanted.push({ key, text, x, y, r, color, font, mark, needed, w, h: 18 });
    };
    if (!single) add("h", "h", ...place(...data.h), 5, theme.centerText, 700, true);
    for (const one of data.inputs.slice(0, 12)) {
      add(
        `v-${one.id}`,
        single ? `h = v of ${one.word}` : `v of ${one.word}`,
        ...place(one.x, one.y),
        6,
        theme.centerText,
        single ? 700 : 500,
        single || lit.has(`v-${one.id}`),
      );
    }
    const most = size.width < 620 ? NAMES.narrow : NAMES.wide;
    const first = (one) => (lit.has(`u-${one.row}`) ? 2 : one.role === "target" ? 1 : 0);
    const ordered = [...data.points].sort((a, b) => first(b) - first(a)); // the rest stays in order of the errors
    ordered.slice(0, most).forEach((one) => {
      if (one.role === "still" && !lit.has(`u-${one.row}`)) return;
      const mark = one.error < 0 ? true : one.error > 0 ? false : undefined;
      const strong = first(one) > 0;
      add(
        `u-${one.row}`,
        displayWord(one.word),
        ...place(one.x, one.y),
        8,
        strong ? theme.contextText : theme.text,
        strong ? 650 : 400,
        strong,
        mark,
      );
      if (one.role === "target") {
        add("centroid", "centroid of U", ...place(data.centroid.x, data.centroid.y), 9, theme.text, 600, true);
      }
    });
    if (!wanted.some((one) => one.key === "centroid")) {
      add("centroid", "centroid of U", ...place(data.centroid.x, data.centroid.y), 9, theme.text, 600, true);
    }
    return placeNames(wanted, this.taken(place, end), size);
  }

  nameShapes({ item, x, y }, lit) {
    const { theme } = this;
    /** @type {Shape[]} */
    const shapes = [
      {
        key: `${item.key}-name`,
        type: "text",
        text: item.text,
        x: item.mark === undefined ? x : x + 15,
        y,
        font: item.font,
        color: item.color,
        halo: theme.background,
        alpha: lit.size && !lit.has(item.key) ? 0.55 : 1,
      },
    ];
    if (item.mark !== undefined) {
      shapes.push({
        key: `${item.key}-mark`,
        type: "mark",
        x: x + 6,
        y,
        r: 5,
        up: item.mark,
        color: item.mark ? theme.pull : theme.push,
      });
    }
    return shapes;
  }

  /** What names should not cover: the dots that take part, the arrows, the centroid. */
  taken(place, end) {
    const { data } = this;
    const around = ([x, y], r) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r });
    const along = (from, to) => {
      const [a, b] = [place(...from), place(...to)];
      const n = Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / 8);
      return Array.from({ length: n + 1 }, (_, i) =>
        around([a[0] + (i / (n || 1)) * (b[0] - a[0]), a[1] + (i / (n || 1)) * (b[1] - a[1])], 3),
      );
    };
    return [
      around(place(data.centroid.x, data.centroid.y), 10),
      ...along([0, 0], data.h),
      ...data.inputs.flatMap((one) => along([one.x, one.y], end(one))),
      ...data.points.filter((one) => one.role !== "still").map((one) => around(place(one.x, one.y), 4)),
      ...data.points.filter((one) => one.dx || one.dy).flatMap((one) => along([one.x, one.y], end(one))),
    ];
  }
}
