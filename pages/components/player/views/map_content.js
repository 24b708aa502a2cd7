// What the map shows: which words, which of their vectors, on which plane; by the record, the buttons and the page.
import { whole } from "../../kit/format.js";
import { objectiveOf } from "../../kit/objectives/objectives.js";
import { likeIt } from "../model/alike.js";
import { covers, inNumbers } from "../model/record.js";
import { Plane } from "./map_plane.js";

const NEAR = 3; // words to which the selected one has a line

export class MapContent {
  constructor() {
    this.kind = "v"; // which vectors: "v", "u" or "both"
    this.message = null; // what the page asks for: see setLayout in map.js
    this.still = null; // a still picture, such as t-SNE
    this.look = {};
    this.color = "none"; // what colors stand for, as the page wants it
    this.groupsNow = null; // of the rows of one moment, where the page asks for these
    this.planes = 0; // how many planes there were
    this.extra = []; // words on the map that the record does not show from the start
  }

  setRecord(record, fresh) {
    /** @type {RunRecord} */
    this.record = record;
    this.plane = new Plane(record, this.message?.basis);
    this.boundsOf = new Map();
    this.longest = {};
    this.hasU = objectiveOf(record).wordsInU && !record.one_vector; // whether words have vectors besides v
    if (fresh) {
      this.extra = [];
      this.kind = "v";
    }
    this.extra = this.extra.filter((id) => id >= record.n_shown && id < record.n_words);
    if (!this.hasU || !inNumbers(record)) this.kind = "v";
    this.mostFrequent = Math.max(1, ...record.counts.slice(0, 1));
    this.listWords();
  }

  /** Take what the page asks for. Returns whether the points stand elsewhere now; null when it is not for this map. */
  setLayout(message) {
    const mine = message && (message.address ?? null) === (this.record.address ?? null) ? message : null;
    if (!mine && !this.message) return null;
    const other = planeOf(mine) !== planeOf(this.message);
    this.message = mine;
    this.still = mine?.points ? mine : null;
    if (mine?.kind) this.kind = this.hasU ? mine.kind : "v";
    this.look = mine?.look ?? {};
    this.isolated = this.look.isolate ? new Set(this.look.isolate) : null;
    this.groupsNow = mine?.groups ? new Map(mine.rows.map((row, i) => [row, mine.groups[i]])) : null;
    this.takeColor(this.look.color ?? "none");
    if (other) {
      this.plane = new Plane(this.record, mine?.basis);
      this.planes += 1;
      this.refreshVersion();
    }
    return other;
  }

  // ---- groups in color ------------------------------------------------------------------------------------------

  get hasGroups() {
    return Boolean(this.groupsNow || this.record.groups);
  }

  /** Whether they are shown: as was chosen last, else where the text was made to have groups; not while a question waits. */
  get grouped() {
    if (this.record.keeps_back) return false;
    return this.hasGroups && (window.w2vGroups ?? Boolean(this.groupsNow || this.record.groups.given));
  }

  colorGroups(wanted) {
    window.w2vGroups = wanted;
  }

  /** The page wants colors to stand for something else: of this and the tool of the map, the last choice counts. */
  takeColor(color) {
    if (color === this.color) return;
    this.color = color;
    window.w2vGroups = color === "none" ? undefined : color === "group";
  }

  /** The number of the group that an item is in; -1 for none. */
  groupOf({ key, id }) {
    return (this.groupsNow ? this.groupsNow.get(key) : this.record.groups.of[id]) ?? -1;
  }

  get saidOfGroups() {
    if (this.groupsNow) return "alike now";
    return this.record.groups?.given ? "used alike" : "alike at the end";
  }

  get nGroups() {
    let most = -1;
    for (const group of this.groupsNow?.values() ?? this.record.groups.of) most = Math.max(most, group);
    return most + 1;
  }

  /** Put a word on the map that is not among the shown ones. Returns whether it was missing. */
  reveal(id) {
    if (id === null || id < this.record.n_shown || this.extra.includes(id)) return false;
    this.extra.push(id);
    this.listWords();
    return true;
  }

  listWords() {
    this.ids = [];
    for (let id = 0; id < this.record.n_shown; id += 1) this.ids.push(id);
    this.ids.push(...this.extra);
    this.refreshVersion();
  }

  /** What is projected depends on it. */
  refreshVersion() {
    this.version = `${this.ids.length}:${this.extra.join(",")}:${this.planes}`;
  }

  caption() {
    const { record } = this;
    if (this.message?.label) return this.message.label;
    const all = record.n_in_text ?? record.n_words;
    const some = all > this.ids.length ? ` The ${whole(record.n_shown)} most frequent of ${whole(all)} words.` : "";
    if (record.dim === 1) return `Exact: the vectors have one dimension.${some}`;
    if (record.dim === 2) return `Exact: the vectors have two dimensions.${some}`;
    return `Two axes, the same for the whole run (PCA).${some}`;
  }

  wantsU() {
    return this.hasU && this.kind !== "v" && !this.still;
  }

  /** Positions of the shown words in a state of the model. */
  project(state) {
    const norms = this.look.color === "norm";
    return {
      v: this.plane.projectRows(state.V, this.ids),
      u: this.wantsU() ? this.plane.projectRows(state.U, this.ids) : null,
      norms: norms ? { v: this.lengths(state.V), u: this.hasU ? this.lengths(state.U) : null } : null,
    };
  }

  /** Of the shown words those most like one of them, by id; none where no lines to them are wanted. */
  near(state, word) {
    if (this.look.near === false || covers(this.record, "alike")) return [];
    const matrix = this.kind === "u" ? state.U : state.V;
    return likeIt(matrix, this.record.dim, word, NEAR, this.ids).map((near) => near.word);
  }

  /** The length of the vector of each shown word. */
  lengths(matrix) {
    const { dim } = this.record;
    return this.ids.map((id) => Math.hypot(...matrix.subarray(id * dim, (id + 1) * dim)));
  }

  /** The longest vector of the shown words at any saved moment, so that the scale stands still. */
  longestOf(kind) {
    if (this.longest[kind] === undefined) {
      const { key_t: at, key_V: V, key_U: U, n_words: nWords, n_rows: nRows, dim } = this.record;
      const [matrix, size] = kind === "v" ? [V, nWords * dim] : [U, nRows * dim];
      let longest = 0;
      for (let i = 0; i < at.length; i += 1) {
        longest = Math.max(longest, ...this.lengths(matrix.subarray(i * size, (i + 1) * size)));
      }
      this.longest[kind] = longest;
    }
    return this.longest[kind];
  }

  /** Smallest box around everything that will ever be shown. */
  bounds() {
    const key = this.still ? `layout${this.version}` : `${this.kind}${this.version}`;
    if (!this.boundsOf.has(key)) this.boundsOf.set(key, this.measureBounds());
    return this.boundsOf.get(key);
  }

  measureBounds() {
    const box = { x0: Infinity, x1: -Infinity, y0: Infinity, y1: -Infinity };
    const include = (x, y) => {
      box.x0 = Math.min(box.x0, x);
      box.x1 = Math.max(box.x1, x);
      box.y0 = Math.min(box.y0, y);
      box.y1 = Math.max(box.y1, y);
    };
    if (this.still) for (const [x, y] of this.still.points.values()) include(x, y);
    else this.includeKeyframes(include);
    if (!(box.x1 >= box.x0)) return { x0: -1, x1: 1, y0: -1, y1: 1 };
    const margin = 0.02 * Math.max(box.x1 - box.x0, box.y1 - box.y0) || 0.5;
    return { x0: box.x0 - margin, x1: box.x1 + margin, y0: box.y0 - margin, y1: box.y1 + margin };
  }

  includeKeyframes(include) {
    const { key_t: at, key_V: V, key_U: U, n_words: nWords, n_rows: nRows, dim } = this.record;
    const every = Math.max(1, Math.floor(at.length / 60));
    for (let i = 0; i < at.length; i = i === at.length - 1 ? at.length : Math.min(i + every, at.length - 1)) {
      const sets = [];
      if (this.kind !== "u") sets.push(this.plane.projectRows(V, this.ids, i * nWords * dim));
      if (this.wantsU()) sets.push(this.plane.projectRows(U, this.ids, i * nRows * dim));
      for (const points of sets) for (let j = 0; j < points.length; j += 2) include(points[j], points[j + 1]);
    }
  }
}

/** What decides where the points of a layout message stand, as text. */
function planeOf(message) {
  if (!message) return "";
  const { label, kind, basis } = message;
  return JSON.stringify([message.points ? [label, ...message.points] : null, kind ?? null, basis ?? null]);
}
