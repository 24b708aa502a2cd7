"""A saved run of counts is read with care, as all files that may come from anyone: see `saved_run_reader.py`."""

from typing import Any

import numpy as np

from w2v.arrays import frozen_floats
from w2v.corpus import Vocabulary
from w2v.files.counts_run_files import TRAINER, SavedCountsRun
from w2v.files.npz_archive import Array, read_npz
from w2v.files.saved_run_reader import (
    about_of,
    checked_losses,
    checked_vectors,
    config_of,
    read_saved_run,
    real_number,
    text_of,
    whole_number,
)
from w2v.files.saved_runs import SavedRun
from w2v.files.zip_problems import names_in
from w2v.whole.alternating_newton import Momentum
from w2v.whole.checks import MOST_WORDS_COUNTED
from w2v.whole.early_stopping import EarlyStopping
from w2v.whole.training import History, Midway

MEMBERS = ("about", "words", "word_counts", "V", "U", "losses", "heldout_losses", "radii", "steps")
ENDS = ("max_passes", "heldout", "asked", "time")
_MOST_COUNT = 2**53  # whole numbers up to here are exact as float64
_NOT_SAID = "This file does not say how its run was trained."


def read_run(data: bytes) -> SavedRun | SavedCountsRun:
    """Read a run of either kind. Raises ValueError in one sentence for anything else."""
    return read_counts_run(data) if holds_counts_run(data) else read_saved_run(data)


def holds_counts_run(data: bytes) -> bool:
    """Whether these bytes are an archive of a run of counts, as far as its names say."""
    return names_in(data) >= {"about.npy", "word_counts.npy", "V.npy"}


def read_counts_run(data: bytes) -> SavedCountsRun:
    """Read what `counts_run_bytes` wrote. Raises ValueError in one sentence for anything else."""
    arrays = read_npz(data, MEMBERS)
    about = about_of(arrays["about"])
    config = config_of(about, "")
    vocabulary = _vocabulary(arrays)
    done, best, ended = whole_number(about, "done"), whole_number(about, "best"), about.get("ended")
    n_pairs, kept = about.get("n_pairs"), sorted({best, done})
    if about.get("trainer") != TRAINER or ended not in ENDS or best > done or about.get("kept") != kept:
        raise ValueError(_NOT_SAID)
    if not isinstance(n_pairs, list) or [type(n) for n in n_pairs] != [int, int]:
        raise ValueError(_NOT_SAID)
    losses, heldout = (checked_losses(arrays[name], name, done) for name in ("losses", "heldout_losses"))
    if len(losses) != done:
        raise ValueError(f"This run has {done:,} passes and {len(losses):,} losses.")
    n_words = len(vocabulary)
    V, U = checked_vectors(arrays["V"], arrays["U"], config, n_words, len(kept), MOST_WORDS_COUNTED)
    frame_of = dict(zip(kept, zip(V, U)))
    history = History(
        l2=real_number(about, "l2", 1e9),
        losses=losses,
        heldout_losses=heldout if len(heldout) else frozen_floats(np.full(done, np.nan)),
        seconds=real_number(about, "seconds", 1e9),
        ended=ended,
        frames=tuple(frame_of.get(i) for i in range(done + 1)),
    )
    midway = _midway(about, arrays, (n_words, config.dim))
    saved = SavedCountsRun(config, vocabulary, (n_pairs[0], n_pairs[1]), best, history, midway)
    saved.word_vectors()  # checks the words
    return saved


def _vocabulary(arrays: dict[str, Array]) -> Vocabulary:
    words = tuple(text_of(arrays["words"], "words", surrogates=True).split("\n"))
    counts = arrays["word_counts"]
    if counts.dtype != np.float64 or counts.shape != (len(words),):
        raise ValueError("This file does not say of each of its words how often it occurs.")
    if not ((counts >= 0) & (counts <= _MOST_COUNT)).all():
        raise ValueError("A word in this file occurs a number of times that cannot be.")
    return Vocabulary(words, counts.astype(np.int64))


def _midway(about: dict[str, Any], arrays: dict[str, Array], shape: tuple[int, int]) -> Midway | None:
    """Return what a checkpoint has besides; None of a run that is none."""
    said = about.get("midway")
    if said is None:
        return None
    (n_words, dim), radii, steps = shape, arrays["radii"], arrays["steps"]
    right = [(2, n_words, 1), (2, n_words, dim)]
    if [radii.shape, steps.shape] != right or not (np.isfinite(radii).all() and np.isfinite(steps).all()):
        raise ValueError("The checkpoint in this file does not belong to its words.")
    try:
        return Midway(
            whole_number(said, "planned"),
            EarlyStopping.known(said["stopping"]),
            Momentum(
                n_passes=whole_number(said, "n_passes"),
                is_begun=said["is_begun"] is True,
                trust_radius=(radii[0], radii[1]),
                last_step=(steps[0], steps[1]),
                quick_rounds=whole_number(said, "quick_rounds"),
            ),
        )
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError):
        raise ValueError("The checkpoint in this file does not say how far it is.") from None
