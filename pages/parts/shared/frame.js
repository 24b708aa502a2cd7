// What acts on the whole page: the size of everything, placeholders for what is still on its way, explanations,
// presentation, guides.
import { mounting } from "../../components/kit/mounting.js";
import { Guide } from "./guide.js";
import { PageKeys } from "./page_keys.js";

const SHEET = "w2v-frame";
const LINK = "#term-"; // where our own links to terms lead
const GAP = 6; // px between a term and what is said of it

function styleThePage(text) {
  let style = document.getElementById(SHEET);
  if (!style) {
    style = document.createElement("style");
    style.id = SHEET;
    document.head.append(style);
  }
  if (style.textContent !== text) style.textContent = text;
}

/** Set what the style sheet and the components go by; tell these when the room for them changes. */
function markThePage({ large, present, guide }) {
  const { documentElement: root } = document;
  const size = large || present ? "135%" : ""; // all lengths of the page are in units of the root's font
  const before = `${root.style.fontSize} ${root.dataset.present}`;
  root.style.fontSize = size;
  root.toggleAttribute("data-large", Boolean(size));
  root.toggleAttribute("data-present", present);
  if (guide) root.dataset.guide = guide.rows;
  else delete root.dataset.guide;
  if (before !== `${size} ${root.dataset.present}`) window.dispatchEvent(new Event("w2v-size"));
}

/** A term that is pointed at or focused is explained until it is left or Escape is pressed; inside components they tell. */
function explainTerms() {
  const tip = document.createElement("div");
  tip.id = "w2v-term-tip";
  tip.popover = "manual"; // over everything, whatever cuts off what lies in it
  document.body.append(tip);
  const show = (term) => (term ? explain(tip, term) : tip.hidePopover());
  const told = (event) => show(event.detail);
  window.addEventListener("w2v-term", told);
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const term = linkAt(event);
      if (term || tip.dataset.link) show(term);
    });
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && show(null));
  document.addEventListener(
    "click",
    (event) => {
      const term = linkAt(event);
      if (!term) return;
      event.preventDefault(); // it leads nowhere
      show(term);
    },
    true,
  );
}

/** The link to a term that an event is about. */
function linkAt(event) {
  const element = event.target.closest?.(`a[href^="${LINK}"]`);
  return element ? { element, key: element.getAttribute("href").slice(LINK.length) } : null;
}

function explain(tip, { element, key }) {
  const said = window.w2vTerms[key];
  const paper = getComputedStyle(document.querySelector(".stApp") ?? document.body);
  tip.textContent = said;
  tip.style.background = paper.color;
  tip.style.color = paper.backgroundColor;
  tip.dataset.link = element.matches("a") ? "true" : "";
  element.setAttribute("aria-description", said);
  tip.showPopover();
  const at = element.getBoundingClientRect();
  const left = Math.min(at.left, window.innerWidth - tip.offsetWidth - GAP);
  const below = at.bottom + GAP + tip.offsetHeight < window.innerHeight;
  tip.style.left = `${Math.max(GAP, left)}px`;
  tip.style.top = `${below ? at.bottom + GAP : at.top - GAP - tip.offsetHeight}px`;
}

class Frame {
  constructor() {
    this.keys = new PageKeys();
    this.guide = new Guide();
  }

  receive(data, tell) {
    styleThePage(data.style);
    markThePage(data);
    if (!window.w2vTerms) explainTerms();
    window.w2vTerms = data.terms;
    this.keys.take(data, tell);
    this.guide.take(data.guide);
  }

  recolor() {
    this.guide.recolor();
  }

  remove() {
    this.keys.close();
    this.guide.close();
  }
}

const mountFrame = mounting(() => new Frame());
export default mountFrame;
