"""The child process in which scikit-learn's t-SNE runs, so that a crash or a long run cannot hurt the app.

Run as a script by `w2v.pictures.tsne`, it draws one picture after another, for scikit-learn takes longer to come than
most pictures take. Messages arrive on standard input and answers leave on standard output, each after its length
(8 bytes, the least first), as arrays in NumPy's .npy format, without pickle:

in    settings (6,): perplexity, early exaggeration, learning rate, iterations, exact (1 or 0), seconds
      matrix (n, dim) and start (n, 2), float64
out   points (n, 2), float64

It ends when its input does, and when nobody has asked for `IDLE_SECONDS`. Exit code 3 means that scikit-learn is not
installed. Everything printed goes to standard error.
"""

import io
import os
import select
import sys
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

NO_SKLEARN = 3  # exit code
IDLE_SECONDS = 120.0


def _limit(seconds: float) -> None:
    """Leave no core file after a crash, and end by itself if the parent is gone and cannot end it."""
    try:
        import resource  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = int(used.ru_utime + used.ru_stime + seconds) + 2
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard == resource.RLIM_INFINITY or cpu <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, hard))


def embed(settings: NDArray[np.float64], matrix: NDArray[np.float64], start: NDArray[np.float64]) -> Any:
    """Return the points (n, 2) that t-SNE comes to; `_seconds` among the settings count for `_limit` alone.

    Raises ImportError without scikit-learn, and whatever that raises.
    """
    perplexity, exaggeration, learning_rate, iterations, exact, _seconds = settings.tolist()
    from sklearn.manifold import TSNE  # 1 to 2 s, and only where a picture is drawn

    model = TSNE(
        n_components=2,
        perplexity=perplexity,
        early_exaggeration=exaggeration,
        learning_rate=learning_rate,
        max_iter=int(iterations),
        init=start.astype(np.float32),
        method="exact" if exact else "barnes_hut",
        random_state=0,  # unused: the start is given
    )
    return np.asarray(model.fit_transform(matrix), dtype=np.float64)


def _import_without_pandas() -> None:
    """Import scikit-learn; that it finds no pandas, which it would look at and not use, saves a fifth of the time."""
    if "sklearn" not in sys.modules:
        sys.modules["pandas"] = None  # type: ignore[assignment]
        import sklearn.manifold  # noqa: F401

        del sys.modules["pandas"]


def _main() -> int:
    answers = os.fdopen(os.dup(1), "wb")  # keep the real output for the results alone
    os.dup2(2, 1)
    while message := _next_message():
        received = io.BytesIO(message)
        settings, matrix, start = (np.load(received, allow_pickle=False) for _ in range(3))
        _limit(float(settings[-1]))
        try:
            _import_without_pandas()
            points = embed(settings, matrix, start)
        except ImportError:
            return NO_SKLEARN
        packed = io.BytesIO()  # np.save cannot write to a pipe
        np.save(packed, points, allow_pickle=False)
        answers.write(packed.tell().to_bytes(8, "little") + packed.getvalue())
        answers.flush()
    return 0


def _next_message() -> bytes:
    """Wait for the next message and return it; b"" at the end of the input, or when none comes."""
    with suppress(OSError):  # where one cannot wait for a pipe (Windows), it goes on as long as its parent
        if not select.select([0], [], [], IDLE_SECONDS)[0]:
            return b""
    length = sys.stdin.buffer.read(8)
    return sys.stdin.buffer.read(int.from_bytes(length, "little"))


if __name__ == "__main__":
    sys.exit(_main())
