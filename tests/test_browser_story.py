"""In a real browser: a click on a word answers why it is there, and the end of a run says what was learned."""

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser import Server, player, wait_idle
from tests.browsing import SLOW, ask, data, positions, press, rests_at, visit
from w2v import PRESETS, Config, Run, nearest, prediction

pytestmark = pytest.mark.browser

CONFIG = Config(PRESETS["eat_drink"].text)
PAGES = ("/", "/training", "/map")
SIZES: tuple[ViewportSize, ...] = ({"width": 1440, "height": 900}, {"width": 1024, "height": 768})


@pytest.fixture(scope="module")
def run() -> Run:
    return Run(CONFIG)


def card(page: Page) -> Locator:
    return page.locator(".w2v-why")


def place_of(page: Page, word: str) -> tuple[float, float]:
    """Where a word stands on the screen."""
    box = page.locator(".w2v-map-canvas").bounding_box()
    assert box is not None
    x, y = positions(page)[word]
    return box["x"] + x, box["y"] + y


def click_on(page: Page, word: str) -> None:
    page.mouse.click(*place_of(page, word))
    expect(player(page)).to_have_attribute("data-word", re.compile(r"\d"))
    wait_idle(page)


def rows(page: Page, part: str) -> list[tuple[str, str]]:
    """The words of one list of the card with what stands beside them."""
    found = card(page).locator(f'[data-role="{part}"] li').all()
    return [(row.locator("bdi").inner_text(), row.locator("span").inner_text()) for row in found]


@pytest.mark.parametrize("path", PAGES)
def test_the_end_says_what_was_learned_and_a_click_on_a_word_answers_why_it_is_there(
    page: Page, app_server: Server, run: Run, path: str, subtests: pytest.Subtests
) -> None:
    visit(page, app_server, path, preset="eat_drink", t=5)
    with subtests.test("the end says what was learned and nothing jumps"):
        the_end_says_what_was_learned_and_nothing_jumps(page, run)
    with subtests.test("the pointer on a word says who is most like it"):
        the_pointer_on_a_word_says_who_is_most_like_it(page, run)
    with subtests.test("a click on a word answers why it is there"):
        a_click_on_a_word_answers_why_it_is_there(page, run)
    for size in SIZES:
        with subtests.test("the map keeps its width beside the card", size=size):
            page.set_viewport_size(size)
            wait_idle(page)
            the_map_keeps_its_width_beside_the_card(page)
    with subtests.test("a word in the card can be chosen"):
        card(page).get_by_role("button", name="coffee 0.98").click()
        expect(card(page).get_by_role("heading", name="Why is coffee here?")).to_be_visible(timeout=SLOW)
    with subtests.test("by keys too, which go on from there"):
        card(page).get_by_role("button", name="tea 0.98").press("Enter")
        expect(card(page).get_by_role("heading", name="Why is tea here?")).to_be_visible(timeout=SLOW)
        expect(card(page).get_by_role("button").first).to_be_focused()


def the_end_says_what_was_learned_and_nothing_jumps(page: Page, run: Run) -> None:
    sentence = page.get_by_text("Closest now")
    expect(sentence).to_have_count(0)
    expect(page.get_by_text(PRESETS["eat_drink"].look_for)).to_be_visible()
    before = player(page).bounding_box()
    press(page, "end")
    rests_at(page, run.n_steps)
    expect(sentence).to_be_visible(timeout=SLOW)
    expect(sentence).to_be_in_viewport(ratio=1)
    ids, V = run.corpus.vocabulary.ids, run.parameters(run.n_steps).V
    pairs = re.findall(r"\u201c(\w+)\u201d and \u201c(\w+)\u201d", sentence.inner_text().split(". ")[0])
    assert len(pairs) == 3
    for first, second in pairs:
        assert nearest(V, ids[first], 1)[0][0] == ids[second]
        assert nearest(V, ids[second], 1)[0][0] == ids[first]
    assert player(page).bounding_box() == before


def the_pointer_on_a_word_says_who_is_most_like_it(page: Page, run: Run) -> None:
    page.mouse.move(*place_of(page, "tea"))
    words, ids = run.corpus.vocabulary.words, run.corpus.vocabulary.ids
    near = [words[i] for i, _ in nearest(run.parameters(run.n_steps).V, ids["tea"], 2)]
    expect(page.locator(".w2v-map .w2v-tip")).to_contain_text(f"tea: most like {', '.join(near)}\n")


def a_click_on_a_word_answers_why_it_is_there(page: Page, run: Run) -> None:
    click_on(page, "tea")
    expect(card(page).get_by_role("heading", name="Why is tea here? after update 6,400")).to_be_visible(timeout=SLOW)
    words, ids = run.corpus.vocabulary.words, run.corpus.vocabulary.ids
    parameters = run.parameters(run.n_steps)
    alike = [(words[i], f"{cosine:.2f}") for i, cosine in nearest(parameters.V, ids["tea"], 5)]
    assert rows(page, "alike") == alike
    said = prediction(parameters, (ids["tea"],), run.plan.objective)
    company = rows(page, "company")
    assert [word for word, _ in company] == [words[i] for i in (-said).argsort(kind="stable")[:5]]
    assert company[0] == ("drink", f"{100 * said[ids['drink']]:.0f}\xa0% \u00b7 text\xa050\xa0%")
    shared = "stand beside \u201cdrink\u201d, \u201chot\u201d and \u201cstrong\u201d; never beside each other."
    expect(card(page)).to_contain_text(f"Both \u201ctea\u201d and \u201ccoffee\u201d {shared}")
    expect(card(page)).not_to_have_class(re.compile("w2v-past"))


def the_map_keeps_its_width_beside_the_card(page: Page) -> None:
    expect(card(page)).to_be_visible()
    share, cut, wide = ask(
        page,
        """(() => {
            const [map, card] = [".w2v-map", ".w2v-why"].map((name) => root.querySelector(name));
            const inside = root.getBoundingClientRect().width;
            const rows = [...card.querySelectorAll(".w2v-why-row span, .w2v-why-shared")];
            const box = card.getBoundingClientRect();
            const cut = rows.filter((row) => row.getBoundingClientRect().bottom > box.bottom + 1).length;
            return [map.getBoundingClientRect().width / inside, cut, card.scrollWidth - card.clientWidth];
        })()""",
    )
    assert share >= 0.6
    assert cut == 0
    assert wide <= 0


@pytest.mark.parametrize("path", ["/training", "/map"])
def test_nothing_jumps_on_a_phone_either(page: Page, app_server: Server, run: Run, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, app_server, path, preset="eat_drink", t=5)
    where = "root.getBoundingClientRect().top + document.querySelector('[data-testid=stMain]').scrollTop"
    before = ask(page, where)
    ask(page, "p.goTo(a) ?? null", run.n_steps)
    rests_at(page, run.n_steps)
    expect(page.get_by_text("Closest now")).to_be_attached(timeout=SLOW)
    assert ask(page, where) == pytest.approx(before, abs=1)


def test_what_was_chosen_by_hand_beside_the_map_stays(page: Page, app_server: Server) -> None:
    visit(page, app_server, "/training", preset="eat_drink", t=100, level="numbers")
    shown = page.locator('.w2v-side [aria-pressed="true"]')
    expect(shown).to_have_text("Guesses")
    click_on(page, "tea")
    expect(shown).to_have_text("Why here?")
    page.get_by_role("button", name="Vectors").click()
    click_on(page, "hot")
    expect(shown).to_have_text("Vectors")


def test_playing_shows_the_guesses_again_and_a_word_that_is_let_go_of_leaves_them_in_sight(
    page: Page, app_server: Server
) -> None:
    visit(page, app_server, "/training", preset="eat_drink", t=100)
    shown = page.locator('.w2v-side [aria-pressed="true"]')
    click_on(page, "tea")
    expect(card(page)).to_be_visible()
    press(page, "play")
    expect(shown).to_have_text("Guesses")
    expect(card(page)).to_be_hidden()
    press(page, "play")
    ask(page, "p.goTo(100) ?? null")
    rests_at(page, 100)
    expect(shown).to_have_text("Guesses")
    page.mouse.click(*place_of(page, "tea"))
    wait_idle(page)
    expect(shown).to_have_text("Guesses")


def test_on_map_the_card_is_greyed_until_the_player_rests(page: Page, app_server: Server) -> None:
    visit(page, app_server, "/map", preset="eat_drink", t=100)
    heading = card(page).get_by_role("heading", level=2)
    expect(heading).to_contain_text("after update 100")
    expect(card(page)).not_to_have_class(re.compile("w2v-past"))
    press(page, "play")
    expect(card(page)).to_have_class(re.compile("w2v-past"))
    expect(heading).to_contain_text("after update 100")
    press(page, "play")
    expect(player(page)).to_have_attribute("data-playing", "false")
    expect(heading).to_contain_text(f"after update {int(data(page, 't')):,}", timeout=SLOW)
    expect(card(page)).not_to_have_class(re.compile("w2v-past"))


def test_before_the_first_update_no_reason_is_given(page: Page, app_server: Server) -> None:
    visit(page, app_server, "/map", preset="royal", epochs=5, t=0, word="king")
    expect(page.locator('.w2v-why [data-role="shared"]')).to_have_text(
        "Before the first update it stands where chance has put it."
    )


def test_a_word_that_nothing_is_like_says_so(page: Page, app_server: Server) -> None:
    config = Config("a b. a b.", dim=1, seed=1)
    run = Run(config)
    ((_, cosine),) = nearest(run.parameters(run.n_steps).V, 0, 1)
    assert cosine < 0, "the example of this test"
    visit(page, app_server, "/map", **config.to_query(), word="a")
    expect(card(page)).to_contain_text("Nothing else is like it.")
    expect(card(page).locator('[data-role="alike"] button')).to_have_count(0)
    expect(page.locator(".w2v-map-canvas")).to_have_attribute("data-near", "")
