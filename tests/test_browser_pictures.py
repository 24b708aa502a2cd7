"""Every page at rest looks like its stored picture in docs/screenshots, in both themes and at both sizes.

A change of a page that is meant: look at the new picture in .screenshots, then `make screenshots`. Where the browser
draws letters otherwise than the one that took the pictures (fonts.json), their edges and widths differ: then only
what lies where is compared, in large squares; the report says so.
"""

import json
import sys
from collections.abc import Callable
from io import BytesIO
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from playwright.sync_api import Page

from tests.browser import SCREENSHOTS, Server
from tests.screenshots import FOLDER, FONTS, PAGES, SIZES, THEMES, Fonts, Picture, pictures, shoot

BLUR = 2  # px: an edge drawn half a pixel aside is no difference
VISIBLE = 40  # shades of 255, after the blur
MOST = 0.005  # share of the pixels that may differ: a few numbers; a panel or a line of text is more
COARSE = 32  # px of a side of the squares that are compared when the letters are others
COARSE_VISIBLE = 10
COARSE_MOST = 0.04


def most_of_a_color(one: Image.Image, other: Image.Image) -> Image.Image:
    """How far two pictures are apart in each pixel: in the color that differs most."""
    red, green, blue = ImageChops.difference(one, other).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def difference(one: Image.Image, other: Image.Image) -> np.ndarray:
    """Which pixels differ visibly. None does where none did before the blur: so it is blurred around those alone."""
    plain = [image.convert("RGB") for image in (one, other)]
    found = np.zeros((one.height, one.width), dtype=bool)
    box = most_of_a_color(*plain).point([255 * (shade >= VISIBLE) for shade in range(256)]).getbbox()
    if box:
        left, top = (max(0, edge - 2 * BLUR) for edge in box[:2])
        right, bottom = (min(most, edge + 2 * BLUR) for edge, most in zip(box[2:], one.size))
        blurred = [image.crop((left, top, right, bottom)).filter(ImageFilter.BoxBlur(BLUR)) for image in plain]
        found[top:bottom, left:right] = np.asarray(most_of_a_color(*blurred)) > VISIBLE
    return found


def coarse_difference(one: Image.Image, other: Image.Image) -> np.ndarray:
    """Which squares differ visibly in their mean color."""
    small = [np.asarray(image.convert("RGB").reduce(COARSE), dtype=float) for image in (one, other)]
    return np.abs(small[0] - small[1]).max(axis=2) > COARSE_VISIBLE


def compare(name: str, stored: Image.Image, shot: Image.Image, same_letters: bool) -> str | None:
    """None, or a sentence with the paths of the new picture and of one that shows in red what differs."""
    if stored.size != shot.size:
        return f"{name} is {shot.size} now, stored is {stored.size}"
    different = difference(stored, shot) if same_letters else coarse_difference(stored, shot)
    share, most = different.mean(), MOST if same_letters else COARSE_MOST
    if share <= most:
        return None
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    new, marked = SCREENSHOTS / f"{name}.png", SCREENSHOTS / f"{name}-difference.png"
    shot.save(new)
    mask = Image.fromarray(np.where(different, 255, 0).astype(np.uint8)).resize(shot.size)
    Image.composite(Image.new("RGB", shot.size, "red"), shot.convert("L").convert("RGB"), mask).save(marked)
    return f"{100 * share:.2f} % differ (at most {100 * most} %) from {stored_path(name)}: now {new}, in red {marked}"


def stored_path(name: str) -> Path:
    return FOLDER / f"{name}.png"


@pytest.mark.long
@pytest.mark.browser
def test_the_pages_look_like_their_pictures(
    page: Page,
    fresh_server: Callable[..., Server],
    capsys: pytest.CaptureFixture[str],
    subtests: pytest.Subtests,
) -> None:
    """On a server of its own: Compare shows what others have trained too."""
    chosen = list(pictures())
    letters = json.loads(FONTS.read_text())
    complaints: dict[str, str | None] = {}

    def looks_right(picture: Picture, fonts: Fonts, shot: bytes) -> bool:
        with Image.open(stored_path(picture.name)) as stored:
            complaints[picture.name] = compare(picture.name, stored, Image.open(BytesIO(shot)), fonts == letters)
        return complaints[picture.name] is None

    everything = set(product(PAGES, SIZES.values(), THEMES.values()))
    assert {(picture.page, picture.size, picture.theme) for picture in chosen} == everything
    for picture, _, fonts in shoot(page, fresh_server(), chosen, looks_right):
        with subtests.test(picture.name):
            if fonts != letters:
                with capsys.disabled():
                    said = f"\n{picture.name}: other letters than in the stored picture: compared coarsely."
                    print(said, file=sys.stderr)  # of one among several processes only this output is seen
            complaint = complaints[picture.name]
            assert complaint is None, complaint


# --- the comparison can fail ----------------------------------------------------------------------------------


@pytest.fixture
def training() -> Image.Image:
    with Image.open(stored_path("training")) as image:
        return image.convert("RGB")


@pytest.mark.parametrize("same_letters", [True, False])
def test_other_pages_themes_and_lost_panels_are_seen(
    training: Image.Image, same_letters: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tests.test_browser_pictures.SCREENSHOTS", tmp_path)
    assert compare("x", training, training, same_letters) is None
    for other in ("training-dark", "start", "map", "update"):
        with Image.open(stored_path(other)) as image:
            assert compare("x", training, image, same_letters), other
    lost = training.copy()
    width, height = lost.size
    ImageDraw.Draw(lost).rectangle((0.1 * width, 0.3 * height, 0.5 * width, 0.8 * height), fill=lost.getpixel((2, 600)))
    sentence = compare("x", training, lost, same_letters)
    assert sentence is not None
    assert (tmp_path / "x.png").exists()
    with Image.open(tmp_path / "x-difference.png") as marked:
        assert (255, 0, 0) in {color for _, color in marked.getcolors(1 << 24) or []}


def test_a_line_of_text_that_is_gone_is_seen_and_softer_edges_are_not() -> None:
    with Image.open(stored_path("teach")) as image:  # of all pages the one with most lines of text
        teach = image.convert("RGB")
    softer = Image.blend(teach, teach.filter(ImageFilter.BoxBlur(0.7)), 0.6)
    assert compare("x", teach, softer, True) is None
    tops = [y for y in range(0, teach.height - 24, 24) if difference(teach, without(teach, y)).mean() > MOST]
    assert len(tops) > 3, "lines that are missed when they are gone"


def without(image: Image.Image, top: int) -> Image.Image:
    """The picture with a stripe of 24 pixels painted over."""
    covered = image.copy()
    ImageDraw.Draw(covered).rectangle((0, top, image.width, top + 24), fill=image.getpixel((2, 600)))
    return covered
