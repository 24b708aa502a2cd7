"""What the two curves of training by passes say, in sentences: the loss on the text, and on sentences kept aside."""

import numpy as np

from pages.drawing.numbers import number, percent
from pages.drawing.objective_words import ObjectiveWords, words_of
from w2v.counted import counted
from w2v.whole.passes import Passes
from w2v.whole.whole_text import LEARNS_MORE, NO_BETTER, WholeTextRun, no_better_than_guessing

MEMORIZING = 0.002  # nats by which the held-out loss must have risen to be called rising


def trained_in_short(passes: Passes) -> str:
    """Say how many passes there are, and which is shown first."""
    run = passes.run
    said = f"Trained: {counted(run.n_passes, 'pass', 'passes')}"
    if run.heldout_counts.total and run.n_passes > 1:
        best = "the last" if run.best == run.n_passes else f"pass {run.best}"
        said += f"; {words_of(run.objective).best_pass} is {best}"
    return f"{said}.{_some_are_kept(passes)}"


def learned_in_short(passes: Passes) -> str:
    """Say in plain words how long it has learned, and which passes cannot be gone back to."""
    run, later = passes.run, passes.run.n_passes - passes.run.best
    best = f"; pass {run.best} is the best"
    if run.ended == "heldout":
        more = f"{later} more did not help" if later else "more would not help"
        said = f"Learned from {_over(run.best)}: {more} with sentences kept aside"
    elif run.ended == "asked":
        said = f"Stopped after {_over(run.n_passes)}{best if later else ''}"
    else:
        said = f"Learned from {_over(run.n_passes)}{best if later else '; a few more may still help'}"
    return f"{said}.{_some_are_kept(passes)}"


def _over(n_passes: int) -> str:
    return f"{counted(n_passes, 'pass', 'passes')} over the text"


def _some_are_kept(passes: Passes) -> str:
    """Say it where not every pass can be looked at again."""
    n_passes, kept = passes.run.n_passes, passes.n_moments - 1
    if kept == n_passes:
        return ""
    return f" To save memory, {kept} of the {n_passes} passes are kept to go back to, the best one among them."


def learned_by(passes: Passes, t: int) -> str:
    """Say in plain words what is learned by moment t, and whether it also holds for sentences that it has not read."""
    run, number_of = passes.run, passes.at[t]
    if t == 0:
        return f"Before the first pass {words_of(run.objective).begins}"
    loss, heldout = passes.losses(t)
    share = percent(passes.share_of_the_way(loss))
    said = (
        f"After {counted(number_of, 'pass', 'passes')} it has learned {share} of what this text allows; "
        "0 % is guessing by how often each word occurs."
    )
    if no_better_than_guessing(run, number_of):
        return f"{said} {LEARNS_MORE}"
    words = words_of(run.objective)
    if not run.heldout_counts.total:
        return f"{said} {_nothing_aside(run, words)}"
    if number_of != run.best:
        best = f"The best is pass {run.best}: it guesses sentences kept aside best, and other pages open with it."
        return f"{said} {best}"
    elsewhere = words.holds_elsewhere(_held_elsewhere(run, loss, heldout))
    if not elsewhere:
        return said
    return f"{said} Sentences were kept aside, to see whether it only learns by heart. {elsewhere}"


def _held_elsewhere(run: WholeTextRun, loss: float, heldout: float) -> float:
    """Return what is gained on sentences kept aside, as a share of what is gained on the text."""
    return (run.heldout_unigram_loss - heldout) / max(1e-12, run.unigram_loss - loss)


def memorizing(passes: Passes, t: int) -> str:
    """Say what the two curves say at moment t: how far from guessing to the floor, and whether it learns by heart."""
    run, number_of, words = passes.run, passes.at[t], words_of(passes.run.objective)
    if t == 0:
        return words.before_passes
    loss, heldout = passes.losses(t)
    said = (
        f"After pass {number_of} of {run.n_passes} the loss is {number(loss)} nats; guessing by frequency has "
        f"{number(run.unigram_loss)}, and no model can have less than {number(run.floor)} on this text."
    )
    if no_better_than_guessing(run, number_of):
        said += f" {NO_BETTER}"
        if number_of == run.n_passes:
            said += f" {LEARNS_MORE}"
    if not run.heldout_counts.total:
        return f"{said} {_nothing_aside(run, words)}"
    said += (
        f" On sentences it never saw the loss is {number(heldout)} (guessing there: {number(run.heldout_unigram_loss)})"
    )
    lowest = int(np.argmin(run.heldout_losses)) + 1
    if run.l2 == 0 and float(run.heldout_losses[-1] - run.heldout_losses[lowest - 1]) > MEMORIZING:
        return f"{said}, lowest after pass {lowest} and rising since: from there on it learns this text by heart."
    if run.l2 > 0 and run.n_passes > run.best:
        said += f", lowest after pass {run.best}"
        if run.ended == "heldout":
            said += "; the passes after it tried to hold the vectors back less, or more"
    if number_of != run.best:
        return f"{said}."
    return f"{said}. {words.holds_elsewhere(_held_elsewhere(run, loss, heldout))}".rstrip()


def _nothing_aside(run: WholeTextRun, words: ObjectiveWords) -> str:
    if run.holdout > 0:
        return "The text is too short to keep sentences aside, so nothing says how much of this is memorizing."
    return words.none_aside
