"""Settings and links: everything that can be set survives a link, and nothing that cannot be set gets in."""

import base64
import inspect
import re
import tracemalloc
import zlib
from dataclasses import FrozenInstanceError, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v import PRESETS, Config
from w2v.config import LIMITS, MAX_TEXT_BYTES

ANY_CHARACTER = st.one_of(st.characters(), st.sampled_from("\ud800\udfff\0\n&=%+# \U0001f600\u202e<>"))
OWN_TEXTS = st.one_of(
    st.text(ANY_CHARACTER, max_size=60), st.sampled_from(["\ud83d\ude00", "\U0001f468\u200d\U0001f469"])
)
WHOLE = ("dim", "window", "epochs", "seed", "min_count", "negatives", "batch_size")
NUMBERS = ("learning_rate", "subsample", "init_scale", "noise_power")
SWITCHES = (
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
CHOICES = {
    "architecture": ("skip-gram", "cbow"),
    "objective": ("softmax", "negative", "hierarchical"),
    "batching": ("pair", "window", "minibatch", "full"),
    "reduction": ("sum", "mean"),
    "subsample_formula": ("paper", "word2vec.c"),
    "trainer": ("steps", "passes"),
}
VALUES: dict[str, st.SearchStrategy[Any]] = (
    {name: st.integers(int(LIMITS[name][0]), int(LIMITS[name][1])) for name in WHOLE}
    | {name: st.floats(*LIMITS[name]) for name in NUMBERS}
    | {name: st.booleans() for name in SWITCHES}
    | {name: st.sampled_from(allowed) for name, allowed in CHOICES.items()}
)
SOME_SETTINGS = st.fixed_dictionaries({}, optional=VALUES)
TEXTS = st.one_of(OWN_TEXTS, st.sampled_from([preset.text for preset in PRESETS.values()]))
CONFIGS = st.builds(lambda text, settings: Config(text, **settings), TEXTS, SOME_SETTINGS)


def refusal(call: Any, *args: Any, **options: Any) -> str:
    """The sentence with which a call refuses its arguments."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        call(*args, **options)
    sentence = str(caught.value)
    assert type(caught.value) is ValueError, f"a plain ValueError was expected, came {caught.value!r}"
    assert sentence.endswith("."), f"not a sentence: {sentence}"
    assert "\n" not in sentence, f"more than one line: {sentence}"
    assert len(sentence) < 250, f"too long: {sentence}"
    sentence.encode()  # no lone surrogate of the user's: it could not be shown
    return sentence


# --- links ---------------------------------------------------------------------------------------------------


@given(CONFIGS)
def test_every_config_survives_a_link(config: Config) -> None:
    query = config.to_query()
    assert all(type(value) is str for value in query.values())
    read = Config.from_query(dict(parse_qsl(urlencode(query), keep_blank_values=True)))
    assert read == config, f"expected {config}, came {read}"
    assert hash(read) == hash(config)
    assert read.to_query() == query


def test_all_fields_are_drawn_in_these_tests() -> None:
    assert {f.name for f in fields(Config)} == {"text", *VALUES}


def test_every_setting_is_explained_where_they_stand() -> None:
    explained = re.findall(r"^(\w[\w, ]*?) *: ", inspect.getdoc(Config) or "", re.MULTILINE)
    assert {name for names in explained for name in names.split(", ")} == {f.name for f in fields(Config)}


@given(CONFIGS)
def test_a_link_names_only_what_is_not_the_default(config: Config) -> None:
    named = set(config.to_query()) - {"text", "preset"}
    changed = {f.name for f in fields(Config) if f.name != "text" and getattr(config, f.name) != f.default}
    assert named == changed | ({"subsample_formula"} if config.subsample else set())
    assert set(config.settings_query()) == named


def test_a_preset_is_named_and_not_packed() -> None:
    for key, preset in PRESETS.items():
        config = Config(preset.text, dim=3)
        assert config.preset == key
        assert config.to_query() == {"preset": key, "dim": "3"}
    assert Config("some words of mine").preset is None


def test_an_empty_link_is_the_first_preset_and_unknown_names_are_passed_over() -> None:
    first = next(iter(PRESETS.values()))
    assert Config.from_query({}) == Config(first.text)
    assert Config.from_query({"t": "137", "word": "king", "dim": "4"}) == Config(first.text, dim=4)


def test_a_link_that_names_no_formula_of_subsampling_means_the_one_that_was_the_default_once() -> None:
    assert Config("a b").subsample_formula == "word2vec.c"
    assert Config.from_query({"subsample": "0.05"}).subsample_formula == "paper"
    assert Config.from_query({"subsample": "0.05", "subsample_formula": "word2vec.c"}).subsample_formula == "word2vec.c"


def test_an_own_text_wins_over_a_preset() -> None:
    query = Config("mine and yours").to_query() | {"preset": "royal"}
    assert Config.from_query(query).text == "mine and yours"


@given(st.text(max_size=40))
def test_no_packed_text_breaks_anything(packed: str) -> None:
    try:
        assert isinstance(Config.from_query({"text": packed}).text, str)
    except ValueError:
        assert "damaged" in refusal(Config.from_query, {"text": packed})


def pack(data: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(data)).decode()


@pytest.mark.parametrize(
    "packed",
    [
        pack(b"\0" * 100_000_000),  # a bomb: 100 kB that unpack to 100 MB
        pack(b"\0" * (4 * MAX_TEXT_BYTES + 1)),
        pack(b"\xff\xfe not UTF-8"),
        pack(b"the king and the queen")[:-8],  # cut off
        pack(b"")[:-4],
        base64.urlsafe_b64encode(b"not packed").decode(),
        "",
        "a",
        "\u4e2d",
        "\ud800",
    ],
    ids=["bomb", "too long", "not UTF-8", "cut off", "cut off empty", "not packed", "empty", "a", "zhong", "surrogate"],
)
def test_damaged_texts_are_refused(packed: str) -> None:
    assert "damaged" in refusal(Config.from_query, {"text": packed})


def test_a_bomb_takes_no_more_memory_than_the_longest_text() -> None:
    for bomb in (pack(b"\0" * 10_000_000), pack(b"\0" * 100_000_000)):
        tracemalloc.start()
        refusal(Config.from_query, {"text": bomb})
        taken = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert taken < 1.2 * MAX_TEXT_BYTES
    assert len(pack(b"\0" * 10_000_000)) < 14_000, "10 kB unpack to twice the longest text"


def test_the_longest_texts_survive_a_link() -> None:
    """Whatever their letters: the limit counts letters, and in a link one takes up to four bytes."""
    for text in ("a" * MAX_TEXT_BYTES, "\u4e2d" * MAX_TEXT_BYTES, "\U0001f600" * MAX_TEXT_BYTES):
        assert Config.from_query(Config(text).to_query()).text == text
    assert "longer than 5 MB" in refusal(Config, "a" * (MAX_TEXT_BYTES + 1))
    assert "longer than 5 MB" in refusal(Config.from_query, {"text": pack(b"a" * (MAX_TEXT_BYTES + 1))})


# --- what is refused -----------------------------------------------------------------------------------------

NO_NUMBERS = [None, "", "x", "1e", "\ud800", "0x10", [], {}, object(), 1j, float("nan"), "nan", True, False]


@pytest.mark.parametrize("name", [*WHOLE, *NUMBERS])
def test_numbers_keep_to_their_limits(name: str) -> None:
    low, high = LIMITS[name]
    for good in (low, high):
        assert getattr(Config("a b", **{name: good}), name) == good
        assert getattr(Config.from_query({name: str(good)}), name) == good
    for bad in (low - 1, high + 1, float("inf"), -float("inf"), 10**400, -(10**400), "9" * 5000, *NO_NUMBERS):
        assert name in refusal(Config, "a b", **{name: bad})
    for bad in (str(low - 1), str(high + 1), "inf", "nan", "", "two", "9" * 5000, "\n", "1;2"):
        assert name in refusal(Config.from_query, {name: bad})


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("value", [2.5, "2.5", Decimal("2.5"), Fraction(5, 2), np.float64(2.5)])
def test_half_numbers_are_no_whole_numbers(name: str, value: object) -> None:
    assert "whole number" in refusal(Config, "a b", **{name: value})


@pytest.mark.parametrize("name", [*CHOICES, *SWITCHES])
@pytest.mark.parametrize("value", [None, "", "Softmax", "yes", 0, 1, "1", [], "\ud800", "x\ny"])
def test_choices_and_switches_take_nothing_else(name: str, value: object) -> None:
    assert name in refusal(Config, "a b", **{name: value})
    if isinstance(value, str):
        assert name in refusal(Config.from_query, {name: value})


@pytest.mark.parametrize("text", [None, b"bytes", 7, ["a"]])
def test_a_text_is_a_string(text: object) -> None:
    assert "must be a string" in refusal(Config, text)


def test_unknown_presets_are_refused() -> None:
    for key in ("", "Royal", "../royal", "x" * 1000, "\ud800\n"):
        assert "no preset" in refusal(Config.from_query, {"preset": key})


# --- a value like any other ----------------------------------------------------------------------------------


def test_equal_settings_are_equal_whatever_they_were_written_as() -> None:
    plain = Config("a b", dim=8, learning_rate=1.0, subsample=0.0)
    same = Config("a b", dim=np.int64(8), learning_rate=1, subsample=-0.0)  # type: ignore[arg-type]
    assert same == plain
    assert hash(same) == hash(plain)
    assert type(same.dim) is int
    assert type(same.learning_rate) is float
    assert len({plain, same, Config("a b", dim=9)}) == 2


def test_a_config_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Config("a b").dim = 9  # type: ignore[misc]
