"""Vectors and runs that are saved come back; other programs' files are read, and broken ones refused in a sentence."""

import dataclasses
import io
import json
import re
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gensim.models import KeyedVectors
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.cases import ARCHITECTURES, OBJECTIVES, same_bits, same_parameters, writable_arrays
from tests.hostile import MARKUP, files
from w2v import (
    PRESETS,
    Config,
    Corpus,
    Run,
    SavedRun,
    WordVectors,
    load_vectors,
    projector_files,
    projector_zip,
    read_projector,
    read_saved_run,
    read_text,
    read_vectors,
    read_word2vec,
    saved_run,
    train_whole_text,
    vectors_of,
    word2vec_binary,
    word2vec_text,
)
from w2v.files.formats import NAMES, check_target, load, save
from w2v.slices import finished
from w2v.whole.whole_text import WholeTextRun

TEXT = "The king wears a crown. The queen wears a crown. A man and the king eat bread. Queen man queen."
MISSING = "nan NaN null NULL None NA N/A inf -inf 1e5 true = + - @ 7 0x1f"
FORMATS: dict[str, Callable[[WordVectors], bytes]] = {"text": word2vec_text, "binary": word2vec_binary}


def one_sentence(problem: pytest.ExceptionInfo[ValueError]) -> str:
    """What was said, which must be one sentence on one line."""
    said = str(problem.value)
    assert re.fullmatch(r"[A-Z\d].*[^.]\.", said), said
    assert not re.search(r"[.!?] [A-Z]", said), said
    return said


def some(words: list[str] | tuple[str, ...], dim: int = 3, kind: Any = np.float64) -> WordVectors:
    """Words with vectors that are all different."""
    return WordVectors(tuple(words), np.random.default_rng(7).normal(size=(len(words), dim)).astype(kind))


def hostile_words() -> tuple[str, ...]:
    """Every word that comes of the hostile texts, and some that only other programs can make."""
    words = dict.fromkeys(["</script>", "\u202ex", "\x07\x1b[31m", "a\u00a0b", "\u2028", "\ufeffx", *MISSING.split()])
    for file in files():
        if file.expect in ("train", "either"):
            try:
                words |= dict.fromkeys(Corpus.from_text(read_text(file.data, file.encoding)).vocabulary.words[:300])
            except ValueError:
                continue
    return tuple(words)


# --- word vectors ---------------------------------------------------------------------------------------------


def test_word_vectors_cannot_be_changed_and_know_their_neighbors() -> None:
    table = np.array([[1.0, 0], [1, 0.1], [0, 1]])
    vectors = WordVectors(("a", "b", "C"), table)
    table[0] = 9
    assert vectors.vectors[0].tolist() == [1, 0]
    assert writable_arrays(vectors) == []
    assert [word for word, _ in vectors.nearest("a")] == ["b", "C"]
    assert vectors.nearest("a")[0][1] == pytest.approx(1 / np.hypot(1, 0.1))
    assert vectors.analogy("a", "b", "C", exclude_inputs=False)[0][0] == "C"
    assert vectors.find("A") == 0
    assert vectors.find("C") == 2
    assert vectors.find("c") is None
    assert (len(vectors), vectors.dim) == (3, 2)


@pytest.mark.parametrize(
    ("words", "table", "said"),
    [
        (["a", "a"], [[1.0], [2]], "Word 2 is there twice."),
        (["a", ""], [[1.0], [2]], "Word 2 is empty."),
        (["a"], [[1.0], [2]], "There are 1 words and 2 vectors."),
        (["a", "b"], [[1.0], [np.nan]], "The vector of word 2 has a number that is not finite."),
        ([], np.zeros((0, 3)), "Word vectors must be a table with rows and columns, not of shape (0, 3)."),
        (["a"], [1.0], "Word vectors must be a table with rows and columns, not of shape (1,)."),
    ],
)
def test_word_vectors_refuse_what_cannot_be(words: list[str], table: Any, said: str) -> None:
    with pytest.raises(ValueError, match=r"\.$") as problem:
        WordVectors(tuple(words), np.array(table))
    assert one_sentence(problem) == said


# --- round trips ----------------------------------------------------------------------------------------------

ANY_WORD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=" \t\n\r\v\f\0"), min_size=1)
FLOATS = st.floats(width=32, allow_nan=False, allow_infinity=False)


@st.composite
def any_vectors(draw: st.DrawFn, words: st.SearchStrategy[str] = ANY_WORD) -> WordVectors:
    chosen = draw(st.lists(words, min_size=1, max_size=5, unique=True))
    shape = (len(chosen), draw(st.integers(1, 4)))
    return WordVectors(tuple(chosen), draw(arrays(np.float32, shape, elements=FLOATS)))


def test_binary_numbers_that_look_like_a_row_of_text_are_read() -> None:
    number = np.frombuffer(b"3\n;[", np.float32)  # the line "0 3" is a row of text, what follows is none
    vectors = WordVectors(("0",), number.reshape(1, 1))
    assert read_word2vec(word2vec_binary(vectors)).vectors.tobytes() == number.tobytes()
    text = b"2 1\na 1\nb x\n"
    assert read_word2vec(text).notes == ("1 row is left out: line 3 has something else where number 1 of 1 should be.",)


@pytest.mark.parametrize("name", FORMATS)
@given(vectors=any_vectors())
@example(vectors=WordVectors(("1", "2"), np.array([[3], [4]], np.float32)))
@example(vectors=WordVectors(("a",), np.frombuffer(b"AB C", np.float32).reshape(1, 1)))  # letters and a blank
@example(vectors=WordVectors(("a", "b"), np.frombuffer(b"\n\n\n\nabcd", np.float32).reshape(2, 1)))
def test_word2vec_files_come_back_bit_for_bit(name: str, vectors: WordVectors) -> None:
    back = read_word2vec(FORMATS[name](vectors))
    assert back.words == vectors.words
    assert back.vectors.dtype == np.float32
    assert same_bits(back.vectors, vectors.vectors)
    assert writable_arrays(back) == []
    assert back.notes == ()


@given(text=st.text(max_size=60))
@example(text=MARKUP)
@example(text=MISSING)
def test_every_word_of_every_text_can_be_saved(text: str) -> None:
    """Whatever is pasted: its words can stand in every format."""
    try:
        words = Corpus.from_text(text).vocabulary.words
    except ValueError:
        return
    vectors = some(words, 2, np.float32)
    for back in (
        read_word2vec(word2vec_text(vectors)),
        read_word2vec(word2vec_binary(vectors)),
        read_projector(projector_files(vectors)),
        read_projector(projector_files(vectors, counts=range(len(words)))),
    ):
        assert back.words == words
        assert same_bits(back.vectors.astype(np.float32), vectors.vectors)


def test_float64_is_rounded_once_and_too_large_is_refused() -> None:
    vectors = some(["a", "b"])
    for write in FORMATS.values():
        assert same_bits(read_word2vec(write(vectors)).vectors, vectors.vectors.astype(np.float32))
        with pytest.raises(ValueError, match="too large for float32") as problem:
            write(WordVectors(("a",), np.array([[1e39]])))
        one_sentence(problem)


@pytest.mark.parametrize("write", [*FORMATS.values(), projector_files])
@pytest.mark.parametrize("word", ["a b", "a\nb", "\n", "a\t", "\r"])
def test_a_word_that_would_break_a_file_is_refused(write: Callable[[WordVectors], object], word: str) -> None:
    if write is projector_files and word == "a b":
        assert read_projector(projector_files(some(["x", word]))).words == ("x", "a b")
        return
    with pytest.raises(ValueError, match=r"^Word 2 has a ") as problem:
        write(some(["x", word]))
    one_sentence(problem)


# --- other programs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("binary", [False, True])
def test_gensim_opens_our_files_and_we_open_gensims(binary: bool, tmp_path: Path) -> None:
    vectors = some(hostile_words(), 5)
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.write_bytes((word2vec_binary if binary else word2vec_text)(vectors))
    opened = KeyedVectors.load_word2vec_format(str(ours), binary=binary)
    assert tuple(opened.index_to_key) == vectors.words
    assert same_bits(opened.vectors, vectors.vectors.astype(np.float32))
    word, cosine = opened.most_similar(vectors.words[0], topn=1)[0]
    nearest, ours_cosine = vectors.nearest(vectors.words[0], 1)[0]
    assert (nearest, pytest.approx(ours_cosine, abs=1e-6)) == (word, cosine)

    opened.save_word2vec_format(str(theirs), binary=binary)
    back = load_vectors(theirs)
    assert back.words == vectors.words
    assert same_bits(back.vectors, opened.vectors)


def test_glove_text_without_a_first_line(tmp_path: Path) -> None:
    vectors = some(["the", ",", "2", "3.5", "naïve"], 4)
    keyed = KeyedVectors(4)
    keyed.add_vectors(list(vectors.words), vectors.vectors.astype(np.float32))
    keyed.save_word2vec_format(str(tmp_path / "glove.txt"), write_header=False)
    back = load_vectors(tmp_path / "glove.txt")
    assert back.words == vectors.words
    assert same_bits(back.vectors, keyed.vectors)


@pytest.mark.parametrize("after", [b"", b"\n"])
def test_both_ways_to_end_a_binary_row(after: bytes, tmp_path: Path) -> None:
    """word2vec.c writes a line end after each vector, gensim does not. Written here with struct, read by all."""
    rows = {"one": (1.5, -2.0), "zwei\u00e9": (0.25, 3e-30), "3": (-0.0, 1e30)}
    data = f"{len(rows)} 2\n".encode()
    data += b"".join(word.encode() + b" " + struct.pack("<2f", *row) + after for word, row in rows.items())
    back = read_vectors(data)
    assert back.words == tuple(rows)
    np.testing.assert_array_equal(back.vectors, np.array(list(rows.values()), np.float32))
    (tmp_path / "file").write_bytes(data)
    gensims = KeyedVectors.load_word2vec_format(str(tmp_path / "file"), binary=True)
    assert same_bits(gensims.vectors, back.vectors)


def test_line_ends_blanks_at_the_end_and_a_mark_are_no_matter() -> None:
    plain = read_word2vec(b"2 2\na 1 2\nb 3 4\n")
    for data in (
        b"2 2\r\na 1 2\r\nb 3 4\r\n",
        b"2 2 \na 1 2 \nb 3 4 \n\n\n",
        b"\xef\xbb\xbf2 2\na 1 2\nb 3 4",
        b"a 1 2\nb 3 4",
        b"\xef\xbb\xbfa 1 2\nb 3 4",
    ):
        back = read_vectors(data)
        assert back.words == plain.words == ("a", "b")
        assert same_bits(back.vectors, plain.vectors)


def test_of_a_repeated_word_the_first_vector_is_kept_as_in_gensim(tmp_path: Path) -> None:
    data = b"4 1\na 1\nb 2\na 3\nb 4\n"
    (tmp_path / "file").write_bytes(data)
    gensims = KeyedVectors.load_word2vec_format(str(tmp_path / "file"))
    back = read_word2vec(data)
    assert set(back.words) == set(gensims.key_to_index)
    assert all(same_bits(back.vectors[row], gensims[word]) for word, row in back.ids.items())
    assert back.notes == ("2 words are there again (the first in line 4): its first vector is kept.",)


# --- what is refused ------------------------------------------------------------------------------------------

ROWS = struct.pack("<2f", 1, 2)
BROKEN: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "This file is empty"),
    "blank lines": (b"\n\n \n", "This file is empty"),
    "a text": (
        b"Once upon a time\nthere was\n",
        "Line 1 is neither two sizes nor a word",
    ),
    "a word": (b"alone\n", "Line 1 is neither two sizes nor a word"),
    "a billion words": (
        b"1000000000 300\na 1 2\n",
        "no word vectors in this file: line 2 has 2 numbers and not 300",
    ),
    "sizes beyond int64": (b"9" * 18 + b" " + b"9" * 18 + b"\nx", "10,000 is the limit"),
    "no words": (b"0 5\n", "The first line promises no word vectors"),
    "no numbers": (b"3 0\na\nb\nc\n", "The first line promises no word vectors"),
    "not UTF-8": (b"2 2\na 1 2\n\xff 3 4\n", r"In line 3 .* 0xFF at position 10 of the file"),
    "binary of nothing": (b"9 2\n" + bytes(300), "Word 1 of the promised 9 is cut off or has no blank"),
    "binary not UTF-8": (b"1 2\n\xff\xfe " + ROWS, r"In word 1 .* 0xFF at position 4"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "This file is a picture"),
    "packed": (b"\x1f\x8b\x08" + bytes(50), "This file is damaged: nothing in it can be unpacked"),
    "a pickle": (b"\x80\x04\x95\x10\0\0\0\0\0\0\0}\x94.", "This file is a pickle"),
    "an archive": (next(f.data for f in files() if "explodes" in f.name), "Line 1 is neither two sizes"),
    "half an archive": (b"PK\x03\x04" + bytes(99), "This archive is damaged"),
    "one long line": (b"x " * 20_000, "Line 1 is neither two sizes"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_refused_in_a_sentence_that_says_where(kind: str) -> None:
    data, said = BROKEN[kind]
    with pytest.raises(ValueError, match=r"\.$") as problem:
        read_vectors(data)
    assert re.search(said, one_sentence(problem)), str(problem.value)


@given(st.binary(max_size=200), st.sampled_from([b"", b"2 2\n", b"a 1 2\n", b"1 1\na ", b"PK\x03\x04"]))
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes, start: bytes) -> None:
    try:
        vectors = read_vectors(start + data)
    except ValueError as problem:
        vectors, said = None, str(problem)
    assert np.isfinite(vectors.vectors).all() if vectors else re.fullmatch(r".+\.", said)


@pytest.mark.parametrize(
    "data",
    [
        b"1000000000 300\n" + b"a 1 2\n" * 1000,
        b"900000 1000\n" + bytes(5000),
        b"w" + b" 0" * 9000 + b"\n" * 100_000 + b"x",  # one wide row, then a hundred thousand empty ones
    ],
)
def test_nothing_is_allocated_on_the_word_of_a_first_line(data: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(ValueError, match=r"\.$"):
        read_vectors(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 12 * len(data) + 1_000_000


# --- the embedding projector ----------------------------------------------------------------------------------


def test_the_tables_of_the_projector() -> None:
    vectors = WordVectors(("a", "b"), np.array([[1.5, -2], [0.1, 1e-9]]))
    tables = projector_files(vectors)
    assert tables["vectors.tsv"] == b"1.5\t-2\n0.10000000000000001\t1.0000000000000001e-09\n"
    assert tables["metadata.tsv"] == b"a\nb\n"
    assert tables["projector_config.pbtxt"].decode().split() == [
        *("embeddings", "{", "tensor_name:", '"word2vec"', "tensor_path:", '"vectors.tsv"'),
        *("metadata_path:", '"metadata.tsv"', "}"),
    ]
    assert projector_files(vectors, [7, 5])["metadata.tsv"] == b"word\tcount\na\t7\nb\t5\n"
    with zipfile.ZipFile(io.BytesIO(projector_zip(vectors))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == tables


@given(arrays(np.float64, (2, 3), elements=st.floats(allow_nan=False, allow_infinity=False)))
def test_tables_keep_every_bit_of_float64(table: np.ndarray) -> None:
    assert same_bits(read_projector(projector_files(WordVectors(("word", "count"), table))).vectors, table)


@pytest.mark.parametrize(
    ("vectors", "metadata", "said"),
    [
        (b"1\t2\n3\t4\n", b"a\n", "There are 2 rows in vectors.tsv and 1 in metadata.tsv: each row of numbers needs"),
        (b"1\t2\n3\n", b"\nb\n", "There are no word vectors in this file: line 1 of metadata.tsv has no word."),
        (
            b"1\tx\n3\ty\n",
            b"a\nb\n",
            "There are no word vectors in this file: line 1 of vectors.tsv has something else than finite numbers",
        ),
        (
            b"1\n2\n",
            b"a\nb\xff\n",
            "In line 2 of metadata.tsv the word is not valid UTF-8 (the first bad byte is 0xFF at",
        ),
        (b"", b"", "vectors.tsv is empty."),
        (b"1" + b"\t1" * 20_000, b"a", "vectors.tsv has more than 10,000 columns."),
        (b"1" + b"\t1" * 9_000 + b"\n" * 50_000 + b"x", b"a\n" * 50_001, "There are no word vectors in this file"),
    ],
)
def test_broken_tables_are_refused(vectors: bytes, metadata: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=r"\.$") as problem:
        read_projector({"vectors.tsv": vectors, "metadata.tsv": metadata})
    assert str(problem.value).startswith(said)
    assert str(problem.value).endswith(".")


# --- runs -----------------------------------------------------------------------------------------------------


def stopped_run(config: Config, after: int) -> Run:
    training = Run.train(config)
    done, stop = 0, None
    try:
        while True:
            done, _ = training.send(stop)
            stop = done >= after or None
    except StopIteration as end:
        return end.value


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_run_is_loaded_again_bit_for_bit(architecture: Any, objective: Any) -> None:
    config = Config(TEXT, architecture, objective, dim=4, epochs=3, seed=9, subsample=0.2, decay=False)
    run = Run(config)
    saved = read_saved_run(saved_run(run))
    assert saved.config == config
    assert (saved.trainer, saved.done, saved.ended) == ("steps", run.n_steps, "finished")
    assert saved.words == run.corpus.vocabulary.words
    assert same_bits(saved.losses, run.losses)
    last = run.parameters(run.n_steps)
    assert same_bits(saved.frames[-1][0], last.V)
    assert same_bits(saved.frames[-1][1], last.U)
    assert same_bits(saved.word_vectors().vectors, last.V)
    again = finished(saved.replay())
    assert same_parameters(again.parameters(again.n_steps), last)
    assert same_bits(again.losses, run.losses)


def test_a_stopped_run_is_gone_on_with_as_if_it_had_not_stopped() -> None:
    config = Config(TEXT, epochs=20)
    run, whole = stopped_run(config, 300), Run(config)
    assert 0 < run.n_steps < whole.n_steps
    saved = read_saved_run(saved_run(run))
    assert saved.ended == "asked"
    again = finished(saved.replay())
    assert again.n_steps == run.n_steps == saved.done
    assert again.stopped == run.stopped
    assert same_bits(again.parameters(saved.done).V, saved.frames[-1][0])
    further = finished(saved.go_on())
    assert further.n_steps == whole.n_steps
    assert same_bits(further.parameters(saved.done).V, saved.frames[-1][0])
    assert same_parameters(further.parameters(further.n_steps), whole.parameters(whole.n_steps))


@pytest.mark.parametrize("holdout", [0.0, 0.2])
def test_a_whole_text_run_is_loaded_and_gone_on_with(holdout: float) -> None:
    config = Config(PRESETS["royal"].text, dim=5)
    run = train_whole_text(config, holdout=holdout, max_passes=6)
    saved = read_saved_run(saved_run(run))
    back = saved.whole_run()
    assert (back.config, back.n_passes, back.best, back.ended) == (config, run.n_passes, run.best, run.ended)
    assert (back.holdout, back.l2, back.seconds) == (run.holdout, run.l2, run.seconds)
    assert same_bits(back.losses, run.losses)
    assert same_bits(back.heldout_losses, run.heldout_losses)
    assert (back.floor, back.unigram_loss) == (run.floor, run.unigram_loss)
    assert back.kept == run.kept
    for i in run.kept:
        assert same_parameters(back.parameters(i), run.parameters(i))
    assert same_bits(saved.word_vectors().vectors.astype(np.float64), run.parameters(run.best).V)
    assert writable_arrays(saved) == []

    more = finished(saved.go_on_whole(3))
    straight = finished(WholeTextRun.train(config, holdout=holdout, max_passes=3, start=run))
    assert more.n_passes == run.n_passes + 3
    assert same_parameters(more.parameters(more.n_passes), straight.parameters(straight.n_passes))


def test_a_saved_run_that_kept_nothing_aside_keeps_nothing_aside_today() -> None:
    """Once only whole sentences were kept aside, of a text in one line none: its run has no held-out losses."""
    text = " ".join(f"word{i % 7}" for i in range(600))
    run = dataclasses.replace(train_whole_text(Config(text, dim=3), holdout=0, max_passes=2), holdout=0.1)
    saved = read_saved_run(saved_run(run))
    back = saved.whole_run()
    assert (back.best, back.heldout_counts.total) == (2, 0)
    assert back.counts.total == run.counts.total
    more = finished(saved.go_on_whole(1))
    assert more.n_passes == 3
    assert np.isfinite(more.losses).all()


@given(
    text=st.text(max_size=40),
    settings=st.fixed_dictionaries(
        {"dim": st.integers(1, 3), "learning_rate": st.floats(0, 1), "lowercase": st.booleans()}
    ),
)
@example(text=MARKUP, settings={})
@example(text="\ud800 lone \udfff surrogates lone", settings={})
def test_a_run_of_any_text_is_saved(text: str, settings: dict[str, Any]) -> None:
    try:
        run = Run(Config(text, epochs=1, **settings))
    except ValueError:
        return
    saved = read_saved_run(saved_run(run))
    assert saved.config == run.config
    assert saved.words == run.corpus.vocabulary.words


def test_numpy_opens_a_saved_run_without_pickle_and_the_same_run_gives_the_same_bytes() -> None:
    run = Run(Config(TEXT, epochs=2))
    data = saved_run(run)
    assert data == saved_run(Run(run.config))
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays_of:
        assert bytes(arrays_of["words"]).decode().split("\n") == list(run.corpus.vocabulary.words)
        assert json.loads(bytes(arrays_of["about"]))["config"]["epochs"] == 2
        assert same_bits(arrays_of["V"][-1], run.parameters(run.n_steps).V)


def contents(run: Run | None = None) -> dict[str, Any]:
    """The arrays in a saved run."""
    with np.load(io.BytesIO(saved_run(run or Run(Config(TEXT, epochs=1))))) as members:
        return dict(members)


def packed(members: dict[str, Any], save_as: Any = np.savez) -> bytes:
    file = io.BytesIO()
    save_as(file, **members)
    return file.getvalue()


def about(**changes: Any) -> np.ndarray:
    """The settings of a saved run, some changed; None takes one out."""
    settings = json.loads(bytes(contents()["about"])) | changes
    return np.frombuffer(json.dumps({k: v for k, v in settings.items() if v is not None}).encode(), np.uint8)


def zipped(name: str, data: bytes, kind: int = zipfile.ZIP_STORED) -> bytes:
    """A saved run in which the bytes of one member are others."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved_run(Run(Config(TEXT, epochs=1))))) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.namelist():
            new.writestr(member, data if member == name else old.read(member), kind if member == name else None)
    return file.getvalue()


def npy(header: str, data: bytes = b"") -> bytes:
    return b"\x93NUMPY\x01\0" + struct.pack("<H", len(header) + 1) + header.encode() + b"\n" + data


def bytes_of(text: str) -> np.ndarray:
    return np.frombuffer(text.encode(), np.uint8)


def hostile_runs() -> dict[str, tuple[bytes, str]]:
    good = contents()
    V, U = good["V"], good["U"]
    n_words = V.shape[1]
    huge = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1000000000, 8), }"
    objects = "{'descr': '|O', 'fortran_order': False, 'shape': (3,), }"
    flat = "{'descr': '|u1', 'fortran_order': False, 'shape': (%s), }"
    fields = flat.replace("'|u1'", "[('a', '|u1')]")
    code = "{'descr': __import__('os').getcwd(), 'fortran_order': False, 'shape': (3,), }"
    config = json.loads(bytes(good["about"]))["config"]
    duplicate = io.BytesIO(packed(good))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(duplicate, "a") as archive:
        archive.writestr("V.npy", b"")
    return {
        "compressed": (packed(good, np.savez_compressed), "compressed or locked"),
        "a bomb": (zipped("V.npy", bytes(50_000_000), zipfile.ZIP_DEFLATED), "compressed or locked"),
        "a member more": (packed(good | {"more": V}), "other members"),
        "a member less": (packed({k: v for k, v in good.items() if k != "U"}), "other members"),
        "a member twice": (duplicate.getvalue(), "other members"),
        "a pickle": (packed(good | {"V": np.array([{}], object)}), r"V\.npy in this archive is no plain array"),
        "objects": (zipped("V.npy", npy(objects, bytes(24))), "no plain array of numbers|no numbers that are expected"),
        "code in a header": (zipped("V.npy", npy(code, bytes(24))), "no plain array of numbers"),
        "a billion rows": (zipped("V.npy", npy(huge, bytes(80))), r"V\.npy in this archive is not as long as it says"),
        "many dimensions": (zipped("V.npy", npy(flat % ("1, " * 70), b"1")), "no plain array"),
        "lengths below 0": (zipped("V.npy", npy(flat % "-2, -3", bytes(6))), "no plain array"),
        "a length too large to be one": (zipped("V.npy", npy(flat % f"0, {10**40}")), "no plain array"),
        "a length that is true": (
            zipped("V.npy", npy(flat % "True,", b"1")),
            "no plain array|V in this file has the shape",
        ),
        "an open bracket": (zipped("V.npy", npy("{'descr': (")), "no plain array"),
        "a deep header": (zipped("V.npy", npy("-" * 60_000 + "1")), "no plain array"),
        "a number with a word": (zipped("V.npy", npy(flat % "1if 1else 1,", b"1")), "no plain array"),
        "a type that is a list": (zipped("V.npy", npy(fields % "1,", b"1")), "no plain array"),
        "no array": (zipped("V.npy", b"hello"), "no plain array"),
        "an empty member": (zipped("V.npy", b""), "no plain array"),
        "another order": (packed(good | {"V": np.asfortranarray(V.repeat(2, axis=0))}), "no plain array"),
        "cut off": (packed(good)[:-30], "damaged"),
        "complex numbers": (packed(good | {"V": V.astype(complex)}), "no plain array|no numbers that are expected"),
        "whole numbers": (packed(good | {"V": V.astype(np.int64)}), "no numbers that are expected"),
        "half precision": (packed(good | {"V": V.astype(np.float16)}), "no numbers that are expected"),
        "a row less": (packed(good | {"V": V[:, 1:]}), "V in this file has the shape"),
        "a column less": (packed(good | {"U": U[:, :, 1:]}), "U in this file has the shape"),
        "two frames": (packed(good | {"V": np.concatenate([V, V])}), "V in this file has the shape"),
        "flat": (packed(good | {"V": V.ravel()}), "V in this file has the shape"),
        "not finite": (packed(good | {"U": U * np.nan}), "U in this file has numbers that are not finite"),
        "without measure": (packed(good | {"V": V * 0 + 1e300}), "V in this file has a number above"),
        "losses not finite": (packed(good | {"losses": good["losses"] * np.inf}), "losses .* one finite number"),
        "losses too few": (packed(good | {"losses": good["losses"][1:]}), "losses .* one finite number"),
        "no losses": (packed(good | {"losses": good["losses"][:0]}), "and 0 losses"),
        "words not UTF-8": (packed(good | {"words": np.full(5, 255, np.uint8)}), "words .* not valid UTF-8"),
        "words as numbers": (packed(good | {"words": np.zeros(3)}), "words .* are no text"),
        "a word twice": (packed(good | {"words": bytes_of("\n".join(["a"] * n_words))}), "Word 2 is there twice"),
        "an empty word": (packed(good | {"words": bytes_of("\n" * (n_words - 1))}), "is there twice"),
        "no settings": (packed(good | {"about": bytes_of("[]")}), "no settings of a run"),
        "not JSON": (packed(good | {"about": bytes_of("{" * 9_000)}), "no settings of a run"),
        "deep JSON": (packed(good | {"about": bytes_of("[" * 19_000)}), "no settings of a run"),
        "long JSON": (packed(good | {"about": bytes_of(" " * 10**6)}), "no settings of a run"),
        "another format": (packed(good | {"about": about(format="other")}), "no settings of a run"),
        "another version": (packed(good | {"about": about(version=2)}), "another version"),
        "no trainer": (packed(good | {"about": about(trainer=None)}), "how its run was trained"),
        "trainer as a list": (packed(good | {"about": about(trainer=[])}), "how its run was trained"),
        "another end": (packed(good | {"about": about(ended="heldout")}), "how its run was trained"),
        "end as a list": (packed(good | {"about": about(ended=[])}), "how its run was trained"),
        "a moment below 0": (packed(good | {"about": about(done=-1)}), "no 'done' that is a whole number"),
        "a best as text": (packed(good | {"about": about(best="1")}), "no 'best' that is a whole number"),
        "seconds as text": (packed(good | {"about": about(seconds="1")}), "no 'seconds' that is a number"),
        "holdout of nan": (packed(good | {"about": about(holdout=float("nan"))}), "no 'holdout' that is a number"),
        "a setting too much": (packed(good | {"about": about(config=config | {"x": 1})}), "settings .* does not know"),
        "the text twice": (packed(good | {"about": about(config=config | {"text": ""})}), "settings .* does not know"),
        "a setting that cannot be": (packed(good | {"about": about(config=config | {"dim": 10**9})}), "dim must be"),
        "settings as a list": (packed(good | {"about": about(config=[1])}), "settings .* does not know"),
        "a setting as a list": (packed(good | {"about": about(config=config | {"objective": [1]})}), "objective must"),
        "a text too long": (packed(good | {"text": np.full(6_000_000, 97, np.uint8)}), "longer than 5 MB"),
    }


@pytest.fixture(scope="module")
def hostile() -> dict[str, tuple[bytes, str]]:
    return hostile_runs()


def test_a_hostile_run_is_refused_in_a_sentence(
    hostile: dict[str, tuple[bytes, str]], subtests: pytest.Subtests
) -> None:
    for kind, (data, said) in hostile.items():
        with subtests.test(kind):
            tracemalloc.start()
            with pytest.raises(ValueError, match=r"\.$") as problem:
                read_vectors(data)
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert re.search(said, str(problem.value)), str(problem.value)
            assert str(problem.value).endswith(".")
            assert "\n" not in str(problem.value)
            assert most < 20 * len(data) + 1_000_000


def test_a_whole_text_run_that_kept_only_some_passes() -> None:
    run = train_whole_text(Config(PRESETS["royal"].text, dim=3), max_passes=8)
    kept = {0, run.best, run.n_passes}
    thinned = dataclasses.replace(run, frames=tuple(f if i in kept else None for i, f in enumerate(run.frames)))
    saved = read_saved_run(saved_run(thinned))
    back = saved.whole_run()
    assert back.kept == tuple(sorted(kept))
    for i in back.kept:
        assert same_parameters(back.parameters(i), run.parameters(i))
    assert same_bits(saved.word_vectors().vectors.astype(np.float64), run.parameters(run.best).V)
    for passes in ([], [0], [1, 2], [0, run.best, run.n_passes, 10**6], [True, run.best, run.n_passes], "012", None):
        members = contents_of(thinned)
        settings = json.loads(bytes(members["about"])) | {"kept": passes}
        with pytest.raises(ValueError, match=r"does not say which passes it has\.$"):
            read_saved_run(packed(members | {"about": bytes_of(json.dumps(settings))}))


def test_words_of_another_text_are_not_gone_on_with() -> None:
    members = contents()
    run = train_whole_text(Config(TEXT, dim=2), max_passes=1)
    members = contents_of(run) | {"text": bytes_of(TEXT.replace("king", "duke"))}
    with pytest.raises(ValueError, match="not those of the text in it") as problem:
        read_saved_run(packed(members)).whole_run()
    one_sentence(problem)


def contents_of(run: WholeTextRun) -> dict[str, Any]:
    with np.load(io.BytesIO(saved_run(run))) as members:
        return dict(members)


@given(st.integers(0, 10**6), st.integers(1, 255))
def test_a_byte_changed_anywhere_is_no_crash(where: int, change: int) -> None:
    data = bytearray(SAVED)
    data[where % len(data)] ^= change
    try:
        saved = read_saved_run(bytes(data))
    except ValueError as problem:
        saved, said = None, str(problem)
    assert isinstance(saved, SavedRun) if saved else re.fullmatch(r".+\.", said)


SAVED = saved_run(Run(Config(TEXT, epochs=1, dim=2)))


@given(st.integers(0, len(SAVED)))
def test_a_file_cut_off_anywhere_is_refused(length: int) -> None:
    if length < len(SAVED):
        with pytest.raises(ValueError, match=r"\.$"):
            read_saved_run(SAVED[:length])


# --- files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", NAMES)
def test_a_saved_file_gives_the_vectors_back(ending: str, tmp_path: Path) -> None:
    run = Run(Config(TEXT, epochs=2))
    path = tmp_path / f"run{ending.upper()}"
    save(run, path)
    back = load_vectors(path)
    assert back.words == run.corpus.vocabulary.words
    np.testing.assert_allclose(back.vectors, vectors_of(run).vectors, rtol=1e-6)
    assert [p.name for p in tmp_path.iterdir()] == [path.name], "nothing else is left behind"
    with pytest.raises(ValueError, match="is there already") as problem:
        save(run, path)
    assert str(problem.value).endswith("write over it.")
    save(Run(dataclasses.replace(run.config, seed=2)), path, force=True)
    assert not np.allclose(load_vectors(path).vectors, back.vectors)


def test_what_cannot_be_written_is_said_before_training(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "file.tsv").write_text("")
    for name, said in {
        "vectors.doc": "the ending chooses the format",
        "vectors": "the ending chooses the format",
        "nowhere/vectors.txt": "There is no folder",
        "folder.txt": "is a folder",
        "file.tsv": "is a file, and a folder is to be made there",
    }.items():
        with pytest.raises(ValueError, match=said):
            check_target(tmp_path / name)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^This file cannot be read: .*\.$"):
        load(tmp_path / "none")
    (tmp_path / "large").write_bytes(bytes(2**20 + 1))
    with pytest.raises(ValueError, match=r"^This file is larger than 1 MB"):
        load(tmp_path / "large", 2**20)
    with pytest.raises(ValueError, match=r"^This file cannot be read: |There is no vectors.tsv"):
        load_vectors(tmp_path)
