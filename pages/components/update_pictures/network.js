// The update as a neural network: one-hot input, V, hidden layer, U, output. What the update changes stands out.
import { fitText, make } from "../kit/dom.js";
import { counted, percent, threeDigits } from "../kit/format.js";
import { objectiveOf } from "../kit/objectives/objectives.js";
import { Picture } from "./picture.js";

const ROW = 34; // px
const TOP = 52;
const BOTTOM = 12;
const NARROW = 620;
const [WIDEST, THINNEST] = [5, 0.6]; // px of an edge
const FAINT = 0.1; // an edge that this update leaves as it is
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
    const { data } = this;
    const narrow = size.width < NARROW;
    const longest = Math.max(...data.inputs.map((input) => this.textWidth(pen, input.word, this.font(14, 650))));
    const side = {
      left: Math.min(longest + 12, narrow ? 74 : 0.17 * size.width),
      right: narrow ? 84 : Math.min(330, 0.31 * size.width),
    };
    const columns = [side.left + 13, 0, size.width - side.right - 12];
    columns[1] = (columns[0] + columns[2]) / 2;
    const rows = (n) => Array.from({ length: n }, (_, i) => TOP + ((i + 0.5) * (size.height - TOP - BOTTOM)) / n);
    const at = {
      inputs: rows(data.inputs.length),
      hidden: rows(data.hidden.length),
      outputs: rows(data.outputs.length),
    };
    const things = this.find(columns, at, side);
    const lit = new Set(things.filter((thing) => this.isLit(thing)).map((thing) => thing.key));
    const shapes = [
      ...this.titles(columns, size, narrow, pen),
      ...this.edges(columns, at, lit, narrow),
      ...this.inputLayer(columns[0], at.inputs, side.left, lit, pen),
      ...this.hiddenLayer(columns[1], at.hidden, lit),
      ...this.outputLayer(columns[2], at.outputs, size, lit, narrow, pen),
    ];
    return { shapes, things };
  }

  // ---- what can be pointed at -------------------------------------------------------------------------------------

  find(columns, at, side) {
    const { data } = this;
    return [
      ...data.inputs.map((input, i) => ({
        key: `in-${input.id}`,
        word: input.id,
        column: 0,
        x: columns[0] - side.left / 2,
        y: at.inputs[i],
        w: side.left + 24,
        h: ROW - 8,
        say: this.sayInput(input),
      })),
      ...data.hidden.map((place, j) => ({
        key: `h-${place}`,
        word: null,
        column: 1,
        x: columns[1],
        y: at.hidden[j],
        w: 56,
        h: 26,
        say: this.sayHidden(place, j),
      })),
      ...data.outputs.map((output, k) => ({
        key: `out-${output.row}`,
        word: output.id,
        column: 2,
        x: columns[2] + side.right / 2,
        y: at.outputs[k],
        w: side.right + 24,
        h: ROW - 8,
        say: this.sayOutput(output),
      })),
    ];
  }

  sayInput(input) {
    const n = this.data.n_inputs;
    const numbers = this.listOf(input[this.moment]);
    if (input.times) {
      const share = n === 1 ? "input 1" : `input ${input.times}/${n}`;
      return `${input.word}: ${share}. Its row of V is ${numbers}; this update changes it.`;
    }
    const fate = input.changed
      ? "another example of this update changes it"
      : "it does not count, and it does not change";
    return `${input.word}: input 0. Its row of V is ${numbers}; ${fate}.`;
  }

  sayHidden(place, j) {
    const { data } = this;
    const [before, after] = MOMENTS.map((moment) => threeDigits(data.h[moment][j]));
    const sum =
      data.n_inputs === 1 ? "the one weight of V whose input is on" : `the mean of ${data.n_inputs} weights of V`;
    return `h${place + 1} = ${before}, ${sum}; no activation. After this update the same inputs give ${after}.`;
  }

  sayOutput(output) {
    const { before, after } = output;
    const direction = before.error < 0 ? "towards h" : "away from h";
    const often = output.times > 1 ? ` Drawn ${output.times} times, it counts as often.` : "";
    return (
      `${output.word}: score u \u00b7 h = ${threeDigits(before.score)}, ${this.objective.answer} ${percent(before.P)}, should be `
      + `${percent(output.y)}: error ${threeDigits(before.error)}, so u moves ${direction}. Afterwards ${percent(after.P)}.${often}`
    );
  }

  listOf(numbers) {
    const shown = numbers.slice(0, 4).map(threeDigits).join(", ");
    return `(${shown}${numbers.length > 4 || this.data.dim > numbers.length ? ", \u2026" : ""})`;
  }

  // ---- shapes -----------------------------------------------------------------------------------------------------

  titles(columns, size, narrow, pen) {
    const { data, theme, objective } = this;
    const [bold, plain] = [this.font(14, 650), this.font(13)];
    const text = (key, line, align, x, y, font, color) => ({
      key,
      type: "text",
      text: line,
      align,
      x,
      y,
      font,
      color,
      halo: theme.background,
    });
    const last = objective.activation;
    const inputs =
      data.n_inputs === 1 ? "one-hot input" : narrow ? "inputs" : `mean of ${counted(data.n_inputs, "one-hot input")}`;
    const rows = [
      [
        ["title-in", narrow && data.n_inputs === 1 ? "one-hot" : inputs, "left", 0],
        ["title-h", narrow ? "h" : "hidden layer h", "center", columns[1]],
        ["title-out", narrow ? objective.activationInShort : last, "right", size.width],
      ],
      [
        ["under-in", `${counted(data.n_words, "word")}`, "left", 0],
        ["under-h", narrow ? "linear" : "no activation", "center", columns[1]],
        ["under-out", objective.outputs(data.n_rows), "right", size.width],
      ],
    ];
    const names = [
      ["V", 0, 1, theme.centerText],
      ["U", 1, 2, theme.contextText],
    ].map(([name, a, b, color]) =>
      text(`matrix-${name}`, name, "center", (columns[a] + columns[b]) / 2, 12, this.font(15, 700), color),
    );
    const fits = (line, align) => {
      const left = align === "left" ? columns[1] - 40 : align === "right" ? size.width - columns[1] - 40 : 140;
      pen.font = plain;
      return fitText(pen, line, Math.max(60, left));
    };
    return [
      ...names,
      ...rows[0].map(([key, line, align, x]) => text(key, fits(line, align), align, x, 12, bold, theme.text)),
      ...rows[1].map(([key, line, align, x]) => text(key, fits(line, align), align, x, 31, plain, theme.muted)),
    ];
  }

  /** Every weight as an edge: width by size, color and dashes by sign, strength by how much this update changes it. */
  edges(columns, at, lit, narrow) {
    const { data, theme, moment } = this;
    const weights = (vectors) => vectors.flatMap((one) => [...one.before, ...one.after]).map(Math.abs);
    const largest = Math.max(
      1e-12,
      ...weights(data.inputs),
      ...weights(data.outputs.map((o) => ({ before: o.before.u, after: o.after.u }))),
    );
    const edge = (key, from, to, weight, change, largestChange, color, mine) => {
      const changed = change > 0 ? 0.16 + 0.74 * Math.sqrt(change / largestChange) : FAINT;
      return {
        key,
        type: "line",
        x: from[0],
        y: from[1],
        x2: to[0],
        y2: to[1],
        width: THINNEST + WIDEST * (narrow ? 0.7 : 1) * (Math.abs(weight) / largest),
        color: weight < 0 ? theme.negative : color,
        dash: weight < 0 ? [6, 4] : [],
        alpha: lit.size ? (mine ? 0.95 : 0.05) : changed,
      };
    };
    const changes = (before, after) => before.map((x, j) => Math.abs(after[j] - x));
    const deltas = {
      in: data.inputs.map((i) => changes(i.before, i.after)),
      out: data.outputs.map((o) => changes(o.before.u, o.after.u)),
    };
    const most = { in: Math.max(1e-300, ...deltas.in.flat()), out: Math.max(1e-300, ...deltas.out.flat()) };
    const reach = [columns[1] - 28, columns[1] + 28];
    const made = [];
    data.inputs.forEach((input, i) =>
      data.hidden.forEach((place, j) => {
        const mine = lit.has(`in-${input.id}`) || lit.has(`h-${place}`);
        made.push(
          edge(
            `v-${input.id}-${place}`,
            [columns[0] + 12, at.inputs[i]],
            [reach[0], at.hidden[j]],
            input[moment][j],
            deltas.in[i][j],
            most.in,
            theme.center,
            mine,
          ),
        );
      }),
    );
    data.outputs.forEach((output, k) =>
      data.hidden.forEach((place, j) => {
        const mine = lit.has(`out-${output.row}`) || lit.has(`h-${place}`);
        made.push(
          edge(
            `u-${output.row}-${place}`,
            [reach[1], at.hidden[j]],
            [columns[2] - 12, at.outputs[k]],
            output[moment].u[j],
            deltas.out[k][j],
            most.out,
            theme.context,
            mine,
          ),
        );
      }),
    );
    return made.sort((a, b) => a.alpha - b.alpha);
  }

  inputLayer(x, ys, room, lit, pen) {
    const { data, theme } = this;
    return data.inputs.flatMap((input, i) => {
      const [on, bright] = [input.times > 0, lit.has(`in-${input.id}`)];
      const font = this.font(14, on || bright ? 650 : 400);
      pen.font = font;
      const value = !on ? "0" : data.n_inputs === 1 ? "1" : data.n_inputs < 10 ? `${input.times}/${data.n_inputs}` : "";
      return [
        {
          key: `in-dot-${input.id}`,
          type: "dot",
          x,
          y: ys[i],
          r: 13,
          fill: on ? theme.center : theme.background,
          color: bright ? theme.text : on ? theme.center : theme.border,
          width: bright ? 2.5 : 1.5,
        },
        {
          key: `in-value-${input.id}`,
          type: "text",
          text: value,
          align: "center",
          x,
          y: ys[i] + 0.5,
          font: this.font(13, 600),
          color: on ? theme.onCenter : theme.muted,
        },
        {
          key: `in-word-${input.id}`,
          type: "text",
          text: fitText(pen, input.word, room - 8),
          align: "right",
          x: x - 19,
          y: ys[i],
          font,
          color: on ? theme.centerText : bright ? theme.text : theme.muted,
        },
      ];
    });
  }

  hiddenLayer(x, ys, lit) {
    const { data, theme, moment } = this;
    return data.hidden.flatMap((place, j) => [
      {
        key: `h-box-${place}`,
        type: "box",
        x,
        y: ys[j],
        w: 56,
        h: 25,
        round: 12,
        fill: theme.background,
        color: lit.has(`h-${place}`) ? theme.text : theme.center,
        width: lit.has(`h-${place}`) ? 2.5 : 1.5,
      },
      {
        key: `h-value-${place}`,
        type: "text",
        text: shortNumber(data.h[moment][j]),
        align: "center",
        x,
        y: ys[j] + 0.5,
        font: this.font(13, 500),
        color: theme.text,
      },
    ]);
  }

  outputLayer(x, ys, size, lit, narrow, pen) {
    const { data, theme, moment, objective } = this;
    const percentRoom = narrow ? 0 : 54;
    const from = x + 19;
    const all = size.width - from;
    const wordRoom = narrow ? all : Math.min(130, 0.4 * all);
    const barRoom = narrow ? 0 : all - wordRoom - percentRoom - 8;
    const fullBar = objective.rowsSumToOne ? Math.max(...data.outputs.flatMap((o) => [o.before.P, o.after.P])) : 1;
    return data.outputs.flatMap((output, k) => {
      const [key, y, P] = [`out-${output.row}`, ys[k], output[moment].P];
      const [target, drawn, bright] = [output.role === "target", output.role === "drawn", lit.has(key)];
      const asked = !objective.wordsInU && output.y === 1;
      const font = this.font(14, target || bright ? 650 : 400);
      pen.font = font;
      const name = objective.wordsInU ? output.word : `${output.word}: ${output.y ? "yes" : "no"}`;
      /** @type {Shape[]} */
      const shapes = [
        {
          key: `${key}-dot`,
          type: "dot",
          x,
          y,
          r: 11,
          fill: target || asked ? theme.context : theme.background,
          color: bright ? theme.text : drawn ? theme.negative : theme.context,
          width: bright ? 2.5 : drawn ? 3 : 1.5,
        },
        {
          key: `${key}-pull`,
          type: "mark",
          x,
          y,
          r: 5,
          up: output.before.error < 0,
          color: output.before.error < 0 ? (target || asked ? theme.background : theme.pull) : theme.push,
        },
        {
          key: `${key}-word`,
          type: "text",
          text: fitText(pen, name, wordRoom - (narrow ? 0 : 6)),
          x: from,
          y: narrow ? y - 8 : y,
          font,
          color: target ? theme.contextText : theme.text,
        },
        {
          key: `${key}-P`,
          type: "text",
          text: percent(P),
          align: narrow ? "left" : "right",
          x: narrow ? from : size.width,
          y: narrow ? y + 8 : y,
          font: this.font(13, target ? 650 : 400),
          color: theme.text,
        },
      ];
      if (target) {
        shapes.unshift({ key: `${key}-ring`, type: "dot", x, y, r: 15, color: theme.context, width: 2 });
      }
      if (barRoom > 30) {
        const left = from + wordRoom;
        shapes.push(
          {
            key: `${key}-ground`,
            type: "box",
            x: left + barRoom / 2,
            y,
            w: barRoom,
            h: 12,
            round: 2,
            fill: theme.grid,
          },
          {
            key: `${key}-bar`,
            type: "box",
            x: left + (barRoom * P) / fullBar / 2,
            y,
            w: (barRoom * P) / fullBar,
            h: 12,
            round: 2,
            fill: theme.context,
          },
        );
      }
      return shapes;
    });
  }
}

/** A number of at most six letters: 0.123, -1.23, 12.3, 1e-5. */
function shortNumber(x) {
  const size = Math.abs(x);
  const sign = x < 0 ? "\u2212" : "";
  if (size === 0) return "0";
  if (size < 1e-3 || size >= 1000) return sign + size.toExponential(0);
  return sign + (size < 1 ? size.toFixed(3) : size.toPrecision(3));
}
