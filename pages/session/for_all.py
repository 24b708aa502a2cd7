"""What was made of the shipped texts, kept for all visitors of this server: a class that opens one trains it once.

Texts of a visitor's own are never kept here. What was made does not change any more, so that many can look at it.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from w2v import Config, Moments, Run
from w2v.explain.health import Judgement
from w2v.reading.characters import Reading

KEPT = 24
LARGEST_BYTES = 4 * 2**20  # of the parameters kept of one; a larger one is trained for each visitor

_trained: OrderedDict[Config, Run] = OrderedDict()
_judged: OrderedDict[tuple[str, Reading, int], Judgement] = OrderedDict()
_mine = Lock()


def trained(wanted: Config) -> Run | None:
    """Return what some visitor had trained of this Config, or None."""
    with _mine:
        found = _trained.get(wanted)
        if found is not None:
            _trained.move_to_end(wanted)
        return found


def keep(config: Config, moments: Moments) -> None:
    """Keep what was trained, if others may want it: all updates of a shipped text."""
    if config.preset and isinstance(moments, Run) and not moments.stopped and moments.n_bytes <= LARGEST_BYTES:
        with _mine:
            _trained[config] = moments
            while len(_trained) > KEPT:
                _trained.popitem(last=False)


def judged(wanted: Config, judge: Callable[[], Judgement]) -> Judgement:
    """Return what can be found in a Config's text; only of a shipped one is it kept."""
    if not wanted.preset:
        return judge()
    key = (wanted.text, wanted.reading, wanted.min_count)
    with _mine:
        found = _judged.get(key)
    if found is None:
        found = judge()
        with _mine:
            _judged[key] = found
            while len(_judged) > KEPT:
                _judged.popitem(last=False)
    return found
