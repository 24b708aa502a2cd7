"""Japanese with readings beside its characters, as Aozora Bunko and books for learners have them.

Each reading says once more, letter by letter, what the characters before it say: none of these letters is a word there.
"""

import re

from w2v.reading.page_text import as_text

FEWEST, APART = 3, 1_000  # readings; characters from one to the next, at most on average
SHARE = 0.6  # of what stands in such brackets is a reading

_KANJI, _KANA = "\u3005-\u3007\u30f6\u3400-\u9fff\uf900-\ufaff", "\u3041-\u3096\u30a1-\u30fa\u30fb\u30fc"
_OF_AOZORA = rf"\u300a[{_KANA}\u3000 ]{{1,40}}\u300b"  # elsewhere such brackets stand around titles
_WIDE, _USUAL = (
    re.compile(rf"(?<=[{_KANJI}])[{opens}][\u3041-\u3096\u30fc]{{1,20}}[{closes}]")
    for opens, closes in ("\uff08\uff09", "()")
)
_READINGS = (  # how they are told, how they are found then, and with what they begin
    (re.compile(rf"(?<=[{_KANJI}]){_OF_AOZORA}"), re.compile(_OF_AOZORA), "\u300a"),
    (_WIDE, _WIDE, "\uff08"),
    (_USUAL, _USUAL, "("),
)
_REMARK = re.compile(r"\u203b?\uff3b\uff03[^\n\uff3d]{0,200}\uff3d")  # of who typed it: how it is set
_EXPLAINED = re.compile(r"^-{20,}[ \t]*\n(?=[^\n]*\u3010)(?:(?!-{20})[^\n]*\n){1,60}-{20,}[ \t]*\n", re.MULTILINE)
_SOURCE = re.compile(r"^\u5e95\u672c\uff1a.*", re.MULTILINE | re.DOTALL)  # the book that it was typed from


def has_readings(text: str) -> bool:
    """Say whether readings stand behind characters, or remarks as Aozora Bunko has them."""
    if text.isascii():
        return False
    n = max(_n_readings(text, told, opens) for told, _, opens in _READINGS) + len(_REMARK.findall(text))
    return n >= FEWEST and n * APART >= len(text)


def _n_readings(text: str, told: re.Pattern[str], opens: str) -> int:
    n = len(told.findall(text)) if opens in text else 0
    return n if n >= SHARE * text.count(opens) else 0


def text_without_readings(source: str) -> str:
    """Return the text without readings, remarks, and what is said of it before it begins and behind its end."""
    text = _SOURCE.sub("", _EXPLAINED.sub("", "\n".join(source.splitlines()), count=1))
    for told, found, opens in _READINGS:
        text = found.sub("", text) if _n_readings(text, told, opens) else text
    return as_text([line.rstrip() for line in _REMARK.sub("", text.replace("\uff5c", "")).split("\n")])
