// What the model says after one word, as bars, beside what the text says, as outlines.
import { isolated } from "../../kit/direction.js";
import { fitCanvas, make, niceStep, setChildren, setText } from "../../kit/dom.js";
import { listed, percent, threeDigits, whole } from "../../kit/format.js";
import { term } from "../../kit/terms.js";
import { objectiveOf } from "../../kit/objectives/objectives.js";
import { covers, exampleNumber, goalOf, goalRow, hasUpdates, inNumbers, inputsOf } from "../model/record.js";
import { BarChart } from "./bar_chart.js";
import { followChip } from "./follow_chip.js";

const MOST_ROWS = 20;
const FEW_TARGETS = 4;
const GAP = " Distance: total variation, half the sum of all differences; 0 is equal.";

export class Bars {
  constructor({ onPick, onFollow, search }) {
    this.onPick = onPick; // a bar was clicked
    this.shapeOf = null; // the mark of a word's line, when lines are shown beside the bars
    this.focused = -1; // the row that the keyboard is at
    this.title = make("h2", { class: "w2v-title" });
    this.note = make("p", { class: "w2v-note" });
    this.follow = followChip(onFollow);
    this.head = make("div", { class: "w2v-head" }, this.title, this.follow);
    if (search) this.head.append(search);
    this.canvas = make("canvas", { role: "img", tabindex: "0", class: "w2v-canvas" });
    this.box = make("div", { class: "w2v-paper" }, this.canvas);
    this.readout = make("p", { class: "w2v-readout", "data-role": "readout" });
    this.chart = new BarChart(this.canvas);
    const parts = [this.head, this.note, this.box, this.readout];
    this.el = make("section", { class: "w2v-panel w2v-bars", "aria-label": "What the model says" }, ...parts);
    this.canvas.onclick = (event) => this.click(event);
    this.canvas.onkeydown = (event) => this.key(event);
    this.canvas.onblur = () => {
      this.focused = -1;
      if (this.predicted && !this.el.hidden) this.paint();
    };
    this.canvas.onpointermove = (event) => {
      this.canvas.style.cursor = this.chart.wordAt(event) !== null ? "pointer" : "default";
    };
  }

  setRecord(record, _fresh, replay) {
    /** @type {RunRecord} */
    this.record = record;
    this.replay = replay;
    this.subject = null;
    this.titled = null;
    this.readout.title = `Points since the start.${inNumbers(record) ? GAP : ""}`;
  }

  get objective() {
    return objectiveOf(this.record);
  }

  setTheme(theme) {
    this.theme = theme;
    this.titled = null;
  }

  resize() {
    return fitCanvas(this.canvas, this.box);
  }

  /** What the bars are about: after which inputs, heading for which row of counts. */
  aim(word, example) {
    const { record } = this;
    const row = goalRow(record, word, example);
    const key = `${row}`;
    if (this.subject?.key === key) return this.subject;
    const inputs = record.architecture === "cbow" ? Array.from(inputsOf(record, example)) : [word];
    const goal = goalOf(record, row);
    const seen = goal.ids.map((id, i) => [id, goal.counts[i]]).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const order = seen.map(([id]) => id);
    const has = new Set(order);
    for (let id = 0; id < record.n_words && order.length < MOST_ROWS; id += 1) if (!has.has(id)) order.push(id);
    this.subject = { key, inputs, goal, order: order.slice(0, MOST_ROWS), seen: seen.length };
    this.subject.start = this.replay.distribution(this.replay.keyframe(0), inputs);
    this.subject.most = this.measureMost(this.subject);
    this.titled = null;
    return this.subject;
  }

  /** The largest value any bar will have in this run, so that the scale never changes. */
  measureMost(subject) {
    const { key_t: at } = this.record;
    let most = Math.max(...subject.goal.value);
    const every = Math.max(1, Math.ceil(at.length / 24));
    for (let i = 0; i < at.length; i += every) {
      const predicted = this.replay.distribution(this.replay.keyframe(i), subject.inputs);
      for (const id of subject.order) most = Math.max(most, predicted[id]);
    }
    const step = niceStep(most, 4);
    return Math.min(1, Math.ceil((most * 1.02) / step) * step);
  }

  draw(scene) {
    const { subject } = this;
    if (!subject || !scene.from.predicted) return;
    this.predicted = blend(scene.from.predicted, scene.to.predicted, scene.mix);
    this.askedNow = scene.update && !scene.done ? this.asked(scene.update) : null;
    this.targets = scene.fast ? [] : [...(this.askedNow?.targets.keys() ?? [])].filter((id) => this.isTarget(id));
    const follows = hasUpdates(this.record) && this.record.architecture !== "cbow"; // CBOW asks about contexts
    this.follow.hidden = !scene.pinned || !follows;
    this.drawTitle();
    if (!this.el.hidden) this.paint();
    const text = this.sentence(scene);
    setText(this.readout, text);
    if (!scene.playing) this.canvas.setAttribute("aria-label", text);
  }

  /** How often the update on show asks about each word after these inputs: as a true word, and as noise. */
  asked(update) {
    const { record, subject, objective } = this;
    const key = `${update.t}|${subject.key}`;
    if (this.askedFor?.key === key) return this.askedFor;
    const asked = { key, times: 0, targets: new Map(), noise: new Map() };
    const add = (map, id) => map.set(id, (map.get(id) ?? 0) + 1);
    for (let example = update.first; example < update.end; example += 1) {
      const row = goalRow(record, record.inputs[record.input_start[example]], example);
      if (String(row) !== subject.key) continue;
      asked.times += 1;
      add(asked.targets, record.targets[example]);
      const drawn = objective.drawnIn(record, exampleNumber(record, update.t, example));
      for (const id of drawn) if (id >= 0) add(asked.noise, id);
    }
    this.askedFor = asked;
    return asked;
  }

  /** Whether the update on show pulls a word's score up (1), pushes it down (-1), or leaves it (0), as far as it may be said. */
  pullOn(id) {
    const { askedNow: asked } = this;
    if (!asked || asked.times === 0 || covers(this.record, "update")) return 0;
    return this.objective.pull(asked.targets.get(id) ?? 0, asked.noise.get(id) ?? 0, asked.times, this.predicted[id]);
  }

  drawTitle() {
    const { record, subject, objective } = this;
    if (this.titled === subject.key) return;
    this.titled = subject.key;
    const words = subject.inputs.map((id) => record.labels[id]);
    const cbow = record.architecture === "cbow";
    const role = cbow ? "w2v-word-context" : "w2v-word-center";
    const named = cbow ? listed(words, 6) : words[0];
    const shown = make("b", { class: role }, named);
    const said = objective.symbolAfter(words[0]);
    const symbol = cbow ? "" : make("span", { class: "w2v-symbol" }, objective.sumsToOne ? term("p-o-c", said) : said);
    const plain = make("span", { class: "w2v-plain" }, cbow ? "Between " : "Near ", shown, objective.asks);
    setChildren(this.title, [plain, symbol]);
    const note = [objective.noteOf(cbow), this.someOf()].filter(Boolean).join(". ");
    setText(this.note, note);
    this.note.hidden = !note;
    this.title.title = this.title.textContent;
  }

  /** Of which words there are bars, where not of all: then their distance to the text is not known here. */
  someOf() {
    const { n_words: n, n_in_text: all } = this.record;
    return all > n ? `Among the ${whole(n)} most frequent words` : "";
  }

  /** A current target, as long as there are few enough to point at. */
  isTarget(id) {
    return Boolean(this.askedNow) && this.askedNow.targets.size <= FEW_TARGETS && this.askedNow.targets.has(id);
  }

  paint() {
    const isTarget = (id) => this.isTarget(id);
    const pullOn = (id) => this.pullOn(id);
    const { record, theme, subject, predicted, targets, shapeOf, focused } = this;
    this.chart.paint({ record, theme, subject, predicted, targets, shapeOf, focused, isTarget, pullOn });
  }

  click(event) {
    const word = this.chart.wordAt(event);
    if (word !== null) this.onPick(word);
  }

  /** Up and down choose a bar, Enter does what a click does. */
  key(event) {
    const last = (this.chart.laidOut?.rows ?? 0) - 1;
    const steps = { ArrowUp: -1, ArrowDown: 1 };
    if (steps[event.key]) this.focused = Math.min(last, Math.max(0, this.focused + steps[event.key]));
    else if (event.key === "Enter" && this.focused >= 0) this.onPick(this.chart.laidOut.words[this.focused]);
    else return;
    event.preventDefault();
    this.paint();
  }

  /** One sentence with the numbers of this moment. */
  sentence(scene) {
    const { record, subject } = this;
    const asked = this.wordAsked();
    if (asked < 0) return "";
    const [before, now, goal] = [subject.start[asked], this.predicted[asked], subject.goal.value[asked]];
    const from = record.architecture === "cbow" ? "This context" : isolated(record.labels[subject.inputs[0]]);
    const atFirst = scene.t > 0 ? whatAtFirst(percent(before), percent(now)) : "";
    const gap = threeDigits(this.distance());
    const word = `\u201c${isolated(record.labels[asked])}\u201d`;
    const said = this.objective.saysNow(from, word, percent(now), atFirst, percent(goal));
    return inNumbers(record) && !this.someOf() ? `${said} ${this.objective.gapName}: ${gap}.` : said;
  }

  /** The word the sentence is about: the current target, else the most frequent neighbour. */
  wordAsked() {
    for (const id of [...this.subject.order, ...this.targets]) if (this.isTarget(id)) return id;
    return this.subject.order.length ? this.subject.order[0] : -1;
  }

  /** How far the model is from the counts. */
  distance() {
    return this.objective.distance(this.predicted, this.subject.goal);
  }
}

function whatAtFirst(first, now) {
  return first === now ? ", as at first" : `, ${first} at first`;
}

function blend(from, to, share) {
  return share > 0 && to ? from.map((p, i) => p + share * (to[i] - p)) : from;
}
