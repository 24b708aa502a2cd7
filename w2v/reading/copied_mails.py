"""E-mails as people copy them out of Outlook and other programs: lines with names and times stand between the texts.

What was quoted is kept, without its marks, but only once; of headers nothing is, for they say the same of each mail.
"""

import re
from collections.abc import Iterator, Sequence

from w2v.reading.page_text import as_text

APART = 3_000  # characters between two headers, at most on average
LONGEST = 10  # lines of a header
FEWEST, WORDS = 3, 3  # lines that are quoted of a mail that is there too; blanks in each, as a sign
_ROLES = {
    "from": "from|von|de|da|van|fra|fr\u00e5n|\u043e\u0442",
    "sent": "sent|date|gesendet|datum|envoy\u00e9|enviado(?: el)?|fecha|inviato|data|verzonden|sendt|skickat"
    r"|\u043e\u0442\u043f\u0440\u0430\u0432\u043b\u0435\u043d\u043e|\u0434\u0430\u0442\u0430",
    "to": "to|an|\u00e0|a|para|aan|til|till|\u043a\u043e\u043c\u0443",
    "subject": "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|\u00e4mne|\u0442\u0435\u043c\u0430",
    "other": "cc|bcc|kopie|importance|attachments?|anlagen?|reply-to|priority|wichtigkeit|pi\u00e8ces jointes",
}
_HEADER = re.compile(
    r"[ \t>*]*(?:"
    + "|".join([f"(?P<{role}>{names})" for role, names in _ROLES.items()])
    + r")[ \u00a0]?\*?:\*?(?!\S).*",
    re.IGNORECASE,
)
_MORE_NAMES = re.compile(r"[ \t>]+\S.*[;,>@].*|[^.!?]*@[^.!?]*\.\w+>?;?[ \t]*")  # a line of those it goes to
_BETWEEN = re.compile(
    r"[ \t>]*(?:-{2,}[ \t]*[^\W\d_][^\n-]{0,30}\b(?:message|nachricht|mensaje|messaggio|mensagem|bericht|mail|besked"
    r"|meddelande|\u0441\u043e\u043e\u0431\u0449\u0435\u043d\u0438\u0435)[^\n-]{0,15}-{2,}|_{20,}"
    r"|begin forwarded message:)[ \t]*",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"^[ \t>]*(?:on|am|le|el|il|op|em|den)\b(?=[^\n]*\d)[^\n]{0,200}(?:\n[^\n]{0,30})?"
    r"\b(?:wrote|schrieb[^\n:]{0,80}|a \u00e9crit|escribi\u00f3|ha scritto|schreef[^\n:]{0,80}|escreveu|skrev)"
    r"[ \u00a0]?:[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)


def is_copied_mail(text: str) -> bool:
    """Say whether headers of mails stand within a text: who wrote, when, to whom; or who is quoted below."""
    text = "\n".join(text.splitlines())
    n = sum(1 for _ in _headers(text.split("\n"))) if ":" in text else 0
    if ">" in text:
        n += sum(_QUOTED.match(text[found.end() :][:200].lstrip("\n")) is not None for found in _WROTE.finditer(text))
    if n * APART >= len(text) > 0 < n:
        return True
    if ">" not in text:
        return False
    n = sum(is_again and said.count(" ") >= WORDS for _, said, is_again in _lines(text))
    return n >= FEWEST and n * APART >= len(text)


def text_of_copied_mails(source: str) -> str:
    """Return the texts of the mails."""
    lines = once_each(_WROTE.sub("", "\n".join(source.splitlines()))).split("\n")
    kept, done = list[str](), 0
    for begin, end in _headers(lines):
        kept += [*lines[done:begin], ""]
        done = end
    kept += lines[done:]
    return as_text([_QUOTED.sub("", line).rstrip() for line in kept if not _BETWEEN.fullmatch(line)])


def once_each(text: str) -> str:
    """Return mails without the lines that one quotes of another that is there too."""
    return "\n".join([line for line, _, is_again in _lines(text) if not is_again]) if ">" in text else text


def _lines(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield lines, what each says without its marks, and whether it quotes one that is there less deep in quotations.

    Of such that stand in nothing but quotations, the first is the one that is quoted.
    """
    lines = text.split("\n")
    marks = [mark[0].count(">") if (mark := _QUOTED.match(line)) else 0 for line in lines]
    said = [" ".join(_QUOTED.sub("", line, count=1).split()) for line in lines]
    depths: dict[str, set[int]] = {"": set()}
    for depth, words in zip(marks, said, strict=True):
        if not depth and words:
            depths[words] = {0}
    for line, depth, words in zip(lines, marks, said, strict=True):
        known = depths.setdefault(words, set())
        yield line, words, depth > 0 and bool(known - {depth})
        if words:
            known.add(depth)


def _headers(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each header begins and ends."""
    end = 0
    for begin, line in enumerate(lines):
        if begin < end or ":" not in line or not ((first := _HEADER.fullmatch(line)) and first["from"]):
            continue
        roles, end = {"from"}, begin + 1
        for more in lines[begin + 1 : begin + LONGEST]:
            if found := _HEADER.fullmatch(more):
                role = str(found.lastgroup)
                roles |= {role} if role != "sent" or any(map(str.isdigit, more)) else set()
            elif not _MORE_NAMES.fullmatch(more):
                break
            end += 1
        if "sent" in roles and roles & {"to", "subject"}:
            yield begin, end
