"""What `train` chooses by the text for whoever did not say it: how often words must occur, and the way. All is said."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from w2v.arrays import Ints
from w2v.cli.training_options import option_of
from w2v.cli.ways import WAYS, Way
from w2v.config import Config
from w2v.corpus import Corpus
from w2v.explain.health import left_out_by_count, rarer
from w2v.objectives import OBJECTIVES
from w2v.plan import Plan
from w2v.way_out import WayOut
from w2v.whole.checks import check_whole_text

_KEPT_AT_LEAST = 0.5  # of the text, by a minimum count that nobody asked for


class Chosen(NamedTuple):
    """How to train.

    made  : what was made of the text on the way, as options of the way
    notes : how the text was read and what was chosen, with how much of it that leaves out, one sentence each
    """

    way: Way
    config: Config
    made: dict[str, Any]
    notes: list[str]


def choose(way: Way, config: Config, given: Mapping[str, Any]) -> Chosen:
    """Choose what fits this text, beginning with the usual settings. Raises ValueError for one that cannot be trained.

    given : the options that somebody wrote, which are never changed
    """
    whole = Corpus.read(config.text, config.reading)
    least = config.min_count if "min_count" in given else _least(whole.vocabulary.counts, config.min_count)
    if "min_count" not in given and whole.vocabulary.counts[1] < least:
        enough = int(whole.vocabulary.counts[1])
        raise WayOut(
            f"The usual minimum count of {least} leaves out {rarer(whole, least)}, so there is nothing to train on",
            f"set it to {enough}",
            ("min_count", enough),
        )
    corpus = Corpus.from_tokens(whole.cut, min_count=least)
    notes = [*corpus.notes, _why(corpus, config.min_count, least), left_out_by_count(corpus, least)]
    notes = [note for note in notes if note]
    config = replace(config, min_count=least)
    if way is not WAYS["steps"]:
        check_whole_text(config, corpus)
        return Chosen(way, config, {"corpus": corpus}, notes)
    try:
        return Chosen(way, config, {"plan": Plan(config, corpus)}, notes)
    except WayOut as problem:
        if "trainer" in given or ("trainer", "passes") not in problem.settings:
            raise
        notes.append(f"{problem.problem}, so all pairs are learned from at once, as with --whole.")
    unused = [name for name in WAYS["steps"].settings if name in given and not _is_of(config.objective, name)]
    if unused:
        notes.append(f"That makes no use of {', '.join(map(option_of, unused))}.")
    config = replace(config, trainer="passes")
    check_whole_text(config, corpus)
    return Chosen(WAYS["whole"], config, {"corpus": corpus}, notes)


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


def _why(corpus: Corpus, usual: int, least: int) -> str:
    """Why the minimum count is not the usual one; "" when it is."""
    if least == usual:
        return ""
    return (
        f"The usual minimum count of {usual} would leave out {rarer(corpus, usual)}, so --min-count {least} is taken."
    )
