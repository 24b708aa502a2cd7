"""gensim on the same words and pairs as ours, its losses measured exactly by our objectives."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from w2v import Config, Corpus, Counts, HierarchicalSoftmax, HuffmanTree, Parameters
from w2v.counting.stretches import units
from w2v.goal import Goal
from w2v.whole.holdout import heldout_units

VECTOR_SIZE, WINDOW, WORKERS = 100, 5, 2


@dataclass(frozen=True, eq=False)
class Trained:
    """A gensim model and how long its training took, without building the vocabulary."""

    model: Any
    seconds: float

    def vectors(self, corpus: Corpus) -> NDArray[np.float64]:
        return np.array([self.model.wv[word] for word in corpus.vocabulary.words], dtype=np.float64)

    def sgns(self, corpus: Corpus) -> Parameters:
        """Return input and output vectors of negative sampling."""
        rows = [self.model.wv.key_to_index[word] for word in corpus.vocabulary.words]
        return Parameters(self.vectors(corpus), self.model.syn1neg[rows].astype(np.float64))

    def mean_loss(self, corpus: Corpus, counts: Counts) -> float:
        """Return the exact mean loss of its hierarchical softmax over counted pairs, nats, in float64.

        gensim predicts the center from a word of its context, we the other way round; with windows that are all
        equally wide these are the same pairs. Its tree is taken as it is.
        """
        words = corpus.vocabulary.words
        nodes, codes = (
            tuple([tuple(self.model.wv.get_vecattr(word, what).tolist()) for word in words])
            for what in ("point", "code")
        )
        objective = HierarchicalSoftmax(corpus.vocabulary.counts, HuffmanTree(nodes, codes))
        inputs = tuple([(word,) for word in range(len(words))])
        parameters = Parameters(self.vectors(corpus), self.model.syn1.astype(np.float64))
        return Goal(counts, inputs, objective).mean_loss(parameters)


def sentences_learned(config: Config, corpus: Corpus, share: float) -> list[list[str]]:
    """Return the sentences, and stretches of long ones, that ours learns from when it keeps a share aside."""
    lengths, _ = units(corpus.sentence_lengths)
    words = iter([word for sentence in corpus.sentences for word in sentence])
    parts = [list(islice(words, int(n))) for n in lengths]
    return [part for part, aside in zip(parts, heldout_units(config, lengths, share)) if not aside]


def train(
    corpus: Corpus,
    sentences: Sequence[Sequence[str]],
    epochs: int,
    rate: float,
    *,
    negative: int = 0,
    seed: int = 1,
    dim: int = VECTOR_SIZE,
    usual: bool = False,
) -> Trained:
    """Train skip-gram, with hierarchical softmax or `negative` samples; the rate falls to 0.0001 as usual.

    The vocabulary is our corpus with its counts, sentences kept aside included, as ours is. Fixed windows and no
    subsampling, so that its pairs are ours; `usual` leaves both as gensim has them.
    """
    from gensim.models import Word2Vec

    logging.getLogger("gensim").setLevel(logging.ERROR)
    model = Word2Vec(
        vector_size=dim,
        window=WINDOW,
        shrink_windows=usual,
        min_count=1,
        sample=1e-3 if usual else 0,
        sg=1,
        hs=0 if negative else 1,
        negative=negative,
        workers=WORKERS,
        alpha=rate,
        seed=seed,
    )
    model.build_vocab_from_freq(dict(zip(corpus.vocabulary.words, corpus.vocabulary.counts.tolist(), strict=True)))
    begun = time.perf_counter()
    model.train(sentences, total_examples=len(sentences), total_words=sum(len(s) for s in sentences), epochs=epochs)
    return Trained(model, time.perf_counter() - begun)
