"""The ways of learning that are compared, and what is trained of each on the present text."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pages.session.training import trained_moments
from w2v import Config, Moments, Run
from w2v.objectives import OBJECTIVES

CBOW = "CBOW, full softmax"
WAYS: Mapping[str, Mapping[str, Any]] = {  # how each is called, and which settings make it
    **{of.title.capitalize(): {"architecture": "skip-gram", "objective": name} for name, of in OBJECTIVES.items()},
    CBOW: {"architecture": "cbow", "objective": next(iter(OBJECTIVES))},
}


def config_of(way: str, config: Config) -> Config:
    """Return the same settings for another way of learning, update by update."""
    return replace(config, **WAYS[way], trainer=Config.trainer)


def way_of(config: Config) -> str:
    """Return the way that is nearest to these settings."""
    same = [
        name for name, settings in WAYS.items() if all(getattr(config, s) == value for s, value in settings.items())
    ]
    return same[0] if same else CBOW


def trained(moments: Moments, *wanted: Config) -> list[Run]:
    """Return the runs of these settings; the present one is kept with them. Fewer if their training was stopped."""
    found = {one.config: one for one in (moments, *trained_moments(moments.config, *wanted))}
    runs = [found[one] for one in wanted if one in found]
    return [run for run in runs if isinstance(run, Run)]
