"""A run that was opened in the place of another one: what is other in it, and the way back."""

from dataclasses import dataclass

from pages.session import choosing, memory, now
from w2v import Config


@dataclass(frozen=True)
class _Opened:
    """config : of the run that was opened;  differs : what is other in it, in words.

    before, t, word : what was looked at until then
    """

    config: Config
    differs: str
    before: Config
    t: int | None
    word: str | None


def open_run(wanted: Config, t: int, word: str | None, differs: str) -> None:
    """Open a run in the place of the present one, as `choosing.open_run`, and remember the way back.

    differs : what is other in it, in words of our own
    """
    opened = _Opened(wanted, differs, now.config(), memory.recall("t"), now.word())
    choosing.open_run(wanted, t, word)
    if now.config() == wanted != opened.before:
        memory.remember(opened_run=opened)


def differs() -> str | None:
    """Return what is other in the present run than in the one before, if it was opened in the place of that one."""
    opened: _Opened | None = memory.recall("opened_run")
    return opened.differs if opened is not None and opened.config == now.config() else None


def go_back() -> None:
    """Look at what was looked at before the run was opened."""
    opened: _Opened | None = memory.recall("opened_run")
    if opened is not None:
        choosing.open_run(opened.before, now.END if opened.t is None else opened.t, opened.word)
