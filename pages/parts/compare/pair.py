"""Two trainings that are compared: which ones, kept in the address, and the choice of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.drawing.words import shown
from pages.parts.compare import experiment
from pages.parts.compare.experiment import Experiment, Trial
from pages.parts.compare.settings import settings_in_words, settings_of
from pages.parts.compare.train import all_moments, button_and_bar, press
from pages.session import memory, notebook, now, other_configs
from pages.session.other_configs import BETWEEN, RUN, UnknownText
from w2v import PRESETS, Config, Moments

PRESENT = "present"  # how the address calls the training that all pages show
CALLED = "the present one"
NAMES = ("first", "second")  # of both, in the address and as keys of their boxes
LABELS = {"first": "First training", "second": "Second training"}
WINDOWS = ("3", "1")  # which part on the way, not at the start: one of them is the first example


@dataclass(frozen=True, eq=False)
class Pair:
    """Two trainings; called : what each is called."""

    first: Moments
    second: Moments
    called: tuple[str, str]


# --- what there is to choose from ---------------------------------------------------------------------------------


def options() -> dict[str, Trial]:
    """Return what can be chosen, by what names it: the present training, the experiment, the notebook, the asked."""
    found = {PRESENT: Trial(CALLED, now.config())}
    of_experiment = experiment.present()
    values = [BETWEEN.join([of_experiment.setting.name, value]) for value in of_experiment.values]
    asked = [said for name in NAMES if (said := now.asked_more(name))]
    for said in [*values, _example(), *asked]:
        if (trial := _varied(said)) is not None:
            found.setdefault(said, trial)
    for row in notebook.rows():
        if row.config is not None:
            found[other_configs.said_of(row.config)] = Trial(called_row(row), row.config)
    for said in asked:
        if (config := _other(said)) is not None:
            preset = PRESETS[config.preset].title if config.preset else "another text"
            found.setdefault(other_configs.said_of(config), Trial(_called(config, preset), config))
    return found


def _example() -> str:
    """Return the second training to begin with."""
    present = settings_of(now.config())["window"].value_of(now.config())
    return BETWEEN.join(["window", next(value for value in WINDOWS if value != present)])


def _varied(said: str) -> Trial | None:
    """Return the present training with one setting changed, as an address says it; None for what cannot be."""
    name, _, value = said.partition(BETWEEN)
    setting = settings_of(now.config()).get(name)
    if setting is None or not experiment.is_value(setting, value):
        return None
    (trial,) = Experiment(setting, (value,)).trials(now.config())
    return trial if trial.config is not None else None


def _other(said: str) -> Config | None:
    try:
        return other_configs.config_of(said, _texts())
    except ValueError:
        return None


def _texts() -> list[str]:
    """Return the texts that are known: an address may say them by a mark only."""
    own = experiment.waiting_config()
    rows = [row.config.text for row in notebook.rows() if row.config is not None]
    return [now.config().text, *([own.text] if own is not None else []), *rows]


def called_row(row: notebook.Row) -> str:
    """Say which run of the notebook this is."""
    return f"run {row.number}" + (f": {_called(row.config, row.text)}" if row.config is not None else "")


def _called(config: Config, text: str) -> str:
    """Say what is trained: the text, where it is not the present one, and what is not as usual."""
    others = [] if config.text == now.config().text else [shown(text)]
    return ", ".join([*others, settings_in_words(config.settings_query())])


# --- which two ----------------------------------------------------------------------------------------------------


def chosen(among: Mapping[str, Trial]) -> tuple[str, str]:
    """Return which two are compared: at first the present one, and of others one that differs from it.

    Which is one of the experiment, if there was one.
    """
    first, second = (_name_of(now.asked_more(name) or "") for name in NAMES)
    first = first if first in among else PRESENT
    if second not in among:
        others = [said for said, trial in among.items() if trial.config != among[first].config]
        if now.asked_more("vary") is None and _example() in others:
            others = [_example()]
        second = others[0] if others else PRESENT
    return first, second


def _name_of(said: str) -> str:
    """Return what names a training that an address asks for."""
    config = _other(said) if said.startswith(RUN + BETWEEN) else None
    return said if config is None else other_configs.said_of(config)


def take(name: str, said: str) -> None:
    """Compare another training from now on, in the place of the first or the second."""
    if (config := _other(said)) is not None:
        said = other_configs.address_of(config, now.config(), now.room_in_address(name))
    now.ask_more(**{name: said})


def take_both(first: Config, second: Config) -> None:
    """Compare two trainings of the notebook from now on, and have trained again what is no longer there."""
    now.ask_more(first=None, second=None)  # what they took of the address, two others may need
    for name, config in zip(NAMES, (first, second), strict=True):
        take(name, other_configs.said_of(config))
    press(wanted)


def wanted() -> tuple[Config, ...]:
    """Return what is trained for the comparison."""
    among = options()
    return tuple([config for said in chosen(among) if (config := among[said].config) is not None])


# --- on the page --------------------------------------------------------------------------------------------------


def choose(places: Sequence["st.delta_generator.DeltaGenerator"] | None = None) -> Pair | None:
    """Let two trainings be chosen, and trained; None as long as one of them is not there.

    places : where the two are chosen, in one row if nothing is said
    """
    among = options()
    said = chosen(among)
    if any(now.asked_more(name) for name in NAMES) and memory.recall("named") != said:  # chosen, here or by a link
        memory.remember(named=said)
        press(wanted)
    row = st.container(horizontal=True, vertical_alignment="bottom")
    for name, present, place in zip(NAMES, said, places or (row, row), strict=True):
        key = f"compare_{name}"
        memory.set_widget_value(key, present)
        place.selectbox(
            LABELS[name],
            list(among),
            format_func=lambda one: among[one].called,
            key=key,
            on_change=lambda name=name: take(name, str(memory.widget_value(f"compare_{name}"))),
            width=300,
            label_visibility="collapsed" if places else "visible",
        )
    slot = row.empty()
    made = button_and_bar(wanted, slot, st.container(), all_moments)
    _say_what_is_wrong()
    trials = [among[one] for one in said]
    for trial in trials:
        if trial.config is not None and trial.config in made.problems:
            st.text(f"{trial.called} cannot be trained: {made.problems[trial.config]}")
    first, second = (made.of(trial.config) for trial in trials)
    if first is None or second is None:
        st.text("Nothing can be compared yet: press the button, and what is missing is trained.")
        return None
    return Pair(first, second, (trials[0].called, trials[1].called))


def _say_what_is_wrong() -> None:
    """Say of each training that the address asks for if it cannot be had, or if no link can hold it."""
    for name in NAMES:
        said = now.asked_more(name) or ""
        if not said.startswith(RUN + BETWEEN):
            continue
        try:
            other_configs.config_of(said, _texts())
        except UnknownText:
            st.text(f"The text of the {name} training is not in this link, so another one is shown in its place.")
        except ValueError as error:
            st.text(f"The {name} training of this link cannot be shown: {error}")
        else:
            if not other_configs.is_followed_elsewhere(said, now.config()):
                st.text(f"A link cannot hold the text of the {name} training: it leads there in this tab only.")
