"""Lists of what is cited, as programs for papers keep them: BibTeX, RIS and what PubMed saves.

Titles and abstracts are kept; keys, names, years and addresses are no prose.
"""

import re

from w2v.reading.latex import text_of_latex

COVERED = 0.8  # of the text, or of its lines, that such a list is
FEWEST = 2  # fields in each

_IN_BRACES = r"(?:[^{}]++|\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\})*+"
_ENTRY = re.compile(rf"^[ \t]*@[a-z]{{3,20}}[ \t]*\{{({_IN_BRACES})\}}", re.MULTILINE | re.IGNORECASE)
_FIELD = re.compile(r"(?:^|[,{])\s*([a-z][\w-]{1,30})\s*=\s*(?=[{\"\w])", re.IGNORECASE)
_KEPT = re.compile(
    rf"(?<![\w-])(?:title|abstract|annote)\s*=\s*(?:\{{({_IN_BRACES})\}}|\"((?:[^\"{{}}]++|\{{{_IN_BRACES}\}})*+)\")",
    re.IGNORECASE,
)
_OF_RIS = re.compile(r"^([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*(?:\n {3,}\S.*)*)", re.MULTILINE)
_BEGINS_RIS = re.compile(r"\s*(?:TY  - |PMID ?- ?\d)")
_KEPT_OF_RIS = frozenset({"TI", "T1", "AB", "N2"})


def is_cited(text: str) -> bool:
    """Say whether a text is little but such entries."""
    if _BEGINS_RIS.match(text):
        found = [entry[0] for entry in _OF_RIS.finditer(text)]
    elif "@" in text:
        found = [entry[0] for entry in _ENTRY.finditer(text) if len(_FIELD.findall(entry[1])) >= FEWEST]
    else:
        return False
    return bool(found) and sum(map(len, found)) >= COVERED * len(text.strip())


def text_of_cited(source: str) -> str:
    """Return the titles and abstracts, each on a line."""
    source = "\n".join(source.splitlines())
    if _BEGINS_RIS.match(source):
        return "\n".join([" ".join(found[2].split()) for found in _OF_RIS.finditer(source) if found[1] in _KEPT_OF_RIS])
    kept = [found[1] or found[2] or "" for entry in _ENTRY.finditer(source) for found in _KEPT.finditer(entry[1])]
    return "\n".join([line for text in kept if (line := " ".join(text_of_latex(text).split()))])
