"""Two trainings that are compared: which ones, kept in the address, and the choice of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from pages.parts.compare import experiment
from pages.parts.compare.experiment import BETWEEN, Experiment, Trial
from pages.parts.compare.settings import settings_of
from pages.parts.compare.train import button_and_bar
from pages.session import memory, now
from w2v import Config, Moments

PRESENT = "present"  # how the address calls the training that all pages show
CALLED = "the present one"
NAMES = ("first", "second")  # of both, in the address and as keys of their boxes
LABELS = {"first": "First training", "second": "Second training"}


@dataclass(frozen=True, eq=False)
class Pair:
    """Two trainings; called : what each is called."""

    first: Moments
    second: Moments
    called: tuple[str, str]


def options() -> dict[str, Trial]:
    """Return what can be chosen, by how the address says it: the present training, the experiment, what it asks for."""
    config = now.config()
    found = {PRESENT: Trial(CALLED, config)}
    of_experiment = experiment.present()
    asked = [said for name in NAMES if (said := now.asked_more(name))]
    for said in [*[BETWEEN.join([of_experiment.setting.name, value]) for value in of_experiment.values], *asked]:
        name, _, value = said.partition(BETWEEN)
        setting = settings_of(config).get(name)
        if setting is None or not experiment.is_value(setting, value):
            continue
        (trial,) = Experiment(setting, (value,)).trials(config)
        if trial.config is not None:
            found.setdefault(said, trial)
    return found


def chosen(among: Mapping[str, Trial]) -> tuple[str, str]:
    """Return which two are compared: at first the present one, and one of the experiment that differs from it."""
    first, second = (now.asked_more(name) or "" for name in NAMES)
    first = first if first in among else PRESENT
    if second not in among:
        others = [said for said, trial in among.items() if trial.config != among[first].config]
        second = others[0] if others else PRESENT
    return first, second


def wanted() -> tuple[Config, ...]:
    """Return what is trained for the comparison."""
    among = options()
    return tuple([config for said in chosen(among) if (config := among[said].config) is not None])


def choose() -> Pair | None:
    """Let two trainings be chosen, and trained; None as long as one of them is not there."""
    among = options()
    said = chosen(among)
    row = st.container(horizontal=True, vertical_alignment="bottom")
    with row:
        for name, present in zip(NAMES, said, strict=True):
            key = f"compare_{name}"
            memory.set_widget_value(key, present)
            st.selectbox(
                LABELS[name],
                list(among),
                format_func=lambda one: among[one].called,
                key=key,
                on_change=_take,
                args=(name,),
                width=240,
            )
        slot = st.empty()
    made = button_and_bar(wanted, slot, st.container())
    trials = [among[one] for one in said]
    for trial in trials:
        if trial.config is not None and trial.config in made.problems:
            st.text(f"{trial.called} cannot be trained: {made.problems[trial.config]}")
    first, second = (made.of(trial.config) for trial in trials)
    if first is None or second is None:
        st.text("Nothing can be compared yet: press the button, and both are trained.")
        return None
    return Pair(first, second, (trials[0].called, trials[1].called))


def _take(name: str) -> None:
    said = memory.widget_value(f"compare_{name}")
    now.ask_more(**{name: said})
