"""Gaps in the sentences of a lesson, such as {word}: what the run says is put into them, as plain text."""

import re
from collections.abc import Callable, Mapping

import numpy as np

from w2v.counted import counted
from w2v.explain.questions.scene import Scene

ALIKE = 0.3  # a cosine from which on words are called alike
_GAP = re.compile(r"\{(\w*)\}")


def _context(scene: Scene) -> str:
    return scene.name(int(np.argmax(scene.company.row(scene.word))))


def _alike(scene: Scene) -> str:
    """A clause: which word is like this one for the company that they share, or that none is."""
    near = scene.nearest
    shares = scene.company.shared(scene.word, near, 1) and near != scene.word
    if not shares or scene.cosines(scene.moments.best)[near] < ALIKE:
        return f"no other word is much like {scene.named} here, because none keeps the same company"
    return f"{scene.named} and {scene.name(near)} are alike because they keep the same company"


GAPS: Mapping[str, Callable[[Scene], str]] = {
    "word": lambda scene: scene.named,
    "nearest": lambda scene: scene.name(scene.nearest),
    "alike": _alike,
    "context": _context,
    "window": lambda scene: counted(scene.moments.config.window, "word"),
    "n_words": lambda scene: f"{scene.n_words:,}",
    "n_dims": lambda scene: str(scene.moments.config.dim),
    "n_all": lambda scene: f"{scene.moments.corpus.n_tokens:,}",
    "n_sentences": lambda scene: f"{len(scene.moments.corpus.sentences):,}",
    "n_moments": lambda scene: f"{scene.moments.n_moments - 1:,}",
    "learned": lambda scene: scene.voice.percent(scene.learned(scene.moments.best)),
    "loss": lambda scene: scene.voice.number(scene.mean_loss(scene.moments.best)),
    "floor": lambda scene: scene.voice.number(scene.moments.floor),
}
"""What can stand in a gap, by its name. {nearest} is most like {word} at the end, {context} stands near it most;
{alike} says as a clause whether the first two are alike."""


def gaps_in(sentence: str) -> list[str]:
    """Return the names of the gaps in a sentence."""
    return _GAP.findall(sentence)


def without_gaps(sentence: str) -> str:
    """Return what stands around the gaps of a sentence: what it says on any text."""
    return _GAP.sub("\N{HORIZONTAL ELLIPSIS}", sentence)


def filled(sentence: str, scene: Scene) -> str:
    """Return a sentence with what the run says in its gaps; one that is not known stays."""
    return _GAP.sub(lambda gap: GAPS[gap[1]](scene) if gap[1] in GAPS else gap[0], sentence)
