// A word that is typed into a list of words, and is not among those that the list shows, is looked up among all others.
// Streamlit would say of it "Add: ...", as if it became a word by that.
const BOXES = ".st-key-words_word, .st-key-variants_word, .st-key-guess_word, [class*='st-key-analogy_']";
const EVENTS = ["focusin", "focusout"];
const [ADD, LOOK_UP] = ["Add: ", "Look up: "];

export class TypedWords {
  constructor() {
    this.observer = new MutationObserver(renameOffer);
    this.onFocus = () => this.follow(); // of an entry in the list it is told, too, while the box has the focus
    for (const kind of EVENTS) document.addEventListener(kind, this.onFocus);
  }

  /** Look at the page, where the list is drawn, while one types. */
  follow() {
    this.observer.disconnect();
    if (!document.activeElement?.closest(BOXES)) return;
    this.observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    renameOffer(); // what has changed just now is not reported any more
  }

  close() {
    this.observer.disconnect();
    for (const kind of EVENTS) document.removeEventListener(kind, this.onFocus);
  }
}

function renameOffer() {
  for (const option of document.querySelectorAll("[role='option']")) {
    const walk = document.createTreeWalker(option, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const { currentNode: text } = walk;
      if (text.nodeValue.startsWith(ADD)) text.nodeValue = LOOK_UP + text.nodeValue.slice(ADD.length);
    }
  }
}
