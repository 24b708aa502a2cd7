// The pairs that the windows made so far, newest on top; each leads back to its place in the text.
import { make, setText } from "../kit/dom.js";
import { whole } from "../kit/format.js";

const MOST = 12;

export class PairsView {
  constructor({ onWindow }) {
    this.heading = make("h2", {}, "Pairs");
    this.total = make("span", { class: "w2v-wv-note" });
    this.rows = Array.from({ length: MOST }, () => this.makeRow(onWindow));
    this.list = make(
      "ol",
      { class: "w2v-wv-pairs", "aria-label": "Latest pairs, newest first" },
      ...this.rows.map((row) => row.item),
    );
    this.el = make(
      "section",
      { class: "w2v-wv-side" },
      make("div", { class: "w2v-wv-head" }, this.heading, this.total),
      this.list,
    );
  }

  makeRow(onWindow) {
    const row = { center: make("bdi", { class: "w2v-wv-c" }), arrow: make("span"), k: -1, key: "" };
    row.context = make("bdi", { class: "w2v-wv-o" });
    row.button = make("button", { type: "button" }, row.center, row.arrow, row.context);
    row.button.onclick = () => onWindow(row.k);
    row.item = make("li", {}, row.button);
    return row;
  }

  setText(text) {
    this.text = text;
    this.at = -1;
    this.list.classList.toggle("w2v-wv-wide", text.cbow);
    setText(this.heading, text.cbow ? "Examples" : "Pairs");
    for (const row of this.rows) setText(row.arrow, text.cbow ? " \u2190 " : " \u2192 ");
  }

  draw(k, fall) {
    const { text } = this;
    const n = text.cbow ? k + 1 : text.pairsUntil(k);
    setText(this.total, `${whole(n)} so far`);
    const latest = this.latest(k);
    this.rows.forEach((row, i) => this.fill(row, latest[i], k));
    const n_new = latest.filter((entry) => entry.k === k).length;
    if (fall && k === this.at + 1) this.dropIn(n_new);
    this.at = k;
  }

  /** Up to twelve entries of the windows k, k - 1, ... */
  latest(k) {
    const { text } = this;
    const found = [];
    for (let window = k; window >= 0 && found.length < MOST; window -= 1) {
      const center = text.label(text.centerOf(window));
      const context = Array.from(text.contextOf(window), (place) => text.label(place));
      if (text.cbow) found.push({ k: window, center, context: context.join(", ") });
      else for (const word of context.reverse()) found.push({ k: window, center, context: word });
    }
    return found.slice(0, MOST);
  }

  fill(row, entry, k) {
    row.item.hidden = !entry;
    if (!entry) return;
    row.k = entry.k;
    row.item.classList.toggle("w2v-wv-now", entry.k === k);
    setText(row.center, entry.center);
    setText(row.context, entry.context);
    const says = this.text.cbow
      ? `${entry.context} predict ${entry.center}`
      : `${entry.center} predicts ${entry.context}`;
    row.button.setAttribute("aria-label", `${says}, window ${entry.k + 1}`);
  }

  /** The new rows push the old ones down. */
  dropIn(n) {
    if (n < 1 || n >= MOST || !this.list.animate) return;
    const rise = -n * this.rows[0].item.offsetHeight;
    for (const { item } of this.rows) {
      item.animate([{ transform: `translateY(${rise}px)` }, { transform: "none" }], { duration: 200 });
    }
  }
}
