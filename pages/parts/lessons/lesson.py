"""A lesson: steps in a file, each a prepared state of the app with a sentence and a question. Read, checked, written.

A file may come from a stranger. It is TOML, which holds values and no code; it is limited in every way, and all in it
is shown as plain text. Whatever is wrong with it is said in one sentence that names the step and the key.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from typing import Any

import tomli_w

from pages.parts.guides.parts import PRESSED, RINGED
from pages.parts.lessons.checking import Place
from pages.parts.map.choice import PICTURES
from pages.session.levels import FIRST, LEVELS
from pages.session.stepping import PAGES
from w2v import PRESETS, Config
from w2v.explain.questions import KINDS
from w2v.explain.questions.question import Question
from w2v.explain.questions.scene import When

MOST_BYTES = 64_000
MOST_STEPS = 40
LONGEST_TITLE = 60
LONGEST_LINE = 5_000  # characters: the parser takes long over keys with thousands of dots
LEARNERS = "learner"  # the learner's own text, where there is one
TELLING = "telling"  # a word worth looking at, whichever the text has


@dataclass(frozen=True, kw_only=True)
class LessonStep:
    """One step of a lesson, as it is written.

    says      : one sentence, with gaps such as {word} for what the run says
    page      : the script of its page;  part : which part of that page is shown, None for the first
    ring      : what is ringed first, a name in `parts`;  then_ring : after the answer, "" for what it is about
    opens     : what is opened on the page, names in `parts`;  then_opens : what else after the answer
    text      : key of a preset, a text of its own, or "learner"; None for the lesson's
    settings  : of the training, where they differ from the lesson's
    moment    : what is looked at, see WHEN, or "first update of the word"
    word      : the selected word; "telling" for one that tells most, also where the text has no such word
    level     : how much is shown, a name in LEVELS
    picture   : which picture Map shows;  lines : whether it has lines to the true nearest words
    questions : the first that makes sense on the text is asked; none for a step that only says something
    introduces : terms of the glossary that its sentence explains
    """

    says: str
    page: str
    part: str | None = None
    ring: str = ""
    then_ring: str = ""
    opens: tuple[str, ...] = ()
    then_opens: tuple[str, ...] = ()
    text: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    moment: When = "start"
    word: str = TELLING
    level: str = FIRST
    picture: str | None = None
    lines: bool = False
    questions: tuple[Question, ...] = ()
    introduces: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """Steps in their order, between a minute of open play and what was found.

    title, finds : its name, and one sentence on what one will find;  minutes : how long it takes;  who : for whom
    text, settings : of all steps that say nothing else
    play, play_on : what to try first, on which page, at the start of the first step's training
    found  : what one knows at the end
    """

    title: str
    finds: str
    play: str
    found: str
    steps: tuple[LessonStep, ...]
    minutes: int = 10
    who: str = ""
    play_on: str = "training"
    text: str = next(iter(PRESETS))
    settings: Mapping[str, Any] = field(default_factory=dict)


def read_lesson(data: bytes) -> Lesson:
    """Read a lesson from the bytes of a file. Raises ValueError in one sentence that says what to mend."""
    if len(data) > MOST_BYTES:
        raise ValueError(f"A lesson has at most {MOST_BYTES:,} bytes, and this file has more.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("This is no lesson: a lesson is a text file in UTF-8.") from None
    if any(len(line) > LONGEST_LINE for line in text.splitlines()):
        raise ValueError(f"A line of a lesson has at most {LONGEST_LINE:,} characters: break the longer one.")
    try:
        said = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        why = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "lists within lists within lists"
        raise ValueError(f"This is no lesson in TOML: {why[:120]}.") from None
    except ValueError:  # a number with thousands of digits
        raise ValueError("This is no lesson in TOML: a number in it is too long.") from None
    return lesson_of(said)


def lesson_of(said: Mapping[str, Any]) -> Lesson:
    """Make a lesson of what a file says. Raises ValueError as `read_lesson`."""
    at = Place("The lesson")
    at.knows(said, Lesson)
    steps = said.get("steps")
    at.needs(isinstance(steps, list) and 1 <= len(steps) <= MOST_STEPS, "steps", f"1 to {MOST_STEPS} tables [[steps]]")
    settings = _settings(at, said.get("settings", {}))
    text = _text(at, said.get("text", Lesson.text))
    made = Lesson(
        title=at.sentence(said, "title", LONGEST_TITLE),
        finds=at.sentence(said, "finds"),
        play=at.with_gaps(said, "play"),
        play_on=at.one_of(said, "play_on", sorted(PAGES), Lesson.play_on),
        found=at.with_gaps(said, "found"),
        minutes=at.whole(said, "minutes", Lesson.minutes, 1, 90),
        who=at.sentence(said, "who", LONGEST_TITLE, Lesson.who),
        text=text,
        settings=settings,
        steps=tuple([_step(Place(f"Step {n}"), one) for n, one in enumerate(steps or [], 1)]),
    )
    for n, step in enumerate(made.steps, 1):
        together = {**settings, **step.settings}
        Place(f"Step {n}").tries(partial(Config, "a b", **together), "settings")
    return made


def written(lesson: Lesson) -> bytes:
    """Return a lesson as the bytes of a file, which `read_lesson` reads back."""
    said = _plain(lesson, Lesson)
    said["steps"] = [
        _plain(step, LessonStep) | {"questions": [{"kind": one.name, **_told(asdict(one))} for one in step.questions]}
        for step in lesson.steps
    ]
    for step in said["steps"]:
        if not step["questions"]:
            del step["questions"]
    return tomli_w.dumps(said).encode("utf-8", "replace")


def _plain(made: Any, kind: type) -> dict[str, Any]:
    """Return the fields that differ from their defaults, without what is written by itself."""
    usual = {f.name: f.default for f in fields(kind)}
    said = {f.name: getattr(made, f.name) for f in fields(kind) if f.name not in ("steps", "questions")}
    return _told({name: value for name, value in said.items() if value != usual[name] and value not in ({}, ())})


def _told(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in said.items() if v is not None}


def _step(at: "Place", said: Any) -> LessonStep:
    at.needs(isinstance(said, dict), "step", "a table [[steps]]")
    at.knows(said, LessonStep)
    usual = LessonStep
    text = said.get("text")
    asked = said.get("questions", [])
    at.needs(isinstance(asked, list) and len(asked) <= 4, "questions", "at most 4 tables [[steps.questions]]")
    return LessonStep(
        says=at.with_gaps(said, "says"),
        page=at.one_of(said, "page", sorted(PAGES)),
        part=at.part(said),
        ring=at.one_of(said, "ring", ["", *RINGED], usual.ring),
        then_ring=at.one_of(said, "then_ring", ["", *RINGED], usual.then_ring),
        opens=at.several(said, "opens", list(PRESSED)),
        then_opens=at.several(said, "then_opens", list(PRESSED)),
        text=None if text is None else _text(at, text),
        settings=_settings(at, said.get("settings", {})),
        moment=at.moment(said, usual.moment),
        word=at.sentence(said, "word", LONGEST_TITLE, usual.word),
        level=at.one_of(said, "level", list(LEVELS), usual.level),
        picture=None if "picture" not in said else at.one_of(said, "picture", list(PICTURES)),
        lines=at.switch(said, "lines"),
        questions=tuple([_question(at, n, one) for n, one in enumerate(asked, 1)]),
        introduces=at.terms(said),
    )


def _question(at: "Place", number: int, said: Any) -> Question:
    at = Place(f"{at.name}, question {number}")
    at.needs(isinstance(said, dict), "question", "a table [[steps.questions]]")
    kind = KINDS[at.one_of(said, "kind", list(KINDS))]
    given = {name: value for name, value in said.items() if name != "kind"}
    at.knows(given, kind)
    try:
        made = kind(**given)
    except (ValueError, TypeError) as error:  # TypeError: what it cannot do without was left out
        missing = "question, options and right are needed." if isinstance(error, TypeError) else str(error)
        raise ValueError(f"{at.name}: {missing}") from None
    for name, value in asdict(made).items():
        at.has_gaps(name, *([value] if isinstance(value, str) else value if isinstance(value, tuple) else []))
    return made


def _text(at: "Place", said: Any) -> str:
    known = f"{', '.join(PRESETS)}, {LEARNERS}, or a text of its own"
    at.needs(isinstance(said, str), "text", known)
    at.needs(said in PRESETS or said == LEARNERS or len(said.split()) > 1, "text", known)
    return str(said)


def _settings(at: "Place", said: Any) -> Mapping[str, Any]:
    at.needs(isinstance(said, dict), "settings", "a table")
    names = sorted(f.name for f in fields(Config) if f.name not in ("text", "trainer"))
    for name in said:
        at.needs(name in names, f"settings.{name[:30]}", f"one of {', '.join(names)}")
    return dict(said)
