"""The outlines of the marks that stand for words and groups: those of components/kit/marks.js."""

from math import cos, pi, sin, sqrt

GROUP_SHAPES = ("disc", "square", "triangle", "cross", "diamond", "plus", "wedge", "star")  # one for each group

Point = tuple[float, float]

_A, _B = 0.38, 1.15
_PLUS = [(-_A, -_B), (_A, -_B), (_A, -_A), (_B, -_A), (_B, _A), (_A, _A)]
_PLUS += [(_A, _B), (-_A, _B), (-_A, _A), (-_B, _A), (-_B, -_A), (-_A, -_A)]
_CORNERS: dict[str, list[Point]] = {
    "disc": [(cos(i * pi / 24), sin(i * pi / 24)) for i in range(48)],
    "square": [(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
    "diamond": [(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)],
    "triangle": [(0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)],
    "wedge": [(0.0, 1.2), (1.1, -0.8), (-1.1, -0.8)],
    "plus": _PLUS,
    "cross": [((x - y) * sqrt(0.5), (x + y) * sqrt(0.5)) for x, y in _PLUS],
    "star": [(far * sin(i * pi / 5), -far * cos(i * pi / 5)) for i in range(10) for far in ((1.3, 0.55)[i % 2],)],
}


def outline(shape: str, x: float, y: float, radius: float) -> list[Point]:
    """Return the corners of a mark around a place; y points down."""
    return [(x + radius * a, y + radius * b) for a, b in _CORNERS[shape]]
