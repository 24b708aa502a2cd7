// Push and pull: v, h and all u in a plane, and how far this update moves each; the centroid of U.
import { make } from "../kit/dom.js";
import { threeDigits } from "../kit/format.js";
import { axisNames, nameShapes, placeNames } from "./motion_names.js";
import { axes, centroid, inputs, outputs } from "./motion_shapes.js";
import { Picture } from "./picture.js";

const EDGE = 30; // px left free around the points

export class MotionPicture extends Picture {
  constructor(parent) {
    super(parent);
    this.hint = "Point at a vector, or use the arrow keys in the picture: its numbers stand here.";
    const key = (style, text) => make("span", {}, make("i", { class: `w2v-up-key ${style}` }), text);
    this.legend.append(
      key("w2v-up-v", "v and h"),
      key("w2v-up-dot", "u"),
      make("span", {}, make("i", { class: "w2v-up-pull" }), "pull, towards h"),
      make("span", {}, make("i", { class: "w2v-up-push" }), "push, away from h"),
      make("span", {}, "\u2295 the centroid of U"),
    );
  }

  heightFor(width) {
    return width < 620 ? 400 : 460;
  }

  compose(size, pen) {
    const frame = {
      data: this.data,
      theme: this.theme,
      size,
      place: this.scale(size),
      end: (one) => this.end(one),
      font: (px, weight) => this.font(px, weight),
      textWidth: (text, font) => this.textWidth(pen, text, font),
    };
    const things = this.find(frame.place);
    const lit = new Set(things.filter((thing) => this.isLit(thing)).map((thing) => thing.key));
    const names = placeNames(frame, lit);
    const boxes = names.map(({ item, x, y }) => ({ x, y, w: item.w }));
    const shapes = [
      ...axes(frame),
      ...outputs(frame, lit),
      ...centroid(frame),
      ...inputs(frame, lit),
      ...axisNames(frame, boxes),
      ...names.flatMap((name) => nameShapes(frame, name, lit)),
    ];
    return { shapes, things };
  }

  /** Where the arrow of a step ends: steps are drawn longer than they are, as the note says. */
  end(one) {
    const factor = one.error > 0 ? this.data.push_factor : this.data.factor;
    return [one.x + factor * one.dx, one.y + factor * one.dy];
  }

  /** The same scale along both axes, so that directions and lengths are true. */
  scale(size) {
    const { data } = this;
    const points = [[0, 0], data.h, [data.centroid.x, data.centroid.y]];
    for (const one of [...data.points, ...data.inputs]) {
      points.push([one.x, one.y], this.end(one));
    }
    const span = [0, 1].map((axis) => {
      const values = points.map((point) => point[axis]);
      return [Math.min(...values), Math.max(...values)];
    });
    const unit = Math.min(
      ...[size.width, size.height].map(
        (room, axis) => (room - 2 * EDGE) / Math.max(1e-9, span[axis][1] - span[axis][0]),
      ),
    );
    const middle = span.map(([low, high]) => (low + high) / 2);
    return (x, y) => [size.width / 2 + unit * (x - middle[0]), size.height / 2 - unit * (y - middle[1])];
  }

  find(place) {
    const { data } = this;
    const thing = (key, word, x, y, say) => {
      const [px, py] = place(x, y);
      return { key, word, x: px, y: py, say };
    };
    return [
      ...data.inputs.map((one) =>
        thing(
          `v-${one.id}`,
          one.id,
          one.x,
          one.y,
          `v of ${one.word} moves by ${threeDigits(Math.hypot(one.dx, one.dy))} in this plane.`,
        ),
      ),
      ...data.points.map((one) => thing(`u-${one.row}`, one.id, one.x, one.y, this.sayPoint(one))),
    ];
  }

  sayPoint(one) {
    const name = one.id === null ? one.word : `u of ${one.word}`;
    if (one.role === "still") return `${name} takes no part in this update and stays.`;
    if (one.error === 0) return `${name}: error 0, it stays.`;
    const way = one.error < 0 ? "pulled towards h" : "pushed away from h";
    const step = Math.hypot(one.dx, one.dy);
    return `${name}: error ${threeDigits(one.error)}, so it is ${way}${step ? ` by ${threeDigits(step)}` : ""}.`;
  }
}
