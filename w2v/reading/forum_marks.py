"""BBCode, the marks of forums: [b]bold[/b], [url=...]a link[/url], [quote]what somebody said[/quote]."""

import re
from collections import Counter
from collections.abc import Iterator

from w2v.reading.page_text import PAGE_BEGINS, as_text
from w2v.reading.pieces import pieces

FEWEST, APART = 2, 2_000  # pairs of marks; characters between them, at most on average
_LINES = frozenset({
    "*", "/*", "br", "center", "h1", "h2", "h3", "h4", "hr", "indent", "left", "li", "list", "ol", "p", "pre", "quote",
    "right", "row", "spoiler", "table", "td", "th", "tr", "ul", "align", "justify", "heading", "cell",
})  # fmt: skip
_IN_LINES = frozenset({
    "abbr", "acronym", "anchor", "b", "background", "bg", "color", "colour", "del", "email", "em", "font", "highlight",
    "i", "icode", "ins", "noparse", "plain", "s", "size", "strike", "strong", "style", "sub", "sup", "tt", "u", "url",
    "user", "mention", "tooltip", "glow", "shadow", "bold", "italic", "underline", "post", "thread",
})  # fmt: skip
_NO_TEXT = frozenset({
    "attach", "attachment", "audio", "code", "flash", "gallery", "html", "image", "img", "media", "php", "math", "tex",
    "latex", "video", "youtube", "embed", "vimeo", "soundcloud", "spotify", "twitter", "tweet", "gif", "file", "sql",
})  # fmt: skip
_KNOWN = _LINES | _IN_LINES | _NO_TEXT
_MARK = re.compile(
    r"\[(/?)(\*|[a-z]{1,11}[1-4]?)(?:(?:=|[ \t]+[a-z-]+=|:[0-9a-z]{5,10})[^][\n]{0,500})?\]", re.IGNORECASE
)
_LINE_END = re.compile(r"\n")
_ADDRESS = re.compile(r"\[(url|email)\][^][\n]*\[/\1\]", re.IGNORECASE)  # without a text of its own


def is_bbcode(text: str) -> bool:
    """Say whether a text has marks of BBCode that are closed again."""
    if "[/" not in text or PAGE_BEGINS.match(text):
        return False
    opened, closed = Counter[str](), Counter[str]()
    for ends, name in _MARK.findall(text):
        (closed if ends else opened)[name.lower()] += 1
    n = sum(min(n, closed[name]) for name, n in opened.items() if name in _KNOWN and name != "*")
    return n >= FEWEST and n * APART >= len(text)


def pieces_of_bbcode(source: str) -> Iterator[str]:
    """Yield posts in pieces: each ends at a line end, and within no code."""
    return pieces(source, _LINE_END, _hides_to_its_end)


def _hides_to_its_end(piece: str) -> bool:
    """Say whether nothing that is no text goes on behind a piece."""
    n = Counter(name.lower() for _, name in _MARK.findall(piece))
    return all(n[name] % 2 == 0 for name in _NO_TEXT)


def text_of_bbcode(source: str) -> str:
    """Return what a reader of the post sees, a line for each item and quotation; no code, pictures and addresses."""
    source = _ADDRESS.sub("", "\n".join(source.splitlines()))
    n_ends = Counter(name.lower() for ends, name in _MARK.findall(source) if ends)
    kept, done, inside = [], 0, ""
    for found in _MARK.finditer(source):
        ends, name = bool(found[1]), found[2].lower()
        if inside:
            if ends and name == inside:
                inside, done = "", found.end()
            n_ends[name] -= ends
            continue
        n_ends[name] -= ends
        if name not in _KNOWN:
            continue
        kept.append(source[done : found.start()] + ("\n" if name in _LINES else ""))
        done = found.end()
        if name in _NO_TEXT and not ends and n_ends[name] > 0:  # one that is never closed hides nothing
            inside = name
    text = "".join([*kept, "" if inside else source[done:]])
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return as_text(lines)
