"""A still picture as PNG."""

import io
from math import ceil

from PIL import Image, ImageDraw

from pages.drawing import colors
from pages.drawing.colors import rgb
from pages.drawing.marks import outline
from pages.parts.save.gif_fonts import fonts_for
from pages.parts.save.still import SHARP, SIZE, Mark, Still, Writing

_SMOOTH = 4  # a mark is drawn so many times larger, then made smaller: smooth edges
_LIGHT = 3  # px around a name and a mark


def still_png(picture: Still) -> bytes:
    """Return the picture as PNG, `SHARP` pixels to one of its own."""
    paper = Image.new("RGB", (SIZE[0] * SHARP, SIZE[1] * SHARP), colors.WHITE)
    pen = ImageDraw.Draw(paper)
    pen.rectangle([SHARP * edge for edge in picture.map], outline=rgb(colors.BORDER), width=SHARP)
    for mark in picture.marks:
        _draw(paper, mark)
    for name in picture.names:
        _write(pen, name, light=_LIGHT)
    for writing in picture.writings:
        _write(pen, writing)
    file = io.BytesIO()
    paper.save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(pen: ImageDraw.ImageDraw, writing: Writing, light: int = 0) -> None:
    (font,) = fonts_for([writing.text], SHARP * writing.size)
    at = (SHARP * writing.x, SHARP * writing.y)
    around = rgb(colors.WHITE)
    pen.text(at, writing.text, rgb(writing.color), font, anchor="lm", stroke_width=light, stroke_fill=around)


def _draw(paper: Image.Image, mark: Mark) -> None:
    """A mark with a rim of light, so that two that touch are two."""
    half = ceil(SHARP * mark.radius * 1.3) + _LIGHT
    column, row = int(SHARP * mark.x) - half, int(SHARP * mark.y) - half
    x, y, size = SHARP * mark.x - column, SHARP * mark.y - row, (2 * half + 2) * _SMOOTH
    corners = [(_SMOOTH * a, _SMOOTH * b) for a, b in outline(mark.shape, x, y, SHARP * mark.radius)]
    for color, rim in ((colors.WHITE, 2 * _LIGHT), (mark.color, 0)):
        mask = Image.new("L", (size, size))
        pen = ImageDraw.Draw(mask)
        pen.polygon(corners, 255)
        pen.line([*corners, *corners[:2]], 255, rim * _SMOOTH // 2, joint="curve")
        paper.paste(rgb(color), (column, row), mask.reduce(_SMOOTH))
