"""Text in the marks of pages and word processors: HTML and XML, Markdown, RTF.

What parses them are libraries; they are imported when they are needed, for most texts have no marks.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from html.entities import html5

_BEGINS = re.compile(r"\s*(?:<!--(?>.*?-->)\s*)*+<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE | re.DOTALL)
_WHOLE = re.compile(r"\s*<([a-z][\w:-]*)(?:\s[^<>]*)?>.*</\1\s*>\s*", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z][\w:-]*)(?:\s[^<>]*)?>|<(br|hr)\s*/>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7};|#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,30};)", re.IGNORECASE)
_ALONE = frozenset({"br", "hr", "img", "p", "li", "td", "tr", "dt", "dd", "meta", "link"})  # tags that nothing closes
_BLOCKS = frozenset({"p", "div", "br", "li", "td", "tr", "h1", "h2", "h3", "h4", "body", "html", "pre", "section"})
_INLINE = frozenset({"a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "img", "mark", "q", "s", "small"})
_INLINE |= {"span", "strong", "sub", "sup", "u"}
FEWEST_TAGS = 3
FEWEST_MARKS, MARKS_APART = 2, 2_000
TAGS_APART = 500  # characters, at most on average

_MARKS = (  # what Markdown has: what is in each, and how it stands on a line or in it; the first three are sure
    ("#", r"(?:\A\s*|\n[ \t]*\n) {0,3}(?:#{2,6} +\S|# +\S[^\n]*(?=\n[ \t]*(?:\n|\Z)|\Z))"),  # not as in code
    ("```", r"^ {0,3}(?:```|~~~)"),
    ("](", r"!?\[[^][\n]+\]\([^()\s]+(?: \"[^\"\n]*\")?\)"),
    ("**", r"(?<![\w*])\*\*[^\s*][^*\n]*\*\*(?![\w*])"),
    ("---", r"^ {0,3}\|? {0,3}:?-{3,}:? {0,3}\|[-| :]*$"),
    ("`", r"(?<![\w`])`[^`\n]+`(?![\w`])"),
    ("]:", r"^\[[^][\n]+\]: \S+"),
)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_BLOCK_OF_CODE = re.compile(r"<pre>[^<]*+(?:<(?!/?pre>)[^<]*+)*+</pre>")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
PIECE = 20_000  # characters of Markdown that are parsed at once
NESTED = 200  # lists and quotations in each other, each of which is two calls of a parser; beyond these text is lost
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n.*?\n---[ \t]*\r?\n", re.DOTALL)


# --- HTML and XML -----------------------------------------------------------------------------------------------


def is_html(text: str) -> bool:
    """Say whether a text is the source of a page, or a piece of one: tags that are closed again, or entities."""
    if _BEGINS.match(text) is not None or _WHOLE.fullmatch(text) is not None:
        return True
    opened, closed = _tags(text)
    pairs = sum(min(n, closed[name]) for name, n in opened.items())
    alone = sum(n - min(n, closed[name]) for name, n in opened.items() if name in _ALONE)
    entities = sum(entity[1:] in html5 or entity[1] == "#" for entity in _ENTITY.findall(text))
    found: int = 2 * pairs + alone + entities
    return found >= FEWEST_TAGS and found * TAGS_APART >= len(text)


def _tags(text: str) -> tuple[Counter[str], Counter[str]]:
    """Count the tags that open something and those that close it, by their names."""
    opened, closed = Counter[str](), Counter[str]()
    for ends, name, alone in _TAG.findall(text):
        (closed if ends else opened)[(name or alone).lower()] += 1
    return opened, closed


def text_of_html(source: str) -> str:
    """Return what a reader of the page sees: a line for each paragraph, without scripts, styles and tags."""
    source = re.sub(r"<!\[CDATA\[|\]\]>|<\?xml\b[^>]*>", "", source)
    opened, _ = _tags(source)
    if not opened.keys() & _BLOCKS:  # nothing in it begins a line: those of the source are all there are
        source = re.sub(r"\r\n?|\n", "<br>", source)
        if opened.keys() - _INLINE:  # XML, whose tags part words
            source = source.replace("<", " <")
    pages = re.split(r"</html\s*>", source, flags=re.IGNORECASE)  # of several, a parser reads the first
    lines = [line for page in pages for line in _text_of_page(page).splitlines()]
    lines = [" ".join(line.split()) for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _text_of_page(source: str) -> str:
    from inscriptis import Inscriptis
    from lxml.etree import ErrorTypes, ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(huge_tree=True)  # else the text ends at the 257th tag that nothing closes
    if not source.strip():
        return ""
    try:
        page = document_fromstring(source.strip(), parser)
        if not parser.error_log.filter_types([ErrorTypes.ERR_RESOURCE_LIMIT]):
            for listed in page.iter("ul", "ol", "li"):
                listed.tag = "div"  # else a bullet stands before it, which deep in lists is the letter o, or a number
            return str(Inscriptis(page).get_text())
    except (ParserError, RecursionError):  # an empty page; one that is nested too deep to be laid out
        pass
    return _without_tags(source)


def _without_tags(source: str) -> str:
    """Return the text of a page that cannot be parsed, a line for each block."""
    text = _UNSEEN.sub("", re.sub(r"\s+", " ", source))
    return unescape(_TAG.sub(lambda tag: "\n" if (tag[2] or tag[3]).lower() in _BLOCKS else "", text))


# --- Markdown -----------------------------------------------------------------------------------------------------


def is_markdown(text: str) -> bool:
    """Say whether a text has marks of Markdown of two kinds, or many of one; dashes and single stars are none."""
    if _BEGINS.match(text):
        return False
    text = text.replace("\r\n", "\n")
    found = [len(re.findall(marks, text, re.MULTILINE)) if part in text else 0 for part, marks in _MARKS]
    two_kinds = sum(map(bool, found)) >= 2
    n, apart = (sum(found), MARKS_APART) if two_kinds else (sum(found[:3]), TAGS_APART)
    return n >= FEWEST_MARKS and n * apart >= len(text)


def pieces_of_markdown(source: str) -> Iterator[str]:
    """Yield a text, without what is said of it before it begins, in pieces that can be read by themselves.

    Each ends at a blank line and in no block of code: the tree of a whole book would not fit into memory.
    """
    front = _FRONT_MATTER.match(source)
    begin = front.end() if front else 0
    for blank in _BLANK_LINE.finditer(source, begin):
        if blank.end() - begin >= PIECE and len(_FENCE.findall(source, begin, blank.end())) % 2 == 0:
            yield source[begin : blank.end()]
            begin = blank.end()
    yield source[begin:]


def text_of_markdown(piece: str) -> str:
    """Return what a reader sees, without blocks of code."""
    from markdown_it import MarkdownIt

    page = MarkdownIt("commonmark", {"maxNesting": NESTED}).enable(["table", "strikethrough"]).render(piece)
    return text_of_html("<div>" + _BLOCK_OF_CODE.sub("", page) + "</div>")


# --- RTF ----------------------------------------------------------------------------------------------------------

_FONTS = re.compile(r"{[^{}]*\\fonttbl")
_BRACE = re.compile(r"[{}]")
_FONT = re.compile(r"\\f(\d+)")
_CHARSET = re.compile(r"\\fcharset(\d+)")
_FIELD = re.compile(r"(\\fldinst)(?={)", re.IGNORECASE)


def is_rtf(text: str) -> bool:
    """Say whether a text is the source of an RTF document."""
    return text.lstrip().startswith("{\\rtf")


def text_of_rtf(source: str) -> str:
    """Return the words of the document. Raises ValueError in one sentence when it is broken."""
    from striprtf.striprtf import rtf_to_text

    try:
        text: str = rtf_to_text(_easily_read(source.lstrip()), errors="ignore")  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError, LookupError):
        raise ValueError("This RTF document is broken: open it where it was written and save it as .txt.") from None
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # emoji are written in two halves
    return "\n".join([line.strip() for line in text.splitlines() if line.strip()])


def _easily_read(source: str) -> str:
    """Return an RTF document without what would take the library time that grows with the square or the cube of it.

    These are addresses of links, which are no words, and a table of fonts that is not written as usual: one of our own
    comes before it, with the character sets.
    """
    fonts = "".join([f"{{\\f{number}\\fcharset{charset} x;}}" for number, charset in _charsets(source)])
    return "{{\\fonttbl" + fonts + "}" + _FIELD.sub(r"\1 ", source[1:])


def _charsets(source: str) -> Iterator[tuple[str, str]]:
    """Yield the number and the character set of each font in the table of an RTF document, as far as it has them."""
    if (begin := _FONTS.search(source)) is None:
        return
    depth, end = 1, len(source)
    for brace in _BRACE.finditer(source, begin.end()):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            end = brace.start()
            break
    parts = _FONT.split(source[begin.end() : end])
    for number, rest in zip(parts[1::2], parts[2::2], strict=True):
        if charset := _CHARSET.search(rest):
            yield number, charset[1]
