"""The passes of a whole text as a record for the player: the saved states are all there is, so nothing is replayed.

The most frequent words are sent, as many as keep the record small. Vectors travel in single precision: they are for
the map; the numbers of a pass are shown by Python, in full.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from pages.parts.passes import Passes
from pages.parts.player.record import SHOWN_WORDS, Arrays
from w2v.projections import run_basis

RECORD_BYTES = 3_000_000
FEWEST_WORDS = 100


def passes_record(passes: Passes, most_bytes: int = RECORD_BYTES) -> tuple[Mapping[str, Any], Arrays]:
    """Return the header and the arrays that describe the passes, without the moment or the page that shows it."""
    run, config, n = passes.run, passes.config, passes.n_steps
    dim = config.dim
    room = most_bytes // (8 * dim * (n + 1))
    shown = min(passes.n_words, SHOWN_WORDS, max(FEWEST_WORDS, room))
    frames = [passes.parameters(t) for t in range(n + 1)]
    basis = run_basis([p.V for p in frames])
    nothing = np.zeros(0, "u4")
    arrays: Arrays = {
        "key_t": np.arange(n + 1, dtype="u4"),
        "key_V": np.stack([p.V[:shown] for p in frames]).astype("f4"),
        "key_U": np.stack([p.U[:shown] for p in frames]).astype("f4"),
        "group_start": np.zeros(2, "u4"),  # an update of no example: only the clock moves
        "input_start": np.zeros(1, "u4"),
        "inputs": nothing,
        "targets": nothing,
        "epoch_start": np.arange(n + 1, dtype="u4"),
        "goal_start": np.zeros(shown + 1, "u4"),
        "goal_word": nothing,
        "goal_count": np.zeros(0),
        "pass_numbers": np.array(passes.at, "u4"),
        "curve_t": passes.moments_of_losses,
        "curve_loss": run.losses,
        "losses": np.zeros(0, "f4"),
        "basis_mean": basis.mean,
        "basis_components": basis.components,
    }
    if run.heldout_counts.total:
        arrays["heldout_loss"] = run.heldout_losses
    vocabulary = run.corpus.vocabulary
    goal = {"floor": run.floor, "unigram": run.unigram_loss, "uniform": float(np.log(passes.n_words))}
    if run.heldout_counts.total:
        goal["heldout_guess"] = run.heldout_unigram_loss
    header: dict[str, Any] = {
        "unit": "pass",
        "architecture": config.architecture,
        "objective": config.objective,
        "dim": dim,
        "batching": "full",
        "reduction": "sum",
        "learning_rate": 0,
        "decay": False,
        "negatives": config.negatives,
        "words": list(vocabulary.words[:shown]),
        "counts": vocabulary.counts[:shown].tolist(),
        "n_words": shown,
        "n_rows": shown,
        "n_shown": shown,
        "n_in_text": passes.n_words,
        "n_steps": n,
        "n_planned": n,
        "epochs": max(1, n),
        "period": 1,
        "stopped": None,
        "goal": goal,
        "basis": {"explained": basis.explained.tolist()},
        "filtered": {},
    }
    return header, arrays
