"""Tables, and the columns of numbers in them."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import streamlit as st

from pages.drawing.words import visible

ROW_HEIGHT = 35  # pixels of a row of a table


def table(
    columns: Mapping[str, Sequence[Any] | Any],
    *,
    key: str,
    formats: Mapping[str, Any] | None = None,
    height: int = 282,
    pinned: int = 1,
) -> None:
    """Show a table. Words in it are data, never markup, and nothing in them turns or hides what stands beside them."""
    formats = formats or {}
    shares = {name for name, column in formats.items() if column == share_column()}
    in_table = pa.table({name: _column(values, name in shares) for name, values in columns.items()})
    config: dict[str, Any] = {name: st.column_config.Column(pinned=True) for name in list(columns)[:pinned]}
    fitting: int | Literal["auto"] = height if len(in_table) * ROW_HEIGHT > height else "auto"
    st.dataframe(in_table, hide_index=True, column_config=config | dict(formats), height=fitting, key=key)


def _column(values: Sequence[Any] | Any, are_shares: bool) -> pa.Array:
    """What is sent to the browser, at once: Streamlit would go by pandas, which takes four times as long."""
    show = _percent if are_shares else _shown
    return pa.array([show(value) for value in np.asarray(values).tolist()], from_pandas=True)  # nan is no number


def _shown(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and value else value


def _percent(share: float | None) -> float | None:
    """A share in percent, without what only the multiplication brings."""
    return None if share is None else float(f"{100 * share:.15g}")


def number_format(label: str | None = None) -> Any:
    """A column of numbers with full precision on a click and four digits at rest."""
    return st.column_config.NumberColumn(label, format="%.4g")


def share_column() -> Any:
    """A column of shares, as bars from 0 to 100 percent, with two digits as everywhere, and more on a click.

    `table` multiplies them: of its own, Streamlit writes every percentage with two decimals.
    """
    return st.column_config.ProgressColumn(format="%.2g %%", min_value=0.0, max_value=100.0)


def cosine_column() -> Any:
    """A column of cosines, as bars from 0 to 1."""
    return st.column_config.ProgressColumn(format="%.2f", min_value=0.0, max_value=1.0)


def wide_column(letters: int) -> Any:
    """A column of sentences of at most so many letters, as wide as they need, or half of the page."""
    return st.column_config.Column(width=min(560, max(90, 8 * letters)))


def named_column(letters: int) -> Any:
    """A first column whose names, of at most so many letters, are not cut."""
    return st.column_config.Column(pinned=True, width=max(60, 9 * letters))
