// The first card: one row of V is picked (or several are averaged); or the same by multiplying the long way.
import { fitCanvas, make, setText, startDrawing } from "../kit/dom.js";
import { displayWord } from "../kit/format.js";
import { numberText, stripes } from "./strips.js";

export class LookUp {
  constructor({ onLight, onInput }) {
    this.onLight = onLight;
    this.onInput = onInput;
    this.long = false;
    this.switch = make("input", { type: "checkbox", "data-do": "long" });
    this.switch.onchange = () => {
      this.long = this.switch.checked;
      this.drawList();
    };
    this.list = make("div", { class: "w2v-up-vlist", role: "list", tabindex: "0", "aria-label": "Rows of V" });
    this.sum = make("span", { class: "w2v-up-stripes" });
    this.sumLabel = make("span", { class: "w2v-up-x" });
    this.note = make("p", { class: "w2v-up-note" });
    this.canvas = make("canvas", { role: "img" });
    this.picture = make(
      "div",
      { class: "w2v-up-matrix" },
      make("span", { class: "w2v-up-matrix-name" }, "V"),
      make("div", { class: "w2v-up-paper" }, this.canvas),
    );
    this.result = make(
      "div",
      { class: "w2v-up-vrow w2v-up-result" },
      this.sumLabel,
      make("b", { class: "w2v-up-sym-h" }, "h"),
      this.sum,
    );
    this.el = make(
      "div",
      { class: "w2v-up-lookup" },
      make("label", { class: "w2v-up-switch" }, this.switch, "multiply the long way"),
      this.picture,
      this.list,
      this.result,
      this.note,
    );
    for (const kind of ["pointerover", "focusin"]) this.list.addEventListener(kind, (event) => this.point(event));
    for (const kind of ["pointerleave", "focusout"]) this.list.addEventListener(kind, () => onLight(null));
  }

  point(event) {
    const row = event.target.closest?.("[data-word]");
    this.onLight(row ? Number(row.dataset.word) : null);
  }

  draw(u, { shown, lit, level, theme }) {
    const fresh = this.u !== u || this.level !== level || this.theme !== theme;
    this.theme = theme;
    this.u = u;
    this.level = level;
    this.el.style.visibility = shown ? "" : "hidden";
    if (fresh) this.drawList();
    for (const row of this.list.children)
      row.classList.toggle("w2v-up-lit", lit !== null && Number(row.dataset.word) === lit);
  }

  drawList() {
    const { u, long } = this;
    const { about, arrays } = u;
    const times = new Map(about.input_ids.map((id, i) => [id, about.input_times[i]]));
    const rows = [];
    about.table_ids.forEach((id, i) => {
      if (!long && !times.has(id)) return;
      const word = displayWord(about.table_names[i]);
      const values = arrays.table.subarray(i * u.dim, (i + 1) * u.dim);
      const x = make("span", { class: "w2v-up-x" }, this.factor(times.get(id) ?? 0));
      const strip = make("span", {
        class: "w2v-up-stripes",
        title: Array.from(values.subarray(0, 8), numberText).join(", "),
      });
      strip.style.backgroundImage = stripes(values, u.vectorScale, "v");
      const row = make(
        "div",
        { class: "w2v-up-vrow", role: "listitem", "data-word": id },
        x,
        make("bdi", { title: word }, word),
        strip,
      );
      if (!times.has(id)) row.classList.add("w2v-up-zero");
      else row.onclick = () => this.onInput(id);
      rows.push(row);
    });
    if (long && about.table_ids.length < about.n_words) {
      rows.push(
        make(
          "p",
          { class: "w2v-up-note", role: "listitem" },
          `and ${about.n_words - about.table_ids.length} more rows, each times 0`,
        ),
      );
    }
    this.list.replaceChildren(...rows);
    this.el.classList.toggle("w2v-up-long", long);
    this.drawPicture();
    this.sum.style.backgroundImage = stripes(arrays.h, u.vectorScale, "h");
    setText(this.sumLabel, long ? "sum" : "=");
    const zeros = about.n_words - times.size;
    const many = `${zeros} of ${about.n_words} products are zero.`;
    const average =
      u.nInputs === times.size
        ? `the average of ${u.nInputs} rows`
        : `the average of ${u.nInputs} rows, repeats counted`;
    setText(
      this.note,
      long
        ? `${many} Only ${times.size === 1 ? "one row is" : "the context rows are"} left.`
        : u.cbow
          ? `h is ${average} of V. Blue is above zero, grey below.`
          : `V has ${about.n_words} rows of ${u.dim} numbers: one is copied. Blue is above zero, grey below.`,
    );
  }

  /** All of V as a small picture: pale, but for the rows that are picked. */
  drawPicture() {
    const { u, theme } = this;
    const { table_ids: ids, input_ids: picked } = u.about;
    this.picture.hidden = this.long;
    if (this.long) return;
    this.canvas.setAttribute(
      "aria-label",
      `The table V: ${u.about.n_words} rows of ${u.dim} numbers; picked: ${u.inputs.join(", ")}`,
    );
    fitCanvas(this.canvas, this.canvas.parentElement);
    const { pen, width, height } = startDrawing(this.canvas);
    const [tall, wide] = [height / ids.length, width / u.dim];
    ids.forEach((id, i) => {
      const taken = picked.includes(id);
      for (let j = 0; j < u.dim; j += 1) {
        const x = u.arrays.table[i * u.dim + j];
        pen.globalAlpha = (taken ? 0.9 : 0.22) * Math.sqrt(Math.min(1, Math.abs(x) / u.vectorScale));
        pen.fillStyle = taken && x > 0 ? theme.center : theme.push;
        pen.fillRect(j * wide, i * tall, wide - (wide > 3 ? 1 : 0), tall - (tall > 3 ? 1 : 0));
      }
      pen.globalAlpha = 1;
      pen.strokeStyle = theme.center;
      pen.lineWidth = 1.5;
      if (taken) pen.strokeRect(0.75, i * tall - 0.5, width - 1.5, Math.max(2, tall));
    });
  }

  /** What a row is multiplied with: 0 or 1, or its part of an average. */
  factor(times) {
    if (times === 0) return "0";
    if (!this.u.cbow) return this.long ? "1" : "";
    return `${times}/${this.u.nInputs}`;
  }
}
