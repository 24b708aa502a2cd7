// Points on one spot share one name: "man · woman".

const [JOIN, PART] = [9, 14]; // px between points that come to share a name, and at which they no longer do
const MOST = 3; // names in one
const MARGIN = 16; // px between two of them, for the dot there

/**
 * Let items on one spot share the name of the most important of them, which comes first.
 * Items have x, y, kind, width, forced, faded, alone, `label` kept from call to call. Sets `item.names`, the items that stand
 * in its name from left to right, [item] alone for most; and `item.within`, the item whose name it stands in, or null.
 * `width` grows with what stands in the name, up to `widest`.
 */
export function shareNames(items, widest) {
  const first = [];
  for (const item of items) {
    item.names = [item];
    item.within = item.faded ? null : (first.find((other) => takes(other, item, widest)) ?? null);
    if (item.within) {
      item.within.names.push(item);
      item.within.width += MARGIN + item.ownWidth;
    } else if (!item.faded) first.push(item);
    item.label.host = item.within?.key ?? null;
  }
  for (const item of first) {
    item.forced = item.names.some((one) => one.forced);
  }
}

function takes(host, item, widest) {
  const [dx, dy] = [host.x - item.x, host.y - item.y];
  const apart = dx * dx + dy * dy;
  if (apart >= PART * PART) return false; // as nearly all are
  if (host.kind !== item.kind || host.alone || item.alone || host.names.length >= MOST) return false;
  if (host.width + MARGIN + item.ownWidth > widest) return false;
  const far = item.label.host === host.key ? PART : JOIN;
  return apart < far * far;
}

/** Where each name of an item begins, from the left end of what they share: [item, x]. */
export function startsOf(item) {
  let x = 0;
  return item.names.map((one) => {
    const start = x;
    x += one.ownWidth + MARGIN;
    return [one, start];
  });
}

/** The middle of the dot before a name that begins at x. */
export function dotBefore(x) {
  return x - MARGIN / 2;
}
