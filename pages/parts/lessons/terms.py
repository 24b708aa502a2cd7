"""Nothing is used before it is taught: which step of the lessons explains each term, and which use it too early."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from pages.drawing.glossary import term_of, used_in
from pages.parts.lessons.filling import without_gaps
from pages.parts.lessons.lesson import Lesson, LessonStep

Said = Mapping[tuple[str, int], Sequence[str]]
"""What else the steps say once they are filled, the questions that are computed among it, by lesson and step."""


@dataclass(frozen=True, slots=True)
class Use:
    """A term in a step: the name of its lesson, the number of the step from 0, the name of the term."""

    lesson: str
    step: int
    term: str


def introduced(lessons: Mapping[str, Lesson]) -> Mapping[str, Use]:
    """Return where each term is explained first, by its name."""
    found: dict[str, Use] = {}
    for name, lesson in lessons.items():
        for number, step in enumerate(lesson.steps):
            for form in step.introduces:
                term = _name(form)
                found.setdefault(term, Use(name, number, term))
    return found


def used_too_early(lessons: Mapping[str, Lesson], said: Said) -> list[Use]:
    """Return each term that a step uses before one has explained it, lesson after lesson in their order.

    What is to be played with uses no more than the lessons before; what was found, all that the lesson has.
    """
    known: set[str] = set()
    early = []
    for name, lesson in lessons.items():
        early += [Use(name, -1, term) for term in _terms([lesson.play]) if term not in known]
        for number, step in enumerate(lesson.steps):
            known |= {_name(form) for form in step.introduces}
            texts = [*_texts(step), *said.get((name, number), ())]
            early += [Use(name, number, term) for term in _terms(texts) if term not in known]
        early += [Use(name, len(lesson.steps), term) for term in _terms([lesson.found]) if term not in known]
    return early


def _texts(step: LessonStep) -> Iterator[str]:
    yield step.says
    for question in step.questions:
        for value in asdict(question).values():
            yield from [one for one in (value if isinstance(value, tuple) else [value]) if isinstance(one, str)]


def _terms(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(_name(form) for text in texts for form in used_in(without_gaps(text))))


def _name(form: str) -> str:
    term = term_of(form)
    assert term is not None, form
    return term.name
