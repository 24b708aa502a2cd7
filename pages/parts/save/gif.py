"""The map of a run as an animated GIF: dots on one fixed plane, their names, the update, the loss and its floor."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from pages.components.player.record import map_basis
from pages.drawing import colors
from pages.drawing.colors import Rgb, rgb
from pages.drawing.labels import Placer
from pages.drawing.numbers import number, percent
from pages.drawing.words import SHOWN_WORDS, shown
from pages.parts.save.gif_fonts import Font, fonts_for, own_font
from w2v import Run
from w2v.arrays import Floats
from w2v.pictures.axes import Basis

MOST_LABELS = 40
SMALLEST = (360, 300)
LARGE_CURVE = 24  # points of the curve of a large model
CHEAP_WALK = 20_000_000  # updates x numbers in V that may be walked again for the pictures of a short run
MILLISECONDS = (700, 100, 2500)  # for the first picture, those between, the last
SHARP = 4  # lines and discs are drawn so many times larger, then made smaller: smooth edges

Box = tuple[int, int, int, int]  # left, top, right, bottom

WHITE, TEXT, MUTED, BLUE = rgb(colors.WHITE), rgb(colors.INK), rgb(colors.MUTED), rgb(colors.DOT)
GRID, BORDER, LATER = rgb(colors.GRID), rgb(colors.BORDER), rgb(colors.LATER)


def map_gif(
    run: Run,
    *,
    frames: int = 80,
    size: tuple[int, int] = (720, 540),
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """Draw a run as an animated GIF that repeats for ever, with at most `frames` pictures of `size` pixels.

    The pictures show the moments of `run.keyframes(frames)`, which cost no training; a short run has few of them,
    and the moments between are then walked again. Axes, scale and basis (the player's) are the same in all
    pictures. The most frequent 300 words are dots, and of the first 40 those with room have their names.

    Words are drawn with Pillow's own font where it has their letters, else with a font of this computer (so the
    bytes are the same again on the same computer); a letter that no font here has is drawn as a box.

    progress : called with (pictures done, pictures in all)
    Raises ValueError for a size below 360 x 300 or fewer than 2 frames.
    """
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1] or frames < 2:
        raise ValueError(f"A moving picture needs at least {SMALLEST[0]} x {SMALLEST[1]} pixels and 2 frames.")
    film = _Film(run, frames, size)
    total = len(film.moments)
    first, between, last = MILLISECONDS
    pictures = film.pictures(progress)
    file = io.BytesIO()
    next(pictures).save(
        file,
        "GIF",
        save_all=True,
        append_images=pictures,
        duration=[first, *[between] * (total - 2), last] if total > 1 else first,
        loop=0,
        disposal=1,
        optimize=False,
    )
    return file.getvalue()


def _moments(run: Run, frames: int) -> list[int]:
    kept = run.keyframes(frames)
    V = run.parameters(0).V
    if len(kept) >= frames or run.n_steps * V.size > CHEAP_WALK:
        return kept
    return sorted({round(i * run.n_steps / (frames - 1)) for i in range(frames)})


class _Film:
    """All that stays the same while the pictures change, and the pictures."""

    def __init__(self, run: Run, frames: int, size: tuple[int, int]) -> None:
        self.run, self.size = run, size
        self.moments = _moments(run, frames)
        width, height = size
        self.map_box: Box = (14, 44, width - 14, height - 122)
        self.loss_box: Box = (64, height - 98, width - 16, height - 30)
        self.basis = map_basis(run)
        planes = np.stack([self.basis(run.parameters(t).V[:SHOWN_WORDS]) for t in self.moments])  # (frames, n, 2)
        self.dots = _on_paper(planes, self.map_box)
        counts = run.corpus.vocabulary.counts[:SHOWN_WORDS]
        self.radii = 3.2 + 2.0 * np.sqrt(counts / counts.max())
        self.labels = _labels(run.corpus.vocabulary.words[:MOST_LABELS], width // 3)
        self.placer = Placer(np.array([(n.width, n.height) for n in self.labels], dtype=np.float64), self.radii)
        self.loss = _LossLine(run, frames, self.loss_box)
        self.colors = _palette()
        self.background = self._background()

    def pictures(self, progress: Callable[[int, int], None] | None) -> Iterator[Image.Image]:
        for i in range(len(self.moments)):
            yield self._picture(i).quantize(palette=self.colors, dither=Image.Dither.NONE)
            if progress is not None:
                progress(i + 1, len(self.moments))

    def _background(self) -> Image.Image:
        paper = Image.new("RGB", self.size, WHITE)
        pen = ImageDraw.Draw(paper)
        left, top, right, bottom = self.map_box
        for x in range(left + 86, right, 86):
            pen.line((x, top, x, bottom), GRID)
        for y in range(top + 86, bottom, 86):
            pen.line((left, y, right, y), GRID)
        pen.rectangle(self.map_box, outline=BORDER)
        _write(pen, (left + 10, bottom - 22), _caption(self.basis), 13, MUTED)
        self.loss.draw_still(paper)
        return paper

    def _picture(self, i: int) -> Image.Image:
        paper = self.background.copy()
        pen = ImageDraw.Draw(paper)
        t, run = self.moments[i], self.run
        _write(pen, (14, 12), f"update {t:,} of {run.n_steps:,}", 18, TEXT)
        epoch = f"epoch {run.plan.epoch_of(t) + 1:,} of {run.plan.epoch_of(run.n_steps) + 1:,}"
        _write(pen, (self.size[0] - 14, 15), epoch, 15, MUTED, right=True)
        dots = self.dots[i]
        for dot, radius in zip(dots[::-1], self.radii[::-1], strict=True):  # frequent words on top
            _draw_dot(paper, float(dot[0]), float(dot[1]), float(radius))
        left, top, right, bottom = self.map_box
        corners = self.placer.place(dots - (left, top), right - left, bottom - top)
        for label, corner in reversed(list(zip(self.labels, corners, strict=True))):
            if corner is not None:
                label.draw(paper, left + corner[0], top + corner[1])
        self.loss.draw_moment(paper, pen, t)
        return paper


def _caption(basis: Basis) -> str:
    if len(basis.mean) <= 2:
        return f"exact: the vectors have {'one dimension' if len(basis.mean) == 1 else 'two dimensions'}"
    return f"two axes, the same for the whole run (PCA): {percent(float(basis.explained.sum()))} of the variance"


def _on_paper(planes: Floats, box: Box) -> Floats:
    """Fit points (frames, n, 2) of the plane into a box, all with one scale; y points up."""
    left, top, right, bottom = box
    low, high = planes.min(axis=(0, 1)), planes.max(axis=(0, 1))  # (2,)
    span = np.maximum(high - low, 1e-9)
    scale = min((right - left - 150) / span[0], (bottom - top - 64) / span[1])
    middle = np.array([(left + right) / 2, (top + bottom) / 2 - 6])
    fitted: Floats = middle + (planes - (low + high) / 2) * (scale, -scale)
    return fitted


# --- discs and names ----------------------------------------------------------------------------------------


def _draw_dot(paper: Image.Image, x: float, y: float, radius: float) -> None:
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
class _Label:
    """A name drawn once, as two masks: the letters, and the same thicker for the light around them."""

    letters: Image.Image
    light: Image.Image
    width: int
    height: int

    def draw(self, paper: Image.Image, x: float, y: float) -> None:
        at = (round(x) - _LIGHT, round(y) - _LIGHT)
        paper.paste(WHITE, at, self.light)
        paper.paste(TEXT, at, self.letters)


_LIGHT = 2  # px around a name
_LABEL_SIZE = 14


def _labels(words: tuple[str, ...], widest: int) -> list[_Label]:
    texts = [shown(word) for word in words]
    fonts = fonts_for(texts, _LABEL_SIZE)
    return [_label(_shortened(text, font, widest), font) for text, font in zip(texts, fonts, strict=True)]


def _shortened(text: str, font: Font, widest: int) -> str:
    shown = text
    while font.getlength(shown) > widest and len(text) > 1:
        text = text[:-1]
        shown = text + "..."
    return shown


def _label(text: str, font: Font) -> _Label:
    pen = ImageDraw.Draw(Image.new("L", (1, 1)))
    left, top, right, bottom = (round(edge) for edge in pen.textbbox((0, 0), text, font=font))
    width, height = max(1, right - left), max(9, bottom - top)
    masks = []
    for thick in (0, _LIGHT):
        mask = Image.new("L", (width + 2 * _LIGHT, height + 2 * _LIGHT))
        ImageDraw.Draw(mask).text((_LIGHT - left, _LIGHT - top), text, 255, font, stroke_width=thick)
        masks.append(mask)
    return _Label(masks[0], masks[1], width, height)


def _write(
    pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, color: Rgb, right: bool = False
) -> None:
    """Write our own words at their left upper corner, or ending there."""
    font = own_font(size)
    x = at[0] - font.getlength(text) if right else at[0]
    pen.text((x, at[1]), text, color, font)


# --- the loss -----------------------------------------------------------------------------------------------


class _LossLine:
    """The mean loss from guessing down to its floor, and where the present moment stands on it."""

    def __init__(self, run: Run, frames: int, box: Box) -> None:
        self.box, self.n_steps, self.goal = box, run.n_steps, run.plan.goal
        few = run.plan.n_words > SHOWN_WORDS  # each mean over all examples then takes a while
        moments, self.curve = run.loss_curve(LARGE_CURVE if few else frames)
        self.moments = np.array(moments)
        self.low = min(self.goal.floor, float(self.curve.min()))
        height = self.goal.uniform - self.goal.floor or 1.0
        self.high = min(self.goal.floor + 2 * height, max(self.goal.uniform, float(self.curve.max())))

    def x(self, t: float) -> float:
        left, _, right, _ = self.box
        return left + (right - left) * t / max(1, self.n_steps)

    def y(self, loss: float) -> float:
        _, top, _, bottom = self.box
        share = (min(loss, self.high) - self.low) / (self.high - self.low or 1.0)
        return bottom - (bottom - top) * share

    def draw_still(self, paper: Image.Image) -> None:
        pen = ImageDraw.Draw(paper)
        left, _, right, _ = self.box
        for name, loss in (("guess", self.goal.uniform), ("floor", self.goal.floor)):
            y = round(self.y(loss))
            for x in range(left, right, 9):
                pen.line((x, y, min(x + 4, right), y), MUTED)
            _write(pen, (left - 8, y - 8), name, 13, MUTED, right=True)
        self.later, self.past = self._drawn(paper, LATER), self._drawn(paper, TEXT)
        paper.paste(self.later)

    def _drawn(self, paper: Image.Image, color: Rgb) -> Image.Image:
        """The paper with the curve on it, smooth: its mask is drawn large and made smaller."""
        mask = Image.new("L", (paper.width * SHARP, paper.height * SHARP))
        points = [(self.x(t) * SHARP, self.y(v) * SHARP) for t, v in zip(self.moments.tolist(), self.curve.tolist())]
        if len(points) > 1:
            ImageDraw.Draw(mask).line(points, 255, 2 * SHARP, joint="curve")
        drawn = paper.copy()
        drawn.paste(color, (0, 0), mask.reduce(SHARP))
        return drawn

    def draw_moment(self, paper: Image.Image, pen: ImageDraw.ImageDraw, t: int) -> None:
        """Darken the curve up to moment t, mark it, and say in words how far it has come."""
        left, top, _, bottom = self.box
        loss = float(np.interp(t, self.moments, self.curve))
        x, y = self.x(t), self.y(loss)
        strip = (left - 4, top - 4, max(round(x), left - 3), bottom + 4)
        paper.paste(self.past.crop(strip), strip)
        pen.line((round(x), top - 4, round(x), bottom + 4), MUTED)
        _draw_dot(paper, x, y, 4.6)
        share = self.goal.share_of_the_way(loss)
        way = f"{percent(max(0.0, share))} of the way from guessing to the floor"
        if share < -0.0005:
            way = "worse than guessing"
        _write(pen, (left, bottom + 9), f"loss {number(loss)} nats: {way}", 13, TEXT)


def _palette() -> Image.Image:
    """Every color of the pictures with its steps to white, for smooth edges: at most 64 colors."""
    ramps = [(TEXT, 20), (BLUE, 16), (MUTED, 12), (LATER, 5), (BORDER, 1), (GRID, 1)]
    colors = [WHITE]
    for color, steps in ramps:
        colors += [_mix(WHITE, color, (i + 1) / steps) for i in range(steps)]
    image = Image.new("P", (1, 1))
    image.putpalette([channel for color in colors for channel in color])
    return image


def _mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    red, green, blue = (round(x + share * (y - x)) for x, y in zip(a, b, strict=True))
    return red, green, blue
