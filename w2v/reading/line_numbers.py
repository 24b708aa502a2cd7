"""Numbers of lines in the margin: of each, as in transcripts and scripture, or of every fifth, as in poems.

They are told by counting: between two of them are as many lines as their difference says.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

FEWEST, FEWEST_OF_EACH = 3, 10  # numbers, where every fifth line or so has one, and where each has
SHARE = 0.95  # of the lines, where each has one
MISSED = 3  # numbers, one of which at least is there
LETTERS = 0.5  # of the characters of a text, blanks not counted; of tables of numbers fewer are letters
LOOKED_AT = 20_000  # characters, from the beginning
STEPS = (1, 2, 3, 4, 5, 10, 20)  # lines from one number to the next

_NUMBER = r"(?P<opens>[\[(])?(?P<n>\d{1,5})(?(opens)[\])])"
_AT_BEGIN = re.compile(rf"[ \t]*{_NUMBER}[ \t]+(?=[^\s\d])")
_AT_END = re.compile(rf"(?<=\S)[ \t]+{_NUMBER}[ \t\r]*$")


def has_line_numbers(text: str) -> bool:
    """Say whether numbers at the beginnings or ends of lines count these."""
    return _margin(text) is not None


def text_without_line_numbers(source: str) -> str:
    """Return the text without the numbers of its lines; all others stay, as years at the ends of lines."""
    margin = _margin(source)
    if margin is None:
        return source
    number, step = margin
    kept, before = list[str](), 0
    for line in source.split("\n"):
        found = number.search(line) if number is _AT_END else number.match(line)
        n = int(found["n"]) if found else 0
        if found and n % step == 0 and (not before or n == step or before < n <= before + MISSED * step):
            line = line[: found.start()] + line[found.end() :]
            before = n
        kept.append(line)
    return "\n".join(kept).strip()


def _margin(text: str) -> tuple[re.Pattern[str], int] | None:
    """Return where the numbers stand, and how many lines one is from the next; None where none count lines."""
    lines = [line for line in text[:LOOKED_AT].split("\n") if line.strip()]
    lines = lines[:-1] if len(text) > LOOKED_AT else lines
    text = " ".join(lines)
    if len(lines) < FEWEST or sum(map(str.isalpha, text)) < LETTERS * sum(map(len, text.split())):
        return None
    for number in (_AT_BEGIN, _AT_END):
        find = number.search if number is _AT_END else number.match
        found = [(i, int(match["n"])) for i, match in enumerate(map(find, lines)) if match]
        if len(found) >= FEWEST and (step := _step(found, len(lines))):
            return number, step
    return None


def _step(found: Sequence[tuple[int, int]], n_lines: int) -> int:
    """Return how many lines one number is from the next; 0 if numbers do not count lines.

    found : which lines have a number, and which
    """
    step = found[1][1] - found[0][1]
    if step not in STEPS or any(n % step for _, n in found):
        return 0
    if step == 1 and len(found) < max(FEWEST_OF_EACH, SHARE * n_lines):
        return 0
    follow = sum(n - m == j - i == step for (i, m), (j, n) in pairwise(found))
    return step if follow >= (SHARE if step == 1 else 1) * (len(found) - 1) else 0
