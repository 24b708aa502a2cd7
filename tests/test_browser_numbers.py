"""The player in the browser repeats the arithmetic of `Run`: all parameters and predictions are the same numbers."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from tests.browser import Server
from tests.browsing import ask, last_update, visit
from w2v import PRESETS, Config, Run

pytestmark = pytest.mark.browser

ARCHITECTURES = ("skip-gram", "cbow")
OBJECTIVES = ("softmax", "negative", "hierarchical")
VARIANTS: list[dict[str, Any]] = [
    *({"architecture": a, "objective": o} for a in ARCHITECTURES for o in OBJECTIVES),
    {"batching": "window"},
    {"batching": "window", "objective": "negative", "reduction": "sum", "learning_rate": 0.05},
    {"batching": "minibatch", "batch_size": 7, "objective": "hierarchical"},
    {"batching": "minibatch", "batch_size": 7, "architecture": "cbow", "reduction": "sum", "learning_rate": 0.02},
    {"batching": "full", "epochs": 30, "dim": 1},
    {"dynamic_window": True, "objective": "negative", "window": 3},
    {"subsample": 0.05, "dynamic_window": True, "architecture": "cbow"},
    {"subsample": 0.05, "objective": "hierarchical", "min_count": 2, "decay": False},
]


def title(variant: dict[str, Any]) -> str:
    return "-".join(str(value) for value in variant.values())


@pytest.mark.parametrize("variant", VARIANTS, ids=title)
def test_the_browser_reaches_the_same_parameters_and_predictions(
    page: Page, app_server: Server, variant: dict[str, Any]
) -> None:
    settings = {"epochs": 3, "dim": 5, "seed": 11, **variant}
    run = Run(Config(PRESETS["royal"].text, **settings))
    assert run.stopped is None
    link = {name: str(value).lower() if isinstance(value, bool) else value for name, value in settings.items()}
    visit(page, app_server, preset="royal", **link)
    assert last_update(page) == run.n_steps

    rng = np.random.default_rng(5)
    moments = [0, run.n_steps, *rng.integers(0, run.n_steps + 1, 18).tolist()]  # there and back, in no order
    words = rng.integers(0, run.plan.n_words, len(moments)).tolist()
    seen = ask(page, "a.map(([t, w]) => ({...p.state(t), said: p.distribution(t, w)}))", list(zip(moments, words)))
    for t, word, state in zip(moments, words, seen, strict=True):
        wanted = run.parameters(t)
        same(np.reshape(state["V"], wanted.V.shape), wanted.V, f"V at {t}")
        same(np.reshape(state["U"], wanted.U.shape), wanted.U, f"U at {t}")
        same(np.array(state["said"]), run.plan.objective.over_vocabulary(wanted.U, wanted.V[word]), f"P at {t}")
    assert not np.allclose(seen[0]["V"], seen[1]["V"], atol=1e-3), "something was learned in between"


def same(shown: np.ndarray, wanted: np.ndarray, what: str) -> None:
    np.testing.assert_allclose(shown, wanted, rtol=1e-9, atol=1e-12, err_msg=what)
