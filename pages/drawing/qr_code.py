"""A link as a QR code: dark on light with a quiet zone around it, whatever the theme, to be read from a wall."""

import io

import segno

# Version 25 has 117 x 117 modules, 125 with the quiet zone. A phone that films 1,920 pixels over an angle of 65 degrees
# sees each three pixels wide from four times the width of the code: 1.5 m on the wall, 6 m away. With less it fails.
LARGEST_VERSION = 25
MOST_CHARACTERS = 1_273  # in a code of that version, with the least correction of errors
QUIET = 4  # modules around it, as the standard wants
WIDTH = 1_000  # pixels at least, so that edges stay sharp on a wall


def qr_png(link: str) -> bytes | None:
    """Return the code of a link as a PNG, or None for a link too long for one that a phone can read."""
    if len(link) > MOST_CHARACTERS:
        return None
    code = segno.make_qr(link, error="l")  # more correction where it needs no larger version
    if int(code.version) > LARGEST_VERSION:
        return None
    modules, _ = code.symbol_size(border=QUIET)
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=-(-WIDTH // modules), border=QUIET, dark="black", light="white")
    return picture.getvalue()
