"""The map of a run as an animated GIF: dots on one fixed plane, their names, the update, the loss and its floor."""

import io
import math
from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image, ImageDraw

from pages.components.player.record import map_basis
from pages.drawing.colors import Rgb
from pages.drawing.fitting import Box, fitted
from pages.drawing.labels import Placer
from pages.drawing.words import SHOWN_WORDS
from pages.parts.save.gif_loss import LossLine
from pages.parts.save.gif_marks import BLUE, BORDER, GRID, LATER, MUTED, TEXT, WHITE, draw_dot, labels_of, write
from pages.parts.save.still import note_of
from w2v import Moments, Run
from w2v.arrays import Floats
from w2v.pictures.axes import Basis
from w2v.whole.passes import Passes

MOST_LABELS = 40
SMALLEST = (360, 300)
CHEAP_WALK = 20_000_000  # updates x numbers in V that may be walked again for the pictures of a short run
ROOM = (36, 24)  # px of the map's paper around all dots of all pictures
CAPTION = 22  # px of its lower edge, for what it is
MILLISECONDS = (700, 100, 2500)  # for the first picture, those between, the last
BETWEEN_PASSES = 10  # pictures from one pass to the next


def map_gif(
    run: Moments,
    *,
    frames: int = 80,
    size: tuple[int, int] = (720, 540),
    in_numbers: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """Draw a run as an animated GIF that repeats for ever, with at most `frames` pictures of `size` pixels.

    The pictures show the moments of `run.keyframes(frames)`, which cost no training; a short run has few of them,
    and the moments between are then walked again. From one pass over a whole text to the next, which are few, the dots
    go in straight lines, as in the player. Axes, scale and basis (the player's) are the same in all
    pictures. The most frequent 300 words are dots, and of the first 40 those with room have their names.

    Words are drawn with Pillow's own font where it has their letters, else with a font of this computer (so the
    bytes are the same again on the same computer); a letter that no font here has is drawn as a box.

    in_numbers : for those who asked for numbers: see `note_of`
    progress : called with (pictures done, pictures in all)
    Raises ValueError for a size below 360 x 300 or fewer than 2 frames.
    """
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1] or frames < 2:
        raise ValueError(f"A moving picture needs at least {SMALLEST[0]} x {SMALLEST[1]} pixels and 2 frames.")
    film = Film(run, frames, size, in_numbers)
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


def _moments(run: Moments, frames: int) -> list[float]:
    """Return which moments the pictures show; those that are no whole numbers lie between two passes."""
    kept: list[float] = [*run.keyframes(frames)]
    if not isinstance(run, Run):
        last = run.n_moments - 1
        between = min(BETWEEN_PASSES, (frames - 1) // max(1, last))
        return kept if between < 2 else [i / between for i in range(last * between + 1)]
    V = run.parameters(0).V
    if len(kept) >= frames or run.n_steps * V.size > CHEAP_WALK:
        return kept
    return sorted({round(i * run.n_steps / (frames - 1)) for i in range(frames)})


def _planes(run: Moments, basis: Basis, moments: list[float]) -> Floats:
    """Return where the words stand at these moments, (moments, n, 2); between two whole ones, on the line from one to
    the other.
    """
    whole = {int(t) for t in moments} | {math.ceil(t) for t in moments}
    stand = {t: basis(run.parameters(t).V[:SHOWN_WORDS]) for t in sorted(whole)}
    return np.stack([stand[int(t)] + (t - int(t)) * (stand[math.ceil(t)] - stand[int(t)]) for t in moments])


class Film:
    """All that stays the same while the pictures change, and the pictures."""

    def __init__(self, run: Moments, frames: int, size: tuple[int, int], in_numbers: bool = False) -> None:
        self.run, self.size, self.in_numbers = run, size, in_numbers
        self.moments = _moments(run, frames)
        width, height = size
        self.map_box: Box = (14, 44, width - 14, height - 122)
        self.loss_box: Box = (64, height - 98, width - 16, height - 30)
        self.plot: Box = (14, 44, width - 14, height - 122 - CAPTION)  # what is drawn on
        self.basis = map_basis(run)
        self.dots = fitted(_planes(run, self.basis, self.moments), self.plot, ROOM)
        counts = run.corpus.vocabulary.counts[:SHOWN_WORDS]
        self.radii = 3.2 + 2.0 * np.sqrt(counts / counts.max())
        self.labels = labels_of(run.corpus.vocabulary.words[:MOST_LABELS], width // 3)
        self.placer = Placer(np.array([(n.width, n.height) for n in self.labels], dtype=np.float64), self.radii)
        self.loss = LossLine(run, frames, self.loss_box)
        self.colors = _palette()
        self.background = self._background()

    def pictures(self, progress: Callable[[int, int], None] | None) -> Iterator[Image.Image]:
        """Yield one after the other, saying each time how many are done and how many there are."""
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
        write(pen, (left + 10, bottom - CAPTION), note_of(self.basis, self.in_numbers), 13, MUTED)
        self.loss.draw_still(paper)
        return paper

    def _picture(self, i: int) -> Image.Image:
        paper = self.background.copy()
        pen = ImageDraw.Draw(paper)
        t = self.moments[i]
        where, more = _place_in_words(self.run, int(t))
        write(pen, (14, 12), where, 18, TEXT)
        write(pen, (self.size[0] - 14, 15), more, 15, MUTED, right=True)
        dots = self.dots[i]
        for dot, radius in zip(dots[::-1], self.radii[::-1], strict=True):  # frequent words on top
            draw_dot(paper, float(dot[0]), float(dot[1]), float(radius))
        left, top, right, bottom = self.plot
        corners = self.placer.place(dots - (left, top), right - left, bottom - top)
        for label, corner in reversed(list(zip(self.labels, corners, strict=True))):
            if corner is not None:
                label.draw(paper, left + corner[0], top + corner[1])
        for x, y in self.placer.joints(corners):
            pen.ellipse((left + x - 1.5, top + y - 1.5, left + x + 1.5, top + y + 1.5), MUTED)
        self.loss.draw_moment(paper, pen, t)
        return paper


def _place_in_words(run: Moments, t: int) -> tuple[str, str]:
    """Say which moment this is, and what else there is to say of it."""
    if isinstance(run, Passes):
        return f"pass {run.at[t]:,} of {run.at[-1]:,}", "all pairs of the text at once"
    assert isinstance(run, Run)
    epoch, last = run.plan.epoch_of(t) + 1, run.plan.epoch_of(run.n_steps) + 1
    return f"update {t:,} of {run.n_steps:,}", f"epoch {epoch:,} of {last:,}"


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
