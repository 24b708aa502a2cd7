"""Company: what the model expects near a word, beside the words that could stand in its place."""

from typing import Any

from pages.drawing.numbers import number, percent
from pages.drawing.objective_words import ASKED_ALONE
from pages.parts.words import picture
from pages.parts.words.subject import Subject, Trained
from pages.session import now
from pages.session.told import why_is_here
from w2v import Moments, nearest
from w2v.explain.learned import listed
from w2v.explain.why_here import WhyHere
from w2v.objectives import OBJECTIVES

MOST = 8  # words in each list
SHARED = 4  # neighbors named of each
NO_TEXT = "Vectors from a file come without a text: what stands near a word is known only of a training."
HEADINGS = {"company": "what the model expects there", "alike": "vectors that point the same way (cosine)"}


def show(subject: Subject) -> None:
    """Both lists side by side, and what they say in one sentence."""
    picture.show(_of_opened(subject) if subject.trained is None else _of_training(subject, subject.trained))


def _of_training(subject: Subject, trained: Trained) -> dict[str, Any]:
    found = why_is_here(trained.moments, trained.t, subject.word, MOST)
    said = in_short(subject, found)
    if trained.moments.config.architecture == "cbow":
        said += f" {ASKED_ALONE}"
    alike = [
        subject.named(one.word)
        | {
            "cosine": one.cosine,
            "together": one.together,
            "shared": [subject.named(other) for other in one.shared[:SHARED]],
        }
        for one in found.alike
    ]
    company = [subject.named(one.word) | {"said": one.said, "told": one.in_text} for one in found.company]
    names = {"said": said_name(trained.moments), "told": "what the text says", **HEADINGS}
    return subject.record("company", said, company=company, alike=alike, names=names)


def _of_opened(subject: Subject) -> dict[str, Any]:
    """Only what could replace the word: there is no text that would say what stands near it."""
    near = [(other, cosine) for other, cosine in nearest(subject.directions, subject.word, MOST) if cosine > 0]
    alike = [subject.named(other) | {"cosine": cosine, "together": None, "shared": []} for other, cosine in near]
    said = f"No other word points the same way as {subject.quoted(subject.word)}."
    if near:
        (first, cosine), word = near[0], subject.quoted(subject.word)
        said = f"The vector of {subject.quoted(first)} is most like that of {word} (cosine {number(cosine)})."
    return subject.record("company", said, company=[], alike=alike, names={"none": NO_TEXT, **HEADINGS})


def said_name(moments: Moments) -> str:
    """Return what the numbers of the model are called, with their symbol for those who want numbers."""
    if not now.in_numbers():
        return "the model now"
    objective = OBJECTIVES[moments.config.objective]
    return f"the model now, {'P(o|c)' if objective.sums_to_one else objective.symbol}"


def in_short(subject: Subject, found: WhyHere) -> str:
    """Say what stands near the word, what could replace it, and why."""
    name, expected = subject.quoted, found.company[0]
    said = (
        f"Near {name(found.word)} the model expects {name(expected.word)} most, with {percent(expected.said)}; the "
        f"text says {percent(expected.in_text)}."
    )
    if not found.alike:
        return f"{said} No other word points the same way."
    first = found.alike[0]
    said += f" To the model {name(first.word)} is most like it"
    said += f": both stand beside {listed(first.shared[:3], name)}" if first.shared else ""
    said += ", never beside each other." if found.never_together else "."
    return (
        said if first.shared else f"{said} The text gives no reason: no word is beside both more often than by chance."
    )
