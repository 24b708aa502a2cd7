// How high a name stands in a picture of lines, so that it lies on none of them. Pixels, y pointing down.

/** How far a line through points [x, y], from left to right, keeps from a box, up or down; 0 where it goes through it. */
export function clearance(points, { left, right, top, bottom }) {
  let least = Infinity;
  for (let i = 1; i < points.length; i += 1) {
    const [[x, y], [nextX, nextY]] = [points[i - 1], points[i]];
    if (nextX < left || x > right) continue;
    const heightAt = (at) => y + (nextX > x ? ((at - x) / (nextX - x)) * (nextY - y) : 0);
    const ends = [heightAt(Math.max(x, left)), heightAt(Math.min(nextX, right))];
    const [high, low] = [Math.min(...ends), Math.max(...ends)];
    least = Math.min(least, Math.max(0, high - bottom, top - low));
  }
  return least;
}

/**
 * Of these heights for the middle of a name the first that keeps `apart` from all lines, else the one that keeps farthest.
 * The name goes from left to right and is so tall.
 */
export function freeHeight(heights, { left, right, tall }, lines, apart) {
  const room = heights.map((y) => {
    const box = { left, right, top: y - tall / 2, bottom: y + tall / 2 };
    return Math.min(apart, ...lines.map((points) => clearance(points, box)));
  });
  return heights[room.indexOf(Math.max(...room))];
}
