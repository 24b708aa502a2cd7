"""Books of Project Gutenberg: a licence stands around them, in the words of today and in older ones."""

import re

from w2v.reading.characters import LOOKED_AT

_BEGINS = (  # the first of these that is there stands on the last line before the book
    re.compile(
        r"^[ \t]*\*{2,3} ?START OF (?:THE|THIS) PROJECT GUTENBERG(?:[^*]{0,300}?\*{3}.*|.*)$",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(r"^.*\*END\*? ?THE SMALL PRINT!.*$", re.IGNORECASE | re.MULTILINE),
    re.compile(
        r"\A\W*The Project Gutenberg E-?(?:book|text) of\b.{0,3000}"
        r"^(?:Title|Author|Translator|Illustrator|Posting date|Release date|Language|Character set encoding|Credits)"
        r"\b:? [^\n]*$",
        re.IGNORECASE | re.MULTILINE | re.DOTALL,
    ),
    re.compile(r"^\**These (?:e-?texts|e-?books) (?:are|were) prepared by .*$", re.IGNORECASE | re.MULTILINE),
)
_ENDS = (
    re.compile(r"^[ \t]*\*{2,3} ?END OF (?:THE|THIS) PROJECT GUTENBERG", re.IGNORECASE | re.MULTILINE),
    re.compile(r"^[ \t*]*(?:This is the )?end of (?:the |this )?project gutenberg", re.IGNORECASE | re.MULTILINE),
    re.compile(r"^.*START\*? ?\*?THE SMALL PRINT!", re.IGNORECASE | re.MULTILINE),
    re.compile(r"^[ \t]*Updated editions will replace the previous one", re.IGNORECASE | re.MULTILINE),
)
_NAMES = ("gutenberg", "the small print!")
_PRODUCED = re.compile(
    r"\s*(?:\[?(?:(?:e-?text )?(?:produced|prepared|transcribed|scanned)|this e-?(?:text|book) was \w+) (?:by|from)\b"
    r"|credits?: ).{0,600}?\n[ \t\r]*\n",
    re.IGNORECASE | re.DOTALL,
)


def is_gutenberg(text: str) -> bool:
    """Say whether the licence of Project Gutenberg stands before or behind a text."""
    if not any(name in part for part in (text[:LOOKED_AT].lower(), text[-LOOKED_AT:].lower()) for name in _NAMES):
        return False
    return _book(text) != (0, len(text))


def text_of_book(source: str) -> str:
    """Return the book, or several that stand behind each other, without the licence."""
    mark = next((mark for mark in _BEGINS[:2] if mark.search(source, 0, LOOKED_AT)), None)
    later = [found.start() for found in mark.finditer(source)][1:] if mark else []  # several books, behind each other
    several = zip([0, *later], [*later, len(source)], strict=True)
    return "\n\n".join(filter(None, [_text_of_one(source[begin:end]) for begin, end in several]))


def _text_of_one(source: str) -> str:
    begin, end = _book(source)
    book = source[begin:end]
    produced = _PRODUCED.match(book) if begin else None
    return book[produced.end() if produced else 0 :].strip()


def _book(text: str) -> tuple[int, int]:
    """Return where the book begins and ends."""
    begin, end = 0, len(text)
    for mark in _BEGINS:
        if found := mark.search(text, 0, LOOKED_AT):
            begin = found.end()
            break
    behind = max(begin, len(text) - LOOKED_AT)
    for mark in _ENDS:
        if found := mark.search(text, behind) or mark.search(text, begin, LOOKED_AT):
            end = found.start()
            break
    return begin, end
