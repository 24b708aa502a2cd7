"""A binary tree over the vocabulary in which frequent words sit near the root (Huffman 1952)."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HuffmanTree:
    """The way from the root to every word.

    nodes : for each word, the inner nodes on its path, root first; inner nodes are numbered 0 .. n_words - 2
    codes : for each word, the turn taken at each of those nodes, 0 or 1
    """

    nodes: tuple[tuple[int, ...], ...]
    codes: tuple[tuple[int, ...], ...]


def huffman_tree(counts: Sequence[int]) -> HuffmanTree:
    """Build the tree: the two rarest branches are joined until one is left.

    counts : how often each word occurs, at least two of them.
    Ties go to the branch made first, so that the same counts always give the same tree. In each join the rarer
    branch gets code 0; word2vec.c and gensim may differ in ties, never in the cost of the whole tree.
    Raises ValueError for fewer than two words.
    """
    n_words = len(counts)
    if n_words < 2:
        raise ValueError("A tree needs at least two words.")
    heap = [(int(count), word) for word, count in enumerate(counts)]  # a branch is a leaf < n_words or an inner node
    heapq.heapify(heap)
    parent: dict[int, tuple[int, int]] = {}  # branch -> (inner node above it, code)
    for node in range(n_words - 1):
        count_0, rarer = heapq.heappop(heap)
        count_1, other = heapq.heappop(heap)
        parent[rarer], parent[other] = (node, 0), (node, 1)
        heapq.heappush(heap, (count_0 + count_1, n_words + node))

    paths = [_path_to(word, parent, n_words) for word in range(n_words)]
    return HuffmanTree(tuple(p[0] for p in paths), tuple(p[1] for p in paths))


def _path_to(word: int, parent: dict[int, tuple[int, int]], n_words: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    nodes: list[int] = []
    codes: list[int] = []
    branch = word
    while branch in parent:
        node, code = parent[branch]
        nodes.append(node)
        codes.append(code)
        branch = n_words + node
    return tuple(reversed(nodes)), tuple(reversed(codes))
