"""Work in turns: it shows how far it is, a click does not begin it anew, Stop keeps what is there, and it goes on."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from streamlit.testing.v1 import AppTest

from pages.session import memory
from pages.session.gate import GATE, Gate
from tests.visitor import broken_off_at, fine, in_small_slices, texts


def script() -> None:
    import streamlit as st

    from pages.session import memory
    from pages.session.in_turns import made_in_turns

    def work():  # type: ignore[no-untyped-def]
        memory.remember(times=memory.recall("times", 0) + 1)
        yield from range(1, 10)
        return "all of it"

    made, said = made_in_turns("made", 2, ("key", 1), work, lambda i: (i / 9, f"{i} of 9"))
    st.text(f"{made} {said} {memory.recall('times')}")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    in_small_slices(monkeypatch)


def broken_off(at: AppTest, turn: int) -> AppTest:
    """Run the script, and break it off at a turn, as a click elsewhere does."""
    with broken_off_at(turn):
        return fine(at.run())


@pytest.mark.usefixtures("slow")
def test_what_was_begun_goes_on_and_stop_keeps_what_it_said() -> None:
    at = broken_off(AppTest.from_function(script), 5)
    assert at.progress[0].text == "4 of 9"
    broken_off(at, 3)
    assert at.progress[0].text == "6 of 9", "it went on where it was"
    fine(at.button(key="stop_made").click().run())
    assert texts(at) == "None 6 1"
    assert texts(fine(at.run())) == "None 6 1", "nor does the next run of the page go on"
    fine(at.button(key="go_on_made").click().run())
    assert texts(at) == "all of it None 1"
    assert not at.progress
    assert texts(fine(at.run())) == "all of it None 1"


def test_what_another_script_of_the_session_made_meanwhile_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is loaded anew while it works: its session has two scripts for a moment, and one piece of work."""
    turn = Gate.turn

    @contextmanager
    def turn_after_another(self: Gate, patient: bool = False) -> Iterator[None]:
        begun = memory.kept("begun").pop(("made", ("key", 1)), None)
        if begun is not None:
            made = GATE.finish(begun.work)
            memory.keep("made", 2, ("key", 1), lambda _: made)
        with turn(self, patient):
            yield

    monkeypatch.setattr(Gate, "turn", turn_after_another)
    assert texts(fine(AppTest.from_function(script).run())) == "all of it None 1"
