"""The parameters after each pass, as many of them as memory allows."""

from collections.abc import Iterable

from w2v.arrays import frozen
from w2v.whole.blocks import Reals

Frame = tuple[Reals, Reals]
"""V and U."""

FRAME_BYTES = 128 * 2**20


class Checkpoints:
    """V and U after 0, 1, 2, ... passes; None for those that were let go.

    frames     : those of the passes done before
    most_bytes : what all of them may take
    """

    def __init__(self, frames: Iterable[Frame | None], most_bytes: int) -> None:
        self._frames, self._most_bytes = list(frames), most_bytes

    def __getitem__(self, i: int) -> Frame:
        """V and U after pass i, which must be one that is never let go: the start, the best or the last."""
        frame = self._frames[i]
        assert frame is not None
        return frame

    def begin(self, V: Reals, U: Reals) -> None:
        """Keep the parameters before the first pass."""
        self._frames.append((V, U))

    def add(self, V: Reals, U: Reals, best: int) -> None:
        """Keep one more, and let go of others until all fit: every second, fourth, ... is left, and the best."""
        self._frames.append((V, U))
        frames, always = self._frames, (best, len(self._frames) - 1)
        stride = 1
        while len(_kept(len(frames), stride, always)) * (V.nbytes + U.nbytes) > self._most_bytes and stride < len(
            frames
        ):
            stride *= 2
        for i in {*range(len(frames))} - _kept(len(frames), stride, always):
            frames[i] = None

    def frozen(self) -> tuple[Frame | None, ...]:
        """Return all of them, read-only."""
        for frame in self._frames:
            for matrix in frame or ():
                frozen(matrix)
        return tuple(self._frames)


def _kept(n: int, stride: int, always: Iterable[int]) -> set[int]:
    """Return which of n frames are kept."""
    return {*range(0, n, stride), *always}
