"""How smoothly the player plays in a real browser: its frames beside those of an empty page, and its answers.

Needs Chromium, Chrome or Edge; without one nothing is measured.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from bench._report import Figure, print_table, show
from tests.browser import PATIENCE, NoBrowser, Server, find_browser, launch_arguments, player, run_server
from tests.browsing import ask, open_text_page, paste, paste_over, text_box, watch_it_learn
from tests.test_browser_motion import FRAMES, SCRUB, TIMED, TO_REST, choose_speed
from tests.test_browser_texts import made_up_text

SECONDS = 5
TEXTS = {"50 words": (600, 50), "300 labelled words": (1500, 1200)}  # tokens, different words drawn from
LEAST = {"50 words": 55, "300 labelled words": 30}  # frames a second, of 60
PASTED = """box => {
    window.pasted = new Promise((done) => addEventListener("paste", () => {
        const begun = performance.now();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
    }, { capture: true, once: true }));
}"""
SPEEDS = {"1": "1 update a second", "epoch": "an epoch a second", "whole": "whole run in 20 s"}


def main() -> list[Figure]:
    """Measure and print; return the frame times as multiples of an empty page's, and the waiting times."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        try:
            path = find_browser(playwright)
        except NoBrowser as problem:
            print(problem)
            return [Figure("frame time while playing", None, "")]
        with run_server(Path(folder) / "log.txt") as server:
            figures = [*opening(playwright.chromium.launch, path, server)]
            browser = playwright.chromium.launch(executable_path=path, args=launch_arguments())
            figures += [*playing(browser, server), pasting(browser, server)]
            browser.close()
    show(figures)
    return figures


def opening(launch, path: str, server: Server) -> list[Figure]:  # type: ignore[no-untyped-def]
    """From the address to the first moving picture on Start, each time in a browser without a cache."""
    moving, framework = [], []
    for _ in range(4):
        browser = launch(executable_path=path, args=launch_arguments())
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(server.url, wait_until="commit")
        page.get_by_text("Watch a computer learn what words mean").wait_for()
        framework.append(page.evaluate("performance.now() / 1000"))
        page.locator('.w2v-player[data-playing="true"]:not([data-t="0"])').wait_for()
        moving.append(page.evaluate("performance.now() / 1000"))
        browser.close()
    rows = [[f"visit {i + 1}", f"{a:.2f} s", f"{b:.2f} s"] for i, (a, b) in enumerate(zip(framework, moving))]
    print_table(("a cold browser opens Start", "first words", "first moving picture"), rows)
    return [
        Figure("cold browser, first visitor: moving picture", moving[0], "s"),
        Figure("cold browser, server up: moving picture", statistics.median(moving[1:]), "s", 2.0),
        Figure("of which until Streamlit shows its first words", statistics.median(framework[1:]), "s"),
    ]


def playing(browser: Browser, server: Server) -> list[Figure]:
    figures, rows = [], []
    for name, (tokens, words) in TEXTS.items():
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(f"({TIMED})()")
        page.goto("about:blank")
        empty = page.evaluate(FRAMES, 2000)["frames"] / 2
        open_text_page(page, server)
        paste(page, made_up_text(tokens, words))
        watch_it_learn(page, patience=4 * PATIENCE)
        slowest = empty
        for speed, title in SPEEDS.items():
            choose_speed(page, speed)
            ask(page, "(p.goTo(0), p.play(), 1)")
            seen = page.evaluate(FRAMES, 1000 * SECONDS)
            ask(page, "p.pause() ?? 1")
            rate = seen["frames"] / SECONDS
            slowest = min(slowest, rate)
            rows.append([f"{name}, {title}", f"{rate:.0f}", f"{empty:.0f}", f"{seen['median']:.1f} ms"])
        figures.append(Figure(f"{name}: frame time, of an empty page's", empty / slowest, "", 60 / LEAST[name]))
        figures += waiting(page, name)
        page.close()
    print_table(("playing", "frames a second", "empty page", "work in a frame"), rows)
    return figures


def pasting(browser: Browser, server: Server) -> Figure:
    """How long a book that is pasted holds the browser up: the box of Text beside one on an empty page."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    book = made_up_text(180_000, 5_000).replace(" ", "\n")[:1_000_000]
    ours, bare = [], []
    for _ in range(3):
        open_text_page(page, server)
        ours.append(time_to_paste(text_box(page), book))
        page.set_content('<textarea rows="5" cols="80"></textarea>')
        bare.append(time_to_paste(page.locator("textarea"), book))
    page.close()
    rows = [[f"{a:.0f} ms", f"{b:.0f} ms"] for a, b in zip(ours, bare)]
    print_table(("a megabyte pasted into the box: next picture", "into a box on an empty page"), rows)
    return Figure(
        "a megabyte pasted: next picture, of an empty page's", statistics.median(ours) / statistics.median(bare), "", 1
    )


def time_to_paste(box: Locator, text: str) -> float:
    """Milliseconds from the paste to the next picture."""
    box.evaluate(PASTED)
    paste_over(box, text)
    return float(box.page.evaluate("window.pasted"))


def waiting(page: Page, name: str) -> list[Figure]:
    """How long until exact numbers after a pause, and until a picture after the scrubber moved."""
    pauses, scrubs = [], []
    for i in range(9):
        ask(page, "(p.play(), 1)")
        page.wait_for_timeout(100)
        pauses.append(player(page).evaluate(TO_REST)[1])
        scrubs.append(player(page).evaluate(SCRUB, 40 * i)["milliseconds"])
    return [
        Figure(f"{name}: from pause to exact numbers", statistics.median(pauses), "ms", 300),
        Figure(f"{name}: from scrubbing to the new picture", statistics.median(scrubs), "ms"),
    ]


if __name__ == "__main__":
    main()
