"""The view of text and windows: the window slides over the text, pairs fall into a list, their counts into a table.

Nothing is trained here. Python sends the windows of the first pass over the text once, packed as for the player; the
browser moves the window and counts. The view is one ES module, joined from the files of this folder and the three
files of the player that hold colors, wording and small helpers for elements.
"""

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pages.components import messages
from pages.components.packing import FILTERED, pack
from pages.components.register import Component
from w2v.plan import Plan

LONGEST = 20_000  # tokens sent to the browser
SHOWN_COUNTS = 40  # rows and columns of the table: the most frequent words

_HERE = Path(__file__).parent
VIEW = Component("w2v_windows", _HERE / "view.js", _HERE / "view.css")


def windows_view(plan: Plan, *, key: str, word: str | None) -> None:
    """Show the windows of a plan.

    plan : whose text and windows
    key  : the element's key
    word : the selected word, marked in the text and in the table of counts
    """
    VIEW.show(windows_record(plan, word), key=key, reports="picked")


def picked_word(report: Any, plan: Plan) -> int | None:
    """Return the id of the word of this plan's text that was clicked in the view just now; None if none was.

    report : what Streamlit holds under the element's key
    """
    picked = messages.picked(report.get("picked") if isinstance(report, Mapping) else None, _name(plan), plan.n_words)
    return None if picked is None else picked["word"]


def windows_record(plan: Plan, word: str | None = None) -> bytes:
    """Return what the view shows, packed: the text and the windows of its first pass, the first LONGEST tokens.

    header : id, the same for the same text and windows; word, the id of the selected word or null; architecture;
             radius; words and counts, by id; n_shown, how many of them the table of counts has; n_tokens of the
             whole text; note, a remark on what is not shown, or null; subsampled, whether words that are in no
             window were left out by chance; filtered, {index: token that the minimum count left out}
    arrays : tokens (n,) word ids, FILTERED for those left out; sentence_start; window_pos (n_windows,), context_start
             (n_windows + 1,), context_pos: indices into tokens, as in `w2v.windows.WindowTable`
    """
    corpus, config = plan.corpus, plan.config
    ids = np.asarray(corpus.token_ids)[:LONGEST]
    starts = np.asarray(corpus.sentence_starts)
    header = {
        "id": _name(plan),
        "word": None if word is None else corpus.vocabulary.ids.get(word),
        "architecture": config.architecture,
        "radius": config.window,
        "words": list(corpus.vocabulary.words),
        "counts": corpus.vocabulary.counts.tolist(),
        "n_shown": min(plan.n_words, SHOWN_COUNTS),
        "n_tokens": corpus.n_tokens,
        "note": _note(plan),
        "subsampled": config.subsample > 0,
        "filtered": {str(i): corpus.tokens[i] for i in np.flatnonzero(ids < 0).tolist()},
    }
    arrays = {
        "tokens": np.where(ids < 0, FILTERED, ids).astype("u4"),
        "sentence_start": starts[starts < LONGEST].astype("u4"),
        **_windows(plan),
    }
    return pack(header, arrays)


def _name(plan: Plan) -> str:
    """Return a name for the text and its windows: while it stays, the view keeps its place."""
    config = plan.config
    decisive: list[object] = [config.text, config.reading, config.min_count, config.architecture, config.window]
    if not plan.static:
        decisive += [config.dynamic_window, config.subsample, config.subsample_formula, config.seed]
    return blake2b(repr(decisive).encode(), digest_size=8).hexdigest()


def _windows(plan: Plan) -> dict[str, NDArray[Any]]:
    """Return the windows of the first pass that lie wholly within the part of the text that is sent."""
    table = plan.epoch(0).windows
    sizes = np.diff(table.context_start)
    too_far = (table.context_at >= LONGEST).astype(np.int64)
    whole = (table.center_at < LONGEST) & (np.add.reduceat(too_far, table.context_start[:-1]) == 0)
    return {
        "window_pos": table.center_at[whole].astype("u2"),
        "context_start": np.concatenate([[0], np.cumsum(sizes[whole])]).astype("u4"),
        "context_pos": table.context_at[np.repeat(whole, sizes)].astype("u2"),
    }


def _note(plan: Plan) -> str | None:
    """Say what of the text is not shown, or is shown for one pass only; words of the text are never quoted."""
    remarks = []
    n_tokens = plan.corpus.n_tokens
    if n_tokens > LONGEST:
        remarks.append(f"the first {LONGEST:,} of {n_tokens:,} words")
    if not plan.static:
        remarks.append("as drawn for the first pass")
    if plan.config.pairs:
        remarks.append("no windows: each pair lights up")
    return ", ".join(remarks) or None
