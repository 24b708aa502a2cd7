"""The tree of hierarchical softmax: where its branches and leaves stand, and its picture with one path lit."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.drawing.colors import AXIS, CONTEXT, DARK_CONTEXT, DARK_INK, INK
from pages.drawing.words import escaped
from w2v.huffman import HuffmanTree

WHOLE = 30  # words up to which the whole tree is drawn, each leaf with its name; then the path and what branches off
ROW, TALLEST = 18, 520  # pixels of a leaf with a name, and of the whole picture


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the picture: an inner node, a leaf, or a branch that is not drawn further.

    depth  : turns from the root;  height : its row, from 0 on top; of an inner node the middle of its two branches
    above  : number of the spot it hangs on, -1 for the root;  turn : the code that leads here, 0 or 1
    node   : the inner node, -1 for a leaf;  word : the leaf's word, -1 otherwise
    n_words : how many words hang below, 1 for a leaf
    lit    : whether it is on the path;  open : whether its branches are drawn
    """

    depth: int
    height: float
    above: int
    turn: int
    node: int
    word: int
    n_words: int
    lit: bool
    open: bool


def layout(tree: HuffmanTree, word: int, whole: int = WHOLE) -> list[Spot]:
    """Return the spots of a tree, root first, each after the one it hangs on, with the path to a word lit."""
    below: dict[tuple[int, int], tuple[int, int]] = {}  # (node, code) -> (inner node or -1, word or -1)
    n_words = dict.fromkeys(range(len(tree.nodes) - 1), 0)
    for leaf, (nodes, codes) in enumerate(zip(tree.nodes, tree.codes, strict=True)):
        for at, (node, code) in enumerate(zip(nodes, codes, strict=True)):
            below[node, code] = (-1, leaf) if at + 1 == len(nodes) else (nodes[at + 1], -1)
            n_words[node] += 1
    path, all_of_it = set(tree.nodes[word]), len(tree.nodes) <= whole
    spots: list[Spot] = []
    rows = 0

    def place(node: int, leaf: int, depth: int, above: int, turn: int) -> float:
        nonlocal rows
        number, on_path = len(spots), leaf == word or node in path
        is_open = node >= 0 and (all_of_it or on_path)
        size = n_words[node] if node >= 0 else 1
        spots.append(Spot(depth, 0.0, above, turn, node, leaf, size, on_path, is_open))
        if is_open:
            height = sum(place(*below[node, code], depth + 1, number, code) for code in (0, 1)) / 2
        else:
            height, rows = float(rows), rows + 1
        spots[number] = Spot(depth, height, above, turn, node, leaf, size, on_path, is_open)
        return height

    place(tree.nodes[word][0], -1, 0, -1, 0)
    return spots


def figure(tree: HuffmanTree, word: int, words: Sequence[str], dark: bool) -> go.Figure:
    """The tree from its root on the left to words on the right; the path to one word in color and with thick lines."""
    spots = layout(tree, word)
    ends = [spot for spot in spots if not spot.open]
    ink, path = (DARK_INK, DARK_CONTEXT) if dark else (INK, CONTEXT)
    made = go.Figure()
    for lit, color, width in ((False, AXIS, 1), (True, path, 3)):
        x: list[float | None] = []
        y: list[float | None] = []
        for spot in spots[1:]:
            if spot.lit == lit:
                above = spots[spot.above]
                x += [above.depth, above.depth, spot.depth, None]
                y += [above.height, spot.height, spot.height, None]
        made.add_trace(go.Scatter(x=x, y=y, mode="lines", line={"color": color, "width": width}, hoverinfo="skip"))
    made.add_trace(
        go.Scatter(
            x=[spot.depth for spot in ends],
            y=[spot.height for spot in ends],
            mode="markers+text",
            text=[f" {_label(spot, words)}" for spot in ends],
            textposition="middle right",
            textfont={"size": 13, "color": ink},
            hovertext=[_label(spot, words) for spot in ends],
            hoverinfo="text",
            cliponaxis=False,
            marker={
                "color": [path if spot.lit else AXIS for spot in ends],
                "size": [9 if spot.lit else 5 for spot in ends],
            },
        )
    )
    room = 0.45 * max(spot.depth for spot in spots) + 1
    made.update_xaxes(visible=False, range=[-0.2, max(spot.depth for spot in spots) + room])
    made.update_yaxes(visible=False, range=[len(ends) - 0.4, -0.6])
    height = min(TALLEST, max(160, ROW * len(ends) + 20))
    made.update_layout(height=height, margin={"l": 0, "r": 0, "t": 8, "b": 8}, showlegend=False)
    return made


def _label(spot: Spot, words: Sequence[str]) -> str:
    return escaped(words[spot.word]) if spot.word >= 0 else f"{spot.n_words:,} words"
