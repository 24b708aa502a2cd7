"""Company: what the model expects near a word, beside the words that could stand in its place."""

from pages.drawing.numbers import percent
from pages.parts.words import picture
from pages.parts.words.subject import Subject
from pages.session.told import why_is_here
from w2v import Moments
from w2v.explain.learned import listed
from w2v.explain.why_here import WhyHere
from w2v.objectives import OBJECTIVES

MOST = 8  # words in each list
SHARED = 4  # neighbors named of each
NO_TEXT = "The vectors that you opened come without a text: what stands near a word is known only of a training."


def show(subject: Subject) -> None:
    """Both lists side by side, and what they say in one sentence."""
    if subject.trained is None:
        picture.instead(NO_TEXT)
        return
    found = why_is_here(subject.trained.moments, subject.trained.t, subject.word, MOST)
    picture.show(
        subject.record(
            "company",
            in_short(subject, found),
            company=[subject.named(one.word) | {"said": one.said, "told": one.in_text} for one in found.company],
            alike=[
                subject.named(one.word)
                | {
                    "cosine": one.cosine,
                    "together": one.together,
                    "shared": [subject.named(other) for other in one.shared[:SHARED]],
                }
                for one in found.alike
            ],
            names={"said": said_name(subject.trained.moments), "told": "what the text says", **HEADINGS},
        )
    )


HEADINGS = {"company": "what the model expects there", "alike": "vectors that point the same way (cosine)"}


def said_name(moments: Moments) -> str:
    """Return what the numbers of the model are called: probabilities only where they are some."""
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
    said += f" {name(first.word)} could best stand in its place"
    if first.shared:
        said += f": both stand beside {listed(first.shared[:3], name)}"
    return f"{said}{', never beside each other' if found.never_together else ''}."
