"""`evaluate` never guesses: every layout of word pairs and questions is read right, or refused with its readings."""
# ruff: noqa: ARG005  (each lambda gets all there is of a pair, and need not use it)

import logging
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from gensim.models import KeyedVectors
from gensim.test.utils import datapath
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.scored_tables import UNKNOWN, VECTORS, WORDS, Made, right_rho, tables
from w2v import WordVectors, word2vec_text
from w2v.cli.command_line import main
from w2v.judgments import evaluation
from w2v.judgments.evaluation import AnalogyTest, PairTest, analogies, read_test, similarity

PAIRS = [
    ("sun", "moon", 8.5), ("river", "stone", 3.25), ("bread", "salt", 7.0), ("horse", "wolf", 5.5),
    ("sun", "bread", 0.5), ("moon", "river", 2.75), ("salt", "horse", 1.0), ("wolf", "stone", 1.75),
]  # fmt: skip
RHO = right_rho(PAIRS)
assert RHO is not None


def table(line: Callable[[int, str, str, float], str], header: str = "") -> str:
    """A file with one line for each of the pairs."""
    return header + "".join([f"{line(i, *pair)}\n" for i, pair in enumerate(PAIRS)])


def comma(score: float) -> str:
    return str(score).replace(".", ",")


RATERS = [f"rating{j}" for j in range(10)]


def people(i: int, n: int = 10) -> list[str]:
    """What single people said, in no order."""
    return [str((3 * i * i + j * j) % 11) for j in range(n)]


READ = {  # file -> columns of the two words and of the score, from 1
    "relation first": (table(lambda i, a, b, s: f"{'ts'[i % 2]}\t{a}\t{b}\t{s}"), (2, 3, 4)),
    "relations": (
        table(lambda i, a, b, s: f"{'tsHiam'[i % 6]}\t{a}\t{b}\t{s}", "# i: identical\n# s: alike\n"),
        (2, 3, 4),
    ),
    "relation last": (table(lambda i, a, b, s: f"{a}\t{b}\tV\t{s}\t{('SYNONYMS', 'NONE')[i % 2]}"), (1, 2, 4)),
    "SimVerb": (
        table(lambda i, a, b, s: f"{a}\t{b}\tV\t{s}\t{['SYNONYMS', 'ANTONYMS', 'NONE', 'COHYPONYMS'][i % 4]}"),
        (1, 2, 4),
    ),
    "a note here and there": (table(lambda i, a, b, s: f"{a}\t{b}\t{'?!' * (i == 2)}\t{s}"), (1, 2, 4)),
    "named in a remark": (table(lambda i, a, b, s: f"x{i}\t{a}\t{b}\t{s}", "# type word1 word2 score\n"), (2, 3, 4)),
    "index": (table(lambda i, a, b, s: f"{i},{a},{b},{s}", ",word1,word2,score\n"), (2, 3, 4)),
    "index, tabs": (table(lambda i, a, b, s: f"{i}\t{a}\t{b}\t{s}", "\tword1\tword2\tscore\n"), (2, 3, 4)),
    "index, strange names": (table(lambda i, a, b, s: f"{i},{a},{b},{s}", ",cue,target,strength\n"), (2, 3, 4)),
    "index, no header": (table(lambda i, a, b, s: f"{i + 1};{a};{b};{s}"), (2, 3, 4)),
    "score first": (table(lambda i, a, b, s: f"{s}\t{a}\t{b}"), (2, 3, 1)),
    "raters": (table(lambda i, a, b, s: f"{a}\t{b}\t{10 + i % 2}\t{s}", "word1\tword2\tn_raters\tmean\n"), (1, 2, 4)),
    "deviation": (table(lambda i, a, b, s: f"{a},{b},{i % 3}.1,{s}", "word1,word2,SD,rating\n"), (1, 2, 4)),
    "another mean": (table(lambda i, a, b, s: f"{a},{b},{i % 3},{s}", "word1,word2,mean RT,score\n"), (1, 2, 4)),
    "SimLex": (
        table(
            lambda i, a, b, s: f"{a}\t{b}\tN\t{s}\t{i % 3}\t{i % 5}",
            "word1\tword2\tPOS\tSimLex999\tAssoc(USF)\tSD(SimLex)\n",
        ),
        (1, 2, 4),
    ),
    "numbers in the header": (
        table(lambda i, a, b, s: ",".join([a, b, str(s), *people(i, 3)]), "Word 1,Word 2,Human (mean),1,2,3\n"),
        (1, 2, 3),
    ),
    "a number for the score in the header": (
        table(lambda i, a, b, s: f"{a},{b},{s}", "Word 1,Word 2,2015\n"),
        (1, 2, 3),
    ),
    "only numbers in the header": (table(lambda i, a, b, s: f"{a},{b},{s}", "0,1,2\n"), (1, 2, 3)),
    "RW": (
        table(
            lambda i, a, b, s: "\t".join([a, b, str(s), *people(i)]),
            "\t".join(["word1", "word2", "mean", *RATERS]) + "\n",
        ),
        (1, 2, 3),
    ),
    "SCWS": (
        table(
            lambda i, a, b, s: "\t".join(
                [str(i + 1), a, "n", b, "n", f'The "old <b>{a}</b>', f"A <b>{b}</b> here", str(s), *people(i)]
            )
        ),
        (2, 4, 8),
    ),
    "contexts": (table(lambda i, a, b, s: f"{a}\tthe {a} is over there\t{b}\tand a {b} is here\t{s}"), (1, 3, 5)),
    "parts of speech": (table(lambda i, a, b, s: f"{a}\tn\t{b}\t{'vn'[i % 2]}\t{s}"), (1, 3, 5)),
    "quoted": (table(lambda i, a, b, s: f'"{a}","{b}",{s}\r', '"Word 1","Word 2","Human (mean)"\r\n'), (1, 2, 3)),
    "quoted numbers, tabs": (table(lambda i, a, b, s: f'"{a}"\t"{b}"\t"{s:07.3f}"'), (1, 2, 3)),
    "quoted cell of two lines": (
        table(lambda i, a, b, s: f'{a},{b},"one\ntwo, 2",{s}', "word1,word2,notes,score\n"),
        (1, 2, 4),
    ),
    "decimal comma, semicolons": (table(lambda i, a, b, s: f"{a};{b};{comma(s)}", "Wort1;Wort2;Wert\n"), (1, 2, 3)),
    "decimal comma, tabs": (table(lambda i, a, b, s: f"{a}\t{b}\t{comma(s)}"), (1, 2, 3)),
    "decimal comma, blanks": (table(lambda i, a, b, s: f"{a} {b} {comma(s)}"), (1, 2, 3)),
    "decimal comma, quoted": (table(lambda i, a, b, s: f'{a},{b},"{comma(s)}"'), (1, 2, 3)),
    "minus": (table(lambda i, a, b, s: f"{a}\t{b}\t{s - 5}".replace("-", "\u2212")), (1, 2, 3)),
    "percent": (table(lambda i, a, b, s: f"{a}\t{b}\t{10 * s} %"), (1, 2, 3)),
    "RG-65": (table(lambda i, a, b, s: f"{a} ; {b} ; {s}"), (1, 2, 3)),
    "blanks in columns": (table(lambda i, a, b, s: f"  {a:9} {b:9}  {s} ", "  word1    word2   score\n"), (1, 2, 3)),
    "bars": (table(lambda i, a, b, s: f"| {a} | {b} | {s} |", "| word1 | word2 | score |\n|---|---|---|\n"), (2, 3, 4)),
    "divider at the end": (table(lambda i, a, b, s: f"{a},{b},{s},,", "word1,word2,score\n"), (1, 2, 3)),
    "old line ends": (table(lambda i, a, b, s: f"{a}\t{b}\t{s}").replace("\n", "\r"), (1, 2, 3)),
    "two scores of one order": (table(lambda i, a, b, s: f"{a}\t{b}\t{s}\t{s * s:.3f}"), (1, 2, 3)),
    "the mean of the others": (table(lambda i, a, b, s: f"{a}\t{b}\t{i % 3}.0\t{2 * s - i % 3}\t{s}"), (1, 2, 5)),
    "capitals": (table(lambda i, a, b, s: f"{a.upper()}\t{b.title()}\t{s}"), (1, 2, 3)),
    "words that are named so": (table(lambda i, a, b, s: f"{a} {b} {s}", "word1 word9 1\nword2 word3 1\n"), (1, 2, 3)),
}


@pytest.mark.parametrize("kind", READ)
def test_each_layout_gives_the_right_rho(kind: str) -> None:
    text, columns = READ[kind]
    test = read_test(text.encode())
    assert isinstance(test, PairTest)
    assert tuple([column + 1 for column in test.columns]) == columns
    result = similarity(VECTORS, test)
    assert result.n_found == len(PAIRS)
    assert result.spearman == pytest.approx(RHO, abs=1e-12)


REFUSED = {
    "two scores": (
        table(lambda i, a, b, s: f"{a}\t{b}\t{s}\t{10 + i % 2}"),
        "--words 1,2 --score 3 or --words 1,2 --score 4",
    ),
    "two scores, named": (
        table(lambda i, a, b, s: f"{a},{b},{s},{i % 5}", "word1,word2,similarity,relatedness\n"),
        "--words 1,2 --score 3 or --words 1,2 --score 4",
    ),
    "single people": (table(lambda i, a, b, s: "\t".join([a, b, *people(i)])), "--words 1,2 --score 6 (and 6 more)"),
    "three words": (
        table(lambda i, a, b, s: f"{a} {b} {WORDS[i]} {s}"),
        "--words 1,2 --score 4 or --words 1,3 --score 4 or --words 2,3 --score 4",
    ),
    "words and comments": (
        table(lambda i, a, b, s: f"{['sun', 'moon'][i % 2]}\t{b}\tp{i}\t{s}"),
        "--words 1,2 --score 4",
    ),
    "decimal comma, commas": (table(lambda i, a, b, s: f"{a},{b},{comma(s)}"), "--score 3 or --words 1,2 --score 4"),
    "a column of numbers for words": (
        table(lambda i, a, b, s: f"{a}\t{i}\t{s}"),
        '(the columns are 1 "sun", 2 "0", 3 "8.5")',
    ),
    "one name too few": (
        table(lambda i, a, b, s: f"{i} {a} {b} {s}", "word1 word2 score\n"),
        "Line 1 names 3 columns and the others have 4",
    ),
    "only an index": (table(lambda i, a, b, s: f"{i},{a},{b}", "id,word1,word2\n"), "no column of scores"),
    "points and commas": (
        table(lambda i, a, b, s: f"{a}\t{b}\t{s if i % 2 else comma(s)}"),
        "decimal points and decimal commas",
    ),
    "percent of some": (table(lambda i, a, b, s: f"{a}\t{b}\t{s}{'%' * (i % 2)}"), "with and without %"),
    "thousands": ("sun\tmoon\t1,200\nriver\tsalt\t900\nwolf\thorse\t1,100\n", "a comma for decimals or thousands"),
    "no table": ("sun moon\none two three\nfour\n", "cannot be told apart"),
    "half of it is something else": (table(lambda i, a, b, s: f"{a},{b},{s}") + "x\n" * 9, "cannot be told apart"),
    "no words in the lines": ("word1,word2,score\n,moon,1\nsun,,2\n", "No line has two words and a number"),
    "BATS": ("sun\tmoon/star\nriver\tstone\n", "pairs of words without scores, as BATS"),
    "MSR without answers": ("sun suns moon NN_NNS\nwolf wolves horse NN_NNS\n", "without their answers"),
    "five words": ("x sun moon salt bread\nx sun moon salt bread\n", "5 columns of words"),
    "questions on numbers": ("1 one 2 two\n3 three 4 four\n", "questions on numbers and their names or pairs"),
    "three columns of words": ("sun moon salt\nriver stone wolf\n", "neither scores"),
    "of ten": (table(lambda i, a, b, s: f"{a}\t{b}\t{s}/10"), 'has scores such as "8.5/10", which is no number'),
    "about": (
        table(lambda i, a, b, s: f"{a},{b},~{s}", "w1,w2,score\n"),
        'Column 3 of this file has scores such as "~',
    ),
    "with thousands": (table(lambda i, a, b, s: f"{a};{b};{1000 * s:,.2f}"), 'has scores such as "8,500.00"'),
    "JSON": ('[{"a": "sun", "b": "moon", "c": "bread", "d": "salt"}]', "This file is JSON"),
    "JSON Lines": ('{"a":"sun","b":"moon","c":"bread","d":"salt"}\n' * 3, "This file is JSON"),
    "a table of a web page": ("<table><tr><td>sun</td><td>moon</td><td>1</td></tr></table>", "This file is a web page"),
    "counted, parts of speech": (table(lambda i, a, b, s: f"{i} {a} N {b} N"), "5 columns of words"),
    "grades, no numbers": (table(lambda i, a, b, s: f"{a} {b} N high"), "neither scores"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_may_be_read_in_two_ways_is_refused_with_the_ways(kind: str) -> None:
    text, said = REFUSED[kind]
    with pytest.raises(ValueError, match=re.escape(said)) as problem:
        read_test(text.encode())
    assert re.fullmatch(r"[^\n]+\.", str(problem.value))
    assert not re.search(r"[.!?] [A-Z]", str(problem.value))


# --- the key property -----------------------------------------------------------------------------------------


def agrees(made: Made) -> bool:
    """Whether a table is read at all; if it is, it must be read right."""
    try:
        test = read_test(made.text.encode())
    except ValueError:
        return False
    assert isinstance(test, PairTest), made.text
    assert len(test.pairs) == len(made.pairs), made.text
    ours, right = similarity(VECTORS, test).spearman, right_rho(made.pairs)
    assert (ours is None) == (right is None), made.text
    assert ours is None or ours == pytest.approx(right, abs=1e-9), made.text
    return True


@settings(max_examples=400)
@given(tables())
@example(Made("sun moon 1\nmoon salt 2\nsalt sun 3\n", [("sun", "moon", 1), ("moon", "salt", 2), ("salt", "sun", 3)]))
@example(Made("a\tb\tc\td\nsun\tnone\t0\tn\nmoon\tnone\t1\tn\n", [("sun", "none", 0), ("moon", "none", 1)]))
def test_any_table_gives_the_right_rho_or_a_refusal(made: Made) -> None:
    agrees(made)


@settings(max_examples=200)
@given(tables("known"))
def test_any_table_with_known_names_is_read(made: Made) -> None:
    assert agrees(made) or not made.pairs


@given(
    st.text(alphabet=',;|"\t \n\n:#/.018abAé\u2212%\r', max_size=80),
    st.sampled_from((None, ("1", "2"), ("a", "b"), ("", "a"))),
    st.sampled_from((None, "1", "3", "b")),
)
@example(": a\n", None, None)
@example('"\n"\n', None, None)
@example("word1,word2,score", ("word1", "word2"), "score")
def test_anything_is_read_or_refused_in_a_sentence(text: str, words: tuple[str, str] | None, score: str | None) -> None:
    try:
        test = read_test(text.encode(), words=words, score=score)
    except ValueError as problem:
        complaint = str(problem)
    else:
        complaint = "."
        assert test.pairs if isinstance(test, PairTest) else test.sections
    assert re.fullmatch(r"[^\n\r]*\.", complaint)


def test_a_table_of_thousands_of_columns_is_refused_at_once() -> None:
    """There are as many ways to read it as pairs of columns: millions."""
    wide = ("word another " * 4_000 + "1 2 3\n") * 2
    with pytest.raises(ValueError, match="8,003 columns, too many to tell") as problem:
        read_test(wide.encode())
    assert len(str(problem.value)) < 300


@given(st.data())
def test_columns_asked_for_are_taken(data: st.DataObject) -> None:
    """Whatever the order of columns, also where they could not be told apart."""
    order = data.draw(st.permutations(range(5)))
    rows = [[a, b, str(s), str(i % 3), WORDS[-i]] for i, (a, b, s) in enumerate(PAIRS)]
    text = "\n".join(["\t".join([row[i] for i in order]) for row in rows])
    a, b, k = (str(order.index(i) + 1) for i in range(3))
    test = read_test(text.encode(), words=(a, b), score=k)
    assert isinstance(test, PairTest)
    assert list(test.pairs) == PAIRS


# --- gensim's results -----------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("gensim").setLevel(logging.ERROR)


def gensims(vectors: WordVectors) -> KeyedVectors:
    keyed = KeyedVectors(vectors.dim)
    keyed.add_vectors(list(vectors.words), np.array(vectors.vectors, dtype=np.float32))
    return keyed


CASED = WordVectors(  # some words in two cases, with other vectors
    ("Sun", "sun", "MOON", "river", "Stone", "stone", "straße", "STRASSE", "salt", "Bread", "wolf", "horse"),
    np.random.default_rng(4).normal(size=(12, 4)).astype(np.float32),
)
GENSIM_READS = {  # what both of us read: three columns, tabs
    "small": table(lambda i, a, b, s: f"{a}\t{b}\t{s}"),
    "capitals": table(lambda i, a, b, s: f"{a.upper()}\t{b.title()}\t{s}"),
    "header": table(lambda i, a, b, s: f"{a}\t{b}\t{s}", "Word 1\tWord 2\tHuman (mean)\n"),
    "remarks": table(lambda i, a, b, s: f"{a}\t{b}\t{s}", "# from people\n#\n"),
    "unknown words": table(lambda i, a, b, s: f"{a}\t{UNKNOWN[0] if i % 3 == 1 else b}\t{s}"),
    "ties": table(lambda i, a, b, s: f"{a}\t{b}\t{s // 3}"),
    "twice": table(lambda i, a, b, s: f"{a}\t{b}\t{s}\n{b}\t{a}\t{s + 1}"),
    "a bad line": table(lambda i, a, b, s: f"{a}\t{b}\t{s}") + "a footer\n",
    "a bad score": table(lambda i, a, b, s: f"{a}\t{b}\t{'many' if i == 3 else s}"),
    "exponents, signs": table(lambda i, a, b, s: f"{a}\t{b}\t{s - 4:+e}"),
    "sharp s": table(lambda i, a, b, s: f"{a}\t{'Straße' if i == 2 else b}\t{s}"),
    "phrases": table(lambda i, a, b, s: f"{'ice cream' if i == 2 else a}\t{b}\t{s}"),
    "Windows": table(lambda i, a, b, s: f"{a}\t{b}\t{s}\r"),
}


@pytest.mark.parametrize("vectors", [VECTORS, CASED], ids=["one case", "two cases"])
@pytest.mark.parametrize("kind", GENSIM_READS)
def test_pairs_as_gensim(kind: str, vectors: WordVectors, tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_bytes(GENSIM_READS[kind].encode())
    _, (theirs, _), unknown = gensims(vectors).evaluate_word_pairs(str(tmp_path / "pairs.tsv"))
    test = read_test(GENSIM_READS[kind].encode())
    assert isinstance(test, PairTest)
    result = similarity(vectors, test)
    assert result.spearman == pytest.approx(theirs, abs=1e-9)
    assert 1 - result.n_found / result.n_pairs == pytest.approx(unknown / 100)


def questions(n: int, words: tuple[str, ...], seed: int) -> list[str]:
    rng = np.random.default_rng(seed)
    return [" ".join([words[i] for i in rng.integers(0, len(words), 4)]) for _ in range(n)]


ONE_WORD = tuple([word for word in (*CASED.words, *UNKNOWN) if " " not in word])


@given(st.integers(0, 10**6), st.sampled_from((str.upper, str.lower, str.title, str)))
def test_questions_as_gensim(tmp_path_factory: pytest.TempPathFactory, seed: int, case: Callable[[str], str]) -> None:
    lines = questions(12, ONE_WORD, seed)
    lines = [
        ": first",
        *lines[:5],
        "four words and one",
        ": second kind",
        *[case(line) for line in lines[5:]],
        "# no 3",
    ]
    path = tmp_path_factory.mktemp("questions") / "questions.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    _, sections = gensims(CASED).evaluate_word_analogies(str(path))
    test = read_test(path.read_bytes())
    assert isinstance(test, AnalogyTest)
    ours = [(result.name, result.n_right, result.n_found) for result in analogies(CASED, test)]
    assert ours == [(s["section"], len(s["correct"]), len(s["correct"]) + len(s["incorrect"])) for s in sections[:-1]]


def test_questions_are_answered_right_sometimes_as_gensim(tmp_path: Path) -> None:
    """The comparison above is not one of noughts: all questions that there are, some of which have the right answer."""
    words = [word for word in CASED.words[:8] if word != "STRASSE"]
    lines = [": all", *[f"{a} {b} {c} {d}" for a in words for b in words for c in words for d in words]]
    (tmp_path / "all.txt").write_text("\n".join(lines), encoding="utf-8")
    _, (theirs, _) = gensims(CASED).evaluate_word_analogies(str(tmp_path / "all.txt"))
    test = read_test((tmp_path / "all.txt").read_bytes())
    assert isinstance(test, AnalogyTest)
    (ours,) = analogies(CASED, test)
    assert (ours.n_right, ours.n_found) == (len(theirs["correct"]), len(lines) - 1)
    assert ours.n_right > 50


@pytest.mark.parametrize("name", ["wordsim353.tsv", "simlex999.txt", "questions-words.txt"])
def test_the_files_that_come_with_gensim(name: str, tmp_path: Path) -> None:
    """Real files, with vectors by chance for nine words in ten."""
    lines = Path(datapath(name)).read_text(encoding="utf-8").splitlines()
    lines = [line for i, line in enumerate(lines) if name != "questions-words.txt" or line[0] == ":" or i % 40 == 0]
    (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    rng = np.random.default_rng(1)
    words = sorted({word for line in lines for word in line.split() if word.isalpha() and rng.random() < 0.9})
    vectors = WordVectors(words, rng.normal(size=(len(words), 6)).astype(np.float32))
    test = read_test((tmp_path / name).read_bytes())
    assert test.left_out == ()
    if isinstance(test, PairTest):
        _, (rho, _), unknown = gensims(vectors).evaluate_word_pairs(str(tmp_path / name))
        result = similarity(vectors, test)
        assert (result.n_pairs, test.columns) == ({"wordsim353.tsv": 353, "simlex999.txt": 999}[name], (0, 1, 2))
        assert result.spearman == pytest.approx(rho, abs=1e-9)
        assert 1 - result.n_found / result.n_pairs == pytest.approx(unknown / 100)
    else:
        _, sections = gensims(vectors).evaluate_word_analogies(str(tmp_path / name))
        ours = [(r.name, r.n_right, r.n_found) for r in analogies(vectors, test)]
        assert ours == [
            (s["section"], len(s["correct"]), len(s["correct"]) + len(s["incorrect"])) for s in sections[:-1]
        ]


def test_only_the_first_words_count_as_in_gensim(tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_bytes(GENSIM_READS["small"].encode())
    test = read_test(GENSIM_READS["small"].encode())
    assert isinstance(test, PairTest)
    _, (theirs, _), _ = gensims(VECTORS).evaluate_word_pairs(str(tmp_path / "pairs.tsv"), restrict_vocab=6)
    assert similarity(VECTORS, test, most_frequent=6).spearman == pytest.approx(theirs, abs=1e-9)
    assert similarity(VECTORS, test, most_frequent=6).n_found == 5
    assert evaluation.MOST_FREQUENT == 300_000


def test_answers_are_the_same_whatever_is_held_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    test = read_test("\n".join(questions(200, ONE_WORD, 3)).encode())
    assert isinstance(test, AnalogyTest)
    at_once = analogies(CASED, test)
    monkeypatch.setattr(evaluation, "ROWS_AT_ONCE", 5)
    monkeypatch.setattr(evaluation, "BLOCK_CELLS", 15)
    assert analogies(CASED, test) == at_once
    assert at_once[0].n_found > 50


def test_a_word_beside_itself_ties_with_another_such() -> None:
    """Cosines that differ by rounding only are equal."""
    test = read_test("".join([f"{word}\t{word}\t{i}\n" for i, word in enumerate(WORDS)]).encode())
    assert isinstance(test, PairTest)
    assert similarity(VECTORS, test).spearman is None


# --- questions ------------------------------------------------------------------------------------------------

ASKED = ["sun moon bread salt", "river stone horse wolf", "moon sun salt bread"]
QUESTIONS = {  # file -> questions by section, lines left out
    "Google": (": a\n" + "\n".join(ASKED[:2]) + "\n: b c\n" + ASKED[2], {"a": ASKED[:2], "b c": ASKED[2:]}, []),
    "no section": ("\n".join(ASKED), {"questions": ASKED}, []),
    "BOM, Windows": ("\ufeff: a\r\n" + "\r\n".join(ASKED) + "\r\n", {"a": ASKED}, []),
    "remarks": ("// someone 2013\n: a\n" + ASKED[0] + "\n# note\n// x\n" + ASKED[1], {"a": ASKED[:2]}, []),
    "blanks before colons": (f" : a\n{ASKED[0]}\n :b\n{ASKED[1]}\n", {"a": ASKED[:1], "b": ASKED[1:2]}, []),
    "a word that begins with a colon": (": a\n:) :( sun moon\n" + ASKED[0], {"a": [":) :( sun moon", ASKED[0]]}, []),
    "a word that begins with #": (": a\n#sun #moon bread salt\n", {"a": ["#sun #moon bread salt"]}, []),
    "five words": (": a\n" + "\n".join(ASKED) + "\nsun moon bread salt more\n", {"a": ASKED}, [5]),
    "five words, no section": ("\n".join(ASKED) + "\nsun moon bread salt more\n", {"questions": ASKED}, [4]),
    "commas": ("a,b,c,d\n" + "\n".join(ASKED).replace(" ", ","), {"questions": ASKED}, []),
    "names": ("word1,word2,word3,word4\n" + "\n".join(ASKED).replace(" ", ","), {"questions": ASKED}, []),
    "index": (
        ",a,b,c,d\n" + "\n".join([f"{i},{q}" for i, q in enumerate(ASKED)]).replace(" ", ","),
        {"questions": ASKED},
        [],
    ),
    "category": ("category,a,b,c,d\n" + "\n".join([f"x,{q}" for q in ASKED]).replace(" ", ","), {"x": ASKED}, []),
    "a header that counts": ("1,2,3,4\n" + "\n".join(ASKED).replace(" ", ","), {"questions": ASKED}, []),
    "names of another kind": ("term1 term2 term3 term4\n" + "\n".join(ASKED), {"questions": ASKED}, []),
    "an answer": (
        "question 1,question 2,question 3,answer\n" + "\n".join(ASKED).replace(" ", ","),
        {"questions": ASKED},
        [],
    ),
    "ordinals": ("first second third fourth\n" + "\n".join(ASKED), {"questions": ASKED}, []),
    "words that are ordinals": (
        "first second third fourth\nthird fourth fifth sixth\n",
        {"questions": ["first second third fourth", "third fourth fifth sixth"]},
        [],
    ),
    "counted, no header": ("\n".join([f"{i} {q}" for i, q in enumerate(ASKED, 1)]), {"questions": ASKED}, []),
    "Markdown": (
        "| a | b | c | d |\n|---|:--|---|---|\n" + "\n".join(["| " + q.replace(" ", " | ") + " |" for q in ASKED]),
        {"questions": ASKED},
        [],
    ),
    "names of sections": (
        f":\tone\n{ASKED[0]}\n:gram1.adj (a)\n{ASKED[1]}\n:Kin/Names,\n{ASKED[2]}\n",
        {"one": ASKED[:1], "gram1.adj (a)": ASKED[1:2], "Kin/Names": ASKED[2:]},
        [],
    ),
    "letters": ("a b c d\nx y z w\n", {"questions": ["a b c d", "x y z w"]}, []),
    "tabs": (": a\n" + "\n".join(ASKED).replace(" ", "\t"), {"a": ASKED}, []),
    "MSR": (
        "sun moon bread NN_NNS salt\nriver stone horse VB_VBD wolf\n",
        {"NN_NNS": ASKED[:1], "VB_VBD": ASKED[1:2]},
        [],
    ),
    "a word is missing": ("sun,moon,bread,salt\nsun,,moon,salt\nx,y,z,w\n", {"questions": [ASKED[0], "x y z w"]}, [2]),
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_each_layout_of_questions_is_read(kind: str) -> None:
    text, sections, left_out = QUESTIONS[kind]
    test = read_test(text.encode())
    assert isinstance(test, AnalogyTest)
    assert {s.name: [" ".join(question) for question in s.questions] for s in test.sections} == sections
    assert [line.number for line in test.left_out] == left_out


# --- what the command says ------------------------------------------------------------------------------------


@pytest.fixture
def vectors(tmp_path: Path) -> str:
    (tmp_path / "vectors.txt").write_bytes(
        word2vec_text(WordVectors([w.replace(" ", "_") for w in WORDS], VECTORS.vectors))
    )
    return str(tmp_path / "vectors.txt")


def said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str | bytes, *options: str, code: int = 0
) -> tuple[str, str]:
    """What `evaluate` prints about a file, on standard output and on standard error."""
    (tmp_path / "file").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert main(["evaluate", str(tmp_path / "vectors.txt"), str(tmp_path / "file"), *options]) == code
    out, err = capsys.readouterr()
    return out, err


def test_the_columns_taken_are_printed(vectors: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, tmp_path, READ["raters"][0]) == (
        'words             columns 1 "word1" and 2 "word2", named in line 1\nscore             column 4 "mean"\n'
        f"pairs found       8 of 8\nSpearman's rho    {RHO:.4f}\n",
        "",
    )
    out, _ = said(capsys, tmp_path, READ["index, no header"][0])
    assert "words             columns 2 and 3\nscore             column 4 (column 1 counts the lines)\n" in out


def test_lines_left_out_are_counted_and_named(vectors: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"{a}\t{b}\t{s}" for a, b, s in PAIRS]
    rows[2:2] = ["sun\tmoon\tNaN", "sun\t\t3", "a footer", "sun\tmoon\tmuch", "one\ttwo"]
    out, _ = said(capsys, tmp_path, "\n".join(rows))
    assert (
        "lines left out    5: line 3 (no score); line 4 (a word is missing); "
        "line 5 (1 column where the others have 3); and 2 more\n"
    ) in out
    assert f"pairs found       8 of 8\nSpearman's rho    {RHO:.4f}\n" in out
    out, _ = said(capsys, tmp_path, "# what people said\n" + READ["score first"][0] + "# 1\tsun\tmoon\n#7\tsun\tmoon\n")
    assert "lines left out" not in out
    out, _ = said(capsys, tmp_path, GENSIM_READS["small"] + "#sun\tmoon\t3\n")
    assert "lines left out    1: line 9 (it begins with #)\n" in out
    out, _ = said(capsys, tmp_path, QUESTIONS["five words"][0])
    assert "lines left out    1: line 5 (5 words, not four)\n" in out


def test_columns_are_chosen_by_number_or_name(vectors: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    two = table(lambda i, a, b, s: f"{a},{b},{s},{i % 5}", "x,y,p,q\n")
    refused = said(capsys, tmp_path, two, code=1)[1]
    assert refused.endswith("say which columns to take: --words 1,2 --score 3 or --words 1,2 --score 4.\n")
    for options in (["--words", "1,2", "--score", "3"], ["--words", "X,y", "--score", "p"], ["--score", "3"]):
        out, _ = said(capsys, tmp_path, two, *options)
        assert f'score             column 3 "p"\npairs found       8 of 8\nSpearman\'s rho    {RHO:.4f}\n' in out
    for options, problem in {
        ("--words", "1,9"): "There is no column 9 for --words",
        ("--words", "1,z"): 'No column is named "z", for --words: the columns are "x", "y", "p", "q"',
        ("--words", "1,1"): "Two different columns",
        ("--score", "2"): "Column 2 is to be the score and has no numbers in it",
        ("--score", "0"): "There is no column 0",
    }.items():
        assert problem in said(capsys, tmp_path, two, *options, code=1)[1]
    headless = table(lambda i, a, b, s: f"{i} {a} {b} {s}", "word1 word2 score\n")
    assert f"{RHO:.4f}" in said(capsys, tmp_path, headless, "--words", "2,3", "--score", "4")[0]
    with pytest.raises(SystemExit):
        main(["evaluate", vectors, "x", "--words", "1"])
    assert "two columns with a comma between" in capsys.readouterr().err


def test_a_first_score_that_is_too_large_is_no_header(
    vectors: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for large in ("1e400", "-inf"):
        out, _ = said(capsys, tmp_path, f"sun\twolf\t{large}\n" + READ["capitals"][0])
        assert f'lines left out    1: line 1 ("{large}" is no number)\n' in out
        assert "named in line" not in out


def test_numbers_can_be_words_when_asked_for(vectors: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "66 66 1\n66 sun 2\n"
    assert "no two columns of words" not in said(capsys, tmp_path, text, "--words", "1,2", "--score", "3")[1]


def test_nothing_found_warns_and_shows_the_first(
    vectors: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lemmas = table(lambda i, a, b, s: f"{a}-n {b}-v {s}")
    out, err = said(capsys, tmp_path, lemmas)
    assert "pairs found       0 of 8\n" in out
    assert 'the first is read as "sun-n" and "moon-v" with the score 8.5, with parts of speech at the end' in err
    _, err = said(capsys, tmp_path, "x y\tz\t3\n")
    assert 'the first is read as "x y" and "z" with the score 3.' in err
    _, err = said(capsys, tmp_path, ": k\nx y z w\n")
    assert 'the first is read as "x" is to "y" as "z" is to "w".' in err
    assert said(capsys, tmp_path, ASKED[0])[1] == ""


def test_the_encoding_is_chosen(vectors: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = READ["score first"][0] + "5\tnaïve\tsun\n"
    _, err = said(capsys, tmp_path, text.encode("cp1252"), code=1)
    assert re.search(r"first bad byte is 0xEF .*: try --encoding cp1252 \(Western\), shift_jis .*\.\n$", err)
    assert "pairs found       9 of 9" in said(capsys, tmp_path, text.encode("cp1252"), "--encoding", "cp1252")[0]
    assert "9 of 9" in said(capsys, tmp_path, text.encode("utf-16"))[0]
    assert "9 of 9" in said(capsys, tmp_path, text.encode("utf-16-be"), "--encoding", "utf-16-be")[0]
    assert ": try --encoding utf-16-le." in said(capsys, tmp_path, text.encode("utf-16-le"), code=1)[1]


def test_case_never_matters(vectors: str) -> None:
    capitals = WordVectors([word.upper() for word in WORDS], VECTORS.vectors)
    for kind in ("score first", "capitals"):
        test = read_test(READ[kind][0].encode())
        assert isinstance(test, PairTest)
        for table_of in (VECTORS, capitals):
            assert similarity(table_of, test).spearman == pytest.approx(RHO, abs=1e-12)
