"""The way to open vectors of another program on Map, or a run that was saved here."""

import io
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.components.register import Component
from pages.drawing.words import shown
from pages.parts.shared.encodings import ENCODINGS
from pages.session import allowed, memory
from pages.session.opening import given_to_open, open_given, open_saved
from w2v import WordVectors, read_projector, read_saved_run
from w2v.files.archives import holds_run
from w2v.files.formats import read_stream
from w2v.files.other_formats import OtherFormatError
from w2v.files.row_gatherer import Errors

MEGABYTES = 20  # of one file; of a larger one the browser sends so much
BYTES = 1_000_000  # in one of them, as Streamlit counts in the browser
_REPLACED = "Unicode (UTF-8), letters that are not valid replaced"
_WRITTEN: dict[str, tuple[str | None, Errors | None]] = {
    **{name: (codec, None) for name, codec in ENCODINGS.items()},
    _REPLACED: ("utf-8", "replace"),
}
_CUTTING = Component("w2v_cutting", Path(__file__).parent / "cutting.js")


def show() -> None:
    """Show the button, and behind it the box for files, unless the visitor's link hides it."""
    if allowed.hides("settings"):
        return
    with st.popover("Open vectors or a run", icon=":material/upload_file:"):
        refused = st.container()  # on top: what stands below the box for files is out of sight on a phone
        written = st.selectbox("How its words are written", _WRITTEN, key="opened_encoding", persist_state="session")
        st.file_uploader(
            "word2vec text or binary, GloVe text, also as .gz or .zip; the two tables of TensorBoard's projector, "
            f"together or zipped; or a run saved here. Of a large file the first {MEGABYTES} MB",
            key="opened_file",
            accept_multiple_files=True,
            max_upload_size=MEGABYTES,
            on_change=_take_files,
            args=_WRITTEN[written],
        )
        if (name := given_to_open()) is not None:
            st.button("Open the file that the app was started with", key="open_given", on_click=open_given)
            st.text(shown(name))
        if problem := memory.widget_value("opened_problem"):
            refused.text(problem)
        st.caption("Files stay in the memory of this session. A run (.npz) opens as a run.")


def cut_large_files() -> None:
    """Let the browser send the beginning alone of a file that is too large. To be called once on the page."""
    _CUTTING.show({"key": "opened_file", "most": MEGABYTES * BYTES}, key="cutting", unseen=True)


def _take_files(encoding: str | None, errors: Errors | None) -> None:
    """Open what came. A callback: it runs before the page, when only the session has the files."""
    files = memory.taken_uploads("opened_file")
    if not files:
        return
    memory.set_widget_value("opened_problem", None)
    try:
        first = files[0].getvalue()
        if len(files) == 1 and holds_run(first):
            open_saved(read_saved_run(first))
        else:
            memory.keep("opened", 1, files[0].file_id, lambda _: _read(files, encoding, errors))
    except ValueError as error:
        memory.set_widget_value("opened_problem", str(error))


def _read(files: Sequence[UploadedFile], encoding: str | None, errors: Errors | None) -> WordVectors:
    most = MEGABYTES * BYTES
    data = {file.name: file.getvalue() for file in files}
    if len(data) > 1:
        if any(len(table) >= most for table in data.values()):
            raise ValueError(f"Of two files that belong together none can have more than {MEGABYTES} MB.")
        return read_projector(data, encoding=encoding, errors=errors)
    ((name, only),) = data.items()
    if only.startswith(b"PK") and len(only) >= most:
        raise ValueError(f"This archive has more than {MEGABYTES} MB: unpack it and open what is in it.")
    try:
        return read_stream(io.BytesIO(only), encoding=encoding, errors=errors, first_bytes=most - 1)
    except OtherFormatError as problem:
        raise problem.of(name) from None
