"""What is too large to be stepped through, refused in one sentence that says what would do."""

from w2v.config import Config
from w2v.corpus import Corpus
from w2v.counted import counted
from w2v.objectives import MAX_WORDS, OBJECTIVES
from w2v.way_out import Setting, WayOut

MAX_EXAMPLES = 2_000_000
MAX_GROUP_CELLS = 4_000_000  # examples x rows of U in one recorded update: 32 MB for each recorded array


def check_vocabulary(config: Config, corpus: Corpus) -> None:
    """Raise ValueError in one sentence for a vocabulary too large for the objective."""
    objective = OBJECTIVES[config.objective]
    limit, slow = objective.most_words, objective.most_words < MAX_WORDS
    n_words = len(corpus.vocabulary)
    if n_words > limit:
        ways: dict[Setting, str] = {}
        if enough := corpus.vocabulary.min_count_for(limit):
            ways["min_count", enough] = f"raise the minimum count to {enough}"
        if slow and n_words <= MAX_WORDS:
            ways["objective", "negative"] = "choose negative sampling"
        model = objective.title if slow else "this model"
        raise WayOut(
            f"This text has {n_words:,} different words, and {model} can be stepped through with {limit:,}",
            ", or ".join(ways.values()) or "use a shorter text",
            *ways,
            *(_all_at_once(config) if n_words <= MAX_WORDS else []),
        )


def check_one_vector(config: Config) -> None:
    """Raise ValueError in one sentence for one vector per word where rows of U are no words."""
    if config.one_vector and not OBJECTIVES[config.objective].words_in_U:
        fit = [objective for objective in OBJECTIVES.values() if objective.words_in_U]
        raise WayOut(
            f"One vector per word cannot go with {OBJECTIVES[config.objective].title}, whose output vectors belong to "
            "no words",
            f"choose {' or '.join([objective.title for objective in fit])}, or two vectors per word",
            *[("objective", objective.name) for objective in fit],
        )


def check_group(largest: int, n_rows: int) -> None:
    """Raise ValueError in one sentence for an update of too many examples, each with scores for so many rows of U."""
    if largest > 1 and largest * n_rows > MAX_GROUP_CELLS:
        raise WayOut(
            f"One update would learn from {largest:,} examples at once, too many to show one by one",
            "choose smaller batches",
            ("batching", "pair"),
        )


def check_n_examples(config: Config, n_examples: int, epochs: int) -> None:
    """Raise ValueError in one sentence for more examples, in so many epochs, than can be stepped through."""
    if n_examples > MAX_EXAMPLES:
        fit = MAX_EXAMPLES * epochs // n_examples
        advice = f"at most {counted(fit, 'epoch')}" if fit >= 1 else "a shorter text or a larger minimum count"
        raise WayOut(
            f"This run would learn from {n_examples:,} examples or more, and {MAX_EXAMPLES:,} can be stepped through",
            f"choose {advice}",
            ("epochs", fit) if fit >= 1 else ("min_count", config.min_count + 1),
            *_all_at_once(config),
        )


def _all_at_once(config: Config) -> list[Setting]:
    """The setting that learns from all pairs of a text at once, where this model can."""
    can = config.architecture == "skip-gram" and OBJECTIVES[config.objective].has_passes and not config.one_vector
    return [("trainer", "passes")] if can else []
