"""Counts in files: plain arrays, there whole or not at all, and refused where they can be none."""

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.counted_cases import equal, prose, streams
from w2v import CountSettings, count_texts, load_counts, save_counts
from w2v.files.counts_files import FORMAT, holds_counts
from w2v.files.formats import load_vectors
from w2v.reading.characters import Reading


def test_counts_are_saved_and_loaded_and_read_by_numpy_alone(tmp_path: Path) -> None:
    counted = count_texts(streams([prose(300)]), CountSettings(most_words=40, reading=Reading(turkish=True)))
    file = tmp_path / "counts.npz"
    save_counts(file, counted)
    equal(load_counts(file), counted)
    with np.load(file, allow_pickle=False) as arrays:
        n = len(arrays["word_counts"])
        assert tuple(arrays["words"].tobytes().decode().split()) == counted.vocabulary.words
        dense = np.zeros((n, n), np.int64)
        dense[np.repeat(np.arange(n), np.diff(arrays["indptr"])), arrays["indices"]] = arrays["data"]
    assert np.array_equal(dense + dense.T, counted.counts.matrix.toarray())
    with pytest.raises(ValueError, match="is there already"):
        save_counts(file, counted)
    first = file.read_bytes()
    save_counts(file, counted, replace=True)
    assert file.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["counts.npz"]


def test_a_file_that_holds_no_counts_is_refused_in_one_sentence(tmp_path: Path) -> None:
    counted = count_texts(streams([prose(100)]), CountSettings())
    file = tmp_path / "counts.npz"
    save_counts(file, counted)
    with np.load(file) as loaded:
        arrays = {name: loaded[name] for name in loaded.files}
    n = len(arrays["word_counts"])
    about = json.loads(arrays["about"].tobytes())

    def saying(**change: Any) -> dict[str, Any]:
        return {"about": np.frombuffer(json.dumps({**about, **change}).encode(), np.uint8)}

    for change in (
        saying(n_tokens=-1),
        saying(n_tokens="many"),
        saying(n_tokens=float("nan")),
        saying(settings={**about["settings"], "window": None}),
        saying(settings={**about["settings"], "min_count": True}),
        saying(settings={**about["settings"], "holdout": False}),
        saying(settings={**about["settings"], "reading": {"lowercase": [1]}}),
        saying(settings={**about["settings"], "reading": 7}),
        {"word_counts": -arrays["word_counts"]},
        {"word_counts": arrays["word_counts"] * np.nan},
        {"data": arrays["data"] + 2**60},
        {"indices": arrays["indices"] + n},
        {"data": -arrays["data"]},
        {"indptr": arrays["indptr"][:-1]},
        {"words": arrays["words"][:-2]},
        {"data": arrays["data"].astype(float)},
        {"about": np.frombuffer(b"{}", np.uint8)},
        {"words": np.array([{}], object)},
    ):
        np.savez(file, **{**arrays, **change})
        with pytest.raises(ValueError, match="no file of counts"):
            load_counts(file)
    for name in arrays:
        with zipfile.ZipFile(file, "w") as archive:
            for other, array in arrays.items():
                with archive.open(f"{other}.npy", "w") as member:
                    if other == name:
                        member.write(b"no array")
                    else:
                        np.save(member, array)
        with pytest.raises(ValueError, match="no file of counts"):
            load_counts(file)
    file.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(ValueError, match="no file of counts"):
        load_counts(file)


def test_counts_with_any_damage_are_refused_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "counts.npz"
    save_counts(file, count_texts(streams([prose(100)]), CountSettings()))
    whole = file.read_bytes()
    said = set()
    for at in (*range(40), *range(len(whole) - 140, len(whole))):
        for byte in (14, 255):  # 14 is a way to pack
            file.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
            try:
                load_counts(file)
            except ValueError as problem:
                said.add(str(problem))
    assert said == {"This is no file of counts that was saved here, or it is damaged."}
    with pytest.raises(ValueError, match="This file cannot be read: No such file"):
        load_counts(tmp_path / "none.npz")


def test_counts_that_are_opened_as_vectors_are_called_counts(tmp_path: Path) -> None:
    file = tmp_path / "counts.npz"
    save_counts(file, count_texts(streams([prose(100)]), CountSettings()))
    with pytest.raises(ValueError, match="These are counts, from which vectors are still to be learned"):
        load_vectors(file)


def test_counts_of_another_version_are_told_from_damaged_ones(tmp_path: Path) -> None:
    file = tmp_path / "counts.npz"
    save_counts(file, count_texts(streams([prose(100)]), CountSettings()))
    data = file.read_bytes()
    with np.load(file) as loaded:
        arrays = {name: loaded[name] for name in loaded.files}
    about = arrays["about"].tobytes().replace(FORMAT.encode(), b"w2v counts 0")
    np.savez(file, **{**arrays, "about": np.frombuffer(about, np.uint8)})
    assert holds_counts(data)
    assert holds_counts(file.read_bytes())
    with pytest.raises(ValueError, match="another version of this program: count the texts again"):
        load_counts(file)
