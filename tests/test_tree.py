"""The picture of the Huffman tree: every word a leaf, the lit path the model's own, readable at any size."""

import numpy as np
import pytest

from pages.drawing.tree import WHOLE, figure, layout
from w2v.huffman import huffman_tree


def zipf(n_words: int) -> list[int]:
    return [1 + 1000 // (i + 1) for i in range(n_words)]


@pytest.mark.parametrize("n_words", [2, 20, 60, 2000])
def test_the_lit_path_is_the_models_own_and_no_row_is_taken_twice(n_words: int) -> None:
    tree = huffman_tree(zipf(n_words))
    for word in (0, n_words // 2, n_words - 1):
        spots = layout(tree, word)
        path = [spot for spot in spots if spot.lit]
        assert tuple(spot.node for spot in path[:-1]) == tree.nodes[word]
        assert path[-1].word == word
        assert tuple(spot.turn for spot in path[1:]) == tree.codes[word]
        ends = [spot for spot in spots if not spot.open]
        assert sorted(spot.height for spot in ends) == list(range(len(ends)))
        assert sum(spot.n_words for spot in ends) == n_words
        if n_words <= WHOLE:
            assert sorted(spot.word for spot in ends) == list(range(n_words))
        else:
            assert len(ends) == len(tree.nodes[word]) + 1


def test_spots_hang_where_the_tree_has_them() -> None:
    tree = huffman_tree(zipf(60))
    spots = layout(tree, 7, whole=60)
    for end in (spot for spot in spots if not spot.open):
        up = [end]
        while up[-1].above >= 0:
            up.append(spots[up[-1].above])
        assert tuple(spot.node for spot in reversed(up[1:])) == tree.nodes[end.word]
        assert tuple(spot.turn for spot in reversed(up[:-1])) == tree.codes[end.word]


def test_branches_that_are_not_drawn_say_how_many_words_they_hold() -> None:
    tree = huffman_tree(zipf(2000))
    for spot in layout(tree, 1500):
        if spot.node >= 0:
            assert spot.n_words == sum(spot.node in nodes for nodes in tree.nodes)


@pytest.mark.parametrize("n_words", [20, 60, 2000])
def test_names_have_room_and_words_are_plain(n_words: int) -> None:
    words = ["<b>bold</b>", *(f"w{i}" for i in range(1, n_words))]
    made = figure(huffman_tree(zipf(n_words)), 0, words, dark=False)
    names = made.data[2]
    shown = [height for height, text in zip(names.y, names.text, strict=True) if text]
    assert names.textfont.size >= 13
    assert len(shown) == len(names.y), "every end says what hangs there"
    row = (made.layout.height - 16) / len(names.y)
    assert len(shown) < 2 or row * np.diff(sorted(shown)).min() >= 15
    assert " &lt;b&gt;bold&lt;/b&gt;" in names.text
