// What crosses a boundary, for `make check` and for editors: records that Python sends, shapes that pictures exchange,
// and what the components of a page leave for each other on `window`. Nothing of it is sent to a browser.

type Numbers = Float64Array | Float32Array | Uint32Array | Uint16Array | Int32Array | Int16Array | Uint8Array;

/** What was trained, as the player gets it: see record.py. A run by passes has no updates, and nothing of RunOfUpdates. */
interface RunRecord extends Partial<RunOfUpdates>, Partial<RunOfPasses>, Partial<RunShown> {
  id: string;
  unit: "update" | "pass";
  objective: string;
  dim: number;
  words: string[];
  labels: string[]; // the words as they are shown
  counts: number[];
  n_words: number;
  n_rows: number; // of U
  one_vector: boolean; // U is V: every word has one vector
  n_shown: number; // words on the map from the start
  n_in_text: number;
  n_steps: number; // moments are 0 .. n_steps
  goal: { floor: number; guess: number; unigram?: number; uniform?: number; guessing?: string; heldout_guess?: number };
  groups?: { given: boolean; of: number[] }; // of the words on the map from the start; -1: in no group
  basis: { explained: number[] };
  basis_mean: Float64Array; // (dim,)
  basis_components: Float64Array; // (2, dim)
  key_t: Uint32Array; // the moments whose vectors are here, ascending
  key_V: Float64Array | Float32Array; // (key_t.length, n_words, dim)
  key_U: Float64Array | Float32Array; // (key_t.length, n_rows, dim)
  curve_t: Float64Array;
  curve_loss: Float64Array;
  before_t?: Float64Array; // the loss of another run of the same text, by moments of this record
  before_loss?: Float64Array;
  before_name?: string;
  before_means?: string;
}

interface RunOfUpdates {
  architecture: "skip-gram" | "cbow";
  batching: string;
  reduction: "sum" | "mean";
  learning_rate: number;
  decay: boolean;
  negatives: number;
  redraws: number;
  n_planned: number; // updates; a stopped run has fewer
  epochs: number;
  period: number; // updates after which the examples repeat
  stopped: null | { at: number; reason: string };
  filtered: Record<string, string>; // place in the text -> the word there that is not in the vocabulary
  losses: Float32Array; // (n_steps,)
  group_start: Uint32Array; // of the examples of each update
  input_start: Uint32Array;
  inputs: Uint32Array;
  targets: Uint32Array;
  example_window: Uint32Array;
  example_slot: Int32Array; // which word of the window's context, or -1: the center
  example_goal_row: Uint32Array; // CBOW
  window_pos: Uint32Array; // places in the text
  context_start: Uint32Array;
  context_pos: Uint32Array;
  epoch_start: Uint32Array;
  tokens: Uint32Array;
  sentence_start: Uint32Array;
  goal_start: Uint32Array; // COUNT(c, o) by rows, without zeros
  goal_word: Uint32Array;
  goal_count: Float64Array;
  noise: Float64Array; // (n_words,)
  draws: Int16Array | Int32Array;
  path_start: Uint32Array;
  path_node: Uint32Array;
  path_label: Numbers;
}

interface RunOfPasses {
  pass_numbers: Uint32Array;
  best: number; // the moment of the best pass
  goal_value: Float32Array; // what the model heads for, in the places of goal_word
  log_sum: Float32Array; // (n_steps + 1, n_words) of exp(score) over all words of the text after each word
  heldout_loss: Float64Array;
}

/** How a page shows it. */
interface RunShown {
  views: string[];
  t: number;
  word: number | null; // the selected one
  pinned: boolean; // whether it was chosen: then the bars stay with it
  level: string; // how much is shown: see pages/session/levels.py
  keeps_back: boolean; // a question is asked that the rest of the curve would answer
  held: boolean; // and the moment stays as it is until one has answered
  covers: string[]; // what gives the answer away already there, of what this page shows
  command: number; // another one means: go to t
  autoplay: boolean;
  locked: boolean; // the moment stays as it is
  framed: boolean; // one picture and its transport fill a frame in another page
  afresh: boolean; // it begins at t, wherever the player of the page before was
  only_chosen: boolean; // it goes on where that was only if a hand brought it there
  live: boolean; // it is still being trained
  around: string;
  address: string;
  layout: any; // a picture of another kind; see setLayout in map.js
  layout_words: Uint32Array;
  layout_points: Float64Array;
}

/** One shape of a scene; see scene.js. */
interface Shape {
  key: string;
  type: string;
  x: number;
  y: number;
  [more: string]: any;
}

interface Window {
  w2vCode?: Record<string, (component: any) => any>; // what mounts each component, once its code came
  w2vLayout?: any; // the layout message that the page sent last
  w2vPanel?: string; // what was chosen by hand beside the map
  w2vGroups?: boolean; // chosen by hand: whether the map shows groups
  w2vCard?: any; // the card of a word that the page sent last
  w2vResumePoint?: any; // where the player of the page before was
  w2vTerms?: Record<string, string>; // what is said of each term, by its key
  w2vAlone?: boolean; // a saved page, where nobody explains terms
  w2vLevel?: string; // chosen in the ledger, and not yet known to Python
}

/** Passages that were written like a text: see components/passages/__init__.py. */
interface PassagesRecord {
  columns: PassageColumn[];
}

interface PassageColumn {
  title: string;
  by: string; // what its words are drawn from
  said: string; // of the passage as a whole
  first: number; // of which word something is said before one is pointed at
  words: { word: string; share: string; says: string; copied: boolean; ends: boolean; begins: boolean }[];
}

/** A guess in bars, and what came of it: see components/guess/__init__.py. */
interface GuessRecord {
  id: string; // of what is guessed; with another id the bars begin anew
  command: number; // another one means: take over `shares`
  title: string; // what the bars are
  names: string[]; // of the bars
  shares: number[]; // where they begin; together 1
  least: number; // what a bar has at least
  pool: number; // the bar of all other words, from which the others take first; -1 where every word has its own
  compact: boolean; // whether they stand in several columns where there is room
  rules: string[]; // what is said beside them
  judged: JudgedBars | null; // when it was judged; then nothing can be dragged any more
  figures: { heads: [string, string][]; rows: GuessFigure[] } | null; // how good it was, and others; of a head the key
  // of its term, or nothing, and what is shown
  readout: string; // all of this in a sentence or two
}

interface JudgedBars {
  kinds: { kind: "mine" | "model" | "told"; name: string; shares: number[] }[];
  scale: number; // the share that is as wide as the picture
}

interface GuessFigure {
  kind: "mine" | "model" | "frequency" | "told";
  name: string;
  share: number; // how far it has come, 0 to 1, less where it is worse than nothing
  numbers: string[]; // below the heads but the first
}
