"""How numbers are written: three significant digits, percentages, and never nothing for something."""

import json
import math
import re

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.drawing.numbers import number, percent

MINUS = "\N{MINUS SIGN}"
finite = st.floats(-1e300, 1e300)
usual = st.one_of(finite, st.floats(-1e7, 1e7), st.floats(-2, 2), st.integers(-6, 9).map(lambda k: 9.996 * 10.0**k))


def value(text: str) -> float:
    return float(text.replace(",", "").replace(MINUS, "-"))


@given(usual)
@example(0.9996)
@example(9.996)
@example(0.09996)
@example(0.00099999)
@example(999999.9)
@example(0.000099996)
def test_a_number_has_three_significant_digits(x: float) -> None:
    text = number(x)
    if x == 0:
        assert text == "0"
        return
    digits = re.sub(r"e.*|\D", "", text.replace(MINUS, "")).lstrip("0")
    assert len(digits) == 3 or (len(digits) > 3 and "." not in text and abs(x) > 999), text  # 12,345 stays whole
    exponent = math.floor(math.log10(abs(x))) if abs(x) > 1e-300 else -300
    assert abs(value(text) - x) <= 0.5001 * max(10.0 ** (exponent - 2), 5e-324), text


@given(usual.filter(bool))
def test_what_is_not_zero_is_never_written_as_zero(x: float) -> None:
    assert value(number(x)) != 0


@given(usual)
def test_a_negative_number_has_a_true_minus_sign(x: float) -> None:
    text = number(x)
    assert text.startswith(MINUS) == (x < 0)
    assert "-" not in text.split("e")[0]
    assert number(-x).lstrip(MINUS) == text.lstrip(MINUS)


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.1234, "0.123"),
        (12.34, "12.3"),
        (1230.4, "1,230"),
        (-0.5, MINUS + "0.500"),
        (123.4, "123"),
        (3e-9, "3.00e-09"),
    ],
)
def test_some_numbers(x: float, text: str) -> None:
    assert number(x) == text


@pytest.mark.parametrize("x", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_still_written(x: float) -> None:
    assert re.fullmatch(f"nan|{MINUS}?inf", number(x))


@given(st.floats(0, 1))
@example(0.0995)
@example(0.09949)
@example(0.001)
@example(0.00099999)
@example(0.9999)
def test_a_share_is_written_as_the_pages_ask(share: float) -> None:
    """Without decimals above 10 %, one below and next to 100; bounds instead of 0 and 100 for what is neither."""
    text, p = percent(share), 100 * share
    if share == 0:
        assert text == "0 %"
    elif p < 0.1:
        assert text == "<0.1 %"
    elif re.fullmatch(r"\d+ %", text):
        assert p >= 9.95
        assert abs(int(text[:-2]) - p) <= 0.5 + 1e-9
        assert text != "100 %" or p == pytest.approx(100, abs=1e-6)
    elif re.fullmatch(r"99\.\d %", text):
        assert p >= 99.5
        assert abs(float(text[:-2]) - p) <= 0.05 + 1e-9
    elif re.fullmatch(r"\d\.\d %", text):
        assert p < 9.95 + 1e-9
        assert abs(float(text[:-2]) - p) <= 0.05 + 1e-9
    else:
        assert text == ">99.9 %"
        assert 99.9 < p < 100
    assert not re.match(r"0(\.0)? %", text) or share == 0


def test_percentages_in_tables_have_two_digits_and_what_they_are_made_of_more() -> None:
    """Streamlit's own format for percentages has two decimals; this one is given shares in percent."""
    at = AppTest.from_function(_table_of_shares).run()
    (frame,) = at.dataframe
    assert frame.value["share"].tolist()[:3] == [10.0, 96.2913, 0.031]
    assert np.isnan(frame.value["share"][3])
    assert frame.value["other"].tolist() == [0.1, 0.2, 0.3, 0.4]
    column = json.loads(frame.proto.columns)["share"]["type_config"]
    assert (column["format"], column["max_value"]) == ("%.2g %%", 100.0)


def _table_of_shares() -> None:
    from pages.parts.shared import tables

    columns = {"share": [0.1, 0.962913, 0.00031, float("nan")], "other": [0.1, 0.2, 0.3, 0.4]}
    tables.table(columns, key="shares", formats={"share": tables.share_column()}, pinned=0)
