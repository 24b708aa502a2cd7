"""Corpora that were made ready for programs: labels of fastText, <unk> and @-@ of WikiText, and words cut into pieces.

What stands for something else, or says of what a line is, is left out; pieces of words are put together again.
"""

import re

from w2v.reading.page_text import as_text

FEWEST, APART = 3, 1_000  # marks; characters between them, at most on average
FEWEST_LABELS, LABELLED = 2, 0.5  # labels, and for each line

_LABEL = re.compile(r"(?<!\S)__label__\S+[ \t]*(?:,[ \t]+)?")
_MARK = re.compile(  # of what was left out, and of where something begins or ends
    r"(?:<(?:unk|pad|bos|sos|cls)>|\[(?:CLS|PAD|UNK)\]|(<(?:eos|sep)>|\[SEP\]|<\|(?:end|start)_?of_?text\|>"
    r"|<\|(?:im_start|start_header_id)\|>[a-z]{1,20}(?:<\|end_header_id\|>)?\s?"  # who speaks to a model
    r"|<\|(?:im_end|eot_id|begin_of_text|end|user|assistant|system)\|>|\[/?INST\]|<</?SYS>>))[ \t]*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<!\S)<(/?)s>(?!\S)[ \t]*", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<=\d) @([.,:])@ (?=\d)|(?<=\w) @([-\u2013/])@ (?=\w)")
_CUT = re.compile(r"(?<=\w)@@ (?=\S)")  # of BPE
_CUT_BEHIND = re.compile(r"(?<=\w) ##(?=\w)")  # of WordPiece
_CUT_BEFORE = re.compile("\u2581(?=\\w)")  # of SentencePiece, before each word
_HEADING = re.compile(r"^[ \t]*(?:= )*= ([^=\s](?:[^\n]{0,150}[^=\s])?) =(?: =)*[ \t\r]*$", re.MULTILINE)


def is_corpus(text: str) -> bool:
    """Say whether a text has labels on most lines, or marks that programs put into it."""
    n_labels = text.count("__label__")
    if n_labels >= FEWEST_LABELS and n_labels >= LABELLED * len([line for line in text.splitlines() if line.strip()]):
        return True
    if not any(mark in text for mark in ("@", "<", "[", "##", "\u2581")):
        return False
    n = sum(len(marks.findall(text)) for marks in (_MARK, _BETWEEN, _CUT, _CUT_BEFORE))
    return n >= FEWEST and n * APART >= len(text)


def text_of_corpus(source: str) -> str:
    """Return the words of a corpus, as they were written before it was made."""
    if len(_CUT_BEFORE.findall(source)) >= FEWEST:
        source = "\n".join([line.replace(" ", "").replace("\u2581", " ") for line in source.splitlines()])
    text = _BETWEEN.sub(r"\1\2", _CUT.sub("", _CUT_BEHIND.sub("", _LABEL.sub("", source))))
    for mark in (_MARK, _SENTENCE):
        text = mark.sub(lambda found: "\n" if any(found.groups()) else "", text)
    return as_text([line.strip() for line in _HEADING.sub(r"\n\1\n", text).splitlines()])
