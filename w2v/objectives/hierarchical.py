"""Hierarchical softmax: turns on the way down a tree; the rows of U are its inner nodes."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Self

import numpy as np
import scipy

from w2v.arrays import Floats, Ints, Sparse, frozen, frozen_floats, frozen_ints
from w2v.huffman import HuffmanTree, huffman_tree
from w2v.objectives.logistic import Logistic
from w2v.objectives.objective import Rows, Settings


@dataclass(frozen=True, eq=False)
class HierarchicalSoftmax(Logistic):
    """Hierarchical softmax: walk down a Huffman tree to the word, one yes-or-no turn at each inner node.

    P(o|c) = product over the nodes j on o's path of sigma(u_j . v_c) for code 0, sigma(-u_j . v_c) for code 1.
    The labels are 1 - code, as in word2vec.c. Morin and Bengio 2005; Mikolov et al. 2013 (arXiv:1310.4546),
    equation 3; Rong 2014 (arXiv:1411.2738), equation 49.

    counts : (n_words,) how often each word occurs; they shape the tree
    tree   : the tree, built from the counts unless one is given

    Raises ValueError for fewer than two words.
    """

    name: ClassVar[str] = "hierarchical"
    title: ClassVar[str] = "hierarchical softmax"
    idea: ClassVar[str] = "turns on the way down a tree"
    words_in_U: ClassVar[bool] = False

    counts: Ints
    tree: HuffmanTree = field(default=None)  # type: ignore[assignment]

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", frozen_ints(self.counts))
        if self.tree is None:
            object.__setattr__(self, "tree", huffman_tree(self.counts.tolist()))

    @classmethod
    def of_text(cls, counts: Ints, settings: Settings) -> Self:
        """Build the tree from the counts."""
        return cls(counts)

    @cached_property
    def paths(self) -> tuple[tuple[Ints, Floats], ...]:
        """For each word, its rows of U (nodes, root first) and their labels (1 - code)."""
        nodes = [frozen_ints(path) for path in self.tree.nodes]
        labels = [frozen_floats(np.subtract(1.0, codes)) for codes in self.tree.codes]
        return tuple(zip(nodes, labels, strict=True))

    @classmethod
    def n_rows(cls, n_words: int) -> int:
        """One output vector for each inner node of the tree."""
        return n_words - 1

    @property
    def branches(self) -> HuffmanTree:
        """The tree."""
        return self.tree

    def rows_at(self, n_words: int) -> int:
        """As many as a tree of equal branches is deep."""
        return round(math.log2(n_words))

    @classmethod
    def row_name(cls, row: int, words: Sequence[str]) -> str:
        """ "node 3"."""
        return f"node {row}"

    def rows_and_labels(self, target: int, draws: Ints | None, n_rows: int) -> tuple[Rows, Floats]:
        """The nodes on the target's path, root first; the label of a turn is 1 - code."""
        return self.paths[target]

    def over_vocabulary(self, U: Floats, h: Floats) -> Floats:
        """Return P(w|c) for every word, (n_words,): products along the paths. They sum to 1."""
        node, sign = self._padded
        scores = np.append(U @ h, np.inf)  # the padding node is never in doubt: log sigma(inf) = 0
        P: Floats = np.exp(-np.logaddexp(0.0, -sign * scores[node]).sum(axis=1))
        return P

    def arrays(self) -> Mapping[str, Floats | Ints]:
        """Word w's path is path_node[path_start[w] : path_start[w + 1]], with the labels path_label there."""
        return {
            "path_start": np.concatenate([[0], np.cumsum([len(nodes) for nodes, _ in self.paths])]),
            "path_node": np.concatenate([nodes for nodes, _ in self.paths]),
            "path_label": np.concatenate([labels for _, labels in self.paths]),
        }

    def losses(self, pairs: Sparse, H: Floats, U: Floats) -> Iterator[float]:
        """Yield the sum over all nodes of how often an answer was right there, times its surprise; 1 first, then 0."""
        scores = H @ U.T  # (rows, n_nodes)
        for sign, turns in zip((-1.0, 1.0), self.turns, strict=True):
            asked = (pairs @ turns).tocoo()  # how often each node was asked, here
            yield float(asked.data @ np.logaddexp(0, sign * scores[asked.row, asked.col]))

    @cached_property
    def turns(self) -> tuple[Sparse, Sparse]:
        """Two (n_words, n_nodes) tables of zeros and ones: nodes where a word's path has label 1, and where label 0."""
        n_words = len(self.tree.nodes)
        word = np.repeat(np.arange(n_words), [len(nodes) for nodes in self.tree.nodes])
        node = np.concatenate([nodes for nodes, _ in self.paths])
        label = np.concatenate([labels for _, labels in self.paths])
        shape = (n_words, n_words - 1)
        asked_1, asked_0 = (
            scipy.sparse.coo_array((np.ones(int(at.sum()), np.int64), (word[at], node[at])), shape=shape).tocsr()
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
