// One line that names the update on show, and how far the run has come by then.
import { make, setChildren, setText } from "../../kit/dom.js";
import { counted, listed, threeDigits, whole } from "../../kit/format.js";
import { term } from "../../kit/terms.js";
import { OF_WHAT, hasUpdates, inNumbers, lossInWords, placeInWords, wayInWords } from "../model/record.js";

const OF_WHAT_IN_SHORT = " of what this text allows";
const WORKING = "working out the exact numbers \u2026";
const [CENTER, CONTEXT] = ["center", "context"];

export class StatusLine {
  constructor() {
    this.place = make("span");
    this.epoch = make("span", { class: "w2v-epoch" });
    this.where = make("span", { class: "w2v-where", "data-role": "where" }, this.place, this.epoch);
    this.what = make("span", { class: "w2v-what", "data-role": "what" });
    this.cost = make("span", { class: "w2v-cost", "data-role": "loss" });
    this.long = make("span", { class: "w2v-wide-only" });
    this.short = make("span", { class: "w2v-not-wide" });
    this.learned = term("learned", "");
    this.way = make("span", { class: "w2v-way", "data-role": "headline" }, this.learned, this.long, this.short);
    this.el = make(
      "section",
      { class: "w2v-status", "aria-label": "This update" },
      this.where,
      this.what,
      this.cost,
      this.way,
    );
  }

  setRecord(record) {
    /** @type {RunRecord} */
    this.record = record;
    this.shown = null;
    this.said = null;
  }

  setTheme() {
    this.shown = null;
  }

  resize() {
    this.shown = null;
  }

  draw(scene) {
    const { record } = this;
    const { update, done } = scene;
    const moment = Math.floor(scene.t);
    const [place, ...epoch] = placeInWords(record, moment).split(", ");
    setText(this.place, place);
    setText(this.epoch, epoch.map((words) => `, ${words}`).join(""));
    this.drawWay(scene.loss);
    const key = `${update ? update.t : -1}:${done}:${scene.exact}`;
    if (this.shown === key) return;
    this.shown = key;
    if (!hasUpdates(record)) this.what.replaceChildren("all pairs of the text at once");
    else if (update) this.drawUpdate(scene);
  }

  /** What 100 % means is said shorter where there is less room. */
  drawWay(loss) {
    const text = wayInWords(this.record, loss);
    if (this.said === text) return;
    this.said = text;
    const short = text.split(OF_WHAT)[0].trimEnd();
    setText(this.learned, short);
    setText(this.long, text.slice(short.length));
    setText(this.short, text.includes(OF_WHAT) ? OF_WHAT_IN_SHORT : "");
    this.way.title = inNumbers(this.record) ? lossInWords(this.record, loss) : "";
  }

  drawUpdate({ update, done, exact }) {
    const { record } = this;
    if (done) {
      const { stopped } = record;
      this.what.replaceChildren(
        stopped ? `stopped at update ${whole(stopped.at)}: ${stopped.reason}` : "all updates are done",
      );
      setText(this.cost, exact ? "" : WORKING);
      return;
    }
    setChildren(this.what, nameUpdate(record, update));
    const loss = record.losses[update.t];
    const said = Number.isFinite(loss) && inNumbers(record) ? `loss ${threeDigits(loss)} nats` : "";
    setText(this.cost, exact ? said : WORKING);
  }
}

/** "center king -> context wears", or how many pairs when there are more: nodes for one line. */
export function nameUpdate(record, update) {
  const name = (ids, role, most) =>
    make(
      "b",
      { class: role },
      listed(
        ids.map((id) => record.labels[id]),
        most,
      ),
    );
  const cbow = record.architecture === "cbow";
  const noun = cbow ? "window" : "pair";
  if (update.windows > 1) {
    return [`${counted(update.size, noun)}, centers `, name(update.centers, "w2v-word-center", 3)];
  }
  const center = name(update.centers, "w2v-word-center", 3);
  const context = name(
    cbow ? update.contextTokens.map((at) => record.tokens[at]) : update.contexts,
    "w2v-word-context",
    6,
  );
  const [first, then] = cbow ? [CONTEXT, CENTER] : [CENTER, CONTEXT];
  const parts = [term(first, first), " ", cbow ? context : center, " \u2192 ", term(then, then), " "];
  parts.push(cbow ? center : context);
  if (update.size > 1) parts.push(` (${counted(update.size, noun)})`);
  return parts;
}
