"""How well vectors agree with people: word similarity (WordSim-353, SimLex-999) and analogies (Google's questions).

The files are given by whoever asks; none come with this program. Words are looked up as written, else in small
letters; pairs and questions with a word that has no vector are left out and counted, as gensim does.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from w2v.arrays import Floats
from w2v.corpus import read_text
from w2v.neighbours import unit_rows
from w2v.word_vectors import WordVectors

MOST_FREQUENT = 30_000  # words that answers are looked for among, as in word2vec's compute-accuracy
_BLOCK_CELLS = 2_000_000  # similarities held at once


class Pair(NamedTuple):
    """Two words and how similar people find them."""

    a: str
    b: str
    score: float


@dataclass(frozen=True)
class Section:
    """Analogy questions of one kind: a is to b as c is to d."""

    name: str
    questions: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class PairTest:
    """A file of word pairs."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class AnalogyTest:
    """A file of analogy questions."""

    sections: tuple[Section, ...]


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
    """

    name: str
    n_questions: int
    n_found: int
    n_right: int


def read_test(data: bytes) -> PairTest | AnalogyTest:
    """Read a file of word pairs or of analogy questions, whichever it is.

    Pairs: two words and a score in each line, divided by tabs, commas, semicolons or blanks, as in WordSim-353 and
    SimLex-999 (whose score is in the column "SimLex999"). Questions: four words in each line, under lines that
    begin with a colon and name a section, as in Google's questions-words.txt. Lines that begin with # are passed over.
    Raises ValueError in one sentence that says what is wrong and in which line.
    """
    lines = [(number, line.strip()) for number, line in enumerate(read_text(data).splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line and not line.startswith("#")]
    if not lines:
        raise ValueError("This file has no word pairs and no questions in it.")
    if any(line.startswith(":") for _, line in lines) or all(_is_question(line) for _, line in lines[:3]):
        return AnalogyTest(tuple(_read_questions(lines)))
    return PairTest(tuple(_read_pairs(lines)))


def similarity(vectors: WordVectors, test: PairTest) -> SimilarityResult:
    """Compare the cosines of word pairs with what people say, by Spearman's rank correlation."""
    found = [(vectors.find(pair.a), vectors.find(pair.b), pair.score) for pair in test.pairs]
    both = [(a, b, score) for a, b, score in found if a is not None and b is not None]
    if len(both) < 2:
        return SimilarityResult(len(test.pairs), len(both), None)
    rows_a, rows_b, scores = (np.array(column) for column in zip(*both))
    cosines = np.einsum("ij,ij->i", unit_rows(vectors.vectors[rows_a]), unit_rows(vectors.vectors[rows_b]))
    if np.ptp(cosines) == 0 or np.ptp(scores) == 0:
        return SimilarityResult(len(test.pairs), len(both), None)
    from scipy.stats import spearmanr  # half a second, for those who ask only

    return SimilarityResult(len(test.pairs), len(both), float(spearmanr(cosines, scores).statistic))


def analogies(vectors: WordVectors, test: AnalogyTest, most_frequent: int = MOST_FREQUENT) -> list[AnalogyResult]:
    """Answer all questions by b - a + c (3CosAdd, see `w2v.neighbours.analogy`), the three inputs left out.

    Only the first `most_frequent` words of the vectors are used, for questions as for answers: files list words by
    frequency, and every question is compared with every word.
    """
    unit = unit_rows(vectors.vectors[:most_frequent])
    return [_answer(vectors, unit, section) for section in test.sections]


def _answer(vectors: WordVectors, unit: Floats, section: Section) -> AnalogyResult:
    rows = [[vectors.find(word) for word in question] for question in section.questions]
    asked = np.array([row for row in rows if all(i is not None and i < len(unit) for i in row)], dtype=np.int64)
    right = 0
    at_once = max(1, _BLOCK_CELLS // len(unit))
    for start in range(0, len(asked), at_once):
        block = asked[start : start + at_once]
        a, b, c, d = block.T
        similarity = unit_rows(unit[b] - unit[a] + unit[c]) @ unit.T  # (questions, n_words)
        np.put_along_axis(similarity, block[:, :3], -np.inf, axis=1)
        right += int((similarity.argmax(axis=1) == d).sum())
    return AnalogyResult(section.name, len(section.questions), len(asked), right)


# --- reading ----------------------------------------------------------------------------------------------------


def _is_question(line: str) -> bool:
    words = line.split()
    return len(words) == 4 and not any(_number(word) is not None for word in words)


def _read_questions(lines: list[tuple[int, str]]) -> list[Section]:
    sections: list[tuple[str, list[tuple[str, str, str, str]]]] = []
    for number, line in lines:
        if line.startswith(":"):
            sections.append((line[1:].strip(), []))
            continue
        words = line.split()
        if len(words) != 4:
            raise ValueError(f"Line {number:,} should have four words, and has {len(words):,}.")
        if not sections:
            sections.append(("questions", []))
        a, b, c, d = words
        sections[-1][1].append((a, b, c, d))
    made = [Section(name, tuple(questions)) for name, questions in sections if questions]
    if not made:
        raise ValueError("This file has sections and no questions in them.")
    return made


def _read_pairs(lines: list[tuple[int, str]]) -> list[Pair]:
    divider = next((d for d in "\t,;" if d in lines[0][1]), None)
    rows = [(number, [part.strip() for part in line.split(divider)]) for number, line in lines]
    column = _score_column(rows)
    if len(rows) > 1 and (len(rows[0][1]) <= column or _number(rows[0][1][column]) is None):
        rows = rows[1:]  # the names of the columns
    pairs = []
    for number, parts in rows:
        score = _number(parts[column]) if len(parts) > column else None
        if score is None or not parts[0] or not parts[1]:
            raise ValueError(f"Line {number:,} should have two words and a score, as in WordSim-353 or SimLex-999.")
        pairs.append(Pair(parts[0], parts[1], score))
    return pairs


def _score_column(rows: list[tuple[int, list[str]]]) -> int:
    """Which column has the scores: the one of that name, else the first after two words that has a number."""
    names = [name.casefold() for name in rows[0][1]]
    if "simlex999" in names[2:]:
        return names.index("simlex999", 2)
    sample = rows[min(1, len(rows) - 1)][1]
    return next((i for i, part in enumerate(sample) if i >= 2 and _number(part) is not None), 2)


def _number(part: str) -> float | None:
    return float(part) if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", part, re.ASCII) else None
