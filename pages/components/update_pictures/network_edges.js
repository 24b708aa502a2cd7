// The weights of the network as edges, and the titles over the layers that they connect.
import { fitText } from "../kit/dom.js";
import { counted } from "../kit/format.js";

const [WIDEST, THINNEST] = [5, 0.6]; // px of an edge
const FAINT = 0.1; // an edge that this update leaves as it is

export function titles(frame) {
  const { data, theme, objective, columns, size, narrow, font: fontOf, pen } = frame;
  const [bold, plain] = [fontOf(14, 650), fontOf(13)];
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
    text(`matrix-${name}`, name, "center", (columns[a] + columns[b]) / 2, 12, fontOf(15, 700), color),
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
export function edges(frame, lit) {
  const { data, theme, moment, columns, rows: at, narrow } = frame;
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
      color: weight < 0 ? theme.minus : color,
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
