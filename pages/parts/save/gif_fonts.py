"""Letters for drawn pictures: Pillow's own font for Latin, the computer's fonts for other scripts where it has them."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_NOWHERE = "\U0010fffd"  # no font has it: every font draws its box

# Looked for by name where each system keeps its fonts; the first that has all letters of a word draws it.
_SYSTEM_FONTS = (
    "NotoSans-Regular.ttf",
    "DejaVuSans.ttf",
    "LiberationSans-Regular.ttf",
    "NotoSansCJK-Regular.ttc",
    "NotoSansArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansBengali-Regular.ttf",
    "NotoSansTamil-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansGeorgian-Regular.ttf",
    "NotoSansArmenian-Regular.ttf",
    "NotoSansEthiopic-Regular.ttf",
    "Arial Unicode.ttf",  # macOS
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "AppleSDGothicNeo.ttc",
    "segoeui.ttf",  # Windows
    "msyh.ttc",
    "YuGothR.ttc",
    "malgun.ttf",
    "Nirmala.ttf",
    "LeelawUI.ttf",
)


def fonts_for(texts: Sequence[str], size: int) -> list[Font]:
    """Return a font for each text, `size` in pixels: one and the same if one has the letters of all of them.

    Pillow brings a font of its own for plain Latin letters. For others the fonts of the computer are tried, and
    where none has all the letters of a text, the one with the most of them draws it, with a box for each it lacks.
    """
    common, missing = best_font(_letters("".join(texts)), size)
    return [common if missing == 0 else best_font(_letters(text), size)[0] for text in texts]


def _letters(text: str) -> str:
    return "".join(sorted({c for c in text if not c.isspace()}))


@lru_cache(maxsize=4096)
def best_font(letters: str, size: int) -> tuple[Font, int]:
    """Return the font that lacks the fewest of the letters, and how many it lacks."""
    best, fewest = own_font(size), len(letters) + 1
    for name in (None, *_SYSTEM_FONTS):
        font = own_font(size) if name is None else system_font(name, size)
        if font is None:
            continue
        missing = sum([not _has(font, c) for c in letters])
        if missing < fewest:
            best, fewest = font, missing
        if fewest == 0:
            break
    return best, fewest


@lru_cache(maxsize=16)
def own_font(size: int) -> Font:
    """Return Pillow's own font, which is there on every computer."""
    return ImageFont.load_default(size)


@lru_cache(maxsize=128)
def system_font(name: str, size: int) -> Font | None:
    """Return a font of the computer by the name of its file, or None where it has none of that name."""
    try:
        return ImageFont.truetype(name, size)
    except OSError:
        return None


def _has(font: Font, letter: str) -> bool:
    """Whether a font has a letter of its own: it then looks other than the box for what is missing."""
    return unicodedata.combining(letter) != 0 or _shape(font, letter) != _shape(font, _NOWHERE)


def _shape(font: Font, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter, mode="L")
    return mask.size, bytes(mask)
