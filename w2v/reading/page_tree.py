"""The tree of a page, made ready to be laid out as text: what a reader does not see goes, what parts words parts them.

A library lays it out; without this it shows templates and the text for browsers that play no film, sets the cells of a
row beside each other line by line, puts a blank around each <span>, and knows few tags that begin a line.
"""

import re
from collections.abc import Callable
from itertools import islice

from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.html_properties import Display
from inscriptis.model.html_element import HtmlElement
from lxml.etree import _Element
from lxml.html import HtmlElement as Element

_BEGIN_LINES = frozenset({
    "caption", "center", "dd", "details", "dialog", "dir", "dl", "dt", "fieldset", "form", "hr", "legend",
    "menu", "option", "optgroup", "search", "section", "select", "summary", "table", "tbody", "textarea",
    "tfoot", "thead", "tr",
})  # fmt: skip
_PARTED = frozenset({"td", "th", "button", "x-parted"})  # blanks stand around these
LAID_OUT = {  # how each tag is laid out
    **STRICT_CSS_PROFILE,
    **{name: HtmlElement(display=Display.block) for name in _BEGIN_LINES},
}
_BLOCKS = {name for name, look in LAID_OUT.items() if look.display == Display.block} | {"br"}
_UNSEEN = frozenset({
    "annotation", "annotation-xml", "audio", "canvas", "datalist", "iframe", "noframes", "noscript", "rp",
    "rt", "rtc", "template", "video",
})  # fmt: skip
_HIDES = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_MARK = r"(?:\d{1,3}|[*\u2020\u2021\u00a7]{1,3})"
_NOTE_MARK = re.compile(rf"[\[(]?{_MARK}(?: ?[,\u2013-] ?{_MARK})*[\])]?")  # as it stands behind a word, raised
_IN_BRACKETS = re.compile(r"\[(?:\d{1,3}|[a-z]|note \d{1,3})\]")
_NOTED = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?\"'\u2019\u201d)\]])\Z")  # a unit, as in km2, is shorter
_LINKS_A_NOTE = re.compile(r"\b(?:noteref|fnanchor|footnote-ref|mw-editsection)\b")
_LONGEST = 2_000  # elements of a cell that are looked at

# --- XML ------------------------------------------------------------------------------------------------------------
_ABOUT = frozenset({  # elements of feeds, dumps and books that hold no text of theirs
    "author", "binary", "category", "creator", "docs", "format", "generator", "guid", "id", "language",
    "lastbuilddate", "link", "model", "ns", "parentid", "pubdate", "published", "sha1", "timestamp",
    "ttl", "updated", "uri", "url", "username",
})  # fmt: skip
_TAG = re.compile(r"<[a-z]\w*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TIMES = frozenset({"begin", "dur", "start", "t"})  # attributes of pieces of what is said


def part_elements(page: Element, text_of: Callable[[str], str]) -> None:
    """Give the elements of XML a line each, unless they stand within a text; of one word, a blank.

    text_of : the text of a page, for elements that hold the source of one
    """
    for parent, tag in [(parent, parent.tag) for parent in page.iter("*")]:
        children = [child for child in parent if isinstance(child.tag, str)]
        if ((tag in LAID_OUT or tag in _PARTED) and tag != "body") or not children:
            continue
        if _has_text(parent.text) or any(_has_text(child.tail) for child in parent):
            continue
        for child in children:
            name = child.tag.rpartition(":")[2].removeprefix("x-").lower()
            if child.tag in LAID_OUT or child.tag in _PARTED or name == "br":
                continue
            if len(child) == 0 and _TAG.search(child.text or ""):
                child.tag, child.text = "pre", text_of(child.text)
            elif len(child) == 0 and (name in _ABOUT or (name == "name" and tag == "author")):
                child.drop_tree()
            elif len(child) == 0 and (" " not in (child.text or "").strip() or _TIMES.intersection(child.attrib)):
                child.tag = "x-parted"
            else:
                child.tag = "div"


def _has_text(text: str | None) -> bool:
    return bool(text and text.strip())


# --- pages ----------------------------------------------------------------------------------------------------------


def tidy(page: Element) -> None:
    """Change the tree of a page, so that laid out it is what a reader sees, without numbers of notes."""
    for element in list(page.iter("*")):
        if _is_unseen(element) or _is_mark_of_a_note(element):
            _drop(element)
        elif element.tag in ("ul", "ol", "li", "table"):
            element.tag = "div"  # else a bullet stands before it, which deep in lists is the letter o, or a number
        elif element.tag == "tr":
            _set_cells(element)
        elif element.tag in ("span", "a"):
            _part(element)
        elif element.tag in _PARTED:
            element.text, element.tail = f" {element.text or ''}", f" {element.tail or ''}"


def _drop(element: Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _is_unseen(element: Element) -> bool:
    if element.tag in _UNSEEN or element.get("hidden", "until-found") != "until-found":
        return True
    return _HIDES.search(element.get("style", "")) is not None


def _is_mark_of_a_note(element: Element) -> bool:
    """Say whether this is the number of a note behind a word, or a link to edit a part of the page."""
    if element.tag not in ("sup", "a", "span"):
        return False
    if _LINKS_A_NOTE.search(f"{element.get('class', '')} {element.get('epub:type', '')}"):
        return True
    if element.tag == "span" or len(element) > 3:
        return False
    mark = "".join(islice(element.itertext(), 4)).strip()
    if _IN_BRACKETS.fullmatch(mark):
        return True
    if element.tag == "a" or not _NOTE_MARK.fullmatch(mark):
        return False
    parent = element.getparent()
    links = any(child.tag == "a" for child in element) or (parent is not None and parent.tag == "a")
    return links or _NOTED.search(_before(element)) is not None


def _before(element: _Element) -> str:
    """Return the text right before an element, as far as it stands beside it."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return previous.tail or _end(previous)
    return (parent.text or "") if parent is not None else ""


def _end(element: _Element) -> str:
    """Return the text with which an element ends, as far as it is its own."""
    return (element[-1].tail if len(element) else element.text) or ""


def _part(element: _Element) -> None:
    """Put a blank before an element that follows another one where words seem to meet: aB, a1, 1a."""
    previous = element.getprevious()
    if previous is None or previous.tail or previous.tag not in ("span", "a"):
        return
    left, right = _end(previous)[-1:], (element.text or "")[:1]
    if (
        (left.islower() and right.isupper())
        or (left.isdigit() and right.isalpha())
        or (left.isalpha() and right.isdigit())
    ):
        previous.tail = " "


def _set_cells(row: _Element) -> None:
    """Let the cells of a row begin lines if one of them has more than one line."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    for cell in cells:
        if any(within.tag in _BLOCKS for within in islice(cell.iterdescendants(), _LONGEST)):
            for each in cells:
                each.tag = "div"
            return
