"""A visitor without a browser: opens the app under Streamlit's AppTest, goes to a page, reads what stands there.

Only this file knows under which keys of the session the app keeps what was chosen and what was made of it.
"""

import base64
import json
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages.session import bar, gate
from pages.session.gate import Gate
from w2v import Config, Plan, Run
from w2v.reading.characters import USUAL
from w2v.reading.tokens import Tokens
from w2v.whole.passes import Passes

ROOT = Path(__file__).parent.parent.absolute()
PAGES = tuple(sorted(path.stem for path in (ROOT / "pages/screens").glob("*.py")))

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


# --- coming, and going about ----------------------------------------------------------------------------------


def visit(config: Config | None = None, page: str = "text", opened: Sequence[str] = (), **query: str) -> AppTest:
    """Follow a link: the app at a Config and a page, with more of the link as keywords.

    opened : the keys of boxes that are folded else
    """
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in ((config.to_query() if config else {}) | query).items():
        at.query_params[name] = value
    if page != "start":
        at._page_hash = calc_hash(page)  # AppTest itself would come by Start, and switch to the page from there
    for key in opened:
        at.session_state[key] = True
    at.run()
    (frame,) = sent_to(at, "w2v_frame")
    if address := json.loads(frame.json)["address"]:  # the browser writes the first one itself
        at.query_params = dict(parse_qsl(address))
    return at


def go(at: AppTest, page: str) -> AppTest:
    """Change the page, with the address as the browser keeps it."""
    return at.switch_page(f"pages/screens/{page}.py").run()


def press(at: AppTest, key: str, page: str) -> AppTest:
    """Press a button that turns to a page, which is shown then; AppTest itself would go back from there."""
    return fine(at.button(key=key).click().run()).switch_page(f"pages/screens/{page}.py")


def fine(at: AppTest) -> AppTest:
    """Assert that no script failed; the traceback of one that did is in the log."""
    assert not at.exception, [e.message for e in at.exception]
    return at


def paste(text: str) -> AppTest:
    """Come, and paste a text."""
    at = visit()
    at.text_area(key="pasted").set_value(text).run()
    return fine(at)


def whole(text: str) -> AppTest:
    """Come, paste a long text, and have it trained as a whole."""
    at = train_whole(paste(text))
    assert is_whole(at)
    return at


def train_whole(at: AppTest) -> AppTest:
    """Press the button that trains the text in the box: of many words, as a whole."""
    return at.button(key="watch").click().run()


def trained(at: AppTest, page: str = "training", *, stop: bool = False) -> AppTest:
    """Go to a page and wait until the whole text is trained; `stop` asks training to stop as soon as it can."""
    go(at, page)
    for _ in range(200):
        if not training_under_way(at):
            assert passes_of(at)
            return fine(at)
        fine((at.button(key="stop_passes").click() if stop else at).run())
    raise AssertionError("training does not end")


def report(at: AppTest, page: str, **moment: Any) -> AppTest:
    """Let the player on a page say where it came to rest, as the browser would."""
    at.session_state[f"player_{page}"] = {"moment": {"run": record(at)[0]["id"], **moment}}
    return at.run()


def click_in_picture(at: AppTest, **place: Any) -> AppTest:
    """Click a moment or a word in a picture of Words, as its browser would report it."""
    at.session_state["words_picture"] = {"picked": {"run": picture(at)["name"], **place}}
    return fine(at.run())


def leave_bars(at: AppTest, shares: Sequence[float], key: str = "guess_bars", **said: Any) -> AppTest:
    """Leave the bars of a guess at these shares, as the browser would report it."""
    here = guess(at)
    of = {"id": here["id"], "command": here["command"], "shares": list(shares), **said}
    at.session_state[key] = {"shares": of}
    return fine(at.run())


def answer_of_tab(
    at: AppTest, text: str | None, draft: str | None = None, file: str | None = None, *, unknown: bool = False
) -> AppTest:
    """Let the tab of the browser say which texts it kept, packed, as the browser would; "" for no text in use.

    unknown : whether it was told to keep a text that it was not sent
    """
    at.session_state["tab"] = {"kept": {"text": text, "draft": draft, "file": file, "unknown": unknown}}
    return at.run()


def sent_to_tab(at: AppTest, place: str = "text") -> str | None:
    """What the tab of the browser is to keep in use, or as "draft" in the box: a packed text, "" for none, None for
    what it was sent before.
    """
    (sent,) = sent_to(at, "w2v_tab")
    said = json.loads(sent.json)
    name: str | None = said["keep"] and said["keep"][place]
    return said["texts"].get(name) if name else name


def kept_of_lessons(at: AppTest) -> str | None:
    """What the tab of the browser is to keep of lessons, packed; None for what it has."""
    (sent,) = sent_to(at, "w2v_tab")
    kept: str | None = json.loads(sent.json)["lessons"]
    return kept


def tab_brings_lessons(at: AppTest, kept: str) -> AppTest:
    """Let the tab of the browser say what it kept of lessons, as it does in a visit that it has not heard of."""
    at.session_state["tab"] = {"kept": {"text": None, "draft": None, "file": None, "lessons": kept}}
    return fine(at.run())


def open_menu(at: AppTest, key: str) -> AppTest:
    """Open what is made only when it is opened, by its key."""
    at.session_state[key] = True
    return fine(at.run())


def open_settings(at: AppTest) -> AppTest:
    """Open the settings, on pages that have them."""
    return open_all(at, "settings_menu")


def open_all(at: AppTest, *keys: str) -> AppTest:
    """Open these menus where they are there, and not open yet."""
    for key in keys:
        if key in at.session_state and not at.session_state[key]:
            open_menu(at, key)
    return at


def setting(at: AppTest, name: str) -> Any:
    """The widget of a setting by its name in Config; the settings are opened for it."""
    open_settings(at)
    return next(box for box in (*at.number_input, *at.selectbox, *at.toggle) if box.key == f"setting_{name}")


def type_into(at: AppTest, key: str, typed: str) -> AppTest:
    """Type into a list what does not stand there."""
    box = at.selectbox(key=key)
    box.options = [*box.options, typed]  # AppTest itself could only choose
    return fine(box.set_value(typed).run())


def choose_level(at: AppTest, level: str) -> AppTest:
    """Let the ledger of One update say which level was chosen in it, as the browser would."""
    at.session_state["ledger"] = {"chosen": {"level": level}}
    return at.run()


def in_numbers(at: AppTest) -> AppTest:
    """Ask for numbers on all pages, on one that has the choice."""
    return fine(at.radio(key="level_choice").set_value("numbers").run())


@contextmanager
def the_page_stays(at: AppTest) -> Iterator[None]:
    """Keep what the browser shows, whatever comes of a script that is broken off meanwhile."""
    shown = at._tree
    yield
    at._tree = shown


# --- what stands on the page ----------------------------------------------------------------------------------


def problem(at: AppTest) -> str | None:
    """The sentence about what could not be done, which must be one and stand on the page as plain text."""
    sentence = at.session_state["problem"]
    if sentence is not None:
        assert sentence in [t.value for t in at.text], "the sentence is not shown"
    return sentence


def has_way_back(at: AppTest) -> bool:
    """Whether the page has the button back to the visitor's own text."""
    return any((button.key or "").startswith("own_text_") for button in at.button)


def texts(at: AppTest) -> str:
    """All that the page says in plain words."""
    return "\n".join(str(e.value) for kind in (at.text, at.caption, at.markdown) for e in kind)


def labels(at: AppTest) -> set[str]:
    """The labels of all that can be pressed, opened, chosen and saved."""
    return {said for _, proto in elements(at) for where, said in strings(proto) if where.endswith("label")}


def table(at: AppTest, *columns: str) -> pd.DataFrame:
    """The one table that has all of these columns. Shares, which stand there in percent, are shares again."""
    found = [d for d in at.dataframe if set(columns) <= set(d.value.columns)]
    assert len(found) == 1, [list(d.value.columns) for d in at.dataframe]
    frame = found[0].value.copy()
    for name, config in json.loads(found[0].proto.columns).items():
        if (config.get("type_config") or {}).get("format") == "%.2g %%":
            frame[name] /= 100
    return frame


def in_table(share: float) -> Any:
    """A share as a table has it: in percent, with fifteen digits."""
    return pytest.approx(share, rel=1e-14, abs=0)


def sent_to(at: AppTest, component: str) -> list[Any]:
    """What was sent to each component of this name on the page: it has .bytes or .json."""
    return [c.proto for c in at.get("bidi_component") if c.proto.component_name == component]


def record(at: AppTest) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What was sent to the player on this page, unpacked."""
    (sent,) = sent_to(at, "w2v_player")
    return unpack(sent.bytes)


def picture(at: AppTest) -> dict[str, Any]:
    """What was sent to the picture of the part of Words that is shown."""
    (sent,) = sent_to(at, "w2v_word_pictures")
    found: dict[str, Any] = json.loads(sent.json)
    return found


def guess(at: AppTest) -> dict[str, Any]:
    """What was sent to the bars of a guess."""
    (sent,) = sent_to(at, "w2v_guess")
    found: dict[str, Any] = json.loads(sent.json)
    return found


def ledger(at: AppTest) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What was sent to the ledger of One update, unpacked."""
    (sent,) = sent_to(at, "w2v_update")
    return unpack(sent.bytes)


def curves(at: AppTest) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """The curves of the Plotly pictures on the page, by their names: where, and how high."""

    def numbers(sent: Any) -> np.ndarray:
        packed = isinstance(sent, dict)
        return np.frombuffer(base64.b64decode(sent["bdata"]), f"<{sent['dtype']}") if packed else np.array(sent, float)

    traces = [trace for chart in at.get("plotly_chart") for trace in json.loads(chart.proto.spec)["data"]]
    return {trace["name"]: (numbers(trace["x"]), numbers(trace["y"])) for trace in traces}


def unpack(blob: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Read a packed record as the browser does: by the length in front, then by the offsets in the header."""
    (length,) = struct.unpack_from("<I", blob)
    header = json.loads(blob[4 : 4 + length].decode("utf-8"))
    arrays = {}
    for name, (dtype, offset, shape) in header["arrays"].items():
        assert offset % 8 == 0, name
        count = int(np.prod(shape))
        assert offset >= 4 + length, name
        assert offset + count * np.dtype(dtype).itemsize <= len(blob), name
        arrays[name] = np.frombuffer(blob, np.dtype(f"<{dtype}"), count, offset).reshape(shape)
    return header, arrays


def elements(at: AppTest) -> Iterator[tuple[str, Message]]:
    """Every element and block of the page as (type, what is sent to the browser)."""

    def below(node: Any) -> Iterator[tuple[str, Message]]:
        for child in node.children.values():
            if isinstance(getattr(child, "proto", None), Message):
                yield child.type, child.proto
            if hasattr(child, "children"):
                yield from below(child)

    yield from below(at._tree)


def strings(message: Message, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string in a message, with the path of its field."""
    for field, value in message.ListFields():
        where = f"{path}.{field.name}" if path else field.name
        for item in value if field.is_repeated else [value]:
            if isinstance(item, Message):
                yield from strings(item, where)
            elif isinstance(item, str):
                yield where, item


# --- what was chosen ------------------------------------------------------------------------------------------


def config(at: AppTest) -> Config:
    """What is to be trained."""
    return at.session_state["config"]


def is_whole(at: AppTest) -> bool:
    """Whether the text is trained as a whole."""
    return config(at).trainer == "passes"


def moment(at: AppTest) -> int | None:
    """The moment that was chosen, None as long as none was; `now.END` is the last one, wherever that is."""
    return at.session_state["t"]


def chosen_word(at: AppTest) -> str | None:
    """The selected word."""
    return at.session_state["word"]


def draft(at: AppTest) -> str:
    """The text in the box, whether it can be trained or not."""
    return at.session_state["draft"]


def offered(at: AppTest) -> Config | None:
    """How a text that was refused could be trained as a whole, or None."""
    return at.session_state["offer"]


def is_being_cut(at: AppTest) -> bool:
    """Whether a long text waits to be cut into words."""
    return at.session_state["reading"] is not None


def gone_elsewhere(at: AppTest, t: int) -> AppTest:
    """Go to a moment by other means than the player, which still says where it came to rest."""
    at.session_state["t"] = t
    return at.run()


# --- what was made of it, and is kept -------------------------------------------------------------------------


def latest_run(at: AppTest) -> Run:
    """The run that the page shows."""
    return kept_runs(at)[config(at)]


def kept_runs(at: AppTest) -> Mapping[Config, Run]:
    """The runs that were trained and are kept, the latest one last."""
    return _of_unit(at, "update")


def kept_configs(at: AppTest) -> list[Config]:
    """What is trained and kept, the latest last."""
    return list(at.session_state["trained"])


def _of_unit(at: AppTest, unit: str) -> dict[Config, Any]:
    return {made: moments for made, moments in at.session_state.get("trained", {}).items() if moments.unit == unit}


def forget_runs(at: AppTest) -> None:
    """Forget all runs, as if no page that trains had been visited."""
    at.session_state["trained"].clear()


def kept_plans(at: AppTest) -> Mapping[Config, Plan]:
    """The plans that were made and are kept."""
    return at.session_state["plans"]


def kept_tokens(at: AppTest, text: str) -> Tokens:
    """The words that a text was cut into, in lowercase."""
    return at.session_state["tokens"][text, USUAL]


def passes_of(at: AppTest) -> Passes:
    """The trained passes that are kept: those of one whole text at a time."""
    (passes,) = _of_unit(at, "pass").values()
    assert isinstance(passes, Passes)
    return passes


def training_under_way(at: AppTest) -> bool:
    """Whether what a page wanted to have trained is still being trained."""
    return at.session_state["training"] is not None


def lesson_answers(at: AppTest) -> Mapping[str, Any]:
    """How far the visitor has come in each lesson, and what they answered, by its name."""
    return at.session_state.get("lessons", {})


def back_to_step(at: AppTest, guide: str, number: int) -> AppTest:
    """Come back to a step of a guide, as Back of the browser does: nothing is revealed then."""
    at.session_state["guide"] = (guide, number)
    at.session_state["revealed"] = False
    return fine(at.run())


def opened_lessons(at: AppTest) -> Mapping[str, Any]:
    """The lessons that were opened from files, or made, by name."""
    return at.session_state["opened_lessons"]


def has_ngrams(at: AppTest) -> bool:
    """Whether the n-grams of a text were counted."""
    return "ngrams" in at.session_state


def has_likelihoods(at: AppTest) -> bool:
    """Whether the likelihood of a whole text was added up."""
    return "likelihoods" in at.session_state


def everything_kept(at: AppTest) -> dict[str, Mapping[Any, Any]]:
    """All collections that are kept for the session, by name: what was made, by what it was made from."""
    kept = at.session_state.to_dict().items()
    return {name: made for name, made in kept if isinstance(made, dict) and not name.startswith("$$")}


def kept_about(at: AppTest, text: str) -> list[str]:
    """The names under which something is kept that was made from a text."""

    def is_about(key: Any) -> bool:
        if isinstance(key, Config):
            return key.text == text
        return any(map(is_about, key)) if isinstance(key, tuple) else key == text

    return [name for name, made in everything_kept(at).items() if any(map(is_about, made))]


# --- numbers in equations -------------------------------------------------------------------------------------


def latex(at: AppTest, mark: str) -> list[float]:
    """The numbers in the one equation that contains `mark`, in reading order, words left out."""
    found = [e.value for e in at.latex if mark in e.value]
    assert len(found) == 1, (mark, found)
    return numbers(found[0])


def numbers(text: str) -> list[float]:
    """The numbers in a piece of LaTeX; words and names of symbols are no numbers."""
    text = re.sub(r"\\text\{[^{}]*\}", "", text).replace("{,}", "")
    text = re.sub(r"\\cdot 10\^\{(-?\d+)\}", r"e\1", text)
    return [float(n) for n in NUMBER.findall(text)]


def close_to_three_digits(shown: list[float], true: Any) -> bool:
    """Whether each number shown is the true one, rounded to three significant digits."""
    true = [float(x) for x in true]
    if len(shown) != len(true):
        return False
    for a, b in zip(shown, true):
        unit = 0.0 if b == 0 else 10.0 ** (np.floor(np.log10(abs(b))) - 2)
        if abs(a - b) > 0.5001 * unit:
            return False
    return True


# --- work in slices --------------------------------------------------------------------------------------------


def in_small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have all work come in the smallest slices, its bar from the first on and drawn after each."""
    monkeypatch.setattr(gate, "SLICE_SECONDS", 0.0)
    monkeypatch.setattr(gate, "QUIET_SECONDS", 0.0)
    monkeypatch.setattr(bar, "DRAWN_SECONDS", 0.0)


@contextmanager
def broken_off_at(turn: int) -> Iterator[None]:
    """Break off the script at a turn at the gate, counted from 1, as a click elsewhere does."""
    inner, turns = Gate.turn, 0

    def counted(this: Gate, patient: bool = False) -> Any:
        nonlocal turns
        turns += 1
        if turns == turn:
            st.stop()
        return inner(this, patient)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Gate, "turn", counted)
        yield
