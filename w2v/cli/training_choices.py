"""What `train` chooses by the text for whoever did not say it: how often words must occur, and the way. All is said."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from w2v.arrays import Ints
from w2v.cli.training_options import option_of
from w2v.cli.ways import WAYS, Way
from w2v.config import Config
from w2v.corpus import Corpus
from w2v.objectives import OBJECTIVES
from w2v.plan import Plan
from w2v.way_out import WayOut

_KEPT_AT_LEAST = 0.5  # of the text, by a minimum count that nobody asked for


class Chosen(NamedTuple):
    """How to train; `made` is what was made of the text on the way, as options of the way."""

    way: Way
    config: Config
    made: dict[str, Any]


def choose(way: Way, config: Config, given: Mapping[str, Any], tell: Callable[[str], None]) -> Chosen:
    """Choose what fits this text, beginning with the usual settings. Raises ValueError for one that cannot be trained.

    given : the options that somebody wrote, which are never changed
    tell  : is told what was chosen, and how much of the text that leaves out, one sentence each
    """
    whole = Corpus.read(config.text, config.reading)
    counts = whole.vocabulary.counts
    least = config.min_count if "min_count" in given else _least(counts, config.min_count)
    corpus = Corpus.from_tokens(whole.cut, min_count=least)
    for note in (*corpus.notes, *_left_out(counts, config.min_count, least)):
        tell(note)
    config = replace(config, min_count=least)
    if way is not WAYS["steps"]:
        return Chosen(way, config, {"corpus": corpus})
    try:
        return Chosen(way, config, {"plan": Plan(config, corpus)})
    except WayOut as problem:
        if "trainer" in given or ("trainer", "passes") not in problem.settings:
            raise
        tell(f"{problem.problem}, so all pairs are learned from at once, as with --whole.")
    unused = [name for name in WAYS["steps"].settings if name in given and not _is_of(config.objective, name)]
    if unused:
        tell(f"That makes no use of {', '.join(map(option_of, unused))}.")
    return Chosen(WAYS["whole"], replace(config, trainer="passes"), {"corpus": corpus})


def _is_of(objective: str, option: str) -> bool:
    """Whether an option has a meaning for this objective in any way of training."""
    return option in ("objective", *OBJECTIVES[objective].settings)


def _least(counts: Ints, usual: int) -> int:
    """The minimum count: the usual one, or the largest below it that keeps enough of the text.

    Of words that occur once nothing can be learned: they come in only when they are asked for.
    """
    enough = _KEPT_AT_LEAST * counts.sum()
    left = [n for n in range(usual, 1, -1) if counts[1] >= n]
    return next((n for n in left if counts[counts >= n].sum() >= enough), left[-1] if left else usual)


def _left_out(counts: Ints, usual: int, least: int) -> list[str]:
    """What a minimum count leaves out, and why it is not the usual one."""
    if counts[-1] >= usual:
        return []
    would = f"The usual --min-count {usual} would leave out {_share(counts, usual)}, so " if least < usual else ""
    return [f"{would}--min-count {least} leaves out {_share(counts, least)}."]


def _share(counts: Ints, least: int) -> str:
    rare = counts[counts < least]
    share = 100 * rare.sum() / counts.sum()
    return f"{len(rare):,} of {len(counts):,} different words, {share:.{0 if share >= 10 else 1}f} % of the text"
