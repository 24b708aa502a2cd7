"""Parts of pages by name, for guides: how the browser finds what a step rings, and what it opens by pressing it."""


def _card(number: int) -> str:
    return f'.w2v-update :is(.w2v-up-cardhead, .w2v-up-panel)[data-card="{number}"]'


RINGED = {
    "reading": ".w2v-wv-reading",
    "pairs": ".w2v-wv-pairs",
    "map": ".w2v-map-paper",
    "guesses": ".w2v-bars",
    "learned": ".w2v-way",
    "loss": ".w2v-loss",
    "counts": ".w2v-wv-counts",
    "score": _card(2),
    "sum": _card(4),
    "error": _card(5),
    "moves": _card(7),
}

PRESSED = {
    "guesses": '[data-show="guesses"]',
    "play": '[data-action="play"][aria-label="Play"]',
    "windows": '[data-do="play"][aria-label^="Play"]',
    "score": '[data-do="card2"]',
    "sum": '[data-do="card4"]',
    "error": '[data-do="card5"]',
    "moves": '[data-do="card7"]',
}
