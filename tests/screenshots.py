"""Photograph every page in light and dark, at two sizes: `make screenshots` fills docs/screenshots for the README.

The same pictures every time: a preset text, one moment of its run, nothing moving, few colors so that the files
stay small. `python -m tests.screenshots training` takes only the pictures whose names begin like that.
tests/test_browser_pictures.py compares the pages with them; fonts.json says with which letters they were taken.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import groupby, product
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Page, sync_playwright

from tests.browser import ROOT, NoBrowser, Server, find_browser, launch_arguments, open_page, run_server, wait_idle
from tests.browsing import change_theme, turn_to

FOLDER = ROOT / "docs" / "screenshots"
SIZES = {"": (1440, 900), "-1024": (1024, 768)}  # the README shows those without a suffix
THEMES = {"": "light", "-dark": "dark"}
MOMENT = "preset=royal&t=700&word=king"
PAGES = {
    "start": "Start",
    "text": "Text and windows",
    "training": "Training",
    "map": "Map",
    "update": "One update",
    "words": "Words",
    "compare": "Compare",
    "variants": "Variants",
    "lessons": "Lessons",
    "teach": "Teach",
}
WITH_A_MAP = ("start", "training", "map")
WINDOW = 30  # over which place of the text the window stands
COLORS = 256
FONTS = FOLDER / "fonts.json"
VISIBLE = 6  # shades of 255
Fonts = dict[str, object]  # what decides how letters look


@dataclass(frozen=True)
class Picture:
    """One picture to take: its file's name, and what stands on it."""

    name: str
    page: str
    size: tuple[int, int]
    theme: str


def pictures() -> Iterator[Picture]:
    """All pictures: every page in both themes and both sizes."""
    for page, (suffix, size), (shade, theme) in product(PAGES, SIZES.items(), THEMES.items()):
        yield Picture(f"{page}{suffix}{shade}", page, size, theme)


# Widths of words and signs in the page's letters, which come with it; a sign they lack is this computer's.
WIDTHS = """() => {
    const pen = document.createElement('canvas').getContext('2d');
    const own = getComputedStyle(document.querySelector('.stApp')).fontFamily;
    return ['400 14px ' + own, '650 15px ' + own].map((font) => {
        pen.font = font;
        return ['The king wears a crown', '0.123 %', '\u2212\u2192\u03c3'].map((text) => pen.measureText(text).width);
    });
}"""


def fonts_of(page: Page) -> Fonts:
    """Return what decides how letters look: the browser's version, and how wide words are."""
    browser = page.context.browser
    assert browser is not None
    return {"browser": browser.version.split(".")[0], "widths": page.evaluate(WIDTHS)}


def take(picture: Picture, shot: bytes, fonts: Fonts) -> Path:
    """Keep a picture that was shot and return its file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    FONTS.write_text(json.dumps(fonts) + "\n")
    path = FOLDER / f"{picture.name}.png"
    save_small(shot, path)
    return path


def shoot(
    page: Page,
    server: Server,
    chosen: Sequence[Picture],
    is_wanted: Callable[[Picture, Fonts, bytes], bool] | None = None,
) -> Iterator[tuple[Picture, bytes, Fonts]]:
    """Photograph pages at rest and note with which letters they were drawn: in one visit.

    A page opens at the size and in the theme in which the one before it was left, and is drawn anew in the others. On a
    map names stay where they are beside their dots: that is opened anew at the other size.

    is_wanted : says of a picture whether it is the one that was waited for, so that no other need be taken
    """
    size, theme = SIZES[""], THEMES[""]
    page.emulate_media(reduced_motion="reduce", color_scheme=theme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_page(page, f"{server.url}/training?{MOMENT}")
    for name, of_page in groupby(chosen, key=lambda picture: picture.page):
        turn_to(page, PAGES[name])
        for picture in in_turn(of_page, size, theme):
            if picture.theme != theme:
                change_theme(page, picture.theme)
            if picture.size != size:
                page.set_viewport_size({"width": picture.size[0], "height": picture.size[1]})
                if name in WITH_A_MAP:
                    turn_to(page, PAGES["lessons"])
                    turn_to(page, PAGES[name])
            size, theme = picture.size, picture.theme
            settle(page, name)
            fonts = fonts_of(page)
            yield picture, photograph(page, is_wanted and partial(is_wanted, picture, fonts)), fonts


def in_turn(chosen: Iterable[Picture], size: tuple[int, int], theme: str) -> list[Picture]:
    """The pictures of a page so that from one to the next the theme or the size changes: a page first as it is."""

    def changes(picture: Picture) -> tuple[bool, bool]:
        other_theme = picture.theme != theme
        return other_theme, (picture.size != size) != other_theme

    return sorted(chosen, key=changes)


def settle(page: Page, name: str) -> None:
    """Bring a page to rest at the moment to be photographed."""
    if name == "text":
        page.locator(".w2v-windows").wait_for()
        page.locator(".w2v-windows").evaluate("(root, k) => root.view.goTo(k)", WINDOW)
    elif name == "compare":
        page.locator(".js-plotly-plot").first.wait_for()
    elif name not in ("lessons", "teach"):  # which have no player
        page.locator(".w2v-player[data-exact=true]").wait_for()
    page.mouse.move(0, 0)
    page.evaluate("document.fonts.ready")
    wait_idle(page, settle=0.8)


def photograph(page: Page, is_wanted: Callable[[bytes], bool] | None) -> bytes:
    """Take pictures until one is wanted, or two in a row are the same: then nothing glides or fades any more."""
    shot = b""
    for _ in range(20):
        before, shot = shot, page.screenshot(animations="disabled", caret="hide")
        if shot == before or (is_wanted and is_wanted(shot)):
            break
        page.wait_for_timeout(250)
    return shot


def save_small(shot: bytes, path: Path) -> None:
    """Save a picture with few colors: the pages are flat, so nobody sees the difference.

    A file that looks the same already stays: now and then the edge of a letter is drawn a shade lighter.
    """
    with Image.open(BytesIO(shot)) as image:
        small = image.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
    if path.exists():
        with Image.open(path) as old:
            if old.size == small.size and look_the_same(old.convert("RGB"), small.convert("RGB")):
                return
    small.save(path, optimize=True)


def look_the_same(one: Image.Image, other: Image.Image) -> bool:
    """Whether hardly a pixel in ten thousand differs visibly."""
    difference = ImageChops.difference(one, other).convert("L")
    return sum(difference.histogram()[VISIBLE:]) < 1e-4 * one.width * one.height


def main() -> None:
    """Take the pictures that were asked for, or all of them."""
    wanted = sys.argv[1:]
    chosen = [p for p in pictures() if not wanted or p.name.startswith(tuple(wanted))]
    with (
        tempfile.TemporaryDirectory() as folder,
        run_server(Path(folder) / "log.txt") as server,
        sync_playwright() as p,
    ):
        try:
            browser = p.chromium.launch(executable_path=find_browser(p), args=launch_arguments())
        except NoBrowser as problem:
            sys.exit(str(problem))
        for picture, shot, fonts in shoot(browser.new_page(locale="en-US"), server, chosen):
            path = take(picture, shot, fonts)
            print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} kB", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
