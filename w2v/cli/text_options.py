"""What is done with a text before it is cut into words: when it is asked for, or else that it could be is said."""

from typing import Any

from w2v.cli.console import say
from w2v.reading.kinds_of_text import kind_of, stripped
from w2v.reading.markup import is_rtf
from w2v.reading.mojibake import mended, mojibake

TEXT_OPTIONS = ("strip", "mend")


def add_text_options(parser: Any) -> None:
    """Add the options to a parser."""
    parser.add_argument(
        "--strip",
        action="store_true",
        help="take the prose out of HTML, Markdown, RTF, subtitles, chats, JSON, tables and Project Gutenberg's books",
    )
    parser.add_argument("--mend", action="store_true", help="put letters right that were decoded wrongly before")


def as_asked(name: str, text: str, given: dict[str, Any]) -> str:
    """Return the text as it was asked for. Raises ValueError in one sentence when there is no prose in it."""
    if wrong := mojibake(text):
        say(f"{name}: {wrong} {'They are put right.' if 'mend' in given else 'Put them right with --mend.'}")
    text = mended(text) if "mend" in given else text
    kind = kind_of(text)
    if kind is None:
        return text
    if "strip" not in given:
        if is_rtf(text):
            raise ValueError("This file is an RTF document, not a plain text: train on the words in it with --strip.")
        say(f"{name}: {kind.sentence(text)} Train on its prose alone with --strip.")
        return text
    prose = stripped(text)
    say(f"{name}: This text is {kind.name}; its prose is used. {kind.where(text)}".rstrip())
    return prose
