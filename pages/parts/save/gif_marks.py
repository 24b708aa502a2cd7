"""What the moving picture is drawn with: its colors, discs, names of words, and words of our own."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from pages.drawing import colors
from pages.drawing.colors import Rgb, rgb
from pages.drawing.words import shown
from pages.parts.save.gif_fonts import Font, fonts_for, own_font

SHARP = 4  # lines and discs are drawn so many times larger, then made smaller: smooth edges

WHITE, TEXT, MUTED, BLUE = rgb(colors.WHITE), rgb(colors.INK), rgb(colors.MUTED), rgb(colors.DOT)
GRID, BORDER, LATER = rgb(colors.GRID), rgb(colors.BORDER), rgb(colors.LATER)

_LIGHT = 2  # px around a name
_LABEL_SIZE = 14


def draw_dot(paper: Image.Image, x: float, y: float, radius: float) -> None:
    """Draw a disc, with a rim of light that parts it from the others."""
    for color, r in ((WHITE, radius + 1.3), (BLUE, radius)):
        half = int(r) + 2
        column, row = int(np.floor(x)), int(np.floor(y))
        paper.paste(color, (column - half, row - half), _disc(r, half, int(4 * (x - column)), int(4 * (y - row))))


_DISCS: dict[tuple[float, int, int], Image.Image] = {}


def _disc(radius: float, half: int, quarter_x: int, quarter_y: int) -> Image.Image:
    """The mask of a disc whose center lies some quarters of a pixel right of and below the middle of the mask."""
    key = (round(radius, 1), quarter_x, quarter_y)
    if key not in _DISCS:
        if len(_DISCS) > 2000:
            _DISCS.clear()
        large = Image.new("L", ((2 * half + 1) * SHARP,) * 2)
        x, y, r = (half + quarter_x / 4) * SHARP, (half + quarter_y / 4) * SHARP, key[0] * SHARP
        ImageDraw.Draw(large).ellipse((x - r, y - r, x + r, y + r), fill=255)
        _DISCS[key] = large.reduce(SHARP)
    return _DISCS[key]


@dataclass(frozen=True)
class Label:
    """A name drawn once, as two masks: the letters, and the same thicker for the light around them."""

    letters: Image.Image
    light: Image.Image
    width: int
    height: int

    def draw(self, paper: Image.Image, x: float, y: float) -> None:
        """Draw it with its left upper corner there."""
        at = (round(x) - _LIGHT, round(y) - _LIGHT)
        paper.paste(WHITE, at, self.light)
        paper.paste(TEXT, at, self.letters)


def labels_of(words: tuple[str, ...], widest: int) -> list[Label]:
    """Return the names of words, none wider than so many pixels."""
    texts = [shown(word) for word in words]
    fonts = fonts_for(texts, _LABEL_SIZE)
    return [_label(_shortened(text, font, widest), font) for text, font in zip(texts, fonts, strict=True)]


def _shortened(text: str, font: Font, widest: int) -> str:
    cut = text
    while font.getlength(cut) > widest and len(text) > 1:
        text = text[:-1]
        cut = text + "..."
    return cut


def _label(text: str, font: Font) -> Label:
    pen = ImageDraw.Draw(Image.new("L", (1, 1)))
    left, top, right, bottom = (round(edge) for edge in pen.textbbox((0, 0), text, font=font))
    width, height = max(1, right - left), max(9, bottom - top)
    masks = []
    for thick in (0, _LIGHT):
        mask = Image.new("L", (width + 2 * _LIGHT, height + 2 * _LIGHT))
        ImageDraw.Draw(mask).text((_LIGHT - left, _LIGHT - top), text, 255, font, stroke_width=thick)
        masks.append(mask)
    return Label(masks[0], masks[1], width, height)


def write(
    pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, color: Rgb, right: bool = False
) -> None:
    """Write our own words at their left upper corner, or ending there."""
    font = own_font(size)
    x = at[0] - font.getlength(text) if right else at[0]
    pen.text((x, at[1]), text, color, font)
