// The eight cards, in words: a title, a short formula, the same for those who want no formulas, and a caption.
import { listed } from "../kit/format.js";
import { numberText } from "./strips.js";

/** Columns of the ledger: name, the card they belong to, and how they are headed when a card has two. */
export function columnsOf(u) {
  return [
    { name: "u", card: 2, head: u.objective.vector },
    { name: "score", card: 2, head: "score s" },
    ...(u.objective.rowsSumToOne
      ? [
          { name: "exp", card: 3, head: "" },
          { name: "Z", card: 4, head: "Z" },
          { name: "P", card: 4, head: "P" },
        ]
      : [
          { name: "sigma", card: 3, head: "" },
          { name: "y", card: 4, head: "" },
        ]),
    { name: "error", card: 5, head: "" },
    { name: "gradient", card: 6, head: "" },
    { name: "new", card: 7, head: "" },
    { name: "said", card: 8, head: "" },
  ];
}

const TWO_VECTORS = {
  scores: " A word has two vectors, or it would fit itself best.",
  gradients: "",
  moves: "; every word has one of each",
};
const ONE_VECTOR = {
  scores: " A word has one vector here, so that its score with itself is never below 0.",
  gradients: " A word that is both gets both.",
  moves: "",
};

/** What each card says, by its number 1 to 8; entry 0 stays empty. phrase and plain: formula and caption in words. */
export function cardsOf(u) {
  const context = listed(u.inputs, 4);
  const { objective } = u;
  const said = u.oneVector ? ONE_VECTOR : TWO_VECTORS;
  return [
    null,
    {
      title: "Look up",
      formula: u.cbow ? "h = average of rows of V" : "h = one-hot \u00d7 V",
      phrase: u.cbow ? "average rows of V" : "copy one row of V",
      plain: u.cbow
        ? `The words around the gap are looked up: ${context}.`
        : `The word in the middle is looked up: ${u.input}.`,
      caption: u.cbow
        ? `The rows of V of the context words (${context}) are averaged: that is h. There is no activation.`
        : `The one-hot of ${u.input} picks its row of V. That row is h, copied as it is: there is no activation.`,
    },
    {
      title: "Scores",
      formula: "s = u \u00b7 h",
      phrase: "does it fit?",
      plain: objective.scoresPlain(u),
      caption: `h times ${objective.rowsOf(u)}: high means that they fit.${objective.wordsInU ? said.scores : ""}`,
    },
    objective.activationCard(u),
    objective.lossCard(u),
    {
      title: "Error",
      formula: objective.errorFormula,
      phrase: "off by?",
      plain: `This one example wants ${objective.wants(u)}: too little \u25b2, too much \u25bc.`,
      caption: `What was said minus what this one example wants, ${objective.wants(u)}: too little \u25b2, too much \u25bc.`,
    },
    {
      title: "Gradients",
      formula: "e h and \u03a3 e u",
      phrase: "which way?",
      plain: "For each word: which way should its list of numbers change so that the model is less wrong?",
      caption: u.cbow
        ? `Each output vector gets h times its error. h gets all output vectors times their errors; each of the ${u.nInputs} context words an equal part of that.${said.gradients}`
        : `Each output vector gets h times its own error. The vector v of ${u.input} gets all output vectors, each times its error.${said.gradients}`,
    },
    {
      title: "New vectors",
      formula: "old \u2212 rate \u00d7 gradient",
      phrase: "a small step",
      plain: `Every list of numbers takes a small step the right way: ${u.movedInWords} move.`,
      caption: u.group
        ? `The gradients of ${u.about.examples} examples are ${u.about.reduction === "mean" ? "averaged" : "added"}, then every vector steps against its own: ${u.movedInWords} move.`
        : `Every vector steps against its gradient, at the rate ${numberText(u.about.rate)}: ${u.movedInWords} move${objective.wordsInU ? said.moves : ""}.`,
    },
    {
      title: objective.newTitle,
      formula: "before, after, text",
      phrase: "ask again",
      plain:
        "Before, now, and outlined what the whole text says: one example pulls towards its word, all together towards the outlines.",
      caption: `Asked again${u.group ? " with what all examples moved" : ""}: before, after, and outlined the whole text, where all of its examples together lead.`,
    },
  ];
}

/** One line on the whole update. */
export function headlineOf(u) {
  const { update, epoch, rate, examples, example } = u.about;
  const whole = (n) => n.toLocaleString("en-US");
  const which = u.group ? ` (example ${whole(example + 1)} of ${whole(examples)})` : "";
  const from = u.about.input_names.length === 1 && !u.cbow ? "center" : "context";
  return (
    `Update ${whole(update)}, epoch ${whole(epoch + 1)}, learning rate ${numberText(rate)}: `
    + `from ${from} ${listed(u.inputs, 12)} predict ${u.target}${which}`
  );
}
