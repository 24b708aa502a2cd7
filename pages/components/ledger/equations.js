// The calculation of one card for one row, with its numbers put in; or the same in a plain sentence.
import { make } from "../kit/dom.js";
import { percent, pointsChange } from "../kit/format.js";
import { numberText } from "./strips.js";

const MOST_INPUTS = 6;
const WHY_TWO =
  "Each word has two vectors, one to guess with and one to be guessed by: with one alone it would fit itself best, "
  + "though words rarely stand beside themselves.";
const WITH_ONE =
  "Here each word has one vector for both, so it always fits itself, though words rarely stand beside themselves.";

/** Elements for the card: the symbols alone (level algebra) and the numbers, or one sentence (level words). */
export function equationOf(u, card, row, level) {
  if (level === "words") return [make("p", { class: "w2v-up-sentence" }, sentenceOf(u, card, row))];
  const parts = numbersOf(u, card, row);
  const numbers = make("div", { class: "w2v-up-numbers" }, ...[parts].flat());
  if (level !== "algebra") return [numbers];
  return [make("div", { class: "w2v-up-algebra" }, ...symbolsOf(u, card, row)), numbers];
}

// ---- pieces ---------------------------------------------------------------------------------------------------------

/** A vector's symbol with its word below. */
function symbol(letter, ...below) {
  return make(
    "span",
    { class: `w2v-up-sym w2v-up-sym-${letter}` },
    make("b", {}, letter),
    make("sub", {}, ...below.map((word) => make("bdi", {}, word))),
  );
}

function line(...children) {
  return make("div", { class: "w2v-up-line" }, ...children);
}

function value(x) {
  return make("span", { class: "w2v-up-value", title: String(x) }, numberText(x));
}

/** A line of an objective: its numbers, names, symbols of the score, and results. */
function written(parts, s) {
  return line(
    ...parts.map((part) => {
      if (typeof part === "number") return value(part);
      if (part.name !== undefined) return make("bdi", {}, part.name);
      if (part.s) return s();
      return part.result === undefined
        ? part
        : make("strong", part.role ? { "data-role": part.role } : {}, value(part.result));
    }),
  );
}

/** Vectors under one another, number by number; the last line is the result. */
function vectorLines(...lines) {
  const body = make("tbody");
  for (const [sign, label, values, kind] of lines) {
    const cells = Array.from(values, (x) => make("td", { title: String(x) }, numberText(x)));
    body.append(
      make("tr", kind ? { class: `w2v-up-of-${kind}` } : {}, make("th", { scope: "row" }, sign, " ", label), ...cells),
    );
  }
  const table = make("table", { class: "w2v-up-lines" }, body);
  return table;
}

function nameOf(u, row) {
  if (row.kind === "h") return u.cbow ? "h" : row.name;
  return row.name;
}

/** What stands in for a row without numbers of its own in a card: the true word. */
function asked(u, row) {
  return row.kind === "u" ? row : u.rows[0];
}

// ---- the numbers ----------------------------------------------------------------------------------------------------

function numbersOf(u, card, row) {
  const { arrays } = u;
  const of = asked(u, row);
  const { i } = of;
  const inputSide = row.kind === "h" || row.kind === "v";
  if (card === 1) return lookUp(u);
  if (card === 2) {
    const weights = u.vector("u", i);
    const terms = weights.map((x, j) => x * arrays.h[j]); // for display; their sum is the model's own
    return [
      vectorLines(
        ["", symbol("u", of.name), weights, "u"],
        ["\u00d7", hiddenSymbol(u), arrays.h, "h"],
        ["=", "each product", terms, "result"],
      ),
      make(
        "div",
        { class: "w2v-up-total" },
        "sum = ",
        make("strong", { "data-role": "score" }, value(arrays.score[i])),
      ),
    ];
  }
  if (card === 3) return written(u.objective.activationNumbers(u, of));
  if (card === 4) return u.objective.lossNumbers(u, of).map((parts) => written(parts));
  if (card === 5) {
    return line(
      make("bdi", {}, of.name),
      ": ",
      value(arrays.P[i]),
      " \u2212 ",
      value(arrays.y[i]),
      " = ",
      make("strong", {}, value(arrays.error[i])),
      arrays.error[i] < 0 ? " \u25b2 pulled up" : " \u25bc pushed down",
    );
  }
  if (card === 6)
    return inputSide
      ? inputGradient(u, row)
      : [
          vectorLines(
            ["", hiddenSymbol(u), arrays.h, "h"],
            ["\u00d7", "error", Array(u.dim).fill(arrays.error[i])],
            ["=", gradientOf(symbol("u", of.name), of.times), u.vector("grad_u", i), "result"],
          ),
        ];
  if (card === 7) return newVector(u, row.kind === "word" ? of : row);
  const prediction = u.predictionOf(row) ?? u.predictionOfTarget;
  const name = u.predictionOf(row) ? row.name : u.target;
  return line(
    make("bdi", {}, name),
    ": before ",
    value(prediction.before),
    ", after ",
    make("strong", {}, value(prediction.after)),
    "; the text says ",
    value(prediction.wanted),
  );
}

function hiddenSymbol(u) {
  return u.cbow ? symbol("h") : symbol("v", u.input);
}

function lookUp(u) {
  if (!u.cbow) return [vectorLines(["h =", symbol("v", u.input), u.arrays.h, "h"])];
  const shown = u.inputs.slice(0, MOST_INPUTS);
  const sum = shown.flatMap((word, i) => {
    const times = u.about.input_times[i];
    return [i ? " + " : "", times > 1 ? `${times} ` : "", symbol("v", word)];
  });
  if (shown.length < u.inputs.length) sum.push(" + \u2026");
  return [line("h = ( ", ...sum, ` ) / ${u.nInputs}`), vectorLines(["=", symbol("h"), u.arrays.h, "h"])];
}

/** What a word that was drawn several times gets each time. */
function gradientOf(name, times) {
  return make("span", {}, "gradient of ", name, times > 1 ? `, each of ${times} times` : "");
}

function inputGradient(u, row) {
  const { arrays } = u;
  const all = ["\u03a3 e u =", make("span", {}, "gradient of ", symbol("h")), arrays.grad_h, u.cbow ? "h" : "result"];
  if (!u.cbow) return [vectorLines(all)];
  if (row.kind === "h") return [vectorLines([...all.slice(0, 3), "result"])];
  const share = row.times > 1 ? `/ ${u.nInputs}, and that ${row.times} times` : `/ ${u.nInputs}`;
  return [
    vectorLines(all, [
      share + " =",
      make("span", {}, "gradient of ", symbol("v", row.name)),
      u.vector("grad_v", row.i),
      "result",
    ]),
  ];
}

function newVector(u, row) {
  const { old, gradient, now, moved, symbol: letter } = u.vectorsOf(row);
  if (!now)
    return [line("h is not a vector of the model: the context words' own vectors move. Their rows are at the end.")];
  const name = symbol(letter, nameOf(u, row));
  const result = ["=", make("span", {}, "new ", name.cloneNode(true)), now, "result"];
  if (moved)
    return [
      vectorLines(
        ["", name, old, letter],
        ["+", u.group ? "step of all examples" : "step as center and as context", moved],
        result,
      ),
    ];
  const times = (row.kind === "h" ? u.about.input_times[0] : row.times) ?? 1;
  const rate =
    times > 1
      ? `${numberText(u.about.rate)} \u00d7 ${times} \u00d7 gradient`
      : `${numberText(u.about.rate)} \u00d7 gradient`;
  return [vectorLines(["", name, old, letter], ["\u2212", rate, gradient], result)];
}

// ---- the symbols ----------------------------------------------------------------------------------------------------

function symbolsOf(u, card, row) {
  const of = asked(u, row);
  const u_ = () => symbol("u", of.name);
  const h = () => symbol("h");
  const s = () => make("span", {}, make("i", {}, "s"), make("sub", {}, make("bdi", {}, of.name)));
  const e = () => make("span", {}, make("i", {}, "e"), make("sub", {}, make("bdi", {}, of.name)));
  const v = () => symbol("v", row.kind === "v" ? row.name : u.cbow ? "w" : u.input);
  const inputSide = row.kind === "h" || row.kind === "v";
  if (card === 1) return u.cbow ? [line(h(), " = (1/n) \u03a3 ", v())] : [line(h(), " = V\u1d40x = ", v())];
  if (card === 2) return [line(s(), " = ", u_(), " \u00b7 ", h(), " = \u03a3\u1d62 u\u1d62 h\u1d62")];
  if (card === 3) return [written(u.objective.activationSymbols(), s)];
  if (card === 4) return u.objective.lossSymbols().map((parts) => written(parts, s));
  if (card === 5) return [line(e(), ` = ${u.objective.errorSymbol} \u2212 y = \u2202L/\u2202`, s())];
  if (card === 6) {
    if (!inputSide) return [line("\u2202L/\u2202", u_(), " = ", of.times > 1 ? `${of.times} ` : "", e(), " ", h())];
    const whole = line("\u2202L/\u2202", h(), " = \u03a3\u2092 e\u2092 u\u2092");
    return u.cbow ? [whole, line("\u2202L/\u2202", v(), " = (1/n) \u2202L/\u2202", h())] : [whole];
  }
  if (card === 7) {
    const x = () => (inputSide ? v() : u_());
    return [line(x(), " \u2190 ", x(), " \u2212 \u03b7 \u2202L/\u2202", x())];
  }
  return [line(u.objective.newSymbols, ": before, after, COUNT ratio")];
}

// ---- the sentences --------------------------------------------------------------------------------------------------

function sentenceOf(u, card, row) {
  const { arrays } = u;
  const of = asked(u, row);
  const { name, i } = of;
  const quoted = `\u201c${name}\u201d`;
  if (card === 1) {
    return u.cbow
      ? `The vectors of ${u.nInputs} context words are mixed into one average, h. Nothing else is done to it.`
      : `The model has a list of numbers for \u201c${u.input}\u201d. It is taken out of the table as it is; nothing else is done to it.`;
  }
  if (card === 2) {
    const rank = 1 + arrays.score.filter((s) => s > arrays.score[i]).length;
    const place =
      rank === 1 ? "fits best of all rows shown" : `fits better than ${arrays.score.length - rank} of the other rows`;
    return `${quoted} ${place}, as the model sees it now.${u.objective.wordsInU ? ` ${u.oneVector ? WITH_ONE : WHY_TWO}` : ""}`;
  }
  if (card === 3) return u.objective.activationSentence(u, of);
  if (card === 4) return u.objective.lossSentence(u, of);
  const [wrong, low] = [percent(Math.abs(arrays.error[i])), arrays.error[i] < 0];
  if (card === 5) {
    const wanted = arrays.y[i] === 1 ? "100 %" : "nothing";
    return `${quoted} got ${percent(arrays.P[i])}, and this one example wants ${wanted}: ${wrong} too ${low ? "little, so it will be pulled up \u25b2" : "much, so it will be pushed down \u25bc"}.`;
  }
  if (row.kind === "h" || row.kind === "v") {
    const who = row.kind === "h" && u.cbow ? "The average" : `The vector of \u201c${row.name}\u201d`;
    if (card === 6) return `${who} is drawn towards what was too low and away from what was too high, all added up.`;
    if (card === 7) return `${who} takes a small step that way${u.cbow ? ", shared by the context words" : ""}.`;
  }
  const towards = low ? "towards" : "away from";
  const center = u.cbow ? "the average of the context" : `\u201c${u.input}\u201d`;
  if (card === 6)
    return `The output vector of ${quoted} should turn ${towards} ${center}: the more, the larger its error.`;
  if (card === 7) {
    return `The output vector of ${quoted} takes a small step ${towards} ${center}.${u.objective.wordsInU && !u.oneVector ? " This is the one of its two vectors by which it is guessed." : ""}`;
  }
  const prediction = u.predictionOf(row) ?? u.predictionOfTarget;
  const about = u.predictionOf(row) ? row.name : u.target;
  return `\u201c${about}\u201d had ${percent(prediction.before)}, now has ${percent(prediction.after)} (${pointsChange(prediction.before, prediction.after)}); the whole text says ${percent(prediction.wanted)}.`;
}
