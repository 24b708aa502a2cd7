"""Four more views of one update: as a network, as push and pull, its gradient checked, and its lines of NumPy.

One is shown at a time, so that the others cost nothing. The first three are drawn by one component in the browser from
a small record of plain numbers, made here; words reach it as data.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from pages.components.register import Component
from pages.components.update_pictures.checking import NAMES, NONE, checking_record, choices
from pages.components.update_pictures.lines import as_text, numpy_lines
from pages.components.update_pictures.motion import motion_record
from pages.components.update_pictures.network import network_record
from w2v import Run, Step, Trace

NETWORK, MOTION, CHECK, LINES = "Network", "Push and pull", "Gradient check", "NumPy lines"
VIEWS = {
    NETWORK: "Matrices as neurons: one-hot input, hidden layer, output, each weight an edge.",
    MOTION: "Every output vector moves along h: towards it where P is too low, away from it where P is too high.",
    CHECK: "Is the gradient the slope of the loss? The loss is computed twice for each entry, a little to both sides.",
    LINES: "All that this update computed, as code that can be run; the values stand beside it.",
}

_HERE = Path(__file__).parent
VIEW = Component("w2v_update_pictures", _HERE / "view.js", _HERE / "view.css")


def show(run: Run, step: Step, trace: Trace) -> None:
    """Show one more view of an update, as the visitor chooses.

    step  : an update of the run;  trace : the example of it that is looked at
    """
    with st.container(gap="small"):
        _show(run, step, trace)


def _show(run: Run, step: Step, trace: Trace) -> None:
    chosen = st.radio(
        "More views of this update",
        VIEWS,
        key="update_picture",
        horizontal=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    st.caption(VIEWS[chosen] + _part_of(step))
    if chosen == LINES:
        st.code(as_text(numpy_lines(run, step, trace)), language=None)  # the colors of code are too faint to read
        st.text(
            "V and U are the matrices before the update; V_new and U_new come out as they do here, to the last bit."
        )
        return
    record: Mapping[str, Any]
    if chosen == NETWORK:
        record = network_record(run, step, trace)
    elif chosen == MOTION:
        record = motion_record(run, step, trace)
    else:
        record = _check(run, step, trace)
    VIEW.show(record, key="update_picture_drawn")


def _part_of(step: Step) -> str:
    """Say what is shown of an update of several examples."""
    n = len(step.traces)
    return "" if n == 1 else f" Shown is the example chosen above, one of the {n:,} of this update."


def _check(run: Run, step: Step, trace: Trace) -> Mapping[str, Any]:
    broken = st.selectbox(
        "Break the gradient",
        choices(run.config),
        format_func=NAMES.__getitem__,
        key="broken_gradient",
        persist_state="session",
        width=420,
    )
    return checking_record(run, step, trace, broken or NONE)
