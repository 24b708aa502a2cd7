"""Text that is no prose, as it comes out of files and pages: what it is, and how what surrounds its words is taken out.

A new kind is a line in `KINDS`. Nothing is taken out unless it was asked for.
"""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass

from w2v.reading.assistants import is_talk, text_of_talk
from w2v.reading.changes import is_diff, text_of_diff
from w2v.reading.characters import LOOKED_AT
from w2v.reading.chats import is_chat, text_of_chat
from w2v.reading.cited import is_cited, text_of_cited
from w2v.reading.codes import has_codes, text_of_codes
from w2v.reading.copied_mails import is_copied_mail, text_of_copied_mails
from w2v.reading.corpus_marks import is_corpus, text_of_corpus
from w2v.reading.entries import is_calendar, is_translated, text_of_calendar, text_of_translations
from w2v.reading.forum_marks import is_bbcode, pieces_of_bbcode, text_of_bbcode
from w2v.reading.gutenberg import is_gutenberg, text_of_book
from w2v.reading.latex import is_latex, text_of_latex
from w2v.reading.light_markup import (
    is_asciidoc,
    is_org,
    is_rest,
    pieces_of_asciidoc,
    pieces_of_org,
    pieces_of_rest,
    text_of_asciidoc,
    text_of_org,
    text_of_rest,
)
from w2v.reading.line_numbers import has_line_numbers, text_without_line_numbers
from w2v.reading.logs import is_log, text_of_log
from w2v.reading.mails import is_mail, text_of_mails
from w2v.reading.markup import is_markdown, is_rtf, pieces_of_markdown, text_of_markdown, text_of_rtf
from w2v.reading.note_numbers import has_note_numbers, text_without_note_numbers
from w2v.reading.notebook_cells import is_notebook, text_of_notebook
from w2v.reading.page_text import is_html, text_of_html
from w2v.reading.printed_pages import is_printed, text_of_pages
from w2v.reading.python_literals import is_python, kept_of_python, text_of_python
from w2v.reading.readings import has_readings, text_without_readings
from w2v.reading.songs import has_parts, is_song, pieces_of_song, text_of_song, text_without_parts
from w2v.reading.subtitles import is_subtitles, text_of_subtitles
from w2v.reading.tabular_text import is_json, is_table, kept_of_json, kept_of_table, text_of_json, text_of_table
from w2v.reading.tagged_text import is_tagged, text_of_tagged
from w2v.reading.time_codes import has_time_codes, text_without_time_codes
from w2v.reading.verses import has_verses, text_without_verses
from w2v.reading.wiki_markup import is_wiki, pieces_of_wiki, text_of_wiki
from w2v.reading.yaml_text import begins_with_settings, is_yaml, kept_of_yaml, text_behind_settings, text_of_yaml
from w2v.slices import finished

_MARK = "\ufeff"  # of the order of bytes
_OF_MARKUP = "its marks, addresses and code"
MOST = 4  # kinds within each other: a table of pages, of which each is ...


@dataclass(frozen=True)
class Kind:
    """A kind of text that is no prose.

    name     : what it is, as in "This text is ..."
    learned  : what besides prose would be learned
    is_it    : whether a text is of this kind, from its beginning
    strip    : the prose in it; raises ValueError in one sentence where it cannot be read
    keeps    : where the prose stands, in a few words
    around   : whether what is no prose stands around the text, and not within it: then its end is looked at too
    little   : whether what is no prose is little beside it: such a text is not good, but may be fair
    pieces   : the text in pieces that are stripped one by one, where it takes long
    """

    name: str
    learned: str
    is_it: Callable[[str], bool]
    strip: Callable[[str], str]
    keeps: Callable[[str], str] | None = None
    around: bool = False
    little: bool = False
    pieces: Callable[[str], Iterable[str]] = lambda text: (text,)

    def sentence(self, text: str) -> str:
        """Say what the text is, what that means, and where its prose stands, by names that may be words of it."""
        return f"This text is {self.name}: {self.learned} would be learned as words{self._where(text, 'its prose')}."

    def kept(self, text: str) -> str:
        """Say the same of one of which the prose is kept."""
        return f"This text is {self.name}, and only its prose is kept{self._where(text, 'it')}."

    def _where(self, text: str, what: str) -> str:
        return f"; {what} stands in {self.keeps(text.removeprefix(_MARK)[:LOOKED_AT])}" if self.keeps else ""


KINDS = (  # the first that a text is
    Kind("RTF, as word processors save it", "its marks", is_rtf, text_of_rtf),
    Kind("e-mails as programs save them", "headers and codes", is_mail, text_of_mails),
    Kind(
        "a list of what is cited, as BibTeX",
        "its keys, names and years",
        is_cited,
        text_of_cited,
        lambda _: "the titles and abstracts",
    ),
    Kind("translations for a program (PO)", "names and places in it", is_translated, text_of_translations),
    Kind("a calendar or contacts (ICS, VCF)", "codes, times and numbers", is_calendar, text_of_calendar),
    Kind("the changes between two versions (a diff)", "what was taken out, too,", is_diff, text_of_diff),
    Kind("LaTeX, the source of a paper", "its commands and formulas", is_latex, text_of_latex),
    Kind("a corpus with the part of speech of each word", "tags, lemmas and numbers", is_tagged, text_of_tagged),
    Kind("a corpus made ready for programs", "labels, and marks such as <unk>,", is_corpus, text_of_corpus),
    Kind(
        "the source of a page of a wiki, such as Wikipedia",
        "its marks, boxes and notes",
        is_wiki,
        text_of_wiki,
        pieces=pieces_of_wiki,
    ),
    Kind("subtitles or a transcript", "their numbers and times", is_subtitles, text_of_subtitles),
    Kind("a notebook of Jupyter", "its code and what came of it", is_notebook, text_of_notebook),
    Kind("JSON", "names of fields, numbers and codes", is_json, text_of_json, kept_of_json),
    Kind("what Python prints of a list", "names, numbers and codes", is_python, text_of_python, kept_of_python),
    Kind("YAML", "names of fields, numbers and codes", is_yaml, text_of_yaml, kept_of_yaml),
    Kind("the log of a program", "times, names and levels", is_log, text_of_log),
    Kind("a chat", "times and names", is_chat, text_of_chat),
    Kind("a table (CSV or TSV)", "all its columns", is_table, text_of_table, kept_of_table),
    Kind("written with codes for letters, such as \\u00f6 or =C3=B6", "these codes", has_codes, text_of_codes),
    Kind("reStructuredText", _OF_MARKUP, is_rest, text_of_rest, pieces=pieces_of_rest),
    Kind("of Org mode", _OF_MARKUP, is_org, text_of_org, pieces=pieces_of_org),
    Kind("AsciiDoc", _OF_MARKUP, is_asciidoc, text_of_asciidoc, pieces=pieces_of_asciidoc),
    Kind("a song with chords", "its chords", is_song, text_of_song, pieces=pieces_of_song),
    Kind("BBCode, as forums have it", _OF_MARKUP, is_bbcode, text_of_bbcode, pieces=pieces_of_bbcode),
    Kind("Markdown", _OF_MARKUP, is_markdown, text_of_markdown, pieces=pieces_of_markdown),
    Kind(
        "a page with settings before it",
        "these, such as its date,",
        begins_with_settings,
        text_behind_settings,
        little=True,
    ),
    Kind("a talk with an assistant, such as ChatGPT", 'labels such as "You said:"', is_talk, text_of_talk, little=True),
    Kind("HTML or XML, the source of a page", "its tags", is_html, text_of_html),
    Kind(
        "e-mails as one copies them",
        "their headers, and what they quote of each other,",
        is_copied_mail,
        text_of_copied_mails,
        little=True,
    ),
    Kind("a book of Project Gutenberg", "the license around it", is_gutenberg, text_of_book, around=True, little=True),
    Kind(
        "a song with the names of its parts, such as [Chorus]",
        "these names",
        has_parts,
        text_without_parts,
        little=True,
    ),
    Kind(
        "Japanese with readings beside its characters",
        "these readings",
        has_readings,
        text_without_readings,
        little=True,
    ),
    Kind(
        "a transcript with times, as in [00:12:34]", "these times", has_time_codes, text_without_time_codes, little=True
    ),
    Kind(
        "a page with numbers of notes behind words, as in [1]",
        "these numbers",
        has_note_numbers,
        text_without_note_numbers,
        little=True,
    ),
    Kind(
        "cut into pages, as PDFs are",
        "their numbers, and lines that stand on each,",
        is_printed,
        text_of_pages,
        little=True,
    ),
    Kind("numbered line by line", "these numbers", has_line_numbers, text_without_line_numbers, little=True),
    Kind("numbered verse by verse", "these numbers", has_verses, text_without_verses, little=True),
)


def kind_of(text: str) -> Kind | None:
    """Return what kind of text this is, judged by its beginning; None for prose."""
    text = text.removeprefix(_MARK)
    begin = text[:LOOKED_AT]
    return next((kind for kind in KINDS if kind.is_it(text if kind.around else begin)), None)


def stripped(text: str) -> str:
    """Return the prose in a text, also where one kind is within another.

    Raises ValueError in one sentence where it cannot be read, or nothing is left of it.
    """
    return finished(stripping(text))


def stripping(text: str) -> Generator[None, None, str]:
    """The same as work that comes in slices: see `slices`."""
    for _ in range(MOST):
        kind = kind_of(text)
        if kind is None:
            break
        found = []
        for piece in kind.pieces(text.removeprefix(_MARK)):
            found.append(kind.strip(piece))
            yield
        text = "\n\n".join([prose for prose in found if prose])
        if not text.strip():
            raise ValueError(f"There is no prose in this text: it is {kind.name}, and nothing is left without it.")
    return text
