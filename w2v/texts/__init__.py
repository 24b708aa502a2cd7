"""Short texts of our own, each made to show one thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True)
class Preset:
    """A text with a known structure.

    key: short name, also in links.
    title: name to show.
    text: the text, one sentence a line.
    look_for: one sentence on what to look for while it is learned.
    partners: pairs of words made to end as each other's nearest word (by cosine of V, with the defaults).
    clumps: the same for more than two words: the nearest of each is one of them.
    analogies: words a, b, c and d for the question whether a - b + c is d; the answer may be no.
    """

    key: str
    title: str
    text: str
    look_for: str
    partners: tuple[tuple[str, str], ...] = ()
    clumps: tuple[tuple[str, ...], ...] = ()
    analogies: tuple[tuple[str, str, str, str], ...] = ()

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """All words that are made to end side by side, group by group."""
        return (*self.clumps, *self.partners)


def _preset(key: str, title: str, look_for: str, partners: str = "", clumps: str = "", analogies: str = "") -> Preset:
    text = (Path(__file__).parent / f"{key}.txt").read_text(encoding="utf-8")
    pairs = [pair.split("-") for pair in partners.split()]
    larger = tuple(tuple(clump.split("-")) for clump in clumps.split())
    asked = [question.split("-") for question in analogies.split()]
    pairs_of_two, fours = tuple((a, b) for a, b in pairs), tuple((a, b, c, d) for a, b, c, d in asked)
    return Preset(key, title, text, look_for, pairs_of_two, larger, fours)


_IN_TEACHING_ORDER = (
    _preset(
        "royal",
        "Royal family",
        "King and queen, like the other pairs, have the same neighbors, so each pair ends side by side.",
        "king-queen prince-princess man-woman boy-girl his-her",
        analogies="king-man-woman-queen king-his-her-queen",
    ),
    _preset(
        "eat_drink",
        "Eat and drink",
        "Tea ends beside coffee and bread beside cake, though the two never occur in the same sentence.",
        "apples-pears bread-cake tea-coffee milk-water",
        analogies="tea-drink-eat-apples",
    ),
    _preset(
        "days_months",
        "Calendar",
        "The working days become one clump, the weekend a pair, and months with the same weather pairs too.",
        "saturday-sunday january-february march-april may-june july-august september-october november-december",
        "monday-tuesday-wednesday-thursday-friday",
        analogies="july-january-february-august",
    ),
    _preset(
        "animals",
        "Animals",
        "Animals that live alike become pairs: nobody told the model what an animal is, only its neighbors.",
        "cow-sheep lion-tiger shark-whale eagle-hawk cat-dog",
    ),
    _preset(
        "hot_cold",
        "Hot and cold",
        "Opposites end as nearest words, not as the farthest: hot and cold fit into the same sentences.",
        "hot-cold big-small fast-slow old-new light-heavy",
        analogies="big-fast-slow-small",
    ),
    _preset(
        "bank",
        "Bank",
        "Bank has one vector for two meanings, so it ends halfway between lender and shore.",
    ),
    _preset(
        "loop",
        "Loop",
        "The letters come round and round in one order, and on the map (PCA) they form a ring.",
    ),
    _preset(
        "random",
        "Shuffled",
        "A control: the words were shuffled, so every group or pair that you see here is an accident.",
    ),
)

PRESETS: Mapping[str, Preset] = MappingProxyType({preset.key: preset for preset in _IN_TEACHING_ORDER})
"""The preset texts by key, in the order in which to teach with them."""


def preset_of(text: str) -> str | None:
    """Return the key of the preset whose text this is, or None."""
    return next((key for key, preset in PRESETS.items() if preset.text == text), None)
