// Where dots of a still picture stand, and which of them are named, on which side: no name covers another or a dot,
// none is cut.

const LINE = 17; // px of a name's height
const GAP = 4;
const CORNER = 0.7; // of a dot's radius: a square of that size lies inside it
const NAME = 1000; // a name under another one is as bad as so many dots under it

/**
 * places: [{x, y, r}] of the dots, sizes: widths of their names, marked: those that are named first and in any case,
 * where they cover least: rather dots than names.
 * Returns [{ i, x, y, anchor }] with the foot of each name.
 */
export function namesBeside(places, sizes, marked, { width, top, bottom }) {
  const order = places.map((_, i) => i).sort((a, b) => Number(marked[b]) - Number(marked[a]) || a - b);
  const dots = places.map(({ x, y, r }) => box(x - CORNER * r, y - CORNER * r, 2 * CORNER * r, 2 * CORNER * r));
  const [names, named] = [[], []];
  for (const i of order) {
    const { x, y, r } = places[i];
    const w = sizes[i];
    const sides = [
      { left: x + r + GAP, up: y - LINE / 2, at: x + r + GAP, anchor: "start" },
      { left: x - r - GAP - w, up: y - LINE / 2, at: x - r - GAP, anchor: "end" },
      { left: x - w / 2, up: y - r - GAP - LINE, at: x, anchor: "middle" },
      { left: x - w / 2, up: y + r + GAP, at: x, anchor: "middle" },
    ].filter(({ left, up }) => left >= 2 && left + w <= width - 2 && up >= top && up + LINE <= bottom);
    const covers = sides.map(({ left, up }) => {
      const own = box(left, up, w, LINE);
      const over = (boxes) => boxes.filter((other) => overlap(own, other)).length;
      return NAME * over(names) + over(dots);
    });
    const least = Math.min(...covers);
    if (!sides.length || (least > 0 && !marked[i])) continue;
    const found = sides[covers.indexOf(least)];
    names.push(box(found.left, found.up, w, LINE));
    named.push({ i, x: found.at, y: found.up + 13, anchor: found.anchor });
  }
  return named;
}

/** Where points stand in a frame, in its middle; a unit is as long across as upwards, so that angles are true. */
export function inOneScale(xs, ys, { left, right, top, bottom }) {
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const [under, over] = [Math.min(...ys), Math.max(...ys)];
  const unit = Math.min((right - left) / (high - low), (bottom - top) / (over - under));
  const scale = Number.isFinite(unit) ? unit : 0;
  return xs.map((x, i) => ({
    x: (left + right) / 2 + scale * (x - (low + high) / 2),
    y: (top + bottom) / 2 - scale * (ys[i] - (under + over) / 2),
  }));
}

function box(left, top, width, height) {
  return [left, top, left + width, top + height];
}

function overlap(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
