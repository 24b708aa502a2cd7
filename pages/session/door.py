"""The door through which the browser's messages come in: one that cannot be read is not let in.

Streamlit takes what the websocket brings for what its own pages send. A state that is no JSON, or a number where a
text belongs, raises an error in the middle of its bookkeeping, at this and every later message of the session, and
each writes a traceback into the log. Streamlit has no public place to look at a message first, so this one wraps the
method that takes over the states of all widgets; tests/test_door.py sends such messages to a real server.
"""

import json
import re
from math import isfinite
from typing import Any

from streamlit import net_util
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.state import SessionState

MOST_BRACKETS = 100  # in a report; ours have one, or two
LONGEST_REPORT = 10_000  # characters
LONGEST_TEXT = 7_500_000  # the same of those that bring a text: one that the tab kept, packed, and one that was pasted
BRINGS_TEXT = re.compile(r"-(tab|typing)__events$")  # their names
STRING = re.compile(r'"(?:[^"\\]|\\.)*+"')
NUMBERS = {"int_value", "double_value"}  # a browser sends whole numbers of a box of numbers as the one or the other

_take_over = SessionState.set_widgets_from_proto


def guard() -> None:
    """Let in only what can be read, from now on in this process. May be called again.

    Whoever knocks from another site's page is refused without a question to the internet: Streamlit would ask a server
    there for the address of this computer, and keep all others waiting for the answer.
    """
    SessionState.set_widgets_from_proto = _take_over_readable  # type: ignore[method-assign]
    net_util.get_external_ip = _no_address


def _no_address() -> None:
    return None


def _take_over_readable(self: SessionState, widget_states: WidgetStates) -> None:
    known = self._new_widget_state.widget_metadata
    expected = {name: metadata.value_type for name, metadata in known.items()}
    readable = [state for state in widget_states.widgets if is_readable(state, expected.get(state.id))]
    if len(readable) < len(widget_states.widgets):
        widget_states = WidgetStates(widgets=readable)
    _take_over(self, widget_states)


def is_readable(state: WidgetState, expected: str | None) -> bool:
    """Say whether a widget can read the state that is sent for it.

    expected : the kind of value that the widget has, a field of `WidgetState`; None for one that was not yet shown
    """
    kind = state.WhichOneof("value")
    if kind is None:  # the widget was emptied
        return True
    if expected is not None and kind != expected and not {kind, expected} <= NUMBERS:
        return False
    if kind == "json_value":
        return isinstance(_parsed(state.json_value), dict)
    if kind == "json_trigger_value":
        most = LONGEST_TEXT if BRINGS_TEXT.search(state.id) else LONGEST_REPORT
        return isinstance(_parsed(state.json_trigger_value, most), list)
    if kind == "double_value":  # NaN is no number of a box
        return isfinite(state.double_value)
    if kind == "double_array_value":
        return all(map(isfinite, state.double_array_value.data))
    return True


def _parsed(report: str, most: int = LONGEST_REPORT) -> Any:
    if len(report) > most or (_brackets(report) > MOST_BRACKETS and _brackets(STRING.sub("", report)) > MOST_BRACKETS):
        return None
    try:
        return json.loads(report)
    except ValueError:  # no JSON, or a number of thousands of digits
        return None


def _brackets(report: str) -> int:
    return report.count("[") + report.count("{")
