"""Text in the marks of Markdown and of word processors (RTF).

What parses them are libraries; they are imported when they are needed, for most texts have no marks.
"""

import re
from collections.abc import Iterator
from html import escape

from w2v.reading.characters import whole_characters
from w2v.reading.code import is_program
from w2v.reading.page_text import PAGE_BEGINS, TAGS_APART, text_of_html

FEWEST_MARKS, MARKS_APART = 2, 2_000

_MARKS = (  # what Markdown has: what is in each, and how it stands on a line or in it; the first three are sure
    ("#", r"(?:\A\s*|\n[ \t]*\n) {0,3}(?:#{2,6} +\S|# +\S[^\n]*(?=\n[ \t]*(?:\n|\Z)|\Z))"),  # not as in code
    ("```", r"^ {0,3}(?:```|~~~)"),
    ("](", r"!?\[[^][\n]+\]\([^()\s]+(?: \"[^\"\n]*\")?\)"),
    ("**", r"(?<![\w*])\*\*[^\s*][^*\n]*\*\*(?![\w*])"),
    ("---", r"^ {0,3}\|? {0,3}:?-{3,}:? {0,3}\|[-| :]*$"),
    ("`", r"(?<![\w`])`[^`\n]+`(?![\w`])"),
    ("---", r"\A\s*---[ \t]*\n(?:(?!---[ \t]*\n)(?:[\w-]+:|[ \t-])[^\n]*\n)++---[ \t]*\n"),  # title: and the like
    ("]:", r"^\[[^][\n]+\]: \S+"),
)
_FENCED = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_BLOCK_OF_CODE = re.compile(r"<pre>[^<]*+(?:<(?!/?pre>)[^<]*+)*+</pre>")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
PIECE = 20_000  # characters of Markdown that are parsed at once
NESTED = 200  # lists and quotations in each other, each of which is two calls of a parser; beyond these text is lost
_FRONT_MATTER = re.compile(r"\s*(---|\+\+\+)[ \t]*\r?\n.*?\n\1[ \t]*\r?\n", re.DOTALL)

_FORMULA = re.compile(
    r"\$\$[^$]*+\$\$|(?<![\w$])\$(?=[^\s$])[^$\n]*+\$(?![\w$])|\\\((?:[^\\\n]|\\[^()\n])*+\\\)|\\\[(?:[^\\]|\\[^\][])*+\\\]"
)
_OF_FORMULAS = re.compile(r"\\[a-z]|[_^]", re.IGNORECASE)
_EXTENSIONS = (  # of what all programs read as Markdown: what they are, and what a reader sees
    (re.compile(r"^([ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t>]+)+)\[[ xX]\][ \t]", re.MULTILINE), r"\1"),  # boxes of tasks
    (re.compile(r"\[\^[^][\s]{1,60}\](?::(?=\s))?"), ""),  # numbers of notes
    (re.compile(r"^([ \t]*>[ \t]*)\[![a-z]{1,20}\]", re.MULTILINE | re.IGNORECASE), r"\1"),  # "Note" and the like
    (re.compile(r"!\[\[[^][\n]{1,200}\]\]|^\[\[?_?toc_?\]\]?[ \t\r]*$", re.MULTILINE | re.IGNORECASE), ""),
    (re.compile(r"\[\[(?:[^][|\n]{1,200}\|)?([^][|\n]{1,200})\]\]"), r"\1"),  # links within notes
    (re.compile(r"(?<!\S):[a-z][a-z0-9_+-]{1,30}:(?!\S)"), ""),  # emoji
    (re.compile(r"[ \t]\{[#.:][^{}\n]{0,200}\}[ \t\r]*$", re.MULTILINE), ""),  # names of headings
)
_TEXTS = frozenset({"", "markdown", "md", "plain", "plaintext", "poem", "text", "txt"})  # what is no language of code
_OF_CODE = re.compile(r"[]\[{}=<>;_\\|$#@&+*/]")
_IN_PROSE = re.compile(r"[(\"'\u201c\u2018]*[^\W\d_]+(?:['\u2019-][^\W\d_]+)*[.,;:!?)\"'\u201d\u2019\u2026]*")
MOST_OF_CODE, FEWEST_WORDS, MADE_OF_WORDS = 0.005, 4, 0.9  # share of such characters; words on a line; share of words


# --- Markdown -----------------------------------------------------------------------------------------------------


def is_markdown(text: str) -> bool:
    """Say whether a text has marks of Markdown of two kinds, or many of one; dashes and single stars are none."""
    if PAGE_BEGINS.match(text):
        return False
    text = text.replace("\r\n", "\n")
    found = [len(re.findall(marks, text, re.MULTILINE)) if part in text else 0 for part, marks in _MARKS]
    two_kinds = sum(map(bool, found)) >= 2
    n, apart = (sum(found), MARKS_APART) if two_kinds else (sum(found[:3]), TAGS_APART)
    return n >= FEWEST_MARKS and n * apart >= len(text) and not is_program(_FENCED.sub("", text))


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
    """Return what a reader sees, without formulas and blocks of code; a block that is no code is kept."""
    from markdown_it import MarkdownIt

    piece = _FORMULA.sub(lambda found: " " if _OF_FORMULAS.search(found[0]) else found[0], piece)
    for extension, seen in _EXTENSIONS:
        piece = extension.sub(seen, piece)
    parser = MarkdownIt("commonmark", {"maxNesting": NESTED}).enable(["table", "strikethrough"])
    tokens = parser.parse(piece)
    for token in tokens:
        if token.type in ("code_block", "fence") and token.info.strip().lower() in _TEXTS and _is_prose(token.content):
            token.type, token.content = "html_block", "<p>" + escape(token.content).replace("\n", "<br>") + "</p>"
    page = parser.renderer.render(tokens, parser.options, {})
    return text_of_html("<div>" + _BLOCK_OF_CODE.sub("", page) + "</div>")


def _is_prose(block: str) -> bool:
    """Say whether a block that is set as code, as an indented paragraph is, seems to be prose."""
    n_lines, words = len([line for line in block.split("\n") if line.strip()]), block.split()
    if len(_OF_CODE.findall(block)) > MOST_OF_CODE * len(block) or len(words) < FEWEST_WORDS * n_lines:
        return False
    return sum(_IN_PROSE.fullmatch(word) is not None for word in words) >= MADE_OF_WORDS * len(words)


# --- RTF ----------------------------------------------------------------------------------------------------------

_NEXT_DOCUMENT = re.compile(r"(?<=\})\s*+(?=\{\\rtf\d)")
_FONTS = re.compile(r"{[^{}]*\\fonttbl")
_BRACE = re.compile(r"[{}]")
_FONT = re.compile(r"\\f(\d+)")
_CHARSET = re.compile(r"\\fcharset(\d+)")
_HIDES = frozenset({"\\v", "\\deleted"})  # until the end of the group, or the same command with 0
_HIDING = re.compile(r"(\\[\\{}]|[{}]|\\(?:v|deleted)0?(?![a-z0-9-]) ?|\\plain(?![a-z]))")
_NOTE = re.compile(r"\\[\\{}]|[{}]|\\footnote(?![a-z])")
_UNNUMBERED = re.compile(r"\\uc(?![a-z0-9-]) ?")
_FIELD = re.compile(r"(\\fldinst)(?={)", re.IGNORECASE)


def is_rtf(text: str) -> bool:
    """Say whether a text is the source of an RTF document."""
    return text.lstrip().startswith("{\\rtf")


def text_of_rtf(source: str) -> str:
    """Return the words of the document. Raises ValueError in one sentence when it is broken."""
    from striprtf.striprtf import rtf_to_text

    try:
        found: list[str] = [
            rtf_to_text(_easily_read(document), errors="ignore")  # type: ignore[no-untyped-call]
            for document in _NEXT_DOCUMENT.split(source.lstrip())  # of several, the library reads the first
        ]
    except (ValueError, OverflowError, LookupError):
        raise ValueError("This RTF document is broken: open it where it was written and save it as .txt.") from None
    text = whole_characters("\n".join(found))  # emoji are written in two halves
    return "\n".join([line.strip() for line in text.splitlines() if line.strip()])


def _easily_read(source: str) -> str:
    """Return an RTF document without what would take the library time that grows with the square or the cube of it.

    These are addresses of links, which are no words, and a table of fonts that is not written as usual: one of our own
    comes before it, with the character sets. What is hidden or was deleted goes too, and marks and numbers of lists.
    Notes, which the library leaves out, stand behind the text.
    """
    source = _UNNUMBERED.sub(r"\\uc1 ", _with_notes_behind(_without_hidden(source))).replace(
        "\\listtext", "\\*\\listtext"
    )
    fonts = "".join([f"{{\\f{number}\\fcharset{charset} x;}}" for number, charset in _charsets(source)])
    return "{{\\fonttbl" + fonts + "}" + _FIELD.sub(r"\1 ", source[1:])


def _without_hidden(source: str) -> str:
    """Return an RTF document without the text that Word does not show."""
    if "\\v" not in source and "\\deleted" not in source:
        return source
    kept, outer, hiding = [], list[frozenset[str]](), frozenset[str]()
    for part in _HIDING.split(source):
        command = part.rstrip(" ")
        if command in _HIDES:
            hiding |= {command}
        elif command.removesuffix("0") in _HIDES:
            hiding -= {command.removesuffix("0")}
        elif part == "{":
            outer.append(hiding)
            kept.append(part)
        elif part == "}":
            hiding = outer.pop() if outer else frozenset()
            kept.append(part)
        elif part == "\\plain":
            hiding -= {"\\v"}
            kept.append(part)
        elif not hiding:
            kept.append(part)
    return "".join(kept)


def _with_notes_behind(source: str) -> str:
    """Return an RTF document with its footnotes and endnotes as paragraphs behind its text."""
    if "\\footnote" not in source:
        return source
    kept, notes, done = [], list[str](), 0
    outer, note = list[int](), -1  # where each group begins that is open; which of them is a note
    for found in _NOTE.finditer(source):
        if found[0] == "{":
            outer.append(found.start())
        elif found[0] == "\\footnote" and note < 0 and len(outer) > 1:
            note = len(outer) - 1
            kept.append(source[done : outer[note]])
            done = found.end()
        elif found[0] == "}" and outer:
            outer.pop()
            if len(outer) == note:
                notes.append("{\\par " + source[done : found.start()] + "}")
                done, note = found.end(), -1
    end = max(source.rfind("}"), done)
    return "".join([*kept, source[done:end], *notes, source[end:]])


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
