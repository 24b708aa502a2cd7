// The row of tools over the map: which vectors it shows, groups in color, the search for a word, how near one looks.
import { make, makeIcon } from "../../kit/dom.js";
import { objectiveOf } from "../../kit/objectives/objectives.js";
import { inNumbers } from "../model/record.js";

const MAP_KINDS = [
  ["v", "v, as center"],
  ["u", "u, as context"],
  ["both", "both"],
];
const GROUPS = ["M7 3a4.2 4.2 0 1 1 0 8.4A4.2 4.2 0 0 1 7 3z", "M14 3.4h7.4v7.4H14z", "M12 13.2l5.2 8H6.8z"];

export class MapTools {
  /** content: what the map shows; search: an element; on: setKind(kind), colorGroups(wanted), zoomBy(factor), resetView(). */
  constructor(content, search, on) {
    this.content = content;
    this.kinds = make("div", { class: "w2v-segments", role: "group", "aria-label": "Which vectors" });
    for (const [kind, name] of MAP_KINDS) {
      const button = make("button", { type: "button", "data-kind": kind }, name);
      button.onclick = () => on.setKind(kind);
      this.kinds.append(button);
    }
    const quiet = (attributes, ...inside) =>
      make("button", { type: "button", class: "w2v-quiet w2v-square", ...attributes }, ...inside);
    this.groups = quiet({ "data-action": "groups", "aria-label": "Groups in color" }, makeIcon(...GROUPS));
    this.groups.onclick = () => on.colorGroups(!content.grouped);
    const zoom = (name, key, icon) => {
      const title = `${name} (${key}, or Ctrl and the mouse wheel; on a Mac, Cmd)`;
      return quiet({ "aria-label": name, title }, makeIcon(icon));
    };
    const nearer = zoom("Zoom in", "+", "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z");
    const further = zoom("Zoom out", "\u2212", "M5 11h14v2H5z");
    const reset = quiet(
      { class: "w2v-quiet", "data-action": "reset-view" },
      "Reset",
      make("span", { class: "w2v-wide-only" }, "\u00a0view"),
    );
    nearer.onclick = () => on.zoomBy(1.4);
    further.onclick = () => on.zoomBy(1 / 1.4);
    reset.onclick = () => on.resetView();
    const push = make("span", { class: "w2v-push" });
    this.el = make("div", { class: "w2v-tools" }, this.kinds, search, push, this.groups, nearer, further, reset);
  }

  /** Where Tab leads follows what is seen: the tools come after the map where they stand below it. */
  place(below) {
    const { el } = this;
    const map = el.parentElement;
    const stay = (el === map.lastElementChild) === below || el.contains(el.getRootNode().activeElement);
    if (!stay) map.insertBefore(el, below ? null : map.querySelector(".w2v-map-paper"));
  }

  refresh() {
    const { content } = this;
    const { record, hasU, still, message } = content;
    for (const button of this.kinds.children) {
      button.setAttribute("aria-pressed", String(button.dataset.kind === content.kind));
      button.disabled = button.dataset.kind !== "v" && !hasU;
      button.title = button.disabled ? objectiveOf(record).noWordsInU : "";
    }
    this.kinds.hidden = Boolean(still || message?.kind || record.one_vector || !inNumbers(record));
    this.groups.hidden = !content.hasGroups;
    this.groups.setAttribute("aria-pressed", String(content.grouped));
    this.groups.title = `Groups in color: words that are ${content.saidOfGroups}`;
  }
}
