// The card of a word, "Why here?": who is most like it, what the model expects near it, what it shares with its nearest.
// All of it is worked out by Python where the player comes to rest, and shown until it rests elsewhere.
import { make } from "../../kit/dom.js";
import { displayWord, percent } from "../../kit/format.js";
import { objectiveOf } from "../../kit/objectives/objectives.js";

const GAP = "\u00a0";

export class WhyCard {
  /** onSelect(id): a word in the card was chosen. */
  constructor({ onSelect }) {
    this.onSelect = onSelect;
    this.card = null; // what Python sent
    this.about = ""; // the moment and word that were on show when it came
    this.body = make("div", { class: "w2v-why-body" });
    this.el = make("section", { class: "w2v-panel w2v-why", "aria-label": "Why here?" }, this.body);
  }

  setRecord(/** @type {RunRecord} */ record) {
    if (this.record?.id !== record.id) this.card = null;
    this.record = record;
    this.fill();
  }

  setTheme() {}

  resize() {}

  /** A card came from Python: {run, t, word, at, words, alike, company, shared, never}. See `story.py`. */
  setCard(card) {
    this.card = card;
    this.about = null; // whatever is on show now is what it was made for
    this.fill();
  }

  /** While something else is on show than it is about, it is greyed and stays. */
  draw(scene) {
    const shown = `${Math.floor(scene.t)}:${scene.word}`;
    if (!scene.playing) this.about ??= shown;
    this.el.classList.toggle("w2v-past", scene.playing || (this.about !== null && this.about !== shown));
  }

  fill() {
    const { card } = this;
    if (!card) {
      this.body.replaceChildren(make("p", { class: "w2v-note" }, "Choose a word to see why it stands where it does."));
      return;
    }
    const name = displayWord(card.words[card.word]);
    const title = make(
      "h2",
      { class: "w2v-title" },
      "Why is ",
      make("b", { class: "w2v-word-center" }, name),
      " here?",
    );
    title.append(make("span", { class: "w2v-symbol" }, ` ${card.at}`));
    const symbol = make("span", { class: "w2v-symbol" }, ` ${objectiveOf(this.record).symbolAfter(name)}`);
    const lists = make(
      "div",
      { class: "w2v-why-lists" },
      this.list("alike", ["Most like it"], card.alike, ([word, cosine]) => this.row(word, cosine, cosine.toFixed(2))),
      this.list("company", ["It expects near it", symbol], card.company, ([word, said, inText]) =>
        this.row(word, said, percent(said), inText),
      ),
    );
    const held = this.body.getRootNode().activeElement;
    const chosen = this.body.contains(held) ? held.dataset.word : undefined;
    this.body.replaceChildren(
      title,
      lists,
      make("p", { class: "w2v-why-shared", "data-role": "shared" }, ...this.shares()),
    );
    if (chosen !== undefined) this.focusOn(chosen);
  }

  /** Put the focus on a word, or on the first one of a card that is about it now: the keyboard goes on from there. */
  focusOn(word) {
    const rows = [...this.body.querySelectorAll("button")];
    const same = rows.find(({ dataset }) => dataset.word === word && word !== String(this.card.word));
    (same ?? rows[0])?.focus({ preventScroll: true });
  }

  list(role, head, entries, rowOf) {
    const rows = entries.map((entry) => make("li", {}, rowOf(entry)));
    if (!rows.length) rows.push(make("li", { class: "w2v-note" }, "Nothing else is like it."));
    return make("div", { "data-role": role }, make("h3", {}, ...head), make("ul", {}, ...rows));
  }

  /** A word with its number over a bar, and a mark where the text stands. */
  row(word, share, said, mark = null) {
    const name = displayWord(this.card.words[word]);
    const row = make("button", { type: "button", class: "w2v-why-row", "data-word": word, title: `${name}: ${said}` });
    const number = make("span", {}, said);
    row.append(make("bdi", {}, name), number);
    row.style.setProperty("--w2v-share", `${100 * Math.min(1, Math.max(0, share))}%`);
    if (mark !== null) {
      const beside = ` \u00b7 text${GAP}${percent(mark)}`;
      number.append(make("small", { class: "w2v-why-text" }, beside));
      row.title += beside;
      row.classList.add("w2v-why-marked");
      row.style.setProperty("--w2v-mark", `${100 * Math.min(1, mark)}%`);
    }
    row.onclick = () => this.onSelect(word);
    return row;
  }

  /** What it shares with the word most like it, and whether the two ever meet. */
  shares() {
    const { card } = this;
    if (!card.alike.length) return [];
    if (card.t === 0) return ["Before the first update it stands where chance has put it."];
    const word = (id) => make("b", { class: "w2v-why-word" }, displayWord(card.words[id]));
    const both = [...quoted(word(card.word)), " and ", ...quoted(word(card.alike[0][0]))];
    const never = make("span", { class: "w2v-why-never" }, "never beside each other");
    const shared = card.shared.map((id) => quoted(make("bdi", {}, displayWord(card.words[id]))));
    if (!shared.length) return [...both, " share no neighbors", ...(card.never ? [" and stand ", never] : []), "."];
    const before = (i) => (i === 0 ? "" : i < shared.length - 1 ? ", " : " and ");
    const listed = shared.flatMap((one, i) => [before(i), ...one]);
    return ["Both ", ...both, " stand beside ", ...listed, ...(card.never ? ["; ", never] : []), "."];
  }
}

/** A word in quotation marks: among words of a sentence, "in" and "because" read as a part of it. */
function quoted(word) {
  return ["\u201c", word, "\u201d"];
}
