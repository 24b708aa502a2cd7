"""From the text in the box to Training: whether it can be trained, how as a whole, and the turn of the page."""

from pages.session import allowed, choosing, memory, now, own_text
from w2v import Config


def go_on() -> None:
    """Go on to Training if that was just asked for, as soon as the text in the box can be trained.

    Call it before the page, which the browser would draw for nothing, but when its address is written: Back leads to
    it. And after its button once more: a text that was cut into words in this run is ready only then.
    """
    if now.page() != "text":
        give_up()  # it is done, or another page was chosen meanwhile
    elif memory.recall("to_watch") and not choosing.is_cutting() and _is_ready():
        if own_text.is_draft_waiting() or as_a_whole() is not None:
            choosing.take_offer()
        now.play_from_start()
        now.turn_to("training")


def ask() -> None:
    """Have `go_on` go on. That is kept until it does: a run can be broken off before, and the press is gone with it."""
    memory.remember(to_watch=True)


def give_up() -> None:
    """Stay here, whatever was asked for."""
    memory.remember(to_watch=None)


def _is_ready() -> bool:
    """Say whether the text in the box can be trained, one update at a time or as a whole."""
    return not own_text.is_draft_waiting() or choosing.offered_config() is not None


def as_a_whole() -> Config | None:
    """Return how the text in the box would be trained as a whole, if it can be and is not."""
    return choosing.offered_config() if choosing.problem() is not None else choosing.whole_config_of_present()


def likely_next() -> Config | None:
    """Return how a text in the box that is so long that to begin takes a moment would be trained as a whole."""
    wanted = as_a_whole()
    return wanted if wanted is not None and len(wanted.text) > memory.LONG_TEXT and not allowed.is_locked() else None
