"""What Map says in words: what the picture is, how far it can be trusted, and who is near the selected word."""

from pages.drawing import trust
from pages.drawing.numbers import number, percent
from pages.drawing.words import SHOWN_WORDS, quoted
from pages.parts.map.choice import MOMENT, PAIRS, Choice
from pages.parts.map.pictures import Picture
from w2v import Moments, nearest
from w2v.pictures.tsne import usable_perplexity
from w2v.whole.passes import Passes


def moment_name(moments: Moments, t: int) -> str:
    """Return what moment t is called: of passes, the pass it shows."""
    return f"pass {moments.at[t]:,}" if isinstance(moments, Passes) else f"update {t:,}"


def caption(moments: Moments, choice: Choice, picture: Picture) -> str:
    """Say what the picture is, for its lower edge. Our own words only."""
    dim, at = moments.config.dim, moment_name(moments, picture.t)
    if picture.basis is None:
        used = usable_perplexity(len(picture.rows), choice.perplexity)
        what = f"t-SNE of {at}, perplexity {used:g}: a still picture, its distances are not to scale"
    elif choice.picture == PAIRS:
        what = f"Axes through pairs of words, at {at}"
    elif dim <= 2:
        what = f"Exact: the vectors have {'two dimensions' if dim == 2 else 'one dimension'}"
    elif choice.picture == MOMENT:
        what = f"The two widest directions (PCA) at {at}"
    else:
        what = "Two axes, the same for the whole run (PCA)"
    n_words = len(moments.corpus.vocabulary)
    return f"{what}. The {SHOWN_WORDS} most frequent of {n_words:,} words." if n_words > SHOWN_WORDS else f"{what}."


def in_short(moments: Moments, picture: Picture, poor: bool) -> str:
    """Say what can be taken from the picture, in one sentence without numbers; of a poor text, nothing can."""
    if len(picture.rows) < 2:
        return "One word alone makes no map."
    return trust.in_short(picture.honesty, begun=picture.t > 0 or moments.unit == "pass", poor=poor)


def why(moments: Moments, picture: Picture) -> list[str]:
    """Say why the picture can be trusted so far and no further, and what to do about it."""
    dim = moments.config.dim
    if len(picture.rows) < 2:
        return []
    return [trust.reason(picture.honesty, dim, picture.basis is None), trust.advice(dim)]


def numbers(moments: Moments, picture: Picture) -> str:
    """Say in numbers how far the picture can be trusted, in one sentence."""
    seen, what = picture.honesty, "vector" if picture.vectors == "both" else "word"
    if len(picture.rows) < 2:
        return "One word alone makes no map."
    all_are_drawn = len(moments.corpus.vocabulary) <= SHOWN_WORDS
    all_of_them = f"{what}s" if all_are_drawn else f"{len(picture.rows)} {what}s drawn"
    near = f"the closest dot is the true nearest {what} for {percent(seen.nearest_agree)} of the {all_of_them}."
    if moments.config.dim <= 2 and picture.basis is not None and seen.variance_kept > 1 - 1e-9:
        dimensions = "two dimensions" if moments.config.dim == 2 else "one dimension"
        return f"The map is exact ({dimensions}). By angle, {near}"
    return f"This picture keeps {percent(seen.variance_kept)} of the variance; {near}"


def about_word(
    moments: Moments, picture: Picture, selected: int, on_the_map: bool = True, in_numbers: bool = False
) -> str:
    """Say in one sentence who is near the selected word in truth, and with `on_the_map` who is on the picture.

    in_numbers : with cosines
    """
    row = picture.row_of(selected)
    words = moments.corpus.vocabulary.words
    if row is None:
        return f"{quoted(words[selected])} is not on this picture: draw it again."
    if len(picture.rows) < 2:
        return f"{quoted(words[selected])} is the only word."

    def name(other: int) -> str:
        word = quoted(words[picture.ids[other % len(picture.ids)]])
        return f"{word} ({'v' if other < len(picture.ids) else 'u'})" if picture.vectors == "both" else word

    (first, cosine), *others = nearest(picture.rows, row, 2)
    some = "" if len(picture.ids) == len(words) else f"Of the {len(picture.ids)} words drawn, "  # others may be nearer
    said = f"{some}{name(row)} is nearest to {name(first)}"
    said += f" (cosine {number(cosine)})" if in_numbers else ""
    if others:
        said += f", then {name(others[0][0])}"
        said += f" ({number(others[0][1])})" if in_numbers else ""
    if not on_the_map:
        return f"{said}."
    closest = int(picture.honesty.picture_nearest[row])
    if picture.honesty.agrees[row]:
        return f"{said}; on this picture its closest dot is {name(closest)}, too."
    return f"{said}; on this picture its closest dot is {name(closest)}."
