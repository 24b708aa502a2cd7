"""Training what a part compares: on a press, all in one go; what is trained already is there at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.session import memory, training
from pages.session.prepared import prepared_of
from w2v import Config, Moments


@dataclass(frozen=True, eq=False)
class Made:
    """What became of Configs that were to be trained.

    there : what is trained;  problems : why one cannot be trained, in one sentence;  stopped : the others were left out
    """

    there: Mapping[Config, Moments]
    problems: Mapping[Config, str]
    stopped: bool

    def of(self, config: Config | None) -> Moments | None:
        """Return what is trained of a Config, or None."""
        return None if config is None else self.there.get(config)


def button_and_bar(
    asked: Callable[[], Sequence[Config]],
    slot: "st.delta_generator.DeltaGenerator",
    bar: "st.delta_generator.DeltaGenerator",
) -> Made:
    """Train what was asked for by the button, and offer the button for what is missing.

    asked : says what there is to train; a callback calls it, too, so it asks the session
    slot  : an empty place for the button;  bar : a container for how far training is
    """
    wanted = tuple(asked())
    pressed, problems = memory.recall("pressed") == wanted, {}
    if pressed:
        problems = {one: said for one in wanted if (said := _why_not(one)) is not None}
        with bar:
            training.trained_moments(*[one for one in wanted if one not in problems])
    there = {one.config: one for one in training.trained_already(*wanted)}
    missing = [one for one in wanted if one not in there and one not in problems]
    if missing:
        how_many = str(len(missing)) if len(missing) > 1 else "one"
        which = f"the other {how_many}" if there else f"all {how_many}" if len(wanted) > 1 else "it"
        icon = ":material/play_arrow:"
        slot.button(f"Train {which}", key="compare_train", type="primary", icon=icon, on_click=press, args=(asked,))
    return Made(there, problems, pressed and bool(missing))


def press(asked: Callable[[], Sequence[Config]]) -> None:
    """Have all that is asked for trained by the next `button_and_bar`; of a callback."""
    wanted = tuple(asked())
    training.want(*wanted)
    memory.remember(pressed=wanted)


def _why_not(wanted: Config) -> str | None:
    if training.trained_already(wanted):
        return None
    try:
        prepared_of(wanted)
    except ValueError as error:
        return str(error)
    return None
