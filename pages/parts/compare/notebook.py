"""The lab notebook on the page: all that was trained in this session, to be read, downloaded and opened again."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from statistics import fmean

import streamlit as st

from pages.drawing.numbers import percent
from pages.drawing.words import shown
from pages.parts.compare import pair
from pages.parts.compare.settings import differences, settings_in_words
from pages.parts.shared import tables
from pages.session import allowed, memory, notebook, now, opened_run
from pages.session.notebook import LONGEST_LINE, Occasion, Row
from w2v import Moments
from w2v.files.csv_tables import Cell, table_csv

LOST = "The notebook lasts as long as this tab is open, and a reload empties it: download it to keep it."
CHOSEN, LINE, OTHER = "notebook_run", "notebook_line", "notebook_other"
NATS = {"loss at the start, nats": "start", "loss at the end, nats": "end", "floor, nats": "floor"}
SEEDS: Occasion = "seeds"
FOLDED = "Seeds that were tried together stand in one line."
COMPARED_IN = {"players": "Watch these two side by side", "parting": "Where do they part?"}  # by the part that shows it


def show(_: Moments) -> None:
    """The table, and below it what can be done with one of its rows."""
    rows = notebook.rows()
    st.text(in_short(rows))
    tables.table(_columns(rows), key="notebook", formats=_formats(rows), height=352)
    _with_another(rows, _one(rows))
    if not allowed.hides("share"):
        with st.container(horizontal=True):
            st.download_button("Save as CSV", csv_of(rows), "notebook.csv", "text/csv", key="notebook_csv")
            st.download_button("Save as JSON", json_of(rows), "notebook.json", "application/json", key="notebook_json")
    st.caption(LOST)


def in_short(rows: Sequence[Row]) -> str:
    """Say how many there are, and which learned most."""
    best = max(rows, key=lambda row: row.share)
    most = f"{percent(max(0.0, best.share))} of what its text allows"
    if len(rows) == 1:
        return f"One run so far. It learned {most}."
    said = f"{len(rows):,} runs so far, the newest first. Run {best.number} learned most: {most}."
    if (present := next((row.number for row in rows if row.config == now.config()), None)) is not None:
        said += f" All pages show run {present}."
    return f"{said} {FOLDED}" if len(_lines(rows)) < len(rows) else said


def _lines(rows: Sequence[Row]) -> list[tuple[Row, ...]]:
    """Return the rows of each line of the table: seeds that were tried together stand in one."""

    def line(row: Row) -> object:
        return (row.text, row.settings) if row.occasion == SEEDS else row.number

    return [tuple(group) for _, group in groupby(rows, key=line)]


def _columns(rows: Sequence[Row]) -> dict[str, list[object]]:
    lines = _lines(rows)
    columns: dict[str, list[object]] = {
        "run": [line[0].number for line in lines],
        "text": [shown(line[0].text) for line in lines],
        "settings": [settings_in_words(line[0].settings) for line in lines],
        "learned": [max(0.0, _mean(line, "share")) for line in lines],
        "word": [shown(line[0].word) for line in lines],
        "nearest at the end": [_nearest(line) for line in lines],
        "your line": [line[0].line for line in lines],
        "seed": [_from_to([row.seed for row in line]) for line in lines],
        "trained": [_trained(line) for line in lines],
    }
    if now.in_numbers():
        columns |= {name: [_mean(line, of) for line in lines] for name, of in NATS.items()}
    return columns


def _mean(line: Sequence[Row], name: str) -> float:
    return fmean(getattr(row, name) for row in line)


def _nearest(line: Sequence[Row]) -> str:
    if len(line) == 1:
        return ", ".join(map(shown, line[0].near))
    ((nearest, times),) = Counter(row.near[0] if row.near else "" for row in line).most_common(1)
    return f"{shown(nearest)} in {times} of {len(line)}"


def _trained(line: Sequence[Row]) -> str:
    if len(line) == 1:
        return line[0].trained
    return f"{len(line)} seeds, runs {_from_to([row.number for row in line])}; learned is their mean"


def _from_to(numbers: Sequence[int]) -> str:
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low} to {high}"


def _formats(rows: Sequence[Row]) -> dict[str, object]:
    longest = max(len(row.line) for row in rows)
    line = {"your line": tables.wide_column(longest)} if longest else {}
    return {"learned": tables.share_column(), **line, **{name: tables.number_format() for name in NATS}}


def _one(rows: Sequence[Row]) -> Row:
    """One row: a line about it, and the way back to it. Returns which one."""
    by_number = {row.number: row for row in rows}
    if memory.widget_value(CHOSEN) not in by_number:
        memory.set_widget_value(CHOSEN, rows[0].number)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = int(_choose("Run", by_number, CHOSEN))
        memory.set_widget_value(LINE, by_number[number].line)
        st.text_input(
            "Your line about this run",
            key=LINE,
            placeholder="What did you want to find out, and what did you see?",
            on_change=lambda: notebook.write(number, str(memory.widget_value(LINE) or "")),
        )
        row = by_number[number]
        opens = st.button("Open this run", key="notebook_open", icon=":material/history:", disabled=row.config is None)
    if len(row.line) == LONGEST_LINE:
        st.text(f"A line takes {LONGEST_LINE:,} letters: what was behind these is left out.")
    if row.config is None:
        st.text("The text of this run was let go of, because others needed its room: it cannot be opened again.")
    elif "stopped by you" in row.trained:
        st.text("You stopped this run; opened again, it is trained to its end.")
    if opens and row.config is not None:
        opened_run.open_run(row.config, now.END, row.word, differences(row.config, now.config()))
        now.turn_to("training")
    return row


def _with_another(rows: Sequence[Row], row: Row) -> None:
    """Another row beside it, and where the two can be compared."""
    others = {one.number: one for one in rows if one.number != row.number and one.config is not None}
    if row.config is None:
        return
    if not others:
        st.text("When another run stands here, the two can be watched side by side.")
        return
    if memory.widget_value(OTHER) not in others:
        older = [number for number in others if number < row.number]
        memory.set_widget_value(OTHER, next(iter(older or others)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        other = int(_choose("Compare it with", others, OTHER))
        for part, label in COMPARED_IN.items():
            st.button(label, key=f"notebook_{part}", on_click=_compare, args=(row.number, other, part))


def _choose(label: str, among: Mapping[int, Row], key: str) -> int:
    names = {number: pair.called_row(row) for number, row in among.items()}
    chosen: int = st.selectbox(label, list(names), format_func=lambda number: names[number], key=key, width=280)
    return chosen


def _compare(number: int, other: int, part: str) -> None:
    """Show two runs in a part of this page; they are trained there, if they are not kept."""
    by_number = {row.number: row.config for row in notebook.rows()}
    first, second = by_number.get(number), by_number.get(other)
    if first is not None and second is not None:
        pair.take_both(first, second)
        now.choose_part(part)


# --- to be saved ---------------------------------------------------------------------------------------------------


def records(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return all that a row says, one record each, the newest first."""
    return [
        {
            "run": row.number,
            "text": row.text,
            "settings": row.settings,
            "seed": row.seed,
            "trained": row.trained,
            "loss_at_start": row.start,
            "loss_at_end": row.end,
            "floor": row.floor,
            "learned": row.share,
            "word": row.word,
            "nearest": list(row.near),
            "line": row.line,
        }
        for row in rows
    ]


def json_of(rows: Sequence[Row]) -> bytes:
    """Return the rows as JSON in UTF-8."""
    return json.dumps(records(rows), ensure_ascii=False, indent=1).encode("utf-8", "replace")


def csv_of(rows: Sequence[Row]) -> bytes:
    """Return the rows as CSV, in which no cell is a formula."""
    found = records(rows)
    return table_csv(list(found[0]), [[_cell(value) for value in record.values()] for record in found])


def _cell(value: object) -> Cell:
    if isinstance(value, dict):
        return ", ".join([f"{name}={setting}" for name, setting in value.items()])
    if isinstance(value, list):
        return " ".join(map(str, value))
    return value if isinstance(value, int | float) else str(value)
