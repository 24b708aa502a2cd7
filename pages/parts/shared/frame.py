"""What every page has around it in the browser: the size of everything, placeholders for pictures to come, what a guide
rings, presentation, in which the picture stands alone, and the entries of the browser's history.

Pictures come a moment after the page. Without a placeholder as tall as each will be, all below would jump then. A
style sheet knows how tall; it is put into the page by the first component on it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from pages.components import messages
from pages.components.joining import lean
from pages.components.register import Component, send_code, unseen_place
from pages.drawing.glossary import explanations
from pages.session import allowed, memory, now

LARGE = "projector"  # key of the switch
WIDE = "60rem"  # of a window; in a narrower one pictures stand below each other and are as tall as they need


def _beside(rem: float) -> str:
    """The height of a player with a map, as in player.css, when the rest of the page needs so much of the window."""
    return _between(430, f"var(--w2v-room, {rem}rem)", 780)


def _between(least: int, room: str, tallest: int) -> str:
    """The height of the window but for the room of the rest, within limits that projector size moves."""
    left = f"100vh - {room} - var(--w2v-guide, 0rem)"
    return f"clamp(var(--w2v-least, {least}px), {left}, var(--w2v-tallest, {tallest}px))"


# Of each its height, as the style sheet of what stands in it has it, and the pixels that hold until this style sheet
# is there: right for a window of 800. Training by passes has placeholders of its own.
PLACEHOLDERS = {
    "update_start": (_beside(400 / 16), 430),
    "update_training": (_beside(285 / 16), 540),
    "update_map": (_beside(354 / 16), 470),
    "update_update": ("9.3rem", 149),
    "update_words": ("5rem", 80),
    "update_variants": ("5rem", 80),
    "pass_start": (_beside(400 / 16), 430),
    "pass_training": (_beside(392 / 16), 430),
    "pass_map": (_beside(354 / 16), 446),
    "pass_update": ("5rem", 80),
    "pass_words": ("5rem", 80),
    "words": ("27rem", 432),
    "pass_variants": ("5rem", 80),
    "update_lessons": ("5rem", 80),
    "pass_lessons": ("5rem", 80),
    "guess": ("25.5rem", 408),
    "ledger": (_between(410, "var(--w2v-ledger-room, 22rem)", 700), 448),
    "windows": (
        "clamp(300px, 100vh - var(--w2v-windows-room, 30.2rem) - var(--w2v-guide, 0rem), var(--w2v-tallest, 460px))",
        372,
    ),
}

# The same of sentences that come and change while one looks: as many lines as they mostly need.
SENTENCES = {
    "box": ("7.1875rem", 115),  # for a text
    "heading": ("3.2rem", 51),
    "learned": ("clamp(3.2rem, (75rem - 100vw) * 1000, 4.8rem)", 51),  # a third line in a narrower window
}

NARROW_SENTENCE = "max(4.8rem, 13rem - 14vw)"  # the narrower the window, the more lines

_FRAME = Component("w2v_frame", Path(__file__).with_suffix(".js"))
_TYPING = Component("w2v_typing", Path(__file__).parent / "typing.js")


def _style() -> str:
    """The style sheet of the frame: the room that is kept, and what stands in its file."""
    exact = "".join(
        [
            f".st-key-{kind}_{name}{{min-height:calc({height})!important}}"
            for kind, places in (("placeholder", PLACEHOLDERS), ("sentence", SENTENCES))
            for name, (height, _) in places.items()
        ]
    )
    free = f"[class*=st-key-sentence_]{{min-height:{NARROW_SENTENCE}!important}}"
    for kept in ("[class*=st-key-placeholder_]", "[class*=st-key-sentence_]", ".st-key-body"):
        free += f"{kept}{{height:auto!important;overflow:visible!important}}"
        free += f"div:has(>{kept}){{flex:none!important;height:auto!important}}"
    rest = lean(Path(__file__).with_suffix(".css").read_text(encoding="utf-8"))
    return f"{free}@media(min-width:{WIDE}){{{exact}}}{rest}"


_STYLE = _style()  # the same on every page and every run


def mount(title: str, guide: Mapping[str, Any] | None) -> None:
    """Put the frame around this page. Call it before the page is drawn.

    title : what it is called;  guide : what a guide rings and opens on it
    """
    turned = messages.presentation(memory.widget_value("frame"))
    if turned is not None and turned != memory.recall("turned"):
        memory.remember(turned=turned)
        now.present(turned.wanted)
    framed = allowed.is_embedded()
    about = {
        "large": bool(memory.widget_value(LARGE)),
        "present": now.is_presented(),
        "framed": framed,
        "guide": guide,
    }
    sent = {**about, "address": now.first_address(), "style": _STYLE, "terms": explanations(title)}
    with unseen_place("frame"):
        _FRAME.show(sent, key="frame", reports="turned")
        with memory.sent_with_every_run():
            send_code()
    place = st.container()  # there in any case: what follows keeps its number, and a playing player plays on
    if now.is_presented() and not framed:
        place.button("Leave (Esc)", key="present_leave", type="tertiary", on_click=now.present, args=(False,))


def links(pages: Sequence[Any]) -> None:
    """The pages by the first words of their names, on a row or two: where Streamlit folds them, in narrow windows.

    pages : as st.Page makes them
    """
    with st.container(key="page_links", height=1, border=False, horizontal=True, gap=None):
        for page in pages:
            st.page_link(page, label=page.title.split(" and ")[0], width="content")


@dataclass(frozen=True, kw_only=True)
class LongTexts:
    """How a box takes a long text that is pasted in place of all that is in it.

    The browser would freeze for seconds over the lines of a book, so that only its beginning is put into the box, and
    all of it is brought apart.

    from_length : characters of the shortest that is long;  beginning : characters of it that the box shows
    goes_on : what follows them there;  take : is called with all of the text, before the page
    """

    from_length: int
    beginning: int
    goes_on: str
    take: Callable[[str], None]


def refused_by_box(key: str, most: int, ours: int | None = None, long: LongTexts | None = None) -> int | None:
    """Return how many characters a text has that was just kept out of the box of this page, as too long; else None.

    What is let into the box for a text, typed or pasted, counts without leaving the box.

    key : of the box;  most : characters that it takes;  ours : characters of the text in it, where that is one to start
        with: a text that is pasted then takes its place
    """
    data: dict[str, Any] = {"key": key, "most": most, "ours": ours}
    brings: dict[str, Callable[[], None]] = {}
    if long is not None:
        data["long"] = {"from": long.from_length, "beginning": long.beginning, "goes_on": long.goes_on}
        brings["put_in"] = partial(_take_brought, long.take)
    report = _TYPING.show(data, key="typing", reports="refused", brings=brings, unseen=True)
    refused = messages.refused(report)
    if refused is None or refused == memory.recall("refused"):
        return None
    memory.remember(refused=refused)
    return refused.n_characters


def _take_brought(take: Callable[[str], None]) -> None:
    text = messages.put_in(memory.widget_value("typing"))
    if text is not None:
        take(text)


def body() -> "st.delta_generator.DeltaGenerator":
    """The container of all that a page shows: unseen until the style sheet is there, so that nothing moves by it."""
    return st.container(key="body", height=1, border=False)


def placeholder(name: str) -> "st.delta_generator.DeltaGenerator":
    """A container that is as tall as what will stand in it, from the first moment on."""
    if name not in PLACEHOLDERS:
        raise KeyError(f"There is no placeholder {name!r}.")
    return st.container(key=f"placeholder_{name}", height=PLACEHOLDERS[name][1], border=False)


def sentence(name: str) -> "st.delta_generator.DeltaGenerator":
    """A container with room for a sentence that comes later, or is longer at times."""
    return st.container(key=f"sentence_{name}", height=SENTENCES[name][1], border=False)


def size_switch() -> None:
    """The switch for projectors: everything 1.35 times as large, on every page of this visit."""
    st.toggle("Projector size", key=LARGE, persist_state="session", help="Everything 1.35 times as large.")
