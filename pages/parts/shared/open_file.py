"""The way to open a file that somebody has saved by Share, in place of a link."""

import streamlit as st

from pages.session import allowed, choosing, memory, sharing

MEGABYTES = 20  # so much takes the longest text, whatever its letters


def open_button() -> None:
    """The button, and behind it the box for the file, unless the visitor's link hides what changes the text."""
    if allowed.hides("settings"):
        return
    menu = st.popover(
        "Open a shared file", icon=":material/folder_open:", type="tertiary", on_change="rerun", key="shared_file_menu"
    )
    if menu.open:
        with menu:
            st.file_uploader(
                "A file that Share has saved (.w2v)", key="shared_file", max_upload_size=MEGABYTES, on_change=_take
            )
            if sentence := choosing.refused():
                st.text(sentence)


def _take() -> None:
    """Open what came. A callback: it runs before the page, when only the session has the file."""
    uploaded = memory.taken_upload("shared_file")
    if uploaded is not None:
        sharing.open_file(uploaded.getvalue())
