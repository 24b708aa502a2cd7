// Where names stand: beside points, moving or still, or in a row of their own. The most important find their place first.

const PLACES = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, -1],
  [-1, -1],
  [1, 1],
  [-1, 1],
]; // right, left, above, below ...
const EDGE = 2; // px of paper beyond a name
const CELL = 48; // px
const ON_NAME = 20; // covering a name is worse than covering a point
const FREQUENT = 15; // on a dense map so many of the most frequent words may cover points of others
const DENSE = 70;
const FEW = 12; // names on a map that shall show few
const WAIT_TO_SHOW = 350; // ms a free place must stay free before a hidden name comes back
const WAIT_TO_MOVE = 220;
const FARTHER = [0, 12, 26, 44, 66]; // px by which a still name that must be shown moves away until it finds room
let turn = 0;

// ---- beside points that move: no two overlap, frequent words first, and none dances -----------------------------------

/** Rectangles sorted into cells, to ask quickly whether a place is free. */
class Occupied {
  constructor() {
    this.cells = new Map();
  }

  add(box) {
    for (let x = Math.floor(box.x / CELL); x <= Math.floor((box.x + box.w) / CELL); x += 1) {
      for (let y = Math.floor(box.y / CELL); y <= Math.floor((box.y + box.h) / CELL); y += 1) {
        const cell = this.cells.get(x * 4096 + y);
        if (cell) cell.push(box);
        else this.cells.set(x * 4096 + y, [box]);
      }
    }
  }

  /** Weighted area of the box, grown by pad, that is taken by others than its owner; of more than `most` a part. */
  overlap(box, pad, owner, most) {
    const [left, right, top, bottom] = [box.x - pad, box.x + box.w + pad, box.y - pad, box.y + box.h + pad];
    let area = 0;
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) {
        const cell = this.cells.get(x * 4096 + y);
        if (!cell) continue;
        for (let i = 0; i < cell.length; i += 1) {
          const other = cell[i];
          if (other.owner === owner) continue;
          const w = Math.min(right, other.x + other.w) - Math.max(left, other.x);
          const h = Math.min(bottom, other.y + other.h) - Math.max(top, other.y);
          if (!(w > 0 && h > 0)) continue;
          area += w * h * other.weight;
          if (area > most) return area;
        }
      }
    }
    return area;
  }
}

/** The box of a name in one of its places around the point, moved inside the paper where it would be cut. */
function boxAt(item, place, size) {
  const box = freeBoxAt(item, place);
  box.x = Math.max(EDGE, Math.min(box.x, size.width - EDGE - box.w));
  box.y = Math.max(EDGE, Math.min(box.y, size.height - EDGE - box.h));
  return box;
}

function freeBoxAt(item, place) {
  const gap = item.reach + 4;
  const [dx, dy] = PLACES[place];
  const aside = dy ? 0.7 * gap : gap;
  const below = dx ? 0.7 * gap + 0.25 * item.height : 0.6 * gap + 0.5 * item.height;
  return {
    x: item.x + dx * aside + (dx - 1) * 0.5 * item.width,
    y: item.y + dy * below - 0.5 * item.height,
    w: item.width,
    h: item.height,
    owner: item,
    weight: ON_NAME,
  };
}

/**
 * Place the names of all items, most important first.
 * Items have x, y, reach (of point and rings), width, height, forced, label (kept from call to call); a `faded` one
 * shows no name, and one `within` the name of another none of its own. `atOnce`: everything finds its place at once, as at rest; else names wait a little, so that none
 * flickers. `names`: "few" for those of the most important items only, "all" for names even where they overlap.
 * `kept`: boxes {x, y, w, h} that stay free.
 */
export function placeLabels(items, size, now, calm, atOnce, names = "normal", kept = []) {
  turn += 1;
  const taken = new Occupied();
  for (const box of kept) taken.add({ ...box, owner: null, weight: 2 * ON_NAME });
  for (const item of items) {
    const r = item.reach;
    taken.add({ x: item.x - r, y: item.y - r, w: 2 * r, h: 2 * r, owner: item, weight: item.forced ? 4 : 1 });
  }
  const dense = items.length > DENSE;
  let moving = false;
  for (let i = 0; i < items.length; i += 1) {
    const item = items[i];
    const { label } = item;
    const share = dense && i < FREQUENT ? 0.3 : 0.06;
    item.tolerance = item.forced || names === "all" ? Infinity : share * item.width * item.height;
    const named = !item.faded && !item.within && (item.forced || names !== "few" || i < FEW);
    // names that found no place ask again every few pictures only
    const asks = atOnce || label.place >= 0 || item.forced || label.fresh || (turn + i) % 4 === 0;
    const inside = item.x > -4 && item.y > -4 && item.x < size.width + 4 && item.y < size.height + 4;
    const place = inside && asks && named ? choosePlace(item, taken, size, now, atOnce || calm) : -1;
    if (place >= 0) {
      if (label.place < 0 || label.alpha === 0) [label.dx, label.dy] = [NaN, NaN];
      label.place = place;
      const box = boxAt(item, place, size);
      taken.add(box);
      moving = glide(item, box, now, calm) || moving;
    } else {
      label.place = -1;
      if (label.box) [label.box.x, label.box.y] = [item.x + label.dx, item.y + label.dy];
    }
    moving = fade(label, now, place >= 0 ? 1 : 0, calm) || moving;
    label.seen = now;
  }
  return moving;
}

/** The place for a name, or -1. A name keeps its place unless that is taken and another is much better. */
function choosePlace(item, taken, size, now, atOnce) {
  const { label } = item;
  const cost = (place, pad, most) => {
    const [free, box] = [freeBoxAt(item, place), boxAt(item, place, size)];
    const out = Math.max(Math.abs(box.x - free.x), Math.abs(box.y - free.y));
    return taken.overlap(box, pad, item, most) + 40 * out;
  };
  const placed = label.place >= 0;
  const kept = placed ? cost(label.place, -1, Infinity) : Infinity;
  if (kept <= 0) {
    label.badSince = 0;
    return label.place;
  }
  let best = -1;
  let least = Infinity;
  const bearable = placed ? Infinity : item.tolerance; // what costs more is no place for a name that has none
  for (let place = 0; place < PLACES.length && least > 0; place += 1) {
    const c = cost(place, placed ? 1 : 2, Math.min(least, bearable));
    if (c < least) [best, least] = [place, c];
  }
  if (placed) return keepOrMove(item, best, least, kept, now, atOnce);
  if (least > item.tolerance) {
    label.fresh = false;
    label.freeSince = 0;
    return -1;
  }
  if (!label.freeSince) label.freeSince = now;
  if (!item.forced && !atOnce && !label.fresh && now - label.freeSince < WAIT_TO_SHOW) return -1;
  label.fresh = false;
  label.freeSince = 0;
  return best;
}

function keepOrMove(item, best, least, kept, now, atOnce) {
  const { label } = item;
  const bearable = kept <= item.tolerance;
  if (bearable && least > 0.5 * kept) return label.place;
  if (!label.badSince) label.badSince = now;
  if (!atOnce && now - label.badSince < WAIT_TO_MOVE && kept < 30 * ON_NAME) return label.place;
  label.badSince = 0;
  return least <= item.tolerance ? best : -1;
}

/** The name slides to its place beside the point instead of jumping. */
function glide(item, box, now, calm) {
  const { label } = item;
  const [dx, dy] = [box.x - item.x, box.y - item.y];
  const keep = calm || Number.isNaN(label.dx) ? 0 : Math.exp(-(now - label.seen) / 70);
  label.dx = keep ? dx + (label.dx - dx) * keep : dx;
  label.dy = keep ? dy + (label.dy - dy) * keep : dy;
  if (Math.abs(label.dx - dx) + Math.abs(label.dy - dy) < 0.3) [label.dx, label.dy] = [dx, dy];
  label.box = { x: item.x + label.dx, y: item.y + label.dy, w: box.w, h: box.h };
  return label.dx !== dx || label.dy !== dy;
}

function fade(label, now, goal, calm) {
  const step = calm ? 1 : Math.min(1, (now - label.seen) / 150);
  label.alpha += Math.sign(goal - label.alpha) * Math.min(step, Math.abs(goal - label.alpha));
  return label.alpha !== goal;
}

/** A label before it was ever placed. */
export function newLabel() {
  return { place: -1, alpha: 0, dx: NaN, dy: NaN, box: null, badSince: 0, freeSince: 0, seen: 0, fresh: true };
}

/** Let a label find its place as if it never had one: what was the best of another paper need not be of this. */
export function forgetPlace(label) {
  const { alpha, seen } = label;
  Object.assign(label, newLabel(), { alpha, seen, host: null });
}

// ---- beside points that stand still -------------------------------------------------------------------------------

function apart(a, b) {
  return a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
}

/**
 * Return {item, x, y} of the names that found a place, x at their left end and y in their middle.
 * items: {x, y, r, w, h, needed}, most important first; taken: boxes {x, y, w, h} that stay free.
 */
export function placeStill(items, taken, size) {
  const boxes = [...taken];
  const placed = [];
  for (const item of items) {
    const tries = (item.needed ? FARTHER : [0])
      .flatMap((far) =>
        PLACES.map(([sx, sy]) => {
          const gap = item.r + far + (sx && sy ? 1 : 4);
          const [cx, cy] = [item.x + sx * (gap + item.w / 2), item.y + sy * (gap + item.h / 2)];
          return { x: cx - item.w / 2, y: cy - item.h / 2, w: item.w, h: item.h };
        }),
      )
      .filter((at) => at.x >= 1 && at.y >= 1 && at.x + at.w <= size.width - 1 && at.y + at.h <= size.height - 1);
    const free = tries.find((at) => boxes.every((other) => apart(at, other)));
    const box = free ?? (item.needed ? tries[0] : null);
    if (!box) continue;
    boxes.push(box);
    placed.push({ item, x: box.x, y: box.y + box.h / 2 });
  }
  return placed;
}

// ---- in a row or a column ------------------------------------------------------------------------------------------

/** Move names {y}, sorted by y, up or down until each is at least `high` below the one before and none below `limit`. */
export function stackNames(names, high, limit) {
  let highest = -Infinity;
  for (const name of names) highest = name.y = Math.max(name.y, highest + high);
  let lowest = limit;
  for (const name of [...names].reverse()) {
    name.y = Math.min(name.y, lowest);
    lowest = name.y - high;
  }
}

/** Of numbered cells that are `size` wide, in the order of their importance: those whose names are `least` px apart. */
export function spacedOut(order, size, least) {
  const named = [];
  for (const i of order) if (named.every((j) => i !== j && Math.abs(i - j) * size >= least)) named.push(i);
  return named;
}
