"""The ways of learning that are compared, and what is trained of each on the present text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.drawing.objective_words import words_of
from pages.session import memory, now
from pages.session.training import trained_moments, want
from w2v import Config, Moments, Run
from w2v.objectives import OBJECTIVES

CBOW = "cbow"
WANTED = "variants_wanted"  # what the whole script was last asked to train for a part
SIDES = ("one", "other")  # how the address calls the two that are chosen
WAYS: Mapping[str, Mapping[str, Any]] = {  # which settings make each, by its name in the address
    **{name: {"architecture": "skip-gram", "objective": name} for name in OBJECTIVES},
    CBOW: {"architecture": "cbow", "objective": next(iter(OBJECTIVES))},
}
IDEAS = {  # what each does, in one sentence
    **{name: f"{of.idea[:1].upper()}{of.idea[1:]}." for name, of in OBJECTIVES.items()},
    CBOW: "Several words together predict the one between them, and all words compete.",
}
TITLES = {**{name: of.title.capitalize() for name, of in OBJECTIVES.items()}, CBOW: "CBOW, full softmax"}

CHOICES = {  # the same to be chosen: first in plain words
    **{name: words_of(of).to_choose(of).capitalize() for name, of in OBJECTIVES.items()},
    CBOW: "Neighbors predict the center (CBOW, full softmax)",
}


def config_of(way: str, config: Config) -> Config:
    """Return the same settings for another way of learning, update by update."""
    return replace(config, **WAYS[way], trainer=Config.trainer)


def way_of(config: Config) -> str:
    """Return the way that is nearest to these settings."""
    same = [
        name for name, settings in WAYS.items() if all(getattr(config, s) == value for s, value in settings.items())
    ]
    return same[0] if same else CBOW


def chosen(config: Config) -> list[str]:
    """Return both ways that are compared, as the address says: at first the one that is trained, and another one."""
    ours = way_of(config)
    first = (ours, next(name for name in WAYS if name != ours))
    asked = [now.asked_more(side) for side in SIDES]
    return [name if name in WAYS else begin for name, begin in zip(asked, first, strict=True)]  # type: ignore[misc]


def train(wanted: Sequence[Config]) -> None:
    """Train what a part wants beside the present run. Stop answers here, in the whole script, and not in a fragment."""
    memory.remember(**{WANTED: tuple(wanted)})
    if wanted:
        try:
            trained_moments(now.config(), *wanted)
        except ValueError:
            return  # the part itself says it, when it asks for them


def trained(moments: Moments, *wanted: Config) -> list[Moments]:
    """Return what is trained of these settings; the present one is kept with them. Fewer if training was stopped.

    Others than those that `train` was last asked for are trained first, by the whole script.
    """
    if memory.recall(WANTED) != wanted:
        st.rerun()  # the whole page, which trains them
    found = {one.config: one for one in (moments, *trained_moments(moments.config, *wanted))}
    return [found[one] for one in wanted if one in found]


def run_of(moments: Moments, by_passes: str) -> Run | None:
    """Return what was trained if it has updates to look at; else say why it has none.

    by_passes : the sentence for a training by passes
    """
    if not isinstance(moments, Run):
        st.text(by_passes)
        return None
    if moments.n_steps == 0:
        st.text("This run has no update: its very first one would have made a vector too large.")
        return None
    return moments


def say_stopped(wanted: Sequence[Config]) -> None:
    """Say that Stop left out what a part compares, with a button that goes on."""
    st.text("Training was stopped before all that is compared here was there.")
    st.button("Go on training", key="variants_go_on", on_click=_go_on, args=(tuple(wanted),))


def _go_on(wanted: Sequence[Config]) -> None:
    want(*wanted)
    memory.remember(**{WANTED: None})


def trained_runs(moments: Moments, *wanted: Config) -> list[Run]:
    """Return the same of settings that are trained update by update."""
    return [run for run in trained(moments, *wanted) if isinstance(run, Run)]
