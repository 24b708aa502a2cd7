"""The player in the browser repeats the arithmetic of `Run`: all parameters and predictions are the same numbers.

For each variant the player is given the record that the app sends it, and is mounted by itself; what is shown at rest
is read in the app too.
"""

import json
import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from pages.components.player.record import map_basis
from tests.browser import Server, player
from tests.browsing import ask, last_update, visit
from tests.player_alone import player_alone
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
    {"one_vector": True},
    {"one_vector": True, "batching": "window", "objective": "negative", "architecture": "cbow"},
    {"dynamic_window": True, "objective": "negative", "window": 3},
    {"subsample": 0.05, "dynamic_window": True, "architecture": "cbow"},
    {"subsample": 0.05, "objective": "hierarchical", "min_count": 2, "decay": False},
]


def title(variant: dict[str, Any]) -> str:
    return "-".join(str(value) for value in variant.values())


def test_the_browser_reaches_the_same_parameters_and_predictions(page: Page, subtests: pytest.Subtests) -> None:
    for variant in VARIANTS:
        with subtests.test(title(variant)):
            reaches_the_same_parameters_and_predictions(page, variant)


def reaches_the_same_parameters_and_predictions(page: Page, variant: dict[str, Any]) -> None:
    settings = {"epochs": 3, "dim": 5, "seed": 11, **variant}
    run = Run(Config(PRESETS["royal"].text, **settings))
    assert run.stopped is None
    player_alone(page, run.config)
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


# Goes to each moment as a visitor does, and notes what is shown there once it says that it is exact.
AT_REST = """async (root, moments) => {
    const seen = [];
    for (const [t, word] of moments) {
        root.player.select(word);
        root.player.goTo(t);
        do { await new Promise(requestAnimationFrame); }
        while (root.dataset.exact !== 'true' || root.dataset.t !== String(t) || root.dataset.word !== String(word));
        const places = root.player.positions().map(({ id, x, y }) => [id, x, y]);
        const sentence = root.querySelector('.w2v-bars [data-role=readout]').textContent;
        seen.push({ places, sentence, detail: root.player.detail(Math.min(t, root.player.last - 1)) });
    }
    return JSON.stringify(seen, (_, value) => ArrayBuffer.isView(value) ? Array.from(value) : value);
}"""


@pytest.mark.parametrize("objective", ["softmax", "negative"])
def test_what_is_shown_at_rest_is_the_record_of_that_update(page: Page, app_server: Server, objective: str) -> None:
    """Fifty moments in no order: places on the map, the sentence under the bars, every number of the update."""
    run = Run(Config(PRESETS["royal"].text, objective=objective, epochs=10))  # type: ignore[arg-type]
    if objective == "softmax":  # one of them in the app
        visit(page, app_server, preset="royal", objective=objective, epochs=10)
    else:
        player_alone(page, run.config)
    rng = np.random.default_rng(50)
    moments = [0, run.n_steps, *rng.integers(0, run.n_steps, 48).tolist()]
    words = rng.integers(0, run.plan.n_words, len(moments)).tolist()
    script = AT_REST.replace("root.player.last", str(run.n_steps))
    seen = json.loads(player(page).evaluate(script, list(zip(moments, words))))
    basis = map_basis(run)
    for t, word, shown in zip(moments, words, seen, strict=True):
        parameters = run.parameters(t)
        ids, *places = zip(*shown["places"])
        same(np.transpose(places), basis(parameters.V)[list(ids)], f"the map at {t}")
        said = run.plan.objective.over_vocabulary(parameters.U, parameters.V[word])
        (name,) = re.findall(r"\u201c(.*?)\u201d", shown["sentence"])
        percent = re.findall(r"([\d.]+)\u00a0%", shown["sentence"])[0]  # the first one is the model's
        wanted = 100 * said[run.corpus.vocabulary.ids[name]]
        assert abs(float(percent) - wanted) <= (0.501 if wanted >= 9.95 else 0.1), (t, shown["sentence"])
        for example, trace in zip(shown["detail"], run.step(min(t, run.n_steps - 1)).traces, strict=True):
            assert (tuple(example["inputs"]), example["target"]) == (trace.example.inputs, trace.example.target)
            for part in ("rows", "labels", "h", "scores", "P", "loss", "error"):
                same(np.array(example[part]), np.asarray(getattr(trace, part)), f"{part} of update {t}")
            same(np.array(example["gradH"]), trace.grad_h, f"grad_h of update {t}")


def same(shown: np.ndarray, wanted: np.ndarray, what: str) -> None:
    np.testing.assert_allclose(shown, wanted, rtol=1e-9, atol=1e-12, err_msg=what)
