// Where on the plane the map looks, and how closely; a wished view is glided to.

const [NEAREST, FARTHEST] = [60, 0.4]; // zoom
const [BESIDE, ABOVE] = [44, 24]; // px of paper around all words at all moments

function limited(zoom) {
  return Math.min(NEAREST, Math.max(FARTHEST, zoom));
}

/** A point of the plane on the paper. */
export function onPaper({ size, view }, x, y) {
  return [size.width / 2 + (x - view.x) * view.scale, size.height / 2 - (y - view.y) * view.scale];
}

export class Camera {
  constructor() {
    this.restart();
  }

  restart() {
    this.at = { x: 0, y: 0, zoom: 1 };
    this.goal = null;
    this.glidedAt = 0;
  }

  /** How the plane lies on the paper now: the middle and the scale, which is the same on both axes. */
  view(box, { width, height }) {
    const fit = Math.min((width - 2 * BESIDE) / (box.x1 - box.x0), (height - 2 * ABOVE) / (box.y1 - box.y0));
    const scale = Math.max(1e-9, fit) * this.at.zoom;
    return { scale, x: (box.x0 + box.x1) / 2 + this.at.x, y: (box.y0 + box.y1) / 2 + this.at.y };
  }

  goHome() {
    this.goal = { x: 0, y: 0, zoom: 1 };
  }

  zoomBy(factor) {
    const now = this.goal || this.at;
    this.goal = { ...now, zoom: limited(now.zoom * factor) };
  }

  /** Zoom so that the place (px, py) on the paper stays there; `scale` is the view's before. */
  zoomAt(px, py, factor, { width, height }, scale) {
    const zoom = limited(this.at.zoom * factor);
    const change = zoom / this.at.zoom;
    this.goal = null;
    this.at.x += ((px - width / 2) / scale) * (1 - 1 / change);
    this.at.y -= ((py - height / 2) / scale) * (1 - 1 / change);
    this.at.zoom = zoom;
  }

  /** Move the paper by dx and dy pixels under the camera. */
  drag(dx, dy, scale) {
    this.goal = null;
    this.at.x -= dx / scale;
    this.at.y += dy / scale;
  }

  /** Glide towards a wished view. Returns whether still on the way. */
  glide(now, calm) {
    if (!this.goal) return false;
    const keep = calm ? 0 : Math.exp(-Math.min(50, now - (this.glidedAt || now)) / 60);
    this.glidedAt = now;
    const { at, goal } = this;
    for (const name of ["x", "y"]) at[name] = goal[name] + (at[name] - goal[name]) * keep;
    at.zoom = goal.zoom * (at.zoom / goal.zoom) ** keep;
    const away = Math.abs(at.x - goal.x) + Math.abs(at.y - goal.y);
    if (away + Math.abs(Math.log(at.zoom / goal.zoom)) > 1e-3) return true;
    this.at = goal;
    this.goal = null;
    this.glidedAt = 0;
    return false;
  }
}
