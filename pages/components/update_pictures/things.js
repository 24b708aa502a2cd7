// Which of the things in a picture is meant: by a place on the paper, or by a key. Things: see picture.js.

/** The thing nearest to a place, at most `reach` px away; or null. */
export function nearestThing(things, x, y, reach) {
  let best = null;
  let least = reach;
  for (const thing of things) {
    const dx = Math.max(0, Math.abs(x - thing.x) - (thing.w ?? 0) / 2);
    const dy = Math.max(0, Math.abs(y - thing.y) - (thing.h ?? 0) / 2);
    const far = Math.hypot(dx, dy);
    if (far < least) [best, least] = [thing, far];
  }
  return best;
}

/**
 * The thing that a key goes to from the one `now`: up and down in order, left and right to the neighboring column.
 * null for none; undefined for a key that goes nowhere.
 */
export function thingAfter(things, now, key) {
  const columns = [...new Set(things.map((thing) => thing.column ?? 0))].sort((a, b) => a - b);
  const column = now?.column ?? columns[0];
  const inside = things.filter((thing) => (thing.column ?? 0) === column);
  const at = inside.indexOf(now);
  const aside = (by) => {
    const next = columns[columns.indexOf(column) + by];
    const others = things.filter((thing) => (thing.column ?? 0) === next);
    if (next === undefined) return columns.length > 1 ? now : inside[(at + by + inside.length) % inside.length];
    return others.reduce((a, b) => (Math.abs(b.y - now.y) < Math.abs(a.y - now.y) ? b : a));
  };
  const go = {
    ArrowDown: () => inside[Math.min(inside.length - 1, at + 1)],
    ArrowUp: () => inside[Math.max(0, at - 1)],
    ArrowRight: () => (now ? aside(1) : inside[0]),
    ArrowLeft: () => (now ? aside(-1) : inside[0]),
    Home: () => inside[0],
    End: () => inside[inside.length - 1],
    Escape: () => null,
  };
  return Object.hasOwn(go, key) && inside.length ? go[key]() : undefined;
}
