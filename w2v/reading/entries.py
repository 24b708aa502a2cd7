"""Entries that programs exchange: translations (PO), calendars (ICS), contacts (VCF). What people wrote is kept."""

import re

FEWEST, OTHER = 2, 0.1  # translations; share of the characters that are neither of these nor remarks

_OF_PO = re.compile(r'^[ \t]*(msgid|msgid_plural|msgstr|msgstr\[\d\])[ \t]+((?:"(?:[^"\\\n]|\\.)*"\s*)+)', re.MULTILINE)
_REMARK = re.compile(r"^(?:#.*)?\n", re.MULTILINE)
_IN_QUOTES = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")
_CALENDAR = re.compile(r"\s*BEGIN:V(?:CALENDAR|CARD)\b", re.IGNORECASE)
_FOLDED = re.compile(r"\r?\n[ \t]")  # a line goes on in the next
_WRITTEN = re.compile(r"^(?:SUMMARY|DESCRIPTION|COMMENT|NOTE|FN|TITLE)(?:;[^:\n]*)?:(.*)", re.MULTILINE | re.IGNORECASE)
_MEANT = {"n": "\n", "N": "\n", "t": " "}


def is_translated(text: str) -> bool:
    """Say whether a text is translations for a program: lines with msgid, and lines with msgstr."""
    if min(text.count("\nmsgid "), text.count("\nmsgstr")) < FEWEST:
        return False
    other = _REMARK.sub("", _OF_PO.sub("", "\n".join(text.splitlines())))
    return len(other) <= OTHER * len(text)


def text_of_translations(source: str) -> str:
    """Return what was translated; where nothing was yet, what is to be."""
    kept: dict[bool, list[str]] = {True: [], False: []}
    for name, strings in _OF_PO.findall("\n".join(source.splitlines())):
        said = _unescaped("".join(_IN_QUOTES.findall(strings))).strip()
        if said and "Content-Type:" not in said:
            kept[name.startswith("msgstr")].append(said)
    return "\n".join(kept[True] or kept[False])


def is_calendar(text: str) -> bool:
    """Say whether a text is a calendar or a list of contacts."""
    return _CALENDAR.match(text) is not None


def text_of_calendar(source: str) -> str:
    """Return what is planned and noted, and names."""
    return "\n".join([_unescaped(said).strip() for said in _WRITTEN.findall(_FOLDED.sub("", source)) if said.strip()])


def _unescaped(string: str) -> str:
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), string)
