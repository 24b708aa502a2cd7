"""Whole texts beside what people use today: gensim's hierarchical softmax and SGNS, and PyTorch's minibatches.

All on the same pairs, at two cores, one after the other in one run. Seconds are seconds on the clock: ours from
the words of the text to the parameters, counting included; theirs are training alone, without building a
vocabulary. Losses are exact means over all pairs in float64, and measuring them is nobody's time.

Texts are those named on the command line, else the files of ../shared/data/texts, else a generated one. Negative
sampling is also asked about two texts of other kinds, on which nothing was chosen: they come with gensim.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench import _beside_sgns, _gensim
from bench._report import Figure, print_table, show
from w2v import Config, Corpus, Counts, Progress, WholeTextRun, count_pairs, read_text
from w2v.whole.holdout import split_counts

TEXTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "texts"
DIM, WINDOW, MIN_COUNT = _gensim.VECTOR_SIZE, _gensim.WINDOW, 5
RATES = (0.025, 0.05)
EPOCHS, EPOCHS_TO_CHOOSE_FROM = 20, (1, 2, 3, 5, 10, 20)
REPEATS = 3  # of ours; the median counts
BEST_PASSES = 80
LARGE_TEXT = 50_000  # words: from here on a ratio is aimed at
TORCH_SECONDS = 25.0


class Text:
    """A text, counted whole and in two parts: to learn from and kept aside."""

    def __init__(self, name: str, text: str, min_count: int = MIN_COUNT) -> None:
        self.name = name
        self.config = Config(text, dim=DIM, window=WINDOW, min_count=min_count)
        self.corpus = Corpus.from_text(text, min_count=min_count)
        self.counts = count_pairs(self.corpus, WINDOW)
        self.learned, self.heldout = split_counts(self.config, self.corpus, 0.1)
        self.sentences = [list(sentence) for sentence in self.corpus.sentences]
        self.sentences_learned = _gensim.sentences_learned(self.config, self.corpus, 0.1)

    def describe(self) -> str:
        n_tokens = sum(len(s) for s in self.sentences)
        return (
            f"{self.name}: {n_tokens:,} words, {len(self.corpus.vocabulary):,} different ones (each at least "
            f"{self.config.min_count} times), {self.counts.total:,} pairs; floor {self.counts.floor:.3f}, unigram "
            f"{self.counts.unigram_loss:.3f} nats a pair"
        )


def main(paths: list[str] | None = None) -> list[Figure]:
    """Measure everything; return all figures."""
    texts = [Text(name, text) for name, text in read_texts(paths or [])]
    figures = [counting()]
    for text in texts:
        print(text.describe() + "\n", flush=True)
        figures += training_race(text)
        figures += heldout_race(text)
    figures += sgns([*[(text.name, text.config.text) for text in texts], *_beside_sgns.texts_of_gensim()])
    figures += growth(texts[-1])
    large = Text("20,000 words", topics_text(20_000, 250_000), min_count=1)
    print(large.describe() + "\n", flush=True)
    figures += training_race(large, ahead=1.0, aims=False)
    show(figures)
    return figures


def read_texts(paths: list[str]) -> Iterator[tuple[str, str]]:
    """Yield name and text of each file; of a generated text when there is none."""
    files = [Path(p) for p in paths] or sorted(TEXTS.glob("*.txt"))
    print("Texts: " + (", ".join(str(f) for f in files) or "a generated one") + ".\n")
    for file in files:
        yield file.stem, read_text(file.read_bytes())
    if not files:
        yield "generated text", topics_text(3_000, 200_000)


def topics_text(n_words: int, n_tokens: int, seed: int = 0) -> str:
    """Return a text in which words of one topic stand together, with shares as in Zipf's law, ten to a sentence."""
    rng = np.random.default_rng(seed)
    share = 1.0 / np.arange(1, n_words + 1)
    order, per_topic = rng.permutation(n_words), n_words // 50
    words = list(rng.permutation(n_words))  # each at least once
    while len(words) < n_tokens:
        topic = order[(start := int(rng.integers(50)) * per_topic) : start + per_topic]
        own = rng.choice(topic, 5, p=share[topic] / share[topic].sum())
        words += rng.permutation(np.concatenate([own, rng.choice(n_words, 5, p=share / share.sum())])).tolist()
    return "\n".join(" ".join(f"w{w}" for w in words[i : i + 10]) for i in range(0, len(words), 10))


def ours(
    text: Text, enough: Callable[[Progress[Any]], bool], **arguments: float | int
) -> tuple[list[Progress[Any]], WholeTextRun]:
    """Train until `enough`; return the reports and the run."""
    training = WholeTextRun.train(text.config, corpus=text.corpus, **arguments)  # type: ignore[arg-type]
    reports: list[Progress[Any]] = []
    try:
        report = next(training)
        while True:
            reports.append(report)
            report = training.send(enough(report))
    except StopIteration as end:
        return reports, end.value


def to_the_end(_: Progress[Any]) -> bool:
    """Never enough: training ends by itself."""
    return False


# --- the loss on what is learned from -----------------------------------------------------------------------------


def training_race(text: Text, ahead: float | None = None, aims: bool = True) -> list[Figure]:
    """Time to the loss that gensim's hierarchical softmax has after 20 epochs at its better rate."""
    trained = [_gensim.train(text.corpus, text.sentences, EPOCHS, rate) for rate in RATES]
    losses = [t.mean_loss(text.corpus, text.counts) for t in trained]
    better = int(np.argmin(losses))
    loss, theirs = losses[better], trained[better].seconds
    races = [
        ours(text, lambda report: report.loss <= loss, holdout=0, l2=0, max_passes=60)[0][-1] for _ in range(REPEATS)
    ]
    seconds = statistics.median(report.seconds for report in races)
    rows = [
        (f"gensim hs, {EPOCHS} epochs at {rate}", f"{t.seconds:.2f} s", f"{came:.4f}")
        for rate, t, came in zip(RATES, trained, losses)
    ]
    rows.append((f"ours, {races[-1].n_passes} passes", f"{seconds:.3f} s", f"{races[-1].loss:.4f}"))
    name = f"{text.name}: to gensim's loss, times faster"
    large = sum(len(s) for s in text.sentences) >= LARGE_TEXT
    target = ahead or ((25.0 if "shakespeare" in text.name else 15.0) if large else None)
    figures = [Figure(name, theirs / seconds, "x", target, more=True)]
    if aims:
        rows += [*best_loss(text, figures), torch_race(text, loss)]
    print_table((f"{text.name}, all pairs", "seconds", "nats a pair"), rows)
    return figures


def best_loss(text: Text, figures: list[Figure]) -> list[tuple[str, str, str]]:
    """How soon the loss is within 1 % of the best that many passes reach."""
    reports, _ = ours(text, to_the_end, holdout=0, l2=0, max_passes=BEST_PASSES)
    best = min(report.loss for report in reports)
    near = next(report for report in reports if report.loss <= 1.01 * best)
    figures.append(Figure(f"{text.name}: within 1 % of the best loss", near.seconds, "s", 5.0))
    return [
        (f"ours, {near.n_passes} passes, within 1 % of:", f"{near.seconds:.3f} s", f"{near.loss:.4f}"),
        (f"ours, {len(reports)} passes", f"{reports[-1].seconds:.2f} s", f"{best:.4f}"),
    ]


def torch_race(text: Text, loss: float) -> tuple[str, str, str]:
    """PyTorch's usual way: two embeddings, CrossEntropyLoss, Adam, minibatches; until the loss or out of time."""
    import torch

    torch.manual_seed(1)
    torch.set_num_threads(_gensim.WORKERS)
    n_words = len(text.corpus.vocabulary)
    matrix = text.counts.matrix.tocoo()
    pairs = torch.tensor(np.repeat(np.stack(matrix.coords), matrix.data, axis=1), dtype=torch.long)
    V, U = torch.nn.Embedding(n_words, DIM), torch.nn.Linear(DIM, n_words)
    torch.nn.init.uniform_(V.weight, -0.5 / DIM, 0.5 / DIM)
    parameters = [*V.parameters(), *U.parameters()]
    adam, criterion = torch.optim.Adam(parameters, lr=0.005), torch.nn.CrossEntropyLoss()
    spent, now, size = 0.0, float("inf"), 1024
    while now > loss and spent < TORCH_SECONDS:
        begun = time.perf_counter()
        for batch in torch.randint(pairs.shape[1], (100, size)):
            adam.zero_grad()
            criterion(U(V(pairs[0, batch])), pairs[1, batch]).backward()
            adam.step()
        spent += time.perf_counter() - begun
        now = torch_loss(text.counts, V.weight.detach().numpy(), U.weight.detach().numpy(), U.bias.detach().numpy())
    return "PyTorch Embedding + CrossEntropyLoss, Adam, batches of 1024", f"{spent:.2f} s", f"{now:.4f}"


def torch_loss(counts: Counts, V: Any, U: Any, bias: Any) -> float:
    """Return the exact mean loss; the bias is one more coordinate."""
    from w2v import Parameters, Softmax
    from w2v.goal import Goal

    inputs = tuple([(word,) for word in range(len(V))])
    parameters = Parameters(np.column_stack([V, np.ones(len(V))]), np.column_stack([U, bias]))
    return Goal(counts, inputs, Softmax()).mean_loss(parameters)


# --- the loss on what was kept aside -------------------------------------------------------------------------------


def heldout_race(text: Text) -> list[Figure]:
    """Our default training beside the best of gensim's epochs and rates, chosen in hindsight by the same sentences."""
    tries = []
    for rate in RATES:
        for epochs in EPOCHS_TO_CHOOSE_FROM:
            trained = _gensim.train(text.corpus, text.sentences_learned, epochs, rate)
            tries.append((trained.mean_loss(text.corpus, text.heldout), trained.seconds, epochs, rate))
    loss, theirs, epochs, rate = min(tries)
    races = [ours(text, lambda report: (report.heldout_loss or 0) <= loss)[0][-1] for _ in range(REPEATS)]
    seconds = statistics.median(report.seconds for report in races)
    _, run = ours(text, to_the_end)
    last = min(t for t in tries if t[2] == EPOCHS)
    print_table(
        (f"{text.name}, pairs kept aside", "seconds", "nats a pair"),
        [
            (f"gensim hs at its best, {epochs} epochs at {rate}", f"{theirs:.2f} s", f"{loss:.4f}"),
            (f"gensim hs, {EPOCHS} epochs", f"{last[1]:.2f} s", f"{last[0]:.4f}"),
            (f"ours, {races[-1].n_passes} passes", f"{seconds:.3f} s", f"{races[-1].heldout_loss:.4f}"),
            (
                f"ours, stopped by itself, best of {run.n_passes}",
                f"{run.seconds:.2f} s",
                f"{run.heldout_losses.min():.4f}",
            ),
        ],
    )
    return [
        Figure(f"{text.name}: kept aside, ours", float(run.heldout_losses.min()), "nats", loss),
        Figure(f"{text.name}: kept aside, to gensim's best, times faster", theirs / seconds, "x", 10.0, more=True),
    ]


# --- negative sampling ---------------------------------------------------------------------------------------------


def sgns(texts: list[tuple[str, str]]) -> list[Figure]:
    """Negative sampling by default settings, on these texts and on short pieces of them."""
    figures = []
    for name, text in texts:
        config = Config(text, dim=DIM, window=WINDOW, min_count=MIN_COUNT)
        figures += _beside_sgns.neighbors(name, config)
        figures += _beside_sgns.short_texts(name, text)
    return figures


# --- size ----------------------------------------------------------------------------------------------------------


def counting() -> Figure:
    """Counting 500,000 words at window 5."""
    corpus = Corpus.from_text(topics_text(15_000, 500_000))
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        count_pairs(corpus, WINDOW)
        times.append(time.perf_counter() - begun)
    return Figure(f"counting {len(corpus.tokens):,} words", statistics.median(times), "s", 1.0)


def growth(text: Text) -> list[Figure]:
    """How much longer a pass takes on ten times the text with the same vocabulary."""
    cut = text.sentences[: len(text.sentences) // 10]
    known = {word for sentence in cut for word in sentence}
    all_of_it = [[word for word in sentence if word in known] for sentence in text.sentences]
    parts = [Text(text.name, "\n".join(" ".join(s) for s in part), min_count=1) for part in (cut, all_of_it)]
    times: list[list[float]] = [[], []]
    for _ in range(3 * REPEATS):  # a few percent are to be told apart
        for part, seconds in zip(parts, times):
            reports, _ = ours(part, to_the_end, holdout=0, l2=0, max_passes=10)
            seconds += np.diff([report.seconds for report in reports[2:]]).tolist()
    short, long = (statistics.median(t) for t in times)
    words = [sum(len(s) for s in part.sentences) for part in parts]
    print(f"One pass: {words[0]:,} words {1e3 * short:.1f} ms, {words[1]:,} words {1e3 * long:.1f} ms.\n")
    return [Figure(f"{text.name}: a pass on ten times the text / on a tenth", long / short, "", 1.1)]


if __name__ == "__main__":
    main(sys.argv[1:])
