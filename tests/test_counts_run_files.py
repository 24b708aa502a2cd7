"""Runs of counts in files: what is read is what was written, and nothing else is read."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.test_counts_run import counted_text
from tests.test_whole_text import ROYAL, made_text
from w2v import CountsRun, load_vectors, read_vectors, saved_run, train_counts, train_whole_text
from w2v.config import Config
from w2v.files.archives import holds_run
from w2v.files.counts_run_files import SavedCountsRun, counts_run_bytes
from w2v.files.counts_run_reader import read_counts_run, read_run
from w2v.files.formats import save
from w2v.slices import finished
from w2v.whole.counts_run import config_of_counts

COUNTED = counted_text(ROYAL)
RUN = train_counts(COUNTED, dim=5, max_passes=6)
SAVED = counts_run_bytes(RUN)


def members_of(data: bytes) -> dict[str, Any]:
    with np.load(io.BytesIO(data)) as arrays:
        return {name: arrays[name] for name in arrays.files}


def packed(members: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    np.savez(file, **members)
    return file.getvalue()


def with_settings(**settings: Any) -> bytes:
    members = members_of(SAVED)
    about = json.loads(members["about"].tobytes()) | settings
    return packed(members | {"about": np.frombuffer(json.dumps(about).encode(), np.uint8)})


def test_a_run_comes_back_with_its_best_and_its_last_pass() -> None:
    saved = read_run(SAVED)
    assert isinstance(saved, SavedCountsRun)
    saved.check(COUNTED)
    assert (saved.config, saved.best, saved.midway) == (RUN.config, RUN.best, None)
    assert saved.vocabulary.words == RUN.vocabulary.words
    history = saved.history
    assert history.losses.tobytes() == RUN.losses.tobytes()
    assert history.heldout_losses.tobytes() == RUN.heldout_losses.tobytes()
    assert (history.l2, history.ended) == (RUN.l2, RUN.ended)
    assert [i for i, frame in enumerate(history.frames) if frame] == sorted({RUN.best, RUN.n_passes})
    assert (saved.word_vectors().vectors == RUN.parameters(RUN.best).V).all()
    more = finished(CountsRun.train(COUNTED, saved.config, start=history, max_passes=2))
    assert more.losses[:6].tobytes() == RUN.losses.tobytes()
    assert more.losses[-1] < RUN.losses[-1]


def test_a_checkpoint_comes_back_to_the_same_end() -> None:
    counted = counted_text(made_text(450, 4_000))
    config = config_of_counts(counted.settings, dim=6)
    known = finished(CountsRun.train(counted, config))
    training = CountsRun.train(counted, config)
    for _ in range(known.n_passes - 2):
        progress = next(training)
    saved = read_counts_run(counts_run_bytes(progress.so_far(), progress.midway()))
    assert saved.midway is not None
    resumed = finished(CountsRun.train(counted, config, start=saved.history, midway=saved.midway))
    assert resumed.losses.tobytes() == known.losses.tobytes()
    assert resumed.parameters(resumed.best).U.tobytes() == known.parameters(known.best).U.tobytes()


def test_it_is_read_as_vectors_and_saved_in_every_format(tmp_path: Path) -> None:
    assert not holds_run(SAVED), "there is no text in it to look at"
    assert holds_run(saved_run(train_whole_text(Config(ROYAL, dim=3), max_passes=1)))
    assert read_vectors(SAVED, limit=3).words == RUN.vocabulary.words[:3]
    for ending in ("npz", "txt", "bin", "tsv"):
        out = tmp_path / f"run.{ending}"
        save(RUN, out)
        vectors = load_vectors(out)
        assert vectors.words == RUN.vocabulary.words
        np.testing.assert_allclose(vectors.vectors, RUN.parameters(RUN.best).V, rtol=1e-5, atol=1e-6)


def test_other_counts_are_not_those_it_was_trained_on() -> None:
    saved = read_counts_run(SAVED)
    with pytest.raises(ValueError, match="trained on other counts than these"):
        saved.check(counted_text(ROYAL + " the king reigns"))


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"trainer": "whole"}, "does not say how"),
        ({"done": 7}, "does not say how"),
        ({"best": 99}, "does not say how"),
        ({"ended": "never"}, "does not say how"),
        ({"n_pairs": [1, "2"]}, "does not say how"),
        ({"kept": [0, 6]}, "does not say how"),
        ({"version": 99}, "another version"),
        ({"l2": "much"}, "'l2'"),
        ({"midway": {}}, "checkpoint"),
    ],
)
def test_what_makes_no_sense_is_refused(settings: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        read_counts_run(with_settings(**settings))


@pytest.mark.parametrize(
    ("member", "array"),
    [
        ("V", np.zeros((1, 2, 3), np.float32)),
        ("U", np.full_like(members_of(SAVED)["U"], np.nan)),
        ("word_counts", np.zeros(3)),
        ("word_counts", np.full(len(RUN.vocabulary), -1.0)),
        ("word_counts", np.full(len(RUN.vocabulary), 1e300)),
        ("losses", np.zeros(2)),
        ("words", np.frombuffer(b"\xff\xfe", np.uint8)),
    ],
)
def test_arrays_that_do_not_fit_are_refused(member: str, array: Any) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        read_counts_run(packed(members_of(SAVED) | {member: array}))


def test_a_checkpoint_that_makes_no_sense_is_refused() -> None:
    progress = next(CountsRun.train(COUNTED, RUN.config))
    members = members_of(counts_run_bytes(progress.so_far(), progress.midway()))
    assert read_counts_run(packed(members)).midway is not None
    about = json.loads(members["about"].tobytes())
    changes: list[dict[str, Any]] = [
        {"l2": float("nan")},
        {"history": 3},
        {"history": [["a", 1]]},
        {"_factors": [None]},
    ]
    for change in changes:
        wrong = about | {"midway": about["midway"] | {"stopping": about["midway"]["stopping"] | change}}
        settings = np.frombuffer(json.dumps(wrong).encode(), np.uint8)
        with pytest.raises(ValueError, match="does not say how far"):
            read_counts_run(packed(members | {"about": settings}))
    with pytest.raises(ValueError, match="does not belong to its words"):
        read_counts_run(packed(members | {"steps": members["steps"][:1]}))
