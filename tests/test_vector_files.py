"""Files of vectors as people bring them: what can be read is read, what cannot is said, and gensim agrees."""

import bz2
import gzip
import io
import json
import logging
import pickle
import re
import runpy
import shlex
import struct
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gensim.models import FastText, KeyedVectors, Word2Vec
from gensim.models.fasttext import save_facebook_model
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import same_bits
from w2v import (
    Config,
    Run,
    WordVectors,
    load_vectors,
    projector_files,
    projector_zip,
    read_projector,
    read_vectors,
    saved_run,
    vectors_of,
    word2vec_binary,
)
from w2v.files.archives import holds_run
from w2v.files.counts_run_reader import read_run
from w2v.files.formats import read_stream
from w2v.reading.decoding import EncodingError
from w2v.way_out import WayOut

ROWS = struct.pack("<2f", 1, 2)
NOT_FINITE = "has a number that is not finite or too large for float32"
READ: dict[str, tuple[bytes, tuple[str, ...], tuple[str, ...]]] = {
    "words with blanks": (b"a 1 2\nb c 3 4\n. . . 5 6\nd  e 7 8\n7 8 9\n", ("a", "b c", ". . .", "d  e", "7"), ()),
    "the same under a first line": (b"3 2\r\nat x.test 1 2\r\nb 3 4\r\n3 4 5 6\r\n", ("at x.test", "b", "3 4"), ()),
    "other blanks are letters": ("2 1\n\u00a0 1\na\u2028b 2\n".encode(), ("\u00a0", "a\u2028b"), ()),
    "a tab is a word": (b"a 1 2\n\t 3 4\n", ("a", "\t"), ()),
    "tabs between": (b"2\t2\na b\t1\t2\nc\t3\t4\n", ("a b", "c"), ()),
    "many blanks between": (b"2 2\na   1   2\nb  13  4\n", ("a", "b"), ()),
    "line ends of old Macs": (b"2 2\ra 1 2\rb 3 4\r", ("a", "b"), ()),
    "words with commas": (b"1,000 1 2\n, 3 4\n2,5 5 6\n", ("1,000", ",", "2,5"), ()),
    "a blank line": (b"\n2 2\na 1 2\n\nb 3 4\n", ("a", "b"), ()),
    "a line with one size": (b"2\na 1 2\nb 3 4\n", ("a", "b"), ("1 row is left out: line 1 has 0 numbers and not 2.",)),
    "UTF-16": ("a 1 2\nß 3 4".encode("utf-16"), ("a", "ß"), ()),
    "UTF-32": ("2 1\na 1\nß 3\n".encode("utf-32"), ("a", "ß"), ()),
    "no word": (b"2 2\na 1 2\n 3 4\n", ("a",), ("1 row is left out: line 3 has no word.",)),
    "not finite": (b"2 2\na 1 2\nb 3 nan\n", ("a",), (f"1 row is left out: line 3 {NOT_FINITE}.",)),
    "too large": (b"a 1 2\nb 3 1e39\n", ("a",), (f"1 row is left out: line 2 {NOT_FINITE}.",)),
    "numbers too few": (
        b"a 1 2\nb 3\nc 4 5\nd\ne 6 7\n",
        ("a", "c", "e"),
        ("2 rows are left out, of which this is the first: line 2 has 1 number and not 2.",),
    ),
    "Python's numbers": (
        b"2 2\na 1 2\nb 3 1_0\n",
        ("a",),
        ("1 row is left out: line 3 has something else where number 2 of 2 should be.",),
    ),
    "Arabic digits": (
        "2 2\na 1 2\nb 3 ٤\n".encode(),
        ("a",),
        ("1 row is left out: line 3 has something else where number 2 of 2 should be.",),
    ),
    "the head of a longer file": (
        b"999994 2\na 1.5 2.5 \nb 3.5 4.5 \nc 5.5 6",
        ("a", "b"),
        (
            "The first line promises 999,994 words, and the file has 3: what is there was read.",
            "The last row is left out, because the file ends in the middle of it or may do so.",
        ),
    ),
    "a row too few, without a line end": (
        b"4 2\na 1.5 2.5\nb 3.5 4.5",
        ("a", "b"),
        ("The first line promises 4 words, and the file has 2: what is there was read.",),
    ),
    "the last number is cut off": (
        b"2 5\na 1.500 2.250 0.125 0.250 0.375\nb 3.125 4.500 1.000 2.000 3.1",
        ("a",),
        ("The last row is left out, because the file ends in the middle of it or may do so.",),
    ),
    "the last number is short": (b"2 5\na 1.5 2.250 0.125 0.250 0.375\nb 3.125 4.500 1.000 2.000 3.1", ("a", "b"), ()),
    "the last number of few is short": (b"2 2\na 1.500 2.250\nb 3.125 4.5", ("a", "b"), ()),
    "a row too many": (
        b"1 2\na 1 2\nb 3 4\n",
        ("a", "b"),
        ("The first line promises 1 word, and the file has 2: what is there was read.",),
    ),
    "sizes of 5,000 digits": (
        b"9" * 5000 + b" 2\na 1 2\n",
        ("a",),
        ("1 row is left out: line 1 has no word.",),
    ),
    "half a letter": (
        b"2 1\nab\xc3 1\nb 2\n",
        ("ab\ufffd", "b"),
        ("1 word has letters that are not valid UTF-8, which were replaced (line 2).",),
    ),
    "half a letter in binary": (
        b"2 2\nb\xe2\x82 " + ROWS + b"\nc\xd0 " + ROWS + b"\n",
        ("b\ufffd", "c\ufffd"),
        ("2 words have letters that are not valid UTF-8, which were replaced (the first in word 1).",),
    ),
    "binary that is cut off": (
        b"3 2\nab " + ROWS + b"b \0\0\0",
        ("ab",),
        (
            "The first line promises 3 words, and the file has 2: what is there was read.",
            "The last row is left out, because the file ends in the middle of it or may do so.",
        ),
    ),
    "binary of fewer words": (
        b"3 2\nab " + ROWS + b"b " + ROWS,
        ("ab", "b"),
        ("The first line promises 3 words, and the file has 2: what is there was read.",),
    ),
    "binary of more": (
        b"1 2\na " + ROWS + b"b " + ROWS,
        ("a",),
        ("The first line promises 1 word: what follows the last of them was not read.",),
    ),
    "quoted, as R does": (
        b'"V1" "V2"\n"a" 1 2\n"new york" 3 4\n"\xc3\x9f" 5 6\n',
        ("a", "new york", "ß"),
        (
            "All words stand in quotation marks, which are left out.",
            "1 row is left out: line 1 has 1 number and not 2.",
        ),
    ),
    "colons": (
        b"3 2\na: 1 2\nb: 3 4\nc: 5 6\n",
        ("a", "b", "c"),
        ("A colon stands behind all words, and is left out.",),
    ),
    "counts before the numbers": (
        b"a 90 0.5 1.5\nb 80 0.5 1.5\nc 80 0.5 1.5\nd 7 0.5 1.5\ne 1 0.5 1.5\n",
        ("a", "b", "c", "d", "e"),
        ("The first number of each row is whole and falls from row to row: if it is a count, take it out.",),
    ),
    "whole numbers": (b"a 9 8 1\nb 8 7 1\nc 8 6 1\nd 7 5 1\ne 1 4 1\n", ("a", "b", "c", "d", "e"), ()),
    "some quotation marks": (b'3 2\n"a" 1 2\n" 3 4\nc: 5 6\n', ('"a"', '"', "c:"), ()),
    "blanks in blank lines": (b" \n\t\r\n2 2\na 1 2\n  \nb 3 4\n \n \n", ("a", "b"), ()),
    "binary not finite": (
        b"2 1\na \0\0\0\0b \0\0\x80\x7f",
        ("a",),
        (f"1 row is left out: word 2 {NOT_FINITE}.",),
    ),
    "binary without a word": (b"2 2\nab " + ROWS + b" " + ROWS, ("ab",), ("1 row is left out: word 2 has no word.",)),
}


@pytest.mark.parametrize("kind", READ)
def test_what_can_be_read_is_read_and_the_rest_said(kind: str) -> None:
    data, words, notes = READ[kind]
    for packed in (data, gzip.compress(data), zipped({"vectors.txt": data})):
        back = read_vectors(packed)
        assert back.words == words
        assert back.notes == notes
        assert not back.vectors.flags.writeable


def binary(kind: str, sizes: str, after: bytes = b"\n") -> bytes:
    """A binary file of 7 words with 6 numbers of another kind, another first line, and what stands after each row."""
    numbers = np.random.default_rng(5).normal(size=(7, 6)) * (50 if kind == "i1" else 1)
    words = (b"king", b"queen", b"the", b"of", "süß".encode(), b"alphabet", b"a")
    rows = [word + b" " + row.astype(kind).tobytes() + after for word, row in zip(words, numbers, strict=True)]
    return sizes.encode() + b"".join(rows)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        *[(binary("<f8", "7 6\n", after), "seem to be float64, of 8 bytes each") for after in (b"\n", b"")],
        (binary("<f2", "7 6\n", b""), "seem to be float16, of 2 bytes each"),
        (binary("i1", "7 6\n"), "seem to be int8, of 1 byte each"),
        *[(binary(">f4", "7 6\n", after), "seem to have their highest byte first") for after in (b"\n", b"")],
        (binary("<f4", "6 7\n"), "promises 7 numbers for each word, and the rows seem to have 6: correct it"),
        (binary("<f4", "7 5\n", b""), "promises 5 numbers for each word, and the rows seem to have 6: correct it"),
        (binary("<f4", "7 1\n"), "promises 1 number for each word, and the rows seem to have 6: correct it"),
        (
            b"5 2\r\n" + b"".join([b"word%d \0\r\n\0?\0\r\n\0?\r\n" % i for i in range(5)]),
            "Each line end in this file has become two bytes",
        ),
        (
            b"5 2\r\n" + b"".join([b"word%d \0\r\n\0?\x81\r\n\0?\r\n" % i for i in range(5)]),
            "Each line end in this file has become two bytes",
        ),
        (binary("<f4", "7 6\n").decode("latin-1").encode(), "was saved as text on its way, and its numbers are lost"),
        (binary("<f4", "7 6\n").decode("utf-8", "replace").encode(), "was saved as text on its way"),
    ],
)
def test_a_binary_file_of_another_shape_is_refused_by_name(data: bytes, said: str) -> None:
    """Read as it is it gave other words and numbers, or a sentence about the encoding of words."""
    with pytest.raises(ValueError, match=said) as problem:
        read_vectors(data)
    assert re.fullmatch(r"[^\n.]+\.", str(problem.value))


def test_a_binary_file_may_have_the_line_ends_of_windows() -> None:
    """Which gensim takes for letters of the next word."""
    back = read_vectors(b"2 2\r\na " + ROWS + b"\r\nb " + ROWS + b"\r\n")
    assert (back.words, back.notes) == (("a", "b"), ())


def test_a_binary_file_with_strange_words_is_no_other_shape() -> None:
    words = ("\u200d", "\x01", "\u0645\u06cc\u200c", "\ufffd" * 9, "\u2028")
    table = np.zeros((5, 4), np.float32)
    assert read_vectors(word2vec_binary(WordVectors(words, table))).words == words


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


# --- gensim -----------------------------------------------------------------------------------------------------


def of_gensim(path: Path, **how: Any) -> KeyedVectors | None:
    """What gensim makes of a file; None where it gives up."""
    logging.getLogger("gensim").setLevel(logging.CRITICAL)
    try:
        return KeyedVectors.load_word2vec_format(str(path), unicode_errors="replace", **how)
    except (ValueError, EOFError, UnicodeDecodeError, IndexError):
        return None


PLAIN = {
    "text": b"3 2\nking 0.5 -1\nK\xc3\xb6nig 1e-3 4\n, 5 6\n",
    "CR LF": b"2 2\r\na 1 2\r\nb 3 4\r\n",
    "GloVe with a first line": b"3 3\nthe 1 2 3\n. 4 5 6\n7 8 9 10\n",
    "binary": word2vec_binary(WordVectors(("a", "ü"), np.array([[1.5, 2], [-3, 1e-30]]))),
    "binary of word2vec.c": b"2 2\na " + ROWS + b"\n\xc3\xbc " + ROWS + b"\n",
}


@pytest.mark.parametrize("kind", [*PLAIN, *READ])
def test_gensim_and_we_agree_on_what_both_read(kind: str, tmp_path: Path) -> None:
    """Of each word that is read here gensim has the same vector, and it has no others but those that a note names."""
    data = PLAIN[kind] if kind in PLAIN else READ[kind][0]
    for name, content in (("file", data), ("file.gz", gzip.compress(data))):
        (tmp_path / name).write_bytes(content)
        ours = load_vectors(tmp_path / name)
        theirs = of_gensim(tmp_path / name, binary="binary" in kind)
        if theirs is None:
            assert kind in READ, "what is plain is read by gensim"
            return
        both = [word for word in theirs.index_to_key if word in ours.ids]
        assert both == list(ours.words)[: len(both)]
        assert all(same_bits(ours.vectors[ours.ids[word]], theirs[word]) for word in both)
        assert ours.notes or tuple(both) == tuple(theirs.index_to_key) == ours.words


def test_a_limit_gives_the_words_that_gensim_gives(tmp_path: Path) -> None:
    vectors = WordVectors(tuple(f"w{i}" for i in range(40)), np.random.default_rng(1).normal(size=(40, 3)))
    path = tmp_path / "file.bin"
    path.write_bytes(word2vec_binary(vectors))
    theirs = KeyedVectors.load_word2vec_format(str(path), binary=True, limit=7)
    back = load_vectors(path, limit=7)
    assert back.words == tuple(theirs.index_to_key) == vectors.words[:7]
    assert same_bits(back.vectors, theirs.vectors)
    assert back.notes == ()


# --- the first words of a file of any size ----------------------------------------------------------------------


class Endless(io.RawIOBase):
    """A file that never ends, and counts what is taken of it."""

    def __init__(self, first: bytes, row: Callable[[int], bytes]) -> None:
        self.rest, self.row, self.n, self.taken = first, row, 0, 0

    def read(self, size: int = -1) -> bytes:  # type: ignore[override]
        while len(self.rest) < size:
            self.rest += b"".join([self.row(self.n + i) for i in range(100)])
            self.n += 100
        given, self.rest = self.rest[:size], self.rest[size:]
        self.taken += len(given)
        return given


def text_row(i: int) -> bytes:
    return b"word%d 1.5 2.5 3.5\n" % i


def binary_row(i: int) -> bytes:
    return b"word%d " % i + struct.pack("<3f", 1.5, 2.5, i)


@pytest.mark.parametrize(
    ("first", "row"),
    [(b"3000000 3\n", text_row), (b"", text_row), (b"3000000 3\n", binary_row)],
    ids=["text", "GloVe", "binary"],
)
def test_the_first_words_of_a_file_without_end(first: bytes, row: Callable[[int], bytes]) -> None:
    file = Endless(first, row)
    tracemalloc.start()
    back = read_stream(file, limit=3000)  # type: ignore[arg-type]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert back.words == tuple(f"word{i}" for i in range(3000))
    assert back.notes == ()
    assert file.taken < 2_000_000
    assert most < 6_000_000


@pytest.mark.parametrize("row", [text_row, binary_row])
def test_the_first_bytes_of_a_file_and_no_row_that_was_cut(row: Callable[[int], bytes]) -> None:
    data = b"5000 3\n" + b"".join([row(i) for i in range(5000)])
    for n in (50_000, 50_001, 50_011):
        for packed in (data, gzip.compress(data), zipped({"a.vec": data})):
            back = read_stream(io.BytesIO(packed), first_bytes=n)
            whole = read_vectors(data).vectors[: len(back)]
            assert same_bits(back.vectors, whole)
            assert len(b"".join([row(i) for i in range(len(back) + 1)])) + 7 > n - 25
            assert back.notes == ("The first 0 MB were read; files of vectors mostly list words by frequency.",)


def test_a_bomb_is_not_unpacked_beyond_what_is_asked_for() -> None:
    bomb = gzip.compress(b"a 1 2\n" + b"0" * 50_000_000)
    tracemalloc.start()
    with pytest.raises(ValueError, match=r"^Line 2 is longer than 510,000 bytes"):
        read_vectors(bomb)
    assert read_vectors(bomb, limit=1).words == ("a",)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8_000_000


def test_a_limit_holds_for_runs_and_tables_too() -> None:
    run = Run(Config("the king wears a crown. the queen wears a crown", epochs=1))
    whole = vectors_of(run)
    back = read_vectors(saved_run(run), limit=2)
    assert back.words == whole.words[:2]
    assert same_bits(back.vectors, whole.vectors[:2])
    assert read_vectors(saved_run(run)).words == whole.words
    for wrong, said in (({"limit": 0}, "The limit must be"), ({"errors": "mend"}, "errors must be one of strict")):
        with pytest.raises(ValueError, match=said):
            read_vectors(b"a 1\n", **wrong)  # type: ignore[arg-type]


def test_a_packed_file_that_is_cut_off_gives_what_is_there() -> None:
    rows = [f"w{i} {i * 0.37:.4f} {i * 0.11:.4f}\n" for i in range(4000)]
    packed = gzip.compress("".join(rows).encode())
    back = read_vectors(packed[: len(packed) // 2])
    assert 500 < len(back) < 3000
    assert back.words == tuple(f"w{i}" for i in range(len(back)))
    assert back.notes == ("The last row is left out, because the file ends in the middle of it or may do so.",)
    two = gzip.compress("".join(rows[:9]).encode()) + gzip.compress("".join(rows[9:20]).encode())
    assert len(read_vectors(two)) == 20


def test_too_large_for_all_of_it_names_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("w2v.files.formats.MAX_FILE_BYTES", 2**20)
    data = b"".join([text_row(i) for i in range(70_000)])
    with pytest.raises(WayOut, match=r"^This file is larger than 1 MB") as problem:
        read_vectors(data)
    assert problem.value.settings == (("limit", 200_000),)
    assert len(read_vectors(data, limit=10)) == 10


# --- encodings --------------------------------------------------------------------------------------------------

CP1252 = "2 1\nsüß 1\nnaïve 2\n".encode("cp1252")


def test_an_encoding_can_be_chosen_and_bad_letters_replaced_or_left_out() -> None:
    with pytest.raises(EncodingError, match="choose its encoding") as problem:
        read_vectors(CP1252)
    assert ("errors", "replace") in problem.value.settings
    assert read_vectors(CP1252, encoding="cp1252").words == ("süß", "naïve")
    replaced = read_vectors(CP1252, errors="replace")
    assert replaced.words == ("s\ufffd\ufffd", "na\ufffdve")
    assert replaced.notes == (
        "2 words have letters that are not valid UTF-8, which were replaced (the first in line 2).",
    )
    assert read_vectors(CP1252, errors="ignore").words == ("s", "nave")
    with pytest.raises(EncodingError):
        read_vectors(b"1 1\na\xc3 1\n", errors="strict")
    with pytest.raises(EncodingError, match="This encoding is not known"):
        read_vectors(CP1252, encoding="klingon")
    unmarked = "2 1\na 1\nß 2\n".encode("utf-16-be")
    with pytest.raises(EncodingError, match='choose the encoding "utf-16-be"'):
        read_vectors(unmarked)
    assert read_vectors(unmarked, encoding="utf-16-be").words == ("a", "ß")
    assert read_vectors("日本 1\n".encode("shift_jis"), encoding="shift_jis").words == ("日本",)
    lone = "1 1\n".encode("utf-16-le") + b"a\0\0\xd8 \0" + "1\n".encode("utf-16-le")
    with pytest.raises(EncodingError, match="This file is not valid UTF-16-LE"):
        read_vectors(b"\xff\xfe" + lone)
    assert read_vectors(lone, encoding="utf-16-le", errors="replace").notes[0].startswith("1 word has letters")
    with pytest.raises(EncodingError, match="not valid UTF-16, which begins with a byte-order mark"):
        read_vectors("1 1\na 1\n".encode("utf-16-be"), encoding="utf-16")
    binary = b"1 2\n\xfc " + ROWS
    assert read_vectors(binary, encoding="cp1252").words == ("ü",)


# --- formats that are named ---------------------------------------------------------------------------------------


def others(folder: Path) -> dict[str, list[str]]:
    """Files in other formats and the words in them."""
    rows = {"king": [0.5, 1.0, -2.0], "new york": [1.5, 0.25, 3.0]}
    one, table = ["king"], np.array(list(rows.values()), np.float32)
    (folder / "some.pkl").write_bytes(pickle.dumps({word: table[i] for i, word in enumerate(rows)}))
    (folder / "some.json").write_text(json.dumps({"king": rows["king"]}))
    np.savez(folder / "some.npz", vectors=table[:1], words=np.array(one))
    (folder / "commas.csv").write_text("word,d1,d2,d3\nking,0.5,1,-2\n")
    (folder / "semi colons.csv").write_text("king;0,5;1,0;-2,0\nnew york;1,5;0,25;3,0\n")
    (folder / "counted.txt").write_text("2 3\n1 king 0.5 1 -2\n2 new 1.5 0.25 3\n3 york 1.5 0.25 3\n")
    (folder / "counted.tsv").write_text(
        "id\tword\td1\td2\td3\n0\tking\t0.5\t1\t-2\n1\tnew york\t1\t2\t3\n2\told\t1\t2\t3\n"
    )
    (folder / "dict.txt").write_text(repr(rows))
    (folder / "index.csv").write_text(",word,d1,d2,d3\n0,king,0.5,1,-2\n")
    (folder / "blanks.csv").write_text('"king", 0.5, 1, -2\n"new york", 1.5, .25, 3\n')
    (folder / "tabs.tsv").write_text("king\t0,5\t1,0\t-2,0\n")
    (folder / "old.pkl").write_bytes(pickle.dumps({"king": rows["king"]}, 0))
    (folder / "decimal commas.txt").write_text("1 3\nking 0,5 1,0 -2,0\n")
    kept = KeyedVectors(3)
    kept.add_vectors(one, table[:1])
    kept.save(str(folder / "some.kv"))
    settings = {"sentences": [["a", "b"] * 9], "vector_size": 3, "min_count": 1, "epochs": 1, "workers": 1}
    Word2Vec(**settings).save(str(folder / "word2vec.model"))
    fast = FastText(**settings, bucket=5)
    fast.save(str(folder / "fasttext.model"))
    save_facebook_model(fast, str(folder / "fasttext.bin"))
    of_text = {"counted.txt": ["king", "new", "york"], "counted.tsv": ["king", "new york", "old"]}
    of_text |= {name: ["a", "b"] for name in ("word2vec.model", "fasttext.model", "fasttext.bin")}
    both = ("some.pkl", "dict.txt", "semi colons.csv", "blanks.csv")
    return {
        path.name: of_text.get(path.name) or (list(rows) if path.name in both else one) for path in folder.iterdir()
    }


def converting_line(path: Path) -> str:
    """The line of Python that the sentence about a file names."""
    with pytest.raises(ValueError, match=r"^This file is .* and is not opened here: .*\.$") as problem:
        load_vectors(path)
    said = str(problem.value)
    assert not re.search(r"[.!?] [A-Z]", said), "one sentence"
    command, option, line = shlex.split(said.split("  ")[1].removesuffix("."))
    assert (command, option) == ("python", "-c")
    return line


def convert(path: Path) -> None:
    """Run the line, here: it would take a second each to start Python with gensim."""
    Path("line.py").write_text(converting_line(path), encoding="utf-8")
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):  # it leaves closing to the end
        runpy.run_path("line.py")


def test_a_format_that_is_not_opened_is_named_with_the_line_that_converts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path)
    for name, words in others(tmp_path / "in").items():
        convert(Path("in", name))
        (made,) = tmp_path.glob("vectors.*")
        back = load_vectors(made)
        assert sorted(back.words) == sorted(words), name
        if "king" in words:
            np.testing.assert_array_equal(back.vectors[0], [0.5, 1, -2])
        made.unlink()


def test_an_array_is_opened_with_the_words_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    np.save("some.npy", np.array([[1, 2], [3, 4.5]]))
    convert(Path("some.npy"))
    Path("metadata.tsv").write_text("a\nb\n")
    assert load_vectors(".").vectors.tolist() == [[1, 2], [3, 4.5]]


def test_a_name_that_would_mean_something_in_a_line_stays_out_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a'; import os"
    path.write_bytes(b"\xba\x16\x4f\x2f" + bytes(50))
    with pytest.raises(ValueError, match=r"load\('FILE'\)"):
        load_vectors(path)
    with pytest.raises(ValueError, match=r"load\('FILE'\)"):
        read_vectors(path.read_bytes())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PAR1", "This file is Parquet, which is not opened here"),
        (b'[{"word": "a"}]', "This file is JSON, which is not opened here"),
        (
            b'{"word": "king", "vector": [1, 2]}\n{"word": "man", "vector": [1, 2]}\n',
            "This file is JSON, which is not opened",
        ),
        (rb"{\rtf1 king 1 2\par}", "This file is an RTF document, not word vectors"),
        (
            bz2.compress(b"1 1\na 1\n"),
            "This file is an archive .BZIP2., not word vectors: unpack it and open what was in it",
        ),
        (b"\x28\xb5\x2f\xfd" + bytes(9), "This file is an archive .Zstandard., not word vectors: unpack it"),
        (b"\x89HDF\r\n\x1a\n" + bytes(9), "This file is HDF5, which is not opened here"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "This file only says where Git LFS keeps"),
        (b"a" + bytes(256) + b"ustar" + bytes(99), "This file is an archive .TAR.: unpack it"),
        (b"0.5 1\n-2.5 3\n", "This file has numbers and no words: open it together with the file of its words"),
        (b"6 2\na 1 2 3\nb 4 5 6\n", "most lines have 3: correct it, or take it out"),
        (
            b"word1\tword2\tscore\nsun\tmoon\t8.5\nsun\tsalt\t1\nmoon\tsalt\t2\n",
            "two words and a number: these are pairs",
        ),
        (b"sun moon 8.5\nsun salt 1\nmoon salt 2\n", "these are pairs with scores"),
        (b"2 2\n\n", "The first line promises 2 words, and there is nothing below it"),
    ],
)
def test_what_else_people_bring_is_named(data: bytes, said: str) -> None:
    for packed in (data, gzip.compress(data)):
        with pytest.raises(ValueError, match=said):
            read_vectors(packed)


def test_what_systems_put_into_archives_is_passed_over() -> None:
    by_the_way = {"__MACOSX/._a.txt": b"x", "a/.DS_Store": b"x", "a/desktop.ini": b"x"}
    assert read_vectors(zipped({"a/a.txt": b"1 1\na 1\n", **by_the_way})).words == ("a",)


def test_an_archive_of_several_files_is_to_be_unpacked() -> None:
    with pytest.raises(
        ValueError, match=r"^This archive has 2 files in it: unpack it and open the one with the vectors\.$"
    ):
        read_vectors(zipped({"a.bin": b"x", "b.bin": b"y"}))
    cut = bytearray(zipped({"a.txt": b"a 1.25 2\n" * 200}))
    cut[45:60] = bytes(15)
    with pytest.raises(ValueError, match="This archive is damaged"):
        read_vectors(bytes(cut))


ARCHIVES = (
    zipped({"a.txt": b"a 1.25 2\n" * 20}),
    zipped({"a.tsv": b"1\t2\n3\t4\n", "b.tsv": b"a\nb\n"}),
    saved_run(Run(Config("a b c. a b d. c d a.", dim=2, epochs=1))),
)


@given(st.sampled_from(ARCHIVES), st.data())
def test_an_archive_with_any_damage_is_read_or_refused_in_a_sentence(whole: bytes, data: st.DataObject) -> None:
    """Python's zipfile answers each sort of damage with another error: most are in what it says of its files."""
    ends = st.integers(0, 60) | st.integers(len(whole) - 200, len(whole) - 1)
    damage = data.draw(st.dictionaries(ends, st.sampled_from([0, 1, 2, 14, 99, 255]), min_size=1, max_size=3))
    damaged = bytearray(whole)
    for at, byte in damage.items():
        damaged[at] = byte
    said = []
    for read in (read_vectors, read_run, holds_run):
        try:
            read(bytes(damaged))  # type: ignore[operator]
        except ValueError as problem:
            said.append(str(problem))
    assert all(re.fullmatch(r"[A-Z].{20,400}[.]", sentence, re.DOTALL) for sentence in said), said


def test_an_archive_that_may_take_any_memory_is_to_be_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", b"a 1.25 2\n" * 20)
    with pytest.raises(ValueError, match="packed in a way that is not read here: unpack it"):
        read_vectors(packed.getvalue())


@pytest.mark.parametrize(
    ("at", "damage"),
    [(-20, b"\xff\xff\xff\x7f"), (-6, b"\xff\xff\xff"), (-10, b"\1\0\0\0")],
    ids=["directory too long", "before the file", "too short"],
)
def test_an_archive_whose_end_is_damaged_is_called_damaged(at: int, damage: bytes) -> None:
    for whole in ARCHIVES:
        damaged = whole[:at] + damage + whole[at + len(damage) :]
        with pytest.raises(ValueError, match="archive"):
            read_vectors(damaged)


# --- the embedding projector --------------------------------------------------------------------------------------

NUMBERS = b"1\t2\n3\t4.5\n5\t6\n"
ABC = (("a", [1, 2]), ("b", [3, 4.5]), ("c", [5, 6]))
CONFIG = b'embeddings {\n tensor_path: "logs/x.tsv"\n metadata_path: "logs/y.tsv"\n}'
TABLES: dict[str, dict[str, bytes]] = {
    "other names": {"w2v_tensor.tsv": NUMBERS, "w2v_metadata.tsv": b"a\nb\nc\n"},
    "a config": {"x.tsv": NUMBERS, "y.tsv": b"a\nb\nc\n", "z.tsv": b"7\n", "projector_config.pbtxt": CONFIG},
    "a config in a folder": {"v/x.tsv": NUMBERS, "v/y.tsv": b"a\nb\nc\n", "v/projector_config.pbtxt": CONFIG},
    "tabs at the end": {"vectors.tsv": NUMBERS.replace(b"\n", b"\t\n"), "metadata.tsv": b"a\nb\nc\n"},
    "CR LF and marks": {
        "vectors.tsv": b"\xef\xbb\xbf" + NUMBERS.replace(b"\n", b"\r\n"),
        "metadata.tsv": b"\xef\xbb\xbfa\r\nb\r\nc\r\n",
    },
    "blanks between": {"vectors.tsv": NUMBERS.replace(b"\t", b" "), "metadata.tsv": b"a\nb\nc\n"},
    "an empty column": {"vectors.tsv": NUMBERS, "metadata.tsv": b"\ta\n\tb\n\tc\n"},
    "a config of files that are gone": {"v.tsv": NUMBERS, "w.tsv": b"a\nb\nc\n", "projector_config.pbtxt": CONFIG},
    "UTF-16": {"vectors.tsv": NUMBERS, "metadata.tsv": "a\nb\nc\n".encode("utf-16")},
    "UTF-16, both": {"vectors.tsv": NUMBERS.decode().encode("utf-16"), "metadata.tsv": "a\nb\nc\n".encode("utf-16")},
    "line ends of old Macs": {"vectors.tsv": NUMBERS.replace(b"\n", b"\r"), "metadata.tsv": b"a\rb\rc\r"},
    "names of words": {"vectors.tsv": NUMBERS, "metadata.tsv": b"Group\tLabel\ng1\ta\ng2\tb\ng1\tc\n"},
    "the word is the second column": {
        "vectors.tsv": NUMBERS,
        "metadata.tsv": b"id\tword\tn\n1\ta\t9\n2\tb\t8\n3\tc\t7\n",
    },
    "no header, numbers first": {"vectors.tsv": NUMBERS, "metadata.tsv": b"1\ta\n2\tb\n3\tc\n"},
    "blank lines at the end": {"vectors.tsv": NUMBERS + b"\n\n", "metadata.tsv": b"a\nb\nc\n\n"},
    "headers": {"numbers.tsv": b"x\ty\n" + NUMBERS, "words.tsv": b"word\na\nb\nc\n"},
}


@pytest.mark.parametrize("kind", TABLES)
def test_tables_of_the_projector_however_they_are_called(kind: str, tmp_path: Path) -> None:
    for name, data in TABLES[kind].items():
        (tmp_path / Path(name).name).write_bytes(data)
    for back in (read_projector(TABLES[kind]), load_vectors(tmp_path), read_vectors(zipped(TABLES[kind]))):
        assert tuple(zip(back.words, back.vectors.tolist())) == ABC
        assert back.notes == ()


def test_words_that_are_numbers_are_the_narrower_table() -> None:
    back = read_projector({"a.tsv": b"7\n8\n9\n", "b.tsv": NUMBERS})
    assert back.words == ("7", "8", "9")


def test_labels_may_repeat_and_be_blank_and_rows_be_broken() -> None:
    labels = b"\nbank\nbank\nx\nc\n"
    back = read_projector({"vectors.tsv": b"0\t0\n1\t2\n3\t4\n5\tnan\n5\t6\n", "metadata.tsv": labels})
    assert back.words == ("bank", "c")
    assert back.vectors.tolist() == [[1, 2], [5, 6]]
    assert back.notes == (
        "2 rows are left out, of which this is the first: line 1 of metadata.tsv has no word.",
        "1 word is there again (line 3 of metadata.tsv): its first vector is kept.",
    )


@pytest.mark.parametrize(
    ("vectors", "metadata", "said"),
    [
        (b"0\t.5\n1\t1.5\n2\t2.5\n", b"a\nb\nc\n", "The first column of vectors.tsv counts its rows"),
        (NUMBERS, b"a,9\nb,8\nc,7\n", "The columns of metadata.tsv seem to be divided by commas: divide them by tabs"),
        (NUMBERS, "a\nb\nc\n".encode("utf-16-le"), "looks like UTF-16 without a byte-order mark"),
        (NUMBERS, b"\xff\xfe\0\xd8", "metadata.tsv begins like UTF-16-LE but is not valid"),
    ],
)
def test_tables_that_gave_other_words_or_numbers_are_refused(vectors: bytes, metadata: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_projector({"vectors.tsv": vectors, "metadata.tsv": metadata})


def test_words_of_an_encoding_that_is_chosen() -> None:
    tables = {"vectors.tsv": NUMBERS.decode().encode("utf-16-be"), "metadata.tsv": "a\nß\nc\n".encode("utf-16-be")}
    assert read_projector(tables, encoding="utf-16-be").words == ("a", "ß", "c")
    assert read_projector(tables | {"vectors.tsv": NUMBERS}, encoding="utf-16-be").words == ("a", "ß", "c")
    with pytest.raises(EncodingError, match="is no UTF-16"):
        read_projector(tables, encoding="utf-16")


def test_a_word_too_many_is_said_and_a_broken_first_row_is_no_heading() -> None:
    back = read_projector({"vectors.tsv": NUMBERS, "metadata.tsv": b"a\nb\nc\nd\n"})
    assert back.words == ("b", "c", "d")
    assert back.notes == (
        "metadata.tsv has one line more than vectors.tsv has rows: its first line is taken for a heading, and no word "
        "of it.",
    )
    back = read_projector({"vectors.tsv": b"1\t1,5\n" + NUMBERS, "metadata.tsv": b"x\na\nb\nc\n"})
    assert back.words == ("a", "b", "c")
    assert back.notes == ("1 row is left out: line 1 of vectors.tsv has something else than finite numbers.",)


def test_tables_that_cannot_be_told_apart_are_to_be_named() -> None:
    for files in ({"a.tsv": NUMBERS}, {"a.tsv": NUMBERS, "b.tsv": NUMBERS}, {"a.tsv": b"a\n", "b.tsv": b"b\n"}, {}):
        with pytest.raises(ValueError, match=r"^There is no vectors\.tsv here, .* call these two vectors\.tsv and"):
            read_projector(files)


def test_the_zip_that_is_saved_here_opens_again() -> None:
    vectors = WordVectors(("a", "b"), np.array([[1.5, -2], [0.1, 1e-9]]))
    for counts in (None, [5, 3]):
        back = read_vectors(projector_zip(vectors, counts))
        assert back.words == vectors.words
        assert same_bits(back.vectors, vectors.vectors)
        assert read_projector(projector_files(vectors, counts)).words == back.words
        assert read_vectors(projector_zip(vectors, counts), limit=1).words == ("a",)


def test_tables_that_swell_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("w2v.files.archives.MAX_TABLES", 2**20)
    tables = {"vectors.tsv": b"1\t2\n" * 300_000, "metadata.tsv": b"a\n"}
    with pytest.raises(ValueError, match=r"^The tables in this archive have more than 1 MB"):
        read_vectors(zipped(tables))
