// Terms are explained while they are pointed at or focused.

const LINK = "#term-"; // where our own links to terms lead
const GAP = 6; // px between a term and what is said of it

/** Explain these terms from now on: a sentence by key. */
export function explainTerms(terms) {
  if (!window.w2vTerms) listen();
  window.w2vTerms = terms;
}

/** A term that is pointed at or focused is explained until it is left or Escape is pressed; inside components they tell. */
function listen() {
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
