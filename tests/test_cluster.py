"""Counting on a cluster is counting on one machine, also when one of its processes is killed in the middle."""

import gzip
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.counted_cases import equal, prose
from w2v import CountSettings, count_texts
from w2v.cli.command_line import main
from w2v.counting import on_cluster
from w2v.counting.on_cluster import ClusterPlan, blocks_of, counting_on_cluster
from w2v.counting.sources import find_sources
from w2v.files.counts_files import load_counts
from w2v.reading import text_cells

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'dask[distributed]'")
pytestmark = pytest.mark.filterwarnings("default")  # what Dask warns of is not ours


CELL = 2**14


class SmallCells(distributed.WorkerPlugin):  # type: ignore[misc]  # in the processes of the cluster
    def setup(self, worker: object) -> None:
        text_cells.CELL, text_cells.REACH = CELL, CELL // 4


@pytest.fixture(scope="module")
def cluster() -> Iterator["distributed.LocalCluster"]:
    """Two processes, in which cells are small."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))  # a test of a page may have left that there
        with distributed.LocalCluster(2, processes=True, threads_per_worker=1, dashboard_address=None) as cluster:
            with distributed.Client(cluster) as client:
                client.register_plugin(SmallCells())
            yield cluster


@pytest.fixture(autouse=True)
def small_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_cells, "CELL", CELL)
    monkeypatch.setattr(text_cells, "REACH", CELL // 4)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts: a long one, one in one line, one that is packed, and some short ones."""
    folder = tmp_path_factory.mktemp("books")
    for seed in range(6):
        (folder / f"{seed}.txt").write_text(prose(40, seed), encoding="utf-8")
    (folder / "long.txt").write_text(prose(15_000, 9), encoding="utf-8")
    (folder / "line.txt").write_text(prose(1, 9, length=60_000), encoding="utf-8")
    (folder / "packed.txt").write_bytes(gzip.compress(prose(9_000, 10).encode()))
    return folder


def test_a_process_that_is_killed_in_the_middle_changes_nothing(
    cluster: "distributed.LocalCluster", books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(blocks_of(find_sources([books]), None)) > 10
    pids = [worker.pid for worker in cluster.workers.values()]
    how = CountSettings(min_count=2)
    assert len(pids) == 2
    work = counting_on_cluster(find_sources([books]), ClusterPlan(cluster.scheduler_address, how), [])
    try:
        while progress := next(work):
            if progress.n_pass == 2 and pids:
                os.kill(pids.pop(), signal.SIGKILL)
                pids.clear()
    except StopIteration as end:
        assert not pids
        equal(end.value.counted(), count_texts(books, how))


def test_the_command_counts_on_a_cluster(
    cluster: "distributed.LocalCluster", books: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, there = tmp_path / "counts.npz", ("--scheduler", cluster.scheduler_address)
    assert main(["count", f"file://{books}/*.txt", *there, "--limit", "30", "--out", str(out)]) == 0
    equal(load_counts(out), count_texts(books / "*.txt", CountSettings(most_words=30)))
    (tmp_path / "bad.txt").write_bytes(b"caf\xe9")
    capsys.readouterr()
    bad = ("count", str(tmp_path / "bad.txt"), str(books / "0.txt"), *there, "--out", str(tmp_path / "bad.npz"))
    assert main([*bad]) == 1
    assert "bad.txt: This file is not valid UTF-8" in capsys.readouterr().err
    assert not (tmp_path / "bad.npz").exists()
    assert main([*bad, "--skip-unreadable"]) == 0
    assert "Left out: " in capsys.readouterr().err
    equal(load_counts(tmp_path / "bad.npz"), count_texts(books / "0.txt"))


def test_what_a_cluster_cannot_do_is_one_sentence(
    cluster: "distributed.LocalCluster",
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = ("--out", str(tmp_path / "counts.npz"))
    assert main(["count", "-", "--scheduler", cluster.scheduler_address, *out]) == 1
    assert capsys.readouterr().err == "Standard input cannot be counted on a cluster: save it as a file there.\n"
    monkeypatch.setattr(on_cluster, "SECONDS", 0.1)
    assert main(["count", __file__, "--scheduler", "tcp://127.0.0.1:1", *out]) == 1
    assert capsys.readouterr().err.startswith("There is no Dask scheduler at tcp://127.0.0.1:1: ")
