"""Training what a part compares: on a press, all in one go; what is trained already is there at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

from pages.parts.compare import outcomes
from pages.session import memory, notebook, training
from pages.session.prepared import prepared_of
from w2v import Config, Moments

There = TypeVar("There")


@dataclass(frozen=True, eq=False)
class Made(Generic[There]):
    """What became of Configs that were to be trained.

    there : what is shown of those that are trained;  problems : why one cannot be trained, in one sentence
    stopped : the others were left out
    """

    there: Mapping[Config, There]
    problems: Mapping[Config, str]
    stopped: bool

    def of(self, config: Config | None) -> There | None:
        """Return what is there of a Config, or None."""
        return None if config is None else self.there.get(config)


def button_and_bar(
    asked: Callable[[], Sequence[Config]],
    slot: "st.delta_generator.DeltaGenerator",
    bar: "st.delta_generator.DeltaGenerator",
    train: Callable[[Sequence[Config], bool], Mapping[Config, There]],
) -> Made[There]:
    """Train what was asked for by the button, and offer the button for what is missing.

    asked : says what there is to train; a callback calls it, too, so it asks the session
    slot  : an empty place for the button;  bar : a container for how far training is
    train : returns what is shown of these Configs, training what is missing if it was asked for
    """
    wanted = tuple(asked())
    pressed, problems = memory.recall("pressed") == wanted, {}
    if pressed:
        problems = {one: said for one in wanted if (said := _why_not(one)) is not None}
    with bar:
        there = train([one for one in wanted if one not in problems], pressed)
    for moments in training.trained_already(*there):  # others have trained it: it is a run of this session now
        notebook.note(moments)
    missing = [one for one in wanted if one not in there and one not in problems]
    if missing:
        how_many = str(len(missing)) if len(missing) > 1 else "one"
        which = f"the other {how_many}" if there else f"all {how_many}" if len(wanted) > 1 else "it"
        icon = ":material/play_arrow:"
        slot.button(f"Train {which}", key="compare_train", type="primary", icon=icon, on_click=press, args=(asked,))
    return Made(there, problems, pressed and bool(missing))


def all_moments(wanted: Sequence[Config], trains: bool) -> Mapping[Config, Moments]:
    """Return the moments of each Config that is trained; if it `trains`, what is missing is trained first."""
    if trains:
        training.trained_moments(*wanted)
    return {one.config: one for one in training.trained_already(*wanted)}


def press(asked: Callable[[], Sequence[Config]]) -> None:
    """Have all that is asked for trained by the next `button_and_bar`; of a callback."""
    wanted = tuple(asked())
    training.want(*wanted)
    outcomes.forget_stopped(wanted)
    memory.remember(pressed=wanted)


def _why_not(wanted: Config) -> str | None:
    if training.trained_already(wanted):
        return None
    try:
        prepared_of(wanted)
    except ValueError as error:
        return str(error)
    return None
