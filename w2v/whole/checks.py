"""What cannot be trained as a whole, refused in one sentence before anything is counted."""

from w2v.config import Config
from w2v.corpus import Corpus
from w2v.counted import is_whole
from w2v.counting.counted_text import CountedText
from w2v.objectives import MAX_WORDS, OBJECTIVES
from w2v.way_out import WayOut, no_pairs
from w2v.whole.holdout import leaves_pairs
from w2v.whole.memory import check_memory

MOST_WORDS_COUNTED = 200_000
_NO_PAIRS_COUNTED = "No two words of these counts stand in one sentence: lower the minimum count, or count more text."


def check_whole_text(config: Config, corpus: Corpus) -> None:
    """Raise ValueError in one sentence if this text, cut by this Config, cannot be trained as a whole."""
    if corpus.is_output is not None and config.architecture != "skip-gram":
        raise ValueError(
            "Passes learn from pairs with one input each, and of these some have more: go update by update."
        )
    if config.architecture != "skip-gram":
        raise ValueError("A whole text is trained as skip-gram: the contexts of CBOW are too many to be counted.")
    _check_objective(config)
    if config.one_vector:
        raise WayOut(
            "A whole text is trained with two vectors per word, moved in turn",
            "go update by update, or choose two vectors per word",
            ("trainer", "steps"),
        )
    n_words = len(corpus.vocabulary)
    if n_words > MAX_WORDS:
        enough = corpus.vocabulary.min_count_for(MAX_WORDS)
        raise WayOut(
            f"This text has {n_words:,} different words, and a whole text can be trained with {MAX_WORDS:,}",
            "use a shorter text" if enough is None else f"raise the minimum count to {enough}",
            *([] if enough is None else [("min_count", enough)]),
        )
    if corpus.sentence_lengths.max(initial=0) < 2 or not leaves_pairs(config, corpus):
        raise no_pairs(config.min_count, config.subsample, config.pairs)


def check_counts(config: Config, counted: CountedText) -> None:
    """Raise ValueError in one sentence if this counted text cannot be trained by this Config."""
    _check_objective(config)
    n_words = len(counted.vocabulary)
    if n_words < 2:
        there = "only one distinct word" if n_words else "no words"
        raise ValueError(f"There is nothing to train on: these counts have {there}, so count more text.")
    if n_words > MOST_WORDS_COUNTED:
        raise WayOut(
            f"These counts have {n_words:,} different words, and {MOST_WORDS_COUNTED:,} can be trained",
            f"count again with a higher minimum count, or the {MOST_WORDS_COUNTED:,} most frequent words only",
        )
    if counted.counts.total == 0:
        raise _all_kept_aside() if counted.heldout.total else ValueError(_NO_PAIRS_COUNTED)
    check_memory(counted, config.dim)


def _all_kept_aside() -> WayOut:
    return WayOut(
        "When this text was counted all pairs were kept aside, as happens where one sentence comes again and again, "
        "and none is left to learn from",
        "count it with none kept aside",
        ("holdout", 0),
    )


def _check_objective(config: Config) -> None:
    if not OBJECTIVES[config.objective].has_passes:
        raise ValueError("A whole text is trained with full softmax or negative sampling: choose one of these.")


def check_numbers(holdout: float, l2: float | None, max_passes: int | None) -> None:
    """Raise ValueError in one sentence for a setting that is no sensible number; see `train_whole_text`."""
    if not 0 <= holdout <= 0.5:
        raise ValueError("The share of sentences kept aside must be a number from 0 to 0.5.")
    if l2 is not None and not 0 <= l2 <= 1e9:
        raise ValueError("l2 must be a number from 0 to 1e9.")
    if max_passes is not None and not is_whole(max_passes, 0):
        raise ValueError("max_passes must be a whole number of at least 0.")
