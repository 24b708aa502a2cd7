"""Sharing: a link that opens the same text, settings, moment and word for somebody else, as a code for phones too, or
a file where the text is too long for a link.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.drawing.qr_code import LARGEST_VERSION, MOST_CHARACTERS, qr_png
from pages.session import allowed, link, memory, now, reach, sharing, stepping
from pages.session.link import Limits

KEY = "share"  # of the menu
HIDES: Mapping[str, str] = {  # what others may do unless the link hides it, by its name there
    "settings": "Choose another text and other settings",
    "share": "Share and save",
    "pages": "Go to other pages",
}
PICTURES: Mapping[str, Mapping[str | None, str]] = {  # of pages, what can stand in a course page, by its part
    "training": {None: "Words on the map", "bars": "Guesses beside the text", "loss": "How wrong it guesses"},
    "map": {None: "Words on the map"},
}
FRAME = '<iframe src="{address}" title="{title}" width="600" height="400" style="border: 0"></iframe>'


def share_button() -> None:
    """The link to all that is shown now, behind one button; made when it is opened, for the moment at rest then."""
    if allowed.hides("share"):
        return
    menu = st.popover("Share", icon=":material/link:", on_change="rerun", key=KEY)
    if menu.open:
        with menu:
            offer(now.page())
            _step()
    show_code()


def _step() -> None:
    """The same as a step of the visitor's lesson, on pages where one can be."""
    if now.page() not in stepping.PAGES:
        return
    st.button("Make this moment a step", icon=":material/add:", key="step_here", on_click=stepping.ask_for_step)
    st.caption(stepping.said_of_step() or "Of a lesson of your own, which you write on Lessons.")


def offer(page: str) -> None:
    """What can be handed on of all that is looked at, to be opened on a page, as it stands in addresses."""
    top = st.container()
    limits, alone = _what_others_may_do()
    found = sharing.address(page, limits, alone)
    with top:
        if found is None:
            st.text("This text is too long for a link. Save a file instead: it holds the whole text.")
        else:
            show_link(found, "This link opens the same text, settings, moment, word and picture.")
        if found is None or len(found) > link.COMFORTABLE:
            _file(page, limits, alone)
        if now.config().preset is None:
            st.caption("Your text is inside: whoever has the link or the file can read it.")
    if found is not None and page in PICTURES:
        _frame(page, limits)


def show_link(found: str, opens: str) -> None:
    """A link as others can open it, and the code for it: see `show_code`.

    opens : what it opens, in a sentence
    """
    names = reach.names_in_networks() if reach.is_only_of_this_computer(found) else ()
    heard = st.get_option("server.address"), st.get_option("server.allowedHosts") or ["*"]
    others = reach.addresses_for_others(found, names, *heard)
    shown = _chosen(others) if others else found
    st.text(opens)
    st.code(shown, language=None, wrap_lines=True, height=160 if len(shown) > 200 else "content")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("QR code", icon=":material/qr_code:", key="share_qr", on_click=_ask_for_code, args=(shown,))
        st.caption(f"{len(shown):,} characters. Its upper right corner copies it.", width="content")
    if len(shown) > link.COMFORTABLE:
        st.text("Some programs cut off the end of a link that long: a file is safer.")
    if others:
        st.caption("For everybody in your network. The address in your own address bar works on this computer only.")
    elif reach.is_only_of_this_computer(shown):
        st.text("It works on this computer only. For others to open it, end the app and start it with this line:")
        st.text(reach.how_to_let_others_in(names))


def _chosen(others: Sequence[str]) -> str:
    """Let the visitor choose, where this computer is in several networks."""
    if len(others) == 1:
        return others[0]
    by_name = {reach.name_in(address): address for address in others}
    name = st.radio("This computer is in several networks. Others reach it as", list(by_name), key="share_network")
    return by_name[name or next(iter(by_name))]


def _what_others_may_do() -> tuple[Limits, bool]:
    """Let the visitor choose what to keep from others, and whether they see the picture alone."""
    with st.expander("What others may do"):
        st.caption("For the link that you pass on. Nothing changes for you.")
        moves = st.checkbox("Move through the training", True, key="share_moves", persist_state="session")
        if not moves:
            st.caption("Text, settings and moment stay as they are. Words can be chosen, and how much is shown.")
        asked = [name for name in HIDES if name not in allowed.limits().hide and (moves or name != "settings")]
        hidden = [
            name for name in asked if not st.checkbox(HIDES[name], True, key=f"share_{name}", persist_state="session")
        ]
        alone = st.checkbox("They see the picture alone, in large", key="share_alone", persist_state="session")
        st.caption("A convenience for lessons, no protection: whoever changes the address has all of it again.")
    return Limits(tuple(hidden), not moves), alone


def _file(page: str, limits: Limits, alone: bool) -> None:
    st.download_button(
        "Save a file that opens the same",
        lambda: sharing.file(page, limits, alone),
        "word2vec.w2v",
        "application/octet-stream",
        key="share_file",
        on_click="ignore",
        icon=":material/download:",
    )
    st.caption("It opens on Start, and where texts are uploaded on Text and windows.")


def _frame(page: str, limits: Limits) -> None:
    """The line for a course page."""
    place = st.expander("In a course page", on_change="rerun", key="share_frame")
    if not place.open:
        return
    pictures, part = PICTURES[page], None
    with place:
        if len(pictures) > 1:
            part = st.radio("Picture", list(pictures), format_func=pictures.__getitem__, key="share_part")
        found = sharing.address(page, limits, present=False, part=part, embed=True)
        st.caption("Paste this line: the picture and its player alone, in a frame.")
        if found is not None:
            line = FRAME.format(address=found.replace("&", "&amp;"), title=pictures[part])
            st.code(line, language=None, wrap_lines=True)


# --- the code -------------------------------------------------------------------------------------------------


def _ask_for_code(shown: str) -> None:
    memory.remember(code_of=shown)
    memory.set_widget_value(KEY, False)  # the menu would lie over it


def show_code() -> None:
    """Show the code that was asked for, once. Call it after the button for it."""
    shown = memory.recall("code_of")
    memory.remember(code_of=None)
    if shown is not None:
        _code(shown)


@st.dialog("Scan it to open the link", width="large")
def _code(shown: str) -> None:
    """The code, as large as there is room."""
    picture = qr_png(shown)
    if picture is None:
        st.text(
            f"This link has {len(shown):,} characters. A code that a phone can read from a few meters away holds at "
            f"most {MOST_CHARACTERS:,} (version {LARGEST_VERSION}): the squares of a larger one are too small for it."
        )
        st.text("Choose a shorter text, or pass on the link itself.")
        return
    with st.container(key="qr_code"):
        st.image(picture, width="stretch", alt=f"QR code of the link {shown}")
    if reach.is_only_of_this_computer(shown):
        st.text("The link works on this computer only: another device that reads the code cannot open it.")
