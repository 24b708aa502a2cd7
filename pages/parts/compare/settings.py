"""The settings that can be varied, and values of each that teach something. Another one is a line in SETTINGS."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from pages.parts.shared.strip import OF_PAIRS, READ_AS
from w2v import PRESETS, Config
from w2v.counted import counted
from w2v.moments import Unit
from w2v.objectives import OBJECTIVES
from w2v.reading.characters import Reading
from w2v.whole.trainers import trainer_of

OWN_TEXT = "own"  # a value of the text: the visitor's own
ON_OFF = {"true": "on", "false": "off"}
SAID = {  # other settings than those that can be varied
    ("trainer", "passes"): "the whole text at once",
    ("hold_back", "false"): "learned by heart",
    ("pairs", "true"): OF_PAIRS,
    ("lowercase", "false"): "capitals kept",
    **{(name, "true"): words for name, words in READ_AS.items()},
}
MOST = 6  # values that are compared
MOST_SAID = 3  # differences between two trainings


@dataclass(frozen=True)
class Setting:
    """A setting that can be varied.

    name   : of the field of Config;  title : in a sentence;  says : what it is, in a sentence
    values : those to begin with, as an address writes them
    words  : what values are called, where that is not what an address writes;  all that there are, then
    unit   : of the trainings that have it, None for all
    counts : what its number counts, where it reads so: "dimension" for "8 dimensions"
    """

    name: str
    title: str
    says: str
    values: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict)
    unit: Unit | None = None
    counts: str | None = None

    @property
    def is_typed(self) -> bool:
        """Whether other values than those to begin with can be typed."""
        return not self.words

    def value_of(self, config: Config) -> str:
        """Return the value that a Config has, as an address writes it."""
        if self.name == "text":
            return config.preset or OWN_TEXT
        value = getattr(config, self.name)
        return (
            str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
        )

    def called(self, value: str) -> str:
        """Return what a value is called beside the name of the setting."""
        return self.words.get(value, value)

    def in_words(self, value: str) -> str:
        """Return what a value is called where it stands alone: 8 dimensions, seed 3, falling rate off, CBOW."""
        if self.counts is not None:
            return counted(int(value), self.counts)
        names_itself = self.words and self.words is not ON_OFF
        return self.called(value) if names_itself else f"{self.title} {self.called(value)}"


_READ_AS_USUAL: dict[str, Any] = {f.name: f.default for f in fields(Reading) if f.name != "lowercase"}

SETTINGS: tuple[Setting, ...] = (
    Setting("dim", "dimensions", "How many numbers each word gets.", ("1", "2", "8", "32"), counts="dimension"),
    Setting(
        "seed",
        "seed",
        "All that is drawn by chance follows from it, the first vectors too.",
        ("1", "2", "3", "4", "5", "6"),
    ),
    Setting("window", "window", "How many words on each side count as near.", ("1", "2", "3", "5")),
    Setting(
        "learning_rate",
        "learning rate",
        "How large the steps are at first.",
        ("0.02", "0.1", "0.2", "0.5"),
        unit="update",
    ),
    Setting(
        "epochs",
        "epochs",
        "How often the text is gone through.",
        ("5", "20", "40", "100"),
        unit="update",
        counts="epoch",
    ),
    Setting(
        "decay",
        "falling rate",
        "Whether the steps get smaller until the end.",
        ("true", "false"),
        ON_OFF,
        unit="update",
    ),
    Setting(
        "batching",
        "batching",
        "How much of the text is looked at before the vectors move.",
        ("pair", "window", "full"),
        {
            "pair": "an update per example",
            "window": "an update per window",
            "minibatch": "an update per minibatch",
            "full": "an update per epoch",
        },
        unit="update",
    ),
    Setting(
        "objective",
        "objective",
        "What a guess is measured by: over all words, or against a few drawn by chance.",
        ("softmax", "negative"),
        {name: objective.title for name, objective in OBJECTIVES.items()},
    ),
    Setting(
        "architecture",
        "model",
        "Whether a word is to tell its neighbors, or its neighbors the word.",
        ("skip-gram", "cbow"),
        {"skip-gram": "skip-gram", "cbow": "CBOW"},
        unit="update",
    ),
    Setting(
        "one_vector",
        "vectors",
        "Whether a word has one vector as center and another as context, or the same for both.",
        ("false", "true"),
        {"false": "two vectors per word", "true": "one vector per word"},
        unit="update",
    ),
    Setting(
        "dynamic_window", "dynamic windows", "Whether words further away count less often.", ("false", "true"), ON_OFF
    ),
    Setting(
        "text",
        "text",
        "The same settings with another text.",
        ("royal", "animals"),
        {OWN_TEXT: "your own text", **{name: preset.title for name, preset in PRESETS.items()}},
    ),
)


def settings_of(config: Config) -> dict[str, Setting]:
    """Return the settings that the training of a Config has, by name."""
    unit = trainer_of(config).unit
    return {setting.name: setting for setting in SETTINGS if setting.unit in (None, unit)}


def settings_in_words(settings: Mapping[str, str]) -> str:
    """Return what is not as usual in a few words, as an address writes it: "2 dimensions, seed 3"."""
    return ", ".join([_in_words(name, value) for name, value in settings.items()]) or "as usual"


def differences(config: Config, other: Config) -> str:
    """Return in a few words what of a Config is not as in another one: "window 5 instead of 2, seed 3 instead of 1"."""
    varied = [(one, one.value_of(config), one.value_of(other)) for one in SETTINGS]
    found = [f"{one.in_words(here)} instead of {one.called(there)}" for one, here, there in varied if here != there]
    if config.text != other.text and config.preset == other.preset:
        found.append("another text of yours")
    known, here, there = {one.name for one in SETTINGS}, config.settings_query(), other.settings_query()
    others = [name for name in {**here, **there} if name not in known and here.get(name) != there.get(name)]
    found += [_in_words(n, here[n]) if n in here else f"no longer {_in_words(n, there[n])}" for n in others]
    return ", ".join(found[:MOST_SAID]) + (f" and {len(found) - MOST_SAID} more" if len(found) > MOST_SAID else "")


def _in_words(name: str, value: str) -> str:
    setting = next((one for one in SETTINGS if one.name == name), None)
    if setting is not None:
        return setting.in_words(value)
    return SAID.get((name, value)) or f"{name.replace('_', ' ')} {value}"


def changed(config: Config, name: str, value: str, own: Config | None = None) -> Config:
    """Return a Config with one setting changed, as an address writes it. Raises ValueError in one sentence.

    own : how the visitor's own text is read, where there is one
    """
    if name != "text":
        settings = {key: said for key, said in config.settings_query().items() if key in _FIELDS}
        return replace(Config.from_query({**settings, name: value}), text=config.text)
    if value == OWN_TEXT:
        source = config if config.preset is None else own
        if source is None:
            raise ValueError("There is no text of your own yet: paste one on Text and windows.")
        how = {f.name: getattr(source, f.name) for f in fields(Reading)}
        return replace(config, text=source.text, **how)
    if value not in PRESETS:
        raise ValueError("There is no such text.")
    return replace(config, text=PRESETS[value].text, **_READ_AS_USUAL)


_FIELDS = {f.name for f in fields(Config)}
