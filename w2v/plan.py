"""Everything about a run that is fixed before it starts: its text, its order, its windows, its draws, its rates."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import repeat

import numpy as np

from w2v.arrays import Ints, frozen
from w2v.config import Config
from w2v.corpus import Corpus
from w2v.counts import Counts, flat_text, sparse_counts
from w2v.goal import Goal
from w2v.learning import Raw
from w2v.moments import first_word
from w2v.objectives import OBJECTIVES
from w2v.parameters import Parameters, random_parameters
from w2v.plan_checks import check_group, check_n_examples, check_one_vector, check_vocabulary
from w2v.way_out import no_pairs
from w2v.windows import WindowTable, draw_windows, pair_table, window_table

EARLY = 50_000  # words of text from which examples are counted before they are cut

_PARAMETERS, _WINDOWS, _NEGATIVES = range(3)  # each kind of randomness has a stream of its own


@dataclass(frozen=True, slots=True, eq=False)
class EpochExamples:
    """The examples of one pass over the text, as flat arrays in the order in which they are learned.

    windows     : the windows they come from; `center_at` and `context_at` are indices into `corpus.tokens`
    input_start : (n + 1,) example i has the inputs input_start[i] : input_start[i + 1]
    inputs      : word ids
    targets     : (n,) word ids
    window      : (n,) number of the window of each example
    slot        : (n,) for skip-gram, which context word of the window is the target; -1 for CBOW
    group_start : (n_updates + 1,) update i learns from the examples group_start[i] : group_start[i + 1]
    """

    windows: WindowTable
    input_start: Ints
    inputs: Ints
    targets: Ints
    window: Ints
    slot: Ints
    group_start: Ints


class Plan:
    """The whole schedule of a run, drawn from the seed.

    config      : what it was made from
    corpus      : the text, cut into words
    objective   : with its noise or its tree
    epoch_start : (epochs + 1,) number of the first update of each epoch; the last entry is `n_steps`
    n_steps     : how many updates the run has
    n_examples  : how many examples they learn from in all

    Texts without dynamic windows or subsampling have the same examples in each epoch (`static`).
    A `corpus` already made from this Config spares making it again.
    Raises ValueError in one sentence when the text has nothing to train on or the run is too large to step through.
    """

    def __init__(self, config: Config, corpus: Corpus | None = None) -> None:
        self.config = config
        self.corpus = corpus or Corpus.read(config.text, config.reading, min_count=config.min_count)
        check_vocabulary(config, self.corpus)
        check_one_vector(config)
        self.objective = OBJECTIVES[config.objective].of_text(self.corpus.vocabulary.counts, config)
        self.static = not config.dynamic_window and config.subsample == 0
        self._words, self._sentence_of = flat_text(self.corpus)
        self._token_at = np.flatnonzero(self.corpus.token_ids >= 0)
        self.examples = lru_cache(maxsize=1 if self.static else 4)(self._cut_epoch)
        self.draws = lru_cache(maxsize=4)(self._draw_epoch)
        self.n_examples, self.epoch_start = self._schedule()
        self.n_steps = int(self.epoch_start[-1])

    @property
    def n_words(self) -> int:
        """Size of the vocabulary."""
        return len(self.corpus.vocabulary)

    @property
    def telling_word(self) -> int:
        """The id of a word worth looking at first."""
        return first_word(self.config, self.corpus)

    def initial_parameters(self) -> Parameters:
        """Draw the parameters at moment 0."""
        config, rows, rng = self.config, self.objective.n_rows(self.n_words), self._rng(_PARAMETERS)
        return random_parameters(self.n_words, rows, config.dim, config.init_scale, rng, config.one_vector)

    def rate(self, t: int) -> float:
        """Return the learning rate of update t."""
        return self.config.learning_rate * (1.0 - t / self.n_steps if self.config.decay else 1.0)

    def epoch_of(self, t: int) -> int:
        """Return the number of the epoch that update t belongs to, from 0; the end of the run counts to the last."""
        epoch = int(np.searchsorted(self.epoch_start, t, side="right")) - 1
        return min(max(epoch, 0), self.config.epochs - 1)

    def epoch(self, number: int) -> EpochExamples:
        """Return the examples of one epoch."""
        return self.examples(0 if self.static else number)

    def updates(self, start: int, stop: int) -> Iterator[tuple[float, list[Raw]]]:
        """Yield the rate and the group of examples of the updates start .. stop - 1, as far as there are any."""
        t, stop = start, min(stop, self.n_steps)
        while t < stop:
            number = self.epoch_of(t)
            first = int(self.epoch_start[number])
            end = min(stop, int(self.epoch_start[number + 1]))
            for group in self._groups(number, t - first, end - first):
                yield self.rate(t), group
                t += 1

    @cached_property
    def goal(self) -> Goal:
        """What all examples of all epochs together say, and the losses they imply."""
        n_words = self.n_words
        passes = [self.epoch(e) for e in ([0] if self.static else range(self.config.epochs))]
        targets = np.concatenate([p.targets for p in passes])
        if self.config.architecture == "skip-gram":
            centers = np.concatenate([p.inputs for p in passes])
            inputs = tuple([(word,) for word in range(n_words)])
            return Goal(Counts(sparse_counts(centers, targets, n_words, n_words)), inputs, self.objective)
        rows, bags = self._bag_rows(passes)
        return Goal(Counts(sparse_counts(rows, targets, len(bags), n_words)), bags, self.objective)

    def goal_rows(self, number: int) -> Ints:
        """Return for each example of an epoch the row of `goal` that it belongs to, (n,)."""
        examples = self.epoch(number)
        if self.config.architecture == "skip-gram":
            return examples.inputs
        return np.array([self.goal.row_of(bag) for bag in _bags(examples)], dtype=np.int64)

    def _bag_rows(self, passes: list[EpochExamples]) -> tuple[Ints, tuple[tuple[int, ...], ...]]:
        number_of: dict[tuple[int, ...], int] = {}
        rows = [number_of.setdefault(bag, len(number_of)) for p in passes for bag in _bags(p)]
        return np.array(rows, dtype=np.int64), tuple(number_of)

    def _groups(self, number: int, start: int, stop: int) -> Iterator[list[Raw]]:
        examples = self.epoch(number)
        negatives = self.draws(number)
        at_once = 4096
        for begin in range(start, stop, at_once):
            bounds = examples.group_start[begin : min(stop, begin + at_once) + 1].tolist()
            raw = _raw_examples(examples, negatives, bounds[0], bounds[-1])
            for low, high in zip(bounds, bounds[1:], strict=False):
                yield raw[low - bounds[0] : high - bounds[0]]

    def _schedule(self) -> tuple[int, Ints]:
        sizes = np.zeros(self.config.epochs, np.int64)
        n_examples = 0
        for number in range(self.config.epochs):
            self._refuse_early(number, n_examples)
            examples = self.epoch(number)
            sizes[number] = len(examples.group_start) - 1
            n_examples += len(examples.targets)
            check_n_examples(self.config, n_examples, number + 1)
            check_group(int(np.diff(examples.group_start).max(initial=0)), self.objective.n_rows(self.n_words))
            if self.static:
                sizes[:] = sizes[0]
                n_examples = len(examples.targets) * self.config.epochs
                check_n_examples(self.config, n_examples, self.config.epochs)
                break
        if n_examples == 0:
            raise no_pairs(self.config.min_count, self.config.subsample, self.config.pairs)
        starts = np.concatenate([[0], np.cumsum(sizes)])
        frozen(starts)
        return n_examples, starts

    def _refuse_early(self, number: int, before: int) -> None:
        """Refuse a run that is too large before the windows of a book are cut, which takes a second and 100 MB."""
        if len(self._words) < EARLY:
            return
        words, sentence_of, _, radii = self._words_of_epoch(number)
        n = 0
        if self.corpus.is_output is not None:
            n = int(self.corpus.is_output.sum())
        elif self.config.architecture == "cbow":
            near = sentence_of[:-1] == sentence_of[1:]
            n = int((np.append(near, False) | np.append(False, near)).sum())
        else:
            for distance in range(1, min(int(radii.max(initial=0)), len(words) - 1) + 1):
                near = sentence_of[:-distance] == sentence_of[distance:]
                n += sum(int((near & (r >= distance)).sum()) for r in (radii[:-distance], radii[distance:]))
        check_n_examples(self.config, before + n, number + 1)
        if self.static and self.config.batching == "pair":
            check_n_examples(self.config, n * self.config.epochs, self.config.epochs)

    def _words_of_epoch(self, number: int) -> tuple[Ints, Ints, Ints, Ints]:
        """Return the words that an epoch reads: their ids, sentences, places in the text, and radii; all (n,)."""
        rng = self._rng(_WINDOWS, number)
        words, sentence_of, token_at = self._words, self._sentence_of, self._token_at
        kept, radii = draw_windows(self.config, self.corpus, words, rng)
        return words[kept], sentence_of[kept], token_at[kept], radii

    def _cut_epoch(self, number: int) -> EpochExamples:
        words, sentence_of, token_at, radii = self._words_of_epoch(number)
        is_output = self.corpus.is_output
        if is_output is None:
            table = window_table(words, sentence_of, radii)
            unit_of = np.arange(len(table.centers))
        else:
            table = pair_table(words, sentence_of, is_output, self.config.architecture)
            unit_of = sentence_of[table.center_at]
        center_at, context_at = token_at[table.center_at], token_at[table.context_at]
        frozen(center_at)
        frozen(context_at)
        table = WindowTable(table.centers, center_at, table.context_start, table.context, context_at)
        return _examples(table, self.config, unit_of)

    def _draw_epoch(self, number: int) -> Ints | None:
        """Draw what the objective draws for the examples of an epoch, (n, n_draws); None for one that draws nothing."""
        return self.objective.draw(self.epoch(number).targets, self._rng(_NEGATIVES, number))

    def _rng(self, stream: int, number: int = 0) -> np.random.Generator:
        return np.random.default_rng([self.config.seed, stream, number])


def _examples(table: WindowTable, config: Config, unit_of: Ints) -> EpochExamples:
    """Make the examples of windows. unit_of : (n_windows,) what each is of that is one to "window" batching, rising."""
    n_windows, sizes = len(table.centers), np.diff(table.context_start)
    if config.architecture == "skip-gram":
        window = np.repeat(np.arange(n_windows), sizes)
        n = len(window)
        start, inputs, targets = np.arange(n + 1), table.centers[window], table.context
        slot = np.arange(n) - table.context_start[window]
        first = table.context_start
    else:
        window, n = np.arange(n_windows), n_windows
        start, inputs, targets = table.context_start, table.context, table.centers
        slot = np.full(n, -1)
        first = np.arange(n + 1)
    groups = _groups(config, n, first[np.append(np.flatnonzero(np.diff(unit_of, prepend=-1)), n_windows)])
    made = EpochExamples(table, start, inputs, targets, window, slot, groups)
    for array in (start, inputs, targets, window, slot, groups):
        frozen(array)
    return made


def _groups(config: Config, n: int, of_windows: Ints) -> Ints:
    """Return where each update's group of examples begins, and where the last one ends."""
    if config.batching == "window":
        return of_windows
    size = {"pair": 1, "minibatch": config.batch_size, "full": max(1, n)}[config.batching]
    return np.append(np.arange(0, n, size), n)


def _raw_examples(examples: EpochExamples, negatives: Ints | None, low: int, high: int) -> list[Raw]:
    starts = examples.input_start[low : high + 1].tolist()
    words = examples.inputs[starts[0] : starts[-1]].tolist()
    if len(words) == high - low:  # one input each, as in skip-gram
        inputs = list(zip(words))
    else:
        inputs = [tuple(words[a - starts[0] : b - starts[0]]) for a, b in zip(starts, starts[1:], strict=False)]
    targets = examples.targets[low:high].tolist()
    if negatives is None:
        return list(zip(inputs, targets, repeat(None)))
    rows = negatives[low:high]
    drawn = [row[row >= 0] for row in rows] if (rows < 0).any() else list(rows)
    return list(zip(inputs, targets, drawn, strict=True))


def _bags(examples: EpochExamples) -> Iterator[tuple[int, ...]]:
    starts, words = examples.input_start.tolist(), examples.inputs.tolist()
    for a, b in zip(starts, starts[1:], strict=False):
        yield tuple(sorted(words[a:b]))
