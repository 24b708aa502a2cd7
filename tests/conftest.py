"""What all tests share: repeatable hypothesis runs; a server, a browser, watched pages for browser tests."""

import gc
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, nullcontext
from functools import cache
from itertools import groupby
from typing import Any

import hypothesis
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.browser import BRIEF_VISITS, NoBrowser, Server, Watch, find_browser, launch_arguments, run_server, screenshot
from tests.room import Measuring, Room, room_in

for library in ("OMP", "OPENBLAS", "MKL"):  # read when NumPy is first imported: one thread, as in the app
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

hypothesis.settings.register_profile(
    "w2v",
    deadline=None,  # a busy computer is not a failure
    max_examples=60,
    derandomize="CI" in os.environ,  # there the same examples every time; elsewhere new ones are tried
    print_blob=True,
)
hypothesis.settings.load_profile("w2v")

FAILED: pytest.StashKey[bool] = pytest.StashKey()

gc.disable()  # until all tests are collected: what is made meanwhile stays


def fixtures_of(item: pytest.Item) -> Sequence[str]:
    return getattr(item, "fixturenames", ())


def with_long_ones(tests: list[pytest.Item]) -> list[pytest.Item]:
    """These tests, the long ones of them early: at equal distances in the first half.

    Processes take dozens of tests at a time. Side by side, all long ones would be in one of them, which the others wait
    for at the end.
    """
    long = [test for test in tests if test.get_closest_marker("long")]
    others = [test for test in tests if test not in long]
    distance = len(others) // (2 * len(long) or 1)
    for number, test in enumerate(long):
        others.insert(number * (distance + 1), test)
    return others


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests late: they are slow, and Playwright's event loop stays in this thread from then on.

    Last those that measure time: where tests run in several processes, the others need not wait for them then.
    On a busy machine of a CI a browser is late at times: there a failure counts once it happens twice, and pytest's
    summary names what was tried again.
    """

    def late(item: pytest.Item) -> tuple[bool, bool]:
        return item.get_closest_marker("browser") is not None, "measuring" in fixtures_of(item)

    items.sort(key=late)
    items[:] = [item for _, group in groupby(items, key=late) for item in with_long_ones(list(group))]
    for item in items if "CI" in os.environ else ():
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_collection_finish() -> None:
    """What is here now stays to the end: garbage collection need not look through it after every test."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Leave a note on a failed test, so that its pages can be photographed before they close."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def trained_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has trained a shipped text before."""
    from pages.session import for_all

    monkeypatch.setattr(for_all, "trained", lambda _: None)


@pytest.fixture(scope="session", autouse=True)
def hypothesis_begins() -> None:
    """Have hypothesis make its random numbers before the app sets aside what garbage collection looks at.

    Later it would not find who holds them, and warn.
    """

    @hypothesis.given(hypothesis.strategies.none())
    def first(nothing: None) -> None: ...

    first()


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room | None:
    """The room of this run; None where there is one process, which is alone anyway."""
    several = "PYTEST_XDIST_WORKER" in os.environ
    return room_in(tmp_path_factory.getbasetemp().parent) if several else None  # a folder of all processes of this run


@pytest.fixture(autouse=True)
def turn(room: Room | None) -> Iterator[None]:
    """Wait while another test measures time."""
    if room:
        room.enter()
    yield
    if room:
        room.leave()


@pytest.fixture
def measuring(room: Room | None) -> Measuring:
    """What is done `with measuring():` is done while no other test works. Tests that ask for it come last."""
    return room.alone if room else nullcontext


@pytest.fixture(scope="session", autouse=True)
def quick_visits() -> Iterator[None]:
    """Every AppTest goes without what is the same each time."""
    from tests import apptests  # brings NumPy, which reads the settings above

    with pytest.MonkeyPatch.context() as patch:
        apptests.search_packages_once(patch)
        apptests.visit_a_server_that_was_visited(patch)
        apptests.wait_for_the_end(patch)
        apptests.keep_what_was_let_go_of(patch)
        yield


@pytest.fixture(scope="session")
def app_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, running once for all tests."""
    with run_server(tmp_path_factory.mktemp("server") / "log.txt") as server:
        yield server


@pytest.fixture
def fresh_server(tmp_path_factory: pytest.TempPathFactory, watch: Watch) -> Iterator[Callable[..., Server]]:
    """Call it for a server that nobody has visited yet: fresh_server("--server.some=option") -> Server."""
    with ExitStack() as stack:

        def start(*options: str) -> Server:
            log = tmp_path_factory.mktemp("fresh-server") / "log.txt"
            server = stack.enter_context(run_server(log, *options))
            watch.serve(server)
            return server

        yield start


@pytest.fixture(scope="session")
def browsers() -> Iterator[Callable[[bool], Browser]]:
    """Call it for a headless Chromium that stays open for the whole run: browsers(as a visitor's) -> Browser.

    Without any browser the tests fail with one sentence.
    """
    with sync_playwright() as playwright:
        opened: list[Browser] = []

        @cache
        def browser(usual: bool) -> Browser:
            path, problem = "", ""
            try:
                path = find_browser(playwright)
            except NoBrowser as none:
                problem = str(none)
            if problem:
                pytest.fail(problem, pytrace=False)
            switches = [*launch_arguments(), *(() if usual else BRIEF_VISITS)]
            opened.append(playwright.chromium.launch(executable_path=path, args=switches))
            return opened[-1]

        yield browser
        for each in opened:
            each.close()


@pytest.fixture
def browser(browsers: Callable[[bool], Browser], request: pytest.FixtureRequest) -> Browser:
    """The browser for this test: where time is measured, one that works as a visitor's does."""
    return browsers("measuring" in fixtures_of(request.node))


@pytest.fixture
def watch() -> Watch:
    """The watch over this test's pages: watch.allow("pattern") excuses an expected complaint."""
    return Watch()


OF_A_PAGE = ("color_scheme", "reduced_motion")  # what a page can be told, of what a context is made with


class Visitors:
    """Contexts of the browser, each for one visitor at a time, who leaves nothing behind in it but the app's own code.

    With that code at hand the next visitor's page opens in half the time: so one context serves all windows, themes
    and wishes for calm, which its page is told before it goes anywhere. A page that stays, an empty one, keeps the
    process alive in which Chromium then opens the others of this context: that spares a fifth of the work again.
    """

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser, self.server = browser, server
        self.free: dict[str, list[BrowserContext]] = {}

    def come(self, settings: dict[str, Any]) -> BrowserContext:
        """A context with these settings that nobody else is in."""
        free = self.free.setdefault(json.dumps(settings, sort_keys=True), [])
        if free:
            return free.pop()
        context = self.browser.new_context(**settings)
        context.new_page().goto(f"{self.server.url}/_stcore/health")
        return context

    def leave(self, settings: dict[str, Any], context: BrowserContext) -> None:
        """Take away all that was kept for this visitor."""
        for page in context.pages[1:]:
            if page.url.startswith("http"):
                page.evaluate("localStorage.clear()")
            page.close()
        context.clear_cookies()
        context.clear_permissions()
        self.free[json.dumps(settings, sort_keys=True)].append(context)


@pytest.fixture(scope="session")
def all_visitors() -> dict[Browser, Visitors]:
    """The visitors of all tests of this process, by their browser."""
    return {}


@pytest.fixture
def visitors(all_visitors: dict[Browser, Visitors], browser: Browser, app_server: Server) -> Visitors:
    """The visitors of this test's browser."""
    return all_visitors.setdefault(browser, Visitors(browser, app_server))


@pytest.fixture
def new_page(
    visitors: Visitors, app_server: Server, watch: Watch, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Call it for one more visitor: new_page(color_scheme="dark", viewport=...) -> a watched page.

    At the end of the test all pages are closed, and anything the watch did not allow fails the test.
    """
    watch.serve(app_server)
    here: list[tuple[dict[str, Any], BrowserContext, Callable[[], None]]] = []
    closed: list[BrowserContext] = []

    def open_context(viewport: ViewportSize | None = None, **options: Any) -> Page:
        wishes = {name: options.pop(name) for name in OF_A_PAGE if name in options}
        settings = {"viewport": {"width": 1440, "height": 900}, "locale": "en-US", **options}
        context = visitors.come(settings)
        context.once("close", lambda context: closed.append(context))
        here.append((settings, context, watch.follow(context)))
        page = context.new_page()
        if viewport:
            page.set_viewport_size(viewport)
        if wishes:
            page.emulate_media(**wishes)
        return page

    yield open_context
    failed = request.node.stash.get(FAILED, False)
    if failed:
        name = re.sub(r"[^\w.-]+", "_", request.node.name)
        for number, page in enumerate(page for _, context, _ in here for page in context.pages[1:]):
            screenshot(page, f"failed-{name}-{number}")
    for settings, context, end in here:
        if context in closed:
            continue
        if failed:  # nobody knows what state it is in
            context.close()
        else:
            end()
            visitors.leave(settings, context)
    if complaints := watch.complaints():
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page of 1440 x 900 that fails the test on console errors, page errors and requests elsewhere."""
    return new_page()
