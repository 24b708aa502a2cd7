// The layers of the network as shapes: one-hot inputs, hidden values, outputs with their bars.
import { fitText } from "../kit/dom.js";
import { percent } from "../kit/format.js";

export function inputLayer(frame, lit) {
  const { data, theme, font, pen } = frame;
  const [x, ys, width] = [frame.columns[0], frame.rows.inputs, frame.sides.left];
  const inputs = data.inputs.map(({ word }) => word);
  return data.inputs.flatMap((input, i) => {
    const [on, bright] = [input.times > 0, lit.has(`in-${input.id}`)];
    const ownFont = font(14, on || bright ? 650 : 400);
    pen.font = ownFont;
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
        font: font(13, 600),
        color: on ? theme.onCenter : theme.muted,
      },
      {
        key: `in-word-${input.id}`,
        type: "text",
        text: fitText(pen, input.word, width - 8, inputs),
        align: "right",
        x: x - 19,
        y: ys[i],
        font: ownFont,
        color: on ? theme.centerText : bright ? theme.text : theme.muted,
      },
    ];
  });
}

export function hiddenLayer(frame, lit) {
  const { data, theme, moment, font } = frame;
  const [x, ys] = [frame.columns[1], frame.rows.hidden];
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
      font: font(13, 500),
      color: theme.text,
    },
  ]);
}

export function outputLayer(frame, lit) {
  const { data, theme, moment, objective, font, size, narrow, pen } = frame;
  const [x, ys] = [frame.columns[2], frame.rows.outputs];
  const percentRoom = narrow ? 0 : 54;
  const from = x + 19;
  const all = size.width - from;
  const wordRoom = narrow ? all : Math.min(130, 0.4 * all);
  const barRoom = narrow ? 0 : all - wordRoom - percentRoom - 8;
  const fullBar = objective.rowsSumToOne ? Math.max(...data.outputs.flatMap((o) => [o.before.P, o.after.P])) : 1;
  const nameOf = ({ word, y }) => (objective.wordsInU ? word : `${word}: ${y ? "yes" : "no"}`);
  const names = data.outputs.map(nameOf);
  return data.outputs.flatMap((output, k) => {
    const [key, y, P] = [`out-${output.row}`, ys[k], output[moment].P];
    const [target, drawn, bright] = [output.role === "target", output.role === "drawn", lit.has(key)];
    const asked = !objective.wordsInU && output.y === 1;
    const ownFont = font(14, target || bright ? 650 : 400);
    pen.font = ownFont;
    const name = names[k];
    /** @type {Shape[]} */
    const shapes = [
      {
        key: `${key}-dot`,
        type: "dot",
        x,
        y,
        r: 11,
        fill: target || asked ? theme.context : theme.background,
        color: bright ? theme.text : drawn ? theme.minus : theme.context,
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
        text: fitText(pen, name, wordRoom - (narrow ? 0 : 6), names),
        x: from,
        y: narrow ? y - 8 : y,
        font: ownFont,
        color: target ? theme.contextText : theme.text,
      },
      {
        key: `${key}-P`,
        type: "text",
        text: percent(P),
        align: narrow ? "left" : "right",
        x: narrow ? from : size.width,
        y: narrow ? y + 8 : y,
        font: font(13, target ? 650 : 400),
        color: theme.text,
      },
    ];
    if (target) {
      shapes.unshift({ key: `${key}-ring`, type: "dot", x, y, r: 15, color: theme.context, width: 2 });
    }
    if (barRoom > 30) {
      const left = from + wordRoom;
      shapes.push(
        { key: `${key}-ground`, type: "box", x: left + barRoom / 2, y, w: barRoom, h: 12, round: 2, fill: theme.grid },
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

/** A number of at most six letters: 0.123, -1.23, 12.3, 1e-5. */
function shortNumber(x) {
  const size = Math.abs(x);
  const sign = x < 0 ? "\u2212" : "";
  if (size === 0) return "0";
  if (size < 1e-3 || size >= 1000) return sign + size.toExponential(0);
  return sign + (size < 1 ? size.toFixed(3) : size.toPrecision(3));
}
