"""A run in one file, from which it can be loaded again and gone on with: an .npz of plain arrays, read with care.

The file holds the settings, the text, the words, the vectors V and U, and the losses; NumPy opens it too:

    about          JSON in UTF-8: format, version, trainer, settings, how far
    text           the text that was trained, in UTF-8
    words          the words, one on each line, in UTF-8
    V, U           (kept, n_words, dim), (kept, n_rows, dim): of a stepped run its last moment, of a whole-text
                   run every pass that was kept, the start first ("kept" in `about` has their numbers)
    losses         (done,) of every update or every pass;  heldout_losses : (done,) or empty

A file may come from anyone. Nothing in it is pickled or run; the archive must be uncompressed, as `numpy.savez` makes
it, so that nothing in it can be larger than the file; names, types and shapes are compared with what is expected
before an array is made. What cannot be is refused in one sentence.
"""

import io
import json
import re
import struct
import zipfile
from collections.abc import Generator
from dataclasses import MISSING, dataclass, fields, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import Floats, frozen, frozen_floats
from w2v.config import Config
from w2v.corpus import Corpus
from w2v.holdout import split_counts
from w2v.plan import MAX_WORDS
from w2v.run import Run
from w2v.whole.passes import Passes
from w2v.whole_text import Training, WholeTextRun
from w2v.word_vectors import WordVectors

_FORMAT, _VERSION = "w2v run", 1
_MEMBERS = ("about", "text", "words", "V", "U", "losses", "heldout_losses")
_ENDED = {"steps": ("finished", "asked", "diverged"), "whole": ("max_passes", "heldout", "asked")}
_MAX_ABOUT = 20_000  # bytes of JSON
_DAMAGED = (
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    OverflowError,
    struct.error,
)
_NPY = re.compile(
    rb"\{'descr': '([<|][a-z]\d)', 'fortran_order': False, 'shape': \((\d{1,12}(?:, \d{1,12})*)?,?\), \} *\n"
)

Array = NDArray[Any]
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
        frame = self.frames[self.best if self.trainer == "whole" else -1]
        assert frame is not None  # the best and the last are always kept
        return WordVectors(self.words, frame[0])

    def moments(self) -> Passes | None:
        """Return what was trained, if the file holds its past; None of a stepped run, which `replay` trains again.

        Raises ValueError in one sentence when text and words do not belong together.
        """
        if self.trainer == "steps":
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
        corpus = Corpus.from_text(config.text, lowercase=config.lowercase, min_count=config.min_count)
        if corpus.vocabulary.words != self.words:
            raise ValueError("The words in this file are not those of the text in it.")
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

    def go_on_whole(self, more_passes: int | None = None) -> Training:
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
    about: dict[str, Any] = {"format": _FORMAT, "version": _VERSION}
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


def read_saved_run(data: bytes) -> SavedRun:
    """Read what `saved_run` wrote. Raises ValueError in one sentence for anything else."""
    arrays = _arrays(data)
    about = _about(arrays["about"])
    config = _config(about, _text(arrays["text"], "text"))
    words = tuple(_text(arrays["words"], "words").split("\n"))
    trainer: Literal["steps", "whole"] = "whole" if about.get("trainer") == "whole" else "steps"
    done, best = _whole(about, "done"), _whole(about, "best")
    if about.get("trainer") != trainer or about.get("ended") not in _ENDED[trainer] or best > done:
        raise ValueError("This file does not say how its run was trained.")
    losses, heldout = (_checked_losses(arrays[name], name, done) for name in ("losses", "heldout_losses"))
    if len(losses) != done:
        raise ValueError(f"This run has {done:,} updates or passes and {len(losses):,} losses.")
    kept = _kept(about, {0, best, done}) if trainer == "whole" else [0]
    V, U = _checked_vectors(arrays["V"], arrays["U"], config, len(words), len(kept))
    frame_of = dict(zip(kept, zip(V, U)))
    if trainer == "whole" and len(heldout) == 0:
        heldout = frozen_floats(np.full(done, np.nan))
    saved = SavedRun(
        config=config,
        trainer=trainer,
        words=words,
        done=done,
        best=best,
        frames=tuple(frame_of.get(i) for i in range(kept[-1] + 1)),
        losses=losses,
        heldout_losses=heldout,
        holdout=_real(about, "holdout", 0.5),
        l2=_real(about, "l2", 1e9),
        seconds=_real(about, "seconds", 1e9),
        ended=about["ended"],
    )
    saved.word_vectors()  # checks the words
    return saved


# --- from bytes to arrays ---------------------------------------------------------------------------------------


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)


def _arrays(data: bytes) -> dict[str, Array]:
    """The arrays in an .npz archive, all of it checked before anything is made."""
    damaged = "This archive is damaged, or it is no .npz file."
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except _DAMAGED:
        raise ValueError(damaged) from None
    if sorted(member.filename for member in members) != sorted(f"{name}.npy" for name in _MEMBERS):
        raise ValueError("This archive is not a run that was saved here: it has other members.")
    if any(member.compress_type != zipfile.ZIP_STORED or member.flag_bits & 1 for member in members):
        raise ValueError("This archive is compressed or locked; runs are saved without that.")
    if sum(member.file_size for member in members) > len(data):
        raise ValueError("This archive promises more than it holds.")
    try:
        contents = {member.filename: archive.read(member) for member in members}
    except _DAMAGED:
        raise ValueError(damaged) from None
    return {name.removesuffix(".npy"): _array(content, name) for name, content in contents.items()}


def _array(data: bytes, name: str) -> Array:
    """One array in NumPy's format 1.0 as `numpy.save` writes it; the header must fit the bytes behind it."""
    length = int.from_bytes(data[8:10], "little")
    header = _NPY.fullmatch(data[10 : 10 + length])
    if data[:8] != b"\x93NUMPY\x01\x00" or header is None:
        raise ValueError(f"{name} in this archive is no plain array of numbers.")
    dtype = {b"<f8": np.float64, b"<f4": np.float32, b"|u1": np.uint8}.get(header[1])
    if dtype is None:
        raise ValueError(f"{name} in this archive holds no numbers that are expected there.")
    shape = tuple(int(n) for n in (header[2] or b"").split(b",") if n.strip())
    n_numbers = 1
    for n in shape:
        n_numbers *= n
    if n_numbers * np.dtype(dtype).itemsize != len(data) - 10 - length:
        raise ValueError(f"{name} in this archive is not as long as it says.")
    array: Array = np.frombuffer(data, dtype, offset=10 + length).reshape(shape)
    return array


# --- from arrays to a run ---------------------------------------------------------------------------------------


def _text(array: Array, name: str) -> str:
    if array.dtype != np.uint8 or array.ndim != 1:
        raise ValueError(f"The {name} in this file are no text.")
    try:
        return array.tobytes().decode("utf-8", "surrogatepass" if name == "text" else "strict")
    except UnicodeDecodeError as error:
        raise ValueError(f"The {name} in this file are not valid UTF-8 (position {error.start:,}).") from None


def _about(array: Array) -> dict[str, Any]:
    text = _text(array, "settings") if array.size <= _MAX_ABOUT else ""
    try:
        about = json.loads(text)
    except (ValueError, RecursionError):
        about = None
    if not isinstance(about, dict) or about.get("format") != _FORMAT:
        raise ValueError("This file has no settings of a run in it.")
    if about.get("version") != _VERSION:
        raise ValueError("This run was saved by another version of this program, which this one cannot read.")
    return about


def _config(about: dict[str, Any], text: str) -> Config:
    values, known = about.get("config"), {f.name for f in fields(Config) if f.default is not MISSING}
    if not isinstance(values, dict) or not set(values) <= known:
        raise ValueError("This file has settings that this program does not know.")
    if "trainer" not in values and about.get("trainer") == "whole":  # an earlier version kept these two outside
        held_back = about.get("l2") != 0 or values.get("objective") == "negative"
        values = {"trainer": "passes", "hold_back": held_back, **values}
    return Config(text, **values)


def _whole(about: dict[str, Any], name: str) -> int:
    value = about.get(name)
    if type(value) is not int or not 0 <= value <= 10**9:
        raise ValueError(f"This file has no {name!r} that is a whole number.")
    return value


def _real(about: dict[str, Any], name: str, most: float) -> float:
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


def _checked_losses(array: Array, name: str, done: int) -> Floats:
    if array.dtype != np.float64 or array.ndim != 1 or len(array) not in (0, done) or not np.isfinite(array).all():
        raise ValueError(f"The {name} in this file are not one finite number for each update or pass.")
    return frozen_floats(array)


def _checked_vectors(V: Array, U: Array, config: Config, n_words: int, frames: int) -> tuple[list[Array], list[Array]]:
    n_rows = n_words - 1 if config.objective == "hierarchical" else n_words
    if n_words > MAX_WORDS:
        raise ValueError(f"This run has {n_words:,} words, and {MAX_WORDS:,} is the limit.")
    for name, array, rows in (("V", V, n_words), ("U", U, n_rows)):
        if array.dtype not in (np.float64, np.float32) or array.shape != (frames, rows, config.dim):
            raise ValueError(
                f"{name} in this file has the shape {array.shape}, and {(frames, rows, config.dim)} belongs to its "
                "settings and words."
            )
        if not np.isfinite(array).all():
            raise ValueError(f"{name} in this file has numbers that are not finite.")
    return _copies(V), _copies(U)


def _copies(stack: Array) -> list[Array]:
    """Each frame as an array of its own, read-only."""
    copies = [frame.copy() for frame in stack]
    for copy in copies:
        frozen(copy)
    return copies
