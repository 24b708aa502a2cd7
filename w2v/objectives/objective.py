"""What an objective is: everything that differs from one to the next, in one value that is asked.

Nobody asks *which* objective it is. `learning.py` asks which rows of U take part and how wrong they are, `goal.py`
what the counts of a text lead to, the pages how a row of U is called. Most answers have a default here that is right
for a model whose P(o|c) sum to 1 and whose rows of U are words; an objective says only where it differs.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Protocol, Self

import numpy as np

from w2v.arrays import Floats, Ints, Sparse
from w2v.counts import Counts
from w2v.huffman import HuffmanTree

ALL_ROWS = slice(None)
"""Stands for every row of U: indexing with it copies nothing."""

Rows = slice | Ints

MAX_WORDS = 20_000


class Settings(Protocol):
    """The settings that objectives take; a Config has them all."""

    @property
    def negatives(self) -> int:
        """k of negative sampling."""
        ...

    @property
    def noise_power(self) -> float:
        """Its noise is in proportion to count ** noise_power."""
        ...


class Objective(ABC):
    """How predictions are scored. Frozen; `of_text` makes one for a text.

    name            : in a Config, in links and on the command line
    title, idea     : how it is called, and what it does in half a sentence
    symbol          : of the number that it says of a word
    sums_to_one     : whether these numbers are probabilities, P(w|c), and sum to 1 over the words
    no_probability  : where they are not, one sentence that says why
    rows_sum_to_one : whether P of the rows that take part is one softmax; else each has a sigmoid of its own
    all_rows        : whether every row of U takes part in every update
    words_in_U      : whether row w of U belongs to word w
    has_draws       : whether rows are drawn at random for each example
    most_words      : vocabulary up to which it can be stepped through
    settings        : the fields of Config that only it reads
    has_passes      : whether it can be trained on all pairs of a text at once; then `expected_row` is there
    on_schedule     : whether these passes follow a schedule to its end, instead of the loss on sentences kept aside
    """

    name: ClassVar[str]
    title: ClassVar[str]
    idea: ClassVar[str]
    symbol: ClassVar[str] = "P"
    sums_to_one: ClassVar[bool] = True
    no_probability: ClassVar[str] = "This objective gives no P(o|c): what it says of the words does not sum to 1."
    rows_sum_to_one: ClassVar[bool] = False
    all_rows: ClassVar[bool] = False
    words_in_U: ClassVar[bool] = True
    has_draws: ClassVar[bool] = False
    most_words: ClassVar[int] = MAX_WORDS
    settings: ClassVar[tuple[str, ...]] = ()
    has_passes: ClassVar[bool] = False
    on_schedule: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def of_text(cls, counts: Ints, settings: Settings) -> Self:
        """Make the objective for a vocabulary that occurs `counts` times, (n_words,)."""

    # --- one example: see learning.py ---------------------------------------------------------------------------

    @abstractmethod
    def rows_and_labels(self, target: int, draws: Ints | None, n_rows: int) -> tuple[Rows, Floats]:
        """Return the rows of U that take part in predicting `target`, and the label each should reach."""

    @abstractmethod
    def predict(self, scores: Floats, labels: Floats) -> tuple[Floats, float]:
        """Return P for the scores, and the loss in nats."""

    @abstractmethod
    def over_vocabulary(self, U: Floats, h: Floats) -> Floats:
        """Return what the model says of every word of the vocabulary for one hidden vector, (n_words,)."""

    def distribution(self, U: Floats, h: Floats) -> Floats | None:
        """Return probabilities of every word to draw from, (n_words,), which sum to 1; None where it has none.

        Of an objective that gives no P(o|c), what follows for it from what it says.
        """
        return self.over_vocabulary(U, h) if self.sums_to_one else None

    # --- rows of U and random draws -----------------------------------------------------------------------------

    @classmethod
    def n_rows(cls, n_words: int) -> int:
        """Return how many output vectors a vocabulary of `n_words` needs."""
        return n_words

    @classmethod
    def row_name(cls, row: int, words: Sequence[str]) -> str:
        """Return how a row of U is called, given the words of the vocabulary."""
        return words[row]

    @property
    def n_draws(self) -> int:
        """How many rows are drawn for each example."""
        return 0

    @property
    def branches(self) -> HuffmanTree | None:
        """The tree whose inner nodes the rows of U are; None where they are something else."""
        return None

    def rows_at(self, n_words: int) -> int:
        """Return about how many rows one example would ask with another vocabulary, of `n_words` equally frequent."""
        return self.n_rows(n_words) if self.all_rows else 1 + self.n_draws

    def draw(self, targets: Ints, rng: np.random.Generator) -> Ints | None:
        """Draw the rows for examples with these targets, (n, n_draws), -1 for none; None where nothing is drawn."""
        return None

    def draws_of(self, rows: Ints) -> Ints | None:
        """Return which of the rows that took part in an example were drawn; None where nothing is drawn."""
        return None

    def arrays(self) -> Mapping[str, Floats | Ints]:
        """Return what is needed to repeat its arithmetic elsewhere, as flat arrays by name."""
        return {}

    # --- all examples of a text, counted: see goal.py; means per counted pair, in nats ---------------------------

    def target(self, counts: Counts, row: int) -> Floats:
        """Return what the model should say of every word in a row of counts, (n_words,)."""
        return counts.ratio(row)

    def floor(self, counts: Counts) -> float:
        """Return the mean loss that no model of any size can go below."""
        return counts.floor

    def uniform_loss(self, counts: Counts) -> float:
        """Return the mean loss of knowing nothing."""
        return counts.uniform_loss

    def unigram_loss(self, counts: Counts, heldout: Counts | None = None) -> float:
        """Return the mean loss of a guess that knows how often each word is a target, and ignores the input.

        With `heldout` the guess, made from `counts`, is judged by these other pairs instead; nan when there are none.
        Each count is raised by one then, since some words are only among the pairs held out.
        """
        if heldout is None:
            return counts.unigram_loss
        if heldout.total == 0:
            return float("nan")
        raised = counts.target_totals + 1.0
        return float(-(heldout.target_totals * np.log(raised / raised.sum())).sum() / heldout.target_totals.sum())

    def losses(self, pairs: Sparse, H: Floats, U: Floats) -> Iterator[float]:
        """Yield the loss of counted pairs, in parts that are to be added up.

        pairs : (rows, n_words) how often each word is to be predicted;  H : (rows, dim) from which hidden vectors

        Here pair by pair; objectives do it with matrices, which is faster. With draws it must be the expectation.
        """
        counted = pairs.tocoo()
        for row, word, times in zip(counted.row.tolist(), counted.col.tolist(), counted.data.tolist(), strict=True):
            rows, labels = self.rows_and_labels(word, None, len(U))
            yield times * self.predict(U[rows] @ H[row], labels)[1]

    def expected_row(self, scores: Floats, seen: Ints) -> tuple[Floats, Floats, float]:
        """Return what all pairs of one center word add up to, for training by passes: see center_row.py.

        scores : (n_words,) u_w . v_c;  seen : (n_words,) how often each word is to be predicted

        Returns P (n_words,), how often the model expects each word, (n_words,), and the loss, added up.
        """
        raise TypeError(f"The pairs of a center word cannot be added up for {self.title}.")

    def expected_word(self, scores: Floats, word: int, seen: Ints, totals: Ints) -> tuple[Floats, Floats]:
        """Return of one word what `expected_row` says of all, for many center words: P and how often it is expected.

        scores : (rows, n_words);  seen : (rows,) how often it is to be predicted;  totals : (rows,) how many pairs
        """
        raise TypeError(f"The pairs of a center word cannot be added up for {self.title}.")
