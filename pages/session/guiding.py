"""A guide: steps one after another, each a prepared state of the app with something said about it.

Where a visitor is in one is remembered here, and stands in the address. A step that has an answer keeps it back until
it is asked for; one that has none only says what is seen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pages.session import allowed, choosing, memory, now, own_text
from pages.session.prepared import prepared_of
from w2v import PRESETS, Config

Said = str | Callable[..., str]  # always the same, or with numbers of the run that is shown, and of those beside it


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a guide, and the state of the app that it shows.

    says     : the question, or what is seen;  answer : what the reveal says, where there is something to reveal
    page     : the script of the page under pages/screens
    preset   : key of the text;  settings : what differs from the defaults
    t        : the moment, now.END for the last;  asked_at : the moment while the answer is kept back, `t` if None
    word     : the selected word
    part     : what is ringed, a name in `parts`
    presses  : what is opened on the page for it, names in `parts`, in this order
    widgets  : values of the page's widgets, by key
    page_part : which part of the page is shown, None for the first
    level    : how much is shown, a name in `levels.LEVELS`; None for what the visitor chose
    beside   : the settings of a run that the answer compares with, of the same text
    """

    says: Said
    answer: Said | None = None
    page: str
    preset: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    t: int = now.END
    asked_at: int | None = None
    word: str
    part: str
    presses: tuple[str, ...] = ()
    widgets: Mapping[str, Any] = field(default_factory=dict)
    page_part: str | None = None
    level: str | None = None
    beside: Mapping[str, Any] | None = None

    def config(self) -> Config:
        """Return what is trained for it."""
        return Config(PRESETS[self.preset].text, **self.settings)

    def begins_at(self) -> int:
        """Return the moment that is looked at first."""
        return self.t if self.asked_at is None else self.asked_at

    def ends_at(self) -> int:
        """Return the moment that gives the answer."""
        return self.t

    def chosen(self) -> str | None:
        """Return the word that is selected."""
        return self.word

    def compared(self) -> tuple[Config, ...]:
        """Return what is trained besides, to compare with."""
        return () if self.beside is None else (Config(PRESETS[self.preset].text, **self.beside),)


@dataclass(frozen=True)
class Guide:
    """Steps in their order.

    name  : also in the address
    home  : the script of the page it starts from and ends at
    way_home : the words of the way there, if it is offered before the end
    key   : what one presses to go on, as the browser names it;  key_name : as people do
    comes_back : whether a text of the visitor's own is shown again at the end
    draws, points_at : how the strip shows a step, and what it rings; None for a sentence and what it reveals
    """

    name: str
    home: str
    way_home: str
    key: str
    key_name: str
    steps: tuple[Step, ...]
    comes_back: bool = False
    draws: "Callable[[Place, bool], None] | None" = None
    points_at: "Callable[[Place], Pointing] | None" = None


@dataclass(frozen=True)
class Pointing:
    """What the strip points at on a page.

    part  : what is brought into view, a name in `parts`, "" for nothing;  ring : whether it is ringed
    presses : what is opened for it, likewise;  rows : how much room the strip needs
    """

    part: str
    ring: bool
    presses: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Place:
    """Where a visitor is: at which step of a guide, and whether its answer is shown."""

    guide: Guide
    number: int
    revealed: bool

    @property
    def step(self) -> Step:
        """The step."""
        return self.guide.steps[self.number]

    @property
    def is_last(self) -> bool:
        """Whether no step follows."""
        return self.number == len(self.guide.steps) - 1

    @property
    def is_answered(self) -> bool:
        """Whether nothing is kept back."""
        return self.revealed or self.step.answer is None


def place(guides: Mapping[str, Guide]) -> Place | None:
    """Return where the visitor is in one of these guides; None outside."""
    name, number = memory.recall("guide") or ("", 0)
    guide = guides.get(name)
    if guide is None or number >= len(guide.steps):
        return None
    return Place(guide, number, bool(memory.recall("revealed")))


def keep_back(wanted: bool) -> None:
    """Have the pages keep back what would answer the question on top, or no longer."""
    memory.remember(keeps_back=wanted, covers=None)


def cover(names: Sequence[str]) -> None:
    """Have them hold the moment too until one has answered, and cover what gives the answer away there already.

    names : of what does, as the question has them
    """
    memory.remember(covers=tuple(names))


def holds() -> bool:
    """Say whether the moment stays as it is until one has answered."""
    return memory.recall("covers") is not None


def covered() -> tuple[str, ...]:
    """Return what is covered until then."""
    return tuple(memory.recall("covers") or ())


def keeps_back() -> bool:
    """Say whether a question is asked whose answer the pages keep back."""
    return bool(memory.recall("keeps_back"))


def is_followed() -> bool:
    """Say whether a guide is followed, which says by itself what to look for."""
    return memory.recall("guide") is not None


def begin(guide: Guide, number: int = 0) -> None:
    """Go to a step of a guide: its state, its page. To be called by a button.

    A step of somebody's lesson may be of a text that cannot be trained: then it is said, and one stays where one is.
    """
    if allowed.is_locked():
        choosing.report_problem(allowed.FIXED)
        return
    step = guide.steps[number]
    try:
        prepared_of(step.config())
    except ValueError as error:
        choosing.report_problem(f"This step cannot be shown: {error}")
        return
    memory.remember(guide=(guide.name, number), revealed=False, turn_to=step.page)
    if step.level is not None:
        memory.remember(level_before=memory.recall("level_before") or now.level())
        now.set_level(step.level)
    for key, value in step.widgets.items():
        memory.set_widget_value(key, value)
    now.choose_part_of(step.page, step.page_part)
    choosing.show_prepared(step.config(), step.begins_at(), step.chosen())


def follow_link(guides: Mapping[str, Guide]) -> None:
    """Go to the step that a link names which says nothing else. Call it before `turn_page`."""
    here = place(guides)
    if memory.recall("opens_guide") and here is not None:
        begin(here.guide, here.number)
    memory.remember(opens_guide=False)


def show_answer(t: int) -> None:
    """Keep nothing back any more, and show the moment that gives the answer."""
    memory.remember(revealed=True)
    now.go_to(t)


def go_on(here: Place) -> None:
    """Show what is kept back, or else the next step; after the last one go home."""
    if not here.is_answered:
        show_answer(here.step.ends_at())
    elif here.is_last:
        go_home(here.guide)
    else:
        begin(here.guide, here.number + 1)


def leave(guide: Guide) -> None:
    """End a guide where one is."""
    memory.remember(guide=None, revealed=False)
    now.set_level(memory.recall("level_before") or now.level())
    memory.remember(level_before=None)
    if guide.comes_back:
        own_text.back_to_own_text()
    now.write_address()


def go_home(guide: Guide) -> None:
    """End a guide and go to where it began."""
    memory.remember(turn_to=guide.home)  # first: the address of a page that is about to be left says nothing new
    leave(guide)


def turn_page() -> None:
    """Turn to the page that a step asked for. Call it before anything is drawn."""
    wanted = memory.recall("turn_to")
    if wanted is not None:
        memory.remember(turn_to=None)
        now.turn_to(wanted)
