"""E-mails and posts to newsgroups as programs save them: headers stand before the text, which may be encoded."""

import re
from email import message_from_string
from email.message import Message

from w2v.reading.characters import whole_characters
from w2v.reading.copied_mails import once_each
from w2v.reading.page_text import text_of_html

_FROM_LINE = re.compile(r"From \S.*\d{4}[^\n]*\n")  # before each mail in a mailbox
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,40}):(?:[ \t][^\n]*)?\n(?:[ \t]+\S[^\n]*\n)*+")
_NEXT = re.compile(
    r"\n(?=From \S[^\n]*\d{4}[^\n]*\n)|\n[ \t]*\n(?=(?:Path|Xref|From|Return-Path|Received|Delivered-To):)"
)
_OF_PROGRAMS = frozenset({
    "content-transfer-encoding", "content-type", "delivered-to", "in-reply-to", "lines", "message-id", "mime-version",
    "newsgroups", "nntp-posting-host", "organization", "path", "received", "references", "return-path", "xref",
})  # fmt: skip
_OF_PEOPLE = frozenset({"bcc", "cc", "date", "from", "reply-to", "sender", "subject", "to"})
FEWEST = 3  # headers that are known
MOST = 200  # headers


def is_mail(text: str) -> bool:
    """Say whether a text begins with the headers of an e-mail, some of which people do not write."""
    return _begins_mail(_from_first_line(text[:100_000]))


def _from_first_line(text: str) -> str:
    """Return a text without what stands before its first line, with usual ends of lines."""
    return "\n".join(text.lstrip("\ufeff\r\n ").splitlines())


def _begins_mail(text: str) -> bool:
    at = found.end() if (found := _FROM_LINE.match(text)) else 0
    names = set[str]()
    for _ in range(MOST):
        header = _HEADER.match(text, at)
        if header is None:
            break
        names.add(header[1].lower())
        at = header.end()
    known = names & (_OF_PROGRAMS | _OF_PEOPLE)
    return (
        len(known) >= FEWEST and bool(known & _OF_PROGRAMS and known & _OF_PEOPLE) and text[at : at + 1] in ("", "\n")
    )


def text_of_mails(source: str) -> str:
    """Return the texts of the mails, without headers and attachments."""
    source = _from_first_line(whole_characters(source))  # half characters end the library
    mails, begin = [], 0
    for found in _NEXT.finditer(source):
        if _begins_mail(source[found.end() : found.end() + 20_000]):
            mails.append(source[begin : found.start()])
            begin = found.end()
    mails.append(source[begin:])
    texts = [
        _text(message_from_string(_FROM_LINE.sub("", mail, count=1) if mail[:5] == "From " else mail)) for mail in mails
    ]
    return once_each("\n\n".join([text for text in texts if text]))


def _text(mail: Message) -> str:
    """Return the text of a mail: the plain one, or if it has none that of its page."""
    parts = [part for part in mail.walk() if not part.is_multipart() and part.get_content_disposition() != "attachment"]
    plain = [_decoded(part) for part in parts if part.get_content_type() == "text/plain"]
    pages = [text_of_html(_decoded(part)) for part in parts if part.get_content_type() == "text/html"]
    return "\n\n".join([text.strip("\n") for text in (plain if any(map(str.strip, plain)) else pages) if text.strip()])


def _decoded(part: Message) -> str:
    """Return a part of a mail as text; what was not encoded is text already."""
    text = str(part.get_payload())
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() not in ("quoted-printable", "base64"):
        return text
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return text
    try:
        return data.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:  # an encoding that nobody knows
        return data.decode("utf-8", "replace")
