"""What is made of a Config before it is trained, and kept: its words, its plan. Long texts take turns at the gate."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any, TypeVar

import numpy as np

from pages.session import for_all, memory
from pages.session.gate import GATE
from pages.session.memory import LONG_TEXT
from w2v import Config, Corpus, Plan
from w2v.arrays import Ints
from w2v.counts import flat_text
from w2v.explain.health import Judgement, judge_text
from w2v.reading.characters import Reading
from w2v.reading.tokens import Tokens, cut_into_tokens
from w2v.way_out import WayOut
from w2v.whole.trainers import trainer_of

Made = TypeVar("Made")

KEPT_PLANS = 4
KEPT_CORPORA = 2
KEPT_TOKENS = 2
EXCERPT_WORDS = 3_000
LONG_END = 1_000  # words that the last sentence of an excerpt may have beyond these


def prepared_of(wanted: Config) -> Any:
    """Return what training this Config needs besides its words; ValueError in one sentence if it cannot be trained."""

    def make(_: Config) -> Any:
        if (there := for_all.trained(wanted)) is not None:
            return there.plan
        words = corpus_of(wanted)
        return _in_turn(wanted.text, lambda: trainer_of(wanted).prepare(wanted, words))

    return memory.keep("plans", KEPT_PLANS, wanted, make)


def corpus_of(wanted: Config) -> Corpus:
    """Return the words of a Config's text, counted; ValueError in one sentence if there are too few."""

    def make(key: tuple[str, Reading, int]) -> Corpus:
        tokens = _tokens_of(wanted.text, wanted.reading)
        return _in_turn(wanted.text, lambda: Corpus.from_tokens(tokens, min_count=key[2]))

    return memory.keep("corpora", KEPT_CORPORA, (wanted.text, wanted.reading, wanted.min_count), make)


def judgement_of(wanted: Config) -> Judgement:
    """Return what can be found in a Config's text."""
    key = (wanted.text, wanted.reading, wanted.min_count)

    def make(_: Any) -> Judgement:
        judge = lambda: judge_text(wanted.text, corpus_of(wanted))  # noqa: E731
        return for_all.judged(wanted, lambda: _in_turn(wanted.text, judge))

    return memory.keep("judgements", KEPT_PLANS, key, make)


def plan_to_see(wanted: Config) -> Plan:
    """Return a plan whose windows are to be seen: of a text that is trained by passes, one of its beginning."""
    if trainer_of(wanted).unit == "update":
        plan: Plan = prepared_of(wanted)
        return plan

    def make(_: Config) -> Plan:
        of_all = corpus_of(wanted)
        words, sentence_of = flat_text(of_all)
        part = _beginning(words, sentence_of)
        ids, lengths = words[part], np.unique(sentence_of[part], return_counts=True)[1]
        text = _written(of_all, part, ids, lengths)
        as_it_is = replace(wanted, text=text, min_count=1, pretokenized=True, lowercase=False)
        seen = replace(as_it_is, epochs=1, dim=1, batching="pair")
        cut = _cut_already(of_all, ids, lengths) if of_all.is_output is None else None
        try:
            return Plan(seen, cut)
        except WayOut:  # subsampling leaves no two words of so few
            return Plan(replace(seen, subsample=0.0), cut)

    return memory.keep("excerpts", 1, wanted, make)


def _beginning(words: Ints, sentence_of: Ints) -> slice:
    """Return which words stand in the first sentences, or pairs, two different ones beside each other among them.

    A running text without full stops is one sentence: that is cut.
    """
    telling = int(np.argmax((words[1:] != words[:-1]) & (sentence_of[1:] == sentence_of[:-1])))
    begin, end = 0, EXCERPT_WORDS
    if telling + 2 > end:
        its_sentence = int(np.searchsorted(sentence_of, sentence_of[telling]))
        begin = its_sentence if telling + 2 - its_sentence <= EXCERPT_WORDS else telling
        end = begin + EXCERPT_WORDS
    if end < len(words):
        whole = int(np.searchsorted(sentence_of, sentence_of[end - 1], side="right"))
        end = whole if whole <= end + LONG_END else end
    return slice(begin, end)


def _written(corpus: Corpus, part: slice, ids: Ints, lengths: Ints) -> str:
    """Return some sentences, or pairs, of so many words, written so that they are cut into the same words again."""
    words = iter([corpus.vocabulary.words[i] for i in ids.tolist()])
    sentences = [list(islice(words, length)) for length in lengths.tolist()]
    if corpus.is_output is None:
        return "\n".join(map(" ".join, sentences))
    edges = np.cumsum([0, *lengths])
    is_input = ~corpus.is_output[part]
    n_inputs = [int(is_input[first:end].sum()) for first, end in pairwise(edges)]
    sides = [(words[:n], words[n:]) for words, n in zip(sentences, n_inputs, strict=True)]
    return "\n".join(["|".join(map("^".join, pair)) for pair in sides if all(pair)])


def _cut_already(corpus: Corpus, ids: Ints, lengths: Ints) -> Corpus:
    """Return some sentences of a running text as a corpus of their own, which need not be cut again."""
    present, first, numbers = np.unique(ids, return_index=True, return_inverse=True)
    order = np.argsort(first)  # as they first occur
    words = tuple([corpus.vocabulary.words[i] for i in present[order].tolist()])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    tokens = Tokens(words, np.argsort(order)[numbers].astype(np.int32), starts.astype(np.int32), ())
    return Corpus.from_tokens(tokens)


def keep_tokens(text: str, reading: Reading, tokens: Tokens) -> None:
    """Keep a text that was cut into words."""
    memory.keep("tokens", KEPT_TOKENS, (text, reading), lambda _: tokens)


def is_cut(text: str, reading: Reading) -> bool:
    """Say whether the words of a text are there, or so few that they soon are."""
    return len(text) <= LONG_TEXT or memory.is_kept("tokens", (text, reading))


def _tokens_of(text: str, reading: Reading) -> Tokens:
    """Return a text cut into words, once for all settings."""

    def cut(_: Any) -> Tokens:
        return GATE.finish(cut_into_tokens(text, reading))

    return memory.keep("tokens", KEPT_TOKENS, (text, reading), cut)


def _in_turn(text: str, make: Callable[[], Made]) -> Made:
    """Do some work on a text: if it is long, when it is one's turn."""
    return GATE.do(make) if len(text) > LONG_TEXT else make()
