"""How well vectors agree with people: word similarity (WordSim-353, SimLex-999) and analogies (Google's questions).

The files are given by whoever asks; none come with this program. `scored_pairs.py` and `analogy_questions.py` say how
they are read. Words are looked up as gensim's evaluate_word_pairs and evaluate_word_analogies do: in capital letters,
so that case never matters; of words that differ in case only, the first in the file of vectors counts, which is the
most frequent. Pairs and questions with a word that has no vector are left out and counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from w2v.arrays import Floats, Ints
from w2v.judgments.analogy_questions import (
    AnalogyTest,
    Question,
    Section,
    is_remark,
    names_numbers,
    names_questions,
    read_questions,
    read_sections,
    section_name,
)
from w2v.judgments.column_names import counts_lines
from w2v.judgments.scored_pairs import Pair, PairTest, read_pairs
from w2v.judgments.tables import Table, is_missing, lines_of, number_in, read_table
from w2v.neighbours import unit_rows
from w2v.reading.decoding import read_text
from w2v.word_vectors import WordVectors

__all__ = [
    "MOST_FREQUENT",
    "AnalogyResult",
    "AnalogyTest",
    "Pair",
    "PairTest",
    "Section",
    "SimilarityResult",
    "analogies",
    "in_all",
    "read_test",
    "similarity",
]

MOST_FREQUENT = 300_000  # words that pairs, questions and answers are looked for among, as in gensim
ROWS_AT_ONCE = 20_000  # words compared with questions at once
BLOCK_CELLS = 2_000_000  # similarities held at once
_NO_TABLES = {
    "JSON": re.compile(r"\s*(?:\{\s*\"|\[\s*[\[{\"])"),
    "a web page": re.compile(r"\s*<(?:!doctype|!--|html|head|body|table|\?xml)\b", re.IGNORECASE),
}
_DECIMALS = 12  # cosines that agree so far are the same: what is left is rounding


@dataclass(frozen=True)
class SimilarityResult:
    """Agreement with people on word pairs.

    n_pairs, n_found : pairs in the file, and pairs of which both words have vectors
    spearman         : rank correlation of the cosines with the scores; None for fewer than two pairs found, or
                       when all cosines or all scores are equal
    """

    n_pairs: int
    n_found: int
    spearman: float | None


@dataclass(frozen=True)
class AnalogyResult:
    """Answers to one section of questions.

    n_questions, n_found : questions in the file, and those of which all four words have vectors
    n_right              : questions found whose best answer is d
    n_nearest            : of these, the ones whose d is the word nearest to c anyway: right whatever a and b are
    """

    name: str
    n_questions: int
    n_found: int
    n_right: int
    n_nearest: int


def read_test(
    data: bytes, *, encoding: str | None = None, words: Sequence[str] | None = None, score: str | None = None
) -> PairTest | AnalogyTest:
    """Read a file of word pairs or of analogy questions, whichever it is: pairs have a column of numbers.

    encoding     : of the file, as in `w2v.reading.decoding.read_text`
    words, score : two columns of words and one of scores, each as a number from 1 or a name in the header; asking for
                   one of them means that these are pairs

    Lines that begin with # or // are passed over.
    Raises ValueError in one sentence that says what is wrong, or which ways to read the file there are.
    """
    text = read_text(data, encoding)
    if kind := next((kind for kind, begins in _NO_TABLES.items() if begins.match(text)), None):
        raise ValueError(
            f"This file is {kind}, which is not read here: write a line for each pair and its score, as in"
            ' "king queen 8.5", or for each question, as in "man king woman queen".'
        )
    lines = lines_of(text)
    pairs_asked = words is not None or score is not None
    if not pairs_asked and any(section_name(line.text) is not None for line in lines):
        return read_sections(lines)
    kept = [line for line in lines if not line.text.strip().startswith(("#", "//"))]
    if not kept:
        raise ValueError("This file has no word pairs and no questions in it.")
    table = read_table(kept)
    if not pairs_asked and names_numbers(table):
        raise ValueError(
            "This file can be questions on numbers and their names or pairs with two numbers each, so write a line "
            '": numbers" above the questions, or say which columns the pairs have, as in --words 2,4 --score 1.'
        )
    if pairs_asked or _may_have_scores(table):
        remarks = [line for line in lines if line.text.strip().startswith("#")]
        return read_pairs(table, remarks, words, score)
    return read_questions(read_table([line for line in lines if not is_remark(line.text)]))


def _may_have_scores(table: Table) -> bool:
    """Whether a column has numbers in more than half of its cells; one that counts the questions is none."""
    columns = list(zip(*[row.cells for row in table.rows[1:] or table.rows], strict=True))
    counted = [row.cells[0] for row in table.rows]
    start = 1 if (counts_lines(columns[0]) or counts_lines(counted)) and names_questions(table) else 0
    for column in columns[start:]:
        there = [number_in(cell) is not None for cell in column if not is_missing(cell)]
        if 2 * sum(there) > len(there):
            return True
    return False


def similarity(vectors: WordVectors, test: PairTest, most_frequent: int = MOST_FREQUENT) -> SimilarityResult:
    """Compare the cosines of word pairs with what people say, by Spearman's rank correlation.

    Only the first `most_frequent` words of the vectors are used. A word is as similar to itself as can be.
    """
    rows = _rows_by_capitals(vectors, most_frequent)
    found = [(rows.get(pair.a.upper()), rows.get(pair.b.upper()), pair.score) for pair in test.pairs]
    both = [(a, b, score) for a, b, score in found if a is not None and b is not None]
    if len(both) < 2:
        return SimilarityResult(len(test.pairs), len(both), None)
    rows_a, rows_b, scores = (np.array(column) for column in zip(*both))
    cosines = np.einsum("ij,ij->i", unit_rows(vectors.vectors[rows_a]), unit_rows(vectors.vectors[rows_b]))
    return SimilarityResult(len(test.pairs), len(both), spearman(cosines.round(_DECIMALS), scores))


def spearman(a: ArrayLike, b: ArrayLike) -> float | None:
    """Return Spearman's rank correlation of two series, (n,) each, equal values sharing their mean rank.

    None where all values of one are equal. (`scipy.stats` has the same, and takes a second to import.)
    """
    ranks_a, ranks_b = _ranks(a), _ranks(b)
    if np.ptp(ranks_a) == 0 or np.ptp(ranks_b) == 0:
        return None
    return float(np.corrcoef(ranks_a, ranks_b)[0, 1])


def _ranks(series: ArrayLike) -> Floats:
    _, place, times = np.unique(series, return_inverse=True, return_counts=True)
    ranks: Floats = (np.cumsum(times) - (times - 1) / 2)[place]
    return ranks


def analogies(vectors: WordVectors, test: AnalogyTest, most_frequent: int = MOST_FREQUENT) -> list[AnalogyResult]:
    """Answer all questions by b - a + c (3CosAdd, see `w2v.neighbours.analogy`), the three inputs left out.

    Only the first `most_frequent` words of the vectors are used, for questions as for answers: files list words by
    frequency, and every question is compared with every word. Words that differ in case only are one word: all are
    left out with an input, and each is right where one is.

    A right answer need not come from a and b: where d is the nearest word to c ("her" to "his"), any two words that are
    close to each other lead to it (T. Linzen, 2016, "Issues in evaluating semantic spaces using word analogies").
    Vectors that were hardly trained have many such answers, and lose them as they learn: few right answers more or
    less say nothing before these are taken out.
    """
    rows = _rows_by_capitals(vectors, most_frequent)
    first = np.array([rows[word.upper()] for word in vectors.words[:most_frequent]])  # of its word in any case
    asked = [[_found(rows, question) for question in section.questions] for section in test.sections]
    known = np.array([row for section in asked for row in section if row is not None], dtype=np.int64).reshape(-1, 4)
    right = _best_answers(vectors, first, known[:, :3], (-1, 1, 1)) == known[:, 3]
    nearest = right.copy()
    nearest[right] = _best_answers(vectors, first, known[right, :3], (0, 0, 1)) == known[right, 3]
    results, start = [], 0
    for section, answers in zip(test.sections, asked, strict=True):
        end = start + sum(row is not None for row in answers)
        n_right, n_nearest = (int(some[start:end].sum()) for some in (right, nearest))
        results.append(AnalogyResult(section.name, len(answers), end - start, n_right, n_nearest))
        start = end
    return results


def in_all(results: Sequence[AnalogyResult]) -> AnalogyResult:
    """Return the answers to all sections together, named "all"."""
    numbers = [(r.n_questions, r.n_found, r.n_right, r.n_nearest) for r in results]
    return AnalogyResult("all", *np.array(numbers, dtype=np.int64).reshape(-1, 4).sum(axis=0).tolist())


def _rows_by_capitals(vectors: WordVectors, most_frequent: int) -> dict[str, int]:
    """Words in capital letters -> the first row of such a word."""
    rows: dict[str, int] = {}
    for row, word in enumerate(vectors.words[:most_frequent]):
        rows.setdefault(word.upper(), row)
    return rows


def _found(rows: dict[str, int], question: Question) -> list[int] | None:
    found = [row for word in question if (row := rows.get(word.upper())) is not None]
    return found if len(found) == len(question) else None


def _best_answers(vectors: WordVectors, first: Ints, inputs: Ints, factors: tuple[int, int, int]) -> Ints:
    """The answer to each row of inputs (n, 3), a to b as c to what: the first row of the most similar word.

    first   : (n_words,) for each word used the first row of the same word in any case
    factors : of the unit vectors of a, b and c, whose sum an answer is similar to
    """
    used = np.unique(inputs)
    unit = unit_rows(vectors.vectors[used])
    direction = unit_rows(np.einsum("k,nkd->nd", factors, unit[np.searchsorted(used, inputs)]))  # (n, dim)
    best, answers = np.full(len(inputs), -np.inf), np.full(len(inputs), -1)
    for start in range(0, len(first), ROWS_AT_ONCE):
        words = first[start : start + ROWS_AT_ONCE]
        candidates = unit_rows(vectors.vectors[start : start + len(words)])
        at_once = max(1, BLOCK_CELLS // len(words))
        for i in range(0, len(inputs), at_once):
            block = slice(i, i + at_once)
            answers[block], best[block] = _better(
                direction[block] @ candidates.T, words, inputs[block], answers[block], best[block]
            )
    return answers


def _better(cosines: Floats, words: Ints, inputs: Ints, answers: Ints, best: Floats) -> tuple[Ints, Floats]:
    """The best answers so far and their cosines, after more words: cosines (n, len(words)), inputs (n, 3)."""
    order = words.argsort(kind="stable")
    for column in inputs.T:
        start, end = (np.searchsorted(words[order], column, side) for side in ("left", "right"))
        for nth in range((end - start).max(initial=0)):  # more than one where words differ in case only
            rows = np.flatnonzero(start + nth < end)
            cosines[rows, order[start[rows] + nth]] = -np.inf
    at = cosines.argmax(axis=1)
    value = cosines[np.arange(len(at)), at]
    return np.where(value > best, words[at], answers), np.maximum(value, best)
