"""A run in one file, from which it can be loaded again and gone on with: an .npz of plain arrays.

The file holds the settings, the text, the words, the vectors V and U, and the losses; NumPy opens it too:

    about          JSON in UTF-8: format, version, trainer, settings, how far
    text           the text that was trained, in UTF-8
    words          the words, one on each line, in UTF-8
    V, U           (kept, n_words, dim), (kept, n_rows, dim): of a stepped run its last moment, of a whole-text
                   run every pass that was kept, the start first ("kept" in `about` has their numbers)
    losses         (done,) of every update or every pass;  heldout_losses : (done,) or empty

A file may come from anyone: `saved_run_reader.py` reads it with care.
"""

import io
import json
from collections.abc import Generator
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import Floats
from w2v.config import Config
from w2v.corpus import Corpus
from w2v.files.npz_archive import Array
from w2v.run import Run
from w2v.whole.holdout import split_counts
from w2v.whole.pass_run import Passing
from w2v.whole.passes import Passes
from w2v.whole.trainers import TRAINERS, Trainer
from w2v.whole.whole_text import WholeTextRun
from w2v.word_vectors import WordVectors

FORMAT, VERSION = "w2v run", 1
SAVED_AS: dict[str, Trainer] = {trainer.saved_as: trainer for trainer in TRAINERS.values()}
"""The trainers by their names in these files."""

Frame = tuple[Array, Array]


@dataclass(frozen=True, eq=False)
class SavedRun:
    """What a file says of a run.

    config         : what was trained, the text among it
    trainer        : "steps" for a `Run`, "whole" for a `WholeTextRun`
    words          : (n_words,)
    done           : updates or passes done
    best           : the pass with the lowest held-out loss, for "whole"; else `done`
    frames         : V and U: of a stepped run the last moment alone, of a whole-text run after 0 .. `done` passes,
                     None for those that were not kept; see `WholeTextRun`
    losses         : (done,) nats;  heldout_losses : (done,) or empty
    ended          : "finished", "asked" or "diverged" for a stepped run; for a whole-text run see there
    holdout, l2, seconds : of a whole-text run; see there
    """

    config: Config
    trainer: Literal["steps", "whole"]
    words: tuple[str, ...]
    done: int
    best: int
    frames: tuple[Frame | None, ...]
    losses: Floats
    heldout_losses: Floats
    ended: str
    holdout: float = 0.0
    l2: float = 0.0
    seconds: float = 0.0

    def word_vectors(self) -> WordVectors:
        """Return the words with the input vectors: of the best pass, or of the last moment."""
        frame = self.frames[min(self.best, len(self.frames) - 1)]
        assert frame is not None  # the best and the last are always kept
        return WordVectors(self.words, frame[0])

    def moments(self) -> Passes | None:
        """Return what was trained, if the file holds its past; None of a stepped run, which `replay` trains again.

        Raises ValueError in one sentence when text and words do not belong together.
        """
        if not SAVED_AS[self.trainer].saves_past:
            return None
        run = self.whole_run()
        return Passes(replace(run, config=replace(run.config, trainer="passes")))  # whatever its Config said of that

    def replay(self) -> Generator[tuple[int, int], bool | None, Run]:
        """Train a stepped run again up to where it was saved; yields as `Run.train`, returns the Run.

        All of a run follows from its settings, so that nothing needs to be kept of it but them and how far it
        went: the Run is the same one, bit for bit, with its whole past.
        """
        return self._train_to(self.done)

    def go_on(self) -> Generator[tuple[int, int], bool | None, Run]:
        """Train a stepped run through the moment it was saved at to its end; see `replay`."""
        return self._train_to(None)

    def whole_run(self) -> WholeTextRun:
        """Return the whole-text run as it was saved. The text is counted again, nothing is trained.

        A run without losses of sentences kept aside had none, also where some would be kept aside today.
        Raises ValueError in one sentence when text and words do not belong together.
        """
        config = self.config
        corpus = Corpus.read(config.text, config.reading, min_count=config.min_count)
        if corpus.vocabulary.words != self.words:
            raise ValueError(
                "The words in this file are not those of the text in it as it is read now: train it again."
            )
        holdout = 0.0 if np.isnan(self.heldout_losses).any() else self.holdout
        counts, heldout_counts = split_counts(config, corpus, holdout)
        return WholeTextRun(
            config=config,
            corpus=corpus,
            counts=counts,
            heldout_counts=heldout_counts,
            holdout=holdout,
            l2=self.l2,
            losses=self.losses,
            heldout_losses=self.heldout_losses,
            seconds=self.seconds,
            ended=self.ended,  # type: ignore[arg-type]
            frames=self.frames,
        )

    def go_on_whole(self, more_passes: int | None = None) -> Passing[WholeTextRun]:
        """Go on with a whole-text run for some more passes; yields as `WholeTextRun.train`."""
        start = self.whole_run()
        return WholeTextRun.train(
            self.config, holdout=start.holdout, l2=self.l2, max_passes=more_passes, corpus=start.corpus, start=start
        )

    def _train_to(self, end: int | None) -> Generator[tuple[int, int], bool | None, Run]:
        training = Run.train(self.config)
        stop: bool | None = None
        while True:
            try:
                done, planned = training.send(stop)
            except StopIteration as finished:
                run: Run = finished.value
                return run
            stop = (yield done, planned) or (end is not None and done >= end) or None


def saved_run(run: Run | WholeTextRun) -> bytes:
    """Return a run as the bytes of an .npz file."""
    about: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    if isinstance(run, Run):
        last = run.parameters(run.n_steps)
        about |= {"trainer": "steps", "done": run.n_steps, "best": run.n_steps}
        about["ended"] = run.stopped.reason if run.stopped else "finished"
        frames: list[Frame] = [(last.V, last.U)]
        heldout = np.zeros(0)
    else:
        about |= {"trainer": "whole", "done": run.n_passes, "best": run.best}
        about |= {"holdout": run.holdout, "l2": run.l2, "seconds": run.seconds, "ended": run.ended}
        frames = [frame for frame in run.frames if frame is not None]
        about["kept"] = list(run.kept)
        watched = run.heldout_counts.total > 0
        heldout = run.heldout_losses if watched else np.zeros(0)
    config = run.config
    about["config"] = {f.name: getattr(config, f.name) for f in fields(Config) if f.name != "text"}
    packed = io.BytesIO()
    np.savez(
        packed,
        about=_bytes(json.dumps(about, indent=1)),
        text=_bytes(config.text),
        words=_bytes("\n".join(run.corpus.vocabulary.words)),
        V=np.stack([V for V, _ in frames]),
        U=np.stack([U for _, U in frames]),
        losses=run.losses,
        heldout_losses=heldout,
    )
    return packed.getvalue()


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)
