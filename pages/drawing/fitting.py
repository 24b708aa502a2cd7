"""A picture's words fitted to its paper."""

import numpy as np

from w2v.arrays import Floats
from w2v.pictures.cloud import checked, exponent_of, scaled_by

Box = tuple[int, int, int, int]  # left, top, right, bottom


def fitted(points: Floats, box: Box, room: tuple[int, int]) -> Floats:
    """Return where points (..., 2) of a plane stand in a box of paper, all with one scale; y points up on the plane.

    room : px that stay free left and right, and above and below, for names of the outermost points
    Raises ProjectionError in one sentence for points that are not finite.
    """
    plain = checked(points.reshape(-1, 2), "points")
    scaled = scaled_by(plain, exponent_of(plain) + 1)  # so that differences of the largest numbers are finite
    left, top, right, bottom = box
    low, high = scaled.min(axis=0), scaled.max(axis=0)  # (2,)
    free = np.array([right - left, bottom - top]) - 2.0 * np.array(room)
    scale = float(np.min(free / np.maximum(high - low, 1e-12)))
    placed = np.array([left + right, top + bottom]) / 2 + (scaled - (low + high) / 2) * (scale, -scale)
    found: Floats = placed.reshape(points.shape)
    return found
