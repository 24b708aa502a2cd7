"""Everything public of w2v, run once: `python -m tests.everything` prints what came of it, as one JSON object.

With `alone` as its argument no thread and no child process can be started from the first line on: both are refused
where Python asks the system for them, in the words of Python in a browser.
"""

import contextlib
import dataclasses
import errno
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

PROCESSES = ("subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "os.exec")


def no_thread(*_: object) -> None:
    """Stand for what `Thread.start` asks the system with."""
    raise RuntimeError("can't start new thread")


def no_process(event: str, _: object) -> None:
    """Refuse a child process."""
    if event in PROCESSES:
        raise OSError(errno.ENOTSUP, f"{sys.platform} does not support processes.")


def stay_alone() -> None:
    """Let no thread and no child process be started from now on, and see that it is so."""
    for name in ("_start_new_thread", "_start_joinable_thread"):  # up to Python 3.12, and after it
        if hasattr(threading, name):
            setattr(threading, name, no_thread)
    sys.addaudithook(no_process)
    for start in (threading.Thread(target=print).start, lambda: subprocess.run([sys.executable, "-c", ""], check=True)):
        try:
            start()
        except (RuntimeError, OSError):
            continue
        raise AssertionError("This Python still starts what it was to refuse.")


class Public:
    """What w2v has to offer, with the names that were used."""

    def __init__(self, module: Any) -> None:
        self._module, self.used = module, set[str]()

    def __getattr__(self, name: str) -> Any:
        self.used.add(name)
        return getattr(self._module, name)

    def meet(self, value: object) -> None:
        """Note a type that came back."""
        self.used.add(type(value).__name__)


def feed(digest: Any, value: Any, w: Public) -> None:
    """Add a value to a digest, to the last bit; all but how long something took."""
    w.meet(value)
    if hasattr(value, "indptr"):
        value = [value.data, value.indices, value.indptr]
    if hasattr(value, "tobytes"):
        digest.update(f"{value.dtype}{value.shape}".encode() + value.tobytes())
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in ("seconds", "so_far", "midway"):
                feed(digest, getattr(value, field.name), w)
    elif isinstance(value, Mapping):
        feed(digest, list(value.items()), w)
    elif isinstance(value, (list, tuple)):
        digest.update(f"{len(value)}:".encode())
        for part in value:
            feed(digest, part, w)
    else:
        digest.update(repr(value).encode())


def results(w: Public) -> Iterator[tuple[str, Any]]:
    """What everything public comes to, with a name for each."""
    import numpy as np

    rng = np.random.default_rng(1)

    def text(n_words: int, length: int) -> str:
        ids = np.minimum(rng.zipf(1.3, length) - 1, rng.integers(0, n_words, length))
        words = [f"w{i}" for i in [*range(n_words), *ids.tolist()]]
        return "\n".join(" ".join(words[i : i + 9]) for i in range(0, len(words), 9))

    small, large = text(60, 600), text(700, 5_000)  # up to 300 words are trained in float64, beyond in float32
    w.meet(w.PRESETS["royal"])
    preset = w.PRESETS["royal"].text

    # Whole texts
    whole = {}
    for words, name in ((small, "float64"), (large, "float32")):
        for objective in ("softmax", "negative"):
            for holdout in (0.0, 0.2):
                config = w.Config(words, objective=objective, dim=12, window=3, dynamic_window=True)
                run = w.train_whole_text(config, holdout=holdout, max_passes=5)
                key = f"{objective}, {name}, {holdout:.0%} aside"
                whole[key] = run
                yield key, run
    yield "whole text, as it is meant", w.train_whole_text(w.Config(large, dim=16))
    training = w.WholeTextRun.train(w.Config(preset), max_passes=4)
    progress = next(training)
    yield "progress", [progress, progress.so_far(), progress.midway()]
    try:
        training.send(True)
    except StopIteration as done:
        yield "gone on with", list(w.WholeTextRun.train(done.value.config, start=done.value, max_passes=2))

    # Counted texts
    settings = w.CountSettings(window=3, min_count=1)
    parts = [w.count_texts([io.BytesIO(part.encode())], settings, processes=2) for part in (small, large)]
    counted = parts[0].plus(parts[1])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "counts.npz"
        w.save_counts(path, counted)
        yield "counted", [*parts, counted, w.load_counts(path)]
    yield "trained on counts", w.train_counts(counted, dim=8, max_passes=3)

    # Update by update
    for objective in ("softmax", "negative", "hierarchical"):
        for architecture in ("skip-gram", "cbow"):
            run = w.Run(w.Config(preset, architecture, objective, dim=4, epochs=2, batching="window"))
            middle = run.n_steps // 2
            yield f"{architecture}, {objective}", [run.losses, run.parameters(run.n_steps), run.step(middle)]
            yield (
                f"gradients of {architecture}, {objective}",
                w.gradient_check(run.parameters(middle), run.step(middle).traces[0], run.plan.objective),
            )
    yield "diverged", w.Run(w.Config(preset, dim=4, epochs=2, learning_rate=10.0, init_scale=5.0)).stopped

    run = w.Run(w.Config(preset, dim=6, epochs=3))
    corpus, plan, end = run.corpus, w.Plan(run.config), run.parameters(run.n_steps)
    counts, window = w.count_pairs(corpus, 2), next(w.cut_windows(corpus, 2))
    n_words = len(corpus.vocabulary)
    questions = sorted(name for name in vars(w.Moments) if not name.startswith("_"))
    yield "moments", [[name for name in questions if hasattr(run, name)], run.loss_curve(10)]
    yield "text", [w.read_text(preset.encode()), w.Corpus.from_text(preset), counts, w.text_health(plan)]
    yield "windows", [window, w.skip_gram(window), w.cbow(window), w.Window(0, 0, 1, (2,)), w.window_at(plan, 0, 1)]
    phrase = corpus.vocabulary.words[:2]
    yield "n-grams", [w.ngram_probability(corpus, phrase[:1], phrase[1]), w.ngram_table(corpus, phrase)]
    yield "goal", w.Goal(counts, tuple((i,) for i in range(n_words)), w.Softmax()).mean_loss(end)
    yield "likelihood", [
        *(f(end, plan) for f in (w.corpus_likelihood, w.corpus_log_likelihood)),
        *(f(plan) for f in (w.count_likelihood, w.count_log_likelihood, w.guess_likelihood)),
        w.window_counts(plan, window), w.window_ratio(plan, window), w.window_probability(end, plan, window),
    ]  # fmt: skip
    noise = w.unigram_noise(corpus.vocabulary.counts)
    example = w.Example((0,), 1)
    yield "one update", [
        w.step(w.random_parameters(n_words, n_words, 5, 0.5, np.random.default_rng(2)), [example], w.Softmax(), 0.1),
        w.trace(end, example, w.NegativeSampling(2, noise), draws=[3, 4]),
        w.prediction(end, (1,), w.Softmax()),
        w.huffman_tree(corpus.vocabulary.counts.tolist()), w.HierarchicalSoftmax(corpus.vocabulary.counts),
        w.Objective.__name__,
    ]  # fmt: skip
    network = w.SigmoidNetwork(rng.normal(size=(2, 3)), rng.normal(size=(3, 2)))
    yield "sigmoid network", [w.sigmoid_step(network, 0, 1, 0.5), w.sigmoid_trace(network, 1, 2)]

    # Pictures
    book = whole["softmax, float32, 20% aside"]
    vectors = book.parameters(book.best).V.astype(np.float64)
    first = w.tsne(vectors[:60], perplexity=9, seed=3)
    yield "t-SNE", [first, w.honesty(vectors[:60], first)]
    yield "t-SNE, gone on with", w.tsne(vectors[1:61], perplexity=30, seed=1, init=first)
    for name, rows in {
        "Barnes-Hut": vectors[:200], "equal rows": np.repeat(vectors[:2], 90, axis=0),
        "far apart": np.vstack([np.ones((5, 3)), [[1e300, 0, 0]]]), "one place": np.ones((6, 3)),
    }.items():  # fmt: skip
        yield f"t-SNE, {name}", w.tsne(rows, perplexity=9, seed=3)
    problems = []
    for rows, more in (
        (vectors[:3], {}), (np.full((9, 2), np.nan), {}), (vectors[:9], {"perplexity": 0}),
        (vectors[:9], {"init": np.ones((9, 3))}), (vectors[:9], {"seconds": 0}),
    ):  # fmt: skip
        try:
            w.tsne(rows, **{"perplexity": 5, "seed": 1} | more)
        except w.ProjectionError as problem:
            problems.append(str(problem))
    yield "what t-SNE refuses", problems
    basis = w.pca_basis(vectors)
    yield "PCA", [basis, w.align(basis(vectors), vectors[:, :2], scale=True)]
    yield "neighbors", [
        w.nearest(vectors, 5, 10), w.analogy(vectors, 1, 2, 3, 4), w.cosine_similarity(vectors, 7),
    ]  # fmt: skip

    from w2v.pictures.clusters import clusters  # public by its name, if not in w2v itself

    yield "clusters", clusters(vectors, 7)

    # Files
    table = w.vectors_of(run)
    files = {"text": w.word2vec_text(table), "binary": w.word2vec_binary(table), "run": w.saved_run(run)}
    yield "files", [files, w.projector_files(table), w.projector_zip(table)]
    yield "read again", [
        w.read_vectors(files["binary"]), w.read_word2vec(files["text"]), w.read_saved_run(files["run"]),
        w.read_projector(w.projector_files(table)), w.vectors_of(book),
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "vectors.vec")
        path.write_bytes(files["text"])
        yield "loaded", w.load_vectors(path)
        yield from commands({"whole": large, "negative": large, "steps": small}, Path(folder))


def commands(texts: Mapping[str, str], folder: Path) -> Iterator[tuple[str, Any]]:
    """What the command line makes of a text for each way to train."""
    from w2v.cli.command_line import main

    options = {"whole": ("--max-passes", 2), "negative": ("--whole", "--objective", "negative", "--max-passes", 2)}
    options["steps"] = ("--steps", "--epochs", 2)
    pairs = folder / "pairs.tsv"
    pairs.write_text("first\tsecond\tscore\n" + "".join(f"w{i}\tw{i + 1}\t{i}\n" for i in range(9)), encoding="utf-8")

    def command(*words: object) -> str:
        printed, said = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(said):
            code = main([str(word) for word in words])
        if code:
            raise AssertionError(f"{words[0]} ended with {code}: {said.getvalue()}")
        return printed.getvalue()

    for name, text in texts.items():
        book, out, more = folder / f"{name}.txt", folder / f"{name}.vec", options[name]
        book.write_text(text, encoding="utf-8")
        command("train", book, "--min-count", 1, "--dim", 8, *more, "--out", out)
        yield f"train, {name}", out.read_bytes()
    book = folder / "whole.txt"
    command("train", book, "--min-count", 1, "--dim", 8, "--max-passes", 2, "--out", folder / "run.npz")
    command("train", "--go-on", folder / "run.npz", "--max-passes", 1, "--out", folder / "more.bin")
    yield "train, gone on with", (folder / "more.bin").read_bytes()
    out = folder / "whole.vec"
    yield "neighbors, said", command("neighbors", out, "w1", "w2")
    yield "analogy, said", command("analogy", out, "w1", "w2", "w3")
    yield "evaluate, said", command("evaluate", out, pairs)


def everything() -> dict[str, Any]:
    """What came of it, each to the last bit, by its name; the public names left out; and how many threads there are."""
    import w2v

    public, made = Public(w2v), {}
    for name, value in results(public):
        digest = hashlib.sha256()
        feed(digest, value, public)
        made[name] = digest.hexdigest()
    left_out = sorted(set(w2v.__all__) - public.used)
    return {"results": made, "left out": left_out, "threads": threading.active_count()}


def main() -> None:
    """Run everything and print it."""
    if sys.argv[1:] == ["alone"]:
        stay_alone()
    print(json.dumps(everything()))


if __name__ == "__main__":
    main()
