"""Talks with an assistant such as ChatGPT, as one copies or exports them: "You said:" stands above what was said.

In every language another word stands for "said"; what is known of the labels is that one names the assistant, and that
two of them take turns. Their words would be among the most frequent ones of the text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from w2v.reading.page_text import as_text

FEWEST, APART = 2, 20_000  # labels of each who talks; characters from one to the next, at most on average
IN_TURN = 0.8  # of the labels follow one of the other
MOST_WORDS, MOST_LABELS = 4, 8  # words of a label; labels that are looked at, the most frequent ones

_NAMES = (
    r"(?:chat ?gpt|claude|gemini|(?:microsoft )?copilot|deepseek|le chat|grok|perplexity|assistant|ai|bot|response)\b"
)
_ASSISTANT = re.compile(_NAMES, re.IGNORECASE)
_AT_BEGIN = re.compile(rf"^[ \t>#*_]*{_NAMES}", re.IGNORECASE | re.MULTILINE)  # of a line
_USER = re.compile(r"(?:you|user|human|me|prompt)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"[ \t>#*_]*([^\W\d_][^\n:\uff1a.!?,;*_]{0,29}?)[ \u00a0]?(?:[*_]*[:\uff1a][*_]*|[*_]*(?=[ \t\r]*\Z))[ \t]*(.*)"
)
_OF_PAGE = frozenset({
    "copy code", "copy", "edit", "copied!", "show more", "show less", "sources",
    "chatgpt can make mistakes. check important info.", "gemini can make mistakes, so double-check it",
    "claude can make mistakes. please double-check responses.",
})  # fmt: skip


def is_talk(text: str) -> bool:
    """Say whether labels of an assistant and of whoever asks it take turns."""
    return _labels(text) is not None


def text_of_talk(source: str) -> str:
    """Return what both said, without labels and without what stands on the buttons of such pages."""
    labels = _labels(source) or ()
    kept = []
    for line in source.splitlines():
        label, rest = _label_of(line)
        if label in labels and (rest or line.rstrip().endswith((":", "\uff1a", "*", "_")) or _is_named(label)):
            kept += ["", rest]
        elif line.strip().lower() not in _OF_PAGE and line.strip("-* \t"):
            kept.append(line.rstrip())
        else:
            kept.append("")
    return as_text(kept)


def _label_of(line: str) -> tuple[str, str]:
    """Return the label that a line has or is, in small letters, and what stands behind it; "" where there is none."""
    found = _LABEL.match(line[:1_000])
    if found is None or len(found[1].split()) > MOST_WORDS:
        return "", ""
    label, rest = found[1].lower(), line[found.start(2) :].strip()
    return ("", "") if rest and not _is_named(label) else (label, rest)


def _is_named(label: str) -> bool:
    """Say whether a label names the assistant, or whoever asks it, and says nothing else."""
    return any(name.fullmatch(label) for name in (_ASSISTANT, _USER))


def _candidates(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if (label := _label_of(line)[0]) and (":" in line or "\uff1a" in line or _is_named(label)):
            yield label


def _labels(text: str) -> tuple[str, str] | None:
    """Return the labels of the assistant and of whoever asks it; None where none take turns."""
    if len(_AT_BEGIN.findall(text)) < FEWEST:
        return None
    found = list(_candidates(text))
    times = dict(Counter(found).most_common(MOST_LABELS))
    for assistant in [label for label in times if _ASSISTANT.match(label) and times[label] >= FEWEST]:
        n = times[assistant]
        others = [
            label for label in times if not _ASSISTANT.match(label) and max(FEWEST, n - 1) <= times[label] <= n + 1
        ]
        for other in sorted(others, key=lambda label: _USER.match(label) is None):
            turns = [label for label in found if label in (assistant, other)]
            in_turn = sum(after != before for before, after in pairwise(turns))
            if in_turn >= IN_TURN * (len(turns) - 1) and len(turns) * APART >= len(text):
                return assistant, other
    return None
