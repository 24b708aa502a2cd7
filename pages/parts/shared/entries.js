// The entries of the browser's history: one for each place that was chosen, a page, a part of it, a picture, a text, a
// word or a step of a guide. What follows by itself, as the moment, and a text while it is typed, is written into the entry that
// is there.
//
// Streamlit makes an entry of every change of the address, and another one where it turns the page.
const PLACE = ["preset", "text", "word", "guide", "part", "map", "picture", "vary", "first", "second"];
const STREAMLITS = ["embed", "embed_options"]; // in the address, and not our own
const ACTS = ["click", "keydown", "input", "paste", "change", "drop"];
const EVENTS = [...ACTS, "focusin"];
const BOX = ".st-key-pasted";
let begun = false; // the first address of this visit is written

export class Entries {
  constructor() {
    this.after = "nothing"; // or "act", "entry", "back": what came last
    this.typed = false; // into the box, since an entry was made of it
    this.typing = false; // the text in the box has its entry
    this.make = history.pushState.bind(history);
    history.pushState = (_state, _title, url) => this.take(new URL(url ?? "", location.href));
    this.onEvent = (event) => this.act(event);
    this.onBack = () => {
      this.after = "back";
      this.typed = this.typing = false;
    };
    for (const kind of EVENTS) window.addEventListener(kind, this.onEvent, true);
    window.addEventListener("popstate", this.onBack);
  }

  /** Write the address of a first visit into its entry: it says more than the one that was asked for. */
  begin(query) {
    if (begun || query === null) return;
    begun = true;
    const asked = new URLSearchParams(location.search);
    const rest = new URLSearchParams(STREAMLITS.flatMap((name) => asked.getAll(name).map((value) => [name, value])));
    write(new URL(`?${[query, rest].filter(String).join("&")}`, location.href));
  }

  act({ type, target, isTrusted }) {
    if (!isTrusted) return; // nobody's hand
    const inBox = target instanceof Element && target.closest(BOX);
    if (type === "focusin")
      this.typing = this.typing && !inBox; // another text begins
    else this.after = "act";
    if ((type === "input" || type === "paste") && inBox) this.typed = true;
    if (type === "drop" || target?.type === "file") this.typing = false;
  }

  /** Streamlit goes to another address. */
  take(to) {
    const from = new URL(location.href);
    const turned = to.pathname !== from.pathname;
    if (turned && this.after === "back") return; // a page on the way: Back was pressed once more
    const asTyped = isOwnText(from) && isOwnText(to);
    const other = PLACE.some((name) => differs(name, from, to)) && !(asTyped && this.typing);
    const chosen = turned ? this.after === "act" || this.typing : this.after === "act" && other;
    if (chosen) {
      this.make(null, "", to);
      this.after = "entry";
      this.typing = this.typed && !turned && isOwnText(to);
    } else write(to);
    if (chosen || asTyped) this.typed = false;
  }

  close() {
    history.pushState = this.make;
    for (const kind of EVENTS) window.removeEventListener(kind, this.onEvent, true);
    window.removeEventListener("popstate", this.onBack);
  }
}

function write(to) {
  history.replaceState(null, "", to);
}

function differs(name, { searchParams: one }, { searchParams: other }) {
  return one.get(name) !== other.get(name);
}

function isOwnText({ searchParams: said }) {
  return said.has("text") || said.get("preset") === "own";
}
