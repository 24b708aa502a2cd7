"""A guess in bars as the browser gets it, and what is said of one that was judged: values in, words out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.drawing.numbers import number, percent
from pages.drawing.words import quoted, shown
from w2v import Counts
from w2v.counted import counted
from w2v.explain.you_are_the_model import Bars, Judged

WIDEST = 1.05  # of the largest share, what the picture shows
GIVES = {
    True: "All bars together are 100 %, always. What a word gets is taken from all other words; when nothing is left "
    "there, from the other bars.",
    False: "All bars together are 100 %, always. What one of them gets, the others give.",
}
MOVES = "Drag the slider below to other moments: when does the model overtake you?"
NEVER = "No bar goes down to 0. A model never says never: if such a word came after all, no guess could be worse."


@dataclass(frozen=True, eq=False)
class Round:
    """A word to guess for.

    name   : what the browser calls it, which says nothing of the text;  word : its id;  words : of the vocabulary
    counts : which judge;  bars : for which words there is one
    committed : the shares of the bars once they were committed, (n_bars,)
    """

    name: str
    word: int
    words: tuple[str, ...]
    counts: Counts
    bars: Bars
    committed: tuple[float, ...] | None = None

    @property
    def named(self) -> str:
        """The word in a sentence."""
        return quoted(self.words[self.word])

    @property
    def names(self) -> list[str]:
        """What the bars are called."""
        return self.bars.names(lambda o: shown(self.words[o]))

    @property
    def has_neighbors(self) -> bool:
        """Whether there is anything to guess."""
        return bool(self.counts.row_totals[self.word])


def said_of(here: Round, shares: Sequence[float]) -> str:
    """Return all bars in words."""
    named = zip(here.names, shares, strict=True)
    return ", ".join([f"{name} {percent(share)}" for name, share in named])


def to_guess(here: Round, shares: Sequence[float], command: int, window: int | None) -> dict[str, Any]:
    """Return bars to be dragged: see `components/guess`.

    shares : where they are;  window : how far a neighbor can be away, None where there are no windows
    """
    near = "" if window is None else f", at most {counted(window, 'word')} away"
    rules = [
        f"Take any place of the text where {here.named} stands, and any one of the words near it{near}. How likely is "
        "it to be each of these? Drag the bars, or use the arrow keys.",
        GIVES[here.bars.n_others > 0],
        NEVER,
    ]
    title = f"How likely is each word near {here.named}?"
    return {**bare_bars(here.name, here.bars, here.names, shares, title), "command": command, "rules": rules}


def bare_bars(
    name: str, bars: Bars, names: Sequence[str], shares: Sequence[float], title: str, compact: bool = False
) -> dict[str, Any]:
    """Return bars to be dragged, without a word beside them.

    name : of the guess;  names : of the bars;  shares : where they are;  compact : whether they share rows
    """
    return {
        "id": name,
        "command": 0,
        "title": title,
        "names": list(names),
        "shares": list(shares),
        "least": bars.least,
        "pool": len(bars.words) if bars.n_others else -1,
        "compact": compact,
        "rules": [],
        "judged": None,
        "figures": None,
        "readout": "",
    }


def to_show(here: Round, judged: Judged, command: int, when: str, *, in_numbers: bool, moves: bool) -> dict[str, Any]:
    """Return bars that were judged.

    when  : at which moment the model is looked at;  in_numbers : whether losses are shown
    moves : whether there are other moments to go to
    """
    return {
        **to_guess(here, here.committed or (), command, None),
        "rules": [MOVES] if moves and judged.P is not None else [],
        "judged": _beside(here, judged),
        "figures": _figures(judged, when, in_numbers),
        "readout": readout(here, judged),
    }


def _beside(here: Round, judged: Judged) -> dict[str, Any]:
    kinds = [("mine", "you", judged.q), ("model", "the model", judged.P), ("told", "what the text says", judged.ratio)]
    bars = [
        {"kind": kind, "name": name, "shares": here.bars.of(of).tolist()} for kind, name, of in kinds if of is not None
    ]
    return {"kinds": bars, "scale": min(1.0, WIDEST * max(max(one["shares"]) for one in bars))}


def _figures(judged: Judged, when: str, in_numbers: bool) -> dict[str, Any]:
    """Return how far each guess has come, and its loss for those who want numbers."""
    losses = [
        ("mine", "You", judged.mine),
        ("model", f"The model, {when}", judged.model),
        ("frequency", "Guessing by how often words occur", judged.by_frequency),
        ("told", "The best possible: what the text says", judged.best),
    ]
    rows = [
        {
            "kind": kind,
            "name": name,
            "share": judged.learned(loss),
            "numbers": [far(judged, loss), *([number(loss)] if in_numbers else [])],
        }
        for kind, name, loss in losses
        if loss is not None
    ]
    heads = [("", "even bars: 0 %"), ("learned", "learned"), *([("loss", "loss, nats")] if in_numbers else [])]
    return {"heads": heads, "rows": rows}


def far(judged: Judged, loss: float) -> str:
    """Say how far a loss has come from all words alike to the best."""
    share = judged.learned(loss)
    return percent(share) if share >= 0 else "below 0 %"


def readout(here: Round, judged: Judged) -> str:
    """Say who guessed better, and which word cost most."""
    mine = far(judged, judged.mine)
    if judged.model is None:
        said = f"You have come {mine} of the way from even bars to the best possible."
    elif judged.mine < judged.model:
        said = f"You guess better than the model: {mine} against {far(judged, judged.model)}."
    else:
        said = f"The model guesses better than you: {far(judged, judged.model)} against {mine}."
    if judged.dearest is None:
        return f"{said} No guess could be better."
    dearest, name = judged.dearest, quoted(here.words[judged.dearest])
    gave, told = percent(float(judged.q[dearest])), percent(float(judged.ratio[dearest]))
    if dearest in here.bars.words:
        return f"{said} {name} cost you most: you gave it {gave}, and the text has it {told}."
    return f"{said} {name} cost you most: the other words got {gave} each, and the text has it {told}."
