"""The life of a word in a training: when it was learned from, how its vectors grew, what pulled and pushed it."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from w2v.arrays import Floats, Ints, frozen, frozen_floats, frozen_ints
from w2v.goal import Goal
from w2v.learning import prediction
from w2v.moments import Moments
from w2v.parameters import Parameters
from w2v.run import Run

TOGETHER = 250_000  # scores at once: more would not stay near the processor, and take longer


@dataclass(frozen=True, slots=True)
class Updates:
    """How many updates of a run learned from a word.

    as_input     : from it something was guessed;  first_input : the first of these, None if there is none
    as_target    : it was to be guessed;  first_target : likewise
    drawn        : it was drawn as a negative; None for objectives that draw nothing
    """

    as_input: int
    as_target: int
    drawn: int | None
    first_input: int | None
    first_target: int | None


@dataclass(frozen=True, eq=False)
class Life:
    """What became of a word, at several moments.

    at        : (m,) the moments, rising
    v, u      : (m,) the lengths of its two vectors; u is None where the rows of U are no words
    likeliest : (m,) the word that the model expects near it most;  said : (m,) what it says of that one
    true      : (m,) whether that one stands near it in the text
    pulled    : (m,) sum of 1 - P over all times that it was to be guessed, in one reading of the text at that moment
    pushed    : (m,) sum of P over all times that it was asked and not the one to be guessed. Both None for objectives
                whose pairs are not added up, or whose rows of U are no words
    """

    at: Ints
    v: Floats
    u: Floats | None
    likeliest: Ints
    said: Floats
    true: NDArray[np.bool_]
    pulled: Floats | None
    pushed: Floats | None

    @property
    def found(self) -> int | None:
        """The first of the moments from which on what it expects most stands near it in the text; None if never."""
        wrong = np.flatnonzero(~self.true)
        first = int(wrong[-1]) + 1 if len(wrong) else 0
        return int(self.at[first]) if first < len(self.at) else None


def updates_of(run: Run, word: int) -> Updates:
    """Count the updates of a run that learned from a word; of one with several examples each counts once."""
    plan = run.plan
    found: dict[str, list[Ints]] = {"input": [], "target": [], "drawn": []}
    for number, start in enumerate(plan.epoch_start[:-1].tolist()):
        if start >= run.n_steps:
            break
        examples, drawn = plan.epoch(number), plan.draws(number)
        of_input = np.repeat(np.arange(len(examples.targets)), np.diff(examples.input_start))
        which = {
            "input": of_input[examples.inputs == word],
            "target": np.flatnonzero(examples.targets == word),
            "drawn": np.flatnonzero((drawn == word).any(axis=1)) if drawn is not None else np.empty(0, np.int64),
        }
        for kind, of in which.items():
            groups = np.unique(np.searchsorted(examples.group_start, of, side="right") - 1) + start
            found[kind].append(groups[groups < run.n_steps])
    as_input, as_target, as_drawn = (np.concatenate([np.empty(0, np.int64), *groups]) for groups in found.values())
    return Updates(
        len(as_input),
        len(as_target),
        len(as_drawn) if plan.objective.has_draws else None,
        int(as_input[0]) if len(as_input) else None,
        int(as_target[0]) if len(as_target) else None,
    )


def pull_and_push(parameters: Parameters, goal: Goal, word: int) -> tuple[float, float]:
    """Return how much the output vector of a word is pulled and pushed in one reading of the text at these parameters.

    In the gradient of all examples every one that asks for the word has an error: 1 - P pulls it towards h where it
    is the true word, P pushes it away from h where it is not (Rong 2014, arXiv:1411.2738, equations 8 to 11). Returns
    both sums. Raises TypeError for an objective whose pairs cannot be added up.
    """
    pulled = pushed = 0.0
    of_word = goal.counts.matrix.tocsc()[:, word].toarray().ravel()
    totals = goal.counts.row_totals
    size = max(1, TOGETHER // len(parameters.V))
    for rows in [slice(start, start + size) for start in range(0, len(totals), size)]:
        seen = of_word[rows]
        scores = goal.hidden(parameters, rows) @ parameters.U.T
        P, expected = goal.objective.expected_word(scores, word, seen, totals[rows])
        pulled += float(seen.sum() - P @ seen)
        pushed += float(expected.sum() - P @ seen)
    return pulled, pushed


def life_of(
    moments: Moments, word: int, at: Sequence[int], goal: Goal, beside: Ints, readings: int = 1
) -> Generator[None, None, Life]:
    """Return what became of a word at these moments; in slices of a moment.

    goal     : the pairs that were learned from, counted
    beside   : (n_words,) how often each word stands near it in the text
    readings : of the text in `goal`; 0 to leave out what pulls and pushes, which takes as long as a loss
    """
    objective = goal.objective
    frames, likeliest, said, pulls = [], [], [], []
    added_up = readings > 0 and objective.has_passes and objective.words_in_U
    for t in at:
        parameters = moments.parameters(t)
        expected = prediction(parameters, (word,), objective)
        u = float(np.linalg.norm(parameters.U[word])) if objective.words_in_U else 0.0
        frames.append((float(np.linalg.norm(parameters.V[word])), u))
        likeliest.append(int(np.argmax(expected)))
        said.append(float(expected[likeliest[-1]]))
        if added_up:
            pulls.append([force / readings for force in pull_and_push(parameters, goal, word)])
        yield
    lengths, forces = np.array(frames), np.array(pulls).reshape(-1, 2)
    true = beside[likeliest] > 0
    frozen(true)
    return Life(
        frozen_ints(at),
        frozen_floats(lengths[:, 0]),
        frozen_floats(lengths[:, 1]) if objective.words_in_U else None,
        frozen_ints(likeliest),
        frozen_floats(said),
        true,
        frozen_floats(forces[:, 0]) if added_up else None,
        frozen_floats(forces[:, 1]) if added_up else None,
    )
