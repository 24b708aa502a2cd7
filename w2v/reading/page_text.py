"""Text in the marks of pages: HTML, and XML of feeds, books and collections.

What parses them are libraries; they are imported when they are needed, for most texts have no marks.
"""

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape
from html.entities import html5

PAGE_BEGINS = re.compile(r"\s*(?:<!--(?>.*?-->)\s*)*+<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE | re.DOTALL)
_WHOLE = re.compile(r"\s*<([a-z][\w:-]*)(?:\s[^<>]*)?>.*</\1\s*>\s*", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z][\w:-]*)(?:\s[^<>]*)?>|<(br|hr)\s*/>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7};|#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,30};)", re.IGNORECASE)
_ALONE = frozenset({"br", "hr", "img", "p", "li", "td", "tr", "dt", "dd", "meta", "link"})  # tags that nothing closes
_BLOCKS = frozenset({"p", "div", "br", "li", "td", "tr", "h1", "h2", "h3", "h4", "body", "html", "pre", "section"})
FEWEST_TAGS = 3
TAGS_APART = 500  # characters, at most on average

_DECLARES = re.compile(r"<!doctype\b[^<>\[]*+\[[^\]]*+\]\s*+>", re.IGNORECASE)  # what entities and elements there are
_WITHIN_TEXT = re.compile(r"(?<=[^>\s])\s++(?=[^<\s])")
_CONTROL = re.compile(  # characters that a parser takes and no tree may be given
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?:;|(?!\d))"
    r"|&#x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?:;|(?![0-9a-f]))",
    re.IGNORECASE,
)
_BREAK_AT_END = re.compile(r"(<br\b[^<>]*>)[ \t]*(?:\r\n?|\n)", re.IGNORECASE)
_OF_A_HEAD = re.compile(r"<(/?)(title|head|body|link|meta|base|col|param|source|track|input|frame)\b", re.IGNORECASE)


def is_html(text: str) -> bool:
    """Say whether a text is the source of a page, or a piece of one: tags that are closed again, or entities."""
    if PAGE_BEGINS.match(text) is not None or _WHOLE.fullmatch(text) is not None:
        return True
    opened, closed = _tags(text)
    pairs = sum(min(n, closed[name]) for name, n in opened.items())
    alone = sum(n - min(n, closed[name]) for name, n in opened.items() if name in _ALONE)
    entities = sum(entity[1:] in html5 or entity[1] == "#" for entity in _ENTITY.findall(text))
    found: int = 2 * pairs + alone + entities
    return found >= FEWEST_TAGS and found * TAGS_APART >= len(text)


def _tags(text: str) -> tuple[Counter[str], Counter[str]]:
    """Count the tags that open something and those that close it, by their names, in the order of the first."""
    opened, closed = Counter[str](), Counter[str]()
    for ends, name, alone in _TAG.findall(text):
        (closed if ends else opened)[(name or alone).lower()] += 1
    return opened, closed


def text_of_html(source: str) -> str:
    """Return what a reader of the page sees: a line for each paragraph, without scripts, styles and tags."""
    if (begin := source[:1_000].lower().find("<!doctype")) >= 0 and (declares := _DECLARES.match(source, begin)):
        source = source[:begin] + source[declares.end() :]
    source = _CONTROL.sub(" ", source)
    source = re.sub(r"<!\[CDATA\[|\]\]>|<\?xml\b[^<>]*>?", "", source)
    opened, _ = _tags(source)
    is_xml = _is_xml(opened)
    if not opened.keys() & _BLOCKS - {"br"}:  # no paragraphs: lines of the source are some, unless a break stands there
        source = _BREAK_AT_END.sub(r"\1", source)
        source = _WITHIN_TEXT.sub(_with_breaks, source) if is_xml else re.sub(r"\r\n?|\n", "<br>", source)
    if is_xml:
        source = _OF_A_HEAD.sub(r"<\1x-\2", source)  # a title is seen here, and no parser moves it
    pages = re.split(r"</html\s*>", source, flags=re.IGNORECASE)  # of several, a parser reads the first
    lines = [line for page in pages for line in _text_of_page(page, is_xml).splitlines()]
    lines = [" ".join(line.split()) for line in lines]
    return as_text(lines)


def as_text(lines: Iterable[str]) -> str:
    """Return lines as a text, with no more than one that is blank between two."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _is_xml(opened: Counter[str]) -> bool:
    """Say whether these are tags of another language than that of pages: the first is none of it, or most are not."""
    from lxml.html.defs import tags

    if "html" in opened or not opened:
        return False
    first, others = next(iter(opened)), len(opened.keys() - tags)
    return (first not in tags and "-" not in first) or 2 * others > len(opened)


def _with_breaks(blank: re.Match[str]) -> str:
    """Return a blank, or a tag for each line that ends in it, two at most."""
    return "<br>" * min(blank[0].count("\n"), 2) or " "


def _text_of_page(source: str, is_xml: bool) -> str:
    from inscriptis import Inscriptis
    from inscriptis.model.config import ParserConfig
    from lxml.etree import ErrorTypes, ParserError
    from lxml.html import HTMLParser, document_fromstring

    from w2v.reading.page_tree import LAID_OUT, part_elements, tidy

    parser = HTMLParser(huge_tree=True)  # else the text ends at the 257th tag that nothing closes
    if not source.strip():
        return ""
    try:
        page = document_fromstring(source.strip(), parser)
        if not parser.error_log.filter_types([ErrorTypes.ERR_RESOURCE_LIMIT]):
            if is_xml:
                part_elements(page, text_of_html)
            tidy(page)
            return str(Inscriptis(page, ParserConfig(css=LAID_OUT)).get_text())
    except (ParserError, RecursionError):  # an empty page; one that is nested too deep to be laid out
        pass
    return _without_tags(source)


def _without_tags(source: str) -> str:
    """Return the text of a page that cannot be parsed, a line for each block."""
    text = _UNSEEN.sub("", re.sub(r"\s+", " ", source))
    return unescape(_TAG.sub(lambda tag: "\n" if (tag[2] or tag[3]).lower() in _BLOCKS else "", text))
