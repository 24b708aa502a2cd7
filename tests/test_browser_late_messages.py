"""A page that is slow to hear from the server, and a visitor who does not wait for it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Server
from tests.browsing import SLOW, press, rests_at, turn_to, visit

pytestmark = pytest.mark.browser

# What comes from the server waits outside while `window.late` is true; `hear()` lets it in, one after the other.
LATE = """() => {
    const listen = WebSocket.prototype.addEventListener;
    const outside = [];
    window.late = false;
    window.quietFor = () => (outside.length ? performance.now() - outside.at(-1).came : 0); // milliseconds
    window.hear = async () => {
        for (let next = outside.shift(); next; next = outside.shift()) {
            next.hear(next.event);
            await new Promise((done) => setTimeout(done));
        }
        window.late = false;
    };
    WebSocket.prototype.addEventListener = function (name, hear, ...how) {
        const inTime = (event) => {
            if (window.late) outside.push({ hear, event, came: performance.now() });
            else hear(event);
        };
        return listen.call(this, name, name === 'message' ? inTime : hear, ...how);
    };
}"""


def test_a_page_is_left_again_before_all_of_it_was_heard(page: Page, app_server: Server) -> None:
    """Streamlit's client forgets what it was sent for a page three runs later, which may be just after it was counted
    on: the whole app would stop with a "Connection error" then."""
    page.add_init_script(f"({LATE})()")
    visit(page, app_server, preset="royal", epochs=2, t=41, word="king")
    turn_to(page, "Map")
    page.evaluate("window.late = true")
    page.get_by_test_id("stTopNavLink").filter(has_text="One update").click()
    page.wait_for_function("window.quietFor() > 500", timeout=SLOW)
    page.get_by_test_id("stTopNavLink").filter(has_text="Training").click()
    page.evaluate("window.hear()")
    here = page.locator('[data-testid="stTopNavLink"][aria-current="page"]')
    expect(here).to_contain_text("Training")
    rests_at(page, 41)


# What the browser tells the server is lost while `window.mute` is true, as what a busy server had no time for before
# the page was turned: it acts on the last wish only.
MUTE = """() => {
    const send = WebSocket.prototype.send;
    window.mute = false;
    window.lost = 0;
    WebSocket.prototype.send = function (message) {
        if (window.mute) window.lost += 1;
        else send.call(this, message);
    };
}"""


def test_the_next_page_goes_on_at_a_moment_of_which_the_server_had_no_time_to_hear(
    page: Page, app_server: Server
) -> None:
    page.add_init_script(f"({MUTE})()")
    visit(page, app_server, preset="royal", epochs=2, t=41, word="king")
    page.evaluate("window.mute = true")
    press(page, "forward")
    page.wait_for_function("window.lost > 0", timeout=SLOW)
    page.evaluate("window.mute = false")
    turn_to(page, "Map")
    rests_at(page, 42)
