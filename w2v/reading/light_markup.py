"""Text in marks that are plain to read: reStructuredText, Org mode and AsciiDoc; Markdown has a parser, in `markup.py`.

Parsers of these run code or need other programs, so what is no text is found line by line. What is kept is what is read
of the text: headings, lists, notes and cells of tables too, but no settings, comments, pictures and code.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from w2v.reading.code import has_code_at_margin
from w2v.reading.page_text import PAGE_BEGINS
from w2v.reading.pieces import pieces

FEWEST, APART = 3, 3_000  # marks, one of which is sure; characters between them, at most on average
NEW = "\0"  # begins a line that never belongs to the paragraph before
_ITEM = re.compile(r"[ \t]*(?:[-+\u2022]|\*+|\.{1,5}|\(?(?:\d{1,3}|#)[.)])[ \t]+(?:\[[ xX-]\][ \t]+)?")


def _has_marks(text: str, sure: re.Pattern[str], marks: re.Pattern[str]) -> bool:
    if PAGE_BEGINS.match(text) or sure.search(text) is None:
        return False
    n = len(marks.findall(text)) + len(sure.findall(text))
    return n >= FEWEST and n * APART >= len(text)


def _paragraphs(lines: Iterable[str]) -> str:
    """Return the text with each paragraph on one line, and items, headings and rows on lines of their own."""
    kept, is_open = list[str](), False
    for line in lines:
        bare = line.removeprefix(NEW)
        item = _ITEM.match(bare)
        text = " ".join(bare[item.end() if item else 0 :].split())
        if not text:
            is_open = False
            kept += [""] if kept and kept[-1] else []
        elif is_open and not item and not line.startswith(NEW):
            kept[-1] += f" {text}"
        else:
            kept.append(text)
            is_open = not line.startswith(NEW)
    return "\n".join(kept).strip()


def _block_end(lines: list[str], begin: int, indent: int) -> int:
    """Return where a block ends whose lines are indented more than by so many blanks, or empty."""
    end = begin
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
        end += 1
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


# --- reStructuredText ---------------------------------------------------------------------------------------------

_REST_SURE = re.compile(
    r"^ *\.\. (?:\|[^|\n]{1,40}\| )?[a-z][\w:+-]{1,30}::(?:[ \t]|$)|(?<![\w:`]):[a-z][\w:+.-]{0,30}:`[^`\n]+`"
    r"|`[^`<\n]+<[^<>`\n]+>`__?(?!\w)",
    re.MULTILINE,
)
_REST_MARKS = re.compile(
    r"^ *\.\. (?:_[^:\n`]{1,80}:|\[[\w#*]{1,30}\][ \t])|``[^`\n]+``|`[^`\n]+`_(?!\w)|[ \t]\[[\d#][\w#]*\]_(?!\w)"
    r"|\n([=~^\"'#*+-])\1{2,}[ \t]*$",
    re.MULTILINE,
)
_REST_EDGE = re.compile(r"\n[ \t\r]*\n(?=[^\s>])")
_DIRECTIVE = re.compile(r" *\.\.(?: +(?:\|[^|]+\| +)?([A-Za-z][\w:+-]*)::[ \t]*(.*)| +\[[\w#*]+\][ \t]+(.*)|(?: .*)?)")
_BOXES = frozenset({  # directives with text behind and below them
    "admonition", "attention", "caution", "centered", "danger", "deprecated", "details", "dropdown", "error", "hint",
    "important", "note", "rubric", "seealso", "sidebar", "table", "tip", "todo", "topic", "versionadded",
    "versionchanged", "warning",
})  # fmt: skip
_BELOW = frozenset({  # directives with text below them
    "attribute", "class", "compound", "container", "epigraph", "figure", "function", "glossary", "highlights",
    "line-block", "list-table", "method", "module", "only", "parsed-literal", "pull-quote", "py:attribute", "py:class",
    "py:function", "py:method", "tab",
})  # fmt: skip
_OPTION = re.compile(r"[ \t]+:[\w -]{1,40}:(?:[ \t].*)?")
_RULE = re.compile(r"[ \t]*(?:([=~^\"'`#*+:.<>_-])\1{2,}|[+](?:[-=]+[+])+|=+(?: +=+)+)[ \t]*")
_FIELD = re.compile(r"[ \t]*:([\w -]{1,40}):(?:[ \t]+|$)(?!`)")
_OF_FILE = frozenset({
    "address", "author", "authors", "contact", "copyright", "date", "organization", "orphan", "revision", "status",
    "version",
})  # fmt: skip
_ROW = re.compile(r"[ \t]*\|(.*)\|[ \t]*")
_REST_INLINE = (  # the first: roles and links with a text of their own
    (re.compile(r"(?<![\w:`]):[a-z][\w:+.-]{0,30}:`([^`<\n]+?)[ \t]*<[^<>`\n]+>`"), r"\1"),
    (re.compile(r"(?<![\w:`]):[a-z][\w:+.-]{0,30}:`(?:[^`<\n]*?<)?[~!]?([^`<>\n]+?)>?`"), r"\1"),
    (re.compile(r"`([^`<\n]+?)[ \t]*<[^<>`\n]+>`__?"), r"\1"),
    (re.compile(r"``?([^`\n]+)``?_{0,2}"), r"\1"),
    (re.compile(r"[ \t]?\[[\d#*][\w#*]*\]_(?!\w)"), ""),
)


def is_rest(text: str) -> bool:
    """Say whether a text is reStructuredText: it has directives, roles or links as nothing else has them."""
    return ("::" in text or "`" in text) and _has_marks(text, _REST_SURE, _REST_MARKS) and not has_code_at_margin(text)


def pieces_of_rest(source: str) -> Iterator[str]:
    """Yield a text in pieces: each ends at a blank line before one that is not indented, as blocks are."""
    return pieces(source, _REST_EDGE)


def text_of_rest(source: str) -> str:
    """Return what is read of the text, a line for each paragraph."""
    return _plain(_paragraphs(_rest_lines(source.expandtabs().splitlines())), _REST_INLINE)


def _rest_lines(lines: list[str]) -> Iterator[str]:
    i = 0
    while i < len(lines):
        line, indent = lines[i], _indent(lines[i])
        i += 1
        if found := _DIRECTIVE.fullmatch(line):
            name, behind, note = found.groups()
            yield ""
            if note:
                yield note
            elif name and name.lower() in _BOXES | _BELOW:
                yield behind if name.lower() in _BOXES else ""
                while i < len(lines) and _OPTION.fullmatch(lines[i]):
                    i += 1
            else:
                i = _block_end(lines, i, indent)
        elif _RULE.fullmatch(line):
            yield ""
        elif line.lstrip().startswith(">>> "):
            while i < len(lines) and lines[i].strip():
                i += 1
        elif (field := _FIELD.match(line)) and field[1].lower() in _OF_FILE:
            yield ""
        else:
            is_heading = i < len(lines) and bool(line.strip()) and bool(_RULE.fullmatch(lines[i]))
            row = _ROW.fullmatch(line)
            text = row[1].replace("|", " ") if row else line[field.end() if field else 0 :].lstrip("| ")
            yield (NEW if is_heading or row else "") + (line[:indent] + text)
            if line.rstrip().endswith("::") and i < len(lines) and not lines[i].strip():
                i = _block_end(lines, i, indent)
                yield ""


def _plain(text: str, marks: Iterable[tuple[re.Pattern[str], str]]) -> str:
    """Return paragraphs without the marks within them."""
    for mark, seen in marks:
        text = mark.sub(seen, text)
    return "\n".join([" ".join(line.split()) for line in text.split("\n")]).strip()


# --- Org mode -----------------------------------------------------------------------------------------------------

_ORG_SURE = re.compile(
    r"^[ \t]*#\+(?:title|author|options|startup|begin_\w+|end_\w+|filetags|property|date|email|language|setupfile"
    r"|include|caption|results|todo|html\w*|latex\w*|attr_\w+|name|tblfm)\b|^[ \t]*:(?:PROPERTIES|LOGBOOK):[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_ORG_MARKS = re.compile(
    r"^\*+ \S|\[\[[^][\n]+\]\[[^][\n]+\]\]|^[ \t]*(?:SCHEDULED|DEADLINE|CLOSED): [<\[]|^[ \t]*:END:[ \t]*$",
    re.MULTILINE,
)
_ORG_EDGE = re.compile(r"\n(?=\*+ )")
_ORG_BEGINS = re.compile(r"^[ \t]*#\+begin_", re.MULTILINE | re.IGNORECASE)
_ORG_ENDS = re.compile(r"^[ \t]*#\+end_", re.MULTILINE | re.IGNORECASE)
_ORG_SETTING = re.compile(
    r"[ \t]*#\+(\w+)(?:\[[^]\n]*\])?:?[ \t]*(.*)|[ \t]*#(?:[ \t].*)?|[ \t]*(?:SCHEDULED|DEADLINE|CLOSED):.*"
)
_ORG_TEXTS = frozenset({"quote", "verse", "center", "abstract", "note", "warning", "tip"})
_ORG_DRAWER = re.compile(r"[ \t]*:[\w-]+:[ \t]*")
_ORG_HEADING = re.compile(
    r"\*+ (?:(?:TODO|DONE|NEXT|WAITING|CANCELLED) )?(?:\[#[A-Z0-9]\] )?(.*?)(?:[ \t]+:[\w@#%:]+:)?[ \t]*"
)
_ORG_INLINE = (
    (re.compile(r"\[\[[^][\n]+\]\[([^][\n]+)\]\]"), r"\1"),
    (re.compile(r"\[\[[^][\n]+\]\]|[ \t]?\[fn:[\w-]*\]|[<\[]\d{4}-\d\d-\d\d[^]>\n]*[]>]"), ""),
    (re.compile(r"^[ \t]*\|[-+]+\|?$|\[fn:[\w-]*:"), ""),
)


def is_org(text: str) -> bool:
    """Say whether a text is of Org mode: it has its settings, blocks or drawers."""
    return ("#+" in text or ":PROPERTIES:" in text) and _has_marks(text, _ORG_SURE, _ORG_MARKS)


def pieces_of_org(source: str) -> Iterator[str]:
    """Yield a text in pieces: each ends before a heading, and within no block."""
    return pieces(source, _ORG_EDGE, lambda piece: len(_ORG_BEGINS.findall(piece)) == len(_ORG_ENDS.findall(piece)))


def text_of_org(source: str) -> str:
    """Return what is read of the text, a line for each paragraph."""
    return _plain(_paragraphs(_org_lines(source.splitlines())), _ORG_INLINE)


def _org_lines(lines: list[str]) -> Iterator[str]:
    ends = {line.strip().lower() for line in lines if line.strip().lower().startswith(("#+end_", ":end:"))}
    until = ""
    for line in lines:
        lower = line.strip().lower()
        if until:
            until = "" if lower == until else until
        elif found := _ORG_SETTING.fullmatch(line):
            name, value = (found[1] or "").lower(), found[2]
            end = name.replace("begin_", "#+end_")
            if name.startswith("begin_") and name.removeprefix("begin_") not in _ORG_TEXTS and end in ends:
                until = end
            yield ""
            yield NEW + value if name in ("title", "subtitle", "caption") else ""
        elif _ORG_DRAWER.fullmatch(line) and lower != ":end:" and ":end:" in ends:
            until = ":end:"
        elif heading := _ORG_HEADING.fullmatch(line):
            yield from ("", NEW + heading[1])
        else:
            row = _ROW.fullmatch(line)
            is_rule = not line.strip("|-+ \t")
            yield "" if is_rule else NEW + row[1].replace("|", " ") if row else line


# --- AsciiDoc -----------------------------------------------------------------------------------------------------

_ADOC_SURE = re.compile(
    r"^(?:image|include|video|audio)::[^\s\[]+\["
    r"|^\[(?:source|NOTE|TIP|WARNING|IMPORTANT|CAUTION|quote|verse|cols=|%)[^]\n]*\]$"
    r"|^:(?:toc|icons|sectnums|doctype|source-highlighter|experimental|author|revdate|imagesdir)[\w-]*!?:(?: |$)"
    r"|(?:https?://|link:|xref:)[^\s\[\]]{1,500}+\[[^][\n]++\]|^\|===[ \t]*$",
    re.MULTILINE,
)
_ADOC_MARKS = re.compile(
    r"^={1,6} \S[^=\n]*$|<<[\w #.-]+(?:,[^<>\n]+)?>>|^(?:-{4,}|={4,}|\.{4,})$|^:[\w-]+:", re.MULTILINE
)
_ADOC_HEADED = re.compile(r"^={1,6} \S[^=\n]*$", re.MULTILINE)
_ADOC_HEADING = re.compile(r"={1,6} (\S.*)")
_ADOC_EDGE = re.compile(r"\n[ \t\r]*\n(?=={2,6} )")
_ADOC_FENCE = re.compile(r"^(-{4,}|\.{4,}|\+{4,}|/{4,}|`{3,})", re.MULTILINE)
_ADOC_HIDES = re.compile(r"(-{4,}|\.{4,}|\+{4,}|/{4,}|`{3,})\w*")
_ADOC_DROPPED = re.compile(
    r":!?[\w-]+!?:(?:[ \t].*)?|//.*|\[[^]\n]*\]|(?:image|include|video|audio|toc|ifn?def|ifeval|endif)::.*"
    r"|([-=*_.+/])\1{3,}|--|\+|'{3}|<{3}|\|===|[!,:]==="
)
_ADOC_INLINE = (
    (re.compile(r"(?:https?://|link:|xref:|mailto:)[^\s\[\]]{1,500}+\[([^][\n^]*+)[^][\n]*+\]"), r"\1"),
    (re.compile(r"<<[^<>,\n]+,([^<>\n]+)>>"), r"\1"),
    (
        re.compile(
            r"<<[^<>\n]+>>|\bimage:[^\s\[]{1,500}+\[[^][\n]*+\]|\[\[[^][\n]+\]\]|\{[\w-]+\}|\[[.#][\w.#-]+\](?=[#*_`])"
        ),
        "",
    ),
    (re.compile(r"\bfootnote:\w*+\[([^][\n]++)\]"), r" \1"),
    (re.compile(r"\b(?:kbd|btn|menu|pass|stem):[\w-]*+\[([^][\n]*+)\]"), r"\1"),
    (re.compile(r"^(?:NOTE|TIP|WARNING|IMPORTANT|CAUTION): |^\.(?=[^\s.])", re.MULTILINE), ""),
)


def is_asciidoc(text: str) -> bool:
    """Say whether a text is AsciiDoc: it has headings as that has them, and a mark that nothing else has."""
    return "\n=" in "\n" + text and _ADOC_HEADED.search(text) is not None and _has_marks(text, _ADOC_SURE, _ADOC_MARKS)


def pieces_of_asciidoc(source: str) -> Iterator[str]:
    """Yield a text in pieces: each ends before a heading, and within no block."""
    return pieces(
        source, _ADOC_EDGE, lambda piece: all(n % 2 == 0 for n in Counter(_ADOC_FENCE.findall(piece)).values())
    )


def text_of_asciidoc(source: str) -> str:
    """Return what is read of the text, a line for each paragraph."""
    return _plain(_paragraphs(_adoc_lines([line.rstrip() for line in source.splitlines()])), _ADOC_INLINE)


def _adoc_lines(lines: list[str]) -> Iterator[str]:
    until, of_head = "", False
    last = {line: i for i, line in enumerate(lines)}  # where each stands last
    for i, line in enumerate(lines):
        heading = _ADOC_HEADING.fullmatch(line)
        of_head = of_head and bool(line)
        if until:
            until = "" if line == until else until
        elif (hides := _ADOC_HIDES.fullmatch(line)) and last.get(hides[1], i) > i:
            until = hides[1]
            yield ""
        elif heading:
            of_head = line.startswith("= ")
            yield from ("", NEW + heading[1], "")
        elif of_head or _ADOC_DROPPED.fullmatch(line):  # the author and the version below the title
            yield ""
        elif line.startswith("|"):
            yield NEW + line.replace("|", " ")
        else:
            yield line
