r"""LaTeX: commands, formulas and braces stand in and around the words of a paper.

What is kept is what is read in the paper's text: titles of sections, captions and notes too, but no citations, formulas
or code. Commands that a paper defines itself are taken out, and what stands in their braces is kept.
"""

import re
import unicodedata

FEWEST, APART = 3, 500  # commands; characters between them, at most on average
_SURE = re.compile(r"^[ \t]*\\(?:documentclass[\[{]|begin\{document\})", re.MULTILINE)
_COMMON = re.compile(
    r"^[ \t]*\\item(?![a-z])"
    r"|\\(?:(?:sub)*section|chapter|paragraph|emph|text(?:bf|it|tt|sc)|cite[a-z]*|ref|label|footnote|begin|end|caption)"
    r"\*?(?=[{\[])",
    re.MULTILINE,
)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_ENVIRONMENT = re.compile(r"\\(begin|end)[ \t]*\{([a-z]+)\*?\}", re.IGNORECASE)
_NO_TEXT = frozenset({
    "equation", "align", "alignat", "gather", "multline", "eqnarray", "displaymath", "math", "verbatim", "lstlisting",
    "minted", "tikzpicture", "array", "thebibliography", "filecontents", "algorithmic",
})  # fmt: skip
_SAME_PARAGRAPH = r"(?:[^$\n]|\n(?![ \t]*\n))*+"
_FORMULA = re.compile(
    rf"\$\$?{_SAME_PARAGRAPH}\$\$?|\\\((?:[^\\]|\\[^()])*+\\\)"
    r"|\\\[(?:[^\\]|\\[^\][])*+\\\]"
)
_ESCAPED = re.compile(r"\\([$%&#_{}])")
_HELD = {"$": "\ue000", "%": "\ue001", "&": "\ue002", "#": "\ue003", "_": "\ue004", "{": "\ue005", "}": "\ue006"}
_LET_GO = str.maketrans({held: character for character, held in _HELD.items()})
_IN_BRACES = r"(?:[^{}]++|\{[^{}]*+\})*+"
_TITLE = re.compile(
    rf"\\(?:part|chapter|(?:sub)*section|(?:sub)?paragraph|caption|title)\*?"
    rf"(?:\[[^][\n]*+\])?[ \t]*\{{({_IN_BRACES})\}}"
)
_NOT_READ = re.compile(  # commands whose braces hold no text
    r"\\(?:[a-z]*cite[a-z]*|(?:eq|page|auto|c|name|v)?ref|label|includegraphics|bibliography(?:style)?|input|include|url"
    r"|href|[vh]space|usepackage|(?:re)?newcommand|setlength|setcounter|hypersetup"
    r"|(?:this)?pagestyle|index|bibitem|begin|end"
    r"|(?:text)?color|(?:re)?newenvironment|addbibresource|pagenumbering|selectlanguage)\*?"
    r"(?:[ \t]*\[[^][\n]*+\])*(?P<braces>(?:\{[^{}]*+\})*)",
    re.IGNORECASE,
)
_SHOWS_SECOND = ("\\href", "\\textcolor")
_ACCENTS = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307", '"': "\u0308"}
_ACCENTS |= {"u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a"}
_ACCENTED = re.compile(r"\\(?:([`'^~=.\"])[ \t]*|([uvHckr])(?=[{ ]) *)(?:\{\\?([^\W\d_])\}|\\?([^\W\d_]))")
_LETTERS = {
    "ss": "\u00df",
    "ae": "\u00e6",
    "AE": "\u00c6",
    "oe": "\u0153",
    "OE": "\u0152",
    "o": "\u00f8",
    "O": "\u00d8",
}
_LETTERS |= {"aa": "\u00e5", "AA": "\u00c5", "l": "\u0142", "L": "\u0141", "i": "\u0131", "j": "\u0237"}
_LETTER = re.compile(r"\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![a-zA-Z])(?:\{\}|[ \t]+)?")
_LINE_END = re.compile(r"\\\\\*?(?:\[[^][\n]*+\])?|\\(?:newline|par|item|and)(?![a-z])(?:\[[^][\n]*+\])?")
_NAME = re.compile(r"\\((?:La)?TeX)(?![a-zA-Z])(?:\{\})?")
_COMMAND = re.compile(r"\\[a-z]+\*?(?:\[[^][\n]*+\])?(?:[ \t]+|\{\})?", re.IGNORECASE)
_MARKS = (("---", "\u2014"), ("--", "\u2013"), ("``", "\u201c"), ("''", "\u201d"), ("\\-", ""), ("~", " "), ("&", " "))


def is_latex(text: str) -> bool:
    """Say whether a text is LaTeX: it says so at its beginning, or has enough of the common commands."""
    if "\\" not in text:
        return False
    n = len(_COMMON.findall(text))
    return _SURE.search(text) is not None or (n >= FEWEST and n * APART >= len(text))


def text_of_latex(source: str) -> str:
    """Return the text of the paper, a line for each paragraph."""
    text = "\n".join(source.splitlines())
    _, begins, body = text.partition("\\begin{document}")
    text = body.partition("\\end{document}")[0] if begins else text
    text = _without_environments(_COMMENT.sub("", text))
    text = _LINE_END.sub("\n\n", _NAME.sub(r"\1", text))
    text = _ESCAPED.sub(lambda found: _HELD[found[1]], text)
    text = _FORMULA.sub(" ", text)
    text = _ACCENTED.sub(_accented, _LETTER.sub(lambda found: _LETTERS[found[1]], text))
    text = _TITLE.sub(r"\n\n\1\n\n", text.replace("\\footnote", " \\footnote"))
    text = _COMMAND.sub("", _NOT_READ.sub(_shown, text))
    for mark, meant in _MARKS:
        text = text.replace(mark, meant)
    text = re.sub(r"\\[ ,;:!/@]", " ", text).translate(str.maketrans("", "", "{}\\"))
    paragraphs = [" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text.translate(_LET_GO))]
    return "\n".join([paragraph for paragraph in paragraphs if paragraph])


def _without_environments(text: str) -> str:
    """Return the text without formulas, code and drawings that stand between a \\begin and its \\end."""
    kept, done, inside = [], 0, ""
    for found in _ENVIRONMENT.finditer(text):
        begins, name = found[1].lower() == "begin", found[2].lower()
        if not inside and begins and name in _NO_TEXT:
            kept.append(text[done : found.start()])
            inside = name
        elif inside == name and not begins:
            inside, done = "", found.end()
    return " ".join([*kept, "" if inside else text[done:]])


def _accented(found: re.Match[str]) -> str:
    letter = (found[3] or found[4]).replace("\u0131", "i")
    return unicodedata.normalize("NFC", letter + _ACCENTS[found[1] or found[2]])


def _shown(found: re.Match[str]) -> str:
    """Return what is read of a command whose first braces hold no text."""
    if found[0].startswith(_SHOWS_SECOND):
        return found["braces"].partition("}")[2]
    return "\n\n" if found[0].startswith(("\\begin", "\\end")) else " "
