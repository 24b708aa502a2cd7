"""The QR code of a link, read by another program: exactly that link, dark on light, with a quiet zone."""

import io

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from pages.drawing.qr_code import LARGEST_VERSION, MOST_CHARACTERS, QUIET, WIDTH, qr_png

LINK = "http://192.168.1.20:8501/training?text=eNqr-_a&t=137&word=k%C3%B6nig&hide=settings%2Cpages"


def picture(link: str) -> Image.Image:
    made = qr_png(link)
    assert made is not None
    return Image.open(io.BytesIO(made))


@pytest.mark.parametrize("length", [len(LINK), 400, MOST_CHARACTERS])
def test_another_program_reads_exactly_the_link(length: int) -> None:
    link = LINK + "aB3_-" * length
    (found,) = zxingcpp.read_barcodes(picture(link[:length]))
    assert found.text == link[:length]


def test_it_is_dark_on_light_with_a_quiet_zone_and_sharp_on_a_wall() -> None:
    shown = np.asarray(picture(LINK).convert("L"))
    assert set(np.unique(shown)) == {0, 255}
    assert shown.shape[0] == shown.shape[1] >= WIDTH
    dark = np.argwhere(shown == 0)
    first, last = dark.min(axis=0), dark.max(axis=0)
    side = np.flatnonzero(shown[first[0], first[1] :] == 255)[0] / 7  # pixels of one module: a corner mark has seven
    for zone in (*first, *(shown.shape[0] - 1 - last)):
        assert zone == QUIET * side


def test_none_is_made_that_a_phone_could_not_read() -> None:
    assert qr_png("h" * (MOST_CHARACTERS + 1)) is None
    modules = 17 + 4 * LARGEST_VERSION + 2 * QUIET
    assert picture("h" * MOST_CHARACTERS).size[0] % modules == 0, "the largest holds what it is said to hold"
