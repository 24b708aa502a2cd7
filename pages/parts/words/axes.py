"""Axes: words on axes that two pairs of words make, with how much of each the picture leaves out."""

from pages.drawing.numbers import number, percent
from pages.drawing.words import SHOWN_WORDS, shown
from pages.parts.shared import word_pairs
from pages.parts.words import picture
from pages.parts.words.subject import Subject
from pages.session import in_address
from w2v.arrays import Floats
from w2v.pictures.axes import Basis, left_out, word_axes


def show(subject: Subject) -> None:
    """The choice of both pairs, and the picture."""
    in_address.follow("axes", word_pairs.put)
    pairs = word_pairs.choose(subject.words, subject.preset)
    in_address.tell("axes", word_pairs.in_address())
    ids = list(range(min(len(subject.words), SHOWN_WORDS)))
    if subject.word not in ids:
        ids.append(subject.word)
    rows = subject.vectors[ids]
    basis = word_axes(rows, pairs)
    points, rest = basis(rows), left_out(rows, basis)
    marked = {subject.word, *pairs[0], *pairs[1]}
    picture.show(
        subject.record(
            "axes",
            in_short(subject, basis, float(rest[ids.index(subject.word)]), points[ids.index(subject.word)]),
            axes=[{"from": shown(subject.words[a]), "to": shown(subject.words[b])} for a, b in pairs],
            dots=[
                subject.named(word)
                | {
                    "x": float(x),
                    "y": float(y),
                    "rest": float(left),
                    "marked": word in marked,
                    "tip": f"{number(float(left))} of its vector stand out of the picture",
                }
                for word, (x, y), left in zip(ids, points, rest, strict=True)
            ],
        )
    )


def in_short(subject: Subject, basis: Basis, rest: float, place: Floats) -> str:
    """Say how much of the vectors the picture shows, and of the selected word."""
    kept = float(basis.explained.sum())
    whole = float((place @ place) + rest**2)
    of_word = float(place @ place) / whole if whole > 0 else 1.0
    return (
        f"These two axes show {percent(kept)} of how the words differ, and {percent(of_word)} of "
        f"{subject.quoted(subject.word)}: the larger a dot, the more of its word this picture leaves out."
    )
