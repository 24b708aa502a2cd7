"""Whether a text is the source of a program: numbers and marks in it are what they are in no prose."""

import re

MOST_IN_PROSE = 0.006  # of the characters
_OF_CODE = "={}<>_;\\"
_AT_MARGIN = re.compile(
    r"^(?:import \w+|from [\w.]+ import |(?:async )?def \w+\(|class \w+[(:]|#include [<\"]|#!/|package \w|using \w"
    r"|(?:export |const |let |var |function )\w+|(?:public |static |void |int ))",
    re.MULTILINE,
)


def is_code(text: str) -> bool:
    """Say whether a text has more of the marks of programs than prose ever has."""
    return sum(map(text.count, _OF_CODE)) > MOST_IN_PROSE * len(text)


def has_code_at_margin(text: str) -> bool:
    """Say whether programs begin at the margin of a text; in one that shows programs they are indented, or marked."""
    return len(_AT_MARGIN.findall(text)) >= 2
