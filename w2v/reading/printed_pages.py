"""Text as it is copied out of a PDF or a scan: numbers of pages, and lines that stand on each, cut through sentences.

Pages are told by their numbers, which follow each other at about the same distance, and by the sentences that go on
behind them; or by form feeds, which programs put between pages. Numbers of chapters do neither.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from w2v.reading.code import is_code

FEWEST, FEWEST_HEADED = 3, 6  # pages; such whose numbers stand beside words, as those of chapters and figures do
SHARE = 0.8  # of the distances, which are alike
GOES_ON = 0.2  # of the pages: a sentence goes on behind them
SHORTEST_PAGE, LONGEST_PAGE = 150, 12_000  # characters
SHORTEST_LINE, LONGEST_HEADER = 30, 80  # characters
MOST_HEADERS = 3  # lines above or below a page

_PAGE = r"(?:page|pg|p|seite|s|p\u00e1g|p\u00e1gina|pagina|\u0441\u0442\u0440)\.?"
_OF = r"(?:/|of|von|de|di|sur|\u0438\u0437)"
_AROUND = r"[-\u2013\u2014~\u2022|\[\](){}*. ]{0,3}"
_NUMBER = re.compile(rf"{_AROUND}(?:{_PAGE}[ \u00a0]?)?(\d{{1,4}})(?: ?{_OF} ?\d{{1,4}})?{_AROUND}", re.IGNORECASE)
_ROMAN = re.compile(
    rf"{_AROUND}((?=[xvi])(?:x[lc]|l?x{{0,3}})(?:i[xv]|v?i{{0,3}})){_AROUND}", re.IGNORECASE
)  # of pages before the first
_ROMAN_LINE = re.compile(r"\n[^\w\n]{0,3}(?:[ivxlc]{1,8}|[IVXLC]{1,8})[^\w\n]{0,3}(?=\r?\n)")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_AT_EDGES = (  # of lines: numbers of pages stand there; looked for from the line end on, which is found soonest
    re.compile(r"\n\W{0,6}[0-9]"),
    re.compile(r"\n(?:(?<=[0-9]\n)|(?<=[0-9].\n)|(?<=[0-9]..\n)|(?<=[0-9]...\n))", re.DOTALL),
)
_NUMBERED_HEADER = re.compile(
    r"(?:(\d{1,4})[ \t|\u2022\u2013\u2014-]+)?(\S.*?\S)"
    rf"(?:[ \t|\u2022\u2013\u2014-]+[\[(]?(?:{_PAGE}[ \u00a0]?)?(\d{{1,4}})[\])]?)?",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", ":", "\u201d", "\u00bb", '"', "\u2026", "\u3002")
_HYPHENS = ("-", "\u2010", "\u00ad")


def is_printed(text: str) -> bool:
    """Say whether a text is cut into pages, with numbers or lines that stand on each."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    n_numbers = sum(len(numbers.findall(text)) for numbers in (*_AT_EDGES, _ROMAN_LINE))
    return ("\f" in text or (n_numbers >= FEWEST and not is_code(text))) and bool(_left_out(_lines(text)))


def text_of_pages(source: str) -> str:
    """Return the text without numbers of pages and what stands on each; a paragraph goes on from page to page."""
    lines = _lines(source)
    left_out = _left_out(lines)
    kept: list[str] = []
    closed = True  # whether a blank line may follow
    for i, line in enumerate(lines):
        if i in left_out:
            while kept and not kept[-1].strip():
                kept.pop()
            if kept and kept[-1].rstrip().endswith(_ENDS):
                kept.append("")
            closed = True
        elif line.strip() or not closed:
            kept.append(line)
            closed = False
    return "\n".join(kept).strip()


def _lines(text: str) -> list[str]:
    """Return the lines of a text; a form feed is one of its own."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\f", "\n\f\n").split("\n") if "\f" in text else text.split("\n")


def _left_out(lines: Sequence[str]) -> set[int]:
    """Return which lines are no text: ends of pages, their numbers, and what stands on each; none if there are none."""
    feeds = [i for i, line in enumerate(lines) if line == "\f"]
    numbers = _page_numbers(lines)
    if len(feeds) + 1 >= FEWEST and sum(map(len, lines)) >= SHORTEST_PAGE * len(feeds):
        ends = feeds
        numbers = [i for i in numbers if _is_beside_end(lines, i, set(feeds))]
    else:
        rows = (numbers, _roman_numbers(lines), _numbered_headers(lines))
        first, romans, beside = [row if _are_pages(lines, row) else [] for row in rows]
        numbers = sorted({*(first or beside), *romans})
        if not numbers:
            return set()
        ends, feeds = numbers, []
    are_numbered = len(numbers) >= FEWEST - 1
    headers = _headers(lines, ends, {*numbers, *feeds}, FEWEST - 1 if are_numbered else FEWEST)
    return {*ends, *numbers, *headers} if are_numbered or 2 * len(headers) >= len(ends) else set()


def _page_numbers(lines: Sequence[str]) -> list[int]:
    """Return the lines with a number and nothing else that follow each other by their numbers."""
    short = [(i, line.strip()) for i, line in enumerate(lines) if len(line) < LONGEST_HEADER]
    return _longest_row([(i, int(found[1])) for i, line in short if (found := _NUMBER.fullmatch(line))])


def _roman_numbers(lines: Sequence[str]) -> list[int]:
    """Return the same of Roman numbers, which pages before the first one have."""
    found = [(i, roman[1]) for i, line in enumerate(lines) if (roman := _ROMAN.fullmatch(line[:20].strip()))]
    return _longest_row([(i, _value(roman)) for i, roman in found])


def _value(roman: str) -> int:
    """Return the number that Roman digits stand for: a smaller one before a larger one is taken off."""
    digits = [_VALUES[digit] for digit in roman.lower()]
    return sum(-n if n < after else n for n, after in zip(digits, [*digits[1:], 0], strict=True))


def _numbered_headers(lines: Sequence[str]) -> list[int]:
    """Return the same of lines that hold what stands on several pages besides."""
    found = [
        (i, header)
        for i, line in enumerate(lines)
        if 0 < len(line) < LONGEST_HEADER and (line[0].isdigit() or line.rstrip()[-1:].isdigit())
        if (header := _NUMBERED_HEADER.fullmatch(line.strip())) and (header[1] or header[3])
    ]
    times = Counter(header[2] for _, header in found)
    row = _longest_row([(i, int(header[1] or header[3])) for i, header in found if times[header[2]] >= FEWEST - 1])
    return row if len(row) >= FEWEST_HEADED else []


def _longest_row(numbered: Sequence[tuple[int, int]]) -> list[int]:
    """Return the lines of the longest row in which each number is the next one, or the one after that.

    numbered : lines, and the number that each has
    """
    ends: dict[int, tuple[int, int]] = {}  # number -> how long the row is that ends with it, and on which line
    before: dict[int, int] = {}
    longest = (0, -1)
    for i, number in numbered:
        length, before[i] = max(ends.get(number - 1, (0, -1)), ends.get(number - 2, (0, -1)))
        ends[number] = (length + 1, i)
        longest = max(longest, ends[number], key=lambda row: row[0])
    row, at = list[int](), longest[1]
    while at >= 0:
        row.append(at)
        at = before[at]
    return row[::-1]


def _is_beside_end(lines: Sequence[str], i: int, feeds: set[int]) -> bool:
    """Say whether nothing, or one line, stands between a line and a form feed or an end of the text."""
    for way in (range(i + 1, len(lines)), range(i - 1, -1, -1)):
        n = 0
        for j in way:
            if j in feeds:
                return True
            n += bool(lines[j].strip())
            if n > 1:
                break
        else:
            return True
    return False


def _are_pages(lines: Sequence[str], numbers: Sequence[int]) -> bool:
    """Say whether numbers on lines stand at about equal distances, and sentences go on behind some of them."""
    if len(numbers) < FEWEST:
        return False
    begins = [0]
    for line in lines:
        begins.append(begins[-1] + len(line) + 1)
    in_characters = [begins[after] - begins[before] for before, after in pairwise(numbers)]
    if not SHORTEST_PAGE <= median(in_characters) <= LONGEST_PAGE:
        return False
    if not _are_alike(in_characters) and not _are_alike([after - before for before, after in pairwise(numbers)]):
        return False
    return sum(_goes_on(lines, i) for i in numbers) >= max(1, GOES_ON * len(numbers))


def _are_alike(distances: Sequence[int]) -> bool:
    """Say whether nearly all pages are about as long as usual; the last one may be short."""
    usual = median(distances)
    alike = sum(usual / 2 <= distance <= 1.5 * usual for distance in distances)
    return alike >= min(SHARE * len(distances), len(distances) - 1)


def _goes_on(lines: Sequence[str], i: int) -> bool:
    """Say whether a sentence goes on behind the number of a page, and perhaps a line that stands on each."""
    above = [line.strip() for line in lines[max(0, i - 6) : i] if line.strip()][-2:]
    below = [line.strip() for line in lines[i + 1 : i + 7] if line.strip()][:2]
    ends = any(_is_of_sentence(line) and line[-1].isalnum() | line.endswith((*_HYPHENS, ",", ";")) for line in above)
    return ends and any(_is_of_sentence(line) and line[0].islower() for line in below)


def _is_of_sentence(line: str) -> bool:
    """Say whether a line may be one of a paragraph: long, of several words, and without marks of code."""
    return len(line) >= SHORTEST_LINE and line.count(" ") >= FEWEST and not is_code(line)


def _headers(lines: Sequence[str], ends: Sequence[int], known: set[int], fewest: int) -> set[int]:
    """Return the lines first or last on their pages that stand on `fewest` or more, but for numbers in them."""
    found = set[int]()
    for _ in range(MOST_HEADERS):
        near = _outermost(lines, ends, known | found)
        times = Counter(header for same in near.values() for header in same)
        more = {i for i, same in near.items() if any(times[header] >= fewest for header in same)}
        if not more:
            break
        found |= more
    return found


def _outermost(lines: Sequence[str], ends: Sequence[int], known: set[int]) -> dict[int, set[tuple[str, int]]]:
    """Return the first and the last line of each page that may be a header: a short one that is no part of a sentence.

    Those that are `known` are passed over. What is returned of each may be the same on several pages: its text; and its
    text without the number of the page, with how far that is from counting the pages.
    """
    near: dict[int, set[tuple[str, int]]] = {}
    edges = set(ends)
    for page, end in enumerate((-1, *ends, len(lines))):
        for way in (range(end + 1, len(lines)), range(end - 1, -1, -1)):
            i = next((i for i in way if i in edges or (lines[i].strip() and i not in known)), None)
            line = "" if i is None or i in edges else lines[i].strip()
            header = _NUMBERED_HEADER.fullmatch(line) if 0 < len(line) <= LONGEST_HEADER else None
            if i is None or header is None or not any(map(str.isalpha, line)):
                continue
            if not (line[0].islower() or line.endswith((*_ENDS, *_HYPHENS, ",", ";"))):
                near.setdefault(i, set()).add((" ".join(line.casefold().split()), 0))
                if number := header[1] or header[3]:
                    near[i].add((" ".join(header[2].casefold().split()), int(number) - page))
    return near
