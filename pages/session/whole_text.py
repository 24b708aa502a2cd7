"""How a text is trained as a whole: settings that suit it."""

from dataclasses import replace

from pages.session.prepared import corpus_of, prepared_of
from w2v import Config
from w2v.objectives import OBJECTIVES

WORTH_A_WHOLE = 2_000  # words of running text from which training on the whole text is offered


def whole_config(text: str, before: Config) -> Config | None:
    """Return settings that suit a whole text, else as before; None for a text that is short or cannot be trained."""
    try:
        wanted = replace(before, text=text, architecture="skip-gram", min_count=1, subsample=0.0)
        tokens = corpus_of(wanted).n_tokens
        if tokens < WORTH_A_WHOLE:
            return None
        least = 1 if tokens < 20_000 else 2 if tokens < 50_000 else 5
        wanted = replace(
            wanted,
            objective=before.objective if OBJECTIVES[before.objective].has_passes else Config.objective,
            dim=50 if tokens < 50_000 else 100,
            window=max(5, before.window),
            min_count=least,
            dynamic_window=False,
            one_vector=False,
            trainer="passes",
        )
        prepared_of(wanted)
    except ValueError:
        return None
    return wanted
