"""What is written on the net and is no word: emoji, #tags and @names, links and addresses; how each is found."""

import re

_PICTURES = "\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_FLAGS = "\U0001f1e6-\U0001f1ff"
_WITH = "\ufe0f\u20e3\U0001f3fb-\U0001f3ff"  # what changes the look of the emoji before it
_ZWJ = "\u200d"
_HELD = "\ufdd0"  # stands for a joiner while all others are taken out: no text may contain it
EMOJI = re.compile(f"[{_FLAGS}]{{2}}|[0-9#*]\ufe0f?\u20e3|[{_PICTURES}][{_WITH}]*(?:{_ZWJ}[{_PICTURES}][{_WITH}]*)*")
_JOINING = re.compile(f"(?<=[{_PICTURES}\ufe0f]){_ZWJ}(?=[{_PICTURES}])")

# No letters of scripts without blanks, so that a link ends where Chinese goes on; the last character is no punctuation.
_LETTERS = "a-z0-9\u00c0-\u05ff\u0620-\u0dff"
_FIRST, _IN_LINK, _LAST = "(?<![a-z0-9._%+@-])", rf"[!#-'*-;=?-Z\\^-~{_LETTERS}]", f"[/#=&_~%+{_LETTERS}-]"
_BEGINNING = rf"(?<![a-z0-9])(?:(?:https?|ftp)://|www\.(?=[a-z0-9]))|{_FIRST}(?:[a-z0-9-]+\.)+[a-z]{{2,}}/"
LINK = re.compile(rf"(?:{_BEGINNING}){_IN_LINK}*{_LAST}", re.IGNORECASE | re.ASCII)
ADDRESS = re.compile(
    rf"{_FIRST}(?:mailto:)?[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{{2,}}", re.IGNORECASE | re.ASCII
)
TAG = re.compile(r"(?<!\w)[#@](?=[^\W_])")


def without_links(text: str) -> str:
    """Return the text with a blank for each link and address."""
    text = _without(ADDRESS, "@", text)
    return LINK.sub(" ", text) if "www." in text.lower() else _without(LINK, "/", text)


def _without(pattern: re.Pattern[str], mark: str, text: str) -> str:
    """Return the text with a blank for whatever is found; it has such a mark in it, and no blank and no line end.

    So only what stands between blanks around a mark is looked at.
    """
    parts: list[str] = []
    done, at = 0, text.find(mark)
    ends = {" ": -1, "\n": -1}  # where the next ones are
    while at >= 0:
        begin = max(done, *(text.rfind(end, done, at) + 1 for end in ends))
        for end, found in ends.items():
            if found < at:
                ends[end] = text.find(end, at) % (len(text) + 1)  # the end of the text where there is none
        parts += [text[done:begin], pattern.sub(" ", text[begin : min(ends.values())])]
        done = min(ends.values())
        at = text.find(mark, done)
    return "".join([*parts, text[done:]]) if parts else text


def hold_joiners(text: str) -> str:
    """Return the text with another character for what joins emoji, which otherwise is taken out of words."""
    return _JOINING.sub(_HELD, text)


def let_joiners_go(text: str) -> str:
    """Undo `hold_joiners`."""
    return text.replace(_HELD, _ZWJ)
