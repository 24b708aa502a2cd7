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
FIRST = next(iter(OBJECTIVES))  # with which CBOW is compared with a skip-gram that is trained
WANTED = "variants_wanted"  # what the whole script was last asked to train for a part
SIDES = ("one", "other")  # how the address calls the two that are chosen
WAYS = (*OBJECTIVES, CBOW)  # how the address calls each way: skip-gram with one of the objectives, or CBOW


def config_of(way: str, config: Config) -> Config:
    """Return the same settings for another way of learning, update by update. CBOW keeps the objective it has."""
    settings: Mapping[str, Any] = {"architecture": "skip-gram", "objective": way}
    if way == CBOW:
        settings = {"architecture": CBOW, "objective": config.objective if config.architecture == CBOW else FIRST}
    return replace(config, **settings, trainer=Config.trainer)


def title_of(config: Config) -> str:
    """Return the name of a way that is compared."""
    title = OBJECTIVES[config.objective].title
    return f"CBOW, {title}" if config.architecture == CBOW else title.capitalize()


def idea_of(config: Config) -> str:
    """Return what a way does, in one sentence."""
    idea = OBJECTIVES[config.objective].idea
    if config.architecture == CBOW:
        return f"Several words together predict the one between them: {idea}."
    return f"{idea[:1].upper()}{idea[1:]}."


def choice_of(config: Config) -> str:
    """Return the name of a way where one chooses it: first in plain words."""
    objective = OBJECTIVES[config.objective]
    if config.architecture == CBOW:
        return f"Neighbors predict the center (CBOW, {objective.title})"
    return words_of(objective).to_choose(objective).capitalize()


def way_of(config: Config) -> str:
    """Return the way in which these settings learn."""
    return CBOW if config.architecture == CBOW else config.objective


def chosen(config: Config) -> list[str]:
    """Return both ways that are compared, as the address says: at first the one that is trained, and another one."""
    ours = way_of(config)
    first = (ours, next(name for name in WAYS if name != ours))
    asked = [now.asked_more(side) for side in SIDES]
    return [name if name in WAYS else begin for name, begin in zip(asked, first, strict=True)]


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
