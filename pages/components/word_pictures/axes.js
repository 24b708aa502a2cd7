// Words on two axes that pairs of words make; the larger a dot, the more of its vector stands out of the picture.
import { canvasFont } from "../kit/theme.js";
import { Picture, draw } from "./picture.js";
import { inOneScale, namesBeside } from "./axes_names.js";

const HEIGHT = 400; // px in a window of ordinary height
const ROOM = 34;
const SMALLEST = 3;
const LARGEST = 13; // px of radius
const LETTERS = 15;

export class AxesPicture extends Picture {
  paint() {
    const { dots, axes } = this.data;
    const height = HEIGHT * this.stretch();
    const low = height - ROOM;
    const room = { left: 60, right: this.width - 60, top: ROOM + 8, bottom: low - 26 };
    const [xs, ys] = [dots.map(({ x }) => x), dots.map(({ y }) => y)];
    const most = Math.max(...dots.map(({ rest }) => rest), 1e-300);
    const place = inOneScale(xs, ys, room).map((at, i) => ({
      ...at,
      r: SMALLEST + (LARGEST - SMALLEST) * (dots[i].rest / most),
    }));
    const svg = this.sheet(height);
    svg.append(
      draw("rect", { class: "w2v-wp-ground", x: 0, y: ROOM - 14, width: this.width, height: low - ROOM + 22 }),
    );
    svg.append(this.end(`\u2190 ${axes[0].from}`, 4, height - 8, "start"));
    svg.append(this.end(`${axes[0].to} \u2192`, this.width - 4, height - 8, "end"));
    svg.append(this.end(`\u2191 ${axes[1].to}`, this.width / 2, 14, "middle"));
    svg.append(this.end(`\u2193 ${axes[1].from}`, this.width / 2, height - 8, "middle"));
    for (const marks of [false, true]) // these lie on top
      dots.forEach((dot, i) => Boolean(dot.marked) === marks && svg.append(this.dot(dot, place[i])));
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = canvasFont(this.theme, LETTERS);
    const sizes = dots.map(({ shown }) => pen.measureText(shown).width / this.theme.scale);
    const marked = dots.map(({ marked: is }) => is);
    const frame = { width: this.width, top: ROOM - 12, bottom: low + 6 };
    for (const { i, x, y, anchor } of namesBeside(place, sizes, marked, frame)) {
      const { word, shown, marked: bold } = dots[i];
      const more = { class: `w2v-wp-name${bold ? " w2v-wp-bold" : ""}`, "text-anchor": anchor };
      svg.append(this.name(word, shown, { ...more, x, y }));
    }
    this.paper.replaceChildren(svg);
  }

  end(text, x, y, anchor) {
    return draw("text", { class: "w2v-wp-tick", x, y, "text-anchor": anchor }, text);
  }

  dot({ word, shown, marked, tip }, { x, y, r }) {
    const look = { class: marked ? "w2v-wp-marked" : "w2v-wp-plain", cx: x, cy: y, r, "data-word": word };
    const circle = draw("circle", look, draw("title", {}, `${shown}: ${tip}`));
    circle.onclick = () => this.pick({ word });
    return circle;
  }
}
