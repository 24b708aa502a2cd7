// Words that are explained when pointed at or focused. The frame of the page does that, which has the explanations.
import { make } from "./dom.js";

/** A word that stands for the term of this key in pages/drawing/glossary.py; plain where nobody explains it. */
export function term(key, shown) {
  if (window.w2vAlone) return make("span", {}, shown);
  const element = make("span", { class: "w2v-term", "data-term": key, tabindex: "0" }, shown);
  const tell = (detail) => window.dispatchEvent(new CustomEvent("w2v-term", { detail }));
  element.onpointerenter = element.onfocus = element.onclick = () => tell({ element, key });
  element.onpointerleave = element.onblur = () => tell(null);
  return element;
}
