"""One thing that can be saved, as a button; and how files are called."""

import threading
from collections.abc import Callable

import streamlit as st

from w2v import Config

_ONE_AT_A_TIME = threading.BoundedSemaphore(1)  # a class that saves at once takes turns


def file_name(config: Config) -> str:
    """Return how the files of a run begin: only our own words, nothing of a visitor's text."""
    return f"word2vec-{(config.preset or 'own-text').replace('_', '-')}"


_BYTES = "application/octet-stream"
_KINDS = {
    "html": ("text/html", "web_asset"),
    "gif": ("image/gif", "gif_box"),
    "png": ("image/png", "image"),
    "svg": ("image/svg+xml", "shapes"),
    "csv": ("text/csv", "table"),
    "txt": ("text/plain", "text_snippet"),
    "bin": (_BYTES, "data_array"),
    "zip": ("application/zip", "folder_zip"),
    "npz": (_BYTES, "save"),
    "py": ("text/x-python", "code"),
    "ipynb": ("application/x-ipynb+json", "menu_book"),
}


def offer(label: str, make: Callable[[], bytes], file: str, problem: str | None = None) -> None:
    """A button that makes a file when it is pressed; one that cannot be made says why.

    label : our own words;  file : its name, which says its kind, and is the button's key
    """
    mime, icon = _KINDS[file.rsplit(".", 1)[1]]

    def in_turn() -> bytes:
        with _ONE_AT_A_TIME:
            return make()

    st.download_button(
        label,
        in_turn,
        file,
        mime,
        key=f"save_{file}",
        help=problem,
        on_click="ignore",
        icon=f":material/{icon}:",
        disabled=problem is not None,
        width="stretch",
    )
