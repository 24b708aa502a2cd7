"""Texts come from files of any kind, packed and in any encoding, in cells that depend on the file alone."""

import bz2
import gzip
import io
import lzma
import re
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.counted_cases import ALL, equal, prose, streams
from w2v import CountSettings, count_texts
from w2v.reading import text_cells
from w2v.reading.characters import Reading


@pytest.mark.parametrize("end", ["", "\n", " ", "\u00e9"])
@given(n=st.integers(0, 400), first=st.integers(0, 3))
def test_cells_are_the_same_from_any_of_them_on(end: str, n: int, first: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_cells, "CELL", 100)
        patch.setattr(text_cells, "REACH", 20)
        data = ("\u00e9" * (n // 3) + "a b\n" * (n // 4) + "xy" * (n // 2) + end).encode()
        cells = list(text_cells.cells(text_cells.Ahead(io.BytesIO(data))))
        assert "".join(cells).encode() == data
        assert all(len(cell.encode()) <= 100 + 20 + 4 for cell in cells)
        stream = io.BytesIO(data)
        stream.seek(100 * first)
        assert "".join(text_cells.cells_from(stream, first)) == "".join(cells[first:])
        assert len(list(text_cells.cells_from(stream, first))) <= max(1, len(cells) - first)


# --- sources ----------------------------------------------------------------------------------------------------

PACKED = {"txt": bytes, "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstandard.compress}


def test_files_folders_patterns_and_packed_ones_are_read(tmp_path: Path) -> None:
    texts = {name: prose(50, seed) for seed, name in enumerate(PACKED)}
    for name, text in texts.items():
        half = len(text) // 2
        joined = PACKED[name](text[:half].encode()) + PACKED[name](text[half:].encode())
        (tmp_path / f"text.{name}").write_bytes(joined)
    (tmp_path / ".hidden").write_bytes(b"\0")
    whole = count_texts(streams([*texts.values()]))
    equal(count_texts(tmp_path), whole)
    equal(count_texts(str(tmp_path / "*.*")), whole)
    equal(count_texts([tmp_path / f"text.{name}" for name in PACKED]), whole)
    equal(count_texts([tmp_path / "text.gz", tmp_path, str(tmp_path / "*.txt")]), whole)
    equal(count_texts((tmp_path / "text.txt").as_uri()), count_texts(streams([texts["txt"]])))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "shift_jis"])
def test_encodings_are_read_as_elsewhere(encoding: str) -> None:
    text = (
        "na\u00efve caf\u00e9s\ncaf\u00e9s naive " * 3
        if encoding != "shift_jis"
        else "\u3042 \u3044\n\u3042 \u3046 " * 3
    )
    told = None if encoding in ("utf-16", "utf-32", "utf-8-sig") else encoding
    equal(count_texts(io.BytesIO(text.encode(encoding)), ALL, encoding=told), count_texts(streams([text]), ALL))


BAD = {
    "latin.txt": (b"a b\n" * 10 + b"caf\xe9 ", "not valid UTF-8 (the first bad byte is 0xE9 at position 43"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(99), "a picture (PNG)"),
    "nul.txt": (b"a b \0", "NUL (character 4)"),
    "cut.gz": (gzip.compress(prose(300).encode())[:-40], "damaged or cut off"),
    "cut.bz2": (bz2.compress(prose(300).encode())[:-40], "damaged or cut off"),
    "cut.xz": (lzma.compress(prose(300).encode())[:-40], "damaged or cut off"),
    "cut.zst": (zstandard.compress(prose(300).encode())[:-40], "damaged or cut off"),
    "none.txt": (None, "cannot be read: No such file"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_named_or_left_out(name: str, tmp_path: Path) -> None:
    data, said = BAD[name]
    if data is not None:
        (tmp_path / name).write_bytes(data)
    good = tmp_path / "good.txt"
    good.write_text("a b c", encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(said)) as refused:
        count_texts([good, tmp_path / name], ALL)
    assert str(refused.value).startswith(f"{tmp_path / name}: This file ")
    equal(count_texts([good, tmp_path / name], ALL, skip_unreadable=True), count_texts(good, ALL))


def test_where_no_file_is_meant_that_is_said(tmp_path: Path) -> None:
    for name, said in ((tmp_path, "no file in this folder"), (tmp_path / "*.txt", "no file that fits")):
        with pytest.raises(ValueError, match=said):
            count_texts(name, ALL)
    with pytest.raises(ValueError, match="Training pairs"):
        CountSettings(reading=Reading(pairs=True))
