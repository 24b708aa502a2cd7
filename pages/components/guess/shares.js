// Shares of one whole: what one bar gets, others give. Arithmetic only.

/**
 * Return the shares after a bar was set to a share, as far as can be: none falls below `least`.
 *
 * shares : as they were before this bar was first moved, so that whoever drags it back finds them again
 * pool   : the bar from which the others take first, and which gets what they give back; -1 for none
 *
 * When the pool is empty, or is itself the one that moves, the others make room in proportion.
 */
export function withShare(shares, moved, wanted, least, pool) {
  const most = mostOf(shares, least);
  const share = Math.min(most, Math.max(least, wanted));
  const made = shares.slice();
  made[moved] = share;
  let others = shares.map((_, i) => i).filter((i) => i !== moved);
  if (pool >= 0 && pool !== moved) {
    made[pool] = Math.max(least, shares[pool] - (share - shares[moved]));
    others = others.filter((i) => i !== pool);
    if (made[pool] > least) return made;
  }
  const room = 1 - share - (others.length < shares.length - 1 ? made[pool] : 0);
  const fitted = fit(
    others.map((i) => shares[i]),
    room,
    least,
  );
  others.forEach((i, k) => {
    made[i] = fitted[k];
  });
  return made;
}

/** The largest share that a bar can have beside the least of all others. */
export function mostOf(shares, least) {
  return 1 - least * (shares.length - 1);
}

/** Return shares in these proportions that add up to `total`; what would be lower than `least` is that. */
function fit(shares, total, least) {
  let low = new Set();
  for (;;) {
    const free = shares.reduce((sum, share, i) => sum + (low.has(i) ? 0 : share), 0);
    const factor = (total - least * low.size) / free;
    const found = shares.map((_, i) => i).filter((i) => low.has(i) || shares[i] * factor < least);
    if (found.length === low.size || found.length === shares.length)
      return shares.map((share, i) => (found.includes(i) ? least : share * factor));
    low = new Set(found);
  }
}

/** Where a key sends a share, by whole percentages; undefined for a key that means nothing here. */
export function shareAfter(share, { key, shiftKey }, least, most) {
  const points = 100 * share;
  const step = shiftKey || key.startsWith("Page") ? 10 : 1;
  if (key === "Home") return least;
  if (key === "End") return most;
  if (["ArrowRight", "ArrowUp", "PageUp"].includes(key)) return (step * (Math.floor(points / step + 1e-6) + 1)) / 100;
  if (["ArrowLeft", "ArrowDown", "PageDown"].includes(key)) return (step * (Math.ceil(points / step - 1e-6) - 1)) / 100;
  return undefined;
}
