"""Letters that were decoded wrongly before a text came here ("mojibake"): named, and mended with ftfy when asked for.

Of all that ftfy can do this is the part that only undoes wrong decoding: text that is right stays as it is.
"""

import re
from collections import Counter
from itertools import islice

from w2v.reading.characters import LOOKED_AT

SHOWN = 2  # examples
LONGEST = 6  # characters of an example
_CALLED = {  # marks that would be overlooked in a sentence
    "\u2018": "a quotation mark",
    "\u2019": "an apostrophe",
    "\u201c": "a quotation mark",
    "\u201d": "a quotation mark",
    "\u2013": "a dash",
    "\u2014": "a dash",
    "\u2026": "an ellipsis",
    "\u00a0": "a blank",
}
LINES = 50  # with wrong letters in them, from which examples are taken
_LOST_QUOTE = re.compile(
    "\u00e2\u20ac(?![\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013\u2014\u2018-\u203a\u20ac\u2122])"
)


def mended(text: str) -> str:
    """Return the text with wrongly decoded letters put right."""
    if text.isascii():
        return text
    from ftfy import TextFixerConfig, fix_text

    only_decoding = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_c1_controls=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
    # The third byte of a closing quotation mark is no letter in Windows' alphabet, and many programs drop it.
    return fix_text(_LOST_QUOTE.sub("\u201d", text), only_decoding)


def mojibake(text: str) -> str:
    """Say in one sentence what stands where which letters were; "" for a text that is right."""
    if text.isascii():
        return ""
    from ftfy.badness import is_bad
    from ftfy.chardata import UTF8_DETECTOR_RE

    lines = text[:LOOKED_AT].split("\n")
    suspects = (line for line in lines if UTF8_DETECTOR_RE.search(line) and is_bad(line))
    wrong = list(islice((line for line in suspects if mended(line) != line), LINES))
    if not wrong:
        return ""
    right = mended("\n".join(wrong))
    pieces = Counter([piece[0] for line in wrong for piece in UTF8_DETECTOR_RE.finditer(line)])
    pairs = [
        (piece, mended(piece)) for piece, _ in pieces.most_common() if len(piece) <= LONGEST and piece.isprintable()
    ]
    shown = [
        f"{piece} stands where {_CALLED.get(was, was)} was"
        for piece, was in pairs
        if piece != was in right and was.isprintable()
    ][:SHOWN]
    said = " and ".join(shown)
    return f"Letters of this text were decoded wrongly before it came here{': ' if said else ''}{said}."
