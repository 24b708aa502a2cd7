"""Of a notebook of Jupyter the cells of text are kept, and no code."""

import json
from typing import Any

import pytest

from w2v.reading.kinds_of_text import kind_of, stripped


def notebook(*cells: dict[str, Any], indent: int | None = 1) -> str:
    """A notebook, as Jupyter saves it."""
    return json.dumps({"cells": [*cells], "metadata": {"kernelspec": {"name": "no"}}, "nbformat": 4}, indent=indent)


CODE = {"cell_type": "code", "execution_count": 1, "outputs": [{"text": ["no\n"]}], "source": ["import no\n", "no()"]}
TEXT = {"cell_type": "markdown", "metadata": {}, "source": ["# Boats\n", "\n", "The **boat** is red.\n", "\n", "So."]}
ONE = {"cell_type": "markdown", "metadata": {}, "source": "It isn't far, [as](https://no.example) they say."}


@pytest.mark.parametrize("indent", [None, 1])
def test_cells_of_text_are_kept(indent: int | None) -> None:
    source = notebook(TEXT, CODE, ONE, CODE, indent=indent)
    for shape in (source, source.replace("\n", "\r\n"), "\ufeff" + source, "\n" + source):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.sentence(shape) == (
            "This text is a notebook of Jupyter: its code and what came of it would be learned as words."
        )
        assert stripped(shape) == "Boats\n\nThe boat is red.\n\nSo.\n\nIt isn't far, as they say."


def test_one_that_is_cut_off_loses_no_text_and_one_of_code_alone_says_so() -> None:
    cut = notebook(TEXT, ONE, CODE)[:-150]
    assert "The boat is red." in stripped(cut)
    with pytest.raises(ValueError, match="nothing is left"):
        stripped(notebook(CODE, CODE))
    for cells in ([1], [{}], {"a": 1}, [{"cell_type": "markdown", "source": None}]):
        stripped(json.dumps({"cells": cells, "about": [{"cell_type": "markdown", "text": "The boat is red."}]}))


def test_other_json_is_none() -> None:
    for text in ('{"cells": [{"text": "The boat is red."}]}', json.dumps([TEXT, ONE]), "cell_type: markdown, says it"):
        kind = kind_of(text)
        assert kind is None or "Jupyter" not in kind.name
