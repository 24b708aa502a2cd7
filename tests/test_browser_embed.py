"""One picture with its transport in a frame of a course page, which comes from another site."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser import Server, Watch
from tests.browsing import SLOW

pytestmark = pytest.mark.browser

COURSE = """<!doctype html><title>Course</title>
<button id="before">Before</button>
<iframe src="{address}" title="Words on the map" width="600" height="400" style="border: 0"></iframe>
<button id="after">After</button>
<script>
{script}
</script>"""
README = Path(__file__).parent.parent / "README.md"
SCROLLED = """() => [...document.querySelectorAll("*")].filter((one) =>
    /auto|scroll/.test(getComputedStyle(one).overflow) && one.checkVisibility() && one.clientHeight > 50
    && (one.scrollHeight > one.clientHeight || one.scrollWidth > one.clientWidth)).map((one) => one.className)"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and prints nothing."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def script_of_readme() -> str:
    """The lines with which a course page makes room, as README has them."""
    return README.read_text(encoding="utf-8").split("<script>\n")[1].split("</script>")[0]


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Call it with an address of the app for that of a course page that frames it, on another host."""
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def write(address: str) -> str:
            html = COURSE.format(address=address.replace("&", "&amp;"), script=script_of_readme())
            (tmp_path / "index.html").write_text(html, encoding="utf-8")
            return f"http://127.0.0.1:{server.server_port}/"

        yield write
        server.shutdown()


def framed(page: Page) -> Frame:
    """The app in the frame, drawn and at rest."""
    handle = page.locator("iframe").element_handle(timeout=SLOW)
    frame = handle.content_frame()
    assert frame is not None
    frame.locator(".w2v-player").wait_for(timeout=SLOW)
    return frame


def at(frame: Frame, t: int) -> None:
    expect(frame.locator(".w2v-player")).to_have_attribute("data-t", str(t), timeout=SLOW)
    frame.wait_for_url(lambda url: f"t={t}&" in url and "embed=true" in url, timeout=SLOW)  # Python knows it


def test_a_picture_in_a_course_page_of_another_site(
    new_page: Callable[..., Page], app_server: Server, watch: Watch, course: Callable[[str], str]
) -> None:
    watch.allow(r"http://127\.0\.0\.1")
    page = new_page(has_touch=True)
    query = "preset=royal&epochs=5&t=70&word=king"
    page.goto(course(f"{app_server.url}/training?{query}&embed=true"))
    frame = framed(page)
    expect(frame.locator('[data-action="play"]')).to_be_visible(timeout=SLOW)
    expect(frame.locator(".w2v-map-canvas")).to_be_visible()
    frame.wait_for_function("window.innerHeight === 400")
    expect(page.locator("iframe")).to_have_js_property("height", "400")
    assert frame.evaluate(SCROLLED) == []
    for other in ("stHeader", "stTopNavLink", "stPopover", "stHeading"):
        expect(frame.get_by_test_id(other).first).not_to_be_in_viewport()

    # by keyboard: in, along, and out again
    page.locator("#before").focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        if frame.evaluate("document.activeElement?.shadowRoot?.activeElement?.className") == "w2v-player":
            break
    page.keyboard.press("ArrowRight")
    at(frame, 71)
    page.keyboard.press("p")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "after":
            break
    expect(page.locator("#after")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("iframe")).to_be_focused()

    # by mouse and by touch
    frame.locator('[data-action="forward"]').click()
    at(frame, 72)
    frame.locator('[data-action="forward"]').tap()
    at(frame, 73)
    assert "present" not in frame.url, "P is no key of a frame"

    # a frame that is too small gets room
    page.goto(course(f"{app_server.url}/map?{query}&embed=true"))
    page.locator("iframe").evaluate("frame => { frame.height = 150; frame.src = frame.src; }")
    frame = framed(page)
    frame.wait_for_function("window.innerHeight > 250")
    expect(frame.locator('[data-action="play"]')).to_be_in_viewport(ratio=1)
    assert frame.evaluate(SCROLLED) == []
