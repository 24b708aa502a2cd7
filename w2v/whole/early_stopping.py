"""Early stopping, and the choice of l2: both judged by the validation loss, that of the sentences kept aside.

The pure minimum of the training loss is memorising: after a few passes the held-out loss rises again. So training
ends when it has not fallen for a while (Prechelt 1998, "Early Stopping - But When?"), and the best pass counts.
Before that, when l2 is to be found, half and twice as much are tried from the best pass so far, each as long as
it helps: one training instead of one for every l2.

This holds for full steps downhill. Negative sampling follows a schedule whose first passes stand for next to no
training (`expected_sgd.py`): a count of passes says nothing there, and standing still at chance is no convergence.
It goes on to the end of its schedule; sentences kept aside only say which of its passes was the best.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np

from w2v.arrays import Floats

PATIENCE = 3  # passes without a better held-out loss
SEARCH_PATIENCE = 2
MIN_DELTA = 1e-4  # nats: what counts as falling


@dataclass
class EarlyStopping:
    """Watches the held-out losses of a training, pass by pass.

    l2      : for the next pass
    search  : whether other values are to be tried
    history : (held-out loss, l2) of each pass so far
    """

    l2: float
    search: bool
    history: list[tuple[float, float]] = field(default_factory=list)
    _factors: list[float] = field(default_factory=lambda: [0.5, 2.0])
    _factor: float = 0.0
    _l2_since: int = 0  # the pass after which the present l2 was taken up
    _last_improvement: int = 0  # the last pass whose loss was lower than all before
    _lowest: float = float("inf")
    _lowest_before: float = float("inf")

    @classmethod
    def known(cls, said: Mapping[str, Any]) -> Self:
        """Make one of what `asdict` says of it. Raises ValueError, TypeError or KeyError where that says nothing."""
        made = cls(
            float(said["l2"]),
            said["search"] is True,
            [(float(loss), float(l2)) for loss, l2 in said["history"]],
            [float(factor) for factor in said["_factors"]],
            float(said["_factor"]),
            int(said["_l2_since"]),
            int(said["_last_improvement"]),
            float(said["_lowest"]),
            float(said["_lowest_before"]),
        )
        known = [made.l2, made._factor, *made._factors, *(number for both in made.history for number in both)]
        if not np.isfinite(known).all() or min(known) < 0:
            raise ValueError("What is known of its stopping makes no sense.")
        return made

    @property
    def best(self) -> int:
        """The index in `history` of the lowest loss."""
        return min(range(len(self.history)), key=lambda i: self.history[i][0])

    @property
    def has_searched(self) -> bool:
        """Whether another l2 than the first one was tried."""
        return self._factor != 0

    def record(self, heldout_loss: float) -> None:
        """Take note of a pass."""
        self.history.append((heldout_loss, self.l2))
        if heldout_loss < self._lowest - MIN_DELTA:
            self._lowest, self._last_improvement = heldout_loss, len(self.history)

    def out_of_patience(self) -> bool:
        """Whether this l2 has nothing more to give."""
        patience = SEARCH_PATIENCE if self._factor else PATIENCE
        return len(self.history) - max(self._last_improvement, self._l2_since) >= patience

    def try_next_l2(self) -> bool:
        """Take up another l2, to go on with from the best pass; return False when all has been tried."""
        if not self.search:
            return False
        lowest = self.history[self.best][0]
        if not self._factor or lowest > self._lowest_before - MIN_DELTA:  # this direction does not help (any more)
            if not self._factors:
                return False
            self._factor = self._factors.pop(0)
        self.l2 = self.history[self.best][1] * self._factor
        self._lowest_before, self._l2_since = lowest, len(self.history)
        return True


def best_pass(losses: Floats, heldout_losses: Floats, must_beat: float = np.inf) -> int:
    """Return how many passes make the best model: that of the lowest held-out loss; 0 without a pass.

    losses, heldout_losses : (n_passes,) nats, after each pass
    must_beat              : only passes with a smaller loss count, if there are such
    """
    if len(losses) == 0:
        return 0
    counts = losses < must_beat
    return int(np.argmin(np.where(counts, heldout_losses, np.inf) if counts.any() else heldout_losses)) + 1
