"""The steps of a lesson on a text: what is trained, at which moment and of which word, as a guide wants them."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from pages.parts.lessons.checking import FIRST_UPDATE
from pages.parts.lessons.lesson import LEARNERS, TELLING, Lesson, LessonStep
from pages.session import now
from pages.session.guiding import Step
from pages.session.levels import FIRST
from pages.session.prepared import corpus_of, prepared_of
from w2v import PRESETS, Config, Plan
from w2v.explain.questions.scene import When, moment_at
from w2v.whole.trainers import trainer_of

LONGEST_AS_IT_IS = 20_000  # characters: 40 epochs of a longer one, with several settings, take too long for a lesson
MOST_OF_LONG = 4_000  # characters of such a text, of which its beginning is taken
SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u2019\u201d)]*(?=\s)|\n|[\u3002\uff01\uff1f]")
OF_BEGINNING = "Your text is long: this lesson takes its beginning."


@dataclass(frozen=True, kw_only=True)
class Stage(Step):
    """One step of a lesson, on the text on which it is taken.

    written : as the lesson has it;  lesson : which one;  own : what is trained of the learner's own text, if it is
              taken with that
    """

    written: LessonStep
    lesson: Lesson
    own: Config | None

    def config(self) -> Config:
        """See `Step`: the text of the step, else the learner's own where it is taken with that, else the lesson's."""
        settings = {**self.lesson.settings, **self.written.settings}
        text = self.written.text or self.lesson.text
        if self.own is not None and (self.written.text is None or text == LEARNERS):
            return _on_own_text(self.own, self.lesson, settings)
        if text == LEARNERS:
            text = Lesson.text
        return Config(PRESETS[text].text if text in PRESETS else text, **settings)

    def begins_at(self) -> int:
        """See `Step`."""
        return _moment(self.written.moment, self.config(), self.chosen())

    def chosen(self) -> str | None:
        """See `Step`; None where only the training says which word tells most."""
        config = self.config()
        words = corpus_of(config).vocabulary
        if self.written.word in words.ids and self.written.word != TELLING:
            return self.written.word
        return words.words[prepared_of(config).telling_word] if trainer_of(config).unit == "update" else None

    @property
    def in_numbers(self) -> bool:
        """Whether losses are named."""
        return self.written.level != FIRST


def stages_of(lesson: Lesson, own: Config | None) -> tuple[Stage, ...]:
    """Return all that is shown of a lesson: a minute of open play, its steps, what was found."""
    first, last = lesson.steps[0], lesson.steps[-1]
    silent: Mapping[str, Any] = {"ring": "", "opens": (), "then_opens": (), "questions": (), "introduces": ()}
    play = replace(first, says=lesson.play, page=lesson.play_on, part=None, moment="start", **silent)
    found = replace(last, says=lesson.found, moment="end", **silent)
    stages = [_stage(lesson, step, own) for step in (play, *lesson.steps, found)]
    if own is not None and stages[0].config().text not in (own.text, lesson.text):
        stages[0] = _stage(lesson, replace(play, says=f"{lesson.play} {OF_BEGINNING}"), own)
    return tuple(stages)


def _stage(lesson: Lesson, step: LessonStep, own: Config | None) -> Stage:
    widgets = {"map_picture": step.picture, "map_vectors": "v", "map_lines": step.lines} if step.picture else {}
    return Stage(
        says=step.says,
        answer="" if step.questions else None,
        page=step.page,
        preset="",
        word=step.word,
        part=step.ring,
        presses=step.opens,
        widgets=widgets,
        page_part=step.part,
        level=step.level,
        written=step,
        lesson=lesson,
        own=own,
    )


def holds_for_passes(lesson: Lesson) -> bool:
    """Say whether all of a lesson is so of a text that is trained as a whole: nothing in it is about single updates or
    other settings.
    """
    of_updates = {"update", "variants"}
    return not any(step.settings or step.moment == FIRST_UPDATE or step.page in of_updates for step in lesson.steps)


def beginning_of(text: str) -> str:
    """Return the beginning of a long text, up to the end of a sentence: it can be learned update by update at once."""
    if len(text) <= MOST_OF_LONG:
        return text
    ends = [end.end() for end in SENTENCE_END.finditer(text, 0, MOST_OF_LONG)]
    return text[: ends[-1] if ends else MOST_OF_LONG]


def _on_own_text(own: Config, lesson: Lesson, settings: Mapping[str, Any]) -> Config:
    """Return a training of the learner's own text with these settings: of its beginning where the whole is too long."""
    by_updates = own.trainer == Config.trainer
    if not by_updates and holds_for_passes(lesson):
        return own
    text = own.text if by_updates and len(own.text) <= LONGEST_AS_IT_IS else beginning_of(own.text)
    min_count = own.min_count if text == own.text and by_updates else Config.min_count
    try:
        wanted = Config(text, **{"min_count": min_count, **asdict(own.reading), **settings})
        prepared_of(wanted)
    except ValueError:
        return own
    return wanted


def _moment(when: When, config: Config, word: str | None) -> int:
    """Return the moment that is meant, before anything is trained; `now.END` for the end."""
    if when == "end":
        return now.END
    plan = prepared_of(config)
    if not isinstance(plan, Plan):
        return 0 if when in ("start", FIRST_UPDATE) else now.END
    if when == FIRST_UPDATE:
        return 0 if word is None else first_update_of(plan, plan.corpus.vocabulary.ids[word])
    return moment_at(when, 0, plan.n_steps)


def first_update_of(plan: Plan, word: int) -> int:
    """Return the first update that guesses from a word; 0 where none does in the first reading of the text."""
    examples = plan.epoch(0)
    found = np.flatnonzero(examples.inputs == word)
    if not len(found):
        return 0
    example = np.searchsorted(examples.input_start, found[0], side="right") - 1
    return int(np.searchsorted(examples.group_start, example, side="right")) - 1
