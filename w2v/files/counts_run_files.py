"""A run of counts in one file, from which it can be gone on with when the counts are given again.

It is an .npz of plain arrays as in `saved_runs.py`, without the text:

    about                   JSON in UTF-8: format, version, how it was counted and trained, how far
    words                   the words, one on each line, in UTF-8;  word_counts : (n_words,) how often each occurs
    V, U                    (kept, n_words, dim): the best and the last pass ("kept" in `about` has their numbers)
    losses, heldout_losses  (done,) of every pass; the second is empty when nothing was kept aside
    radii, steps            (2, n_words, 1) and (2, n_words, dim) of a checkpoint: what the optimiser knows besides,
                            of V and of U; else empty
"""

import io
import json
from dataclasses import asdict, dataclass, fields
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from w2v.config import Config
from w2v.corpus import Vocabulary
from w2v.counting.counted_text import CountedText
from w2v.files.saved_runs import FORMAT, VERSION
from w2v.whole.counts_run import CountsRun
from w2v.whole.training import History, Midway
from w2v.word_vectors import WordVectors

TRAINER = "counts"

_NOT_THESE = "This run was trained on other counts than these: give those that it was trained on."


@dataclass(frozen=True, eq=False)
class SavedCountsRun:
    """What a file says of a run of counts.

    config     : how it was trained
    vocabulary : its words
    n_pairs    : how many pairs were learned from, and how many kept aside
    best       : the pass with the lowest held-out loss
    history    : its passes; of the frames, only the best and the last are there
    midway     : of a checkpoint, what is needed besides to go on as if it had never stopped; else None
    """

    config: Config
    vocabulary: Vocabulary
    n_pairs: tuple[int, int]
    best: int
    history: History
    midway: Midway | None

    def word_vectors(self) -> WordVectors:
        """Return the words with the input vectors of the best pass."""
        frame = self.history.frames[self.best]
        assert frame is not None  # the best and the last are always kept
        return WordVectors(self.vocabulary.words, frame[0])

    def check(self, counted: CountedText) -> None:
        """Raise ValueError in one sentence unless these are the counts that it was trained on."""
        ours, theirs = self.vocabulary, counted.vocabulary
        same = ours.words == theirs.words and (ours.counts == theirs.counts).all()
        if not same or self.n_pairs != _n_pairs(counted):
            raise ValueError(_NOT_THESE)


def counts_run_bytes(run: CountsRun, midway: Midway | None = None) -> bytes:
    """Return a run of counts as the bytes of an .npz file; with `midway`, as a checkpoint."""
    packed = io.BytesIO()
    write_counts_run(run, packed, midway)
    return packed.getvalue()


def write_counts_run(run: CountsRun, file: BinaryIO, midway: Midway | None = None) -> None:
    """Write a run of counts into a file that is open; with `midway`, as a checkpoint."""
    kept = sorted({run.best, run.n_passes})
    frames = [frame for frame in map(run.frames.__getitem__, kept) if frame is not None]
    config = run.config
    about: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "trainer": TRAINER,
        "done": run.n_passes,
        "best": run.best,
        "kept": kept,
        "l2": run.l2,
        "seconds": run.seconds,
        "ended": run.ended,
        "n_pairs": _n_pairs(run.counted),
        "config": {f.name: getattr(config, f.name) for f in fields(Config) if f.name != "text"},
    }
    radii = steps = np.zeros(0, np.float32)
    if midway:
        momentum = midway.momentum
        radii, steps = np.stack(momentum.trust_radius), np.stack(momentum.last_step)
        about["midway"] = {
            "planned": midway.planned,
            "stopping": asdict(midway.stopping),
            "n_passes": momentum.n_passes,
            "is_begun": momentum.is_begun,
            "quick_rounds": momentum.quick_rounds,
        }
    np.savez(
        file,
        about=_bytes(json.dumps(about, indent=1)),
        words=_bytes("\n".join(run.vocabulary.words)),
        word_counts=run.vocabulary.counts.astype(np.float64),
        V=np.stack([V for V, _ in frames]),
        U=np.stack([U for _, U in frames]),
        losses=run.losses,
        heldout_losses=run.heldout_losses if run.heldout_counts.total > 0 else np.zeros(0),
        radii=radii,
        steps=steps,
    )


def _n_pairs(counted: CountedText) -> tuple[int, int]:
    return counted.counts.total, counted.heldout.total


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)
