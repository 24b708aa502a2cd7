"""What `train` says of a text before it is trained: what the app says beside it, with the option that mends it."""

from collections.abc import Iterator

from w2v.config import Config
from w2v.reading import offers
from w2v.reading.for_machines import said_of_inside, said_of_program
from w2v.reading.left_out import left_out

OPTIONS = {
    offers.JOIN_LINES: "--join-lines",
    offers.PRETOKENIZED: "--pretokenized",
    offers.TURKISH: "--turkish",
    offers.EMOJI_TOO: "--emoji",
    offers.STRIP: "--strip",
    offers.MEND: "--mend",
    offers.CUT: "--segment",
    offers.PAIRS: "--pairs",
}


def notes_of_text(config: Config) -> Iterator[str]:
    """Yield each note: other ways to read the text that may suit it, and what of it is no word."""
    for offer in offers.offers(config.text, config.reading):
        yield f"{offer.sentence} Use {OPTIONS[offer.name]} to {offer.then}."
    said = (said_of_inside(config.text), said_of_program(config.text), left_out(config.text, config.reading))
    yield from filter(None, said)
