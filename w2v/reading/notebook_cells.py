"""Notebooks of Jupyter: cells of text between cells of code and what came of them."""

import json
import re
from typing import Any

from w2v.reading.tabular_text import text_of_json

_BEGINS = re.compile(r"\s*+\{\s*+\"(?:cells|metadata|nbformat\w*)\"\s*+:")
_CELL = re.compile(r"\"cell_type\"\s*+:\s*+\"(?:code|markdown|raw)\"")


def is_notebook(text: str) -> bool:
    """Say whether a text is a notebook, as it is saved."""
    return _BEGINS.match(text) is not None and _CELL.search(text) is not None


def text_of_notebook(source: str) -> str:
    """Return its cells of text, in order, as they were written: in Markdown. Of one that is cut off, all cells."""
    try:
        cells = json.loads(source)["cells"]
        return "\n\n".join(
            [text for cell in cells if cell["cell_type"] == "markdown" and (text := _text(cell["source"]))]
        )
    except (ValueError, RecursionError, KeyError, TypeError):
        return text_of_json(source)


def _text(lines: Any) -> str:
    """Return the text of a cell, which is a list of lines with their ends, or one string."""
    return ("".join(lines) if isinstance(lines, list) else str(lines)).strip()
