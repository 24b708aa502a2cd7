"""Work for other processes, by itself: each of them imports what its work lies beside."""

import os
import signal


class Doubling:
    """Doubles numbers; where it is told to, its process is lost first."""

    def __init__(self, calling: int, lost_at: int) -> None:
        self.calling, self.lost_at = calling, lost_at

    def __call__(self, number: int) -> tuple[int, bool]:
        if number == self.lost_at and os.getpid() != self.calling:
            os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        return 2 * number, os.getpid() == self.calling


class Hearing:
    """Says of each task whether Ctrl-C reaches the process that does it."""

    def __call__(self, _task: int) -> bool:
        return signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
