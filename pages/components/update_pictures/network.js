// The update as a neural network: one-hot input, V, hidden layer, U, output. What the update changes stands out.
import { make } from "../kit/dom.js";
import { objectiveOf } from "../kit/objectives/objectives.js";
import { edges, titles } from "./network_edges.js";
import { hiddenLayer, inputLayer, outputLayer } from "./network_layers.js";
import { sayHidden, sayInput, sayOutput } from "./network_sentences.js";
import { Picture } from "./picture.js";

const ROW = 34; // px
const TOP = 52;
const BOTTOM = 12;
const NARROW = 620;
const MOMENTS = ["before", "after"];

export class NetworkPicture extends Picture {
  constructor(parent) {
    super(parent);
    this.moment = "before";
    this.hint = "Point at a word or a neuron, or use the arrow keys in the picture: its numbers stand here.";
    this.buttons = MOMENTS.map((moment) => {
      const button = make(
        "button",
        { type: "button", "data-moment": moment },
        moment === "before" ? "Before" : "After",
      );
      button.onclick = () => this.turnTo(moment);
      return button;
    });
    this.controls.setAttribute("role", "group");
    this.controls.setAttribute("aria-label", "Weights before or after this update");
    this.controls.append(...this.buttons);
    this.drawnKey = make("span", {}, make("i", { class: "w2v-up-ring" }), "drawn as a negative");
    const key = (style, text) => make("span", {}, make("i", { class: `w2v-up-key ${style}` }), text);
    this.legend.append(
      key("w2v-up-v", "V, positive"),
      key("w2v-up-u", "U, positive"),
      key("w2v-up-minus", "negative"),
      make("span", {}, "width: size"),
      make("span", {}, "strong: changed by this update"),
      make("span", {}, make("i", { class: "w2v-up-pull" }), "pulled"),
      make("span", {}, make("i", { class: "w2v-up-push" }), "pushed"),
      this.drawnKey,
    );
  }

  arrived() {
    this.drawnKey.hidden = !this.objective.hasDraws;
  }

  get objective() {
    return objectiveOf(this.data);
  }

  turnTo(moment) {
    this.moment = moment;
    this.draw(true);
  }

  heightFor() {
    const { inputs, outputs, hidden } = this.data;
    return TOP + ROW * Math.max(inputs.length, outputs.length, hidden.length) + BOTTOM;
  }

  compose(size, pen) {
    this.root.dataset.moment = this.moment;
    for (const button of this.buttons)
      button.setAttribute("aria-pressed", String(button.dataset.moment === this.moment));
    const frame = this.layOut(size, pen);
    const things = this.find(frame);
    const lit = new Set(things.filter((thing) => this.isLit(thing)).map((thing) => thing.key));
    const shapes = [
      ...titles(frame),
      ...edges(frame, lit),
      ...inputLayer(frame, lit),
      ...hiddenLayer(frame, lit),
      ...outputLayer(frame, lit),
    ];
    return { shapes, things };
  }

  /** Where everything stands, and what it is drawn with: columns and rows are the middles of the layers. */
  layOut(size, pen) {
    const { data, theme, moment, objective } = this;
    const narrow = size.width < NARROW;
    const longest = Math.max(...data.inputs.map((input) => this.textWidth(pen, input.word, this.font(14, 650))));
    const sides = {
      left: Math.min(longest + 12, narrow ? 74 : 0.17 * size.width),
      right: narrow ? 84 : Math.min(330, 0.31 * size.width),
    };
    const columns = [sides.left + 13, 0, size.width - sides.right - 12];
    columns[1] = (columns[0] + columns[2]) / 2;
    const spread = (n) => Array.from({ length: n }, (_, i) => TOP + ((i + 0.5) * (size.height - TOP - BOTTOM)) / n);
    const rows = {
      inputs: spread(data.inputs.length),
      hidden: spread(data.hidden.length),
      outputs: spread(data.outputs.length),
    };
    const font = (px, weight) => this.font(px, weight);
    return { data, theme, moment, objective, font, pen, size, narrow, sides, columns, rows };
  }

  /** What can be pointed at. */
  find({ columns, rows, sides }) {
    const { data, moment, objective } = this;
    return [
      ...data.inputs.map((input, i) => ({
        key: `in-${input.id}`,
        word: input.id,
        column: 0,
        x: columns[0] - sides.left / 2,
        y: rows.inputs[i],
        w: sides.left + 24,
        h: ROW - 8,
        say: sayInput(data, moment, input),
      })),
      ...data.hidden.map((place, j) => ({
        key: `h-${place}`,
        word: null,
        column: 1,
        x: columns[1],
        y: rows.hidden[j],
        w: 56,
        h: 26,
        say: sayHidden(data, place, j),
      })),
      ...data.outputs.map((output, k) => ({
        key: `out-${output.row}`,
        word: output.id,
        column: 2,
        x: columns[2] + sides.right / 2,
        y: rows.outputs[k],
        w: sides.right + 24,
        h: ROW - 8,
        say: sayOutput(objective, output),
      })),
    ];
  }
}
