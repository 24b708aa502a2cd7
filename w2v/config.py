"""Everything that decides a run, in one hashable value: the same Config gives the same numbers, bit for bit."""

import base64
import binascii
import codecs
import zlib
from collections.abc import Collection, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, Literal, get_args

from w2v.objectives import OBJECTIVES
from w2v.reading.characters import Reading
from w2v.reading.pair_syntax import has_several_inputs
from w2v.texts import PRESETS, preset_of

Architecture = Literal["skip-gram", "cbow"]
Batching = Literal["pair", "window", "minibatch", "full"]
Trainer = Literal["steps", "passes"]

MAX_TEXT_BYTES = 5 * 2**20
PIECE_BYTES = 2**16  # of a packed text, unpacked at once

_CHOICES: dict[str, Collection[str]] = {
    "architecture": get_args(Architecture),
    "objective": OBJECTIVES,
    "batching": get_args(Batching),
    "reduction": ("sum", "mean"),
    "subsample_formula": ("paper", "word2vec.c"),
    "trainer": get_args(Trainer),
}
_WHOLE: dict[str, tuple[int, int]] = {  # smallest and largest value
    "dim": (1, 300),
    "window": (1, 20),
    "epochs": (1, 10_000),
    "seed": (0, 2**32 - 1),
    "min_count": (1, 1_000_000),
    "negatives": (1, 50),
    "batch_size": (1, 100_000),
}
_NUMBER: dict[str, tuple[float, float]] = {
    "learning_rate": (0.0, 1e6),
    "subsample": (0.0, 1.0),
    "init_scale": (0.0, 100.0),
    "noise_power": (-5.0, 5.0),
}
_SWITCHES = (
    "decay",
    "lowercase",
    "dynamic_window",
    "hold_back",
    "pretokenized",
    "turkish",
    "emoji",
    "one_vector",
    "pairs",
)
NOT_OF_PAIRS = ("window", "dynamic_window", "subsample", "subsample_formula", "pretokenized", "emoji")
"""Settings that mean nothing for training pairs."""

LIMITS: Mapping[str, tuple[float, float]] = {**_WHOLE, **_NUMBER}
"""Smallest and largest allowed value of each numeric setting."""


@dataclass(frozen=True)
class Config:
    """What to train, on what.

    text           : the text itself
    architecture   : "skip-gram" predicts each context word from the center, "cbow" the center from its context
    objective      : "softmax" (full), "negative" (sampling) or "hierarchical" (softmax): a name in `OBJECTIVES`
    dim            : length of the vectors
    window         : radius in words
    learning_rate  : rate of the first update
    decay          : whether the rate falls in a straight line to 0 at the end of the run
    epochs         : passes over the text
    seed           : from which everything random is drawn
    batching       : which examples make one update: one "pair" (one example), a "window", a "minibatch" of
                     `batch_size` consecutive examples, or the "full" text
    min_count      : words that occur less often are left out
    lowercase, pretokenized, turkish, emoji : how the text is read; see `Reading`
    dynamic_window : draw each window's radius from 1 .. window, as word2vec.c does
    subsample      : threshold t for dropping frequent words at random, 0 for never
    negatives      : k, for negative sampling
    init_scale     : the first vectors are uniform between -init_scale and +init_scale
    batch_size     : examples in a minibatch
    reduction      : whether an update of several examples averages their gradients ("mean") or adds them ("sum").
                     Summed over a large batch, the default rate is far too large and the run diverges; averaged,
                     no batch size does, but large batches need more epochs
    subsample_formula : "word2vec.c", as the programs do it, or "paper" (Mikolov et al. 2013, arXiv:1310.4546,
                     equation 5), which drops more; see `Vocabulary.keep_probabilities`
    noise_power    : negatives are drawn in proportion to count ** noise_power
    trainer        : "steps", update by update, or "passes" over all pairs of the text at once
    hold_back      : whether passes of full softmax hold the vectors near the guess by word frequency, as strongly as
                     sentences kept aside find best; without it the text is learned by heart
    one_vector     : whether every word has one vector, as center and as context, instead of two; updates only
    pairs          : the text is training pairs, in^in|out^out,in|out,..., and these are the examples: each output is
                     predicted from the mean of the inputs. Then `architecture` is what the pairs are, "cbow" where
                     one has several inputs, and what is about windows is as by default, whatever was asked for

    Raises ValueError in one sentence for a value that cannot be.
    """

    text: str
    architecture: Architecture = "skip-gram"
    objective: str = "softmax"
    dim: int = 8
    window: int = 2
    learning_rate: float = 0.2
    decay: bool = True
    epochs: int = 40
    seed: int = 1
    batching: Batching = "pair"
    min_count: int = 1
    lowercase: bool = True
    dynamic_window: bool = False
    subsample: float = 0.0
    negatives: int = 5
    init_scale: float = 0.5
    batch_size: int = 32
    reduction: Literal["sum", "mean"] = "mean"
    subsample_formula: Literal["paper", "word2vec.c"] = "word2vec.c"
    noise_power: float = 0.75
    trainer: Trainer = "steps"
    hold_back: bool = True
    pretokenized: bool = False
    turkish: bool = False
    emoji: bool = False
    one_vector: bool = False
    pairs: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise ValueError("The text must be a string.")
        if len(self.text) > MAX_TEXT_BYTES:
            raise ValueError("The text is longer than 5 MB; please use a shorter one.")
        for name, allowed in _CHOICES.items():
            if getattr(self, name) not in tuple(allowed):
                raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {_short(getattr(self, name))}.")
        for name in _SWITCHES:
            if not isinstance(getattr(self, name), bool):
                raise ValueError(f"{name} must be true or false, not {_short(getattr(self, name))}.")
        for name, (low, high) in _WHOLE.items():
            object.__setattr__(self, name, _whole(name, getattr(self, name), low, high))
        for name, (least, most) in _NUMBER.items():
            object.__setattr__(self, name, _number(name, getattr(self, name), least, most))
        if self.pairs:
            for name in NOT_OF_PAIRS:
                object.__setattr__(self, name, getattr(Config, name))
            several = has_several_inputs(self.text)
            object.__setattr__(self, "architecture", "cbow" if several else "skip-gram")

    @property
    def reading(self) -> Reading:
        """How the text is read."""
        return Reading(**{f.name: getattr(self, f.name) for f in fields(Reading)})

    @property
    def preset(self) -> str | None:
        """The key of the preset text this is, or None for a text of one's own."""
        return preset_of(self.text)

    def to_query(self) -> dict[str, str]:
        """Return all that differs from the defaults as strings for a link; `from_query` reads them back.

        The text is named if it is a preset, else packed into "text".
        """
        query = {"preset": self.preset} if self.preset else {"text": _pack(self.text)}
        return query | self.settings_query()

    def settings_query(self) -> dict[str, str]:
        """Return the settings that differ from the defaults, without the text; with `subsample`, its formula too."""
        changed = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}
        if self.subsample > 0:
            changed["subsample_formula"] = self.subsample_formula
        return {name: _to_string(value) for name, value in changed.items() if name != "text"}

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Config":
        """Read a link. What it does not name has its default; names it does not know are passed over.

        Without "text" or "preset" the text is the first preset. Of links from earlier versions, one that names
        `subsample` without its formula means "paper", which was the default, and "whole" is `trainer` "passes".
        Raises ValueError in one sentence for a value that cannot be.
        """
        values: dict[str, Any] = {"text": _text_of(query)}
        for f in fields(cls):
            if f.name in query and f.default is not MISSING:
                values[f.name] = _from_string(f.name, query[f.name])
        if "subsample" in values:
            values.setdefault("subsample_formula", "paper")
        if query.get("whole") == "true":
            values.setdefault("trainer", "passes")
        return cls(**values)


def _text_of(query: Mapping[str, str]) -> str:
    if "text" in query:
        return _unpack(query["text"])
    key = query.get("preset", next(iter(PRESETS)))
    if key not in PRESETS:
        raise ValueError(f"There is no preset text {_short(key)}; there are {', '.join(PRESETS)}.")
    return PRESETS[key].text


def _from_string(name: str, value: str) -> object:
    if name in _SWITCHES:
        if value not in ("true", "false"):
            raise ValueError(f"{name} must be true or false, not {_short(value)}.")
        return value == "true"
    return value  # numbers are read by the checks of Config itself


def _to_string(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _whole(name: str, value: object, low: int, high: int) -> int:
    sentence = f"{name} must be a whole number from {low} to {high}, not {_short(value)}."
    if isinstance(value, bool):
        raise ValueError(sentence)
    try:
        number = int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        raise ValueError(sentence) from None
    if (not isinstance(value, str) and number != value) or not low <= number <= high:
        raise ValueError(sentence)
    return int(number)


def _number(name: str, value: object, low: float, high: float) -> float:
    sentence = f"{name} must be a number from {low:,.10g} to {high:,.10g}, not {_short(value)}."
    if isinstance(value, bool):
        raise ValueError(sentence)
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise ValueError(sentence) from None
    if not low <= number <= high:  # false for nan as well
        raise ValueError(sentence)
    return number


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:37] + "..."


def _pack(text: str) -> str:
    return base64.urlsafe_b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 9)).decode("ascii")


def _unpack(packed: str) -> str:
    """Unpack a text, piece by piece: no bomb takes more memory than the longest text that is allowed."""
    unpacker, decoder = zlib.decompressobj(), codecs.getincrementaldecoder("utf-8")("surrogatepass")
    pieces, length = [], 0
    try:
        data = base64.urlsafe_b64decode(packed.encode("ascii"))
        while not unpacker.eof:
            piece = unpacker.decompress(data, PIECE_BYTES)
            if not piece and not unpacker.eof:
                raise ValueError("cut off")
            data = unpacker.unconsumed_tail
            pieces.append(decoder.decode(piece, final=unpacker.eof))
            length += len(pieces[-1])
            if length > MAX_TEXT_BYTES + PIECE_BYTES:
                raise ValueError("too long")
        return "".join(pieces)
    except (ValueError, zlib.error, binascii.Error):
        raise ValueError("The text in this link is damaged; please ask for the link again.") from None
