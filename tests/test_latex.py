"""Of LaTeX the text of the paper is kept: no command, formula or citation is a word, and no text is lost."""

import time

import pytest

from w2v.reading.kinds_of_text import kind_of, stripped

BEGIN = "\\documentclass[12pt]{article}\n\\usepackage[utf8]{inputenc}\n\\title{no}\n\\begin{document}\n\\maketitle\n"
PIECES = {
    "sections": (
        "\\section*{Red \\emph{boats}} \\label{no}\nThe boat\nis red. % no\n\nSo.",
        "Red boats\nThe boat is red.\nSo.",
    ),
    "styles": ("The \\textbf{\\emph{boat}} {\\itshape is} \\textsc{r}ed.", "The boat is red."),
    "accents": (
        "na\\\"ive caf\\'{e} Stra\\ss e \\O re gar\\c{c}on \\v{c} \\'{\\i}",
        "na\u00efve caf\u00e9 Stra\u00dfe \u00d8re gar\u00e7on \u010d \u00ed",
    ),
    "signs": (
        "5\\,\\% of \\$3 \\& ``far'' --- har\\-bor, a_b \\{so\\}",
        "5 % of $3 & \u201cfar\u201d \u2014 harbor, a_b {so}",
    ),
    "formulas": ("It $x^2$ is\n\\[ \\sum_i no_i \\] and \\(no\\) so $$no$$ far.", "It is and so far."),
    "a lone sign of a formula": (
        "It costs $ 3.\n\nThe boat is red.\n\nIt costs $ 5.",
        "It costs $ 3.\nThe boat is red.\nIt costs $ 5.",
    ),
    "citations": (
        "The boat~\\cite[p.~3]{no} and \\citep{no}\\ref{no} is \\url{http://no.example}far.",
        "The boat and is far.",
    ),
    "links and colors": ("\\href{http://no.example}{The boat} is \\textcolor{no}{red}.", "The boat is red."),
    "notes": ("The harbor\\footnote{It is old.} is far.", "The harbor It is old. is far."),
    "code": (
        "\\begin{verbatim}\nno \\begin{no}\n\\end{verbatim}\nThe boat\n\\begin{align*}no\\end{align*} is.",
        "The boat is.",
    ),
    "lists": ("\\begin{itemize}\n\\item One boat\n\\item[b)] Two boats\n\\end{itemize}", "One boat\nTwo boats"),
    "tables": ("\\begin{tabular}{|l|r|}red & old \\\\ \\hline far & new \\\\[2pt]\n\\end{tabular}", "red old\nfar new"),
    "names": ("\\LaTeX{} and \\TeX.", "LaTeX and TeX."),
}


@pytest.mark.parametrize("name", PIECES)
def test_the_text_of_a_paper_is_kept(name: str) -> None:
    source, prose = PIECES[name]
    for text in (
        f"{BEGIN}{source}\n\\end{{document}}\nno",
        f"{BEGIN}{source}",
        f"{BEGIN}{source}".replace("\n", "\r\n"),
    ):
        kind = kind_of(text)
        assert kind is not None
        assert kind.name.startswith("LaTeX")
        assert stripped(text).replace(" .", ".") == prose


@pytest.mark.parametrize(
    "text",
    [
        "C:\\begin\\end\\item is where the king keeps \\section and \\emph of his text. So he said.\n" * 3,
        "In LaTeX one writes \\documentclass{article} first. " + "The king came home to the old house. " * 40,
        "The king \\ the queen \\\\ said: 5 % of $3 {so} ~ it is.\n" * 4,
    ],
)
def test_prose_that_speaks_of_it_is_prose(text: str) -> None:
    assert kind_of(text) is None


@pytest.mark.parametrize("piece", ["\\", "\\\\", "$", "$$", "$a\n", "\\(", "\\[", "{", "\\section{", "\\section{{a}",
                                   "\\cite[", "\\cite{",
                                   "\\begin{equation}",
                                   "\\begin{a}", "\\\"{", "%", "\\item[", "\\href{a}", "\\x[", "\n \n"])  # fmt: skip
def test_no_paper_takes_long(piece: str) -> None:
    begun = time.process_time()
    text = BEGIN + "The boat. " + piece * (100_000 // len(piece))
    assert kind_of(text) is not None
    stripped(text)
    assert time.process_time() - begun < 1
