// Arithmetic of the pictures over time: where a moment stands, which is nearest to a place, paths of lines.

/** Where a number between the two of `ends` stands between those of `places`; in their middle of equal ends. */
export function along(ends, places, value) {
  const [low, high] = ends;
  const [from, to] = places;
  return high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from);
}

/** The moment of `at` that stands nearest to a place. */
export function nearestMoment(at, place, x) {
  let best = 0;
  for (let i = 1; i < at.length; i++) if (Math.abs(x(at[i]) - place) < Math.abs(x(at[best]) - place)) best = i;
  return at[best];
}

/** The path of a line through places (x, y); null in y breaks it. */
export function pathOf(places) {
  let path = "";
  let open = false;
  for (const [x, y] of places) {
    if (y === null) open = false;
    else {
      path += `${open ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
      open = true;
    }
  }
  return path;
}

/** Stretches of the same value: [{ value, from, to }] with the indices of its first and last place. */
export function stretches(values) {
  const found = [];
  values.forEach((value, i) => {
    const last = found.at(-1);
    if (last && last.value === value) last.to = i;
    else found.push({ value, from: i, to: i });
  });
  return found;
}

/** Names one below the other, at least `gap` apart, each as near to where it belongs as may be: the places. */
export function spread(wanted, gap, low, high) {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  const placed = new Array(wanted.length);
  let next = low;
  for (const i of order) {
    placed[i] = Math.max(next, wanted[i]);
    next = placed[i] + gap;
  }
  let limit = high;
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i], limit);
    limit = placed[i] - gap;
  }
  return placed;
}
