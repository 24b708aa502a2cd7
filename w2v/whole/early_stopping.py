"""When to stop, and how strongly to hold the vectors back: both judged by the loss of sentences kept aside.

The pure minimum of the training loss is memorising: after a few passes the held-out loss rises again. So training
ends when it has not fallen for a while (Prechelt 1998, "Early Stopping - But When?"), and the best pass counts.
Before that, when l2 is to be chosen, half and twice as much are tried from the best pass so far, each as long as
it helps: one walk instead of a training for every l2.

This holds for full steps downhill. Negative sampling follows a schedule whose first passes stand for next to no
training (`gentle.py`): a count of passes says nothing there, and standing still at chance is no convergence. It goes
on to the end of its schedule; sentences kept aside only say which of its passes was the best.
"""

from dataclasses import dataclass, field

PATIENCE = 3  # passes without a better held-out loss
PATIENCE_WHILE_CHOOSING = 2
BETTER = 1e-4  # nats: what counts as falling


@dataclass
class EarlyStopping:
    """Watches the held-out losses of a training, pass by pass.

    l2      : for the next pass
    choose  : whether other values are to be tried
    history : (held-out loss, l2) of each pass so far
    """

    l2: float
    choose: bool
    history: list[tuple[float, float]] = field(default_factory=list)
    _factors: list[float] = field(default_factory=lambda: [0.5, 2.0])
    _factor: float = 0.0
    _since: int = 0  # the pass after which the present l2 was taken up
    _fell: int = 0  # the last pass whose loss was lower than all before
    _lowest: float = float("inf")
    _to_beat: float = float("inf")

    @property
    def best(self) -> int:
        """The index in `history` of the lowest loss."""
        return min(range(len(self.history)), key=lambda i: self.history[i][0])

    def after_pass(self, heldout_loss: float) -> None:
        """Take note of a pass."""
        self.history.append((heldout_loss, self.l2))
        if heldout_loss < self._lowest - BETTER:
            self._lowest, self._fell = heldout_loss, len(self.history)

    def enough(self) -> bool:
        """Whether this l2 has nothing more to give."""
        patience = PATIENCE_WHILE_CHOOSING if self._factor else PATIENCE
        return len(self.history) - max(self._fell, self._since) >= patience

    def next_l2(self) -> bool:
        """Take up another l2, to go on with from the best pass; return False when all has been tried."""
        if not self.choose:
            return False
        lowest = self.history[self.best][0]
        if not self._factor or lowest > self._to_beat - BETTER:  # the present direction does not help (any more)
            if not self._factors:
                return False
            self._factor = self._factors.pop(0)
        self.l2 = self.history[self.best][1] * self._factor
        self._to_beat, self._since = lowest, len(self.history)
        return True
