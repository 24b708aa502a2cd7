"""Of tables and JSON the text is kept as a whole: no row is lost, none is made up, none comes twice."""

import json
import time

import pytest

from w2v.reading.kinds_of_text import kind_of, stripped

ROWS = [f"The boat {i} is red" for i in "abcdefghij"]


def table(rows: list[str], divider: str = "\t") -> str:
    return "".join(f"{i or 'id'}{divider}{row}\n" for i, row in enumerate(["text", *rows]))


@pytest.mark.parametrize("divider", ["\t", ",", ";"])
@pytest.mark.parametrize("n", [10, 20_000])
def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(divider: str, n: int) -> None:
    """A reader of CSV makes one cell of all that follows: what is longer than it allows ended the table."""
    rows = [f"boat w{i} is red" for i in range(n)]
    rows[n // 2] = '"Yes he said'
    rows[n // 2 + 1] = '"The far boat"'
    found = stripped(table(rows, divider)).splitlines()
    assert found == [*rows[: n // 2 + 1], "The far boat", *rows[n // 2 + 2 :]]


def test_cells_of_several_lines_and_with_dividers_stay_whole() -> None:
    text = 'id,text\n1,"The boat,\nwhich is red"\n2,"The ""harbor"""\n3,far\n'
    assert stripped(text) == 'The boat,\nwhich is red\nThe "harbor"\nfar'
    assert stripped(text.replace(",", "\t")) == 'The boat\t\nwhich is red\nThe "harbor"\nfar'


def test_a_long_cell_is_a_cell() -> None:
    words = "word " * 40_000
    rows = [*ROWS * 400, f'{words}, "" '.strip(), *ROWS]
    assert stripped(table([f'"{row}"\n' for row in rows], ",")).count("word") == 40_000


def test_a_divider_within_the_text_cuts_nothing_off() -> None:
    rows = [*ROWS, "So, it is old, and far"]
    assert stripped(table(rows, ",")).splitlines() == rows
    assert stripped(table([*ROWS, "The boat\nis old", *ROWS], ",")).splitlines() == [*ROWS, "The boat", "is old", *ROWS]


def test_where_sentences_come_from_is_no_text() -> None:
    """Pairs of sentences for language cards: a licence stands behind each, longer than the sentences."""
    pairs = [(f"Boat {a} {b}.", f"Boot {b} {a}.") for a in ("red", "old", "far", "new") for b in ("is", "was", "be")]
    licence = "CC-BY 2.0 (France) Attribution: tatoeba.org #{} (CM) & #{} (anna)"
    text = "".join(f"{a}\t{b}\t{licence.format(i, 7 * i)}\n" for i, (a, b) in enumerate(pairs))
    assert stripped(text).splitlines() == [sentence for pair in pairs for sentence in pair]


def test_texts_that_begin_alike_are_texts() -> None:
    rows = [{"id": i, "text": f"The king of the old house {row}"} for i, row in enumerate(ROWS)]
    assert stripped(json.dumps(rows)).splitlines() == [row["text"] for row in rows]


def test_rows_with_breaks_in_them_stay_apart() -> None:
    """As in the reviews of films that courses use: each is a row, with tags for its line ends."""
    rows = [f"The boat {i} is red<br /><br />So it is" for i in range(5)]
    lines = [line for line in stripped("review,stars\n" + "".join(f'"{row}",5\n' for row in rows)).splitlines() if line]
    assert lines == [line for i in range(5) for line in (f"The boat {i} is red", "So it is")]


def test_messages_of_telegram_come_once() -> None:
    messages = [
        {
            "id": i,
            "type": "message",
            "from": "Anna Smith",
            "text": row,
            "text_entities": [{"type": "plain", "text": row}],
        }
        for i, row in enumerate(ROWS)
    ]
    assert stripped(json.dumps({"name": "Boats", "messages": messages}, indent=1)).splitlines() == ROWS
    assert stripped('{"text_entities": ]]]' + json.dumps(messages)).splitlines() == ROWS


@pytest.mark.parametrize(
    "piece", ['"', '"\n', 'a,"b\n', '1\t"\n', "a b c,", '"text_entities":[', "The old king of it \t1\n"]
)
def test_no_table_takes_long(piece: str) -> None:
    text = table(ROWS) + piece * (200_000 // len(piece))
    begun = time.process_time()
    if kind_of(text):
        stripped(text)
    assert time.process_time() - begun < 1
