"""What a visitor can choose on Map, and what they chose. Values only: the widgets are in controls.py."""

from collections.abc import Mapping
from dataclasses import dataclass

RUN = "PCA of the whole run"
MOMENT = "PCA of this moment"
PAIRS = "Axes by word pairs"
TSNE = "t-SNE"
PICTURES = (RUN, MOMENT, PAIRS, TSNE)
IN_ADDRESS = {MOMENT: "moment", PAIRS: "axes"}  # what an address calls a picture, but for t-SNE and the first
VECTORS = {"v": "input v", "u": "output u", "both": "both"}
TWO_VECTORS = (
    "Each word has two vectors: v to guess with, when it is the center, and u to be guessed by. With one for both it "
    "would fit itself best, though words rarely stand beside themselves."
)
COLORS = {"none": "nothing", "frequency": "frequency", "group": "group (k-means)", "norm": "length of the vector"}
TAILS: Mapping[str, int | str] = {
    "none": 0,
    "last 10 updates": 10,
    "last 50 updates": 50,
    "the whole run": "run",
}
NAMES = ("few", "normal", "all")
KEPT_NEAR = 8  # words that stay when the selected word is isolated


@dataclass(frozen=True)
class Choice:
    """What the visitor wants to see.

    picture    : one of PICTURES;  vectors : "v", "u" or "both"
    pairs      : ids of words, ((from, to), (from, to)), for the axes by word pairs
    perplexity : for t-SNE
    lines      : whether to draw lines to the true nearest words
    near       : the same for the selected word alone, to its three nearest
    color, groups, tails, names, arrows, isolate : how the map looks
    """

    picture: str
    vectors: str
    pairs: tuple[tuple[int, int], tuple[int, int]]
    perplexity: float
    lines: bool
    near: bool
    color: str
    groups: int
    tails: int | str
    names: str
    arrows: bool
    isolate: bool

    @property
    def one_kind(self) -> str:
        """What t-SNE and the pictures that stand still draw, which show one kind of vectors: v, unless u is chosen."""
        return "u" if self.vectors == "u" else "v"
