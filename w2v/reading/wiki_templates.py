"""What a reader sees of the templates of a wiki: of those that only set their text, or a number, in another way.

What others show nobody knows who has not got them, so of these nothing is kept.
"""

import re
from collections.abc import Callable, Mapping, Sequence

_NAMED = re.compile(r"\s*[\w-]+\s*=")
_SHOWS_FIRST = frozenset({
    "nowrap", "nobr", "quote", "blockquote", "cquote", "quotation", "zitat", "citation bloc", "cita", "small", "big",
    "em", "strong", "abbr", "poem", "poemquote", "notatypo", "not a typo", "sic", "hlist", "visible anchor", "vanchor",
    "nihongo", "tooltip", "flag", "flagcountry", "flagu", "interlanguage link", "ill", "linktext", "nombre", "num",
})  # fmt: skip
_SHOWS_LAST = re.compile(r"(?:lang|langx|transl|translit\w*|lang-[a-z-]+|color|font color|script/\w+)$")
_SHOWS_ALL = frozenset({"sortname", "unit\u00e9", "unidad", "date", "ship", "uss", "hms", "hmas", "ss", "mv", "rms"})
_STANDS_FOR = {
    "nbsp": " ", "spaces": " ", "space": " ", "dot": " \u00b7 ", "snd": " \u2013 ", "spnd": " \u2013 ", "'": "'",
    "spaced ndash": " \u2013 ", "ndash": "\u2013", "dash": "\u2013", "mdash": "\u2014", "emdash": "\u2014", "'s": "'s",
    "spaced en dash": " \u2013 ",
}  # fmt: skip
_BETWEEN = frozenset({"to", "-", "\u2013", "and", "or", "by", "x", "\u00d7", "+/-", "(-)"})  # numbers of {{convert}}
_NUMBER = re.compile(r"[-+\u2212]?[\d.,/+e\u2212-]*\d[\d.,/]*")
_FORMATTED = re.compile(r"formatnum:\s*(.+)", re.IGNORECASE | re.DOTALL)


def text_of_template(inside: str) -> str:
    """Return what is read of a template, by what stands between its braces; "" where nobody knows."""
    name, *rest = inside.split("|")
    if formatted := _FORMATTED.fullmatch(name.strip()):
        return formatted[1].strip()
    name = " ".join(name.lower().replace("_", " ").split())
    texts = [part.strip() for part in rest if not _NAMED.match(part)]
    named = {key.strip(): value.strip() for part in rest for key, mark, value in [part.partition("=")] if mark}
    if name in _STANDS_FOR:
        return _STANDS_FOR[name]
    if name in _SHOWS_FIRST:
        return next((shown for shown in (*texts, *map(named.get, ("text", "1", "quote"))) if shown is not None), "")
    if name in _SHOWS_ALL:
        return " ".join([name.upper() if len(name) < 5 and name not in ("date", "ship") else "", *texts]).strip()
    if made := _MADE.get(name):
        return made(texts, named)
    return texts[-1] if texts and _SHOWS_LAST.match(name) else ""


def _converted(texts: Sequence[str], _: Mapping[str, str]) -> str:
    """Return what is to be converted, as {{convert|3|to|5|km|mi}}: the numbers, and the unit behind them."""
    n = 1
    while n + 1 < len(texts) and texts[n] in _BETWEEN and _NUMBER.fullmatch(texts[n + 1]):
        n += 2
    is_one = bool(texts) and _NUMBER.fullmatch(texts[0]) is not None
    return " ".join(texts[: n + 1]) if is_one else ""


def _fraction(texts: Sequence[str], _: Mapping[str, str]) -> str:
    """Return {{frac|1|2}} as 1/2, and {{frac|3|1|2}} as 3 1/2."""
    return " ".join([*texts[:-2], "/".join(texts[-2:])])


def _value(texts: Sequence[str], named: Mapping[str, str]) -> str:
    """Return {{val|5|u=km}} as 5 km."""
    return " ".join([*texts[:1], named.get("u") or named.get("ul") or ""]).strip()


_Made = Callable[[Sequence[str], Mapping[str, str]], str]
_MADE: dict[str, _Made] = {
    **dict.fromkeys(("convert", "cvt"), _converted),
    **dict.fromkeys(("frac", "fraction", "sfrac"), _fraction),
    **dict.fromkeys(("circa", "c."), lambda texts, _: " ".join(["c.", *texts[:1]])),
    **dict.fromkeys(("val", "value"), _value),
    "as of": lambda texts, named: " ".join(["as of" if named.get("lc") else "As of", *texts]),
}
