"""The child process in which scikit-learn's t-SNE runs, so that a crash or a long run cannot hurt the app.

Run as a script by `w2v.pictures.tsne`. Arrays arrive on standard input and the result leaves on standard
output in NumPy's .npy format, without pickle:

in    settings (6,): perplexity, early exaggeration, learning rate, iterations, exact (1 or 0), seconds
      matrix (n, dim) and start (n, 2), float64
out   points (n, 2), float64

Exit code 3 means that scikit-learn is not installed. Everything printed goes to standard error.
"""

import io
import os
import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

NO_SKLEARN = 3  # exit code


def _limit(seconds: float) -> None:
    """Leave no core file after a crash, and end by itself if the parent is gone and cannot end it."""
    try:
        import resource  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cpu = int(seconds) + 2
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
    sys.modules["pandas"] = None  # type: ignore[assignment]
    import sklearn.manifold  # noqa: F401

    del sys.modules["pandas"]


def _main() -> int:
    answer = os.fdopen(os.dup(1), "wb")  # keep the real output for the result alone
    os.dup2(2, 1)
    received = io.BytesIO(sys.stdin.buffer.read())
    settings, matrix, start = (np.load(received, allow_pickle=False) for _ in range(3))
    _limit(float(settings[-1]))
    try:
        _import_without_pandas()
        points = embed(settings, matrix, start)
    except ImportError:
        return NO_SKLEARN
    packed = io.BytesIO()  # np.save cannot write to a pipe
    np.save(packed, points, allow_pickle=False)
    with answer:
        answer.write(packed.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(_main())
