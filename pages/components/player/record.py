"""What was trained as one block of bytes: all that the player in the browser needs to reach every moment by itself.

Every record has the same head: words, vectors of some moments, losses, what they head for. A run by updates has its
updates besides: the player repeats the arithmetic of `w2v/learning.py` between keyframes, in float64 and with the same
draws; the browser tests hold it to the numbers of `Run`. Passes are all sent, so that nothing is repeated; their
vectors travel in single precision, for the map: the numbers of a pass are shown by Python, in full.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pages.components.packing import FILTERED, Arrays, pack
from pages.drawing.words import SHOWN_WORDS
from w2v.arrays import Floats, Ints
from w2v.explain.center_row import log_sums
from w2v.moments import Moments
from w2v.objectives.negative import REDRAWS
from w2v.pictures.axes import Basis, run_basis, turned
from w2v.pictures.groups import groups_of
from w2v.plan import EpochExamples
from w2v.run import Run
from w2v.whole.passes import Passes

KEYFRAME_BYTES = 1_200_000
LARGE_KEYFRAME_BYTES = 6_000_000
LARGEST_STATE_BYTES = 4_000_000  # 5,000 words of 50 dimensions
LARGEST_EXAMPLES_BYTES = 12_000_000
EXAMPLE_BYTES = 40  # of one example and its part of its window, all arrays together
SMALL_IDS = 2**15  # word ids below this fit into 16 bits, with -1 for none
WHY = {"diverged": "the learning rate is too large", "asked": "as you asked"}
BASIS_MOMENTS = 40
CURVE_MOMENTS = 120
PASSES_BYTES = 3_000_000  # of the vectors of all passes
LIVE_BYTES = 400_000  # of the first and the last, sent with every look at a training that is under way
FEWEST_WORDS = 100


def moments_record(moments: Moments) -> tuple[dict[str, Any], Arrays]:
    """Return the header and the arrays that describe what was trained, without the moment or page that shows it."""
    if isinstance(moments, Run):
        header, arrays = run_record(moments)
    else:
        assert isinstance(moments, Passes)
        header, arrays = passes_record(moments)
    groups = groups_of(moments, header["n_shown"])
    return header | {"groups": {"given": groups.given, "of": groups.of.tolist()}}, arrays


def _head(
    moments: Moments, at: Sequence[int], n_words: int, kind: str, basis: Basis | None = None
) -> tuple[dict[str, Any], Arrays]:
    """Return what every record has.

    at      : the moments whose vectors are sent;  n_words : of so many words, the most frequent
    kind    : of the numbers in them, "f4" or "f8"
    basis   : the plane of the map, if it is not that of all words at all moments
    """
    frames = [moments.parameters(t) for t in at]
    curve_t, curve_loss = moments.loss_curve(CURVE_MOMENTS)
    basis, vocabulary = basis or map_basis(moments), moments.corpus.vocabulary
    arrays: Arrays = {
        "key_t": np.array(at, dtype="u4"),
        "key_V": np.stack([p.V[:n_words] for p in frames]).astype(kind),
        "key_U": np.stack([p.U[:n_words] for p in frames]).astype(kind),
        "curve_t": np.array(curve_t, "f8"),
        "curve_loss": curve_loss,
        "basis_mean": basis.mean,
        "basis_components": basis.components,
    }
    header: dict[str, Any] = {
        "unit": moments.unit,
        "objective": moments.config.objective,
        "dim": moments.config.dim,
        "words": list(vocabulary.words[:n_words]),
        "counts": vocabulary.counts[:n_words].tolist(),
        "n_words": n_words,
        "n_rows": frames[0].U[:n_words].shape[0],
        "one_vector": moments.config.one_vector,
        "n_shown": min(n_words, SHOWN_WORDS),
        "n_in_text": len(vocabulary),
        "n_steps": moments.n_moments - 1,
        "goal": {"floor": moments.floor, "guess": moments.guess},
        "basis": {"explained": basis.explained.tolist()},
    }
    return header, arrays


def passes_record(passes: Passes) -> tuple[dict[str, Any], Arrays]:
    """Return the same of passes: as many words, the most frequent, as keep the record within `PASSES_BYTES`."""
    moments = range(passes.n_moments)
    n_words = _words_within(passes, PASSES_BYTES, len(moments))
    header, arrays = _passes_record(passes, moments, n_words)
    return header, arrays | _guesses(passes, n_words)


def _guesses(passes: Passes, n_words: int) -> Arrays:
    """What the bars need besides: what the text says of each of these words after each of them, and where the model's
    answers sum to 1 over all words of the text, the log of that sum at each moment.
    """
    objective, counts = passes.run.objective, passes.run.counts
    some = counts.matrix[:n_words, :n_words].tocsr()
    rows = np.split(some.indices, some.indptr[1:-1])
    arrays: Arrays = {
        "goal_start": some.indptr.astype("u4"),
        "goal_word": some.indices.astype("u4"),
        "goal_count": some.data.astype("u4"),
        "goal_value": np.concatenate([objective.target(counts, c)[ids] for c, ids in enumerate(rows)]).astype("f4"),
    }
    if objective.sums_to_one:
        at = range(passes.n_moments)
        arrays["log_sum"] = np.stack([log_sums(passes.parameters(t), n_words) for t in at]).astype("f4")
    return arrays


def _words_within(passes: Passes, most_bytes: int, n_moments: int) -> int:
    room = most_bytes // (8 * passes.config.dim * n_moments)
    return min(len(passes.corpus.vocabulary), SHOWN_WORDS, max(FEWEST_WORDS, room))


def _passes_record(
    passes: Passes, at: Sequence[int], n_words: int, basis: Basis | None = None
) -> tuple[dict[str, Any], Arrays]:
    run = passes.run
    header, arrays = _head(passes, at, n_words, "f4", basis)
    header["goal"] |= {"unigram": run.unigram_loss, "guessing": "guessing by frequency"}
    arrays["pass_numbers"] = np.array(passes.at, "u4")
    header["best"] = passes.best
    if run.heldout_counts.total:
        arrays["heldout_loss"] = run.heldout_losses
        header["goal"]["heldout_guess"] = run.heldout_unigram_loss
    return header, arrays


OF_NUMBERS = ("vectors",)  # views for those who asked for numbers


def live_record(
    passes: Passes, views: Sequence[str], lies_like: Floats | None = None, *, outputs: bool = True, **options: Any
) -> tuple[bytes, Floats]:
    """Pack a training that is under way: a small record, always at its last moment. Its player reports nothing.

    lies_like : (n_words, 2) where the words stood on the map before; it is turned to lie alike
    outputs   : whether the map can be asked for output vectors; else they are not sent, which is half of it

    Returns the record, and where its words stand. Its plane is that of the words shown alone: it is made anew at every
    look, and that of all words would take longer than a pass.
    """
    n_words = _words_within(passes, LIVE_BYTES, 2)
    basis = run_basis([passes.parameters(t).V[:n_words] for t in range(passes.n_moments)])
    V = passes.parameters(passes.n_moments - 1).V[:n_words]
    if lies_like is not None:
        basis = turned(basis, V, lies_like)
    last = passes.n_moments - 1
    header, arrays = _passes_record(passes, sorted({0, last}), n_words, basis)
    if not outputs:
        arrays["key_U"], header["n_rows"] = arrays["key_U"][:, :0], 0
    where = {"id": "live", "views": list(views), "t": last, "word": None, "command": last, "live": True}
    return pack({**header, **where, **options}, arrays), basis(V)


def run_record(run: Run) -> tuple[dict[str, Any], Arrays]:
    """Return the same of a run by updates: with all its updates, and vectors of as many moments as are quickly sent."""
    plan, config, goal = run.plan, run.config, run.plan.goal
    last = run.parameters(run.n_steps)
    bytes_each = last.V.nbytes + last.U.nbytes
    budget = KEYFRAME_BYTES if bytes_each * 32 <= KEYFRAME_BYTES else LARGE_KEYFRAME_BYTES
    header, arrays = _head(run, run.keyframes(max(2, min(256, budget // bytes_each))), plan.n_words, "f8")
    passes = [plan.epoch(e) for e in ([0] if plan.static else range(config.epochs))]
    arrays |= _examples(passes)
    arrays |= _text(run)
    epochs = plan.epoch_of(max(0, run.n_steps - 1)) + 1  # a stopped run has fewer than planned
    arrays["epoch_start"] = plan.epoch_start[: epochs + 1].astype("u4")
    if config.architecture == "cbow":
        rows = [plan.goal_rows(e) for e in range(len(passes))]
        arrays["example_goal_row"] = np.concatenate(rows).astype("u4")
    arrays["goal_start"] = goal.counts.matrix.indptr.astype("u4")
    arrays["goal_word"] = goal.counts.matrix.indices.astype("u4")
    arrays["goal_count"] = goal.counts.matrix.data.astype("f8")
    arrays |= _objective(run)

    sizes = np.array([1])
    if config.reduction == "sum":  # losses are shown per example
        sizes = np.concatenate([np.diff(p.group_start) for p in passes])
    arrays["losses"] = (run.losses / np.resize(sizes, len(run.losses))).astype("f4")

    header["goal"] |= {"unigram": goal.unigram, "uniform": goal.uniform, "guessing": "guessing"}
    header |= {
        "architecture": config.architecture,
        "batching": config.batching,
        "reduction": config.reduction,
        "learning_rate": config.learning_rate,
        "decay": config.decay,
        "negatives": config.negatives,
        "redraws": REDRAWS,
        "n_planned": plan.n_steps,
        "epochs": epochs,
        "period": len(passes[0].group_start) - 1 if plan.static else plan.n_steps,
        "stopped": None if run.stopped is None else {"at": run.stopped.at, "reason": WHY[run.stopped.reason]},
        "filtered": {str(i): run.corpus.tokens[i] for i in np.flatnonzero(run.corpus.token_ids < 0).tolist()},
    }
    return header, arrays


def map_basis(moments: Moments) -> Basis:
    """Return the one plane on which the map of a whole run is drawn: the widest directions of V over its moments."""
    return run_basis([moments.parameters(t).V for t in moments.keyframes(BASIS_MOMENTS)])


def too_large(moments: Moments) -> bool:
    """Say whether this is more than the browser should be sent: one state of it, or all its examples."""
    if not isinstance(moments, Run):  # of these, no more is sent than what the map shows
        return False
    run, state, plan = moments, moments.parameters(0), moments.plan
    if state.V.nbytes + state.U.nbytes > LARGEST_STATE_BYTES:
        return True
    sent = 0 if plan.static else plan.n_examples * EXAMPLE_BYTES
    sent += plan.n_examples * plan.objective.n_draws * (2 if plan.n_words < SMALL_IDS else 4)
    return sent + 4 * run.n_steps > LARGEST_EXAMPLES_BYTES


def _examples(passes: Sequence[EpochExamples]) -> Arrays:
    windows = [p.windows for p in passes]
    return {
        "group_start": _joined([p.group_start for p in passes]).astype("u4"),
        "input_start": _joined([p.input_start for p in passes]).astype("u4"),
        "inputs": np.concatenate([p.inputs for p in passes]).astype("u4"),
        "targets": np.concatenate([p.targets for p in passes]).astype("u4"),
        "example_window": _shifted([p.window for p in passes], [len(w.centers) for w in windows]).astype("u4"),
        "example_slot": np.concatenate([p.slot for p in passes]).astype("i4"),
        "window_pos": np.concatenate([w.center_at for w in windows]).astype("u4"),
        "context_start": _joined([w.context_start for w in windows]).astype("u4"),
        "context_pos": np.concatenate([w.context_at for w in windows]).astype("u4"),
    }


def _joined(starts: Sequence[Ints]) -> Ints:
    """Join lists of boundaries, each from 0, into one."""
    sizes = np.concatenate([np.diff(s) for s in starts])
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _shifted(numbers: Sequence[Ints], sizes: Sequence[int]) -> Ints:
    """Join lists of numbers, each counted from 0, so that the next begins where the last one ended."""
    before = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return np.concatenate([n + b for n, b in zip(numbers, before, strict=True)])


def _text(run: Run) -> Arrays:
    ids = run.corpus.token_ids
    return {
        "tokens": np.where(ids < 0, FILTERED, ids).astype("u4"),
        "sentence_start": np.asarray(run.corpus.sentence_starts).astype("u4"),
    }


def _objective(run: Run) -> Arrays:
    """What the objective needs, its whole numbers as u4, and what was drawn for it."""
    objective = run.plan.objective
    arrays: Arrays = {name: a if a.dtype.kind == "f" else a.astype("u4") for name, a in objective.arrays().items()}
    drawn = [d for d in map(run.plan.draws, range(run.config.epochs if objective.has_draws else 0)) if d is not None]
    if drawn:
        arrays["draws"] = np.concatenate(drawn).astype("i2" if run.plan.n_words < SMALL_IDS else "i4")
    return arrays
