"""Counting that is stopped keeps what it has and goes on from there; several processes count the same, one lost too."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.browser import ROOT
from tests.chores import Doubling
from tests.counted_cases import equal, prose, small_cells, stopped_after, streams
from w2v import CountSettings, count_texts
from w2v.counting.counting import MEMORY, Plan, counting
from w2v.counting.pieces import Spooled, Texts
from w2v.counting.sources import find_sources
from w2v.counting.tally import Tally
from w2v.files.counts_files import load_counts, load_tally, save_tally
from w2v.team import in_order

HOW = CountSettings(min_count=3)


def run_until(n_steps: int, texts: Texts, plan: Plan, begun: Tally | None) -> Tally:
    """Count, and stop after so many pieces."""
    tally = stopped_after(n_steps, counting(texts, plan, begun))
    assert tally is not None
    return tally


@pytest.mark.parametrize("vocabulary", [None, ("w2", "w1", "w3", "none")])
@pytest.mark.parametrize("is_stream", [False, True])
def test_what_is_stopped_goes_on_from_there(
    is_stream: bool, vocabulary: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_cells(monkeypatch)
    text, kept = tmp_path / "text.txt", tmp_path / "kept.npz"
    text.write_text(prose(120), encoding="utf-8")
    begun, n_stops = None, 0
    for n_stops in range(99):
        folder = tmp_path / str(n_stops)
        folder.mkdir()
        stream = Spooled("it", io.BytesIO(text.read_bytes()), folder / "spooled")
        texts = Texts([stream] if is_stream else find_sources([text]))
        begun = run_until(2, texts, Plan(HOW, vocabulary, 1, MEMORY, folder), begun)
        save_tally(kept, begun, replace=True)
        begun = load_tally(kept)
        if not begun.reached:
            break
        with pytest.raises(ValueError, match="stopped before its end"):
            load_counts(kept)
    assert n_stops > 2
    equal(begun.counted(), count_texts(text, HOW, vocabulary=vocabulary))


def test_what_was_stopped_does_not_go_on_with_something_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_cells(monkeypatch)
    text = tmp_path / "text.txt"
    text.write_text(prose(120), encoding="utf-8")
    plan, other = (Plan(how, None, 1, MEMORY, tmp_path) for how in (HOW, CountSettings(min_count=4)))
    in_words = run_until(2, Texts(find_sources([text])), plan, None)
    in_pairs = run_until(9, Texts(find_sources([text])), plan, None)
    assert [begun.reached and begun.reached.n_pass for begun in (in_words, in_pairs)] == [1, 2]
    for begun in (in_words, in_pairs):
        with pytest.raises(ValueError, match="other settings"):
            run_until(1, Texts(find_sources([text])), other, begun)
    text.write_text(prose(120, seed=1), encoding="utf-8")
    for begun in (in_words, in_pairs):
        with pytest.raises(ValueError, match="begun with other texts"):
            run_until(99, Texts(find_sources([text])), plan, begun)


def test_texts_that_change_while_they_are_counted_are_found_out(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text(prose(120), encoding="utf-8")
    work = counting(Texts(find_sources([text])), Plan(HOW, None, 1, MEMORY, tmp_path))
    next(work)
    text.write_text(prose(121), encoding="utf-8")
    with pytest.raises(ValueError, match="changed while they were counted"):
        for _ in work:
            pass


# --- processes --------------------------------------------------------------------------------------------------


def results(n: int, lost_at: int, tasks: Iterable[int]) -> tuple[list[int], set[bool]]:
    found = list(in_order(n, Doubling, (os.getpid(), lost_at), ((task, task) for task in tasks)))
    assert [mark for mark, _ in found] == list(tasks)
    return [result for _, (result, _) in found], {here for _, (_, here) in found}


def test_work_is_done_in_order_in_other_processes_and_here_when_one_is_lost() -> None:
    doubled = [2 * task for task in range(9)]
    assert results(2, -1, range(9)) == (doubled, {False})
    assert results(2, 4, range(9))[0] == doubled
    with pytest.raises(TypeError):
        results(2, 0, [0, None])  # type: ignore[list-item]  # what is raised there is raised here
    assert results(1, -1, range(9)) == (doubled, {True})
    assert results(2, -1, range(1)) == ([0], {True})


def test_a_program_that_would_fail_in_another_process_is_not_run_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "page.py"
    page.write_text("raise RuntimeError('a page of an app')\n")
    main = ModuleType("__main__")
    main.__file__ = str(page)
    monkeypatch.setitem(sys.modules, "__main__", main)
    assert results(2, -1, range(3)) == ([0, 2, 4], {False})
    assert sys.modules["__main__"] is main


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="only POSIX can do that")
def test_ctrl_c_reaches_no_other_process_not_even_the_first_one() -> None:
    code = (
        "from tests.chores import Hearing; from w2v.team import in_order\n"
        "print({heard for _, heard in in_order(2, Hearing, (), [(i, i) for i in range(9)])}, Hearing()(0))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "{False} True\n"


def test_where_no_process_can_be_started_the_calling_one_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", refuse)
    assert results(2, -1, range(3)) == ([0, 2, 4], {True})


def refuse(*_: object) -> None:
    raise OSError("no processes here")


def test_processes_count_what_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    small_cells(monkeypatch)
    equal(count_texts(streams([prose(60)]), HOW, processes=2), count_texts(streams([prose(60)]), HOW))
