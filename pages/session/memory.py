"""What is remembered of a visitor: the only file that touches Streamlit's session.

Two kinds: what they chose and where they are, by name; and what was made of that, in short lists by what it was made
from, of which only the last few are kept.

A click that waits ends a script at its next look at the session: the next script may be at work by then. Not so a
callback, which Streamlit calls once: a text that was typed just before a button was pressed would be lost.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SafeSessionState
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.session import garbage
from w2v import Config

Made = TypeVar("Made")

LONG_TEXT = 50_000  # characters: what is made of a longer one takes memory and time
SEND_SECONDS = 3.0  # how long something is sent with every run: one that is broken off may not have reached the browser
OF_NO_TEXT = ("opened", "opened_tsne", "opened_odd")  # lists of what a visitor opened beside the text


# --- by name --------------------------------------------------------------------------------------------------


def recall(name: str, absent: Any = None) -> Any:
    """Return what is remembered under a name."""
    try:
        return _session()[name]
    except KeyError:
        return absent


def remember(**values: Any) -> None:
    """Remember values under their names; None lets go of what was remembered."""
    session = _session()
    for name, value in values.items():
        if value is None:  # else Streamlit would hold until the next run what was there: of a training, 30 MB
            with suppress(KeyError):
                del session[name]
        session[name] = value


def _session() -> Any:
    """Return the session, which a callback can ask without being ended."""
    context = get_script_run_ctx()
    if context is None or getattr(context, "has_script_started", True):
        return st.session_state
    inner = getattr(context.session_state, "_state", None)  # should another Streamlit have none, all works but for that
    return st.session_state if inner is None else SafeSessionState(inner, lambda: None)


def widget_value(key: str) -> Any:
    """Return what a widget holds."""
    return recall(key)


def set_widget_value(key: str, wanted: Any) -> None:
    """Put a value into a widget that is about to be shown.

    On every run: one that was away, or lies folded up in the browser, would begin with its own first value.
    """
    remember(**{key: wanted})


def is_shown(key: str) -> bool:
    """Say whether a widget with this key stands on the page already in this run: a second one would be an error."""
    context = get_script_run_ctx()
    return context is not None and key in context.shared.widget_user_keys_this_run


def came_back() -> bool:
    """Say whether this run of the page is because Back or Forward of the browser was pressed."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


# --- on the way to the browser -----------------------------------------------------------------------------------


class _Withheld(frozenset[str]):
    """No names of messages: in place of those of all that the browser said it still has."""

    had: frozenset[str]

    def __new__(cls, had: frozenset[str]) -> "_Withheld":
        self = super().__new__(cls)
        self.had = had
        return self


def send_in_full() -> None:
    """Have this run send everything in full, also what the browser said it still has.

    Streamlit's client drops what was not sent for three runs. It may say that it has something, and hear only then that
    one more run has ended, before it hears the answer: that would be "Cached ForwardMsg MISS", and the end of the page.
    A page sends the same with each of its runs, so only one that was left and comes back is in danger.
    """
    context = get_script_run_ctx()
    if context is not None and not isinstance(context.cached_message_hashes, _Withheld):
        context.cached_message_hashes = _Withheld(context.cached_message_hashes)


@contextmanager
def sent_with_every_run() -> Iterator[None]:
    """Send what the browser still has by its name alone, in spite of `send_in_full`: what every run of every page sends
    cannot be dropped.
    """
    context = get_script_run_ctx()
    known = None if context is None else context.cached_message_hashes
    if context is None or not isinstance(known, _Withheld):
        yield
        return
    context.cached_message_hashes = known.had
    try:
        yield
    finally:
        context.cached_message_hashes = known


def begin_to_send(name: str, what: Any) -> None:
    """Note that something goes to the browser from now on."""
    remember(**{name: (what, time.monotonic())})


def last_sent(name: str) -> Any:
    """Return what was last begun to be sent under a name, or None."""
    return (recall(name) or (None,))[0]


def is_to_send(name: str, what: Any) -> bool:
    """Say whether this still goes with every run."""
    return what == last_sent(name) and time.monotonic() - recall(name)[1] <= SEND_SECONDS


# --- short lists ----------------------------------------------------------------------------------------------
# Streamlit's own cache for a session forgets all when the connection breaks for a moment, and cannot be asked what is
# in it: neither for what was made last, from which the next t-SNE goes on, nor for all that was made from a long text
# when this has made way. It would also hash the whole text at every look. So the lists are kept here.


def keep(name: str, size: int, key: Any, make: Callable[[Any], Made]) -> Made:
    """Return what was made for `key`, making it if needed; the last `size` are kept for this session."""
    made = kept(name)
    if key not in made:
        made[key] = make(key)
        while len(made) > size:
            made.popitem(last=False)
    made.move_to_end(key)
    found: Made = made[key]
    return found


def is_kept(name: str, key: Any) -> bool:
    """Say whether what was made for `key` is still kept under a name."""
    return key in kept(name)


def latest(name: str) -> tuple[Any, Any]:
    """Return what was kept last under a name, with its key; (None, None) when nothing was."""
    return next(reversed(kept(name).items()), (None, None))


def forget(name: str) -> None:
    """Forget all that was kept under a name."""
    kept(name).clear()


def kept(name: str) -> OrderedDict[Any, Any]:
    """Return all that is kept under a name, by what it was made from, the latest last."""
    session = _session()
    if name not in session:
        session[name] = OrderedDict()
    made: OrderedDict[Any, Any] = session[name]
    return made


def let_go_of_other_texts(texts: set[str]) -> None:
    """When a long text has made way for these, forget everything that was made from it, at once.

    Its words stay with whoever put them aside; they are trained anew when they come back.
    """
    before = recall("texts", texts)
    remember(texts=texts)
    if all(len(text) <= LONG_TEXT for text in before - texts):
        return
    for name, made in st.session_state.items():
        if isinstance(made, OrderedDict) and name not in OF_NO_TEXT:
            for key in [key for key in made if not _is_about(key, texts)]:
                del made[key]
    under_way, offered = recall("training"), recall("offer")
    if under_way is not None and not _is_about(under_way.config, texts):
        remember(training=None)
    if offered is not None and not _is_about(offered, texts):
        remember(offer=None)
    steps, aside = recall("mended"), recall("aside")
    if steps and steps[-1][-1] not in texts and not (aside and aside["draft"] == steps[-1][-1]):
        remember(mended=())
    remember(mounted=None)
    garbage.give_back()


def _is_about(key: Any, texts: set[str]) -> bool:
    """Say whether what is kept under this key was made from one of these texts."""
    if isinstance(key, Config):
        return key.text in texts
    if isinstance(key, tuple):
        return any(_is_about(part, texts) for part in key)
    return isinstance(key, str) and key in texts


# --- files that were uploaded ---------------------------------------------------------------------------------


def taken_upload(name: str) -> UploadedFile | None:
    """Return the file that came into a box, which Streamlit then keeps no more; None when it was taken away."""
    return next(iter(taken_uploads(name)), None)


def taken_uploads(name: str) -> list[UploadedFile]:
    """Return the files that came into a box together, which Streamlit then keeps no more."""
    held = widget_value(name)
    files = [file for file in (held if isinstance(held, list) else [held]) if isinstance(file, UploadedFile)]
    if files:  # others were taken away, or let go of
        let_go_of_uploads()
    return files


def let_go_of_uploads() -> None:
    """Forget the files that this visitor has uploaded: each is read once, when it comes.

    Streamlit keeps them until the session ends, whether a box on the page still shows them or not.
    """
    context = get_script_run_ctx()
    if context is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)


def name_file(text: str, name: str) -> None:
    """Remember from which file a text came."""
    remember(file=(hash(text), name))  # not the text: it would stay when it has made way


def file_of(text: str) -> str | None:
    """Return the name of the file from which a text came, or None."""
    key, name = recall("file", (None, None))
    return name if key == hash(text) else None
