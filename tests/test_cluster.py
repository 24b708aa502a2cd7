"""Counting on a cluster is counting on one machine, also when one of its processes is killed in the middle."""

import gzip
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.counted_cases import equal, prose, stopped_after
from w2v import CountSettings, count_texts
from w2v.cli import count_command
from w2v.cli.command_line import main
from w2v.counting import blocks, on_cluster
from w2v.counting.blocks import blocks_of
from w2v.counting.counting import MEMORY, Plan, counting
from w2v.counting.on_cluster import ClusterPlan, Counting, counting_on_cluster
from w2v.counting.pieces import Texts
from w2v.counting.sources import find_sources
from w2v.counting.tally import Tally
from w2v.files.counts_files import load_counts, load_tally, save_tally
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


@pytest.mark.parametrize("vocabulary", [None, ("w2", "w1", "w3", "none")])
def test_what_is_stopped_goes_on_behind_the_blocks_that_were_added(
    vocabulary: tuple[str, ...] | None,
    cluster: "distributed.LocalCluster",
    books: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(on_cluster, "ROUND", 2)
    kept, how = tmp_path / "kept.npz", CountSettings(min_count=2)
    plan, sources = ClusterPlan(cluster.scheduler_address, how, vocabulary), find_sources([books])
    begun: Tally | None = None
    places, n_steps = [(0, 0)], 4
    while begun is None or begun.reached:
        found = stopped_after(n_steps, counting_on_cluster(sources, plan, [], begun))
        if found:
            save_tally(kept, found, replace=True)
            begun = load_tally(kept)
        place = (begun.reached.n_pass, begun.reached.n_tasks) if begun and begun.reached else places[-1]
        n_steps = n_steps + 1 if place == places[-1] else 4  # what was counted may not have been added yet
        places.append(place)
    equal(begun.counted(), count_texts(books, how, vocabulary=vocabulary))
    assert places == sorted(places)
    for n_pass in (1, 2) if vocabulary is None else (2,):
        assert any(place > (n_pass, 0) and place[0] == n_pass for place in places), places


def test_of_a_count_that_is_stopped_before_anything_was_added_nothing_is_kept(
    cluster: "distributed.LocalCluster", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 1)
    monkeypatch.setattr(on_cluster, "ROUND", 1000)  # what is added first is the sum of all of them
    text = tmp_path / "text.txt"
    text.write_text(prose(60_000), encoding="utf-8")
    assert len(blocks_of(find_sources([text]), None)) > 100
    for vocabulary in (None, ("w2", "w1")):
        plan = ClusterPlan(cluster.scheduler_address, CountSettings(), vocabulary)
        assert stopped_after(1, counting_on_cluster(find_sources([text]), plan, [])) is None


def test_what_was_stopped_does_not_go_on_with_something_else(
    cluster: "distributed.LocalCluster", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_cluster, "ROUND", 1)
    text, how = tmp_path / "text.txt", CountSettings(min_count=2)
    text.write_text(prose(15_000), encoding="utf-8")
    sources, plan = find_sources([text]), ClusterPlan(cluster.scheduler_address, how)
    begun, n_steps = None, 3
    while begun is None:
        begun, n_steps = stopped_after(n_steps, counting_on_cluster(sources, plan, [])), n_steps + 1
    assert begun.reached
    with pytest.raises(ValueError, match="begun with other settings"):
        next(counting_on_cluster(sources, ClusterPlan(plan.address, CountSettings()), [], begun))
    with pytest.raises(ValueError, match="begun with a cluster: remove it"):
        next(counting(Texts(sources), Plan(how, None, 1, MEMORY, tmp_path), begun))
    elsewhere = begun.reached._replace(digest="0", whole="0")
    with pytest.raises(ValueError, match="begun with one machine alone: remove it"):
        all(counting_on_cluster(sources, plan, [], replace(begun, reached=elsewhere)))
    text.write_text(prose(15_001), encoding="utf-8")
    with pytest.raises(ValueError, match="begun with other texts, or these have changed"):
        all(counting_on_cluster(sources, plan, [], begun))


def test_ctrl_c_keeps_what_was_counted_and_the_same_command_goes_on(
    cluster: "distributed.LocalCluster",
    books: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(on_cluster, "ROUND", 1)
    out = tmp_path / "counts.npz"
    command = ["count", str(books), "--min-count", "2", "--scheduler", cluster.scheduler_address, "--out", str(out)]

    def interrupted(*arguments: Any) -> Counting:
        work, sent, n = counting_on_cluster(*arguments), None, 0
        while True:
            try:
                progress = work.send(sent)
            except StopIteration as end:
                return end.value
            n += progress.n_pass == 2
            if n == 9:
                signal.raise_signal(signal.SIGINT)
            sent = yield progress

    with monkeypatch.context() as patch:
        patch.setattr(count_command, "counting_on_cluster", interrupted)
        assert main(command) == 130
    assert "what was counted is kept in " in capsys.readouterr().err
    assert not out.exists()
    assert main(command) == 0
    equal(load_counts(out), count_texts(books, CountSettings(min_count=2)))
    assert [path.name for path in tmp_path.iterdir()] == ["counts.npz"]


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
    monkeypatch.setattr(on_cluster, "PACKAGE", "not_on_these_machines")
    assert main(["count", __file__, "--scheduler", cluster.scheduler_address, *out]) == 1
    assert "needs this package: pip install" in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


def test_the_first_machine_is_waited_for_and_waiting_can_be_stopped(books: Path) -> None:
    how, sources = CountSettings(min_count=2), find_sources([books / "0.txt"])
    with distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as cluster:
        plan = ClusterPlan(cluster.scheduler_address, how)
        assert stopped_after(3, counting_on_cluster(sources, plan, [])) is None
        work = counting_on_cluster(sources, plan, [])
        assert [next(work).n_tokens for _ in range(3)] == [0, 0, 0]
        cluster.scale(1)
        try:
            while next(work):
                pass
        except StopIteration as end:
            equal(end.value.counted(), count_texts(books / "0.txt", how))
