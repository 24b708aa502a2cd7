"""Probabilities of longer things: a word after its history, a whole window, the whole text; and the likelihood.

    P(next | history)     = COUNT(history, next) / COUNT(history)             n-grams, nothing learned
    P(window)             = product over its predictions of P(target | inputs)
    L(theta) = P(corpus)  = product over all windows
    J(theta)              = -(1/N) log L(theta)                               N predictions

Skip-gram predicts each context word from the center, so P(window) is P(context | center); CBOW makes one prediction,
P(center | context). A product of many small factors is soon smaller than any number of a computer (5e-324), so
everything here is a sum of logarithms, in nats; `exp` is taken last, and may give 0.

Negative sampling has no such product: its sigmas answer yes or no, word by word, and do not sum to 1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from w2v.arrays import Floats, Ints, frozen
from w2v.corpus import Corpus
from w2v.counts import ngram_probability
from w2v.learning import trace
from w2v.parameters import Parameters
from w2v.plan import Plan
from w2v.windows import Example, Window, cbow, skip_gram

LONGEST_NGRAM = 8
LOG_OF_ZERO = -745.13322
"""A float64 below exp of this is 0: half of the smallest one, 5e-324."""


# --- n-grams --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NgramRow:
    """One ratio of counts.

    n        : length of the n-gram, the next word included
    history  : the n - 1 words before, in order
    word     : the next word
    together : COUNT(history, word)
    before   : COUNT(history), how often the history stands before any word of its sentence
    """

    n: int
    history: tuple[str, ...]
    word: str
    together: int
    before: int

    @property
    def ratio(self) -> float:
        """P(word | history) as the counts have it; nan for 0/0, when the history never stands before a word."""
        return self.together / self.before if self.before else math.nan


@dataclass(frozen=True, slots=True)
class NgramTable:
    """The ratios for n = 1, 2, 3, ... and why there are no more.

    rows : the ratios, shortest history first
    end  : "once": the last history stands in the text once, so that its ratio is 0 or 1 whatever the language is
           like; "never": the last n-gram does not stand in the text, and no longer one does; "start": the phrase has
           no more words; "long": there are `longest` rows
    """

    rows: tuple[NgramRow, ...]
    end: Literal["once", "never", "start", "long"]


def ngram_table(corpus: Corpus, phrase: Sequence[str | int], longest: int = LONGEST_NGRAM) -> NgramTable:
    """Count how well the last word of a phrase is predicted by none, one, two, ... of the words before it.

    phrase  : words as strings or ids, in order; the last one is predicted
    longest : the largest n

    Jurafsky and Martin, Speech and Language Processing, chapter 3, "N-gram language models": P(w | history) =
    COUNT(history, w) / COUNT(history), here without smoothing. Row n has the last n - 1 words of the phrase as its
    history. The table ends when a count is 1 or 0 and a longer history can say no more.
    Raises ValueError for an empty phrase.
    """
    if not phrase:
        raise ValueError("A phrase needs at least one word.")
    names = corpus.vocabulary.words
    words = [word if isinstance(word, str) else names[word] for word in phrase]
    rows: list[NgramRow] = []
    for n in range(1, min(len(words), longest) + 1):
        history = tuple(words[len(words) - n : -1])
        together, before = ngram_probability(corpus, history, words[-1])
        rows.append(NgramRow(n, history, words[-1], together, before))
        if together == 0:
            return NgramTable(tuple(rows), "never")
        if before == 1:
            return NgramTable(tuple(rows), "once")
    return NgramTable(tuple(rows), "start" if len(rows) == len(words) else "long")


# --- one window -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class WindowProbability:
    """P(window) as a product.

    window      : the center word and its context
    examples    : its predictions, one factor each: every context word for skip-gram, the center for CBOW
    log_factors : (n,) log P(target | inputs) of each, nats
    """

    window: Window
    examples: tuple[Example, ...]
    log_factors: Floats

    @property
    def factors(self) -> Floats:
        """(n,) P(target | inputs) of each prediction."""
        factors = np.exp(self.log_factors)
        frozen(factors)
        return factors

    @property
    def log_probability(self) -> float:
        """The sum of the logarithms, nats."""
        return math.fsum(self.log_factors.tolist())

    @property
    def probability(self) -> float:
        """The product of the factors: 1 for an empty window, and 0 when it is too small for a computer's number."""
        return math.exp(self.log_probability)

    @property
    def log10(self) -> float:
        """The power of ten that the product is, for one too small to be written otherwise."""
        return self.log_probability / math.log(10)


def window_probability(parameters: Parameters, plan: Plan, window: Window) -> WindowProbability:
    """Return P(context | center) for skip-gram, P(center | context) for CBOW, factor by factor.

    parameters : of a model of this plan
    window     : of word ids of this plan's vocabulary

    The inner product of Mikolov et al. 2013 (arXiv:1310.4546), equation 1: the words of a window are predicted
    independently of each other, given the center. Raises ValueError in one sentence for negative sampling.
    """
    _refuse_sigmas(plan)
    examples = window_examples(plan, window)
    factors = np.array([-trace(parameters, example, plan.objective).loss for example in examples], dtype=np.float64)
    frozen(factors)
    return WindowProbability(window, examples, factors)


def window_counts(plan: Plan, window: Window) -> tuple[Ints, Ints]:
    """Return COUNT(inputs, target) and COUNT(inputs) for each prediction of a window, both (n,).

    Counted over all windows of the run. Raises KeyError for a context that CBOW never saw.
    """
    goal, examples = plan.goal, window_examples(plan, window)
    rows = [goal.row_of(example.inputs) for example in examples]
    together = np.array([goal.counts.row(r)[e.target] for r, e in zip(rows, examples, strict=True)], dtype=np.int64)
    before = np.array([goal.counts.row_totals[r] for r in rows], dtype=np.int64)
    frozen(together)
    frozen(before)
    return together, before


def window_ratio(plan: Plan, window: Window) -> WindowProbability:
    """Return the same product with the ratios of the counts as its factors: what training heads for.

    For any objective. The factors of a window that the run never saw may be 0, with the logarithm -inf.
    """
    together, before = window_counts(plan, window)
    with np.errstate(divide="ignore"):
        factors = np.log(together / np.maximum(before, 1))
    frozen(factors)
    return WindowProbability(window, window_examples(plan, window), factors)


def window_examples(plan: Plan, window: Window) -> tuple[Example, ...]:
    """Return the predictions of a window under this plan's architecture."""
    return skip_gram(window) if plan.config.architecture == "skip-gram" else cbow(window)


def window_at(plan: Plan, sentence: int, position: int, epoch: int = 0) -> Window | None:
    """Return the window around a word as it is in one pass, or None when that pass has none.

    sentence, position : as in `Window`

    A word without neighbours has no window; subsampling leaves words out, and dynamic windows have a drawn radius.
    """
    table = plan.epoch(epoch).windows
    token = int(plan.corpus.positions[sentence][position])
    number = int(np.searchsorted(table.center_at, token))
    if number == len(table.center_at) or table.center_at[number] != token:
        return None
    context = table.context[table.context_start[number] : table.context_start[number + 1]]
    return Window(sentence, position, int(table.centers[number]), tuple(context.tolist()))


# --- the whole text -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How probable the whole text is, as a product over all windows.

    log_value  : log L, nats
    n_examples : N, the number of factors P(target | inputs)
    """

    log_value: float
    n_examples: int

    @property
    def loss(self) -> float:
        """J = -(1/N) log L, nats per prediction."""
        return -self.log_value / self.n_examples

    @property
    def log10(self) -> float:
        """The power of ten that L is."""
        return self.log_value / math.log(10)

    @property
    def value(self) -> float:
        """L itself, as a computer multiplies it out: 0 when it is smaller than 5e-324."""
        return math.exp(self.log_value)

    @property
    def typical(self) -> float:
        """exp(-J), the geometric mean of the factors: as if each prediction had been given this probability."""
        return math.exp(-self.loss)

    @property
    def zero_from(self) -> float:
        """With how many predictions like these a computer multiplies out 0; infinite when all are certain."""
        return -LOG_OF_ZERO / self.loss if self.loss > 0 else math.inf


def corpus_log_likelihood(parameters: Parameters, plan: Plan) -> float:
    """Return log L(theta), nats: the sum over all windows of log P(window), over all that the run sees.

    That is one pass over the text; with dynamic windows or subsampling, which differ from pass to pass, all passes.
    Equal predictions are taken together: sum of COUNT(c, o) log P(o|c). Mikolov et al. 2013 (arXiv:1310.4546),
    equation 1 (they divide by the number of centers, `Likelihood.loss` by the number of predictions).
    Raises ValueError in one sentence for negative sampling.
    """
    _refuse_sigmas(plan)
    return -plan.goal.counts.total * plan.goal.mean_loss(parameters)


def count_log_likelihood(plan: Plan) -> float:
    """Return the same sum with the ratios of the counts in place of P(o|c), nats: no model can reach more.

    sum of COUNT(c, o) log(COUNT(c, o) / COUNT(c)). For any objective.
    """
    return -plan.goal.counts.total * plan.goal.counts.floor


def corpus_likelihood(parameters: Parameters, plan: Plan) -> Likelihood:
    """Return L(theta) and what follows from it. Raises ValueError in one sentence for negative sampling."""
    return Likelihood(corpus_log_likelihood(parameters, plan), plan.goal.counts.total)


def count_likelihood(plan: Plan) -> Likelihood:
    """Return the largest likelihood there is: that of the counts themselves."""
    return Likelihood(count_log_likelihood(plan), plan.goal.counts.total)


def guess_likelihood(plan: Plan) -> Likelihood:
    """Return the likelihood of knowing nothing: every factor is 1 / n_words, so that J = ln(n_words)."""
    counts = plan.goal.counts
    return Likelihood(-counts.total * counts.uniform_loss, counts.total)


def _refuse_sigmas(plan: Plan) -> None:
    if not plan.objective.sums_to_one:
        raise ValueError(plan.objective.no_probability)
