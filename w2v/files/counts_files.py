"""Counts in a file: an uncompressed .npz of plain arrays, which NumPy alone can read; nothing in it is pickled.

about                                        settings and format, as JSON in UTF-8
words                                        the words kept, most frequent first, a line each, in UTF-8
word_counts                                  (n_words,) how often each occurs
indptr, indices, data                        pairs to learn from: sparse rows, as in scipy.sparse.csr_array
heldout_indptr, heldout_indices, heldout_data  pairs of what is kept aside

Each pair of words stands there once, in the row of the one that comes first among the words: COUNT(c, o) is the sum of
this matrix and its transpose. So the count of a word with itself is half of COUNT(c, c).
"""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any, BinaryIO

import numpy as np
import scipy
from numpy.lib import format as npy
from numpy.typing import NDArray

from w2v.arrays import Sparse
from w2v.corpus import Vocabulary
from w2v.counting.counted_text import CountedText, CountSettings, Reached
from w2v.counting.runs import DiskRun
from w2v.counting.tally import Tally
from w2v.files.atomic_write import write_parts
from w2v.files.zip_problems import OPENING_A_ZIP
from w2v.paths import StrPath
from w2v.reading.characters import Reading

_KIND = "w2v counts"
FORMAT = f"{_KIND} 1"
_NO_FILE = "This is no file of counts that was saved here, or it is damaged."
_HALVES = {"learned": "", "heldout": "heldout_"}  # what their arrays begin with
_MOST_COUNT = 2**53  # whole numbers up to here are exact as float64
_PART = 2**22  # numbers written at once
_DAMAGED = (*OPENING_A_ZIP, KeyError, TypeError, AttributeError, MemoryError)


def save_counts(path: StrPath, counted: CountedText, replace: bool = False) -> None:
    """Write counts to a file. Raises ValueError in one sentence; then nothing is left there.

    replace : whether to write over what is there already; else that is refused
    """
    save_tally(path, Tally.of(counted), replace)


def load_counts(path: StrPath) -> CountedText:
    """Read counts from a file. Raises ValueError in one sentence."""
    tally = load_tally(path)
    if tally.reached:
        raise ValueError(
            "This count was stopped before its end: give the command that began it again to go on with it."
        )
    return tally.counted()


def holds_counts(begin: bytes) -> bool:
    """Whether a file that begins so can be one of counts: its first member says what it is about."""
    return begin.startswith(b"PK\x03\x04") and begin[30:39] == b"about.npy" and _KIND.encode() in begin[:512]


def save_tally(path: StrPath, tally: Tally, replace: bool = False) -> None:
    """Write counts, finished or not. Raises ValueError in one sentence; then nothing is left there."""
    try:
        write_parts(path, lambda file: _write(file, tally), replace)
    except FileExistsError:
        raise ValueError(f"{path} is there already: choose another name.") from None
    except OSError as problem:
        raise ValueError(f"{path} cannot be written: {problem.strerror or problem}.") from None


def load_tally(path: StrPath) -> Tally:
    """Read counts, finished or not. Raises ValueError in one sentence."""
    try:
        file = open(path, "rb")  # noqa: SIM115 - what cannot be opened is not what is damaged
    except OSError as problem:
        raise ValueError(f"This file cannot be read: {problem.strerror or problem}.") from None
    try:
        with file, _loaded(file) as arrays:
            return _tally({name: arrays[name] for name in arrays.files})
    except _AnotherVersionError:
        raise ValueError("These counts were saved by another version of this program: count the texts again.") from None
    except _DAMAGED:
        raise ValueError(_NO_FILE) from None


def _loaded(file: BinaryIO) -> Any:
    """Open an archive whose members are as large as they are in it, so that none takes more memory than the file."""
    if any(member.compress_type != zipfile.ZIP_STORED for member in zipfile.ZipFile(file).infolist()):
        raise ValueError(_NO_FILE)
    file.seek(0)
    return np.load(file, allow_pickle=False)


class _AnotherVersionError(Exception):
    """These are counts, in a format that is not known here."""


# --- writing ----------------------------------------------------------------------------------------------------


def _write(file: BinaryIO, tally: Tally) -> None:
    about = {
        "format": FORMAT,
        "settings": asdict(tally.settings),
        "n_tokens": tally.n_tokens,
        "reached": tally.reached and tally.reached._asdict(),
    }
    vocabulary = tally.vocabulary
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        _put(archive, "about", _text(json.dumps(about)))
        _put(archive, "words", _text("".join([f"{word}\n" for word in vocabulary.words])))
        _put(archive, "word_counts", vocabulary.counts)
        for half, prefix in _HALVES.items():
            run = getattr(tally, half)
            _put(archive, f"{prefix}indptr", run.indptr.astype(np.int64))
            for name, kind in (("indices", np.dtype(np.int32)), ("data", np.dtype(np.int64))):
                _put_parts(archive, f"{prefix}{name}", kind, run.nnz, _parts(run, name, kind))


def _text(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)


def _parts(run: "Sparse | DiskRun", name: str, kind: Any) -> Iterator[NDArray[Any]]:
    if isinstance(run, DiskRun):
        yield from run.parts(name, kind)
        return
    array = getattr(run, name)
    for start in range(0, run.nnz, _PART):
        yield array[start : start + _PART].astype(kind)


def _put(archive: zipfile.ZipFile, name: str, array: NDArray[Any]) -> None:
    _put_parts(archive, name, array.dtype, len(array), iter([array]))


def _put_parts(archive: zipfile.ZipFile, name: str, kind: Any, n: int, parts: Iterator[NDArray[Any]]) -> None:
    member = zipfile.ZipInfo(f"{name}.npy")  # without the time: the same counts make the same file
    with archive.open(member, "w", force_zip64=True) as file:
        header = {"descr": npy.dtype_to_descr(kind), "fortran_order": False, "shape": (n,)}
        npy.write_array_header_1_0(file, header)
        for part in parts:
            file.write(part.tobytes())


# --- reading ----------------------------------------------------------------------------------------------------


def _tally(arrays: dict[str, NDArray[Any]]) -> Tally:
    """Make counts of arrays that anybody may have written. Raises ValueError or KeyError where they cannot be any."""
    if not all(isinstance(array, np.ndarray) for array in arrays.values()):  # of other members NumPy gives the bytes
        raise ValueError(_NO_FILE)
    about = json.loads(arrays["about"].tobytes())
    if about["format"] != FORMAT:
        raise _AnotherVersionError if str(about["format"]).startswith(_KIND) else ValueError(_NO_FILE)
    settings = dict(about["settings"])
    if settings.keys() != {field.name for field in fields(CountSettings)}:
        raise ValueError(_NO_FILE)
    words = arrays["words"].tobytes().decode("utf-8", "surrogatepass").split("\n")[:-1]
    counts = arrays["word_counts"]
    if counts.dtype != np.int64 or counts.shape != (len(words),) or not ((counts >= 0) & (counts <= _MOST_COUNT)).all():
        raise ValueError(_NO_FILE)
    vocabulary = Vocabulary(tuple(words), counts)
    if len(vocabulary.ids) != len(words) or not _are_settings(settings) or not _is_count(about["n_tokens"]):
        raise ValueError(_NO_FILE)
    reached = about["reached"] and Reached(**about["reached"])
    halves = [_half(arrays, prefix, len(words)) for prefix in _HALVES.values()]
    return Tally(
        vocabulary,
        halves[0],
        halves[1],
        CountSettings(**{**settings, "reading": Reading(**settings["reading"])}),
        about["n_tokens"],
        reached,
    )


def _are_settings(settings: dict[str, Any]) -> bool:
    """Whether the settings are of the kinds that they should be; what they are is seen by `CountSettings`."""
    most_words, holdout, reading = settings["most_words"], settings["holdout"], settings["reading"]
    return (
        all(_is_count(settings[name]) for name in ("window", "min_count", "seed"))
        and (most_words is None or _is_count(most_words))
        and type(holdout) in (int, float)
        and all(type(value) is bool for value in reading.values())
    )


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _MOST_COUNT


def _half(arrays: dict[str, NDArray[Any]], prefix: str, n_words: int) -> Sparse:
    indptr, indices, data = (arrays[f"{prefix}{name}"] for name in ("indptr", "indices", "data"))
    kinds = [(array.dtype.str, array.ndim) for array in (indptr, indices, data)]
    if kinds != [("<i8", 1), ("<i4", 1), ("<i8", 1)] or len(indptr) != n_words + 1:
        raise ValueError(_NO_FILE)
    if indptr[0] != 0 or not len(indices) == len(data) == indptr[-1] or (np.diff(indptr) < 0).any():
        raise ValueError(_NO_FILE)
    rows = np.repeat(np.arange(n_words), np.diff(indptr))
    keys = rows * n_words + indices
    if (
        (indices < rows).any()
        or (indices >= n_words).any()
        or (np.diff(keys) <= 0).any()
        or (data <= 0).any()
        or (data > _MOST_COUNT).any()
    ):
        raise ValueError(_NO_FILE)
    return scipy.sparse.csr_array((data, indices, indptr), shape=(n_words, n_words))
