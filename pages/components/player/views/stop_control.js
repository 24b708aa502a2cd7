// "Stop when ...": a small button beside the speed, with a panel in which one condition can be chosen.
import { make, makeIcon, setText } from "../../kit/dom.js";
import { listed, whole } from "../../kit/format.js";
import { objectiveOf } from "../../kit/objectives/objectives.js";
import { goalOf, goalRow, inNumbers, inputsOf } from "../model/record.js";
import { distributionOf, hiddenOf } from "../model/replay.js";
import {
  MeanLoss,
  StopSearch,
  finish,
  lossBelow,
  nearestChanges,
  nearestWord,
  probabilityAbove,
} from "../model/stop.js";

const FLAG = ["M6 3h2.2v18H6z", "M9.4 4H20l-3 4.2 3 4.2H9.4z"];
const MOST_WORDS = 20;

export class StopControl {
  constructor(onChange) {
    this.onChange = onChange;
    this.button = make(
      "button",
      {
        type: "button",
        class: "w2v-quiet w2v-square w2v-stop",
        "data-action": "stop-when",
        "aria-label": "Stop when \u2026",
        title: "Stop when \u2026",
        "aria-expanded": "false",
      },
      makeIcon(...FLAG),
    );
    this.kind = make("select", { class: "w2v-select", "aria-label": "Stop playing when", "data-action": "stop-kind" });
    for (const kind of ["never", "loss", "said", "nearest"]) this.kind.append(make("option", { value: kind }));
    this.limit = this.numberBox("stop-loss", "Loss in nats", "any");
    this.share = this.numberBox("stop-share", "Percent", "any");
    this.word = make("select", { class: "w2v-select", "aria-label": "Predicted word", "data-action": "stop-word" });
    this.lossPart = make("label", { class: "w2v-stop-part" }, this.limit, "nats");
    this.probabilityPart = make("span", { class: "w2v-stop-part" }, "o is", this.word, "above", this.share, "%");
    this.hint = make("p", { class: "w2v-note" }, "Every update is asked, also those that rush by.");
    this.panel = make(
      "div",
      { class: "w2v-stop-panel", role: "group", "aria-label": "Stop when" },
      make("label", { class: "w2v-stop-part" }, "Stop when", this.kind),
      this.lossPart,
      this.probabilityPart,
      this.hint,
    );
    this.panel.hidden = true;
    this.el = make("div", { class: "w2v-stop-place" }, this.button, this.panel);
    this.button.onclick = () => this.open(this.panel.hidden);
    for (const input of [this.kind, this.limit, this.share, this.word]) input.onchange = () => this.changed();
    this.el.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.panel.hidden) return;
      event.preventDefault();
      this.open(false);
      this.button.focus();
    });
  }

  numberBox(action, name, step) {
    return make("input", {
      type: "number",
      min: "0",
      step,
      class: "w2v-input w2v-number",
      "aria-label": name,
      "data-action": action,
    });
  }

  setRecord(record, fresh) {
    this.record = record;
    this.about = null;
    this.el.hidden = record.n_steps === 0;
    const [, loss] = this.kind.options;
    loss.hidden = !inNumbers(record);
    if (loss.hidden && loss.selected) fresh = true;
    if (!fresh) return;
    this.kind.value = "never";
    const { uniform, floor } = record.goal;
    this.limit.value = String(Number((floor + 0.1 * (uniform - floor)).toPrecision(3)));
    this.open(false);
    this.showParts();
  }

  open(wanted) {
    this.panel.hidden = !wanted;
    this.button.setAttribute("aria-expanded", String(wanted));
  }

  changed() {
    this.showParts();
    this.onChange();
  }

  showParts() {
    const kind = this.kind.value;
    this.lossPart.hidden = kind !== "loss";
    this.probabilityPart.hidden = kind !== "said";
    this.hint.hidden = kind === "never";
    this.button.setAttribute("aria-pressed", String(kind !== "never"));
  }

  /** Name the selected word, or for CBOW the context of an example; offer what the text says most often after it. */
  aim(word, example) {
    const { record } = this;
    const cbow = record.architecture === "cbow";
    const row = goalRow(record, word ?? 0, example);
    const about = `${row}:${word}`;
    if (this.about === about) return;
    this.about = about;
    this.selected = word ?? 0;
    this.inputs = cbow ? Array.from(inputsOf(record, example)) : [this.selected];
    this.name = record.labels[this.selected];
    this.given = cbow
      ? listed(
          this.inputs.map((id) => record.labels[id]),
          6,
        )
      : this.name;
    const texts = {
      never: "never: play on",
      loss: "the mean loss falls below",
      said: `${this.symbol("o")} rises`,
      nearest: `the nearest word of ${this.name} changes`,
    };
    for (const option of this.kind.options) setText(option, texts[option.value]);
    this.offerWords(row);
  }

  offerWords(row) {
    const { record } = this;
    const { ids, counts, value } = goalOf(record, row);
    const order = ids
      .map((id, i) => [id, counts[i]])
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .map(([id]) => id);
    for (let id = 0; id < record.n_words && order.length < MOST_WORDS; id += 1) if (!order.includes(id)) order.push(id);
    const before = this.word.value;
    const offered = order.slice(0, MOST_WORDS).map((id) => make("option", { value: id }, record.labels[id]));
    this.word.replaceChildren(...offered);
    this.word.value = offered.some(({ value: id }) => id === before) ? before : offered[0].value;
    if (!this.share.value) this.share.value = String(Math.max(1, Math.floor(80 * (value[order[0]] ?? 0.5))));
  }

  /** A search from moment t on, or null when nothing is to be looked for. */
  search(t) {
    const condition = this.condition();
    return condition ? new StopSearch(this.record, condition, t) : null;
  }

  condition() {
    const { record } = this;
    const [limit, share] = [Number(this.limit.value), Number(this.share.value)];
    if (this.kind.value === "loss" && this.limit.value !== "") return lossBelow(record, limit);
    if (this.kind.value === "said" && this.share.value !== "" && this.word.value !== "") {
      return probabilityAbove(record, [...this.inputs], Number(this.word.value), share / 100);
    }
    if (this.kind.value === "nearest" && record.n_words > 1) return nearestChanges(record, this.selected);
    return null;
  }

  /** Why playing stopped at moment t, with the state there and the one before. */
  reason(t, state, stateBefore) {
    const { record } = this;
    const at = `Stopped at update ${whole(t)}: `;
    if (this.kind.value === "loss") {
      const loss = finish(new MeanLoss(record).of(state));
      return `${at}the mean loss fell below ${this.limit.value} nats; it is ${loss.toFixed(4)} now.`;
    }
    if (this.kind.value === "said") {
      const h = hiddenOf(state.V, record.dim, this.inputs, new Float64Array(record.dim));
      const said = distributionOf(record, state.U, h)[Number(this.word.value)];
      const name = this.symbol(record.labels[Number(this.word.value)]);
      return `${at}${name} rose above ${Number(this.share.value)}\u00a0%; it is ${(100 * said).toFixed(2)}\u00a0% now.`;
    }
    const word = this.selected;
    const [was, is] = [stateBefore, state].map(({ V }) => record.labels[nearestWord(record, V, word)]);
    return `${at}the nearest word of ${this.name} is now ${is}, one update before it was ${was}.`;
  }

  /** P(o | king), or for negative sampling sigma in the place of P. */
  symbol(word) {
    return `${objectiveOf(this.record).symbol}(${word} | ${this.given})`;
  }

  /** What is said when the run ends first. */
  missed() {
    const what = {
      loss: `the mean loss did not fall below ${this.limit.value} nats`,
      said: `${this.symbol(this.record.labels[Number(this.word.value)])} did not rise above ${this.share.value}\u00a0%`,
      nearest: `the nearest word of ${this.name} did not change`,
    }[this.kind.value];
    return `The run is over: ${what} on the way.`;
  }

  /** What is said when the clock had to go slower than asked. */
  slowed() {
    return "Slower than chosen: every update is being checked.";
  }
}
