"""What a pasted book costs: time for its owner, time for all others, and memory.

Starts the real app on a free port of this computer and visits it over its websocket, without a browser:
1. one visitor alone pastes a book of 1.9 MB and trains it as a whole: how long until the page says what can be done
   with it, and until the first picture of the training;
2. what the server holds for each of a few such visitors, and what is left of that when they choose a short text again;
3. 25 visitors step through their runs every 2 seconds while 5 others paste a book each, all at the same moment, and
   train it: how long the 25 wait for their answers. Counted from the moment of the planned click, as in `server.py`.
"""

import asyncio
import os
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench._book import book
from bench._report import Figure, quantile, show
from bench.client import Visitor, visit
from bench.server import PAGES, Clicks, arrive, complain, cpu_seconds, processor, resident_megabytes
from tests.browser import Server, run_server
from w2v import PRESETS

STEPPERS, PASTERS = 25, 5
EVERY = 2.0  # seconds between two clicks of one visitor
LATENCY_TARGET = 0.5  # seconds
PICTURE_TARGET = 3.0  # seconds
MEMORY_TARGET = 70.0  # MB, of which up to 30 are the passes that one can go back to
OWNERS = 3  # sessions with a book whose memory is measured
BACK = PRESETS["royal"].title  # the text that is chosen afterwards
LIMIT = 400.0  # seconds, for each part
TRAINED = 15.0  # seconds from the paste of a book whose memory is measured until its training is stopped
WATCHED = 40.0  # the same while others step


@dataclass
class Owner:
    """How it went for one who pasted a book, in seconds since the paste; None for what did not come."""

    cut: float | None = None  # until the page was there again
    picture: float | None = None  # the first one of the training
    stopped: float | None = None  # when its training was over


@dataclass
class Watched:
    """What the steppers saw.

    answers : (when the answer came, how long it took) of each click, seconds
    """

    answers: list[tuple[float, float]] = field(default_factory=list)
    over: bool = False


def main(*only: str) -> list[Figure]:
    """Measure and print; return the figures. With names of parts only these."""
    figures: list[Figure] = []
    with TemporaryDirectory() as folder:
        for number, part in enumerate((alone, memory, five_at_once)):
            if only and part.__name__ not in only:
                continue
            with run_server(Path(folder) / f"server{number}.log") as server:
                found = asyncio.run(asyncio.wait_for(part(server), LIMIT))
                tracebacks = server.new_errors()
                found.append(Figure(f"{part.__name__}: tracebacks the server printed", len(tracebacks), "", 0))
                complain(tracebacks)
                show(found)
                figures += found
    return figures


async def paste_and_train(visitor: Visitor, text: str, seconds: float) -> Owner:
    """Paste a text that is too long for steps, take the offer, watch its training until then, and stop it."""
    owner, begun = Owner(), time.perf_counter()
    try:
        await visitor.put("pasted", text)
        owner.cut = time.perf_counter() - begun
        await visitor.press("watch")
        while not visitor.has_picture:
            await visitor.wait_a_turn()
        owner.picture = time.perf_counter() - begun
        while visitor.waits and time.perf_counter() < begun + seconds:
            await visitor.wait_a_turn()
        if visitor.waits:
            await visitor.press("stop_passes")
        while visitor.waits:
            await visitor.wait_a_turn()
        owner.stopped = time.perf_counter() - begun
    except (OSError, RuntimeError, TimeoutError, KeyError) as problem:
        visitor.errors.append(f"book: {type(problem).__name__}: {problem}")
    complain(visitor.errors)
    return owner


async def alone(server: Server) -> list[Figure]:
    """One visitor on a server that has nothing else to do, the second one it sees."""
    owners, spent = [], []
    for seed in (1, 2):
        async with visit(server.url) as visitor:
            await visitor.look_at("text")
            before = cpu_seconds(server.pid)
            owners.append(await paste_and_train(visitor, book(seed), 0.0))
            after = cpu_seconds(server.pid)
            spent.append(None if before is None or after is None else after - before)
    owner = owners[1]
    return [
        Figure("a book alone: from the paste to a page that says what it is", owner.cut, "s"),
        Figure("a book alone: from the paste to the first picture of its training", owner.picture, "s", PICTURE_TARGET),
        Figure("a book alone: processor used until then", spent[1], "s"),
    ]


async def memory(server: Server) -> list[Figure]:
    """Several owners of trained books: what each adds, and what is left when they have gone back to a preset."""
    async with AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(visit(server.url)) for _ in range(OWNERS + 1)]
        for visitor in visitors:
            await visitor.open("training")
            await visitor.look_at("text")
        await paste_and_train(visitors[0], book(1), TRAINED)  # what is needed once for all books
        await visitors[0].look_at("text")
        await visitors[0].put("preset", BACK)
        await asyncio.sleep(1.0)
        before = resident_megabytes(server.pid)
        for seed, visitor in enumerate(visitors[1:], 2):
            await paste_and_train(visitor, book(seed), TRAINED)
        await asyncio.sleep(1.0)
        await asyncio.sleep(1.0)
        held = resident_megabytes(server.pid)
        for visitor in visitors[1:]:
            await visitor.look_at("text")
            await visitor.put("preset", BACK)
        await asyncio.sleep(3.0)  # a second for what was asked before, and one more for what was asked meanwhile
        left = resident_megabytes(server.pid)
        for visitor in visitors:
            complain(visitor.errors)

    def each(megabytes: float | None) -> float | None:
        return None if megabytes is None or before is None else (megabytes - before) / OWNERS

    return [
        Figure("a session with a trained book: memory of the server", each(held), "MB", MEMORY_TARGET),
        Figure("the same after a short text was chosen again", each(left), "MB", 5.0),
    ]


async def five_at_once(server: Server) -> list[Figure]:
    """25 step, 5 paste."""
    arrived, watched = Clicks(), Watched()
    books = [book(seed) for seed in range(1, PASTERS + 1)]
    async with AsyncExitStack() as stack:
        steppers = [await stack.enter_async_context(visit(server.url)) for _ in range(STEPPERS)]
        pasters = [await stack.enter_async_context(visit(server.url)) for _ in range(PASTERS)]
        pages = [list(PAGES)[i % len(PAGES)] for i in range(STEPPERS)]
        await asyncio.gather(*(arrive(v, page, arrived) for v, page in zip(steppers, pages)))
        for visitor in pasters:
            await visitor.look_at("text")
        await asyncio.sleep(1.0)
        begun, before = time.perf_counter(), processor(server.pid)
        clicking = asyncio.gather(*(step_on(v, i, begun + 0.1, watched) for i, v in enumerate(steppers)))
        await asyncio.sleep(EVERY)
        pasted = time.perf_counter()
        owners = await asyncio.gather(*(paste_and_train(v, text, WATCHED) for v, text in zip(pasters, books)))
        watched.over = True
        await clicking
        after, took = processor(server.pid), time.perf_counter() - begun
    complain(arrived.errors + [error for v in (*steppers, *pasters) for error in v.errors])
    share = others = None
    if before and after:
        share, ours, everybody = (b - a for a, b in zip(before, after))
        others = (everybody - share - ours) / took
        share = 100 * share / took
    cut = pasted + max(owner.cut or LIMIT for owner in owners)
    done = pasted + max(owner.stopped or LIMIT for owner in owners)
    figures = []
    for said, end in (("while five books are cut", cut), ("while five books are cut and trained", done)):
        some = [took for when, took in watched.answers if pasted <= when <= end + LATENCY_TARGET]
        times = [pasted, *sorted(when for when, _ in watched.answers if pasted <= when <= end), end]
        gap = max(b - a for a, b in zip(times, times[1:]))
        name = f"{STEPPERS} step {said}"
        figures += [
            Figure(f"{name}: 95 of 100 answered within", quantile(some or [LIMIT], 0.95), "s", LATENCY_TARGET),
            Figure(f"{name}: half answered within", quantile(some or [LIMIT], 0.5), "s"),
            Figure(f"{name}: the slowest answer", max(some, default=LIMIT), "s"),
            Figure(f"{name}: nobody had an answer for", gap, "s"),
        ]
    slowest = {what: max(getattr(owner, what) or LIMIT for owner in owners) for what in ("cut", "picture", "stopped")}
    return [
        *figures,
        Figure(f"{PASTERS} books at once: the last page is there after", slowest["cut"], "s"),
        Figure(f"{PASTERS} books at once: the last first picture is there after", slowest["picture"], "s"),
        Figure(f"{PASTERS} books at once: the last one has stopped its training after", slowest["stopped"], "s"),
        Figure(f"{PASTERS} books at once: processor the server used, of one core", share, "%"),
        Figure(f"{PASTERS} books at once: cores busy with other programs meanwhile", others, f"of {os.cpu_count()}"),
        Figure(f"{PASTERS} books at once: errors", sum(len(v.errors) for v in (*steppers, *pasters)), "", 0),
    ]


async def step_on(visitor: Visitor, number: int, begin: float, watched: Watched) -> None:
    """Click one step on at planned times until it is over."""
    planned, t = begin + EVERY * number / STEPPERS, 0
    while not watched.over:
        await asyncio.sleep(max(0.0, planned - time.perf_counter()))
        t = min(t + 1, visitor.n_steps)
        try:
            await visitor.go_to(t)
        except (OSError, RuntimeError, TimeoutError, AssertionError) as problem:
            visitor.errors.append(f"click: {type(problem).__name__}: {problem}")
            return
        watched.answers.append((time.perf_counter(), time.perf_counter() - planned))
        planned += EVERY


if __name__ == "__main__":
    main(*sys.argv[1:])
