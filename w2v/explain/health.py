"""What to expect of a text before anything is trained on it: is there enough to learn from?"""

from dataclasses import dataclass

import numpy as np

from w2v.plan import Plan

FREQUENT = 5  # a word that occurs this often has enough neighbours to say something about it


@dataclass(frozen=True, slots=True)
class Health:
    """Figures of a text under given settings, and one sentence of advice.

    tokens        : words in the running text
    words         : different words in the vocabulary
    sentences     : sentences with at least one word of the vocabulary
    examples      : predictions in one epoch
    updates       : updates in the whole run
    once_share    : share of the vocabulary that occurs once
    frequent      : words that occur at least `FREQUENT` times
    frequent_from : the largest minimum count that still leaves ten words, for a repair
    shouting      : whether folding case would join words of the vocabulary
    verdict       : "good", "fair" or "poor"
    expectation   : what to expect, in one sentence
    """

    tokens: int
    words: int
    sentences: int
    examples: int
    updates: int
    once_share: float
    frequent: int
    frequent_from: int
    shouting: bool
    verdict: str
    expectation: str


def text_health(plan: Plan) -> Health:
    """Look at a plan's text and say what it is good for."""
    corpus, counts = plan.corpus, plan.corpus.vocabulary.counts
    once = float((counts == 1).mean())
    frequent = int((counts >= FREQUENT).sum())
    tenth = int(counts[min(9, len(counts) - 1)])
    verdict, expectation = _judge(once, frequent, int(counts.sum()) / len(counts), len(counts))
    return Health(
        tokens=corpus.n_tokens,
        words=len(counts),
        sentences=len(corpus.sentence_lengths),
        examples=len(plan.epoch(0).targets),
        updates=plan.n_steps,
        once_share=once,
        frequent=frequent,
        frequent_from=min(FREQUENT, max(1, tenth)),
        shouting=not plan.config.lowercase
        and len({word.casefold() for word in corpus.vocabulary.words}) < len(corpus.vocabulary),
        verdict=verdict,
        expectation=expectation,
    )


def _judge(once: float, frequent: int, occurrences: float, n_words: int) -> tuple[str, str]:
    if once > 0.5:
        return "poor", (
            f"{once:.0%} of the words occur only once: the model will learn their few neighbors by heart, and where "
            "such a word lands on the map says little. Look at the frequent words, or raise the minimum count."
        )
    if occurrences < 2.5 and frequent < n_words // 2:
        return "fair", (
            f"Words that occur at least {FREQUENT} times: {frequent}. Expect sensible neighbors for these, and chance "
            "for the rest."
        )
    return "good", (
        f"The words occur {occurrences:.1f} times on average, so there is enough to learn from: words used in the "
        "same way should end up close together."
    )


def words_left_out(plan: Plan, shown: int = 8) -> tuple[int, tuple[str, ...]]:
    """Return how many words the minimum count left out, and the most frequent few of them."""
    return plan.corpus.n_dropped, plan.corpus.dropped[:shown]


def expected_drops(plan: Plan, shown: int = 5) -> list[tuple[str, float]]:
    """Return the words that subsampling drops most often, with the share of their occurrences that goes."""
    if plan.config.subsample == 0:
        return []
    vocabulary = plan.corpus.vocabulary
    gone = 1.0 - vocabulary.keep_probabilities(plan.config.subsample, formula=plan.config.subsample_formula)
    order = np.argsort(-gone, kind="stable")[:shown]
    return [(vocabulary.words[i], float(gone[i])) for i in order if gone[i] > 0]
