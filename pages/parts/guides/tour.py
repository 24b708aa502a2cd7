"""The two-minute tour: what happens when a computer learns words, on the pages where it happens."""

from functools import partial

from pages.parts.guides.facts import guess, nearest_of
from pages.parts.map.choice import RUN as WHOLE_RUN
from pages.session.guiding import Guide, Step
from w2v import Run

PRESET = "days_months"
WORD, CONTEXT, UPDATE = "saturday", "stay", 74  # the update in which that word is told of that neighbor first


_step = partial(Step, preset=PRESET, word=WORD)


def _reads(run: Run) -> str:
    sentences = len(run.corpus.sentences)
    return f"This is all the computer gets to read: {sentences} short sentences. It does not know one word of them yet."


def _guesses(run: Run) -> str:
    return (
        f"Now it guesses. Near {WORD} it expects {CONTEXT} with {guess(run, UPDATE, WORD, CONTEXT)}, far too little: "
        "the bars are its guesses, the outlines are what the text says."
    )


def _again(run: Run) -> str:
    return f"And again, {run.n_steps:,} times. The curve is how wrong it is: the lower, the better it guesses."


def _pairs(run: Run) -> str:
    ((near, _),) = nearest_of(run, WORD)
    return f"Words that are used alike end side by side, as {WORD} and {near} do. Nobody told it what a day is."


TOUR = Guide(
    "tour",
    home="start",
    way_home="",
    key=" ",
    key_name="Space",
    comes_back=True,
    steps=(
        _step(says=_reads, page="text", part="reading", t=0),
        _step(
            says="A window slides over the text. Each word in the middle makes a pair with every word near it.",
            page="text",
            part="pairs",
            presses=("windows",),
            t=0,
        ),
        _step(
            says=_guesses,
            page="training",
            part="guesses",
            presses=("guesses",),
            t=UPDATE,
        ),
        _step(
            says=f"How wrong was that? The right word, {CONTEXT}, got far too little; all others a little too much.",
            page="update",
            part="error",
            presses=("error",),
            level="words",
            t=UPDATE,
        ),
        _step(
            says=(
                f"So all words move a tiny bit: {WORD} in the vector that it guesses with, and every word in a second "
                f"one, by which it is guessed. Next time {CONTEXT} gets a little more."
            ),
            page="update",
            part="moves",
            presses=("moves",),
            level="words",
            t=UPDATE,
        ),
        _step(
            says=_again,
            page="training",
            part="loss",
            presses=("guesses", "play"),
            t=UPDATE,
        ),
        _step(
            says=_pairs,
            page="map",
            part="map",
            widgets={"map_picture": WHOLE_RUN, "map_vectors": "v", "map_lines": True},
        ),
    ),
)
