"""What `train` says of a text before it is trained: what the app says beside it, with the option that mends it."""

from collections.abc import Generator, Iterable, Iterator
from typing import Any, TypeVar

from w2v.cli.console import say
from w2v.config import Config
from w2v.reading import offers
from w2v.reading.left_out import left_out

Outcome = TypeVar("Outcome")
OPTIONS = {
    offers.JOIN_LINES: "--join-lines",
    offers.PRETOKENIZED: "--pretokenized",
    offers.TURKISH: "--turkish",
    offers.EMOJI_TOO: "--emoji",
    offers.STRIP: "--strip",
    offers.MEND: "--mend",
    offers.CUT: "--segment",
}


def notes_of_text(config: Config) -> Iterator[str]:
    """Yield each note: other ways to read the text that may suit it, and what of it is no word."""
    for offer in offers.offers(config.text, config.reading):
        yield f"{offer.sentence} Use {OPTIONS[offer.name]} to {offer.then}."
    if said := left_out(config.text, config.reading):
        yield said


def telling(
    training: Generator[Any, bool | None, Outcome], notes: Iterable[str]
) -> Generator[Any, bool | None, Outcome]:
    """Train, and say the notes as soon as it is certain that there is something to train on."""
    try:
        progress = next(training)
        for note in notes:
            say(note)
        while True:
            progress = training.send((yield progress))
    except StopIteration as end:
        outcome: Outcome = end.value
        return outcome
