"""What the browser reports is read whole or not at all."""

import json
import math
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pages.components import messages
from pages.components.messages import Place
from pages.session.levels import LEVELS

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-5, 60)
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["run", "x" * 100_000, 1e400, -0.0, 10**4000])
)
anything = st.recursive(
    scalars, lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=4), x, max_size=3), max_leaves=8
)
reports = anything | st.fixed_dictionaries(
    {}, optional={"run": anything, "id": anything, "t": anything, "word": anything, "level": anything}
)


@given(reports | st.builds(lambda t, word: {"run": "run", "t": t, "word": word}, anything, anything))
@example({"run": "run", "t": True, "word": None})
@example({"run": "run", "t": 3, "word": False})
@example({"run": "run", "t": 3})
@example({"run": "run", "t": 3, "word": -1})
@example({"run": "run", "t": 3, "word": 1.5})
def test_a_place_is_one_of_this_run_or_nothing(report: Any) -> None:
    place = messages.place(report, "run", 50, 9)
    if place is None:
        return
    assert place == Place("run", report["t"], report["word"])
    assert type(place.t) is int
    assert 0 <= place.t <= 50
    assert place.word is None or (type(place.word) is int and 0 <= place.word < 9)
    assert not isinstance(report["t"], bool)
    assert not isinstance(report["word"], bool)


shares = st.lists(st.floats(0, 1) | scalars, max_size=4)


@given(reports | st.builds(lambda said, command: {"id": "run", "command": command, "shares": said}, shares, anything))
@example({"id": "run", "command": 2, "shares": [0.5, 0.5, 0]})
@example({"id": "run", "command": 2, "shares": [True, 0.5, 0]})
@example({"id": "run", "command": 2, "shares": [0.5, math.nan, 0]})
@example({"id": "run", "command": 2, "shares": [0, 0, 0]})
@example({"id": "run", "command": 3, "shares": [0.5, 0.5, 0]})
def test_shares_are_one_for_each_bar_or_nothing(report: Any) -> None:
    found = messages.shares(report, "run", 3, 2)
    if found is None:
        assert report != {"id": "run", "command": 2, "shares": [0.5, 0.5, 0]}
        return
    assert (report["id"], report["command"]) == ("run", 2)
    assert list(found) == report["shares"]
    assert len(found) == 3
    assert all(isinstance(one, float) and 0 <= one <= 1 for one in found)
    assert sum(found) > 0


@given(st.integers(0, 50), st.none() | st.integers(0, 8))
def test_what_a_player_says_is_read(t: int, word: int | None) -> None:
    said = json.loads(json.dumps({"run": "run", "t": t, "word": word}))
    assert messages.place(said, "run", 50, 9) == Place("run", t, word)
    assert messages.place(said, "another", 50, 9) is None


@given(reports | st.builds(lambda word: {"id": "text", "word": word}, anything))
def test_a_picked_word_is_one_of_this_text_or_nothing(report: Any) -> None:
    picked = messages.picked(report, "text", 9)
    if picked is not None:
        assert report["id"] == "text"
        assert picked == {"word": report["word"]}
        assert picked["word"] is None or (type(picked["word"]) is int and 0 <= picked["word"] < 9)


@given(reports | st.builds(lambda level: {"level": level}, anything | st.sampled_from(list(LEVELS))))
def test_a_level_is_one_of_three_or_nothing(report: Any) -> None:
    level = messages.level(report, LEVELS)
    assert level is None or (level in LEVELS and level == report["level"])


@pytest.mark.parametrize("t", [3, 3.0])
def test_a_whole_number_may_be_written_with_a_point(t: float) -> None:
    place = messages.place({"run": "run", "t": t, "word": 2.0}, "run", 50, 9)
    assert place == Place("run", 3, 2)
    assert place is not None
    assert type(place.t) is int


@pytest.mark.parametrize("t", [math.nan, math.inf, -math.inf, 3.5, 51, -1, True, "3", [3], {"t": 3}, None])
def test_what_is_no_moment_of_the_run_is_not_read(t: Any) -> None:
    assert messages.place({"run": "run", "t": t, "word": None}, "run", 50, 9) is None


@given(anything | st.builds(lambda wanted, press: {"turned": {"present": wanted, "press": press}}, anything, anything))
@example({"turned": {"present": True, "press": True}})
@example({"turned": {"present": 1, "press": 1}})
def test_presentation_is_asked_for_or_nothing_is(report: Any) -> None:
    said = messages.presentation(report)
    if said is not None:
        assert {"present": said.wanted, "press": said.press} == {
            name: report["turned"][name] for name in ("present", "press")
        }
        assert (type(said.wanted), type(said.press)) == (bool, int)


@given(anything | st.builds(lambda n, press: {"n_characters": n, "press": press}, anything, anything))
def test_a_text_was_refused_or_nothing_was(report: Any) -> None:
    said = messages.refused(report)
    if said is not None:
        assert {"n_characters": said.n_characters, "press": said.press} == report
        assert (type(said.n_characters), type(said.press)) == (int, int)


@given(st.integers(0, 2**40), st.integers(0, 2**50))
def test_what_the_box_says_is_read(n_characters: int, press: int) -> None:
    said = json.loads(json.dumps({"n_characters": n_characters, "press": press}))
    assert messages.refused(said) == messages.Refused(n_characters, press)


@given(st.booleans(), st.integers(0, 2**50))
def test_what_the_frame_says_is_read(wanted: bool, press: int) -> None:
    said = json.loads(json.dumps({"turned": {"present": wanted, "press": press}}))
    assert messages.presentation(said) == messages.Presentation(wanted, press)


@pytest.mark.parametrize(("said", "command"), [(3, 3), (0.0, 0), (None, None), (-1, None), ("3", None), (True, None)])
def test_a_player_may_say_which_command_it_followed(said: Any, command: int | None) -> None:
    place = messages.place({"run": "run", "t": 3, "word": 2, "command": said}, "run", 50, 9)
    assert place == Place("run", 3, 2, command)


@given(reports | st.fixed_dictionaries({}, optional={"put_in": anything}))
def test_what_is_put_in_is_text_or_nothing(report: Any) -> None:
    text = messages.put_in(report)
    assert text is None or (isinstance(text, str) and text == report["put_in"])
    assert messages.put_in({"put_in": "a text"}) == "a text"


@given(reports | st.fixed_dictionaries({}, optional=dict.fromkeys(("text", "draft", "file"), anything)))
def test_what_the_tab_kept_is_text_or_nothing(report: Any) -> None:
    kept = messages.kept(report)
    if kept is not None:
        said = (kept.text, kept.draft, kept.file)
        assert said == tuple(report.get(name) for name in ("text", "draft", "file"))
        assert all(one is None or isinstance(one, str) for one in said)
