"""The running text with the ends of its sentences, and where any sequence of its words stands in it.

    end  the king wears crowns  end  the queen wears crowns  end

An end is the id after the last word's. So the beginning of a sentence is a history as any other, and that a sentence
ends is something that may come next, as in n-gram models (Jurafsky and Martin, Speech and Language Processing,
chapter 3). Words that the minimum count left out are not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from w2v.arrays import Ints, frozen_ints
from w2v.corpus import Corpus
from w2v.counts import flat_text

SHORTEST_COPY = 4  # words in a row that count as copied: 3-grams are three words of the text anyway


@dataclass(frozen=True, eq=False)
class RunningText:
    """A text as one row of ids.

    ids      : (n,) word ids in order, `end` before the first sentence and after each
    token_at : (n,) which word of the whole running text each is, from 0, as in `corpus.tokens`; -1 for an end
    end      : the id of an end, n_words
    sorted_places, first : where each id stands: sorted_places[first[i] : first[i + 1]], rising
    """

    ids: Ints
    token_at: Ints
    end: int
    sorted_places: Ints
    first: Ints

    @classmethod
    def of(cls, corpus: Corpus) -> "RunningText":
        """Lay out the words of a corpus."""
        words, sentence_of = flat_text(corpus)
        end, n = len(corpus.vocabulary), len(words) + len(corpus.sentence_lengths) + 1
        ids, token_at = np.full(n, end), np.full(n, -1)
        places = np.arange(len(words)) + sentence_of + 1
        ids[places], token_at[places] = words, np.flatnonzero(corpus.token_ids >= 0)
        first = np.concatenate([[0], np.cumsum(np.bincount(ids, minlength=end + 1))])
        order = np.argsort(ids, kind="stable")
        return cls(frozen_ints(ids), frozen_ints(token_at), end, frozen_ints(order), frozen_ints(first))

    def places(self, sequence: Sequence[int]) -> Ints:
        """Return where a sequence of ids stands: the places of its last one, rising. Raises ValueError for none."""
        if not sequence:
            raise ValueError("Nothing stands everywhere: a sequence needs at least one word.")
        *before, last = sequence
        found = self.sorted_places[self.first[last] : self.first[last + 1]]
        found = found[found >= len(before)]
        for back, word in enumerate(reversed(before), 1):
            found = found[self.ids[found - back] == word]
        return found

    def following(self, history: Sequence[int]) -> Ints:
        """Count what follows a history, (n_words + 1,), the last for the end of the sentence; after none: anything."""
        after = self.places(history) + 1 if history else np.arange(1, len(self.ids))
        return np.bincount(self.ids[after[after < len(self.ids)]], minlength=self.end + 1)

    def near(self, center: int, word: int, radius: int) -> Ints:
        """Return where a word stands at most `radius` places from a center in the same sentence, rising."""
        found = []
        for distance in range(1, radius + 1):
            for step in (-distance, distance):
                at = self.sorted_places[self.first[word] : self.first[word + 1]]
                at = at[(at + step >= 0) & (at + step < len(self.ids))]
                at = at[self.ids[at + step] == center]
                between = [self.ids[at + np.sign(step) * i] != self.end for i in range(1, distance)]
                found.append(at[np.logical_and.reduce(between)] if between else at)
        return np.unique(np.concatenate(found))

    def line(self, place: int, around: int) -> tuple[list[int], list[int]]:
        """Return the words of its sentence before and after a place, at most so many on each side, as ids."""
        low, high = max(0, place - around), place + 1 + around
        before, after = self.ids[low:place].tolist(), self.ids[place + 1 : high].tolist()
        if self.end in before:
            before = before[len(before) - before[::-1].index(self.end) :]
        return before, after[: after.index(self.end)] if self.end in after else after

    def copied(self, written: Sequence[int], shortest: int = SHORTEST_COPY) -> tuple[tuple[int, int], ...]:
        """Return the longest runs of words, (start, stop), that stand in the text in this order, none across an end.

        None lies within another; they may overlap.
        """
        runs: list[tuple[int, int]] = []
        for start, word in enumerate(written):
            stop, at = start, self.sorted_places[self.first[word] : self.first[word + 1]]
            while len(at) and written[stop] != self.end:
                stop += 1
                if stop == len(written):
                    break
                at = at[at + 1 < len(self.ids)] + 1
                at = at[self.ids[at] == written[stop]]
            if stop - start >= shortest and (not runs or stop > runs[-1][1]):
                runs.append((start, stop))
        return tuple(runs)
