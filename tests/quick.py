"""How long it may take to tell a kind of text, and to take its prose out, whatever stands there."""

import time

from w2v.reading.kinds_of_text import kind_of


def assert_quick(like: str, text: str) -> None:
    """Assert that a text is seen to be of the kind that `like` is, or not, and stripped so, within a second.

    Of this process, whatever else the computer does: what goes through a text once takes a tenth of that at most.
    """
    kind = kind_of(like)
    assert kind is not None
    begun = time.process_time()
    kind.is_it(text)
    kind.strip(text)
    assert time.process_time() - begun < 1
