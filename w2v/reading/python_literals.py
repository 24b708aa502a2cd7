"""Lists and dictionaries as Python prints them: JSON, but for the marks around strings."""

import json
import re

from w2v.reading.tabular_text import is_json, kept_of_json, text_of_json

_NAME = re.compile(r"\A\s*+(?:[\w. ]++=\s*+)?")
_BEGINS = re.compile(_NAME.pattern + r"(?:[\[{(]\s*+){1,3}['\"]")
_STRING = re.compile(r"\"(?:[^\"\\\n]++|\\.)*+\"|'((?:[^'\\\n]++|\\.)*+)'")
_ESCAPED = re.compile(r"\\(['\"\\nrt])|\\x([0-9a-f]{2})")
_MEANT = {"n": "\n", "r": "\n", "t": " "}


def is_python(text: str) -> bool:
    """Say whether a text is what Python prints of lists and dictionaries, with texts in them."""
    return "'" in text and _BEGINS.match(text) is not None and is_json(_as_json(text))


def kept_of_python(text: str) -> str:
    """Return which fields are kept, in a few words."""
    return kept_of_json(_as_json(text))


def text_of_python(source: str) -> str:
    """Return the longest fields of the records, a line for each value."""
    return text_of_json(_as_json(source))


def _as_json(text: str) -> str:
    text = _NAME.sub("", text, count=1)
    return _STRING.sub(lambda found: found[0] if found[1] is None else json.dumps(_meant(found[1])), text)


def _meant(string: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[2], 16)) if found[2] else _MEANT.get(found[1], found[1]), string)
