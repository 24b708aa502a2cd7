"""How far a picture of vectors can be trusted: in one sentence of use, why that is so, and what to do about it."""

from w2v import Honesty

QUESTION = "How far can I trust this picture?"
MOSTLY, OFTEN = 0.75, 0.35  # of the words, the share whose closest dot is their true nearest word


def in_short(seen: Honesty, *, begun: bool = True, poor: bool = False) -> str:
    """Say of a picture what one can take from it.

    begun : whether anything was learned by then;  poor : whether hardly anything is to be found in the text
    """
    if not begun:
        return "Before the first update the words stand where chance has put them."
    if poor:
        return "Close together here says little: there is too little to find in this text."
    if seen.nearest_agree >= MOSTLY:
        return "Close together here means used alike, for nearly every word."
    if seen.nearest_agree >= OFTEN:
        return "Close together here means used alike for many words: click one to see."
    return "Close together here means used alike for some words only: click one to see."


def reason(seen: Honesty, dim: int, still: bool) -> str:
    """Say why the closest dot is not always the true nearest word.

    still : whether the picture is one of t-SNE
    """
    if dim <= 2 and not still:
        return "Nothing is left out. But nearest means pointing the same way: a dot further out can be nearer."
    if still:
        said = "t-SNE keeps small groups together and gives up the rest: gaps and sizes in it mean nothing."
    else:
        said = (
            f"Each word has {dim} numbers, and a picture shows two: the directions in which all words together spread "
            "most. Words that differ only in the other directions look alike here."
        )
    if seen.nearest_agree == 0:
        said += (
            " For no word is the closest dot its true nearest: the picture shows the order of the whole, such as a "
            "ring, and who is nearest is decided in directions that it does not show."
        )
    return said


def advice(dim: int) -> str:
    """Say what to do about it."""
    said = "Switch on the lines to true nearest, ask a word by a click, and believe only what other pictures show too."
    return (
        said
        if dim <= 2
        else f"{said} With two dimensions (Settings) the map is exact, but there is less room to learn."
    )
