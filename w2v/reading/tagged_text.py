"""Corpora as linguists have them: each word with its lemma and its part of speech, on a line or behind a mark.

Formats with a line for each word (CoNLL-U, CoNLL, the "vertical" one of TreeTagger and the Sketch Engine), words like
boat/NN or boat_NN in running text, and the trees of the Penn Treebank.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

FEWEST, FEWEST_LEAVES = 8, 3  # words
SHARE = 0.95  # of the lines, or of the words, that are as they have to be
LOOKED_AT = 6_000  # characters, from the beginning
FREQUENT_TAG = 1.25  # words with each tag on average, at least

_TAG = re.compile(r"[A-Z][\w$*+|:.=@-]{0,15}|\$?[.,:;!?()\"'`$#\u2013-]{1,3}|-[LR]RB-|[BIESLUM]-\S+", re.ASCII)
_TAG_BEHIND = re.compile(r"(\S+)([/_])([A-Za-z$*+.,:;!?()\"'`#-][^\s/_]{0,11})")
_PUNCTUATION = re.compile(r"[.,;:!?\u2026\u3002\uff0c\u060c]")
_ENDS = frozenset(".!?\u2026\u3002")
_CLITIC = re.compile(r"n['\u2019]t|['\u2019](?:s|re|ve|ll|d|m|em)", re.IGNORECASE)
_XML = re.compile(r"</?[a-z][\w-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,6})(?:-(\d{1,6})|(\.)\d+)?")
_TREE_BEGINS = re.compile(
    r"\s*\(\s*(?:\(\s*)?(?:ROOT|TOP|S1?|SBARQ?|SQ|SINV|FRAG|NP|VP|X|INTJ|UCP)(?:[-=][\w-]+)?\s*\("
)
_LEAF = re.compile(r"\(([^\s()]+) ([^\s()]+)\)")
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": '"', "''": '"'}
Row = Sequence[str]
Way = Callable[[str], Iterator[str]]
"""Yields the words of a source: what ends a sentence is "\n", and what is written without a blank begins with "\0"."""


def is_tagged(text: str) -> bool:
    """Say whether a text is a tagged corpus, by the words at its beginning, of which nearly all have a tag."""
    return _way(text) is not None


def text_of_tagged(source: str) -> str:
    """Return the words in running text, a line for each sentence where its format parts them."""
    way = _way(source)
    if way is None:
        return source
    words = [_BRACKETS.get(word, word) for word in way(source)]
    parts = ["\0" + word if _CLITIC.fullmatch(word) else word for word in words]
    text = (
        " ".join([part + "\n" if part.strip("\0") in _ENDS else part for part in parts])
        .replace(" \0", "")
        .replace("\0", "")
    )
    return "\n".join([line for line in map(str.strip, text.split("\n")) if line])


def _way(text: str) -> Way | None:
    """Return how the words of a text are found; None where it is no tagged corpus."""
    begin = text[:LOOKED_AT]
    if len(text) > LOOKED_AT:
        begin = begin[: max(begin.rfind("\n"), begin.rfind(" "))]
    if _TREE_BEGINS.match(begin) and len(_LEAF.findall(begin)) >= FEWEST_LEAVES:
        return _of_trees
    if _are_joined(begin.split()):
        return _of_joined
    rows = [row for row in _rows(begin) if len(row) > 1]
    if _are_numbered(rows):
        return _of_numbered
    return _of_rows if _are_tagged(rows) else None


# --- a line for each word -----------------------------------------------------------------------------------------


def _rows(text: str) -> Iterator[Row]:
    """Yield the cells of each line; none for one that is blank, a comment, or a tag of XML."""
    for line in text.splitlines():
        cells = line.split("\t") if "\t" in line else line.split()
        if not cells or _XML.fullmatch(line.strip()) or line.startswith(("# ", "-DOCSTART-")):
            yield ("\0",) if line.strip() == "<g/>" else ()
        else:
            yield [cell.strip() for cell in cells]


def _are_numbered(rows: Sequence[Row]) -> bool:
    """Say whether the words of each sentence are numbered from 1, as in CoNLL-U, and have no blanks in them."""
    if len(rows) < FEWEST_LEAVES or any(len(row) < FEWEST for row in rows):
        return False
    before = 0
    for number, word, *others in rows:
        found = _NUMBER.fullmatch(number)
        if found is None or " " in word or "_" not in others:
            return False
        if found[2] or found[3]:
            continue
        if int(number) not in (1, before + 1):
            return False
        before = int(number)
    return True


def _of_numbered(source: str) -> Iterator[str]:
    done, glued = 0, False  # with the number up to which words are part of one that was written as one
    for row in _rows(source):
        found = _NUMBER.fullmatch(row[0]) if row else None
        if found is None or len(row) < 2:
            yield "\n"
            done, glued = 0, False
        elif not found[3] and int(found[1]) > done:
            yield "\0" + row[1] if glued else row[1]
            glued, done = "SpaceAfter=No" in row[-1], int(found[2] or 0)


def _are_tagged(rows: Sequence[Row]) -> bool:
    """Say whether nearly all rows are a word and its tags, which are few; some of the words are punctuation marks."""
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    even = [row for row in rows if len(row) == width]
    if len(even) < max(FEWEST, SHARE * len(rows)) or any(" " in row[0] for row in even):
        return False
    if not any(_PUNCTUATION.fullmatch(row[0]) for row in even):
        return False
    return any(_are_tags(column) for column in list(zip(*even, strict=True))[1:])


def _are_tags(cells: Sequence[str]) -> bool:
    n = sum(_TAG.fullmatch(cell) is not None for cell in cells)
    return n >= SHARE * len(cells) and len(set(cells)) * FREQUENT_TAG <= len(cells) and len(set(cells)) > 1


def _of_rows(source: str) -> Iterator[str]:
    glued = False
    for row in _rows(source):
        if row == ("\0",):
            glued = True
        elif row:
            yield "\0" + row[0] if glued else row[0]
            glued = False
        else:
            yield "\n"


# --- within lines -------------------------------------------------------------------------------------------------


def _are_joined(words: Sequence[str]) -> bool:
    """Say whether nearly all words have a tag behind the same mark, and some of them are punctuation marks."""
    found = [tagged for tagged in map(_TAG_BEHIND.fullmatch, words) if tagged]
    if len(found) < max(FEWEST, SHARE * len(words)) or len({tagged[2] for tagged in found}) > 1:
        return False
    tags = {tagged[3] for tagged in found}
    return len(tags) * FREQUENT_TAG <= len(found) and any(_PUNCTUATION.fullmatch(tagged[1]) for tagged in found)


def _of_joined(source: str) -> Iterator[str]:
    for line in source.splitlines():
        for word in line.split():
            tagged = _TAG_BEHIND.fullmatch(word)
            yield tagged[1] if tagged else word
        yield "\n"


def _of_trees(source: str) -> Iterator[str]:
    for tree in re.split(r"^(?=\()", source, flags=re.MULTILINE):
        for tag, word in _LEAF.findall(tree):
            if tag != "-NONE-":
                yield word.replace("\\/", "/")
        yield "\n"
