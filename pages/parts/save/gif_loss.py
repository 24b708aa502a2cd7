"""The mean loss below the moving picture: its curve from guessing down to the floor, and the present moment on it."""

import numpy as np
from PIL import Image, ImageDraw

from pages.drawing.colors import Rgb
from pages.drawing.fitting import Box
from pages.drawing.numbers import percent
from pages.drawing.words import SHOWN_WORDS
from pages.parts.save.gif_marks import LATER, MUTED, SHARP, TEXT, draw_dot, write
from w2v import Moments
from w2v.goal import share_of_the_way

LITTLE = 0.0005  # of what can be learned
LARGE_CURVE = 24  # points of the curve of a large model


class LossLine:
    """The mean loss from guessing down to its floor, and where the present moment stands on it."""

    def __init__(self, run: Moments, frames: int, box: Box) -> None:
        self.box, self.last, self.unit = box, run.n_moments - 1, run.unit
        self.floor, self.guess = run.floor, run.guess
        few = len(run.corpus.vocabulary) > SHOWN_WORDS  # each mean over all examples then takes a while
        moments, self.curve = run.loss_curve(LARGE_CURVE if few else frames)
        self.moments = np.array(moments)
        self.low = min([self.floor, *self.curve.tolist()])
        height = self.guess - self.floor or 1.0
        self.high = min(self.floor + 2 * height, max([self.guess, *self.curve.tolist()]))

    def x(self, t: float) -> float:
        """Return where moment t stands, in pixels from the left."""
        left, _, right, _ = self.box
        return left + (right - left) * t / max(1, self.last)

    def y(self, loss: float) -> float:
        """Return where a loss stands, in pixels from the top; one that is too high stands at the top."""
        _, top, _, bottom = self.box
        share = (min(loss, self.high) - self.low) / (self.high - self.low or 1.0)
        return bottom - (bottom - top) * share

    def draw_still(self, paper: Image.Image) -> None:
        """Draw what all pictures have: guess, the best there is, and the curve as it is still to come."""
        pen = ImageDraw.Draw(paper)
        left, _, right, _ = self.box
        for name, loss in (("guess", self.guess), ("best", self.floor)):
            y = round(self.y(loss))
            for x in range(left, right, 9):
                pen.line((x, y, min(x + 4, right), y), MUTED)
            write(pen, (left - 8, y - 8), name, 13, MUTED, right=True)
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

    def draw_moment(self, paper: Image.Image, pen: ImageDraw.ImageDraw, t: float) -> None:
        """Darken the curve up to moment t, mark it, and say in words how far it has come."""
        left, top, _, bottom = self.box
        if len(self.moments) == 0 or t < self.moments[0]:  # where no loss is known
            write(pen, (left, bottom + 9), f"Before the first {self.unit}", 13, TEXT)
            return
        loss = float(np.interp(t, self.moments, self.curve))
        x, y = self.x(t), self.y(loss)
        strip = (left - 4, top - 4, max(round(x), left - 3), bottom + 4)
        paper.paste(self.past.crop(strip), strip)
        pen.line((round(x), top - 4, round(x), bottom + 4), MUTED)
        draw_dot(paper, x, y, 4.6)
        share = share_of_the_way(loss, self.guess, self.floor)
        way = f"{percent(share)} learned (100 % is as good as this text allows)"
        write(pen, (left, bottom + 9), way if share >= LITTLE else "Nothing learned yet", 13, TEXT)
