"""Quality as a curve: how far the vectors agree with what people say of words, at many moments, beside the loss."""

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from pages.drawing import comparison
from pages.drawing.numbers import percent
from pages.drawing.words import quoted, shown
from pages.parts.compare.outcomes import epochs_at
from pages.parts.shared import frame
from pages.session import memory
from pages.session.gate import GATE
from pages.session.in_turns import made_in_turns
from w2v import PRESETS, Config, Moments, WordVectors
from w2v.counted import counted
from w2v.judgments.evaluation import AnalogyTest, PairTest, read_test
from w2v.judgments.quality import (
    Quality,
    coarse_to_fine,
    highest,
    out_of_order,
    pairs_of_preset,
    quality_of,
    quality_over,
)
from w2v.moments import Unit
from w2v.reading.decoding import EncodingError

WORST = 3  # pairs that are named
MOST_LETTERS = 100_000  # of a set that is written here
MEGABYTES = 2  # of a file
BOX, FILE, GIVEN = "quality_box", "quality_file", "quality_set"
ALL_BUT_ONE = 0.995  # from which on 1 is said
UNITS: Mapping[Unit, str] = {"update": "epochs", "pass": "passes"}
OF = {PairTest: "agreement with the scores", AnalogyTest: "share of right answers"}
FORMATS = (
    "Pairs of words with a score, a line each (*king queen 9*), as WordSim-353 and SimLex-999 have them; or questions "
    "of four words (*man king woman queen*). Write them here, or open a file."
)
SAVED = "open it in the program that it comes from, and save it there as UTF-8."
COLUMNS = "More than one reading of this table is possible: keep three columns of it, two words and their score."


def show(moments: Moments) -> None:
    """The curve and its sentence first, what it is measured with below."""
    picture = st.container(key="quality_picture")
    _choose(moments)
    test, problem = chosen_test(moments.config)
    with picture:
        if test is None:
            st.text(problem or "There is nothing to compare with yet: write pairs of words with scores below.")
            return
        at, found = _measured(moments, test)
        if not found:
            st.text("You stopped before anything was measured.")
            return
        said = in_short(moments, at, found, test)
        st.text(" ".join(filter(None, [said, _out_of_order(moments, test)])))
        st.caption(how_often(moments, at))
        _draw(moments, at, found, test, said)


def chosen_test(config: Config) -> tuple[PairTest | AnalogyTest | None, str]:
    """Return what the visitor gave, or what was written for the preset; or None, and a sentence on why not."""
    data = _given(config)
    if not data.strip():
        return None, ""
    try:
        return memory.keep("quality_tests", 2, data, lambda _: read_test(data)), ""
    except EncodingError as error:  # which cannot be chosen here
        return None, f"{error.problem}: {SAVED}"
    except ValueError as error:
        return None, COLUMNS if "--words" in str(error) else str(error)


def at_the_end(of_each: Mapping[str, WordVectors], first: Config) -> list[float | None] | None:
    """Return the quality of the vectors of each training, by what the visitor gave; None where nothing was.

    of_each : by the name of the training;  first : of the first of them
    """
    test, _ = chosen_test(first)
    if memory.recall(GIVEN) is None or test is None:
        return None
    key = (tuple(of_each), _given(first))
    return memory.keep(
        "qualities_at_end",
        2,
        key,
        lambda _: GATE.do(lambda: [quality_of(vectors, test).value for vectors in of_each.values()]),
    )


def in_short(moments: Moments, at: Sequence[int], found: Sequence[Quality], test: PairTest | AnalogyTest) -> str:
    """Say how good the end is, when it was best, and what could not be asked."""
    end = found[-1]
    what = "pair" if isinstance(test, PairTest) else "question"
    left = end.n_asked - end.n_found
    covered = f"{end.n_found:,} of {counted(end.n_asked, what)} used" + (
        f", {left:,} left out because a word is not in this text" if left else ""
    )
    if test.left_out:
        covered += f", and {counted(len(test.left_out), 'line')} not read"
    known = [(one.value, t) for one, t in zip(found, at, strict=True) if one.value is not None]
    if end.value is None or not known:
        return f"Too few words are in this text, or all are alike: there is nothing to measure ({covered})."
    best, when = max(known)
    best_at = float(epochs_at(moments, np.array([when]))[0])
    unit = UNITS[moments.unit]
    said = f"At the end {_value(moments, end.value, test)}"
    said += "." if when == at[-1] else f"; best after {best_at:.3g} {unit}, with {_number(best, test)}."
    if end.n_nearest:
        said += f" {_simply_nearest(end)}"
    return f"{said} {covered}."


def _simply_nearest(end: Quality) -> str:
    if end.n_nearest < end.n_right:
        which = f"{end.n_nearest:,} of the {counted(end.n_right, 'right answer')}"
    else:
        which = "The right answer" if end.n_right == 1 else f"All {end.n_right:,} right answers"
    are = "is" if end.n_nearest == 1 else "are"
    return f"{which} {are} simply the word nearest to the third, whatever the first two are."


def _out_of_order(moments: Moments, test: PairTest | AnalogyTest) -> str:
    """Name the pairs that the end orders worst."""
    if not isinstance(test, PairTest):
        return ""

    def make(_: object) -> str:
        end = WordVectors(moments.corpus.vocabulary.words, moments.parameters(moments.n_moments - 1).V)
        worst = GATE.do(lambda: out_of_order(end, test, WORST))
        said = [
            f"{quoted(pair.a)} and {quoted(pair.b)} (too {'alike' if alike else 'far apart'})" for pair, alike in worst
        ]
        return f"Most out of order: {', '.join(said)}." if said else ""

    return memory.keep("out_of_order", 2, (moments.name, _given(moments.config)), make)


def _value(moments: Moments, value: float, test: PairTest | AnalogyTest) -> str:
    if isinstance(test, AnalogyTest):
        return f"{percent(value)} of the answers are right"
    most = highest(moments, test)
    best = "1" if most is None or most > ALL_BUT_ONE else f"{most:.2f}"
    return f"the model orders the pairs as the scores do to {value:.2f}, where 0 is chance and {best} the best possible"


def _number(value: float, test: PairTest | AnalogyTest) -> str:
    return percent(value) if isinstance(test, AnalogyTest) else f"{value:.2f}"


def kept_moments(moments: Moments) -> list[int]:
    """Return all moments whose vectors are kept: every pass, or an update of every so many."""
    return moments.keyframes(moments.n_moments)


def how_often(moments: Moments, at: Sequence[int]) -> str:
    """Say at which moments quality was measured."""
    kept = kept_moments(moments)
    if len(at) < len(kept):
        return f"Measured at {len(at):,} of the {len(kept):,} moments that are kept: you stopped."
    if moments.unit == "pass":
        return f"Measured at the start and after each of {counted(len(kept) - 1, 'pass', 'passes')} that are kept."
    apart = max(np.diff(kept).tolist(), default=0)
    return f"Measured at each of the {len(kept):,} moments that are kept, one every {counted(apart, 'update')}."


def _measured(moments: Moments, test: PairTest | AnalogyTest) -> tuple[list[int], list[Quality]]:
    """Return at which moments quality is known, and what it is: of all that are kept, unless it was stopped."""
    order = coarse_to_fine(kept_moments(moments))

    def say(so_far: list[Quality]) -> tuple[float, str]:
        return len(so_far) / len(order), f"Measured at {len(so_far):,} of {len(order):,} moments"

    made, so_far = made_in_turns(
        "qualities",
        4,
        (moments.name, _given(moments.config)),
        lambda: quality_over(moments, order, test),
        say,
    )
    found = sorted(zip(order, made or so_far or (), strict=False), key=lambda one: one[0])
    return [t for t, _ in found], [one for _, one in found]


def _draw(
    moments: Moments, at: Sequence[int], found: Sequence[Quality], test: PairTest | AnalogyTest, said: str
) -> None:
    t, loss = moments.loss_curve()
    curve = comparison.Loss("", epochs_at(moments, np.asarray(t)), np.asarray(loss), moments.floor)
    values = np.array([np.nan if one.value is None else one.value for one in found])
    dark = st.context.theme.type == "dark"
    what = OF[type(test)]
    figure = comparison.quality(curve, epochs_at(moments, np.asarray(at)), values, what, UNITS[moments.unit], dark)
    alt = f"The loss, and below it the {what}. {said}"
    st.plotly_chart(figure, key="quality_chart", config={"displayModeBar": False}, alt=alt)


# --- what is given -------------------------------------------------------------------------------------------------


def _given(config: Config) -> bytes:
    """Return what the visitor gave last, a text or a file, or what was written for the preset."""
    given = memory.recall(GIVEN)
    if given is not None:
        data: bytes = given[1]
        return data
    preset = config.preset
    return (pairs_of_preset(PRESETS[preset]) if preset else "").encode()


def _choose(moments: Moments) -> None:
    """The box to write into, and the file that takes its place."""

    def write() -> None:
        memory.remember(**{GIVEN: ("", str(memory.widget_value(BOX) or "").encode("utf-8", "replace"))})

    def take_file() -> None:
        uploaded = memory.taken_upload(FILE)
        if uploaded is not None:
            memory.remember(**{GIVEN: (uploaded.name, uploaded.getvalue())})

    def forget() -> None:
        memory.remember(**{GIVEN: None})

    given = memory.recall(GIVEN)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        trouble = st.container()  # over the box, where it is in sight
        name = given[0] if given else ""
        memory.set_widget_value(BOX, "" if name else _given(moments.config).decode("utf-8", "replace"))
        st.text_area(
            "What people say of words",
            key=BOX,
            height=180,
            max_chars=MOST_LETTERS,
            on_change=write,
            placeholder="king queen 9\nking cake 1",
        )
        if (n_characters := frame.refused_by_box(BOX, MOST_LETTERS)) is not None:
            trouble.text(
                f"This set has {n_characters:,} letters, and the box takes {MOST_LETTERS:,}: paste a part of it, or "
                "open it as a file."
            )
    with right:
        st.markdown(FORMATS)
        label = f"A file of pairs or questions, at most {MEGABYTES} MB (some {MEGABYTES} million letters)"
        st.file_uploader(label, key=FILE, max_upload_size=MEGABYTES, on_change=take_file)
        if name:
            st.text(f"Used is the file {shown(name)}.")
        if given:
            st.button("Forget it", key="quality_forget", on_click=forget)
