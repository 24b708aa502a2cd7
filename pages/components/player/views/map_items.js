// The items of the map, one for each vector on show: where its point stands on the paper now.
import { forgetPlace, newLabel } from "../../kit/labels.js";
import { onPaper } from "./map_camera.js";

const TRANSITION = 300; // ms from one kind of map to another

export class MapItems {
  constructor(content) {
    this.content = content;
    this.all = [];
    this.known = new Map();
    this.leaving = null; // the places before the map became another
  }

  /** Other words are shown from now on. */
  forget() {
    this.known = new Map();
  }

  /** The paper has another size. */
  placeNamesAnew() {
    for (const { label } of this.known.values()) forgetPlace(label);
  }

  /** The map becomes another: points move there from where they are, in so many ms. */
  beginTransition(takes = TRANSITION) {
    if (!this.all.length) return;
    this.leaving = { places: new Map(this.all.map((item) => [item.key, { x: item.x, y: item.y }])), since: 0, takes };
  }

  /** Give every item its place on the paper. Returns whether the map is changing from one kind to another. */
  place(scene, now, paper) {
    const { still, kind } = this.content;
    this.all = [];
    if (still) this.placeAt(still.kind === "u" ? "u" : "v", scene, paper, (id) => still.points.get(id));
    for (const one of still ? [] : { v: ["v"], u: ["u"], both: ["v", "u"] }[kind]) {
      const [from, to] = [scene.from.map?.[one], scene.to.map?.[one]];
      const mixed = (j) => from[j] + scene.mix * (to[j] - from[j]);
      if (from) this.placeAt(one, scene, paper, (_id, i) => [mixed(2 * i), mixed(2 * i + 1)]);
    }
    return this.mixWithLeaving(scene, now);
  }

  placeAt(kind, scene, paper, pointOf) {
    this.content.ids.forEach((id, i) => {
      const point = pointOf(id, i);
      if (!point) return;
      const item = this.itemFor(kind, id);
      item.norm = scene.from.map?.norms?.[kind]?.[i] ?? NaN;
      item.tail = item.move = null;
      [item.wx, item.wy] = point;
      [item.x, item.y] = onPaper(paper, item.wx, item.wy);
      this.all.push(item);
    });
  }

  /** An item is kept from picture to picture, for where its name stands. */
  itemFor(kind, id) {
    const key = `${kind}${id}`;
    if (!this.known.has(key)) this.known.set(key, { key, kind, id, label: newLabel() });
    return this.known.get(key);
  }

  mixWithLeaving(scene, now) {
    if (!this.leaving) return false;
    const { places } = this.leaving;
    if (!this.leaving.since) this.leaving.since = now;
    const share = scene.calm ? 1 : Math.min(1, (now - this.leaving.since) / this.leaving.takes);
    const eased = share * share * (3 - 2 * share);
    for (const item of this.all) {
      const before = places.get(item.key) || places.get(`v${item.id}`) || places.get(`u${item.id}`);
      if (!before) continue;
      item.x = before.x + eased * (item.x - before.x);
      item.y = before.y + eased * (item.y - before.y);
    }
    if (share >= 1) this.leaving = null;
    return share < 1;
  }
}
