"""Messages that the app's own JavaScript never sends, sent to a real server over its websocket."""

import asyncio
import json
import math
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit import net_util
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.web.server.server_util import is_url_from_allowed_origins

from bench.client import PLAYER, visit
from pages.session.door import guard, is_readable
from tests.browser import Server

LEDGER, WINDOWS, PICTURES, LAYOUT, FRAME = (
    "w2v_update",
    "w2v_windows",
    "w2v_update_pictures",
    "w2v_layout",
    "w2v_frame",
)
PAGES = {  # on each page, the components that are sent everything; all others are sent what is no report
    "": (),
    "text": (WINDOWS,),
    "training": (),
    "map": (PLAYER,),
    "update": (LEDGER,),
}
OTHERS = {"": PLAYER, "text": FRAME, "training": LAYOUT, "map": LAYOUT, "update": PICTURES}
NO_REPORTS = (
    "",
    "null",
    "nope",
    "[]",
    "[1]",
    "5",
    '"x"',
    "NaN",
    "{",
    "[" * 50_000,
    '{"moment":' * 5_000 + "1" + "}" * 5_000,
)
VALUES = (
    "null", "true", "5", "-1", "NaN", "-Infinity", "1e400", '"x"', "[]", "[1, 2]", "{}", '{"get": 1}', "9" * 6_000,
    "[" * 40 + "]" * 40, "[" * 900 + "]" * 900, '"' + "x" * 1_000_000 + '"', '"\\ud800"', '"\\u0000"',
)  # fmt: skip


def reports(run: str) -> Iterator[str]:
    """JSON for a component that is not what any component says, and some that is not JSON."""
    yield from NO_REPORTS
    for value in VALUES:
        for name in ("moment", "picked", "chosen", "refused", "unheard"):
            yield f'{{"{name}": {value}}}'
        yield f'{{"moment": {{"run": {value}, "t": 3, "word": null}}}}'
        if value != "5":
            yield f'{{"moment": {{"run": "{run}", "t": {value}, "word": null}}}}'
        if value not in ("5", "null"):
            yield f'{{"moment": {{"run": "{run}", "t": 3, "word": {value}}}}}'
        yield f'{{"picked": {{"id": {value}, "word": 1}}}}'
        yield f'{{"chosen": {{"level": {value}}}}}'
    yield f'{{"moment": {{"run": "{run}", "t": 3}}}}'
    yield f'{{"moment": {{"run": "{run}", "word": 1}}}}'
    yield '{"moment": {"t": 3, "word": 1}}'


def states(run: str, everything: bool) -> Iterator[WidgetState]:
    """What may arrive for a component: reports, the same as triggers, and values of other kinds of widgets."""
    for report in reports(run) if everything else NO_REPORTS:
        yield WidgetState(json_value=report)
    for report in NO_REPORTS:
        yield WidgetState(json_trigger_value=report)
    yield from (WidgetState(string_value="x"), WidgetState(int_value=3), WidgetState(double_value=math.nan))
    yield from (
        WidgetState(bool_value=True),
        WidgetState(trigger_value=True),
        WidgetState(bytes_value=b"\xff"),
        WidgetState(),
    )
    lists = WidgetState()
    lists.double_array_value.data.append(1.0)
    yield lists


@pytest.mark.parametrize("page", PAGES)
def test_a_message_that_is_no_report_is_ignored_without_a_traceback(page: str, app_server: Server) -> None:
    """On every page, for every component: nothing moves, nothing is logged, and the page still answers."""

    async def talk() -> None:
        async with visit(app_server.url, "preset=royal&epochs=2") as visitor:
            await visitor.look_at(page)
            before = visitor.query
            for component in (*PAGES[page], OTHERS[page]):
                for state in states(visitor.run, component in PAGES[page]):
                    said = str(state)[:80]
                    await visitor.say(component, state)
                    assert visitor.errors == [], (component, said)
                    assert visitor.query == before, (component, said)
                    assert app_server.new_errors() == [], (component, said)
            if PLAYER in visitor.components:
                await visitor.go_to(7)
                assert parse_qs(visitor.query.lstrip("?"))["t"] == ["7"]
            await visitor.look_at("training")
            await visitor.go_to(9)
            assert parse_qs(visitor.query.lstrip("?"))["t"] == ["9"]
            assert visitor.errors == []

    app_server.new_errors()
    asyncio.run(asyncio.wait_for(talk(), 240))
    assert app_server.new_errors() == []


def brought(text: object) -> WidgetState:
    return WidgetState(json_trigger_value=json.dumps([{"event": "put_in", "value": text}]))


def test_a_long_text_is_brought_apart_and_what_is_none_is_ignored(app_server: Server) -> None:
    """Also one that is full of brackets, which elsewhere would be a report of a depth that none has."""
    text = "the [old] man {and} the [sea]. " * 1_700

    async def talk() -> None:
        async with visit(app_server.url, "preset=royal&epochs=1") as visitor:
            await visitor.look_at("text")
            before = visitor.query
            for no_text in (None, 5, [text], {"text": text}, "", "word " * 500_000):
                await visitor.say("w2v_typing", brought(no_text), once=True)
                assert visitor.query == before, str(no_text)[:40]
            await visitor.say("w2v_typing", brought(text), once=True)
            assert "text" in parse_qs(visitor.query.lstrip("?"))
            assert visitor.errors == []

    app_server.new_errors()
    asyncio.run(asyncio.wait_for(talk(), 120))
    assert app_server.new_errors() == []


LONG = json.dumps(["A" * 5_000_000])  # as a book that the tab kept


@pytest.mark.parametrize(
    ("state", "expected", "readable"),
    [
        (WidgetState(json_value=json.dumps({"moment": {"run": "r", "t": 3, "word": None}})), "json_value", True),
        (WidgetState(json_value="{}"), None, True),
        (WidgetState(json_value="[]"), "json_value", False),
        (WidgetState(json_value="{"), None, False),
        (WidgetState(json_value='{"t": ' + "9" * 5000 + "}"), None, False),
        (WidgetState(json_value='{"t": ' + "[" * 101 + "]" * 101 + "}"), None, False),
        (WidgetState(json_trigger_value="[]"), "json_trigger_value", True),
        (WidgetState(json_trigger_value="["), "json_trigger_value", False),
        (WidgetState(id="a-tab__events", json_trigger_value=LONG), "json_trigger_value", True),
        (
            WidgetState(id="a-tab__events", json_trigger_value=json.dumps(["A" * 8_000_000])),
            "json_trigger_value",
            False,
        ),
        (WidgetState(id="a-player__events", json_trigger_value=LONG), "json_trigger_value", False),
        (WidgetState(id="a-typing__events", json_trigger_value=LONG), "json_trigger_value", True),
        (WidgetState(id="a-typing__events", json_trigger_value=json.dumps(["[" * 999])), "json_trigger_value", True),
        (WidgetState(id="a-typing__events", json_trigger_value="[" * 999 + '"]"'), "json_trigger_value", False),
        (WidgetState(json_trigger_value='["\\"' + "[" * 101 + '"]'), "json_trigger_value", True),
        (WidgetState(json_trigger_value='["\\\\"' + "[" * 101 + "]" * 102), "json_trigger_value", False),
        (WidgetState(id="a-tab", json_value=json.dumps({"text": "A" * 20_000})), "json_value", False),
        (WidgetState(string_value="["), "string_value", True),
        (WidgetState(string_value="3"), "int_value", False),
        (WidgetState(int_value=3), "int_value", True),
        (WidgetState(), "int_value", True),
        (WidgetState(double_value=0.5), "double_value", True),
        (WidgetState(double_value=math.nan), "double_value", False),
        (WidgetState(double_value=-math.inf), "double_value", False),
        (WidgetState(double_array_value={"data": [1, 2]}), "double_array_value", True),
        (WidgetState(double_array_value={"data": [1, math.inf]}), "double_array_value", False),
    ],
)
def test_what_is_let_in(state: Any, expected: str | None, readable: bool) -> None:
    assert is_readable(state, expected) is readable


def test_whoever_knocks_from_another_site_is_refused_without_a_question_to_the_internet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(net_util, "get_external_ip", lambda: asked.append("for the address of this computer"))
    assert not is_url_from_allowed_origins("http://elsewhere.example")
    assert asked, "Streamlit by itself asks"
    asked.clear()
    guard()
    assert not is_url_from_allowed_origins("http://elsewhere.example")
    assert not asked
