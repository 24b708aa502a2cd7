"""Turns at the gate, and garbage that is not looked at again and again."""

import gc
import threading
import weakref
from collections.abc import Generator, Iterator

import pytest

from pages.session import garbage
from pages.session.garbage import give_back  # the app's own, which all other tests go without
from pages.session.gate import PASSED_OVER, Gate

PATIENCE = 20.0  # seconds until a test counts as stuck


def wait_until_waiting(gate: Gate, n: int) -> None:
    """Let other threads run until so many wait at the gate."""
    beat = threading.Event()
    for _ in range(int(PATIENCE / 0.005)):
        if gate.n_waiting >= n:
            return
        beat.wait(0.005)
    raise AssertionError(f"{gate.n_waiting} wait, not {n}")


def in_order_of_turns(gate: Gate, comers: list[tuple[str, bool]]) -> list[str]:
    """Let each come to the gate after the other while it is taken, open it, and return in which order they went in."""
    went_in: list[str] = []

    def come(name: str, patient: bool) -> None:
        with gate.turn(patient):
            went_in.append(name)

    threads = [threading.Thread(target=come, args=comer) for comer in comers]
    with gate.turn():
        for n, thread in enumerate(threads, 1):
            thread.start()
            wait_until_waiting(gate, n)
    for thread in threads:
        thread.join(PATIENCE)
    return went_in


def test_whoever_comes_first_goes_first() -> None:
    names = list("abcdefgh")
    assert in_order_of_turns(Gate(), [(name, False) for name in names]) == names
    assert in_order_of_turns(Gate(), [(name, True) for name in names]) == names


def test_patient_work_comes_after_others_but_comes() -> None:
    hurried = [f"h{i}" for i in range(PASSED_OVER + 3)]
    order = in_order_of_turns(Gate(), [("p", True), *((name, False) for name in hurried)])
    assert [name for name in order if name != "p"] == hurried
    assert order.index("p") == PASSED_OVER


def test_between_two_slices_another_gets_in_after_one_turn() -> None:
    """Cutting a book goes on for ever here: who comes meanwhile waits for the turn under way, not for the end."""
    gate, stop, go_on = Gate(), threading.Event(), threading.Semaphore(0)
    went_in: list[str] = []

    def endless(name: str) -> Generator[None, None, None]:
        while True:
            went_in.append(name)
            yield

    def cut(name: str) -> None:
        work = endless(name)
        while not stop.is_set():
            gate.go_on(work, seconds=0.0)

    def visit() -> None:
        with gate.turn():
            went_in.append("visitor")

    def shut(is_shut: threading.Event) -> None:
        with gate.turn():
            is_shut.set()
            assert go_on.acquire(timeout=PATIENCE)

    books = [threading.Thread(target=cut, args=(name,)) for name in "abc"]
    for book in books:
        book.start()
    try:
        for _ in range(5):
            is_shut = threading.Event()
            keeper = threading.Thread(target=shut, args=(is_shut,))
            keeper.start()
            assert is_shut.wait(PATIENCE)
            wait_until_waiting(gate, len(books))
            del went_in[:]
            visitor = threading.Thread(target=visit)
            visitor.start()
            wait_until_waiting(gate, len(books) + 1)
            go_on.release()
            visitor.join(PATIENCE)
            keeper.join(PATIENCE)
            assert sorted(went_in[: len(books)]) == list("abc"), "each book that came before has one turn"
            assert went_in[len(books)] == "visitor"
    finally:
        stop.set()
        go_on.release()
        for book in books:
            book.join(PATIENCE)


def test_the_gate_opens_again_after_an_error() -> None:
    gate = Gate()
    with pytest.raises(ZeroDivisionError):
        gate.do(lambda: 1 // 0)
    assert gate.do(lambda: 7) == 7


def counting(to: int) -> Generator[int, None, str]:
    yield from range(to)
    return "done"


def test_work_in_slices_is_done_turn_by_turn() -> None:
    gate, work = Gate(), counting(3)
    assert gate.go_on(work, seconds=0.0) == (0, None)
    assert gate.go_on(work, seconds=PATIENCE) == (2, "done")
    assert gate.go_on(work, seconds=PATIENCE) == (None, "done"), "who asks again does not wait for ever"
    assert gate.finish(counting(50)) == "done"


def test_work_that_failed_is_not_gone_on_with_for_ever() -> None:
    def fails() -> Iterator[int]:
        yield 1
        raise ValueError("no")

    gate, work = Gate(), fails()
    with pytest.raises(ValueError, match="no"):
        gate.finish(work)
    with pytest.raises(RuntimeError, match="failed before"):
        gate.go_on(work)
    assert gate.do(lambda: 3) == 3, "and the gate is open"


# --- garbage --------------------------------------------------------------------------------------------------


class Ring:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def fresh() -> Iterator[None]:
    before = gc.callbacks[:]
    yield
    gc.callbacks[:] = before
    gc.unfreeze()
    gc.collect()


def test_what_outlives_a_slow_collection_is_set_aside_and_looked_at_later(
    fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    garbage.spare_the_old()
    garbage.spare_the_old()
    assert [getattr(c, "__module__", None) for c in gc.callbacks].count(garbage.__name__) == 1
    gc.unfreeze()
    monkeypatch.setattr(garbage, "SLOW", 1e9)
    gc.collect()
    assert gc.get_freeze_count() == 0, "a quick collection sets nothing aside"
    monkeypatch.setattr(garbage, "SLOW", -1.0)
    ring = Ring()
    here = weakref.ref(ring)
    gc.collect(0)
    assert gc.get_freeze_count() == 0
    gc.collect()
    assert gc.get_freeze_count() > 1_000
    del ring
    gc.collect()
    assert here() is not None, "it is not looked at"
    garbage.collect_all()
    assert here() is None


def test_everything_is_looked_at_from_time_to_time_and_only_after_the_page_is_there(
    fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Semaphore(0)
    collected = garbage.collect_all

    def collect() -> None:
        collected()
        ended.release()

    monkeypatch.setattr(garbage, "give_back", give_back)
    monkeypatch.setattr(garbage, "SOON", 0.2)
    monkeypatch.setattr(garbage, "collect_all", collect)
    monkeypatch.setattr(garbage, "SECONDS", 0.0)
    garbage.collect_at_times()
    garbage.collect_at_times()
    assert not ended.acquire(blocking=False), "whoever asks does not wait for it"
    assert ended.acquire(timeout=PATIENCE)
    assert not ended.acquire(timeout=0.5), "two asked while it was to come"
    monkeypatch.setattr(garbage, "SECONDS", 3_600.0)
    garbage.collect_at_times()
    assert not ended.acquire(timeout=0.5), "a moment ago everything was looked at"


def test_memory_is_given_back_once_for_all_who_ask_and_once_more(fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks while somebody else waits may not have let go of everything when that one's turn comes."""
    done: list[int] = []
    ended = threading.Semaphore(0)

    def collect() -> None:
        done.append(1)
        ended.release()

    monkeypatch.setattr(garbage, "give_back", give_back)
    monkeypatch.setattr(garbage, "SOON", 0.05)
    monkeypatch.setattr(garbage, "collect_all", collect)
    garbage.give_back()
    assert ended.acquire(timeout=PATIENCE)
    assert not ended.acquire(timeout=0.3), "one asked, once is enough"
    for _ in range(5):
        garbage.give_back()
    assert ended.acquire(timeout=PATIENCE)
    assert ended.acquire(timeout=PATIENCE)
    assert not ended.acquire(timeout=0.3)
    assert done == [1, 1, 1]


def test_a_gate_is_free_while_nobody_works_or_waits() -> None:
    one = Gate()
    assert one.is_free
    with one.turn():
        assert not one.is_free
    assert one.is_free
