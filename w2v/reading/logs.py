"""Logs that servers and programs write: a time, how much it matters (INFO, WARN, ERROR), and a message on each line.

A time and a word in front of a message are a chat too; so these are looked for before.
"""

import re
from itertools import islice

FEWEST, SHARE = 3, 0.5  # lines with a time and a level; their share
MOST_LINES, LONGEST = 2_000, 300  # that are looked at; characters of each before the message

_DAY = r"(?:\d{2,4}[-/.]\d\d[-/.]\d{2,4}|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} {1,2}\d{1,2})"
_TIME = r"\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?"
_STAMP = rf"[\[(]?(?:{_DAY}[T ,:]{{1,2}})?{_TIME}(?: \d{{4}})?[\])]?"
_NAMES = "TRACE|VERBOSE|DEBUG|FINE|INFO|NOTICE|WARN|WARNING|ERROR|ERR|SEVERE|CRITICAL|FATAL|EMERG|ALERT"
_LEVEL = rf"(?:\b(?:{_NAMES})\b|\[(?:\w+:)?(?:{_NAMES.lower()})\]|\b(?:{_NAMES.lower()}): )"
_WRITER = (  # in what part of the program
    r"(?:[-|:]{1,3} |\[[^\]\n]{1,60}\]:? |\d{1,7} |[\w$]+(?:[.$/:][\w$]+)+ {0,30}[-|:]{0,2} "
    r"|[\w$.-]{1,60}(?: {0,30}:| {1,2}-) )"
)
_LOGGED = re.compile(
    rf"(?:{_STAMP}[ \t,;:|-]*(?:\S*[^\s:][ \t]+){{0,5}}?\S*?{_LEVEL}[\]):]*[ \t]*{_WRITER}{{0,4}}"
    rf"|{_DAY}[ T]{_TIME} [\w.-]+ [\w./@()-]+(?:\[\d+\])?: )(.*)"  # of syslog: computer, program, number
)


def is_log(text: str) -> bool:
    """Say whether most lines of a text begin with a time and a level."""
    if ":" not in text:
        return False
    lines = [line for line in map(str.strip, islice(text.splitlines(), MOST_LINES)) if line]
    n = sum(_LOGGED.match(line, 0, LONGEST) is not None for line in lines if line[0] in "[(" or line[0].isalnum())
    return n >= max(FEWEST, SHARE * len(lines))


def text_of_log(source: str) -> str:
    """Return the messages, a line for each; what is indented below one says where in a program something broke."""
    kept = []
    for line in source.splitlines():
        found = _LOGGED.match(line.strip())
        kept.append(found[1].strip() if found else "" if line[:1].isspace() else line.strip())
    return "\n".join([line for line in kept if line])
