"""Guides and presentation in a real browser: the strip, the ring, the keys, and the way out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Locator, Page, ViewportSize, expect

from pages.parts.guides.parts import RINGED
from pages.parts.guides.questions import QUESTIONS, Question
from pages.parts.guides.tour import TOUR
from tests.browser import Server, open_page, player, wait_idle, wait_player
from tests.browsing import (
    FOX,
    SLOW,
    data,
    last_update,
    link_says,
    open_text_page,
    paste,
    press,
    text_box,
    turn_to,
    visit,
    watch_it_learn,
)

SIZES = [(1440, 900), (1024, 768)]
PHONE: ViewportSize = {"width": 390, "height": 844}
PATHS = {"start": "/", "text": "/text", "training": "/training", "map": "/map", "update": "/update"}

pytestmark = pytest.mark.browser


def strip(page: Page) -> Locator:
    return page.locator(".st-key-guide")


def says(page: Page, sentence: str) -> None:
    """The strip says this, in large type."""
    said = page.locator(".st-key-guide_says").get_by_text(sentence, exact=True)
    expect(said).to_be_visible(timeout=SLOW)
    assert said.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 24


def ring(page: Page) -> Locator:
    return page.locator(".w2v-ring")


# Whether the ring is drawn around the part: how far its edges are from those of all that belongs to it, in sight.
AROUND = """([selector, slack]) => {
    const roots = [document, ...[...document.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean)];
    const parts = roots.flatMap(root => [...root.querySelectorAll(selector)]).filter(e => e.getClientRects().length);
    const ring = document.querySelector('.w2v-ring');
    if (!parts.length || !ring || ring.hidden) return false;
    const [box, boxes] = [ring.getBoundingClientRect(), parts.map(part => part.getBoundingClientRect())];
    const near = (a, b) => Math.abs(a - b) < slack;
    return near(box.left, Math.min(...boxes.map(b => b.left))) && near(box.right, Math.max(...boxes.map(b => b.right)))
        && near(box.top, Math.min(...boxes.map(b => b.top)))
        && box.height > 60 && box.top >= 0 && box.bottom <= innerHeight + 10 && box.right <= innerWidth + 10;
}"""


# Whether nothing is drawn where the loss comes to lie, right of the clock and above the epochs.
IS_LOWER_HALF_EMPTY = """(wanted) => {
    const [player] = [...document.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean)
        .map(root => root.querySelector('.w2v-loss canvas')).filter(Boolean);
    const [w, h] = [player.width, player.height];
    const area = [0.4 * w, 0.55 * h, 0.5 * w, 0.25 * h].map(Math.round);
    const pixels = new Uint32Array(player.getContext('2d').getImageData(...area).data.buffer);
    return pixels.every(pixel => pixel === pixels[0]) === wanted;
}"""


def is_ringed(page: Page, part: str) -> None:
    page.wait_for_function(AROUND, arg=[RINGED[part], 12], timeout=SLOW)


def resize(page: Page, width: int, height: int) -> None:
    """Give the window this size, if it has another, and wait until the page has followed."""
    if page.viewport_size != {"width": width, "height": height}:
        page.set_viewport_size({"width": width, "height": height})
        wait_idle(page)


def by_turns(number: int) -> list[tuple[int, int]]:
    """Both sizes: the large one is the first with odd numbers, the small one with even ones."""
    return SIZES if number % 2 else SIZES[::-1]


@pytest.mark.long
def test_each_of_the_nine_keeps_its_question_and_rings_what_answers_it_at_both_sizes(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    page = new_page(reduced_motion="reduce")
    open_page(page, f"{app_server.url}/teach")
    page.get_by_role("button", name="Show it").first.click()
    for number, shown in enumerate(QUESTIONS, 1):
        before = {}
        for size in by_turns(number):  # the one in which the question was asked comes first
            resize(page, *size)
            says(page, shown.says)
            link_says(page, guide=f"teach-{number}")
            wait_player(page)
            before[size] = keeps_its_answer(page, shown, size[1])
        answers_only_when_asked(page, number, revealed=False)
        if number == 1:
            resize(page, **PHONE)
        if number % 2:
            page.keyboard.press("Enter")
        else:
            strip(page).get_by_role("button", name="Reveal").click()
        if number == 1:
            has_its_buttons_below_the_sentence(page)
            page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")  # as far as to the ring
        for size in reversed(before):
            resize(page, *size)
            is_ringed(page, shown.part)
            expect(strip(page).get_by_text("Let everybody commit")).to_have_count(0)
            assert strip(page).bounding_box() == before[size], "the room for the answer was kept"
            wait_idle(page)
            if shown.t < 0:
                expect(player(page)).to_have_attribute("data-t", str(last_update(page)))
        answers_only_when_asked(page, number, revealed=True)
        resize(page, *by_turns(number + 1)[0])
        page.mouse.move(0, 0)
        strip(page).get_by_role("button", name="Next" if number < len(QUESTIONS) else "Back to the nine").click()
    for size in SIZES:
        resize(page, *size)
        expect(page.get_by_role("button", name="Show it")).to_have_count(9, timeout=SLOW)
        expect(strip(page).get_by_role("button")).to_have_count(0)
        expect(ring(page)).to_have_count(0)


def keeps_its_answer(page: Page, shown: Question, height: int) -> FloatRect | None:
    """Nothing that is in sight gives the answer; returns where the strip is."""
    assert page.url.split("?")[0].endswith(PATHS[shown.page])
    expect(ring(page)).to_be_hidden()
    if shown.page == "map":  # colors would give the answer
        expect(page.locator('[data-action="groups"]')).to_have_attribute("aria-pressed", "false")
    transport = page.locator(".w2v-transport").bounding_box()
    assert transport is not None
    assert transport["y"] + transport["height"] <= height, "strip, picture and transport are in sight together"
    return strip(page).bounding_box()


CARDS = {1: 7, 2: 4}  # in which the answers stand


def answers_only_when_asked(page: Page, number: int, revealed: bool) -> None:
    """The card, the curve or the words that answer are there as soon as it is revealed, and no sooner."""
    if number in CARDS:  # the card that answers is the active one
        card = page.locator(f'[data-do="card{CARDS[number]}"]')
        expect(card).to_have_attribute("aria-pressed", str(revealed).lower(), timeout=SLOW)
    if number == 3:
        page.wait_for_function(IS_LOWER_HALF_EMPTY, arg=not revealed)
    if number in (7, 8):  # the loss of a good run is named beside that of the question
        expect(page.locator('.w2v-loss [data-role="legend"]')).to_contain_text("usual settings", timeout=SLOW)
        if revealed:
            expect(strip(page).get_by_text("the dashed one")).to_be_visible(timeout=SLOW)


def test_the_nine_and_the_tour_lead_back_to_ones_own_text_and_the_page_is_usable(
    page: Page, app_server: Server
) -> None:
    open_text_page(page, app_server)
    paste(page, FOX)
    watch_it_learn(page)
    turn_to(page, "Teach")
    page.get_by_role("button", name="Show it").nth(4).click()
    says(page, QUESTIONS[4].says)
    wait_idle(page)
    strip(page).get_by_role("button", name="Back to the nine").click()
    page.get_by_role("button", name="Back to your own text").first.click()
    wait_idle(page)
    turn_to(page, "Text and windows")
    expect(text_box(page)).to_have_value(FOX)
    turn_to(page, "Start")
    page.get_by_role("button", name="Two-minute tour").click()
    page.wait_for_url("**/text?*")
    is_ringed(page, TOUR.steps[0].part)
    wait_idle(page)
    page.keyboard.press(" ")
    link_says(page, guide="tour-2")
    wait_idle(page)
    page.keyboard.press(" ")
    link_says(page, guide="tour-3")
    wait_player(page)
    page.keyboard.press("Escape")
    expect(strip(page).get_by_role("button")).to_have_count(0, timeout=SLOW)
    expect(ring(page)).to_have_count(0)
    link_says(page, guide=None, preset=None)  # the short text itself is in it
    wait_player(page)
    page.keyboard.press(" ")
    expect(player(page)).to_have_attribute("data-playing", "true")
    page.keyboard.press(" ")
    turn_to(page, "Text and windows")
    expect(text_box(page)).to_have_value(FOX)


def test_a_link_to_a_question_opens_it_with_its_buttons_below_the_sentence_on_a_phone(
    new_page: Callable[..., Page], app_server: Server
) -> None:
    page = new_page(viewport=PHONE, reduced_motion="reduce")
    open_page(page, f"{app_server.url}/?guide=teach-7")
    expect(strip(page)).to_contain_text(QUESTIONS[6].says, timeout=SLOW)
    assert page.url.split("?")[0].endswith("/training")
    wait_player(page)
    strip(page).get_by_role("button", name="Reveal").click()
    has_its_buttons_below_the_sentence(page)


def has_its_buttons_below_the_sentence(page: Page) -> None:
    """The strip on a phone, once something is ringed."""
    expect(ring(page)).to_be_visible(timeout=SLOW)
    box = strip(page).bounding_box()
    assert box is not None
    assert box["height"] < 844 / 3
    sentences = strip(page).locator('[data-testid="stText"]').evaluate_all("said => said.map(e => e.clientWidth)")
    assert max(sentences) > 280, "read line by line, not letter by letter"
    for button in strip(page).get_by_role("button").all():
        place = button.bounding_box()
        assert place is not None
        assert box["x"] <= place["x"] < place["x"] + place["width"] <= box["x"] + box["width"]


# --- the tour -------------------------------------------------------------------------------------------------


def test_the_tour_goes_from_beginning_to_end_by_space_at_both_sizes(page: Page, app_server: Server) -> None:
    open_page(page, app_server.url)
    page.get_by_role("button", name="Two-minute tour").click()
    for number, step in enumerate(TOUR.steps, 1):
        if page.viewport_size == PHONE:
            has_its_buttons_below_the_sentence(page)
        for size in by_turns(number):  # the one in which the step was taken comes first
            page.set_viewport_size({"width": size[0], "height": size[1]})
            expect(strip(page).get_by_text(f"{number} of {len(TOUR.steps)}")).to_be_visible(timeout=SLOW)
            link_says(page, guide=f"tour-{number}", preset=step.preset)
            assert page.url.split("?")[0].endswith(PATHS[step.page])
            is_ringed(page, step.part)
            if "play" in step.presses:
                expect(player(page)).to_have_attribute("data-playing", "true")
            wait_idle(page)
            if step.page == "update":
                expect(page.locator(".w2v-update")).to_have_attribute("data-level", "words")
        if number == 4:
            resize(page, **PHONE)
        page.keyboard.press(" ")
    for size in SIZES:
        resize(page, *size)
        expect(page.get_by_role("button", name="Two-minute tour")).to_be_visible(timeout=SLOW)
        link_says(page, guide=None)
        expect(ring(page)).to_have_count(0)


def test_the_tour_ends_at_the_end_of_the_run_though_it_was_still_playing(page: Page, app_server: Server) -> None:
    open_page(
        page, f"{app_server.url}/training?preset={TOUR.steps[5].preset}&t={TOUR.steps[5].t}&guide=tour-6&word=saturday"
    )
    expect(player(page)).to_have_attribute("data-playing", "true", timeout=SLOW)
    page.keyboard.press(" ")
    link_says(page, guide="tour-7")
    wait_player(page)
    expect(player(page)).to_have_attribute("data-t", str(last_update(page)))


def test_space_in_a_text_field_is_a_space(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/text?preset=days_months&guide=tour-1")
    text_box(page).focus()
    page.keyboard.press("End")
    page.keyboard.type("a pen ")
    link_says(page, guide="tour-1", present=None)
    assert "a pen " in text_box(page).input_value()
    page.keyboard.press("Escape")


# --- presentation ---------------------------------------------------------------------------------------------

LEFT = ".w2v-map-paper, .w2v-bars, .w2v-loss, .w2v-scrubber, .w2v-play"
GONE = ".w2v-tools, .w2v-select, .w2v-goto, .w2v-next, .w2v-stop-place"
GONE_ELSEWHERE = ".w2v-windows select, .w2v-up-tools select, .w2v-up-levels"


def test_p_leaves_the_picture_and_play_alone_and_gives_them_the_room_but_is_a_letter_in_a_text_field(
    page: Page, app_server: Server
) -> None:
    visit(page, app_server, preset="royal", t=700, word="king")
    find = page.get_by_placeholder("Find a word")
    find.click()
    page.keyboard.type("p")
    page.wait_for_timeout(300)
    link_says(page, present=None)
    find.fill("")
    find.blur()
    paper, small = page.locator(".w2v-map-paper"), {}
    for size in SIZES:
        resize(page, *size)
        small[size] = paper.bounding_box()
    page.keyboard.press("p")
    link_says(page, present="true", t="700")
    center = page.locator('.w2v-line [data-role="center"]')
    for size, was in small.items():
        resize(page, *size)
        for part in LEFT.split(", "):
            box = page.locator(part).first.bounding_box()
            assert box is not None, part
            assert box["y"] >= 0, part
            assert box["y"] + box["height"] <= size[1], part
        for gone in page.locator(GONE).all():
            expect(gone).to_be_hidden()
        expect(page.get_by_test_id("stTopNavLink").first).to_be_hidden()
        expect(page.get_by_role("button", name="Settings")).to_be_hidden()
        large = paper.bounding_box()
        assert was is not None
        assert large is not None
        assert large["width"] * large["height"] > 1.3 * was["width"] * was["height"]
        expect(center).to_be_in_viewport(ratio=1)
        page.reload()
        wait_player(page)
        expect(page.get_by_test_id("stTopNavLink").first).to_be_hidden()
        expect(center).to_be_in_viewport(ratio=1)
    press(page, "forward")  # it is no barrier
    expect(player(page)).to_have_attribute("data-t", "701")
    for size in SIZES:
        resize(page, *size)
        page.keyboard.press(" ")
        expect(player(page)).to_have_attribute("data-playing", "true")
        page.keyboard.press("Escape")
        link_says(page, present=None)
        expect(page.get_by_test_id("stTopNavLink").first).to_be_visible()
        assert data(page, "playing") == "true", "it plays on"
        page.keyboard.press(" ")
        page.keyboard.press("p")
        link_says(page, present="true")


@pytest.mark.parametrize("path", ["", "map", "update", "text"])
def test_presentation_fits_the_window_on_every_page_with_a_picture(page: Page, app_server: Server, path: str) -> None:
    open_page(page, f"{app_server.url}/{path}?preset=royal&t=700&word=king&present=true")
    out = page.get_by_role("button", name="Leave (Esc)")
    expect(out).to_be_visible()
    wait_idle(page)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollHeight - e.clientHeight") <= 2, "nothing to scroll to"
    for part in page.locator(f"{GONE}, {GONE_ELSEWHERE}").all():
        expect(part).to_be_hidden()
    out.click()
    link_says(page, present=None)
    expect(page.get_by_test_id("stTopNavLink").first).to_be_visible()


def test_a_question_can_be_presented_and_escape_leaves_one_after_the_other(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/teach")
    page.get_by_role("button", name="Show it").nth(3).click()
    says(page, QUESTIONS[3].says)
    wait_player(page)
    page.keyboard.press("p")
    link_says(page, present="true", guide="teach-4")
    expect(page.get_by_test_id("stTopNavLink").first).to_be_hidden()
    says(page, QUESTIONS[3].says)
    page.keyboard.press("Enter")
    is_ringed(page, "map")
    wait_idle(page)
    page.keyboard.press("Escape")
    link_says(page, present=None, guide="teach-4")
    page.keyboard.press("Escape")
    link_says(page, guide=None)


ROWS_IN_SIGHT = """() => {
    const table = document.querySelector(".w2v-update") ?? [...document.querySelectorAll("*")]
        .flatMap((e) => e.shadowRoot ? [e.shadowRoot.querySelector(".w2v-update")] : []).find(Boolean);
    const bottom = table.querySelector(".w2v-up-scroller").getBoundingClientRect().bottom;
    return [...table.querySelectorAll(".w2v-up-rows .w2v-up-row")]
        .filter((row) => row.getBoundingClientRect().bottom <= Math.min(bottom, window.innerHeight)).length;
}"""


def presented(new_page: Callable[..., Page], server: Server, number: int) -> Page:
    """A page of 1024 x 768 that presents one of the nine questions."""
    page = new_page(viewport={"width": 1024, "height": 768}, reduced_motion="reduce")
    open_page(page, f"{server.url}/?guide=teach-{number}&present=true")
    wait_player(page)
    says(page, QUESTIONS[number - 1].says)
    return page


@pytest.mark.parametrize("number", [1, 2])
def test_below_a_question_that_is_presented_rows_of_the_update_are_seen(
    new_page: Callable[..., Page], app_server: Server, number: int
) -> None:
    page = presented(new_page, app_server, number)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Reveal (Enter)")).to_be_hidden()
    for width, height in ((1024, 768), (1280, 720), (1440, 900)):
        resize(page, width, height)
        wait_idle(page)
        assert page.get_by_test_id("stMain").evaluate("e => e.scrollHeight - e.clientHeight") <= 2
        assert page.evaluate(ROWS_IN_SIGHT) >= 4
        cells = page.locator(".w2v-up-said .w2v-up-text")
        cut = cells.evaluate_all("all => all.map(e => e.scrollWidth - e.clientWidth)")
        assert max(cut) <= 0, "each share is whole"


@pytest.mark.parametrize("number", [3, 4, 9])
def test_below_a_question_that_is_presented_play_is_whole(
    new_page: Callable[..., Page], app_server: Server, number: int
) -> None:
    page = presented(new_page, app_server, number)
    main, play = page.get_by_test_id("stMain"), page.locator('[data-action="play"]')
    for width, height in ((1024, 768), (1280, 720), (1440, 900)):
        resize(page, width, height)
        wait_idle(page)
        assert main.evaluate("e => e.scrollHeight - e.clientHeight") <= 2, "nothing to scroll to"
        box = play.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Reveal (Enter)")).to_be_hidden()
    page.set_viewport_size({"width": 1024, "height": 768})
    expect(play).to_be_in_viewport(ratio=1)
    resize(page, **PHONE)
    question = page.locator(".st-key-guide_says").get_by_text(QUESTIONS[number - 1].says)
    assert question.evaluate("e => e.clientWidth") > 280, "the way out does not press it into a column"
    cut = page.locator(".w2v-status span:visible").evaluate_all("all => all.map(e => e.scrollWidth - e.clientWidth)")
    assert max(cut) <= 1, "what is said of the update is whole"
    if number == len(QUESTIONS):
        page.get_by_role("button", name="Back to the nine (Enter)").click()
        expect(page.get_by_role("button", name="Show it")).to_have_count(number, timeout=SLOW)
