"""What to expect of a text before anything is trained on it: is there something to find, and for how many words?

A model can only find what the text has and the same text in random order has not: `chance.py` looks for that.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from w2v.config import Config
from w2v.corpus import Corpus
from w2v.counted import counted
from w2v.explain.chance import above_chance, distinct_sentences
from w2v.plan import Plan
from w2v.reading.characters import fold_case
from w2v.reading.for_machines import said_of_inside, said_of_program
from w2v.reading.kinds_of_text import kind_of
from w2v.reading.line_wrap import line_ends_part, on_one_line

FREQUENT = 5  # a word that occurs this often has enough neighbours to say something about it
SEEN_ENOUGH = 4.0  # occurrences of a word on average, from which its neighbors alone say where it belongs
RARE_SHARE = 0.5  # of the vocabulary occurs once: then most of the map is chance
REPEATED_SHARE = 0.1  # of the sentences repeat others, as in a song: a text is unlike a shuffled one then, if only so
RANKS = ("poor", "fair", "good")


@dataclass(frozen=True, slots=True)
class Health:
    """Figures of a text under given settings, and what to expect.

    tokens        : words in the running text
    words         : different words in the vocabulary
    sentences     : sentences with at least one word of the vocabulary
    examples      : predictions in one epoch
    updates       : updates in the whole run
    once_share    : share of the vocabulary that occurs once
    frequent      : words that occur at least `FREQUENT` times
    shouting      : whether folding case would join words of the vocabulary
    verdict       : "good", "fair" or "poor"
    expectation   : what to expect, in one or two sentences
    short         : the same as a few words to remember while it is learned; empty where all is good
    """

    tokens: int
    words: int
    sentences: int
    examples: int
    updates: int
    once_share: float
    frequent: int
    shouting: bool
    verdict: str
    expectation: str
    short: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What to expect of a text: "good", "fair" or "poor", in a sentence, and in a few words ("" where it is good)."""

    verdict: str
    expectation: str
    short: str

    @property
    def rank(self) -> int:
        """How good it is, as a number."""
        return RANKS.index(self.verdict)


OF_PAIRS = Judgement(
    "good",
    "The model learns from these pairs and no others: words that stand before | with the same words behind it should "
    "come to lie close together.",
    "",
)
"""Of training pairs: they are no sample of a language that chance could be told from."""


def text_health(plan: Plan, judged: Judgement | None = None) -> Health:
    """Look at a plan's text and say what it is good for; what was `judged` of its words already is not judged again."""
    corpus, counts = plan.corpus, plan.corpus.vocabulary.counts
    judged = judged or judge_text(plan.config.text, corpus)
    return Health(
        tokens=corpus.n_tokens,
        words=len(counts),
        sentences=len(corpus.sentence_lengths),
        examples=len(plan.epoch(0).targets),
        updates=plan.n_steps,
        once_share=_once(corpus),
        frequent=int((counts >= FREQUENT).sum()),
        shouting=not plan.config.lowercase
        and len({fold_case(word, plan.config.turkish) for word in corpus.vocabulary.words}) < len(corpus.vocabulary),
        verdict=judged.verdict,
        expectation=judged.expectation,
        short=judged.short,
    )


# --- what can be mended -----------------------------------------------------------------------------------------

FOLD_CASE, LEAVE_OUT_RARE, JOIN_LINES = "fold case", "leave out rare", "join lines"
CUT_AGAIN = 50_000  # characters: a longer text is not cut into words once more to see whether that helps


@dataclass(frozen=True, slots=True)
class Repair:
    """Something that makes the judgement of a text better: its name, and what can be expected then."""

    name: str
    then: Judgement


def repairs(config: Config, corpus: Corpus, judged: Judgement | None = None) -> list[Repair]:
    """Try what could mend a text, and return what does, the best first: nothing of these does one that is no prose.

    What was `judged` of the text already is not judged again; where that is good, nothing is better.
    """
    text = config.text
    if not config.pairs and (kind_of(text) is not None or said_of_program(text) or said_of_inside(text)):
        return []
    rank = (judged or judge(corpus)).rank
    if rank == len(RANKS) - 1:
        return []
    tried = [Repair(name, judge(mended)) for name, mended in _mended(config, corpus) if mended is not None]
    return sorted([repair for repair in tried if repair.then.rank > rank], key=lambda repair: -repair.then.rank)


def _mended(config: Config, corpus: Corpus) -> Iterator[tuple[str, Corpus | None]]:
    """Yield what loses least first."""
    text, reading, least = config.text, config.reading, config.min_count
    if len(text) <= CUT_AGAIN and not reading.lowercase:
        yield FOLD_CASE, _made(lambda: Corpus.read(text, replace(reading, lowercase=True), min_count=least))
    if len(text) <= CUT_AGAIN and not reading.is_cut and line_ends_part(text):
        yield JOIN_LINES, _made(lambda: Corpus.read(on_one_line(text), reading, min_count=least))
    if least == 1:
        yield LEAVE_OUT_RARE, _made(lambda: Corpus.from_tokens(corpus.cut, min_count=2))


def _made(make: Callable[[], Corpus]) -> Corpus | None:
    """Return a mended text, or None when too few words are left of it."""
    try:
        return make()
    except ValueError:
        return None


# --- the judgement ----------------------------------------------------------------------------------------------


def judge(corpus: Corpus) -> Judgement:
    """Say what can be found in a text: by what shuffled ones do not have, and by how often its words occur."""
    if corpus.is_output is not None:
        return OF_PAIRS
    once, counts = _once(corpus), corpus.vocabulary.counts
    rare = f"{100 * once:.0f} %"
    words, sentence_of, n_repeated, n_sentences = distinct_sentences(corpus)
    tells, replace_each_other = above_chance(words, sentence_of, len(counts))
    if not (tells or replace_each_other):
        return _nothing_to_find(once, n_repeated, n_sentences)
    if once > RARE_SHARE:
        return Judgement(
            "fair",
            "Look at the frequent words: they should come to lie beside words that are used alike. "
            f"{rare} of the words occur only once, and where these land says little.",
            f"Look at the frequent words: {rare} occur only once, and where these land says little.",
        )
    often = float(counts.sum() / len(counts))
    if not replace_each_other and often < SEEN_ENOUGH:
        return Judgement(
            "fair",
            f"Some words have neighbors of their own, but a word occurs only {often:.1f} times on average. Expect "
            "sense of the frequent ones, and chance in between.",
            f"A word occurs only {often:.1f} times on average: look at the frequent ones.",
        )
    return Judgement(
        "good",
        "There is something to find: each word keeps its own company, so words that are used alike should come to lie "
        "close together.",
        "",
    )


def judge_text(text: str, corpus: Corpus) -> Judgement:
    """Say the same of a text that may be no prose: that is never good, whatever its marks have to tell."""
    if inside := said_of_inside(text):
        return Judgement("poor", inside, inside)
    kind = kind_of(text) if corpus.is_output is None else None
    if kind is None:
        return judge(corpus)
    return Judgement(
        "poor" if not kind.little or judge(corpus).verdict == "poor" else "fair",
        "What is no prose in this text is learned as well, and stands among its words on the map. Take it out first.",
        f"This text is {kind.name}, and what is no prose in it is learned as well.",
    )


def _nothing_to_find(once: float, n_repeated: int, n_sentences: int) -> Judgement:
    if n_repeated > n_sentences // 2:
        left = n_sentences - n_repeated
        same = "The same sentence comes" if left == 1 else f"The same {left:,} sentences come"
        return Judgement(
            "poor",
            f"{same} again and again: the model will learn {'it' if left == 1 else 'them'} by heart, but hardly any "
            "two words are used alike. Sentences that differ in one word would teach more.",
            f"{same} again and again, so groups on the map mean little.",
        )
    if once > RARE_SHARE:
        rare = f"{100 * once:.0f} %"
        return Judgement(
            "poor",
            f"{rare} of the words occur only once: the model will learn their few neighbors by heart, and where such a "
            "word lands on the map says little. A longer text says more.",
            f"{rare} of the words occur only once, so the map says little.",
        )
    if n_repeated > REPEATED_SHARE * n_sentences:
        return Judgement(
            "poor",
            f"{100 * n_repeated / n_sentences:.0f} % of the sentences only repeat others: the model will learn them by "
            "heart. Apart from them the words stand together as they would in a shuffled text, so groups on the map "
            "say little. A longer text says more.",
            "Apart from sentences that come again this is like a shuffled text, so the map says little.",
        )
    return Judgement(
        "poor",
        "There is nothing to find: the words stand together as they would in a shuffled text, so groups on the map "
        "will be accidents. A longer text, or one that repeats its patterns, says more.",
        "As in a shuffled text, there is nothing to find: groups on the map are accidents.",
    )


def _once(corpus: Corpus) -> float:
    return float((corpus.vocabulary.counts == 1).mean())


def left_out_by_count(corpus: Corpus, min_count: int) -> str:
    """Say how many words the minimum count leaves out, and how much of the text; "" when it leaves out none."""
    return f"The minimum count of {min_count} leaves out {rarer(corpus, min_count)}." if corpus.n_dropped else ""


def rarer(corpus: Corpus, min_count: int) -> str:
    """Say how many words occur less often, and how much of the text they are: 8 of 42 different words, 9.1 % of it."""
    counts = corpus.cut.counts
    rare = counts[counts < min_count]
    share = 100 * rare.sum() / counts.sum()
    return (
        f"{len(rare):,} of {counted(len(counts), 'different word')}, {share:.{0 if share >= 10 else 1}f} % of the text"
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
