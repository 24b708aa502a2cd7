"""The source of pages of Wikipedia and other wikis that run on MediaWiki.

What is kept is what is read in the running text of the page: headings, lists, cells of tables and captions too, but no
notes, boxes, categories and code. What a template shows nobody knows who has not got it, so templates are left out, but
for those that only set their text in another way.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape

from w2v.reading.page_text import PAGE_BEGINS, TAGS_APART, as_text
from w2v.reading.pieces import pieces
from w2v.reading.wiki_templates import text_of_template

FEWEST, APART = 3, 1_500  # marks; characters between them, at most on average
DEEPEST = 40  # templates and links in each other

_DUMP = re.compile(r"<(?:mediawiki|/?revision)\b")  # XML of many pages: it is read as such, and then what is in it
_HEADING = re.compile(r"^(={1,6})[ \t]*([^=\s](?:[^\n]*[^=\s])?)[ \t]*\1[ \t\r]*$", re.MULTILINE)
_EDGE = re.compile(r"\n(?===)")
_MARKS = (  # what wikis have: what is in each, and how it stands on a line or in it
    ("[[", re.compile(r"(?<![\w\])])\[\[:?[^\W\d_](?:[^][{}<>|\n]*[^\s\[\]{}<>|])?(?:\||\]\])")),  # no array
    ("==", _HEADING),
    ("'''", re.compile(r"(?<!['=(])(?<!= )(?<!\n[ \t])(?<!  )'''[^\s'](?:[^'\n]|'(?!''))*'''")),  # no string of code
    ("{{", re.compile(r"\{\{[^{}\n|<>%$]{1,60}(?:\||\}\}|\n\s*\|)")),
    ("<ref", re.compile(r"<ref(?:\s[^<>]*)?>")),
    ("{|", re.compile(r"^\{\|.*\n", re.MULTILINE)),
)
_OF_WIKIS_ALONE = 3  # the first so many; templates and tags of references are written elsewhere too
_WITHIN_A_LINE = re.compile(r"\w[ (]\[\[[^\W\d_][^][\n]*\]\]")
_OF_MARKDOWN = re.compile(r"(?<!\])\]\([^()\s]+\)|^```|(?<![\w*])\*\*[^\s*][^*\n]*\*\*(?![\w*])", re.MULTILINE)

_PART = re.compile(
    r"(\{\{|\}\}|\[\[|\]\]|<(?:ref|references|gallery|math|chem|syntaxhighlight|source|timeline|score|hiero|imagemap"
    r"|templatedata|graph|mapframe|maplink|pre)\b[^<>]*>|</(?:ref|references|gallery|math|chem|syntaxhighlight|source"
    r"|timeline|score|hiero|imagemap|templatedata|graph|mapframe|maplink|pre)\s*>)",
    re.IGNORECASE,
)
_TAG_NAME = re.compile(r"[a-z]+", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|svg|gif|webp|tiff?|og[agv]|webm|mp[34]|wav|flac|mid|pdf|djvu|stl)$", re.IGNORECASE)
_OPTION = re.compile(
    r"(?:thumb|mini|miniatur|frame|frameless|border|left|right|center|none|upright|links|rechts|zentriert|gauche|droite"
    r"|izquierda|derecha|vignette|baseline|middle|top|bottom)\b[\w=.]*|\s*\d*x?\d+\s*px\s*|[\w-]+=.*",
    re.IGNORECASE | re.DOTALL,
)
_CATEGORY = re.compile(
    r"(?:category|kategorie|cat[\u00e9e]gor[\u00edi]?[ae]|categorie|kategor[iy]a?|kateg\u00f3ria|luokka|flokkur"
    r"|\u043a\u0430\u0442\u0435\u0433\u043e\u0440[\u0438\u0456]\u044f"
    r"|\u03ba\u03b1\u03c4\u03b7\u03b3\u03bf\u03c1\u03af\u03b1"
    r"|\u5206\u7c7b|\u5206\u985e|\u30ab\u30c6\u30b4\u30ea|\ubd84\ub958|\u062a\u0635\u0646\u064a\u0641"
    r"|\u05e7\u05d8\u05d2\u05d5\u05e8\u05d9\u05d4|\u0936\u094d\u0930\u0947\u0923\u0940|th\u1ec3 lo\u1ea1i"
    r"|\u0e2b\u0e21\u0e27\u0e14\u0e2b\u0e21\u0e39\u0e48)\s*:",
    re.IGNORECASE,
)
_ALONE = re.compile(  # as categories do
    r"^\[\[[^\W\d_]{3,20}:[^]|\s][^][|\n]*+(?:\|[^][\n]*+)?\]\][ \t]*$", re.MULTILINE
)
_OTHER_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,10})*:\S")
_DISAMBIGUATED = re.compile(r"^(?:[^:]*:)?(.*?)(?:,.*|\s*\([^()]*\))?$", re.DOTALL)
_OUTSIDE = re.compile(r"\[(?:https?|ftp|mailto|irc)?:?//[^][\s]*+[ \t]*+([^][\n]*+)\]")
_TABLE_LINE = re.compile(r"[ \t:*]*(\{\||\|\}|\|-|\|\+|\||!)(.*)", re.DOTALL)
_CELLS = re.compile(r"\|\||!!")
_ATTRIBUTES = re.compile(r"[^|=]*=[^|]*\|(?!\|)")
_FIELD = re.compile(r"\|[ \t]*[\w -]{1,40}=")
_LEFT_OUT = re.compile(r"^#\w+[ \t]*:?[ \t]*(?=\[\[)[^\n]*|__[A-Z]{3,25}__|^-{4,}", re.MULTILINE)  # redirects, switches
_BREAK = re.compile(r"<(?:br|p|/p|div|/div|hr|li|/li|tr|/tr|blockquote|/blockquote)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*\b[^<>]*>", re.IGNORECASE)
_QUOTES = re.compile(r"'{2,}")
_ITEM = re.compile(r"^[*#:;]+[ \t]*", re.MULTILINE)


def is_wiki(text: str) -> bool:
    """Say whether a text is the source of a page of a wiki: marks of two kinds, or many links."""
    if not any(mark in text for mark, _ in _MARKS[:_OF_WIKIS_ALONE]):
        return False
    if PAGE_BEGINS.match(text) or _DUMP.search(text):
        return False
    found = [sum(1 for _ in marks.finditer(text)) if part in text else 0 for part, marks in _MARKS]
    links, _, bold, *_ = found
    if _OF_MARKDOWN.search(text):  # notes in it have links like these
        return bool(links and bold)
    if sum(map(bool, found)) == 1:
        n = len(_WITHIN_A_LINE.findall(text)) if links else 0
        return n >= FEWEST and n * TAGS_APART >= len(text)
    return any(found[:_OF_WIKIS_ALONE]) and sum(found) >= FEWEST and sum(found) * APART >= len(text)


def pieces_of_wiki(source: str) -> Iterator[str]:
    """Yield a page, or many, in pieces: each ends before a heading."""
    return pieces(source, _EDGE)


def text_of_wiki(piece: str) -> str:
    """Return what is read in the running text of the page, a line for each paragraph, heading, item and row."""
    text = _LEFT_OUT.sub("", _without_comments("\n".join(piece.splitlines())))
    text = _HEADING.sub(r"\n\2\n", _nested(_ALONE.sub(_unless_file, text)))
    text = _OUTSIDE.sub(r"\1", "\n".join(_without_tables(text.split("\n"))))
    text = _QUOTES.sub("", _TAG.sub("", _BREAK.sub("\n", text)))
    lines = [" ".join(unescape(line).split()) for line in _ITEM.sub("", text).split("\n")]
    return as_text(lines)


def _without_comments(text: str) -> str:
    kept, begin = [], 0
    while (found := text.find("<!--", begin)) >= 0 and (end := text.find("-->", found)) >= 0:
        kept.append(text[begin:found])
        begin = end + len("-->")
    return "".join([*kept, text[begin:]])


def _nested(text: str) -> str:
    """Return a text without templates and what is no prose between tags, and with what is read of links.

    One that is never closed loses its mark alone, so that no text behind it is lost.
    """
    frames: list[tuple[str, list[str]]] = [("", [])]  # what closes each, and what stands in it so far
    open_now = Counter[str]()
    for i, part in enumerate(_PART.split(text)):
        if i % 2 == 0:
            frames[-1][1].append(part)
        elif (closes := _closing(part)) is not None:
            if closes and len(frames) <= DEEPEST:
                frames.append((closes, []))
                open_now[closes] += 1
        elif open_now[closing := part.lower().replace(" ", "")]:
            while frames[-1][0] != closing:
                _give_up(frames, open_now)
            inside = "".join(frames.pop()[1])
            open_now[closing] -= 1
            if closing in _SHOWN:
                frames[-1][1].append(_SHOWN[closing](inside))
    while len(frames) > 1:
        _give_up(frames, open_now)
    return "".join(frames[0][1])


def _closing(part: str) -> str | None:
    """Return what closes that which a mark opens, "" if it closes itself; None for a mark that closes something."""
    if part in ("{{", "[["):
        return "}}" if part == "{{" else "]]"
    if part in ("}}", "]]") or part.startswith("</"):
        return None
    name = _TAG_NAME.search(part)
    return "" if part.endswith("/>") or name is None else f"</{name[0].lower()}>"


def _give_up(frames: list[tuple[str, list[str]]], open_now: Counter[str]) -> None:
    """Take what stands in the innermost one that is never closed for usual text."""
    closes, inside = frames.pop()
    open_now[closes] -= 1
    frames[-1][1].extend(inside)


def _unless_file(link: re.Match[str]) -> str:
    """Return a link that is alone on its line if it is a picture, for its caption; nothing of a category."""
    return link[0] if _FILE.search(link[0].strip("[] \t").partition("|")[0]) else ""


def _of_link(inside: str) -> str:
    """Return what is read of a link: its text, or the name of the page; of a picture its caption, on a line."""
    target, *rest = inside.split("|")
    name = target.strip()
    if _FILE.search(name) or (":" in name and rest and any(_FILE.search(part.strip()) for part in rest[:1])):
        captions = [part for part in rest if not _OPTION.fullmatch(part.strip()) and " " in part.strip()]
        return f"\n{captions[-1].strip()}\n" if captions else ""
    if _CATEGORY.match(name) or (not rest and _OTHER_LANGUAGE.match(name)):
        return ""
    shown = rest[-1].strip() if rest else name.removeprefix(":")
    if not shown and (found := _DISAMBIGUATED.match(name)):  # [[harbor (sea)|]] is read as "harbor"
        return found[1]
    return shown


def _of_gallery(inside: str) -> str:
    """Return the captions of its pictures, each on a line."""
    captions = [line.rpartition("|")[2].strip() for line in inside.split("\n") if "|" in line]
    return "\n".join(["", *captions, ""])


_SHOWN: dict[str, Callable[[str], str]] = {"}}": text_of_template, "]]": _of_link, "</gallery>": _of_gallery}


def _without_tables(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a text, and those of tables without their marks: a line for each row or cell."""
    depth = 0
    for line in lines:
        found = _TABLE_LINE.fullmatch(line)
        if found is None or (depth == 0 and found[1] in ("!", "|-", "|+")):
            yield line
            continue
        mark, rest = found.groups()
        if mark in ("{|", "|}"):
            depth = max(0, depth + (1 if mark == "{|" else -1))
            yield rest if mark == "|}" else ""
        elif mark == "|-" or (depth == 0 and _FIELD.match(line.strip())):  # a field of a template that was cut off
            yield ""
        else:
            yield " \u2003".join([_ATTRIBUTES.sub("", cell, count=1).strip() for cell in _CELLS.split(rest)])
