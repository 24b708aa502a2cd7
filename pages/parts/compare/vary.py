"""Vary one setting: the choice of it and of its values, the training of all, and what came of them side by side."""

import streamlit as st

from pages.drawing.words import shown
from pages.parts.compare import experiment, results
from pages.parts.compare.experiment import Experiment, Trial
from pages.parts.compare.outcomes import Outcome, outcomes_of
from pages.parts.compare.settings import MOST, settings_of
from pages.parts.compare.train import Made, button_and_bar
from pages.session import memory, now
from w2v import Config, Moments
from w2v.counted import counted

CALLED = "the present settings"
SETTING, VALUES = "compare_setting", "compare_values"


def show(_: Moments) -> None:
    """The whole part."""
    chosen = experiment.present()
    row = st.container(horizontal=True, vertical_alignment="bottom")
    with row:
        _choice(chosen)
        slot = st.empty()
    bar, said = st.container(), st.container()
    trials = chosen.trials(now.config())
    made = button_and_bar(_wanted, slot, bar, outcomes_of)
    with said:
        _say_what_is_left_out(trials, made)
    found = [one.as_called(trial.called) for trial in trials if (one := made.of(trial.config)) is not None]
    if not found:
        said.text(
            "None of these is trained yet: press the button, and all stand here side by side. This is the present one."
        )
    (present,) = outcomes_of([now.config()], trains=False).values()
    results.show(found or [present.as_called(CALLED)], present, chosen.setting)


def _wanted() -> tuple[Config, ...]:
    trials = experiment.present().trials(now.config())
    return tuple([trial.config for trial in trials if trial.config is not None])


# --- the choice -------------------------------------------------------------------------------------------------


def _choice(chosen: Experiment) -> None:
    settings = settings_of(now.config())
    memory.set_widget_value(SETTING, chosen.setting.name)
    st.selectbox(
        "Vary",
        list(settings),
        format_func=lambda name: settings[name].title,
        key=SETTING,
        on_change=_take_setting,
        width=180,
    )
    key = f"{VALUES}_{chosen.setting.name}"
    memory.set_widget_value(key, list(chosen.values))
    st.multiselect(
        f"over up to {MOST} values. {chosen.setting.says}",
        list(dict.fromkeys([*chosen.values, *(chosen.setting.words or chosen.setting.values)])),
        format_func=chosen.setting.called,
        max_selections=MOST,
        accept_new_options=chosen.setting.is_typed,
        key=key,
        on_change=_take_values,
        placeholder="Choose values",
        width="stretch",
    )


def _take_setting() -> None:
    setting = settings_of(now.config()).get(memory.widget_value(SETTING) or "")
    if setting is not None:
        memory.remember(not_values=())
        experiment.choose(experiment.first_of(setting))


def _take_values() -> None:
    setting = experiment.present().setting
    said = [str(value).strip() for value in memory.widget_value(f"{VALUES}_{setting.name}") or ()]
    known = tuple([value for value in said if experiment.is_value(setting, value)])
    memory.remember(not_values=tuple([value for value in said if value not in known]))
    if known:
        experiment.choose(Experiment(setting, known))


# --- what is left out -------------------------------------------------------------------------------------------


def _say_what_is_left_out(trials: tuple[Trial, ...], made: Made[Outcome]) -> None:
    """Say what cannot be trained and why, and what a Stop left out."""
    for trial in trials:
        problem = trial.problem if trial.config is None else made.problems.get(trial.config)
        if problem is not None:
            st.text(f"{trial.called} is left out: {problem}")
    for value in memory.recall("not_values", ()):
        st.text(f"{shown(value)} is left out: it is not a number from 0 up.")
    left_out = [trial for trial in trials if trial.config and trial.config not in {**made.there, **made.problems}]
    if made.stopped and left_out:
        names = ", ".join(trial.called for trial in left_out)
        st.text(f"You stopped. {counted(len(left_out), 'value')} left out: {names}.")
