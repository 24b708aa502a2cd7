"""The experiment of Compare: which setting is varied over which values, kept in the address."""

import re
from dataclasses import dataclass

from pages.parts.compare.settings import MOST, OWN_TEXT, Setting, changed, settings_of
from pages.session import memory, now, own_text
from pages.session.other_configs import BETWEEN
from w2v import Config

_NUMBER = re.compile(r"[0-9]{1,10}(\.[0-9]{1,10})?")


@dataclass(frozen=True)
class Trial:
    """One value of the experiment.

    called : this value of the setting, in words;  config : what is trained, None where it cannot be
    problem : why not, in one sentence
    """

    called: str
    config: Config | None = None
    problem: str | None = None


@dataclass(frozen=True)
class Experiment:
    """A setting, and the values that it is given."""

    setting: Setting
    values: tuple[str, ...]

    @property
    def address(self) -> str:
        """How the address says it."""
        return BETWEEN.join([self.setting.name, *self.values])

    def trials(self, present: Config) -> tuple[Trial, ...]:
        """Return what is to be trained: the present Config with each value, those that are the same once."""
        found: dict[Config | str, Trial] = {}
        for value in self.values:
            try:
                config = changed(present, self.setting.name, value, waiting_config())
            except ValueError as error:
                found[value] = Trial(f"{self.setting.title} {value}", problem=str(error))
            else:
                called = self.setting.in_words(self.setting.value_of(config))
                found.setdefault(config, Trial(called, config))
        return tuple(found.values())


def present() -> Experiment:
    """Return the experiment that the address asks for, or the first one."""
    settings = settings_of(now.config())
    name, *values = (now.asked_more("vary") or "").split(BETWEEN)
    setting = settings.get(name) or next(iter(settings.values()))
    known = [value for value in dict.fromkeys(values) if is_value(setting, value)]
    if setting.name != name or not known:
        return first_of(setting)
    return Experiment(setting, tuple(known[:MOST]))


def is_value(setting: Setting, value: str) -> bool:
    """Say whether this can be a value of the setting: one that there is, or any number."""
    return bool(_NUMBER.fullmatch(value)) if setting.is_typed else value in setting.words


def first_of(setting: Setting) -> Experiment:
    """Return the experiment with a setting's first values, the present one among them; of texts, beside one other."""
    here = setting.value_of(now.config())
    if setting.name != "text":
        values = setting.values if here in setting.values else (here, *setting.values)[:MOST]
        return Experiment(setting, tuple(sorted(values, key=float)) if setting.is_typed else values)
    own = OWN_TEXT if waiting_config() is not None else None
    other = own or next(value for value in setting.values if value != here)
    return Experiment(setting, (here, other))


def waiting_config() -> Config | None:
    """Return how the visitor's own text was trained that waits while a preset is shown, or None."""
    found: Config | None = memory.recall("aside")["config"] if own_text.has_own_text_aside() else None
    return None if found is None or found.preset is not None else found


def choose(experiment: Experiment) -> None:
    """Make this the experiment from now on."""
    is_first = experiment == first_of(next(iter(settings_of(now.config()).values())))
    now.ask_more(vary=None if is_first else experiment.address)
