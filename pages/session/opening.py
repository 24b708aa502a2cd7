"""What a visitor opened: a saved run, which becomes the present one, or vectors of another program."""

from dataclasses import fields

from pages.session import choosing, memory, now
from pages.session.training import keep_trained
from w2v import SavedRun, WordVectors


def open_saved(saved: SavedRun) -> None:
    """Make a saved run the present one, at the moment where it was saved.

    Raises ValueError in one sentence when it cannot be opened here; then all is as it was.
    """
    moments = saved.moments()
    wanted = saved.config if moments is None else moments.config
    choosing.change_now(**{f.name: getattr(wanted, f.name) for f in fields(wanted)})
    if memory.recall("problem"):
        raise ValueError(memory.recall("problem"))
    if moments is not None:
        memory.kept("trained")[wanted] = moments
        keep_trained([wanted])
    now.look_at(wanted, saved.done if moments is None else now.END, draft=wanted.text)
    now.send_player()
    now.write_address()


def opened_vectors() -> WordVectors | None:
    """Return the vectors of another program that a visitor opened, or None."""
    vectors: WordVectors | None = memory.latest("opened")[1]
    return vectors


def close_vectors() -> None:
    """Forget them: the pages show the run again."""
    memory.forget("opened")
