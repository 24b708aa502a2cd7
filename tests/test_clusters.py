"""k-means: planted groups come back, the result is a fixed point, numbers are stable, corners are defined."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from w2v.pictures.clusters import clusters


def test_planted_groups_come_back_with_numbers_in_order_of_the_words() -> None:
    rng = np.random.default_rng(4)
    planted = rng.integers(0, 4, 80)
    directions = np.linalg.qr(rng.normal(size=(10, 10)))[0][:4]
    lengths = rng.uniform(0.1, 9, (80, 1))
    found = clusters(lengths * (directions[planted] + 0.05 * rng.normal(size=(80, 10))), 4)
    order = list(dict.fromkeys(planted.tolist()))
    assert found.tolist() == [order.index(p) for p in planted]


SHAPES = st.tuples(st.integers(1, 25), st.integers(1, 4))


@given(arrays(np.float64, SHAPES, elements=st.integers(-30, 30).map(float)), st.integers(1, 6))
def test_every_word_is_in_the_group_whose_mean_is_closest(matrix: np.ndarray, k: int) -> None:
    groups = clusters(matrix, k)
    assert groups.shape == (len(matrix),)
    assert not groups.flags.writeable
    numbers = list(dict.fromkeys(groups.tolist()))
    assert numbers == list(range(len(numbers))), "numbered in the order in which they appear"
    assert len(numbers) <= k
    length = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit = np.divide(matrix, length, out=np.zeros_like(matrix), where=length > 0)
    means = np.stack([unit[groups == g].mean(axis=0) for g in numbers])
    far = np.linalg.norm(unit[:, None] - means, axis=2)
    assert (far[np.arange(len(matrix)), groups] <= far.min(axis=1) + 1e-9).all()


def test_corners() -> None:
    assert clusters(np.zeros((5, 3)), 4).tolist() == [0] * 5
    assert clusters(np.eye(3), 9).tolist() == [0, 1, 2]
    assert clusters(np.zeros((0, 3)), 2).tolist() == []
    with pytest.raises(ValueError, match="at least one"):
        clusters(np.eye(3), 0)
    with pytest.raises(ValueError, match="finite"):
        clusters(np.array([[np.nan, 1.0]]), 2)
