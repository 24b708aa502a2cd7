"""What a step costs the server, and whether it carries a class of 30.

Starts the real app on a free port of this computer and visits it over its websocket, without a browser:
1. one visitor takes 50 steps on each page that shows a moment, and the server's own processor time is counted;
2. 30 visitors click every 2 seconds for half a minute, half of them on each page: how long until the answer is
   complete, counted from the moment of the planned click, so that a late answer also delays the next one.
"""

import asyncio
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench._report import Figure, quantile, show
from bench.client import Visitor, visit
from tests.browser import Server, run_server

PAGES = {"training": "Training", "update": "One update"}
STEPS = 50
CPU_TARGET = 40.0  # ms
SESSIONS = 30
EVERY = 2.0  # seconds
SECONDS = 30.0
LATENCY_TARGET = 1.0  # seconds
LIMIT = 180.0  # seconds, for everything


@dataclass
class Clicks:
    """How the clicks of many visitors went."""

    arrivals: list[float] = field(default_factory=list)  # seconds until a first page was there
    latencies: list[float] = field(default_factory=list)  # seconds
    errors: list[str] = field(default_factory=list)


def main() -> list[Figure]:
    """Measure and print; return the figures."""
    figures = []
    with tempfile.TemporaryDirectory() as folder, run_server(Path(folder) / "server.log") as server:
        for page, title in PAGES.items():
            figures += asyncio.run(asyncio.wait_for(cost_of_a_step(server, page, title), LIMIT))
        figures += asyncio.run(asyncio.wait_for(class_of_thirty(server), LIMIT))
        tracebacks = server.new_errors()
    figures.append(Figure("tracebacks the server printed", len(tracebacks), "", 0))
    for line in sorted(set(tracebacks))[:5]:
        print(f"server: {line}")
    show(figures)
    return figures


async def cost_of_a_step(server: Server, page: str, title: str) -> list[Figure]:
    """One visitor steps forward through the middle of the default run."""
    async with visit(server.url) as visitor:
        await visitor.open(page)
        middle = visitor.n_steps // 2
        for t in range(middle - 5, middle):  # the first steps of a page compile and fill caches
            await visitor.go_to(t)
        await asyncio.sleep(0.5)
        received, cpu, walls = visitor.received, cpu_seconds(server.pid), []
        for t in range(middle, middle + STEPS):
            begun = time.perf_counter()
            await visitor.go_to(t)
            walls.append(time.perf_counter() - begun)
            await asyncio.sleep(0.05)  # the player waits longer than this before it reports
        await asyncio.sleep(0.5)  # what the server does after its answer counts too
        after = cpu_seconds(server.pid)
        complain(visitor.errors)
        each = None if cpu is None or after is None else 1000 * (after - cpu) / STEPS
        return [
            Figure(f"{title}: server CPU of one step", each, "ms", CPU_TARGET),
            Figure(f"{title}: until a single visitor's answer is complete", 1000 * quantile(walls, 0.5), "ms"),
            Figure(f"{title}: sent to the browser at each step", (visitor.received - received) / STEPS / 1e3, "kB"),
        ]


async def class_of_thirty(server: Server) -> list[Figure]:
    """All arrive at once, wait for their first page, and click."""
    clicks, memory = Clicks(), resident_megabytes(server.pid)
    share = others = None
    async with AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(visit(server.url)) for _ in range(SESSIONS)]
        pages = [list(PAGES)[i % len(PAGES)] for i in range(SESSIONS)]
        await asyncio.gather(*(arrive(v, page, clicks) for v, page in zip(visitors, pages)))
        more = resident_megabytes(server.pid)
        await asyncio.sleep(1.0)
        begun, before = time.perf_counter(), processor(server.pid)
        await asyncio.gather(*(click(visitor, i, begun + 0.1, clicks) for i, visitor in enumerate(visitors)))
        after, took = processor(server.pid), time.perf_counter() - begun
    for visitor in visitors:
        clicks.errors += visitor.errors
    complain(clicks.errors)
    if before and after:
        share, ours, everybody = (b - a for a, b in zip(before, after))
        others = (everybody - share - ours) / took
        share = 100 * share / took
    grown = None if memory is None or more is None else (more - memory) / SESSIONS
    name = f"{SESSIONS} visitors, {len(clicks.latencies)} clicks"
    return [
        Figure(f"{name}: 95 of 100 answered within", quantile(clicks.latencies or [LIMIT], 0.95), "s", LATENCY_TARGET),
        Figure(f"{name}: half answered within", quantile(clicks.latencies or [LIMIT], 0.5), "s"),
        Figure(f"{name}: the slowest answer", max(clicks.latencies, default=LIMIT), "s"),
        Figure(f"{name}: errors", len(clicks.errors), "", 0),
        Figure(f"{name}: processor the server used, of one core", share, "%"),
        Figure(f"{name}: cores busy with other programs meanwhile", others, f"of {os.cpu_count()}"),
        Figure(
            f"{SESSIONS} arrive at once: the last one's page is there after", max(clicks.arrivals, default=LIMIT), "s"
        ),
        Figure(f"{SESSIONS} arrive at once: memory of the server for each", grown, "MB", 20.0),
    ]


async def arrive(visitor: Visitor, page: str, clicks: Clicks) -> None:
    begun = time.perf_counter()
    try:
        await visitor.open(page)
        clicks.arrivals.append(time.perf_counter() - begun)
    except (OSError, RuntimeError, TimeoutError) as problem:
        clicks.errors.append(f"arriving: {type(problem).__name__}: {problem}")


async def click(visitor: Visitor, number: int, begin: float, clicks: Clicks) -> None:
    """Click at planned times: mostly one step on, every fifth time far away."""
    chance = random.Random(number)
    t = chance.randrange(max(1, visitor.n_steps))
    planned = begin + EVERY * number / SESSIONS
    for turn in range(int(SECONDS / EVERY)):
        await asyncio.sleep(max(0.0, planned - time.perf_counter()))
        t = chance.randrange(max(1, visitor.n_steps)) if turn % 5 == 4 else min(t + 1, visitor.n_steps)
        try:
            await visitor.go_to(t)
        except (OSError, RuntimeError, TimeoutError, AssertionError) as problem:
            clicks.errors.append(f"click: {type(problem).__name__}: {problem}")
            return
        clicks.latencies.append(time.perf_counter() - planned)
        planned += EVERY


def complain(errors: Sequence[str]) -> None:
    for error in sorted(set(errors))[:5]:
        print(f"error: {error}")


# --- what a process uses --------------------------------------------------------------------------------------


def cpu_seconds(pid: int) -> float | None:
    """Processor time a process and its ended children have used, in the system and out of it; None if unknown."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")  # utime stime cutime cstime
    except OSError:
        return _asked_of_ps(pid)


def processor(pid: int) -> tuple[float, float, float] | None:
    """Processor time of that process, of this one and of the whole computer; None where the system does not say."""
    try:
        everybody = Path("/proc/stat").read_text(encoding="utf-8").split("\n", 1)[0].split()[1:]
    except OSError:
        return None
    ticks = [int(part) for part in everybody]
    busy = sum(ticks[:8]) - ticks[3] - ticks[4]  # without idle and waiting for a disk
    theirs = cpu_seconds(pid)
    return None if theirs is None else (theirs, time.process_time(), busy / os.sysconf("SC_CLK_TCK"))


def _asked_of_ps(pid: int) -> float | None:
    """macOS and BSD: [[days-]hours:]minutes:seconds."""
    try:
        answer = subprocess.run(
            ["ps", "-o", "time=", "-p", str(pid)], capture_output=True, text=True, timeout=10, check=True
        ).stdout.strip()
        seconds = 0.0
        for part in answer.replace("-", ":").split(":"):
            seconds = seconds * 60 + float(part)
        return seconds
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def resident_megabytes(pid: int) -> float | None:
    """Memory a process holds; None where the system does not say."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return None


if __name__ == "__main__":
    main()
