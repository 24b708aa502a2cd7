"""Where an example of an update stands in the text: its sentence, the center, and the words of the context."""

from dataclasses import dataclass

import numpy as np

from w2v.plan import Plan


@dataclass(frozen=True, slots=True)
class InTheText:
    """The sentence of an example, or as much of it as stands around the window; of a training pair all of that.

    words   : in their order, those that the minimum count left out too
    center  : index of the center in `words`;  context : indices of the words of the window around it
    target  : index of the word that is predicted: one of the context, or with CBOW the center
    before, after : whether the sentence goes on there
    """

    words: tuple[str, ...]
    center: int
    context: tuple[int, ...]
    target: int
    before: bool
    after: bool


def in_the_text(plan: Plan, t: int, number: int = 0, around: int = 12) -> InTheText:
    """Return where an example of update t, 0 <= t < n_steps, stands.

    number : which example of the update, from 0
    around : how many words of the sentence there are at most beside the window, on each side
    """
    epoch = plan.epoch_of(t)
    examples, corpus = plan.epoch(epoch), plan.corpus
    one = int(examples.group_start[t - int(plan.epoch_start[epoch])]) + number
    windows, window, slot = examples.windows, int(examples.window[one]), int(examples.slot[one])
    center = int(windows.center_at[window])
    context = windows.context_at[windows.context_start[window] : windows.context_start[window + 1]].tolist()
    target = context[slot] if slot >= 0 else center
    starts = corpus.sentence_starts
    sentence = int(np.searchsorted(starts, center, side="right")) - 1
    first = int(starts[sentence])
    end = int(starts[sentence + 1]) if sentence + 1 < len(starts) else corpus.n_tokens
    low, high = max(first, min(center, *context) - around), min(end, max(center, *context) + 1 + around)
    return InTheText(
        words=tuple([corpus.cut.words[i] for i in corpus.cut.ids[low:high].tolist()]),
        center=center - low,
        context=tuple([at - low for at in context]),
        target=target - low,
        before=low > first,
        after=high < end,
    )
