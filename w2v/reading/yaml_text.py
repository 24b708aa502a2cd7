"""YAML, as data and settings are written in it: the longest fields are what a text is learned from, as of JSON.

What parses it takes its time and no mistakes, so names and values are found line by line. What stands in YAML or TOML
before a text, between two lines of dashes, is said of it and no part of it.
"""

import re
from collections.abc import Iterator

from w2v.reading.characters import LOOKED_AT
from w2v.reading.tabular_text import Fields, longest

FEWEST, SHARE = 3, 0.95  # names within others or in lists; lines that are YAML
MOST_NAMED, NONE = 2, "\0"

_NAMED = re.compile(r"( *(?:- +)*)([\"']?)([A-Za-z_][\w. -]{0,40})\2:(?: +(.*))?")
_ITEM = re.compile(r"( *(?:- +)*- +)(.*)")
_LOW = re.compile(r"[a-z_][\w.-]*")
_BLOCK = re.compile(r"[|>][-+\d]* *(?:#.*)?")
_NO_LINE = re.compile(r" *(?:#.*)?|---.*|\.\.\. *|%YAML.*")
_REMARK = re.compile(r"(?:^|(?<=\s))#(?:\s.*)?$")
_BEFORE = re.compile(
    r"\s*(---|\+\+\+)[ \t]*\n((?:(?!\1)(?:[\w-]+[ \t]*[:=]|[ \t#\[\]-]|(?=\n))[^\n]*+\n)*+)\1[ \t]*(?:\n|\Z)"
)
_OF_A_TEXT = re.compile(
    r"^(?:title|date|tags|layout|author|authors|draft|description|categories|slug|lang|subtitle|permalink|aliases)"
    r"[ \t]*[:=]",
    re.MULTILINE | re.IGNORECASE,
)


def begins_with_settings(text: str) -> bool:
    """Say whether a text begins with what is said of it, as its title and date, between two lines of dashes."""
    before = _BEFORE.match("\n".join(text[:20_000].splitlines()) + "\n")
    return before is not None and _OF_A_TEXT.search(before[2]) is not None


def text_behind_settings(source: str) -> str:
    """Return the text without what is said of it."""
    return _BEFORE.sub("", "\n".join(source.splitlines()), count=1).strip()


def is_yaml(text: str) -> bool:
    """Say whether a text is YAML: nearly all lines are, and names stand within others, or in items of lists."""
    if text.count(":") < FEWEST:
        return False
    found = list(_values(text))
    n_within = sum(within and bool(value) and _LOW.fullmatch(name) is not None for name, value, within in found)
    fits = sum(name != NONE for name, _, _ in found) >= SHARE * len(found)
    return fits and n_within >= FEWEST and bool(_kept(text))


def kept_of_yaml(text: str) -> str:
    """Return which fields of YAML are kept, in a few words."""
    names = sorted(_kept(text))
    if not 0 < len(names) <= MOST_NAMED:
        return "its longest fields"
    return f"the field{'s' * (len(names) > 1)} " + " and ".join([f'"{name}"' for name in names])


def text_of_yaml(source: str) -> str:
    """Return the longest fields, a line for each value."""
    names = _kept(source)
    return "\n".join([value for name, value, _ in _values(source) if name in names and value])


def _kept(text: str) -> set[str]:
    fields: Fields = {}
    for name, value, _ in _values(text[:LOOKED_AT]):
        if name != NONE and value:
            fields.setdefault(name, []).append(value)
    names = longest(fields)
    if all(len(values) == 1 for values in fields.values()) and len(names) >= FEWEST:
        return set(fields)  # each name occurs once: it is a key of one text among others
    return set(names)


def _values(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the name, the value, and whether it stands within others, of each field and item; `NONE` names no YAML."""
    lines, i, name = text.expandtabs().splitlines(), 0, ""
    while i < len(lines):
        line = lines[i]
        i += 1
        if _NO_LINE.fullmatch(line):
            continue
        named = _NAMED.fullmatch(line)
        found = named or _ITEM.fullmatch(line)
        if found is None:
            yield NONE, line, False
            continue
        name = named[3] if named else name
        value, column = ((named[4] or "") if named else found[2]).strip(), len(found[1])
        is_block = _BLOCK.fullmatch(value) is not None
        parts = [] if is_block or not value else [value]
        while i < len(lines) and (parts or is_block) and _goes_on(lines[i], column):
            if not is_block and (_NAMED.fullmatch(lines[i]) or _ITEM.fullmatch(lines[i]) or not lines[i].strip()):
                break
            parts.append(lines[i].strip())
            i += 1
        yield name, _unquoted(("\n" if value.startswith("|") else " ").join(parts).strip()), bool(found[1])


def _goes_on(line: str, column: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip()) > column


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace("''", "'") if value[0] == "'" else re.sub(r"\\(.)", r"\1", value[1:-1])
    return value if "\n" in value else _REMARK.sub("", value).rstrip()
