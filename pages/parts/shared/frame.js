// What acts on the whole page: the size of everything, placeholders for what is still on its way, presentation, guides,
// the browser's history, the way to the server, and the page as a frame in another one.
import { mounting } from "../../components/kit/mounting.js";
import { Connection } from "./connection.js";
import { Entries } from "./entries.js";
import { Fingers } from "./fingers.js";
import { Framing } from "./framing.js";
import { Guide } from "./guide.js";
import { PageKeys } from "./page_keys.js";
import { explainTerms } from "./terms.js";
import { TypedWords } from "./typed_words.js";

const SHEET = "w2v-frame";

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
function markThePage({ large, present, framed, guide }) {
  const { documentElement: root } = document;
  const size = (large || present) && !framed ? "135%" : ""; // all lengths of the page are in units of the root's font
  const before = `${root.style.fontSize} ${root.dataset.present}`;
  root.style.fontSize = size;
  root.toggleAttribute("data-large", Boolean(size));
  root.toggleAttribute("data-present", present || framed);
  root.toggleAttribute("data-framed", framed);
  for (const [name, value] of [
    ["guide", guide?.rows],
    ["about", guide?.about],
  ]) {
    if (guide) root.dataset[name] = value;
    else delete root.dataset[name];
  }
  if (before !== `${size} ${root.dataset.present}`) window.dispatchEvent(new Event("w2v-size"));
}

class Frame {
  constructor() {
    this.connection = new Connection();
    this.entries = new Entries();
    this.keys = new PageKeys();
    this.guide = new Guide(() => this.keys.byKey);
    this.framing = new Framing();
    this.fingers = new Fingers();
    this.typed = new TypedWords();
    this.ask = () => {};
  }

  receive(data, tell, mention) {
    this.ask = () => mention("again", true);
    this.connection.take(this.ask);
    this.entries.begin(data.address);
    styleThePage(data.style);
    markThePage(data);
    explainTerms(data.terms);
    this.keys.take(data, tell);
    this.guide.take(data.guide);
    this.framing.take(data.framed);
  }

  /** Pictures that Python drew have the colors of the theme they were drawn in: in another one they are asked for anew. */
  recolor() {
    this.guide.recolor();
    const paper = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
    if (this.paper && this.paper !== paper) this.ask();
    this.paper = paper;
  }

  remove() {
    this.connection.close();
    this.entries.close();
    this.keys.close();
    this.guide.close();
    this.framing.close();
    this.fingers.close();
    this.typed.close();
  }
}

const mountFrame = mounting(() => new Frame());
export default mountFrame;
