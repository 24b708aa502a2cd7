"""The view of text and windows: what Python sends it, and what it counts, marks and reports in a browser."""

import json
import struct
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from pages.components import messages
from pages.components import windows as view
from tests.browsing import add_component, mount_component
from w2v import PRESETS, Config, Plan, count_pairs

ROYAL = PRESETS["royal"].text
TYPES = {"f8": np.float64, "f4": np.float32, "u4": np.uint32, "u2": np.uint16, "u1": np.uint8, "i4": np.int32}


def unpack(record: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read a packed record as its description says, with nothing of the code that wrote it."""
    (length,) = struct.unpack_from("<I", record)
    header = json.loads(record[4 : 4 + length])
    arrays = {}
    for name, (kind, offset, shape) in header["arrays"].items():
        assert offset % 8 == 0
        n = int(np.prod(shape))
        arrays[name] = np.frombuffer(record, TYPES[kind], n, offset).reshape(shape)
    return header, arrays


def windows_of(header: dict[str, Any], arrays: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Each window in words, read from the record alone."""
    words, tokens, start = header["words"], arrays["tokens"], arrays["context_start"]
    return [
        (words[tokens[center]], [words[tokens[i]] for i in arrays["context_pos"][start[k] : start[k + 1]]])
        for k, center in enumerate(arrays["window_pos"])
    ]


def windows_by_hand(sentences: list[list[str]], radius: int) -> list[tuple[str, list[str]]]:
    found = []
    for words in sentences:
        for i, center in enumerate(words):
            context = words[max(0, i - radius) : i] + words[i + 1 : i + 1 + radius]
            if context:
                found.append((center, context))
    return found


# --- what Python sends ------------------------------------------------------------------------------------


@pytest.mark.parametrize("radius", [1, 2, 5])
def test_the_record_holds_the_windows_of_the_text(radius: int) -> None:
    text = "The king wears a crown. Go! The queen, the king\nsleep"
    sentences = [["the", "king", "wears", "a", "crown"], ["go"], ["the", "queen", "the", "king"], ["sleep"]]
    header, arrays = unpack(view.windows_record(Plan(Config(text=text, window=radius))))
    assert windows_of(header, arrays) == windows_by_hand(sentences, radius)
    assert [header["words"][i] for i in arrays["tokens"]] == [w for s in sentences for w in s]
    assert arrays["sentence_start"].tolist() == [0, 5, 6, 10]
    assert header["radius"] == radius
    assert header["n_tokens"] == 11
    assert header["note"] is None
    assert header["filtered"] == {}
    assert dict(zip(header["words"], header["counts"], strict=True))["the"] == 3


def test_left_out_words_are_named_and_windows_reach_across_them() -> None:
    plan = Plan(Config(text="a rare b a b once a b", window=1, min_count=2))
    header, arrays = unpack(view.windows_record(plan))
    assert header["filtered"] == {"1": "rare", "5": "once"}
    assert np.flatnonzero(arrays["tokens"] == 0xFFFFFFFF).tolist() == [1, 5]
    assert windows_of(header, arrays) == windows_by_hand([["a", "b", "a", "b", "a", "b"]], 1)


def test_no_window_reaches_out_of_the_part_that_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "LONGEST", 10)
    text = "one two three four five six seven. " * 3  # cut after the third word of the second sentence
    header, arrays = unpack(view.windows_record(Plan(Config(text=text, window=2))))
    assert header["note"] == "the first 10 of 21 words"
    assert len(arrays["tokens"]) == 10
    assert arrays["sentence_start"].tolist() == [0, 7]
    words = text.split(".")[0].split()
    assert windows_of(header, arrays) == [*windows_by_hand([words], 2), ("one", ["two", "three"])]


def test_a_long_text_is_cut_and_says_so() -> None:
    text = "the cat sees the dog and the bird. " * 3000
    header, arrays = unpack(view.windows_record(Plan(Config(text=text, epochs=1))))
    assert header["note"] == "the first 20,000 of 24,000 words"
    assert len(arrays["tokens"]) == 20_000
    assert len(arrays["window_pos"]) == 20_000
    assert arrays["context_pos"].max() == 19_999


def test_drawn_windows_are_those_of_the_first_pass() -> None:
    plan = Plan(Config(text=ROYAL, dynamic_window=True, subsample=0.01, window=4, epochs=3))
    header, arrays = unpack(view.windows_record(plan))
    table = plan.epoch(0).windows
    assert "first pass" in header["note"]
    assert np.array_equal(arrays["window_pos"], table.center_at)
    assert np.array_equal(arrays["context_pos"], table.context_at)
    assert np.array_equal(arrays["context_start"], table.context_start)


def test_the_record_keeps_its_name_as_long_as_the_windows_stay() -> None:
    def name(**settings: Any) -> str:
        return str(unpack(view.windows_record(Plan(Config(**{"text": ROYAL, **settings}))))[0]["id"])

    assert name() == name(learning_rate=0.1) == name(seed=7) == name(dim=3)
    names = [
        name(**change)
        for change in (
            {},
            {"window": 3},
            {"architecture": "cbow"},
            {"min_count": 2},
            {"lowercase": False},
            {"text": ROYAL + " The end."},
            {"dynamic_window": True},
            {"dynamic_window": True, "seed": 7},
        )
    ]
    assert len(set(names)) == len(names)


def test_the_selected_word_is_sent_as_its_id() -> None:
    plan = Plan(Config(text=ROYAL))
    assert unpack(view.windows_record(plan, "king"))[0]["word"] == plan.corpus.vocabulary.ids["king"]
    assert unpack(view.windows_record(plan, "not in the text"))[0]["word"] is None
    assert unpack(view.windows_record(plan))[0]["word"] is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"id": "x", "word": 3}, {"word": 3}),
        ({"id": "x", "word": None}, {"word": None}),
        ({"id": "another text", "word": 3}, None),
        ({"id": "x", "word": 10}, None),
        ({"id": "x", "word": -1}, None),
        ({"id": "x", "word": True}, None),
        ({"id": "x", "word": "3"}, None),
        ({"id": "x"}, None),
        ("x", None),
        (None, None),
    ],
)
def test_only_a_word_of_this_text_is_returned(value: Any, expected: Any) -> None:
    assert messages.picked(value, "x", 10) == expected


# --- what the browser makes of it -------------------------------------------------------------------------


@pytest.fixture
def mount(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Call it with a plan for an empty page with the view; with a page as well, to send that view another record."""
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))

    def open_view(plan: Plan, word: str | None = None, page: Page | None = None) -> Page:
        if page is None:
            page = context.new_page()
            add_component(page, view.VIEW, "mountWindows")
        style = view.VIEW.style
        mount_component(page, "mountWindows", view.windows_record(plan, word), style)
        return page

    yield open_view
    context.close()
    assert errors == []


def root(page: Page, expression: str, argument: object = None) -> Any:
    """Evaluate an expression of `e`, the view's outermost element, and `x`."""
    return page.locator(".w2v-windows").evaluate(f"(e, x) => {expression}", argument)


def marked(page: Page, role: str) -> list[str]:
    return page.locator(f".w2v-wv-box .w2v-wv-{role}").all_text_contents()


@pytest.mark.browser
@pytest.mark.parametrize("settings", [{}, {"architecture": "cbow", "window": 3}, {"min_count": 2, "window": 5}])
def test_counting_in_the_browser_ends_at_the_counts_of_the_text(
    mount: Callable[..., Page], settings: dict[str, Any]
) -> None:
    plan = Plan(Config(text=ROYAL, **settings))
    counts = count_pairs(plan.corpus, plan.config.window).matrix.toarray()
    page = mount(plan)
    first = root(page, "e.view.matrix()")
    root(page, "e.view.goTo(Infinity)")
    assert root(page, "e.view.matrix()") == counts[:40, :40].tolist()
    n = plan.n_words
    everything = root(page, "Array.from({length: x * x}, (_, i) => e.view.count(Math.floor(i / x), i % x))", n)
    assert np.array_equal(np.reshape(everything, (n, n)), counts)
    for k in (30, 5, 44, 0):  # back and forth: the counts of the windows 0 .. k
        root(page, "e.view.goTo(x)", k)
        table = plan.epoch(0).windows
        expected = np.zeros((n, n), int)
        for window in range(k + 1):
            for o in table.context[table.context_start[window] : table.context_start[window + 1]]:
                expected[table.centers[window], o] += 1
        assert root(page, "e.view.matrix()") == expected[:40, :40].tolist()
    assert root(page, "e.view.matrix()") == first


@pytest.mark.browser
def test_keys_move_the_window_and_the_text_is_marked(mount: Callable[..., Page]) -> None:
    page = mount(Plan(Config(text=ROYAL)))
    assert root(page, "[e.dataset.k, e.dataset.playing]") == ["0", "false"]
    assert (marked(page, "center"), marked(page, "context")) == (["the"], ["king", "wears"])
    last = str(root(page, "Number(e.querySelector('input').max)"))
    for key, expected in [
        ("ArrowRight", "1"),
        ("Shift+ArrowRight", "11"),
        ("ArrowLeft", "10"),
        ("End", last),
        ("ArrowRight", last),
        ("Shift+ArrowLeft", str(int(last) - 10)),
        ("Home", "0"),
        ("ArrowRight", "1"),
    ]:
        page.keyboard.press(key)
        assert root(page, "e.dataset.k") == expected, key
    assert (marked(page, "center"), marked(page, "context")) == (["king"], ["the", "wears", "crowns"])
    assert page.locator('[data-role="readout"]').text_content() == "center king → predict: the, wears, crowns"
    assert page.evaluate("window.reports") == []


@pytest.mark.browser
def test_the_colors_of_another_theme_are_taken_over_when_they_arrive(mount: Callable[..., Page]) -> None:
    """Streamlit mounts again when the theme changes, a moment before the page has its colors."""
    plan = Plan(Config(text="the cat sees the dog. a bird sings"))
    page = mount(plan)
    assert root(page, "e.dataset.theme") == "light"
    page.evaluate("""() => {
        const mount = window.mountWindows;
        window.mountWindows = (component) => {
            const takeAway = mount(component);
            document.querySelector("main").style.setProperty("--st-background-color", "#0E131A");
            return takeAway;
        };
    }""")
    mount(plan, page=page)
    page.wait_for_function("document.querySelector('main').shadowRoot.querySelector('[data-theme=dark]')")


@pytest.mark.browser
def test_playing_runs_to_the_end_and_stops(mount: Callable[..., Page]) -> None:
    page = mount(Plan(Config(text="the cat sees the dog. a bird sings", architecture="cbow")))
    page.locator("select").select_option("20")
    page.locator(".w2v-windows").evaluate("""e => {
        window.played = [];
        new MutationObserver(() => window.played.push(e.dataset.playing))
            .observe(e, { attributeFilter: ['data-playing'] });
    }""")
    page.locator("[data-do=play]").click()
    page.wait_for_function("window.played.at(-1) === 'false'")
    assert page.evaluate("[...new Set(window.played)]") == ["true", "false"], "seven windows take a third of a second"
    assert root(page, "e.dataset.k") == "7"
    assert page.locator('[data-role="readout"]').text_content() == "center sings ← predict it from a, bird together"


@pytest.mark.browser
def test_a_click_on_a_word_goes_there_and_is_reported(mount: Callable[..., Page]) -> None:
    plan = Plan(Config(text=ROYAL))
    king, name = plan.corpus.vocabulary.ids["king"], unpack(view.windows_record(plan))[0]["id"]
    page = mount(plan)
    page.locator(".w2v-wv-box .w2v-wv-word", has_text="king").nth(1).click()
    page.wait_for_function("() => window.reports.length === 1")
    assert page.evaluate("window.reports") == [["picked", {"id": name, "word": king}]]
    assert marked(page, "picked") == ["king"] * ROYAL.lower().split().count("king")
    place = root(page, "e.dataset.k")
    assert place != "0"
    mount(Plan(Config(text=ROYAL, learning_rate=0.1)), "king", page)  # the same windows: it stays where it is
    assert root(page, "e.dataset.k") == place
    mount(Plan(Config(text=ROYAL, window=3)), "queen", page)  # others: it starts afresh
    assert root(page, "e.dataset.k") == "0"
    assert set(marked(page, "picked")) == {"queen"}
    page.keyboard.press("End")
    older = page.locator(".w2v-wv-pairs li:not(.w2v-wv-now) button").last
    place = int((older.get_attribute("aria-label") or "").split()[-1]) - 1
    older.click()
    assert root(page, "e.dataset.k") == str(place) != "0"
    page.evaluate("window.unmount()")
    assert page.locator(".w2v-windows").count() == 0
    page.keyboard.press("ArrowRight")
    assert len(page.evaluate("window.reports")) == 1


@pytest.mark.browser
def test_a_long_text_is_counted_at_once_and_hostile_words_are_shown_as_they_are(
    mount: Callable[..., Page],
) -> None:
    text = "img src=x onerror=alert(1) __proto__ constructor toString. " + "the cat sees the dog and a bird. " * 2600
    plan = Plan(Config(text=text, epochs=1, objective="negative", window=5))
    page = mount(plan)
    assert marked(page, "center") == ["img"]
    remark = page.locator(".w2v-wv-reading .w2v-wv-note").text_content()
    assert remark == f"the first 20,000 of {len(plan.corpus.tokens):,} words"
    took = root(
        page,
        """(() => {
            const start = performance.now();
            e.view.goTo(Infinity); e.view.goTo(0); e.view.goTo(Infinity);
            return performance.now() - start;
        })()""",
    )
    assert took < 3000
    box = page.locator(".w2v-wv-box")
    inside = box.evaluate("""(e) => {
        const [word, frame] = [e.querySelector('.w2v-wv-center').getBoundingClientRect(), e.getBoundingClientRect()];
        return word.top >= frame.top && word.bottom <= frame.bottom;
    }""")
    assert inside
    assert page.evaluate("window.scrollY") == 0


@pytest.mark.browser
def test_wherever_one_goes_in_a_long_text_the_word_is_in_sight(mount: Callable[..., Page]) -> None:
    """What is out of sight is not laid out: how tall it is turns out when one comes there, also from far away."""
    words = [letter * length for length in (1, 40) for letter in "abcdefghijklmnopqrstuvwxyz"]
    rng = np.random.default_rng(3)
    sentences = [" ".join(rng.choice(words[:26] if n % 400 < 200 else words[26:], 9)) for n in range(1_600)]
    page = mount(Plan(Config(text=". ".join(sentences), epochs=1, objective="negative", window=2)))
    last = root(page, "Number(e.querySelector('input').max)")
    for k in (last, 0, *np.random.default_rng(4).integers(0, last, 12).tolist(), last, 7):
        shown = root(
            page,
            """(async () => {
                e.view.goTo(x);
                const frame = () => new Promise(requestAnimationFrame);
                for (let i = 0; i < 8; i += 1) await frame();
                const box = e.querySelector('.w2v-wv-box').getBoundingClientRect();
                const word = e.querySelector('.w2v-wv-box .w2v-wv-center').getBoundingClientRect();
                return [(word.top - box.top) / box.height, (word.bottom - box.top) / box.height];
            })()""",
            k,
        )
        assert 0 <= shown[0] < shown[1] <= 1, (k, shown)
