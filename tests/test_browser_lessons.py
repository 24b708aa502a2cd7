"""Lessons in a real browser: the first by keyboard alone, and one by a link, which a reload finds answered."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.parts.guides.parts import RINGED
from pages.parts.lessons.lesson import written
from pages.parts.lessons.library import shipped
from pages.parts.lessons.stage import stages_of
from tests.browser import Server, open_page, wait_idle
from tests.browsing import SLOW, link_says
from tests.test_browser_guides import AROUND
from tests.test_lesson_links import KINGS, packed
from tests.test_lessons import asked_by
from w2v.explain.questions import Choice
from w2v.explain.questions.asked import Asked, OneOf, OnScale, SomeOf

pytestmark = pytest.mark.browser


RING_IN_SIGHT = """() => {
    const box = document.querySelector(".w2v-ring")?.getBoundingClientRect();
    return box && box.height > 100 && box.bottom <= window.innerHeight;
}"""


def strip(page: Page) -> Locator:
    return page.locator(".st-key-guide")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until this has the focus."""
    element = wanted.element_handle()  # to look for it each time would be more work than all else
    for _ in range(60):
        if element.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {wanted}")


def answer_rightly(page: Page, asked: Asked) -> None:
    """Choose the right answer from the first thing that one answers with, which has the focus by itself."""
    first = page.locator(".st-key-guide_answer input").first
    expect(first).to_be_focused(timeout=SLOW)
    answers = asked.answers
    if isinstance(answers, OneOf):
        page.keyboard.press("Space")
        for _ in range(answers.right):
            page.keyboard.press("ArrowRight")
    elif isinstance(answers, SomeOf):
        for i in range(len(answers.options)):
            if i in answers.right:
                page.keyboard.press("Space")
            page.keyboard.press("Tab")
    else:
        assert isinstance(answers, OnScale)
        tens, ones = divmod(round(answers.right), 10)
        for key in ["PageUp"] * tens + ["ArrowRight"] * ones:
            page.keyboard.press(key)
        expect(first).to_have_value(str(round(answers.right)))


def test_lesson_1_is_taken_by_keyboard_alone(page: Page, app_server: Server) -> None:
    lesson = shipped()["company"]
    stages = stages_of(lesson, None)
    open_page(page, f"{app_server.url}/lessons")
    tab_to(page, page.get_by_role("button", name="Start").first)
    page.keyboard.press("Enter")
    on = page.locator(".st-key-guide_on button")
    for place, stage in enumerate(stages, 1):
        link_says(page, guide=f"company-{place}")
        expect(strip(page)).to_contain_text(f"{place} of {len(stages)}", timeout=SLOW)
        asked = asked_by(stage)
        if asked is not None:
            expect(strip(page)).to_contain_text(asked.title, timeout=SLOW)
            expect(on).to_be_disabled()
            wait_idle(page)
            answer_rightly(page, asked)
            expect(on).to_be_enabled(timeout=SLOW)
            tab_to(page, on)
            page.keyboard.press("Enter")
            expect(strip(page)).to_contain_text("Right.", timeout=SLOW)
            expect(strip(page)).to_contain_text(asked.numbers)
            part = stage.written.then_ring or asked.about
            if part:
                page.wait_for_function(AROUND, arg=[RINGED[part], 12], timeout=SLOW)
        if place == len(stages):
            break
        expect(on).to_contain_text("Enter", timeout=SLOW)
        wait_idle(page)
        page.keyboard.press("Enter")
    expect(strip(page)).to_contain_text("Found:")
    page.reload()
    expect(strip(page)).to_contain_text("Found:", timeout=SLOW)
    link_says(page, guide=f"company-{len(stages)}")
    tab_to(page, page.get_by_role("button", name="All lessons"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1. The company of words")).to_be_visible(timeout=SLOW)


def test_a_lesson_by_link_shows_signs_as_they_are_and_a_reload_finds_it_answered(
    page: Page, app_server: Server
) -> None:
    signs = ("->", ":streamlit:", ":material_home:", "www.example.org", ":smile:")
    step = replace(KINGS.steps[0], questions=(Choice("Which?", signs, signs[:1]),))
    steps = (replace(KINGS.steps[0], page="text", ring="reading"), step)
    link = urlencode({"lesson": packed(written(replace(KINGS, steps=steps)))})
    page.set_viewport_size({"width": 1024, "height": 768})
    open_page(page, f"{app_server.url}/lessons?{link}")
    link_says(page, guide="file1-1")
    on = page.locator(".st-key-guide_on button")
    expect(strip(page)).to_contain_text("1 of 4", timeout=SLOW)
    on.click()
    page.wait_for_function(RING_IN_SIGHT, timeout=SLOW)
    expect(strip(page)).to_contain_text("2 of 4", timeout=SLOW)
    on.click()
    link_says(page, guide="file1-3")
    ways = page.locator(".st-key-guide_answer")
    expect(ways.locator("input")).to_have_count(len(signs), timeout=SLOW)
    assert ways.inner_text().replace("\u2060", "").split() == [*signs]
    assert not ways.locator("a, img").count()
    wait_idle(page)
    expect(page.get_by_text("Play and the slider come after your answer.")).to_be_visible(timeout=SLOW)
    expect(page.locator('[data-action="play"]')).to_be_hidden()
    ways.locator("input").first.check(force=True)
    expect(on).to_be_enabled(timeout=SLOW)
    on.click()
    expect(strip(page)).to_contain_text("Your answer: ->. Right.", timeout=SLOW)
    expect(page.locator('[data-action="play"]')).to_be_visible(timeout=SLOW)
    page.reload()
    expect(strip(page)).to_contain_text("Your answer: ->. Right.", timeout=SLOW)
