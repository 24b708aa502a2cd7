"""What came of trainings side by side: one sentence, all maps, all losses, nearest words, when words came to rest."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal, TypeVar

import numpy as np
import streamlit as st

from pages.drawing import comparison, figures
from pages.drawing.words import SHOWN_WORDS, shown
from pages.parts.compare import quality
from pages.parts.compare.in_short import COUNTED, enough, how_many_updates, in_short, last_to_change, units
from pages.parts.compare.outcomes import NEAR, Outcome, map_of
from pages.parts.compare.settings import Setting
from pages.parts.shared import tables
from pages.session import memory, now
from w2v.arrays import Floats
from w2v.explain.side_by_side import LOOKS, nearest_words

MOST_NEAR = 5  # nearest words in the table
ONE_NUMBER = (
    "With one dimension a vector is one number, and all words whose number has the same sign point the same way: which "
    "of them are named as nearest says nothing."
)
NAMES, NAMED_NEAR = 25, 3  # on one map, and of these nearest to the selected word
IN_A_ROW = 4  # so many maps; more stand in two rows, which are lower
ROW, TWO_ROWS = (220.0, 236.0), (280.0, 146.0)  # width and height of each map at least: see frame.css
KEPT_PICTURES = 24
Picture = TypeVar("Picture")
WORD = "compare_word"
NEW = "\N{BLACK FOUR POINTED STAR} "  # before a word that the present training does not have there
LOOKED = (
    f"Seen at {LOOKS} moments of each training at most; Over time on Words finds the very update for one word and its "
    "five nearest."
)


def show(outcomes: Sequence[Outcome], present: Outcome, setting: Setting) -> None:
    """All of it. The maps are the main picture.

    present : of the training that all pages show: the maps lie like its own, which so stays as it is when others come
    setting : the one that is varied
    """
    word = _word(outcomes)
    said = in_short(outcomes, word)
    st.text(" ".join(filter(None, [said, enough(outcomes, setting), how_many_updates(outcomes, setting)])))
    with st.container(key="compare_maps"):
        _maps(outcomes, word, present)
    st.text(
        "How the loss falls in each, on the same axes; the dashed line is the lowest that its text allows."
        + units(outcomes)
    )
    with st.container(key="compare_losses"):
        _losses(outcomes)
    _table(outcomes, word)
    _rest(outcomes)


def _word(outcomes: Sequence[Outcome]) -> str:
    """Return the selected word, or the one to begin with."""
    first = outcomes[0]
    word = now.word()
    return word if word is not None and word in first.vectors.ids else first.vectors.words[first.telling_word]


def _maps(outcomes: Sequence[Outcome], word: str, present: Outcome) -> None:
    frame = ROW if len(outcomes) <= IN_A_ROW else TWO_ROWS
    for i, one in enumerate(outcomes):
        figure = _kept(
            (one.name, one.called, present.name, word, frame), partial(_map, one, word, map_of(one, present), frame)
        )
        alt = f"The map of a training, {one.loss.title}. All maps are turned to lie alike."
        _show(figure, f"compare_map_{i}", alt, height="stretch")


def _map(one: Outcome, word: str, points: Floats, frame: tuple[float, float]) -> Any:
    """One map; where there is no room for all names, the selected word and those nearest to it are named first."""
    words = one.vectors.words[: len(points)]
    first = [one.vectors.ids[name] for name in (word, *nearest_words(one.vectors, word, NAMED_NEAR)) if name in words]
    order = list(dict.fromkeys([*first, *range(len(words))]))
    marked = [0] if word in words else []
    names = [words[i] for i in order]
    return figures.side_by_side([points[order]], [one.called], [names], [marked], _dark(), NAMES, frame)


def _kept(key: object, make: Callable[[], Picture]) -> Picture:
    """Return a picture, made once: Plotly takes longer for it than all else on the page."""
    return memory.keep("compare_pictures", KEPT_PICTURES, (key, _dark()), lambda _: make())


def _losses(outcomes: Sequence[Outcome]) -> None:
    unit = COUNTED[outcomes[0].unit][1]
    key = tuple([(one.name, one.called) for one in outcomes])
    pictures = _kept(key, lambda: comparison.losses([one.loss for one in outcomes], unit, _dark()))
    for i, (one, figure) in enumerate(zip(outcomes, pictures, strict=True)):
        _show(figure, f"compare_loss_{i}", f"The loss of a training, {one.loss.title}.")


def _show(figure: Any, key: str, alt: str, height: Literal["content", "stretch"] = "content") -> None:
    st.plotly_chart(figure, key=key, config={"displayModeBar": False}, alt=alt, height=height)


def _table(outcomes: Sequence[Outcome], word: str) -> None:
    """How much each learned, and the nearest words of one that can be chosen here."""
    words = list(outcomes[0].vectors.words[:SHOWN_WORDS])
    memory.set_widget_value(WORD, word)
    options = words if word in words else [word, *words]
    st.selectbox("Nearest words of", options, format_func=shown, key=WORD, on_change=_take_word, width=240)
    near = [nearest_words(one.vectors, word, MOST_NEAR) for one in outcomes]
    usual = next((i for i, one in enumerate(outcomes) if one.config == now.config()), 0)
    columns: dict[str, list[object]] = {
        "with": [one.called for one in outcomes],
        "learned": [max(0.0, one.share) for one in outcomes],
    }
    if now.in_numbers():
        columns["loss, nats"] = [float(one.loss.loss[-1]) for one in outcomes]
        columns["floor, nats"] = [one.loss.floor for one in outcomes]
    if (measured := quality.at_the_end({one.name: one.vectors for one in outcomes}, outcomes[0].config)) is not None:
        columns["quality"] = list(measured)
    columns |= {f"nearest {i + 1}": [_named(found, i, near[usual]) for found in near] for i in range(MOST_NEAR)}
    widest = max(len(one.called) for one in outcomes)
    formats = {"with": tables.named_column(widest), "learned": tables.share_column()} | {
        name: tables.number_format() for name in columns if "nats" in name
    }
    tables.table(columns, key="compare_near", formats=formats)
    if any(one.config.dim == 1 for one in outcomes):
        st.caption(ONE_NUMBER)
    if len(outcomes) > 1:
        st.caption(f"{NEW.strip()} marks a word that is not among these {MOST_NEAR} with {outcomes[usual].called}.")


def _named(found: Sequence[str], i: int, first: Sequence[str]) -> str:
    if i >= len(found):
        return ""
    return shown(found[i]) if found[i] in first else f"{NEW}{shown(found[i])}"


def _take_word() -> None:
    chosen = memory.widget_value(WORD)
    if chosen:
        now.select(chosen)
        now.send_player()


# --- which words change last --------------------------------------------------------------------------------------


def _rest(outcomes: Sequence[Outcome]) -> None:
    """When the nearest word of each word last changed."""
    st.subheader("Which neighbors change last", anchor=False)
    st.text(last_to_change(outcomes))
    words, one_unit = _words_of_all(outcomes), COUNTED[outcomes[0].unit][0]
    columns: dict[str, list[object]] = {"word": list(words)}
    for one in outcomes:
        columns[f"{one_unit}, {one.called}"] = [int(one.rest[i]) for i in _ids(one, words)]
    for one in outcomes if now.in_numbers() else ():
        columns[f"{NEAR} nearest, {one.called}"] = [int(one.rest_of_three[i]) for i in _ids(one, words)]
    tables.table(columns, key="compare_rest", height=352)
    st.caption(LOOKED)


def _words_of_all(outcomes: Sequence[Outcome]) -> list[str]:
    """The words that all have among their most frequent, those that change last in the last training first."""
    of_each = [one.vectors.words[: len(one.rest)] for one in outcomes]
    common = set(of_each[0]).intersection(*of_each[1:])
    last = outcomes[-1]
    order = np.argsort(-last.rest_by, kind="stable").tolist()
    return [of_each[-1][i] for i in order if of_each[-1][i] in common]


def _ids(one: Outcome, words: Sequence[str]) -> list[int]:
    return [one.vectors.ids[word] for word in words]


def _dark() -> bool:
    return st.context.theme.type == "dark"
