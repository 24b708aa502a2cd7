"""What people have kept opens for ever: runs saved and links shared with the program as it was at some time before.

The files in tests/earlier were written by the program as it was then; they are never written again.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from w2v import PRESETS, Config, SavedRun, WholeTextRun, read_saved_run
from w2v.slices import finished
from w2v.texts.pair_examples import PAIR_EXAMPLES

SAVED = Path(__file__).parent / "earlier"
ROYAL = PRESETS["royal"].text
NEGATIVE: dict[str, Any] = {"objective": "negative"}


def saved(name: str) -> SavedRun:
    return read_saved_run((SAVED / f"{name}.npz").read_bytes())


@pytest.mark.parametrize(
    ("name", "settings", "done", "ended"),
    [
        (
            "steps",
            {"dim": 3, "epochs": 2, "subsample": 0.05, "subsample_formula": "paper", "dynamic_window": True, "seed": 4}
            | NEGATIVE,
            257,
            "finished",
        ),
        ("stopped", {"dim": 3, "epochs": 30}, 256, "asked"),
        ("one_vector", {"dim": 3, "epochs": 2, "seed": 4, "one_vector": True}, 384, "finished"),
        (
            "pairs",
            {"dim": 3, "epochs": 5, "architecture": "cbow", "pairs": True, "text": PAIR_EXAMPLES[0].text},
            60,
            "finished",
        ),
    ],
)
def test_a_run_by_updates_opens_with_its_settings_and_its_whole_past(
    name: str, settings: dict[str, Any], done: int, ended: str
) -> None:
    file = saved(name)
    assert (file.config, file.done, file.ended) == (Config(**{"text": ROYAL} | settings), done, ended)
    run = finished(file.replay())
    V, U = file.frames[-1] or (None, None)
    np.testing.assert_allclose(run.parameters(done).V, V, rtol=0, atol=1e-12)
    np.testing.assert_allclose(run.parameters(done).U, U, rtol=0, atol=1e-12)
    assert (run.parameters(done).U is run.parameters(done).V) == file.config.one_vector


@pytest.mark.parametrize(
    ("name", "settings", "n_passes", "l2", "n_aside"),
    [
        ("passes", {}, 3, 10.0, 30),
        ("passes_by_heart", {"hold_back": False}, 2, 0.0, 0),
        ("passes_negative", NEGATIVE, 2, 0.0, 30),
    ],
)
def test_a_run_by_passes_opens_as_it_was_and_goes_on(
    name: str, settings: dict[str, Any], n_passes: int, l2: float, n_aside: int
) -> None:
    file = saved(name)
    run = file.whole_run()
    assert run.config == Config(ROYAL, dim=3, window=3, trainer="passes", **settings)
    assert (run.n_passes, run.best, run.l2, run.heldout_counts.total) == (n_passes, n_passes, l2, n_aside)
    more: WholeTextRun = finished(file.go_on_whole(1))
    assert more.n_passes == n_passes + 1
    assert np.isfinite(more.losses).all()


@pytest.mark.parametrize(
    ("link", "settings"),
    [
        ({}, {}),
        ({"preset": "royal", "t": "137", "word": "king"}, {"trainer": "steps", "hold_back": True}),
        ({"dim": "5", "epochs": "3", "decay": "false"}, {"dim": 5, "epochs": 3, "decay": False}),
        ({"one_vector": "true"}, {"one_vector": True, "objective": "softmax"}),
        ({"pairs": "true"}, {"pairs": True}),
        ({"subsample": "0.05"}, {"subsample": 0.05, "subsample_formula": "paper"}),
        ({"whole": "true", "objective": "negative", "word": "king"}, {"trainer": "passes"} | NEGATIVE),
        ({"text": "eNorLs1TSMxLUcjNz88DAB0yBIM=", "window": "1"}, None),
    ],
)
def test_a_link_still_says_the_same_settings(link: dict[str, str], settings: dict[str, Any] | None) -> None:
    config = Config.from_query(link)
    if settings is None:
        assert (config.text, config.window) == (PACKED, 1)
        return
    for name, value in settings.items():
        assert getattr(config, name) == value, name
    assert config.text == ROYAL


PACKED = "sun and moon"
