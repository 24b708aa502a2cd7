"""Garbage collection that does not look at everything again and again.

Streamlit collects garbage after every run of a script, while all other visitors wait. What it has to look at is what
the imports left behind and what all visitors hold: with 30 of them this took a third of the server's time. So when a
collection took long, what has outlived it is set aside, where Python looks no more; and from time to time all of it
is looked at once, because the session of a visitor who has left is garbage too. That takes a tenth of a second: it is
done when the page of whoever comes then is there.
"""

import ctypes
import gc
import threading
import time
from typing import Any

SLOW = 0.004  # seconds: what a collection may take
SECONDS = 60.0  # between two looks at everything
SOON = 1.0  # seconds until the run of a script that lets go of something is over

_ASKED = threading.Lock()  # held from the moment when memory is to be given back
_again = False  # whether somebody asked for it while it was held: their run may not be over when it is done
_begun = 0.0  # when the collection under way began
_last_of_all = float("-inf")  # when everything was looked at


def spare_the_old() -> None:
    """Set aside what is here, and from now on what outlives a collection that took long."""
    gc.freeze()
    if _after_collection not in gc.callbacks:
        gc.callbacks.append(_after_collection)


def collect_all() -> None:
    """Look at everything, also at what was set aside, and set aside what is left."""
    global _last_of_all
    _last_of_all = time.monotonic()
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def collect_at_times() -> None:
    """Look at everything as soon as the run of this script is over, if that was last done more than SECONDS ago."""
    if time.monotonic() - _last_of_all > SECONDS and not _ASKED.locked():
        give_back()


def _after_collection(phase: str, info: dict[str, Any]) -> None:
    """Python calls this before ("start") and after ("stop") every collection; there is one at a time."""
    global _begun
    if info["generation"] < 2:
        return
    if phase == "start":
        _begun = time.perf_counter()
    elif time.perf_counter() - _begun > SLOW:
        gc.freeze()


def give_back() -> None:
    """Give memory that was let go of back to the system, as soon as the run of this script is over.

    It stops everybody for a moment: all who ask for it meanwhile share one more.
    """
    global _again
    if not _ASKED.acquire(blocking=False):
        _again = True
        return
    later = threading.Timer(SOON, _give_back)
    later.daemon = True
    later.start()


def _give_back() -> None:
    global _again
    _ASKED.release()
    if _again:
        _again = False
        give_back()
    collect_all()
    try:
        ctypes.CDLL(None).malloc_trim(0)  # the C library of Linux keeps freed memory for later, unless it is asked
    except (AttributeError, OSError, TypeError):
        return  # another system, which does as it likes
