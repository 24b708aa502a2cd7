"""Long texts in pieces that can be read by themselves, so that others may work between two of them."""

import re
from collections.abc import Callable, Iterator

PIECE = 20_000  # characters that are read at once


def pieces(source: str, edge: re.Pattern[str], is_whole: Callable[[str], bool] = bool) -> Iterator[str]:
    """Yield a text in pieces of `PIECE` characters or a little more; joined, they are the text.

    edge     : what a piece may end behind
    is_whole : whether nothing that a piece opens goes on behind it; else it becomes an eighth longer, or more
    """
    begin, least = 0, PIECE
    for found in edge.finditer(source):
        if found.end() - begin < least:
            continue
        if is_whole(source[begin : found.end()]):
            yield source[begin : found.end()]
            begin, least = found.end(), PIECE
        else:
            least = (found.end() - begin) * 9 // 8  # not at the next edge: that would be the square of the length
    yield source[begin:]
