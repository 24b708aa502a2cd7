// The names in push and pull: of vectors beside their points, and of the axes where those leave room.
import { displayWord } from "../kit/format.js";
import { placeStill } from "../kit/labels.js";

const NAMES = { wide: 18, narrow: 9 };

/** Where names stand: h and the inputs, the target, the centroid, then the words with the largest errors. */
export function placeNames(frame, lit) {
  const { data, theme, place, size } = frame;
  const single = data.inputs.length === 1;
  const wanted = [];
  const add = (key, text, x, y, r, color, weight, needed, mark) => {
    const font = frame.font(14, weight);
    const w = frame.textWidth(text, font) + (mark === undefined ? 0 : 15);
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
  return placeStill(wanted, taken(frame), size);
}

export function nameShapes({ theme }, { item, x, y }, lit) {
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
function taken({ data, place, end }) {
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

/** What the axes are, near their ends where the names of words leave room. */
export function axisNames(frame, boxes) {
  const { data, theme, place, size } = frame;
  const [right, up] = data.axes;
  const [x0, y0] = place(0, 0);
  const font = frame.font(13);
  const draw = (key, text, spots) => {
    const w = frame.textWidth(text, font);
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
