"""Three ways to score a prediction: which rows of U take part, what they should say, and how wrong they are.

Each objective is a value with the same four methods; `learning.py` needs no other difference between them.
"""

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import coo_array, csr_array

from w2v.arrays import Floats, Ints, frozen, frozen_floats, frozen_ints
from w2v.huffman import HuffmanTree, huffman_tree

ALL_ROWS = slice(None)
"""Stands for every row of U: indexing with it copies nothing."""

Rows = slice | Ints


class Objective(Protocol):
    """What `learning.py` asks of an objective."""

    def n_rows(self, n_words: int) -> int:
        """Return how many output vectors a vocabulary of `n_words` needs."""
        ...

    def rows_and_labels(self, target: int, draws: Ints | None, n_rows: int) -> tuple[Rows, Floats]:
        """Return the rows of U that take part in predicting `target`, and the label each should reach."""
        ...

    def predict(self, scores: Floats, labels: Floats) -> tuple[Floats, float]:
        """Return P for the scores, and the loss in nats."""
        ...

    def over_vocabulary(self, U: Floats, h: Floats) -> Floats:
        """Return what the model says of every word of the vocabulary for one hidden vector, (n_words,)."""
        ...


@dataclass(frozen=True)
class Softmax:
    """Full softmax: one probability for every word of the vocabulary, and they sum to 1.

    P(o|c) = exp(u_o . v_c) / sum_w exp(u_w . v_c), loss = -log P(o|c).
    Mikolov et al. 2013 (arXiv:1310.4546), equation 2; Rong 2014 (arXiv:1411.2738), equations 4 and 7.
    """

    def n_rows(self, n_words: int) -> int:
        """One output vector for each word."""
        return n_words

    def rows_and_labels(self, target: int, draws: Ints | None, n_rows: int) -> tuple[Rows, Floats]:
        """Every row takes part; the target's label is 1, all others 0."""
        labels = np.zeros(n_rows)
        labels[target] = 1.0
        return ALL_ROWS, labels

    def predict(self, scores: Floats, labels: Floats) -> tuple[Floats, float]:
        """Return the softmax of the scores and log sum exp(scores) - score of the target."""
        shifted = scores - np.maximum.reduce(scores)  # the largest becomes 0: exp cannot overflow
        P = np.exp(shifted)
        Z = np.add.reduce(P)
        P /= Z
        return P, math.log(Z) - float(labels.dot(shifted))

    def over_vocabulary(self, U: Floats, h: Floats) -> Floats:
        """Return P(w|c) for every word, (n_words,)."""
        return self.predict(U @ h, np.zeros(len(U)))[0]


class _Logistic:
    """What negative sampling and hierarchical softmax share: a yes-or-no question for each row."""

    def predict(self, scores: Floats, labels: Floats) -> tuple[Floats, float]:
        P = sigmoid(scores)
        # -log sigma(s) where the label is 1, -log sigma(-s) where it is 0
        loss = np.add.reduce(np.logaddexp(0.0, np.where(labels == 1.0, -scores, scores)))
        return P, float(loss)


def sigmoid(scores: Floats) -> Floats:
    """Return 1 / (1 + exp(-s)), right to the last digits for every finite score (no table, unlike word2vec.c)."""
    return np.exp(-np.logaddexp(0.0, -scores))


@dataclass(frozen=True, eq=False)
class NegativeSampling(_Logistic):
    """Negative sampling: is this the true word (1), or one of k drawn from the noise (0)?

    loss = -log sigma(u_o . v_c) - sum_i log sigma(-u_i . v_c) over the k draws i.
    Mikolov et al. 2013 (arXiv:1310.4546), equation 4.

    k     : how many noise words are drawn for each example, at least 1
    noise : (n_words,) probabilities they are drawn with

    Draws are used exactly as given: a word drawn twice counts twice, and a draw that equals the target counts
    too. `Plan` draws again when it meets the target; word2vec.c and gensim drop such a draw.
    Raises ValueError when `noise` is not a distribution or k < 1.
    """

    k: int
    noise: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "noise", frozen_floats(self.noise))
        if self.k < 1:
            raise ValueError(f"Negative sampling needs at least 1 negative word, not {self.k}.")
        if self.noise.ndim != 1 or not (self.noise >= 0).all() or abs(self.noise.sum() - 1) > 1e-9:
            raise ValueError("The noise must be one probability for each word, and they must sum to 1.")

    def n_rows(self, n_words: int) -> int:
        """One output vector for each word."""
        return n_words

    def rows_and_labels(self, target: int, draws: Ints | None, n_rows: int) -> tuple[Rows, Floats]:
        """The target, labelled 1, then the draws, labelled 0. Raises ValueError without draws."""
        if draws is None:
            raise ValueError("Negative sampling needs the drawn word ids: pass draws.")
        rows = np.empty(1 + len(draws), np.int64)
        rows[0] = target
        rows[1:] = draws
        labels = np.zeros(len(rows))
        labels[0] = 1.0
        return rows, labels

    def over_vocabulary(self, U: Floats, h: Floats) -> Floats:
        """Return sigma(u_w . h) for every word: how sure the model is that w is true and not noise.

        These are not P(w|c): they do not sum to 1.
        """
        return sigmoid(U @ h)


def unigram_noise(counts: ArrayLike, power: float = 0.75) -> Floats:
    """Return noise probabilities proportional to count ** power (Mikolov et al. 2013, arXiv:1310.4546, 2.2)."""
    weights = np.asarray(counts, dtype=np.float64) ** power
    return frozen_floats(weights / weights.sum())


@dataclass(frozen=True, eq=False)
class HierarchicalSoftmax(_Logistic):
    """Hierarchical softmax: walk down a Huffman tree to the word, one yes-or-no turn at each inner node.

    P(o|c) = product over the nodes j on o's path of sigma(u_j . v_c) for code 0, sigma(-u_j . v_c) for code 1.
    The labels are 1 - code, as in word2vec.c. Morin and Bengio 2005; Mikolov et al. 2013 (arXiv:1310.4546),
    equation 3; Rong 2014 (arXiv:1411.2738), equation 49.

    counts : (n_words,) how often each word occurs; they shape the tree
    tree   : the tree, built from the counts unless one is given

    Raises ValueError for fewer than two words.
    """

    counts: Ints
    tree: HuffmanTree = field(default=None)  # type: ignore[assignment]

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", frozen_ints(self.counts))
        if self.tree is None:
            object.__setattr__(self, "tree", huffman_tree(self.counts.tolist()))

    @cached_property
    def paths(self) -> tuple[tuple[Ints, Floats], ...]:
        """For each word, its rows of U (nodes, root first) and their labels (1 - code)."""
        nodes = [frozen_ints(path) for path in self.tree.nodes]
        labels = [frozen_floats(np.subtract(1.0, codes)) for codes in self.tree.codes]
        return tuple(zip(nodes, labels, strict=True))

    def n_rows(self, n_words: int) -> int:
        """One output vector for each inner node of the tree."""
        return n_words - 1

    def rows_and_labels(self, target: int, draws: Ints | None, n_rows: int) -> tuple[Rows, Floats]:
        """The nodes on the target's path, root first; the label of a turn is 1 - code."""
        return self.paths[target]

    def over_vocabulary(self, U: Floats, h: Floats) -> Floats:
        """Return P(w|c) for every word, (n_words,): products along the paths. They sum to 1."""
        node, sign = self._padded
        scores = np.append(U @ h, np.inf)  # the padding node is never in doubt: log sigma(inf) = 0
        P: Floats = np.exp(-np.logaddexp(0.0, -sign * scores[node]).sum(axis=1))
        return P

    @cached_property
    def turns(self) -> tuple[csr_array, csr_array]:
        """Two (n_words, n_nodes) tables of zeros and ones: nodes where a word's path has label 1, and where label 0."""
        n_words = len(self.tree.nodes)
        word = np.repeat(np.arange(n_words), [len(nodes) for nodes in self.tree.nodes])
        node = np.concatenate([nodes for nodes, _ in self.paths])
        label = np.concatenate([labels for _, labels in self.paths])
        shape = (n_words, n_words - 1)
        asked_1, asked_0 = (
            coo_array((np.ones(int(at.sum()), np.int64), (word[at], node[at])), shape=shape).tocsr()
            for at in (label == 1.0, label == 0.0)
        )
        return asked_1, asked_0

    @cached_property
    def _padded(self) -> tuple[Ints, Floats]:
        longest = max(len(path) for path in self.tree.nodes)
        node = np.full((len(self.tree.nodes), longest), len(self.tree.nodes) - 1)  # (n_words, longest)
        sign = np.ones(node.shape)
        for word, (rows, labels) in enumerate(self.paths):
            node[word, : len(rows)] = rows
            sign[word, : len(rows)] = 2.0 * labels - 1.0
        frozen(node)
        frozen(sign)
        return node, sign
