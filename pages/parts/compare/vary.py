"""Vary one setting: the choice of it and of its values, the training of all, and what came of them side by side."""

import streamlit as st

from pages.parts.compare import experiment, results
from pages.parts.compare.experiment import Experiment, Trial
from pages.parts.compare.outcomes import Outcome, outcome
from pages.parts.compare.settings import MOST, settings_of
from pages.session import memory, now, training
from pages.session.prepared import prepared_of
from w2v import Config, Moments
from w2v.counted import counted

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
    asked = memory.recall("pressed") == _configs(trials)
    if asked:
        with bar:
            trials = _train(trials)
    there = {one.config: one for one in training.trained_already(*_configs(trials))}
    missing = [trial for trial in trials if trial.config is not None and trial.config not in there]
    if missing:
        some = f"Train the other {len(missing)}" if there else f"Train all {len(missing)}"
        slot.button(some, key="compare_train", type="primary", icon=":material/play_arrow:", on_click=_press)
    with said:
        _say_what_is_left_out(trials, missing, asked)
    found = [outcome(trial.called, there[trial.config]) for trial in trials if trial.config in there]
    if found:
        results.show(found)
    else:
        st.text("Nothing is trained yet: press the button, and all are shown side by side.")


def trained() -> list[Outcome]:
    """Return what is trained of the present experiment, training nothing."""
    trials = experiment.present().trials(now.config())
    there = {one.config: one for one in training.trained_already(*_configs(trials))}
    return [outcome(trial.called, there[trial.config]) for trial in trials if trial.config in there]


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
        f"over up to {MOST} values",
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


# --- training ---------------------------------------------------------------------------------------------------


def _configs(trials: tuple[Trial, ...]) -> tuple[Config, ...]:
    return tuple([trial.config for trial in trials if trial.config is not None])


def _press() -> None:
    wanted = _configs(experiment.present().trials(now.config()))
    training.want(*wanted)
    memory.remember(pressed=wanted)


def _train(trials: tuple[Trial, ...]) -> tuple[Trial, ...]:
    """Train what was asked for; return the trials, those that cannot be trained with a sentence."""
    checked = tuple([_checked(trial) for trial in trials])
    training.trained_moments(*_configs(checked))
    return checked


def _checked(trial: Trial) -> Trial:
    if trial.config is None or training.trained_already(trial.config):
        return trial
    try:
        prepared_of(trial.config)
    except ValueError as error:
        return Trial(trial.called, problem=str(error))
    return trial


def _say_what_is_left_out(trials: tuple[Trial, ...], missing: list[Trial], asked: bool) -> None:
    """Say what cannot be trained and why, and what a Stop left out of all that were asked for."""
    for trial in trials:
        if trial.problem is not None:
            st.text(f"{trial.called} is left out: {trial.problem}")
    for value in memory.recall("not_values", ()):
        st.text(f"{value[:20]} is left out: it is not a number from 0 up.")
    if missing and asked:
        names = ", ".join(trial.called for trial in missing)
        st.text(f"You stopped. {counted(len(missing), 'value')} left out: {names}.")
