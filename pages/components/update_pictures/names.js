// Where names stand beside points that do not move by themselves: the most important first, none over another.

const FARTHER = [0, 12, 26, 44, 66]; // px by which a name that must be shown moves away until it finds room
const SIDES = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, -1],
  [-1, -1],
  [1, 1],
  [-1, 1],
];

function apart(a, b) {
  return a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
}

/**
 * Return {item, x, y} of the names that found a place, x at their left end and y in their middle.
 * items: {x, y, r, w, h, needed}, most important first; taken: boxes {x, y, w, h} that stay free.
 */
export function placeNames(items, taken, size) {
  const boxes = [...taken];
  const placed = [];
  for (const item of items) {
    const tries = (item.needed ? FARTHER : [0])
      .flatMap((far) =>
        SIDES.map(([sx, sy]) => {
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
