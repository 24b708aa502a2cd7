"""What is saved of a run: the page that plays offline, the moving picture, the tables, and the button."""

import csv
import dataclasses
import io
import json
import re
import shutil
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from copy import copy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont
from playwright.sync_api import Browser, Page, expect
from scipy import ndimage

from pages.components.joining import joined_modules
from pages.components.player import PLAYER
from pages.components.player.standalone import standalone_script
from pages.drawing.labels import Placer
from pages.drawing.words import shown
from pages.parts.save import gif, gif_fonts
from pages.parts.save.menu import file_name, losses_csv, map_gif, standalone_html, update_csv
from pages.parts.save.notebook import notebook, script
from pages.parts.save.worksheets.update_sheet import update_sheet
from tests.browser import ROOT, Watch, run_server
from w2v import PRESETS, Config, Run, align, read_projector, read_vectors, saved_run, train_whole_text
from w2v.corpus import Vocabulary
from w2v.files.csv_tables import safe_cell
from w2v.whole.passes import Passes

HOSTILE = (
    "</script><script>window.broken = 1</script>",
    "<img src=x onerror='window.broken = 2'>",
    "<!-- <script>",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "nan",
    "null",
    "NA",
    "None",
    'a "quoted", word',
    "two\nlines",
    "\u202eright to left\u202c",
    "\u6c34\u0645\u0627\u0621",
    "1e5",
    "'=apostrophe",
    "&lt;b&gt;${title}$title{{title}}",
    "x" * 64,
)


def hostile_run(**settings: Any) -> Run:
    """A run whose words are the hostile ones, as if a tokenizer had let them through."""
    letters = [f"w{chr(97 + i)}" for i in range(len(HOSTILE))]
    text = "".join(f"{' '.join(letters[i:] + letters[:i])}.\n" for i in range(0, len(letters), 5))
    run = Run(Config(text, **{"epochs": 2, "dim": 4, **settings}))
    words = tuple(HOSTILE[letters.index(word)] for word in run.corpus.vocabulary.words)
    new = dict(zip(run.corpus.vocabulary.words, words))
    run.corpus = dataclasses.replace(
        run.corpus,
        vocabulary=Vocabulary(words, run.corpus.vocabulary.counts),
        cut=dataclasses.replace(run.corpus.cut, words=tuple(new[word] for word in run.corpus.cut.words)),
    )
    return run


@pytest.fixture(scope="module")
def royal() -> Run:
    return Run(Config(PRESETS["royal"].text))


# --- the page ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def meals() -> Passes:
    """A whole text of a few words, and its passes."""
    return Passes(train_whole_text(Config(PRESETS["eat_drink"].text * 3, dim=6, window=2), max_passes=6))


def test_the_page_names_nothing_outside_itself_and_holds_no_word_as_text() -> None:
    run = hostile_run()
    page = standalone_html(run, HOSTILE[0], 3, 2).decode("utf-8")
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|//cdn|<link|\bsrc=|@import|url\(", page)
    assert page.lower().count("</script") == page.lower().count("<script") == 2
    assert "window.broken" not in page
    assert "<img" not in page
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert len(policy) == 1
    rules = dict(rule.strip().split(" ", 1) for rule in policy[0].split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy[0]
    assert re.fullmatch(r"'sha256-[\w+/]{43}='", rules["script-src"])


def test_the_same_run_gives_the_same_page_and_a_model_too_large_is_refused_in_words(royal: Run) -> None:
    assert standalone_html(royal, "x", 5, 1) == standalone_html(royal, "x", 5, 1)
    words = " ".join(f"a{n}" for n in range(2100))
    large = Run(Config(words, dim=300, epochs=1, objective="negative", negatives=1, window=1))
    with pytest.raises(ValueError, match=r"^This model has too many numbers"):
        standalone_html(large, "large", 0, None)


def test_the_page_has_the_very_code_of_the_app() -> None:
    modules, alone = joined_modules(PLAYER.entry).split("\n})();\n")[:-1], standalone_script().split("\n})();\n")
    assert len(modules) > 20
    assert set(modules) <= set(alone)
    assert not re.search(r"^(import|export) ", standalone_script(), re.MULTILINE)


@pytest.fixture
def open_file(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Call it with the bytes of a page to open them from the disk; anything but that one file is a failure."""
    watches: list[tuple[Watch, str]] = []
    contexts = []

    def opened(data: bytes, **options: Any) -> Page:
        file = tmp_path / f"saved {len(contexts)}.html"
        file.write_bytes(data)
        watch = Watch()
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        watch.follow(context)
        contexts.append(context)
        watches.append((watch, file.as_uri()))
        page = context.new_page()
        page.goto(file.as_uri())
        page.locator(".w2v-player").wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    for watch, uri in watches:
        assert watch.requests == [uri]
        assert [text for text in watch.complaints() if not text.startswith("request to another host: file:")] == []


def ask(page: Page, expression: str) -> Any:
    """Evaluate `expression` of p, the player's interface. Numbers arrive unrounded."""
    return json.loads(
        page.locator(".w2v-player").evaluate(
            f"root => {{ const p = root.player; return JSON.stringify({expression}) }}"
        )
    )


MODELS = [
    {},
    {"objective": "negative", "architecture": "cbow", "dynamic_window": True},
    {"objective": "hierarchical", "batching": "window"},
]


@pytest.mark.browser
@pytest.mark.parametrize("settings", MODELS, ids=["softmax", "negative", "tree"])
def test_the_saved_page_has_every_moment_exactly(open_file: Callable[..., Page], settings: dict[str, Any]) -> None:
    run = Run(Config(PRESETS["hot_cold"].text, epochs=6, **settings))
    page = open_file(standalone_html(run, "Hot and cold", 7, 2))
    player = page.locator(".w2v-player")
    expect(player).to_have_attribute("data-t", "7")
    expect(player).to_have_attribute("data-word", "2")
    for t in (0, 1, 7, run.n_steps // 3, run.n_steps - 1, run.n_steps):
        state = ask(page, f"p.state({t})")
        wanted = run.parameters(t)
        np.testing.assert_allclose(state["V"], wanted.V.ravel(), rtol=0, atol=1e-9)
        np.testing.assert_allclose(state["U"], wanted.U.ravel(), rtol=0, atol=1e-9)


@pytest.mark.browser
def test_the_saved_page_of_a_whole_text_has_its_passes(open_file: Callable[..., Page], meals: Passes) -> None:
    page = open_file(standalone_html(meals, HOSTILE[0], 1, 2, "words"))
    player, last = page.locator(".w2v-player"), meals.n_moments - 1
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE[0])
    expect(page.get_by_text("all of its pairs of words at every pass")).to_be_visible()
    expect(player).to_have_attribute("data-t", "1")
    for t in (0, last):
        state, wanted = ask(page, f"p.state({t})"), meals.parameters(t)
        np.testing.assert_allclose(state["V"], wanted.V.ravel(), rtol=0, atol=1e-6)
    page.keyboard.press("End")
    expect(page.locator(".w2v-status")).to_contain_text(f"pass {last} of {last}")
    page.keyboard.press("Space")
    expect(player).to_have_attribute("data-playing", "true")


@pytest.mark.browser
def test_it_plays_by_itself_from_the_start_and_obeys_the_keys(open_file: Callable[..., Page], royal: Run) -> None:
    page = open_file(standalone_html(royal, "Royal family", 0, 3))
    player = page.locator(".w2v-player")
    expect(page).to_have_title("Royal family")
    expect(page.get_by_role("heading", level=1)).to_have_text("Royal family")
    expect(player).to_have_attribute("data-playing", "true")
    for _ in range(3):
        expect(player).not_to_have_attribute("data-t", player.get_attribute("data-t") or "")
    page.keyboard.press("Space")
    expect(player).to_have_attribute("data-playing", "false")
    expect(player).to_have_attribute("data-exact", "true")
    page.keyboard.press("End")
    expect(player).to_have_attribute("data-t", str(royal.n_steps))
    page.keyboard.press("Shift+ArrowLeft")
    expect(player).to_have_attribute("data-t", str(royal.n_steps - 10))
    page.keyboard.press("Home")
    expect(player).to_have_attribute("data-t", "0")
    page.keyboard.press("Space")
    expect(player).to_have_attribute("data-playing", "true")


@pytest.mark.browser
def test_it_stays_still_where_motion_is_unwelcome_or_a_later_moment_was_saved(
    open_file: Callable[..., Page], royal: Run
) -> None:
    calm = open_file(standalone_html(royal, "calm", 0, 3), reduced_motion="reduce")
    late = open_file(standalone_html(royal, "late", 99, 3))
    for page, t in ((calm, "0"), (late, "99")):
        page.wait_for_timeout(400)
        expect(page.locator(".w2v-player")).to_have_attribute("data-playing", "false")
        expect(page.locator(".w2v-player")).to_have_attribute("data-t", t)


@pytest.mark.browser
def test_it_follows_light_and_dark_and_fits_the_window(open_file: Callable[..., Page], royal: Run) -> None:
    page = open_file(standalone_html(royal, "Royal family", 50, 3), color_scheme="dark")
    player = page.locator(".w2v-player")
    assert player.get_attribute("data-theme") == "dark"
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(14, 19, 26)"
    page.emulate_media(color_scheme="light")
    expect(player).to_have_attribute("data-theme", "light")
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    for width, height in ((1440, 900), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.browser
def test_hostile_words_are_words(open_file: Callable[..., Page]) -> None:
    run = hostile_run()
    word = run.corpus.vocabulary.ids[HOSTILE[0]]
    page = open_file(standalone_html(run, HOSTILE[1], 4, word))
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE[1])
    assert {item["word"] for item in ask(page, "p.positions()")} == set(HOSTILE)
    shown = page.locator(".w2v-strip .w2v-token").all_text_contents()
    assert any("<img src=x" in token for token in shown)
    for view in ("traces", "ripple", "vectors", "guesses"):
        page.locator(f'button[data-show="{view}"]').click()
        page.wait_for_timeout(300)
        if view == "vectors":
            expect(page.locator('[data-role="pair"]')).to_contain_text("Moves v of ")
    page.locator('[data-action="stop-when"]').click()
    options = page.locator('[data-action="stop-word"] option').all_text_contents()
    assert any("<img src=x" in option for option in options)
    page.locator('[data-action="stop-kind"]').select_option("said")
    page.locator('[data-action="stop-share"]').fill("1")
    page.locator('[data-action="stop-word"]').select_option(label=next(o for o in options if "<img" in o))
    page.keyboard.press("Escape")
    assert page.evaluate("window.broken") is None
    assert page.evaluate("[document.images.length, document.scripts.length]") == [0, 2]


class _Listening(BaseHTTPRequestHandler):
    """Answers everybody and notes that they asked."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Print nothing."""


@pytest.mark.browser
@pytest.mark.parametrize("guarded", [True, False])
def test_the_policy_stops_foreign_scripts_and_requests(
    browser: Browser, royal: Run, tmp_path: Path, guarded: bool
) -> None:
    data = standalone_html(royal, "x", 1, 0)
    file = tmp_path / "page.html"
    file.write_bytes(data if guarded else data.replace(b"Content-Security-Policy", b"no-policy"))
    _Listening.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Listening) as server, browser.new_context() as context:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = context.new_page()
        page.goto(file.as_uri())
        page.locator(".w2v-player").wait_for()
        page.evaluate(
            """place => {
                const script = document.createElement("script");
                script.textContent = "window.broken = 1";
                const image = document.createElement("img");
                image.src = place + "image";
                document.body.append(script, image);
                return fetch(place + "fetch").catch(() => null);
            }""",
            f"http://127.0.0.1:{server.server_port}/",
        )
        page.wait_for_timeout(300)
        broken = page.evaluate("window.broken ?? null")
        server.shutdown()
    if guarded:
        assert broken is None
        assert _Listening.asked == []
    else:  # the test itself would see it
        assert broken == 1
        assert set(_Listening.asked) == {"/image", "/fetch"}


# --- the moving picture -----------------------------------------------------------------------------------


def pictures_of(data: bytes) -> list[np.ndarray]:
    with Image.open(io.BytesIO(data)) as film:
        found = []
        for i in range(film.n_frames):  # type: ignore[attr-defined]
            film.seek(i)
            found.append(np.asarray(film.convert("RGB")))
    return found


def test_the_moving_picture_is_a_small_gif_that_moves_the_same_each_time(royal: Run) -> None:
    done: list[tuple[int, int]] = []
    begun = time.process_time()
    data = map_gif(royal, progress=lambda i, n: done.append((i, n)))
    assert time.process_time() - begun < 3
    assert len(data) <= 2_000_000
    pictures = pictures_of(data)
    assert 10 < len(pictures) <= 80
    assert {p.shape for p in pictures} == {(540, 720, 3)}
    assert done[0][0] == 1
    assert done[-1] == (len(pictures), len(pictures))
    assert not np.array_equal(pictures[0], pictures[-1])
    changes = [np.any(a != b, axis=2).mean() for a, b in zip(pictures, pictures[1:])]
    assert all(0 < change < 0.2 for change in changes), "every picture differs, most of the paper stays"
    assert map_gif(royal) == data
    with Image.open(io.BytesIO(data)) as film:
        assert film.info["loop"] == 0


def blue_blobs(picture: np.ndarray) -> np.ndarray:
    """Where the dots of the map are, (n, 2) in pixels, y downwards."""
    blue = np.abs(picture.astype(int) - gif.BLUE).max(axis=2) < 60
    blue[430:] = False  # the loss
    spots, n = ndimage.label(blue)
    return np.array(ndimage.center_of_mass(blue, spots, range(1, n + 1)))[:, ::-1]


def test_the_dots_stand_where_the_vectors_are() -> None:
    run = Run(Config("a b c d e a b", dim=2, epochs=3, init_scale=1.0))
    pictures = pictures_of(map_gif(run))
    for picture, t in ((pictures[0], 0), (pictures[-1], run.n_steps)):
        seen = blue_blobs(picture)
        V = run.parameters(t).V
        assert len(seen) == len(V)
        # which dot is which word: the assignment in which all distances fit best, up to turn, mirror and scale
        far = np.linalg.norm(V[:, None] - V, axis=2).sum(axis=1).argsort()
        far_seen = np.linalg.norm(seen[:, None] - seen, axis=2).sum(axis=1).argsort()
        fitted = align(V[far], seen[far_seen], scale=True)
        assert np.abs(fitted - seen[far_seen]).max() < 1.0


@pytest.mark.parametrize(
    "settings",
    [
        {"dim": 1, "epochs": 1},
        {"objective": "hierarchical", "architecture": "cbow"},
        {"batching": "full", "epochs": 7},
        {"learning_rate": 50.0, "decay": False},
    ],
    ids=["line", "tree", "full", "diverged"],
)
def test_every_kind_of_run_has_a_moving_picture(settings: dict[str, Any]) -> None:
    run = hostile_run(**settings)
    pictures = pictures_of(map_gif(run, frames=12, size=(400, 320)))
    assert 1 <= len(pictures) <= 12
    assert pictures[0].shape == (320, 400, 3)


def test_the_moving_picture_of_a_whole_text_goes_from_pass_to_pass(meals: Passes) -> None:
    film = gif.Film(meals, 80, (720, 540))
    whole = [i for i, t in enumerate(film.moments) if t == int(t)]
    assert [film.moments[i] for i in whole] == [*range(meals.n_moments)]
    between = whole[1]
    assert between > 1
    straight = np.linspace(film.dots[0], film.dots[between], between + 1)
    np.testing.assert_allclose(film.dots[: between + 1], straight, atol=1e-9)
    pictures = pictures_of(map_gif(meals))
    assert len(pictures) == len(film.moments) > 10
    assert all(not np.array_equal(a, b) for a, b in zip(pictures, pictures[1:]))
    assert len(pictures_of(map_gif(meals, frames=2))) == 2, "the first and the last"


def test_a_picture_too_small_is_refused(royal: Run) -> None:
    with pytest.raises(ValueError, match=r"^A moving picture needs at least 360 x 300 pixels"):
        map_gif(royal, size=(100, 100))


def test_without_any_font_of_the_computer_words_of_all_scripts_are_still_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gif_fonts, "system_font", lambda *_: None)
    gif_fonts.best_font.cache_clear()
    try:
        fonts = gif_fonts.fonts_for(["king", "\u6c34", "\u0645\u0627\u0621"], 14)
        assert {font.getname()[0] for font in fonts} == {"Aileron"}  # type: ignore[union-attr]
        assert len(pictures_of(map_gif(hostile_run(), frames=5))) == 5
    finally:
        gif_fonts.best_font.cache_clear()


def test_words_of_another_script_get_a_font_that_has_their_letters() -> None:
    try:
        ImageFont.truetype("DejaVuSans.ttf", 14)
    except OSError:
        pytest.skip("this computer has no DejaVu Sans")
    (font,) = gif_fonts.fonts_for(["\u0441\u043b\u043e\u0432\u043e"], 14)
    shapes = {bytes(font.getmask(letter)) for letter in "\u0441\u043b\u0432"}
    assert len(shapes) == 3, "three letters, not three boxes"


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("king", "king"),
        ("two\nlines\tx", "two lines x"),
        ("\u202eabc\u2066", "abc"),
        ("\u200b", "(blank)"),
        ("y" * 64, "y" * 39 + "\u2026"),
        ("<b>", "<b>"),
    ],
)
def test_a_label_is_one_plain_line(word: str, label: str) -> None:
    assert shown(word) == label


places = st.lists(st.tuples(st.floats(0, 400), st.floats(0, 300)), min_size=1, max_size=30)


@given(places, st.integers(0, 2**32 - 1))
def test_no_two_names_overlap_and_none_moves_without_need(dots: list[tuple[float, float]], seed: int) -> None:
    at = np.array(dots)
    sizes = np.random.default_rng(seed).uniform((8, 9), (90, 16), (len(dots), 2))
    placer = Placer(sizes, np.full(len(dots), 4.0))
    first = placer.place(at, 400, 300)
    boxes = [(x, y, x + w, y + h) for (x, y), (w, h) in zip(filter(None, first), sizes[[c is not None for c in first]])]
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert top >= 0
        assert right <= 400
        assert bottom <= 300
        for other in boxes[:i]:
            assert left >= other[2] or other[0] >= right or top >= other[3] or other[1] >= bottom
    placer.place(at, 400, 300)  # a name without room may come back once
    assert placer.place(at, 400, 300) == placer.place(at, 400, 300)


# --- the tables -------------------------------------------------------------------------------------------


def rows_of(data: bytes) -> list[dict[str, Any]]:
    """Rows of a table as any reader gets them that takes quoted cells for text and the others for numbers."""
    lines = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(lines, quoting=csv.QUOTE_NONNUMERIC))


def test_the_table_of_losses_has_every_loss_to_the_last_digit(royal: Run) -> None:
    rows = rows_of(losses_csv(royal))
    assert [row["update"] for row in rows] == list(range(royal.n_steps + 1))
    assert [row["loss"] for row in rows[:-1]] == royal.losses.tolist()
    assert rows[-1]["loss"] == ""
    assert {row["floor"] for row in rows} == {royal.plan.goal.floor}
    taken = {int(row["update"]): row["mean_loss"] for row in rows if row["mean_loss"] != ""}
    assert taken[royal.n_steps] == royal.plan.goal.mean_loss(royal.parameters(royal.n_steps))
    assert len(taken) > 50
    assert rows[200]["epoch"] == royal.step(200).epoch


WAYS: dict[str, dict[str, Any]] = {
    "pairs": {},
    "windows": {"batching": "window"},
    "CBOW": {"architecture": "cbow"},
    "minibatches": {"batching": "minibatch", "batch_size": 7},
    "whole text": {"batching": "full"},
    "drawn anew": {"dynamic_window": True, "subsample": 0.05, "objective": "negative"},
    "epochs that differ": {"subsample": 0.0005, "epochs": 40},
    "diverged": {"learning_rate": 300.0, "decay": False},
}


@pytest.mark.parametrize("settings", WAYS.values(), ids=WAYS)
def test_the_table_of_losses_names_the_words_of_each_update(settings: dict[str, Any]) -> None:
    run = hostile_run(**settings)
    rows, words = rows_of(losses_csv(run)), run.corpus.vocabulary.words
    assert len(rows) == run.n_steps + 1
    assert (rows[-1]["center"], rows[-1]["context"]) == ("", "")
    several = 0
    for t in {*range(min(60, run.n_steps)), *range(max(0, run.n_steps - 5), run.n_steps)}:
        examples = [trace.example for trace in run.step(t).traces]
        if run.config.architecture == "cbow":
            ((center, context),) = [(example.target, example.inputs) for example in examples]
        else:
            centers, context = {example.inputs[0] for example in examples}, [e.target for e in examples]
            if len(centers) > 1:  # several windows
                several += 1
                assert (rows[t]["center"], rows[t]["context"]) == ("", "")
                continue
            (center,) = centers
        if rows[t]["center"] == "" and run.config.batching in ("minibatch", "full"):
            continue  # several windows of one word
        assert rows[t]["center"] == safe_cell(words[center])
        assert rows[t]["context"] == safe_cell(" ".join(words[i] for i in context))
    assert (several > 0) == (run.config.batching in ("minibatch", "full"))
    assert all(cell == "" or str(cell)[0] not in "=+-@\t\r\n" for r in rows for cell in (r["center"], r["context"]))


def test_no_table_holds_what_is_not_a_number(royal: Run) -> None:
    losses = royal.losses.copy()
    losses[3:5] = np.nan, np.inf
    broken = copy(royal)
    broken.losses = losses
    rows = rows_of(losses_csv(broken))
    assert [row["loss"] for row in rows[2:6]] == [losses[2], "", "", losses[5]]


@pytest.mark.parametrize("settings", MODELS, ids=["softmax", "negative", "tree"])
def test_the_table_of_an_update_can_be_recomputed(settings: dict[str, Any]) -> None:
    run = Run(Config(PRESETS["royal"].text, epochs=2, dim=3, **settings))
    step, words = run.step(11), run.corpus.vocabulary.words
    rows = rows_of(update_csv(step, words))
    assert len(rows) == sum(len(t.rows) + len(t.example.inputs) for t in step.traces)

    def vector(row: dict[str, Any], name: str) -> np.ndarray:
        return np.array([row[f"{name}_{i}"] for i in (1, 2, 3)])

    for number, trace in enumerate(step.traces):
        mine = [row for row in rows if row["example"] == number]
        inputs, outputs = ([row for row in mine if row["vector"] == kind] for kind in "vu")
        h = np.mean([vector(row, "before") for row in inputs], axis=0)
        assert [words[i] for i in trace.example.inputs] == [row["word"] for row in inputs]
        for row in outputs:
            assert row["score"] == pytest.approx(vector(row, "before") @ h, abs=1e-12)
            assert row["error"] == pytest.approx(row["P"] - row["y"], abs=1e-15)
            np.testing.assert_allclose(vector(row, "gradient"), row["error"] * h, atol=1e-12)
        if run.config.objective == "softmax":
            weights = np.exp([row["score"] for row in outputs])
            np.testing.assert_allclose([row["P"] for row in outputs], weights / weights.sum(), rtol=1e-9)
            assert [row["word"] for row in outputs] == list(words)
        if run.config.objective == "hierarchical":
            assert all(re.fullmatch(r"node \d+", row["word"]) for row in outputs)
    if len(step.traces) == 1 and run.config.architecture == "skip-gram":
        for row in rows:
            moved = vector(row, "before") - step.learning_rate * vector(row, "gradient")
            np.testing.assert_allclose(vector(row, "after"), moved, atol=1e-12)


def test_hostile_words_come_back_from_the_table_and_none_is_a_formula() -> None:
    run = hostile_run()
    data = update_csv(run.step(0), run.corpus.vocabulary.words)
    outputs = [row["word"] for row in rows_of(data) if row["vector"] == "u"]
    for cell, word in zip(outputs, run.corpus.vocabulary.words, strict=True):
        assert cell in (word, f"'{word}")
        assert cell[0] not in "=+-@\t\r\n"
        assert (cell != word) == (word[0] in "=+-@\t\r\n")
    assert {"nan", "null", "NA", "None", "1e5"} <= set(outputs)


@given(st.text(min_size=1))
def test_a_cell_keeps_its_word(word: str) -> None:
    assert safe_cell(word).removeprefix("'") == word.removeprefix("'")
    assert not safe_cell(word).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_words_nan_and_null_survive_pandas_too() -> None:
    pandas = pytest.importorskip("pandas")
    run = hostile_run()
    table = pandas.read_csv(io.BytesIO(update_csv(run.step(0), run.corpus.vocabulary.words)), keep_default_na=False)
    assert {"nan", "null", "NA", "None"} <= set(table["word"])
    assert table["update"].tolist() == [0] * len(table)


def test_a_table_too_large_is_refused_in_words(royal: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("w2v.files.csv_tables.MOST_CELLS", 100)
    with pytest.raises(ValueError, match=r"^This update has too many numbers for one table"):
        update_csv(royal.step(0), royal.corpus.vocabulary.words)


# --- the button -------------------------------------------------------------------------------------------

APP = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pages.components.register import send_code
from pages.parts.save.menu import export_button
from pages.parts.shared import watch
from pages.session import coming, now, training
coming.begin()
send_code()
now.first_address()  # the frame of the app asks for both
run = training.present_moments()
export_button(run, "A title", now.moment(run), now.word_id(run), now.level())
watch.show(run, "training", ("bars", "transport"))
"""


def test_file_names_are_our_own_words() -> None:
    assert file_name(Config(PRESETS["hot_cold"].text)) == "word2vec-hot-cold"
    assert file_name(Config("../../etc passwd <b> a b a b")) == "word2vec-own-text"


@pytest.mark.browser
def test_the_button_saves_the_moment_at_rest(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(APP, encoding="utf-8")
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    run = Run(Config(PRESETS["royal"].text, epochs=3))
    with run_server(tmp_path / "log.txt", root=tmp_path) as server, browser.new_context() as context:
        watch = Watch()
        watch.serve(server)
        watch.follow(context)
        page = context.new_page()
        page.goto(f"{server.url}/?preset=royal&epochs=3&t=40")
        page.locator('[data-action="forward"]').click()
        expect(page.locator(".w2v-player")).to_have_attribute("data-t", "41")
        page.wait_for_url("**t=41**")
        page.get_by_role("button", name="Save").click()
        saved = {}
        for label in (
            "Page that plays this run",
            "Still picture, PNG",
            "Still picture, SVG",
            "Moving picture",
            "Losses of all updates",
            "All numbers of update 41",
            "Worksheet of update 41, solved",
            "Update 41 as a notebook",
            "Update 41 in Python",
            "Worksheet of the first sentences, solved",
            "word2vec text",
            "word2vec binary",
            "Tables for TensorBoard's projector",
            "The run, to open again",
        ):
            with page.expect_download() as download:
                page.get_by_role("button", name=label).click()
            saved[download.value.suggested_filename] = Path(download.value.path()).read_bytes()
        assert list(saved) == [
            "word2vec-royal.html",
            "word2vec-royal-41.png",
            "word2vec-royal-41.svg",
            "word2vec-royal-map.gif",
            "word2vec-royal-losses.csv",
            "word2vec-royal-update-41.csv",
            "word2vec-royal-update-41-solved.html",
            "word2vec-royal-update-41.ipynb",
            "word2vec-royal-update-41.py",
            "word2vec-royal-counts-solved.html",
            "word2vec-royal-vectors.txt",
            "word2vec-royal-vectors.bin",
            "word2vec-royal-projector.zip",
            "word2vec-royal.npz",
        ]
        assert saved["word2vec-royal-losses.csv"] == losses_csv(run)
        assert saved["word2vec-royal-update-41.csv"] == update_csv(run.step(41), run.corpus.vocabulary.words)
        assert saved["word2vec-royal-update-41-solved.html"] == update_sheet(run, run.step(41), solved=True)
        assert saved["word2vec-royal-update-41.ipynb"] == notebook(run, 41)
        assert saved["word2vec-royal-update-41.py"] == script(run, 41)
        assert saved["word2vec-royal-counts-solved.html"].startswith(b"<!DOCTYPE html>")
        assert saved["word2vec-royal-map.gif"] == map_gif(run)
        assert saved["word2vec-royal.html"].startswith(b"<!DOCTYPE html>")
        V = run.parameters(41).V
        for kind in ("txt", "bin"):
            vectors = read_vectors(saved[f"word2vec-royal-vectors.{kind}"])
            assert vectors.words == run.corpus.vocabulary.words
            assert (vectors.vectors == V.astype(np.float32)).all()
        with zipfile.ZipFile(io.BytesIO(saved["word2vec-royal-projector.zip"])) as tables:
            assert (read_projector({name: tables.read(name) for name in tables.namelist()}).vectors == V).all()
        assert saved["word2vec-royal.npz"] == saved_run(run)
        assert watch.complaints() == []
