"""`python -m w2v`: what it prints, saves and answers, how it ends, and that nothing anybody feeds it is a traceback."""

import gzip
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.hostile import files
from tests.test_formats import BROKEN
from w2v import (
    PRESETS,
    Config,
    CountSettings,
    Run,
    WordVectors,
    count_texts,
    load_vectors,
    read_saved_run,
    save_counts,
    train_whole_text,
    word2vec_text,
)
from w2v.cli.command_line import main, plain
from w2v.cli.ways_out import in_options
from w2v.explain.company import Company
from w2v.explain.health import judge
from w2v.explain.learned import in_words, what_was_learned
from w2v.judgments.evaluation import AnalogyTest, PairTest, analogies, read_test, similarity
from w2v.moments import Moments
from w2v.reading.decoding import MAX_BYTES
from w2v.way_out import WayOut
from w2v.whole.passes import Passes

ROOT = Path(__file__).resolve().parent.parent
TEXT = PRESETS["royal"].text
VECTORS = WordVectors(
    ("king", "queen", "man", "woman", "=cat", "\u202edog\x1b[31m"),
    np.array([[5, 1, 0.1], [5, -1, 0], [1, 5, 0], [1, 3, 0.2], [-1, 0, 3], [-2, 0, 3.0]]),
)


def w2v(
    *arguments: str, data: bytes = b"", folder: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "w2v", *arguments],
        input=data,
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        timeout=120,
    )


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command that must fail says: one sentence on standard error, nothing on standard output."""
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"[^\n]+\.\n", err), err
    assert not re.search(r"[.!?] [A-Z]", err), err
    return err


@pytest.fixture
def vectors(tmp_path: Path) -> str:
    """The name of a file of vectors."""
    (tmp_path / "vectors.txt").write_bytes(word2vec_text(VECTORS))
    return str(tmp_path / "vectors.txt")


@pytest.fixture
def text(tmp_path: Path) -> str:
    """The name of a text."""
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    return str(tmp_path / "text.txt")


# --- train ----------------------------------------------------------------------------------------------------


def facts(printed: str) -> dict[str, str]:
    """What is said in the end, by name."""
    return dict(re.findall(r"^(\w+(?: out)?) +(.+)$", printed, re.MULTILINE))


def test_training_on_a_whole_text_is_the_default(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "vectors.txt"
    assert main(["train", text, "--dim", "6", "--window", "3", "--out", str(out)]) == 0
    run = train_whole_text(Config(TEXT, dim=6, window=3))
    saved = load_vectors(out)
    assert saved.words == run.corpus.vocabulary.words
    np.testing.assert_allclose(saved.vectors, run.parameters(run.best).V, rtol=1e-6)
    said, progress = capsys.readouterr()
    told = facts(said)
    counts = run.corpus.vocabulary.counts
    assert told["words"] == f"{len(counts)} different, {counts.sum()} in all"
    assert told["pairs"] == f"{run.counts.total} learned from, {run.heldout_counts.total} kept aside"
    loss, blind = run.losses[run.best - 1], np.log(len(counts))
    assert told["loss"] == f"{loss:.4f} nats, {np.exp(blind - loss):.2f} times better than guessing ({blind:.4f})"
    assert told["floor"] == f"{run.floor:.4f} nats"
    assert told["held out"] == f"{run.heldout_losses[run.best - 1]:.4f} nats"
    assert told["saved"] == f"{out} (word2vec text)"
    assert progress.splitlines()[-1].startswith(f"pass {run.n_passes} of at most ")
    assert "\r" not in progress, "a bar only where there is a terminal"


@pytest.mark.parametrize(
    ("options", "settings"),
    [
        (["--steps", "--epochs", "2"], {"epochs": 2}),
        (
            ["--objective", "negative", "--epochs", "2", "--negatives", "3", "--noise-power", "1"],
            {"objective": "negative", "epochs": 2, "negatives": 3, "noise_power": 1.0},
        ),
        (["--objective", "hierarchical", "--epochs", "1"], {"objective": "hierarchical", "epochs": 1}),
        (
            ["--architecture", "cbow", "--epochs", "1", "--batching", "window"],
            {"architecture": "cbow", "epochs": 1, "batching": "window"},
        ),
        (
            ["--steps", "--epochs", "2", "--keep-case", "--constant-rate", "--learning-rate", "0.1", "--seed", "9"],
            {"epochs": 2, "lowercase": False, "decay": False, "learning_rate": 0.1, "seed": 9},
        ),
        (
            ["--steps", "--epochs", "2", "--subsample", "0.1", "--subsample-formula", "paper", "--dynamic-window"],
            {"epochs": 2, "subsample": 0.1, "subsample_formula": "paper", "dynamic_window": True},
        ),
        (
            ["--steps", "--epochs", "2", "--batching", "minibatch", "--batch-size", "7", "--reduction", "sum"],
            {"epochs": 2, "batching": "minibatch", "batch_size": 7, "reduction": "sum"},
        ),
        (
            ["--steps", "--epochs", "1", "--pretokenized", "--turkish", "--emoji"],
            {"epochs": 1, "pretokenized": True, "turkish": True, "emoji": True},
        ),
        (
            ["--steps", "--epochs", "1", "--init-scale", "0.1", "--min-count", "2"],
            {"epochs": 1, "init_scale": 0.1, "min_count": 2},
        ),
        (["--one-vector", "--epochs", "2"], {"one_vector": True, "epochs": 2}),
    ],
)  # fmt: skip
def test_every_option_reaches_the_run(
    options: list[str], settings: dict[str, Any], text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run.npz"
    assert main(["train", text, "--dim", "4", *options, "--out", str(out)]) == 0
    config = Config(TEXT, **{"dim": 4, "window": 5, **settings})
    run, saved = Run(config), read_saved_run(out.read_bytes())
    assert saved.config == config
    assert (saved.frames[-1][0] == run.parameters(run.n_steps).V).all()
    told = facts(capsys.readouterr().out)
    loss = run.plan.goal.mean_loss(run.parameters(run.n_steps))
    assert told["loss"].startswith(f"{loss:.4f} nats")
    assert ("times better" in told["loss"]) == (config.objective != "negative")
    assert told["updates"] == f"{run.n_steps:,} of {run.n_steps:,}"


def learned(printed: str) -> str:
    """What is said to have been learned, without the ends of its lines, which are no longer than a terminal is wide."""
    (said,) = re.findall(r"^learned +((?:.+\n)(?: {10}.+\n)*)", printed, re.MULTILINE)
    assert all(len(line) <= 80 for line in f"learned   {said}".splitlines())
    return " ".join(said.split())


@pytest.mark.parametrize("preset", ["eat_drink", "random"])
@pytest.mark.parametrize(
    ("options", "moments_of"),
    [
        (["--steps", "--epochs", "40"], lambda config: Run(replace(config, epochs=40))),
        (["--holdout", "0", "--l2", "0"], lambda config: Passes(train_whole_text(config, holdout=0, l2=0))),
    ],
)
def test_the_end_says_what_was_learned_as_the_pages_do(
    preset: str,
    options: list[str],
    moments_of: Callable[[Config], Moments],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = tmp_path / "text.txt"
    text.write_text(PRESETS[preset].text, encoding="utf-8")
    given = [str(text), "--dim", "8", "--window", "2", "--out", str(tmp_path / "a.txt")]
    assert main(["train", *given, *options]) == 0
    moments = moments_of(Config(PRESETS[preset].text, dim=8, window=2))
    corpus = moments.corpus
    found = what_was_learned(moments, moments.best, Company.of_text(corpus, 2), judge(corpus))
    said = learned(capsys.readouterr().out)
    assert said == in_words(found, lambda i: f'"{corpus.vocabulary.words[i]}"')
    assert ("there is nothing to find" in said) == (preset == "random")
    assert ('"coffee" and "tea"' in said) == (preset != "random")


def test_of_a_training_that_broke_off_nothing_is_said_to_be_learned(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wild = ["--steps", "--learning-rate", "100", "--constant-rate"]
    assert main(["train", text, "--dim", "4", *wild, "--out", str(tmp_path / "a.txt")]) == 0
    told = facts(capsys.readouterr().out)
    assert "try a smaller --learning-rate" in told["updates"]
    assert "learned" not in told


def test_negative_sampling_on_a_whole_text(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "run.npz"
    options = ["--objective", "negative", "--negatives", "3", "--dim", "4", "--max-passes", "3"]
    assert main(["train", text, "--whole", *options, "--out", str(out)]) == 0
    saved = read_saved_run(out.read_bytes())
    config = Config(TEXT, dim=4, window=5, objective="negative", negatives=3, trainer="passes")
    assert (saved.trainer, saved.config) == ("whole", config)
    run = train_whole_text(config, max_passes=3)
    assert (saved.losses == run.losses).all()
    told = facts(capsys.readouterr().out)
    assert told["loss"] == f"{run.losses[run.best - 1]:.4f} nats"
    assert told["floor"] == f"{run.floor:.4f} nats"


def test_all_formats_and_nothing_is_written_over(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = []
    for name in ("a.txt", "a.vec", "a.bin", "a.npz", "a.tsv"):
        command = ["train", text, "--dim", "4", "--out", str(tmp_path / name)]
        assert main(command) == 0
        tables.append(load_vectors(tmp_path / name))
        capsys.readouterr()
        assert "is there already" in complaint(capsys, *command)
        assert main([*command, "--force"]) == 0
        capsys.readouterr()
    assert len({table.words for table in tables}) == 1
    for table in tables:
        np.testing.assert_allclose(table.vectors, tables[0].vectors, rtol=1e-6)
    assert sorted(p.name for p in (tmp_path / "a.tsv").iterdir()) == [
        "metadata.tsv",
        "projector_config.pbtxt",
        "vectors.tsv",
    ]


def test_rare_words_of_long_texts_are_left_out_by_default(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "long.txt").write_text(
        "the cat sat on the mat. " * 3000 + "once only four times only", encoding="utf-8"
    )
    command = ["train", str(tmp_path / "long.txt"), "--dim", "2", "--max-passes", "1", "--out"]
    assert main([*command, str(tmp_path / "a.txt")]) == 0
    assert set(load_vectors(tmp_path / "a.txt").words) == {"the", "cat", "sat", "on", "mat"}
    assert main([*command, str(tmp_path / "b.txt"), "--min-count", "1"]) == 0
    assert "once" in load_vectors(tmp_path / "b.txt").words


def test_what_happened_to_the_text_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "text.txt").write_text(f"one two {'x' * 100} one two three", encoding="utf-8")
    command = ["train", str(tmp_path / "text.txt"), "--dim", "2", "--out", str(tmp_path / "a.txt")]
    assert main(command) == 0
    assert (
        "1 word was longer than 64 letters, marks counted, and was cut to 64." in capsys.readouterr().err.splitlines()
    )


def test_a_saved_run_is_gone_on_with(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = str(tmp_path / "first.npz"), str(tmp_path / "second.npz")
    assert main(["train", text, "--dim", "4", "--max-passes", "4", "--holdout", "0", "--l2", "0", "--out", first]) == 0
    assert main(["train", "--go-on", first, "--max-passes", "3", "--out", second]) == 0
    saved = [read_saved_run(Path(name).read_bytes()) for name in (first, second)]
    assert [run.done for run in saved] == [4, 7]
    assert {run.config for run in saved} == {Config(TEXT, dim=4, window=5, trainer="passes", hold_back=False)}
    assert (saved[1].losses[:4] == saved[0].losses).all()
    assert saved[1].losses[-1] < saved[0].losses[-1]

    steps = str(tmp_path / "steps.npz")
    assert main(["train", text, "--steps", "--dim", "4", "--epochs", "1", "--out", steps]) == 0
    capsys.readouterr()
    assert "nothing to go on with" in complaint(capsys, "train", "--go-on", steps, "--out", str(tmp_path / "x.npz"))


def test_a_bar_where_there_is_a_terminal(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.stderr, "isatty", lambda: True)
        assert main(["train", text, "--dim", "3", "--max-passes", "4", "--out", str(tmp_path / "a.txt")]) == 0
    last = capsys.readouterr().err.split("\r")[-1]
    assert re.fullmatch(r"\[#{24}\] 100 %  pass 4 of at most 4, loss [\d.]+, held out [\d.]+, [\d.]+ s\x1b\[K\n", last)


# --- neighbors, analogy ---------------------------------------------------------------------------------------


def test_neighbors(vectors: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["neighbors", vectors, "KING", "=cat", "-n", "2"]) == 0
    a, b = VECTORS.nearest("king", 2)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "king"
    assert said[1:3] == [f"  {a[1]:7.4f}  {a[0]}", f"  {b[1]:7.4f}  {b[0]}"]
    assert said[3] == "=cat"
    assert said[4].endswith("  \\u202edog\\x1b[31m"), "what could command a terminal is spelled out"


def test_analogy_with_and_without_its_inputs(vectors: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analogy", vectors, "king", "man", "woman"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "king - man + woman"
    assert said[1].split() == [f"{VECTORS.analogy('king', 'man', 'woman')[0][1]:.4f}", "queen"]
    assert len(said) == 1 + len(VECTORS) - 3
    assert main(["analogy", vectors, "--keep-inputs", "-n", "1", "king", "man", "woman"]) == 0
    assert capsys.readouterr().out.split()[-1] == VECTORS.analogy("king", "man", "woman", exclude_inputs=False)[0][0]


def test_words_that_are_not_there(vectors: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = complaint(capsys, "neighbors", vectors, "king", "du\x07ke", "earl")
    assert said == f'"du\\x07ke", "earl" are not among the 6 words of {vectors}.\n'
    assert "is not among" in complaint(capsys, "analogy", vectors, "king", "man", "nobody")


def test_plain_spells_out_what_could_command_a_terminal() -> None:
    assert plain("naïve 猫 e\u0301") == "naïve 猫 e\u0301"
    assert plain("\x1b]0;x\x07\u202e\ud800\n\x9b") == "\\x1b]0;x\\x07\\u202e\\ud800\\n\\x9b"


# --- evaluate -------------------------------------------------------------------------------------------------

SIMLEX = "word1\tword2\tPOS\tSimLex999\tconc(w1)\n"
PAIRS = {
    "WordSim, commas": "Word 1,Word 2,Human (mean)\nking,queen,9\nman,woman,8\nking,=cat,1\nking,unknown,5\n",
    "WordSim, tabs, remarks": "# from people\nking\tqueen\t9.0\nMan\twoman\t8\nking\t=cat\t1\nking\tunknown\t5\n",
    "SimLex": SIMLEX + "king\tqueen\tN\t9\t2\nman\twoman\tN\t8\t1\nking\t=cat\tN\t1\t3\nking\tunknown\tN\t5\t9\n",
    "blanks": "king queen 9\nman woman 8\nking =cat 1\nking unknown 5\n",
    "semicolons": "king;queen;9\nman;woman;8\nking;=cat;1\nking;unknown;5\n",
}  # fmt: skip
QUESTIONS = (
    ": royal\nman king woman queen\nman king woman unknown\n: gram1 plural\nMan King Woman Queen\nking man queen =cat\n"
)


@pytest.mark.parametrize("kind", PAIRS)
def test_similarity_by_ranks_with_the_pairs_found(
    kind: str, vectors: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    test = read_test(PAIRS[kind].encode())
    assert isinstance(test, PairTest)
    assert [score for _, _, score in test.pairs] == [9, 8, 1, 5]
    cosine = dict(VECTORS.nearest("king")) | {"woman": dict(VECTORS.nearest("man"))["woman"]}
    ours = np.argsort(np.argsort([cosine["queen"], cosine["woman"], cosine["=cat"]]))
    rho = 1 - 6 * ((ours - np.array([2, 1, 0])) ** 2).sum() / (3 * (9 - 1))  # Spearman's formula without ties
    result = similarity(VECTORS, test)
    assert (result.n_pairs, result.n_found) == (4, 3)
    assert result.spearman == pytest.approx(rho)
    (tmp_path / "pairs").write_text(PAIRS[kind], encoding="utf-8")
    assert main(["evaluate", vectors, str(tmp_path / "pairs")]) == 0
    columns, found = capsys.readouterr().out.split("pairs found")
    assert re.match(r"words             columns 1.* and 2.*\nscore             column [34].*\n$", columns)
    assert found == f"       3 of 4\nSpearman's rho    {rho:.4f}\n"


def test_too_few_pairs_have_no_rank_correlation(
    vectors: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in ("king queen 9\nx y 8\n", "king queen 9\nman woman 9\n", "x y 8\n"):
        (tmp_path / "pairs").write_text(text, encoding="utf-8")
        assert main(["evaluate", vectors, str(tmp_path / "pairs")]) == 0
        assert "none: too few pairs found, or all alike" in capsys.readouterr().out


def test_analogy_questions_by_section(vectors: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "questions").write_text(QUESTIONS, encoding="utf-8")
    assert main(["evaluate", vectors, str(tmp_path / "questions")]) == 0
    rows = [line.split(None, 5) for line in capsys.readouterr().out.splitlines()[1:]]
    assert rows == [
        ["1", "1", "2", "100.0", "%", "royal"],
        ["1", "2", "2", "50.0", "%", "gram1 plural"],
        ["2", "3", "4", "66.7", "%", "all"],
    ]
    test = read_test(QUESTIONS.encode())
    assert isinstance(test, AnalogyTest)
    assert [(r.n_found, r.n_right) for r in analogies(VECTORS, test, most_frequent=3)] == [(0, 0), (0, 0)]


def test_many_questions_are_answered_as_one_by_one() -> None:
    """In blocks and with a matrix product: the same answers as `analogy`, which is tested by itself."""
    rng = np.random.default_rng(5)
    table = WordVectors(tuple(f"w{i}" for i in range(3000)), rng.normal(size=(3000, 4)))
    lines, right = [], 0
    for a, b, c in rng.choice(3000, (1500, 3)):
        answer = table.analogy(f"w{b}", f"w{a}", f"w{c}", 2) if len(lines) < 40 else []
        d = answer[len(lines) % 2][0] if answer else "w0"
        right += bool(answer) and len(lines) % 2 == 0
        lines.append(f"w{a} w{b} w{c} {d}")
    some, all_of_them = (read_test("\n".join(part).encode()) for part in (lines[:40], lines))
    assert isinstance(some, AnalogyTest)
    assert isinstance(all_of_them, AnalogyTest)
    (result,) = analogies(table, some)
    assert (result.n_found, result.n_right) == (40, right) == (40, 20)
    (result,) = analogies(table, all_of_them)
    assert result.n_right >= 20


def test_answers_that_are_right_whatever_the_first_two_words_are() -> None:
    """Those whose d is the word nearest to c, by a loop: some of the right answers, and none of the wrong ones."""
    rng = np.random.default_rng(6)
    table = WordVectors(tuple(f"w{i}" for i in range(40)), rng.normal(size=(40, 5)))
    unit = table.vectors / np.linalg.norm(table.vectors, axis=1, keepdims=True)
    lines, n_right, n_nearest, n_wrong = [], 0, 0, 0
    for a, b, c in (rng.choice(40, 3, replace=False).tolist() for _ in range(400)):
        answer, nearest = (
            max({*range(40)} - {a, b, c}, key=lambda i, sum_=sum_: float(unit[i] @ sum_))
            for sum_ in (unit[b] - unit[a] + unit[c], unit[c])
        )
        d = nearest if len(lines) % 2 else answer
        n_right += d == answer
        n_nearest += d == answer == nearest
        n_wrong += d == nearest != answer
        lines.append(f"w{a} w{b} w{c} w{d}")
    test = read_test("\n".join(lines).encode())
    assert isinstance(test, AnalogyTest)
    (result,) = analogies(table, test)
    assert (result.n_right, result.n_nearest) == (n_right, n_nearest)
    assert min(n_nearest, n_wrong, n_right - n_nearest) > 20


def test_evaluate_says_which_answers_are_right_anyway(
    vectors: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error: the table on standard output is read by programs."""
    nearest = VECTORS.nearest("king", 3)
    d = next(word for word, _ in nearest if word not in ("man", "woman"))
    rights = set()
    for a, b in (("man", "woman"), ("woman", "man")):
        (tmp_path / "q").write_text(f"{a} {b} king {d}\n", encoding="utf-8")
        assert main(["evaluate", vectors, str(tmp_path / "q")]) == 0
        said = capsys.readouterr()
        right = said.out.splitlines()[-1].split()[0]
        assert ("1 of the 1 right answer is the word nearest to the third" in said.err) == (right == "1")
        assert bool(said.err) == (right == "1")
        rights.add(right)
    assert "1" in rights


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no word pairs and no questions"),
        (b"# only remarks\n", "no word pairs and no questions"),
        (b": empty\n", "sections and no questions"),
        (b": x\na b c\n", "no questions of four words in them: line 2 has 3 words, not four"),
        (b"a,b,1\na,b\n", "columns of this file cannot be told apart"),
        (b"a,b,1,2\nc,d,2,1\n", "--words 1,2 --score 3 or --words 1,2 --score 4"),
        (b"a,,1\n,d,2\n", "No line has two words and a number"),
        (b"a\xff,b,1\n", "0xFF at position 1"),
        (b"\x89PNG\r\n", "a picture"),
    ],
)
def test_a_broken_test_is_refused(
    data: bytes, said: str, vectors: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "test").write_bytes(data)
    assert said in complaint(capsys, "evaluate", vectors, str(tmp_path / "test"))


# --- how commands end -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_of_vectors_is_one_sentence(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(BROKEN[kind][0])
    said = complaint(capsys, "neighbors", str(tmp_path / "file"), "king")
    assert said.startswith(f"{tmp_path / 'file'}: ")


def test_a_hostile_text_is_trained_or_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], subtests: pytest.Subtests
) -> None:
    out = tmp_path / "vectors.txt"
    for file in files():
        with subtests.test(file.name):
            (tmp_path / "text").write_bytes(file.data)
            command = ["train", str(tmp_path / "text"), "--dim", "2", "--max-passes", "1", "--min-count", "1"]
            code = main([*command, "--force", "--out", str(out)])
            said = capsys.readouterr()
            expect = "train" if len(file.data) > MAX_BYTES else file.expect  # counted piece by piece
            if code == 0:
                assert expect in ("train", "either")
                assert len(load_vectors(out)) >= 2
            else:
                assert expect != "train"
                assert re.fullmatch(r"[^\n]+\.\n", said.err), said.err
            assert out.exists() == (code == 0)
            out.unlink(missing_ok=True)


def test_wrong_usage_is_said_with_code_2(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--out", str(tmp_path / "x.txt")]
    for command, said in {
        (): "COMMAND",
        ("fly",): "invalid choice",
        ("train",): "--out",
        ("train", *out): "name a text, or a saved run",
        ("train", text, "--go-on", "run.npz", *out): "and not both",
        ("train", "--go-on", "run.npz", "--dim", "3", *out): "keeps its settings",
        ("train", text, "--dim", "0", *out): "it must be a whole number from 1 to 300",
        ("train", text, "--dim", "x", *out): "it must be a whole number from 1 to 300",
        ("train", text, "--learning-rate", "nan", "--steps", *out): "it must be a number from 0 to 1,000,000",
        ("train", text, "--holdout", "-1", *out): "at least 0",
        ("train", text, "--max-passes", "0", *out): "at least 1",
        **{
            ("train", text, "--minutes", n, *out): "it must be a number above 0 and at most 525,600"
            for n in ("0", "-1", "nan", "inf", "1e9", "soon")
        },
        ("train", text, "--minutes", "3", "--steps", *out): "--minutes cannot go with --steps",
        ("train", text, "--minutes", "3", "--architecture", "cbow", *out): "--minutes cannot go with --steps",
        ("train", "--go-on", "run.npz", "--minutes", "3", *out): "keeps its settings",
        ("train", text, "--epochs", "5", *out): "--epochs cannot go with --whole; add --steps",
        ("train", text, "--constant-rate", *out): "--constant-rate cannot go with --whole; add --steps",
        ("train", text, "--whole", "--one-vector", *out): "--one-vector cannot go with --whole; add --steps",
        ("train", text, "--whole", "--objective", "hierarchical", *out): "--objective cannot go with --whole",
        ("train", text, "--pairs", "--window", "3", *out): "--window cannot go with --pairs",
        ("train", text, "--pairs", "--strip", *out): "--strip cannot go with --pairs",
        ("train", text, "--join-lines", "--pretokenized", *out): "--join-lines cannot go with --pretokenized",
        ("train", "--go-on", "run.npz", "--join-lines", *out): "keeps its settings",
        ("train", "--go-on", "run.npz", "--emoji", *out): "keeps its settings",
        ("train", text, "--steps", "--holdout", "0.2", *out): "--holdout cannot go with --steps",
        ("train", text, "--steps", "--whole", *out): "not allowed with",
        ("neighbors", "x.txt"): "WORD",
        ("neighbors", "x.txt", "king", "-n", "0"): "at least 1",
        ("analogy", "x.txt", "a", "b"): "C",
    }.items():
        with pytest.raises(SystemExit) as end:
            main(command)
        assert end.value.code == 2, command
        printed = capsys.readouterr()
        assert printed.out == ""
        assert said in printed.err, command
    assert not (tmp_path / "x.txt").exists()


def test_what_is_usual_may_be_said(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--objective softmax was refused with --whole, which is full softmax."""
    said = [tmp_path / "said.bin", tmp_path / "usual.bin"]
    short = ["--dim", "4", "--max-passes", "2", "--out"]
    assert main(["train", text, "--objective", "softmax", "--architecture", "skip-gram", *short, str(said[0])]) == 0
    assert main(["train", text, *short, str(said[1])]) == 0
    assert said[0].read_bytes() == said[1].read_bytes()
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    model, steps = capsys.readouterr().out.split("\nthe model:\n")[1].split("\nwith --steps only:\n")
    both, only_steps = (
        re.findall(r"^  (--[a-z-]+)", part.split("\nwith --")[0], re.MULTILINE) for part in (model, steps)
    )
    assert {"--objective", "--negatives", "--noise-power"} <= set(both)
    assert {"--epochs", "--learning-rate", "--architecture"} <= set(only_steps)


def test_problems_with_files_are_said_with_code_1(
    text: str, vectors: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "x.txt")
    assert "cannot be read: No such file" in complaint(capsys, "neighbors", str(tmp_path / "none"), "a")
    assert "cannot be read" in complaint(capsys, "evaluate", vectors, str(tmp_path))
    assert "There is no vectors.tsv" in complaint(capsys, "neighbors", str(tmp_path), "a")
    assert "cannot be read: No such file" in complaint(capsys, "train", str(tmp_path / "none"), "--out", out)
    (tmp_path / "empty").mkdir()
    assert "There is no file in this folder" in complaint(capsys, "train", str(tmp_path / "empty"), "--out", out)
    assert "should end in .txt" in complaint(capsys, "train", text, "--out", str(tmp_path / "x.doc"))
    assert "There is no folder" in complaint(capsys, "train", text, "--out", str(tmp_path / "no" / "x.txt"))
    assert "encoding" in complaint(capsys, "train", text, "--encoding", "zip", "--out", out)
    assert "try --min-count 4." in complaint(capsys, "train", text, "--min-count", "5000", "--out", out)
    assert "not a run that was saved" in complaint(capsys, "train", "--go-on", zipped(tmp_path), "--out", out)
    assert "is no .npz file" in complaint(capsys, "train", "--go-on", text, "--out", out)


def zipped(folder: Path) -> str:
    np.savez(folder / "other.npz", x=np.zeros(3))
    return str(folder / "other.npz")


def test_help_has_examples_that_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The examples of every --help, run as they stand there."""
    folder = tmp_path / "examples"
    folder.mkdir()
    for name in ("book.txt", "poem.txt"):
        (folder / name).write_text(f"{TEXT} Alice the rabbit. The rabbit and Alice.", encoding="utf-8")
    (folder / "wordsim353.tsv").write_text("king\tqueen\t9\nman\twoman\t8\n", encoding="utf-8")
    (folder / "questions-words.txt").write_text(QUESTIONS, encoding="utf-8")
    run_example("count book.txt --min-count 1 --out counts.npz", folder, monkeypatch)
    capsys.readouterr()
    seen = 0
    texts_to_count(folder)
    for command in ("train", "count", "neighbors", "analogy", "evaluate", None):
        with pytest.raises(SystemExit) as end:
            main([*([command] if command else []), "--help"])
        assert end.value.code == 0
        examples = re.findall(r"^  python -m w2v (.+)$", capsys.readouterr().out, re.MULTILINE)
        assert examples
        for example in examples:
            run_example(example, folder, monkeypatch)
            assert capsys.readouterr().out
            seen += 1
    assert seen >= 12


def texts_to_count(folder: Path) -> None:
    """Write the texts that are counted in examples, long enough for words that occur ten times."""
    (folder / "books").mkdir()
    for name in ("a.txt", "more.txt", "books/one.txt", "books/two.txt"):
        (folder / name).write_text(20 * TEXT, encoding="utf-8")
    (folder / "b.txt.gz").write_bytes(gzip.compress(f"{TEXT}\n".encode() * 20))
    counted = count_texts(folder / "a.txt", CountSettings(min_count=1))
    for name in ("january", "february"):
        save_counts(folder / f"{name}.npz", counted)


def run_example(example: str, folder: Path, monkeypatch: pytest.MonkeyPatch, over: bool = True) -> None:
    """Run a command in a folder as it would be typed into a shell there, `<` included, but in this process.

    over : whether it may write over what another one wrote
    """
    command, _, given = example.partition(" < ")
    arguments = shlex.split(command)
    with monkeypatch.context() as there:
        there.chdir(folder)
        if over and "vectors.bin" in arguments and not Path("vectors.bin").exists():
            assert main(["train", "book.txt", "--dim", "3", "--out", "vectors.bin"]) == 0
        force = ["--force"] if over and arguments[0] in ("train", "count") else []
        with open(given.strip() or os.devnull, encoding="utf-8") as data:
            there.setattr(sys, "stdin", data)
            assert main([*arguments, *force]) == 0, example


def test_the_commands_of_the_readme_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## Without a browser")[1].split("\n## ")[0]
    commands = re.findall(r"^python -m w2v ([^#\n]+?)(?: +#.*)?$", section, re.MULTILINE)
    assert {command.split()[0] for command in commands} == {"train", "neighbors", "analogy", "evaluate"}
    (tmp_path / "book.txt").write_text(f"{TEXT} Alice the rabbit. The rabbit and Alice.", encoding="utf-8")
    (tmp_path / "page.html").write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    (tmp_path / "wordsim353.tsv").write_text("king\tqueen\t9\nman\twoman\t8\n", encoding="utf-8")
    for command in commands:
        run_example(command, tmp_path, monkeypatch, over=False)
        assert capsys.readouterr().out


def test_the_first_command_of_the_readme_works_in_a_process_of_its_own(tmp_path: Path) -> None:
    """As it is typed: from the folder of the text, and nothing at all on standard input."""
    (tmp_path / "book.txt").write_text(TEXT, encoding="utf-8")
    done = w2v("train", "book.txt", "--dim", "3", "--out", "vectors.bin", folder=tmp_path)
    assert (done.returncode, done.stderr.count(b"Traceback")) == (0, 0), done.stderr.decode()
    assert done.stdout
    done = w2v("neighbors", "vectors.bin", "king", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"king")
    done = w2v("train", "--help")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"python -m w2v train" in done.stdout


def test_standard_input_and_any_locale(vectors: str, tmp_path: Path) -> None:
    out = str(tmp_path / "a.txt")
    done = w2v("train", "-", "--dim", "2", "--out", out, data="naïve 猫 naïve café. Über café.".encode())
    assert (done.returncode, done.stderr.count(b"Traceback")) == (0, 0)
    data = Path(out).read_bytes()
    done = w2v("neighbors", "-", "NAÏVE", data=data, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0, done.stderr
    assert "café" in done.stdout.decode("utf-8")
    assert w2v("neighbors", "-", "x", data=b"").stderr.decode() == (
        "-: This file is empty: there are no word vectors in it.\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break in another way there")
def test_a_reader_that_has_enough_is_no_problem(tmp_path: Path) -> None:
    many = WordVectors(tuple(f"word{i}" for i in range(20_000)), np.random.default_rng(1).normal(size=(20_000, 2)))
    (tmp_path / "many.txt").write_bytes(word2vec_text(many))
    process = subprocess.Popen(
        [sys.executable, "-m", "w2v", "neighbors", str(tmp_path / "many.txt"), "word1", "-n", "20000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == b"word1\n"
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), said) == (0, b"")


def test_the_model_is_reached_without_any_page_and_without_what_takes_long_to_come() -> None:
    """Parts of SciPy, scikit-learn and Dask take longer to come than all else, and most commands do without them."""
    never = ("streamlit", "plotly", "pages", "scipy.sparse", "scipy.special", "sklearn", "dask")
    code = f"import sys, w2v.cli.command_line; print(*sorted(sys.modules.keys() & {set(never)}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.split() == []


# --- ways out -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (("train", "latin.txt", "--out", "x.txt"), "--encoding"),
        (("evaluate", "vectors.txt", "latin.txt"), "--encoding"),
        (("evaluate", "latin.vec", "pairs.tsv"), "--vectors-encoding"),
        (("neighbors", "latin.vec", "a"), "--encoding"),
        (("analogy", "latin.vec", "a", "b", "c"), "--encoding"),
    ],
)
def test_who_can_say_choose_its_encoding_has_the_option(
    command: tuple[str, ...],
    option: str,
    vectors: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("latin.txt").write_bytes("süße Wörter\tsüße\t3\nzwei\tdrei\t4\n".encode("cp1252"))
    Path("latin.vec").write_bytes("4 1\na 1\nb 2\nc 4\nsüß 3\n".encode("cp1252"))
    Path("pairs.tsv").write_text("a\tb\t1\na\tc\t2\nb\tsüß\t3\n", encoding="utf-8")
    said = complaint(capsys, *command)
    assert f": try {option} cp1252 (Western), shift_jis (Japanese) or utf-16-le" in said
    assert ("or --errors replace." in said) == ("latin.vec" in command)
    assert main([*command, option, "cp1252"]) == 0
    if "latin.vec" in command:
        capsys.readouterr()
        assert main([*command, "--errors", "replace"]) == 0
        assert "1 word has letters that are not valid UTF-8, which were replaced" in capsys.readouterr().err


def test_the_first_words_and_what_is_said_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "vectors.txt"
    path.write_bytes(b"9 2\na 1 2\nb 3\nc 5 6\nd 7 9\n")
    assert main(["neighbors", str(path), "a", "--limit", "2"]) == 0
    out, err = capsys.readouterr()
    assert [line.split()[-1] for line in out.splitlines()] == ["a", "c"]
    assert err == f"{path}: 1 row is left out: line 3 has 1 number and not 2.\n"
    (tmp_path / "zeros.vec").write_bytes(b"a 0 0\nb 0 0\n")
    assert main(["neighbors", str(tmp_path / "zeros.vec"), "a"]) == 0
    assert "All vectors are zeros: they point nowhere" in capsys.readouterr().err
    assert 'nobody" is not among the 1 word of' in complaint(capsys, "neighbors", str(path), "nobody", "--limit", "1")


def test_ways_out_of_settings(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--out", str(tmp_path / "x.txt")]
    once = tmp_path / "once.txt"
    once.write_text(" ".join(f"word{i}" for i in range(6000)), encoding="utf-8")
    assert "try --objective negative, or --whole." in complaint(
        capsys, "train", str(once), "--steps", "--min-count", "1", *out
    )
    said = complaint(
        capsys, "train", text, "--steps", "--objective", "hierarchical", "--epochs", "10000", "--window", "20", *out
    )
    assert re.search(r"2,000,000 can be stepped through: try --epochs \d+\.\n$", said)
    tree = complaint(capsys, "train", text, "--one-vector", "--objective", "hierarchical", *out)
    assert tree.endswith("whose output vectors belong to no words: try --objective softmax or negative.\n")
    with pytest.raises(WayOut) as caught:
        train_whole_text(Config(TEXT, one_vector=True))
    assert in_options(caught.value).endswith("try --steps.")


@pytest.mark.parametrize(
    ("options", "way"),
    [
        ((), "put some words on one line."),
        (("--min-count", "2"), "try --min-count 1."),
        (("--subsample", "0.01"), "try --subsample 0."),
        (("--min-count", "2", "--subsample", "0.01"), "try --min-count 1, or --subsample 0."),
    ],
)
def test_where_no_two_words_stand_together_only_what_can_mend_it_is_named(
    options: tuple[str, ...], way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "words.txt"
    text.write_text("king\nqueen\n" * 2, encoding="utf-8")
    for trainer in ("--whole", "--steps"):
        said = complaint(capsys, "train", str(text), trainer, *options, "--out", str(tmp_path / "x.txt"))
        assert said.splitlines()[-1] == f"No two words of this text stand in one sentence: {way}"


def test_what_train_chooses_is_said_before_with_how_much_it_leaves_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    once, twice, often = ([f"{kind}{i}" for i in range(n)] for kind, n in (("o", 900), ("t", 4500), ("f", 10)))
    text = tmp_path / "text.txt"
    command = ["train", str(text), "--dim", "2", "--max-passes", "1", "--out", str(tmp_path / "x.txt"), "--force"]
    text.write_text(". ".join([" ".join(often)] * 90 + [" ".join(once)] + [" ".join(twice)] * 2), encoding="utf-8")
    assert main(command) == 0
    assert capsys.readouterr().err.startswith(
        "The usual minimum count of 5 would leave out 5,400 of 5,410 different words, 92 % of the text, so "
        "--min-count 2 is taken.\nThe minimum count of 2 leaves out 900 of 5,410 different words, 8.3 % of the text.\n"
    )
    assert len(load_vectors(tmp_path / "x.txt")) == 4510
    assert main([*command, "--min-count", "5"]) == 0
    assert (
        "The minimum count of 5 leaves out 5,400 of 5,410 different words, 92 % of the text.\n"
        in capsys.readouterr().err
    )
    text.write_text(" ".join(f"word{i}" for i in range(9000)), encoding="utf-8")
    said = complaint(capsys, *command)
    assert said == (
        "The usual minimum count of 5 leaves out 9,000 of 9,000 different words, 100 % of the text, so there is "
        "nothing to train on: try --min-count 1.\n"
    )


def test_negative_sampling_of_a_long_text_goes_to_all_pairs_at_once(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("w2v.plan_checks.MAX_EXAMPLES", 2000)
    out = str(tmp_path / "x.npz")
    command = ["train", text, "--objective", "negative", "--negatives", "3", "--dim", "2", "--out", out, "--force"]
    assert main([*command, "--epochs", "2"]) == 0
    assert "all pairs" not in capsys.readouterr().err
    assert read_saved_run(Path(out).read_bytes()).config.trainer == "steps"
    assert main([*command, "--epochs", "1000"]) == 0
    printed = capsys.readouterr()
    assert re.search(
        r"^This run would learn from [\d,]+ examples or more, and 2,000 can be stepped through, so all pairs are "
        r"learned from at once, as with --whole\.\nThat makes no use of --epochs\.\n",
        printed.err,
        re.MULTILINE,
    )
    assert "passes" in printed.out
    saved = read_saved_run(Path(out).read_bytes())
    assert (saved.config.trainer, saved.config.objective, saved.config.negatives) == ("passes", "negative", 3)
    assert re.search(r"try --epochs \d+, or --whole\.$", complaint(capsys, *command, "--steps", "--epochs", "1000"))
    hierarchical = complaint(
        capsys, "train", text, "--objective", "hierarchical", "--epochs", "1000", "--out", out, "--force"
    )
    assert re.search(r"try --epochs \d+\.$", hierarchical)
