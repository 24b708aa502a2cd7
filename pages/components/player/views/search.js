// A small box that finds any word while one types.
import { make } from "../../kit/dom.js";

const MOST_HITS = 8;

export class WordSearch {
  constructor(onSelect) {
    this.onSelect = onSelect;
    this.hits = [];
    this.at = -1;
    this.input = make("input", {
      type: "text",
      class: "w2v-input",
      placeholder: "Find a word",
      role: "combobox",
      "aria-label": "Find a word",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      autocomplete: "off",
      spellcheck: "false",
      "data-action": "find-word",
    });
    this.list = make("ul", { class: "w2v-hits", role: "listbox", "aria-label": "Words found" });
    this.list.hidden = true;
    this.el = make("div", { class: "w2v-search" }, this.input, this.list);
    this.input.oninput = () => this.find();
    this.input.onkeydown = (event) => this.key(event);
    this.input.onblur = () => setTimeout(() => this.close(), 150);
    this.input.onfocus = () => this.find();
  }

  setRecord(record) {
    this.record = record;
    this.close();
  }

  find() {
    const wanted = this.input.value.trim().toLowerCase();
    this.hits = wanted ? this.matches(wanted) : [];
    this.at = this.hits.length ? 0 : -1;
    this.show(wanted);
  }

  /** Words that begin with what was typed, then words that hold it; both by frequency. */
  matches(wanted) {
    const begin = [];
    const inside = [];
    const { words } = this.record;
    for (let id = 0; id < words.length && begin.length < MOST_HITS; id += 1) {
      const place = words[id].toLowerCase().indexOf(wanted);
      if (place === 0) begin.push(id);
      else if (place > 0 && inside.length < MOST_HITS) inside.push(id);
    }
    return [...begin, ...inside].slice(0, MOST_HITS);
  }

  show(wanted) {
    this.list.replaceChildren(...this.hits.map((id, i) => this.hit(id, i)));
    if (wanted && !this.hits.length) this.list.append(make("li", { class: "w2v-none" }, "No such word"));
    this.list.hidden = !wanted;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  hit(id, i) {
    const hit = make("li", { role: "option", "aria-selected": String(i === this.at) }, this.record.labels[id]);
    hit.onpointerdown = (event) => {
      event.preventDefault();
      this.choose(i);
    };
    return hit;
  }

  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.hits.length) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.at = (this.at + step + this.hits.length) % this.hits.length;
      this.show(true);
      event.preventDefault();
    } else if (event.key === "Enter" && this.at >= 0) {
      this.choose(this.at);
      event.preventDefault();
    } else if (event.key === "Escape") {
      this.input.value = "";
      this.close();
    }
  }

  choose(i) {
    const id = this.hits[i];
    this.input.value = "";
    this.close();
    if (id !== undefined) this.onSelect(id);
  }

  close() {
    this.hits = [];
    this.at = -1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }
}
