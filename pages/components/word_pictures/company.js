// Company: what the model expects near a word, beside what could stand in its place and the neighbors both have.
import { make } from "../kit/dom.js";
import { percent, threeDigits } from "../kit/format.js";
import { Picture } from "./picture.js";

export class CompanyPicture extends Picture {
  paint() {
    const { company, alike, names } = this.data;
    const most = Math.max(...company.map(({ said, told }) => Math.max(said, told)), 1e-9);
    const near = make("ul", {}, ...company.map((one) => this.expected(one, most)));
    const like = make("ul", {}, ...alike.map((one) => this.like(one)));
    const left = make("div", { class: "w2v-wp-half" }, heading("Stands near it", names.company));
    left.append(...(company.length ? [legend(names), near] : [make("p", {}, names.none)]));
    const right = make("div", { class: "w2v-wp-half" }, heading("Could replace it", names.alike), like);
    if (!alike.length) right.append(make("p", {}, "No other word points the same way."));
    this.paper.replaceChildren(make("div", { class: "w2v-wp-halves" }, left, right));
    this.near = near;
  }

  expected({ word, shown, said, told }, most) {
    const bar = make("span", { class: "w2v-wp-bar" });
    const fill = make("span", { class: "w2v-wp-fill" });
    const outline = make("span", { class: "w2v-wp-outline" });
    fill.style.width = `${(100 * said) / most}%`;
    outline.style.width = `${(100 * told) / most}%`;
    bar.append(fill, ...(told > 0 ? [outline] : []));
    const numbers = make("span", { class: "w2v-wp-number" }, percent(said));
    const text = make("span", { class: "w2v-wp-told" }, percent(told));
    return make("li", { "data-word": String(word) }, this.word(word, shown), bar, numbers, text);
  }

  like({ word, shown, cosine, together, shared }) {
    const fill = make("span", { class: "w2v-wp-fill w2v-wp-like" });
    fill.style.width = `${100 * cosine}%`;
    const bar = make("span", { class: "w2v-wp-bar" }, fill);
    const first = [this.word(word, shown), bar, make("span", { class: "w2v-wp-number" }, threeDigits(cosine))];
    const why = make("span", { class: "w2v-wp-why" });
    if (together !== null) {
      if (together) why.append(`together ${together}\u00d7; `);
      else why.append(make("span", { class: "w2v-wp-badge" }, "never together"), " ");
      const both = shared.map(({ shown: name }) => make("i", {}, name));
      if (both.length) why.append("both beside ", ...both.flatMap((one, i) => (i ? [", ", one] : [one])));
      else why.append("nothing much in common");
    }
    const row = make("li", { "data-word": String(word) }, ...first, why);
    row.onpointerenter = () => this.light(shared);
    row.onpointerleave = () => this.light([]);
    row.addEventListener("focusin", () => this.light(shared));
    row.addEventListener("focusout", () => this.light([]));
    return row;
  }

  /** Light the shared neighbors among those that are expected. */
  light(shared) {
    const ids = new Set(shared.map(({ word }) => String(word)));
    for (const row of this.near.children) row.classList.toggle("w2v-wp-lit", ids.has(row.dataset.word));
  }
}

function heading(title, explained) {
  return make("h3", {}, title, make("small", {}, explained));
}

function legend({ said, told }) {
  const key = (kind, name) => make("span", {}, make("span", { class: `w2v-wp-key ${kind}` }), name);
  return make("p", { class: "w2v-wp-legend" }, key("w2v-wp-fill", said), key("w2v-wp-outline", told));
}
