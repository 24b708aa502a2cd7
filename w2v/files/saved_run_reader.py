"""A saved run is read with care: a file may come from anyone, and what cannot be is refused in one sentence.

`npz_archive.py` makes arrays of the bytes; here they are compared with each other and with the settings.
"""

import json
from dataclasses import MISSING, fields
from typing import Any

import numpy as np

from w2v.arrays import Floats, frozen, frozen_floats
from w2v.config import Config
from w2v.files.npz_archive import Array, read_npz
from w2v.files.saved_runs import FORMAT, SAVED_AS, VERSION, SavedRun
from w2v.objectives import MAX_WORDS, OBJECTIVES

MEMBERS = ("about", "text", "words", "V", "U", "losses", "heldout_losses")
_LARGEST = 1e100  # in vectors: its square is a number too
_MAX_ABOUT = 20_000  # bytes of JSON


def read_saved_run(data: bytes) -> SavedRun:
    """Read what `saved_run` wrote. Raises ValueError in one sentence for anything else."""
    arrays = read_npz(data, MEMBERS)
    about = about_of(arrays["about"])
    config = config_of(about, text_of(arrays["text"], "text", surrogates=True))
    words = tuple(text_of(arrays["words"], "words").split("\n"))
    name = about.get("trainer")
    trainer = SAVED_AS.get(name) if isinstance(name, str) else None
    done, best = whole_number(about, "done"), whole_number(about, "best")
    if trainer is None or about.get("ended") not in trainer.ends or best > done:
        raise ValueError("This file does not say how its run was trained.")
    losses, heldout = (checked_losses(arrays[name], name, done) for name in ("losses", "heldout_losses"))
    if len(losses) != done:
        raise ValueError(f"This run has {done:,} updates or passes and {len(losses):,} losses.")
    kept = _kept(about, {0, best, done}) if trainer.saves_past else [0]
    V, U = checked_vectors(arrays["V"], arrays["U"], config, len(words), len(kept))
    frame_of = dict(zip(kept, zip(V, U)))
    if trainer.saves_past and len(heldout) == 0:
        heldout = frozen_floats(np.full(done, np.nan))
    saved = SavedRun(
        config=config,
        trainer=trainer.saved_as,
        words=words,
        done=done,
        best=best,
        frames=tuple(frame_of.get(i) for i in range(kept[-1] + 1)),
        losses=losses,
        heldout_losses=heldout,
        holdout=real_number(about, "holdout", 0.5),
        l2=real_number(about, "l2", 1e9),
        seconds=real_number(about, "seconds", 1e9),
        ended=about["ended"],
    )
    saved.word_vectors()  # checks the words
    return saved


def text_of(array: Array, name: str, surrogates: bool = False) -> str:
    """Return a text of an archive; with `surrogates` half letters are let through, as a text may have them."""
    if array.dtype != np.uint8 or array.ndim != 1:
        raise ValueError(f"The {name} in this file are no text.")
    try:
        return array.tobytes().decode("utf-8", "surrogatepass" if surrogates else "strict")
    except UnicodeDecodeError as error:
        raise ValueError(f"The {name} in this file are not valid UTF-8 (position {error.start:,}).") from None


def about_of(array: Array) -> dict[str, Any]:
    """Return what a saved run says about itself."""
    text = text_of(array, "settings") if array.size <= _MAX_ABOUT else ""
    try:
        about = json.loads(text)
    except (ValueError, RecursionError):
        about = None
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise ValueError("This file has no settings of a run in it.")
    if about.get("version") != VERSION:
        raise ValueError("This run was saved by another version of this program, which this one cannot read.")
    return about


def config_of(about: dict[str, Any], text: str) -> Config:
    """Return what was trained."""
    values, known = about.get("config"), {f.name for f in fields(Config) if f.default is not MISSING}
    if not isinstance(values, dict) or not set(values) <= known:
        raise ValueError("This file has settings that this program does not know.")
    if "trainer" not in values and about.get("trainer") == "whole":  # an earlier version kept these two outside
        held_back = about.get("l2") != 0 or values.get("objective") == "negative"
        values = {"trainer": "passes", "hold_back": held_back, **values}
    return Config(text, **values)


def whole_number(about: dict[str, Any], name: str) -> int:
    """Return a number of the settings that is not negative."""
    value = about.get(name)
    if type(value) is not int or not 0 <= value <= 10**9:
        raise ValueError(f"This file has no {name!r} that is a whole number.")
    return value


def real_number(about: dict[str, Any], name: str, most: float) -> float:
    """Return a number of the settings from 0 to `most`, 0 where there is none."""
    value = about.get(name, 0.0)
    if type(value) not in (int, float) or not 0 <= value <= most:
        raise ValueError(f"This file has no {name!r} that is a number from 0 to {most:g}.")
    return float(value)


def _kept(about: dict[str, Any], needed: set[int]) -> list[int]:
    """Which passes the file has: numbers that rise from 0 to the last, the best among them."""
    kept = about.get("kept")
    if (
        not isinstance(kept, list)
        or any(type(i) is not int for i in kept)
        or kept != sorted(set(kept))
        or not needed <= set(kept)
        or kept[-1] > max(needed)
        or kept[0] < 0
    ):
        raise ValueError("This file does not say which passes it has.")
    return kept


def checked_losses(array: Array, name: str, done: int) -> Floats:
    """Return losses that are finite, one for each of `done`, or none at all."""
    if array.dtype != np.float64 or array.ndim != 1 or len(array) not in (0, done) or not np.isfinite(array).all():
        raise ValueError(f"The {name} in this file are not one finite number for each update or pass.")
    return frozen_floats(array)


def checked_vectors(
    V: Array, U: Array, config: Config, n_words: int, frames: int, most_words: int = MAX_WORDS
) -> tuple[list[Array], list[Array]]:
    """Return the vectors of so many frames, each read-only, if they are what belongs to these settings and words."""
    n_rows = OBJECTIVES[config.objective].n_rows(n_words)
    if n_words > most_words:
        raise ValueError(f"This run has {n_words:,} words, and {most_words:,} is the limit.")
    for name, array, rows in (("V", V, n_words), ("U", U, n_rows)):
        if array.dtype not in (np.float64, np.float32) or array.shape != (frames, rows, config.dim):
            raise ValueError(
                f"{name} in this file has the shape {array.shape}, and {(frames, rows, config.dim)} belongs to its "
                "settings and words."
            )
        if not np.isfinite(array).all():
            raise ValueError(f"{name} in this file has numbers that are not finite.")
        if float(np.abs(array).max(initial=0)) > _LARGEST:
            raise ValueError(f"{name} in this file has a number above {_LARGEST:g}, which no training comes to.")
    return _copies(V), _copies(U)


def _copies(stack: Array) -> list[Array]:
    """Each frame as an array of its own, read-only."""
    copies = [frame.copy() for frame in stack]
    for copy in copies:
        frozen(copy)
    return copies
