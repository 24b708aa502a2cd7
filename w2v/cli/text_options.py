"""What is done with a text before it is read as words, when it is asked for, and how it is read."""

from typing import Any

from w2v.cli.console import say
from w2v.reading.kinds_of_text import kind_of, stripped
from w2v.reading.line_wrap import unwrapped
from w2v.reading.markup import is_rtf
from w2v.reading.mojibake import mended
from w2v.reading.segmentation import cut_by_dictionary

TEXT_OPTIONS = ("mend", "strip", "join_lines", "segment")


def add_text_options(parser: Any) -> None:
    """Add the options to a parser."""
    parser.add_argument("--mend", action="store_true", help="put letters right that were decoded wrongly before")
    parser.add_argument(
        "--strip",
        action="store_true",
        help="keep only the prose of HTML, Markdown, reStructuredText, Org, AsciiDoc, BBCode, wikis, RTF, LaTeX, "
        "BibTeX, e-mails, subtitles, chats, talks with an assistant, logs, diffs, JSON, YAML, tables, Gutenberg, "
        "copied pages, PDFs, songs, numbered lines, tagged and labelled corpora; letters for codes such as \\u00f6",
    )
    parser.add_argument(
        "--join-lines", action="store_true", help="put each paragraph on one line first, and halves of words together"
    )
    parser.add_argument(
        "--segment",
        action="store_true",
        help="cut Chinese, Japanese, Thai, Lao, Khmer or Burmese into words first, by a dictionary",
    )


def add_reading_options(group: Any) -> None:
    """Add the options that say what a word is to a group of a parser's."""
    group.add_argument("--keep-case", dest="lowercase", action="store_false", help="do not fold case")
    group.add_argument("--turkish", action="store_true", help="fold case as Turkish does: I is the capital of \u0131")
    group.add_argument("--emoji", action="store_true", help="count emoji, #tags and @names as words")
    group.add_argument(
        "--pretokenized", action="store_true", help="already cut into words: blanks part words, lines part sentences"
    )


def as_asked(text: str, given: dict[str, Any]) -> str:
    """Return the text as it was asked for. Raises ValueError in one sentence where that cannot be done."""
    if given.get("mend"):
        text = mended(text)
    if given.get("strip"):
        if kind := kind_of(text):
            say(kind.kept(text))
        text = stripped(text)
    elif is_rtf(text):
        raise ValueError("This file is an RTF document, not a plain text: train on the words in it with --strip.")
    text = unwrapped(text) if given.get("join_lines") else text
    return cut_by_dictionary(text) if given.get("segment") else text
