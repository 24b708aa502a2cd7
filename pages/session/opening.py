"""What a visitor opened: a saved run, which becomes the present one, or vectors of another program."""

from dataclasses import fields

from pages.session import choosing, memory, now
from pages.session.given import given
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
    """Return the vectors that a visitor opened, or those that the app was given, unless they closed them; or None."""
    vectors: WordVectors | None = memory.latest("opened")[1]
    found = given()
    if vectors is not None or found is None or memory.recall("closed_given"):
        return vectors
    return found.vectors


def opened_key() -> str:
    """Return what tells them from others that were opened before."""
    return str(memory.latest("opened")[0])


def opened_name() -> str:
    """Return what the open vectors are called: of those that the app was given, a visitor opened none."""
    found = given()
    is_given = found is not None and found.vectors is not None and opened_vectors() is found.vectors
    return f"The vectors of {found.name}" if found is not None and is_given else "The vectors you opened"


def close_vectors() -> None:
    """Forget them: the pages show the run again."""
    memory.forget("opened")
    memory.remember(closed_given=True)


def given_to_open() -> str | None:
    """Return the name of the file that the app was given, where its vectors are there and not open."""
    found = given()
    is_there = found is not None and found.vectors is not None
    return found.name if found is not None and is_there and opened_vectors() is not found.vectors else None


def open_given() -> None:
    """Open the vectors that the app was given."""
    memory.forget("opened")
    memory.remember(closed_given=False)
