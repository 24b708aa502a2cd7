"""The lab notebook: what was trained in this session, a row for each training, with its Config, not the run."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from pages.session import link, memory, now
from pages.session.gate import GATE
from w2v import PRESETS, Config, Moments, nearest
from w2v.counted import counted
from w2v.explain.side_by_side import share_learned
from w2v.moments import Unit
from w2v.texts.pair_examples import pair_example

MOST_ROWS = 100
MOST_LETTERS = 5_000_000  # of all texts of the rows together, each counted once; rows beyond them cannot be opened
LONGEST_LINE = 1_000  # letters that a visitor writes about a row
MOST_NEAR = 5
PLURAL: dict[Unit, str] = {"update": "updates", "pass": "passes"}
Occasion = Literal["asked", "opened", "seeds"]
OCCASIONS: dict[Occasion, str] = {
    "asked": "",
    "opened": ", when the app opened",
    "seeds": ", one of several seeds",
}
ENDED = {"asked": "stopped by you", "diverged": "stopped: the rate is too large"}


@dataclass(frozen=True)
class Row:
    """One training.

    number   : from 1, in the order of the session;  name : of the moments, the same for the same training
    config   : what opens it again; None where its text had to be let go of
    text     : what the text is called;  settings : those that are not as usual, by name;  seed : also where it is usual
    trained  : how many updates or passes, how it ended if not by itself, and why it was trained
    occasion : why: asked for, when the app opened, or one of several seeds that were tried
    start, end, floor : mean losses, nats: of the first and of the best moment, and the lowest possible
    share    : how far it came from guessing, 0, to the floor, 1
    word     : the word that was selected then;  near : the words nearest to it at the end, the nearest first
    line     : what the visitor wrote about it
    """

    number: int
    name: str
    config: Config | None
    text: str
    settings: dict[str, str]
    seed: int
    trained: str
    start: float
    end: float
    floor: float
    share: float
    word: str
    near: tuple[str, ...]
    line: str = ""
    occasion: Occasion = "asked"


def rows() -> tuple[Row, ...]:
    """Return what was trained, the newest first."""
    found: tuple[Row, ...] = memory.recall("notebook", ())
    return found


def note(moments: Moments, occasion: Occasion = "asked") -> None:
    """Write down what was trained, if it is not there yet."""
    before = rows()
    if any(row.name == moments.name for row in before):
        return
    if not before and memory.recall("page") == now.BEGINS_AGAIN and moments.config == link.opening():
        occasion = "opened"
    row = _row(moments, before[0].number + 1 if before else 1, occasion)
    memory.remember(notebook=_within_limits((row, *before)))


def write(number: int, line: str) -> None:
    """Keep what the visitor writes about a row."""
    _change(number, lambda row: replace(row, line=" ".join(line.split())[:LONGEST_LINE]))


def _change(number: int, change: Callable[[Row], Row]) -> None:
    memory.remember(notebook=tuple([change(row) if row.number == number else row for row in rows()]))


def _row(moments: Moments, number: int, occasion: Occasion) -> Row:
    config, words = moments.config, moments.corpus.vocabulary.words
    word, best = now.word_id(moments), moments.best

    def look() -> tuple[float, float, float, list[tuple[int, float]]]:
        at, losses = moments.loss_curve(2)
        near = nearest(moments.parameters(best).V, word, MOST_NEAR)
        return float(losses[0]), float(np.interp(best, at, losses)), share_learned(moments), near

    start, end, share, near = GATE.do(look) if len(config.text) > memory.LONG_TEXT else look()
    n = moments.n_moments - 1
    trained = counted(n, moments.unit, PLURAL[moments.unit])
    if moments.stopped is not None:
        trained += f", {ENDED[moments.stopped.reason]}"
    trained += OCCASIONS[occasion]
    return Row(
        number,
        moments.name,
        _with_known_text(config),
        _called(config, moments.corpus.n_tokens),
        {name: value for name, value in config.settings_query().items() if name != "seed"},
        config.seed,
        trained,
        start,
        end,
        moments.floor,
        share,
        words[word],
        tuple([words[i] for i, _ in near]),
        occasion=occasion,
    )


def _called(config: Config, n_tokens: int) -> str:
    ours = PRESETS[config.preset] if config.preset else pair_example(config.text)
    if ours is not None:
        return ours.title
    return memory.file_of(config.text) or f"your text, {counted(n_tokens, 'word')}"


def _with_known_text(config: Config) -> Config:
    """Return the Config with the very string that another row has as its text, if one has it: it is kept once."""
    known = next((row.config.text for row in rows() if row.config and row.config.text == config.text), None)
    return config if known is None else replace(config, text=known)


def _within_limits(found: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return as many rows, and so many of them with their text, as may be kept; the newest ones."""
    kept, texts = [], set[str]()
    for row in found[:MOST_ROWS]:
        text = row.config.text if row.config else ""
        fits = text in texts or sum(map(len, texts)) + len(text) <= MOST_LETTERS
        texts |= {text} if fits else set()
        kept.append(row if fits else replace(row, config=None))
    return tuple(kept)
