"""A visitor without a browser: opens the app under Streamlit's AppTest, goes to a page, reads what stands there."""

import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from w2v import Config, Run

ROOT = Path(__file__).parent.parent.absolute()
PAGES = tuple(sorted(path.stem for path in (ROOT / "pages/screens").glob("*.py")))

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def visit(config: Config | None = None, page: str = "text", **query: str) -> AppTest:
    """Follow a link: the app at a Config and a page, with more of the link as keywords."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in ((config.to_query() if config else {}) | query).items():
        at.query_params[name] = value
    at.run()
    return at if page == "start" else go(at, page)


def go(at: AppTest, page: str) -> AppTest:
    """Change the page, with the address as the browser keeps it."""
    return at.switch_page(f"pages/screens/{page}.py").run()


def fine(at: AppTest) -> AppTest:
    """Assert that no script failed; the traceback of one that did is in the log."""
    assert not at.exception, [e.message for e in at.exception]
    return at


def problem(at: AppTest) -> str | None:
    """The sentence about what could not be done, which must be one and stand on the page as plain text."""
    sentence = at.session_state["problem"]
    if sentence is not None:
        assert sentence in [t.value for t in at.text], "the sentence is not shown"
    return sentence


def texts(at: AppTest) -> str:
    """All that the page says in plain words."""
    return "\n".join(str(e.value) for kind in (at.text, at.caption, at.markdown) for e in kind)


def table(at: AppTest, *columns: str) -> pd.DataFrame:
    """The one table that has all of these columns."""
    found = [d.value for d in at.dataframe if set(columns) <= set(d.value.columns)]
    assert len(found) == 1, [list(d.value.columns) for d in at.dataframe]
    return found[0]


def report(at: AppTest, page: str, **moment: Any) -> AppTest:
    """Let the player on a page say where it came to rest, as the browser would."""
    at.session_state[f"player_{page}"] = {"moment": {"run": record(at)[0]["id"], **moment}}
    return at.run()


def record(at: AppTest) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What was sent to the player on this page, unpacked."""
    (sent,) = [c.proto.bytes for c in at.get("bidi_component") if c.proto.component_name == "w2v_player"]
    return unpack(sent)


def ledger(at: AppTest) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What was sent to the ledger of One update, unpacked."""
    (sent,) = [c.proto.bytes for c in at.get("bidi_component") if c.proto.component_name == "w2v_update"]
    return unpack(sent)


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


def latest_run(at: AppTest) -> Run:
    """The run that the page shows."""
    return at.session_state["runs"][at.session_state["config"]]


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
