"""The equations: LaTeX that cannot break, with no word in it that could be a command, and numbers that are true."""

import re
import unicodedata
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pages.drawing import formulas
from tests.cases import Problem, problems
from tests.hostile import MARKUP
from tests.visitor import close_to_three_digits, numbers
from w2v import Example, Parameters, Softmax, Trace, trace

WICKED = [
    *MARKUP.split(),
    r"\def\x{\x\x}\x",
    r"}\href{javascript:x}{y}",
    "$$",
    "%",
    "&",
    "_^{",
    "\\\\",
    "#1",
    "~",
    "\x00",
    "",
]
word = st.one_of(st.text(max_size=30), st.sampled_from(WICKED))
vectors = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=12).map(np.array)


def well_formed(latex: str) -> None:
    """Braces, brackets of \\left and \\right, and environments close in the order in which they open."""
    assert not re.search(r"[$%#~\x00-\x09\x0b-\x1f]", latex), latex
    open_braces = 0
    for brace in re.findall(r"\\\\|\\[{}]|[{}]", latex):
        open_braces += {"{": 1, "}": -1}.get(brace, 0)
        assert open_braces >= 0, latex
    assert open_braces == 0, latex
    depth = 0
    for side in re.findall(r"\\(left|right)(?![a-z])", latex):
        depth += 1 if side == "left" else -1
        assert depth >= 0
    assert depth == 0, latex
    stack: list[str] = []
    for verb, name in re.findall(r"\\(begin|end)\{(\w+)\}", latex):
        if verb == "begin":
            stack.append(name)
        else:
            assert stack.pop() == name
    assert not stack
    assert ("&" in latex) == ("aligned" in latex)
    known = "text mathbf left right dots frac tfrac partial sum sigma log begin end cdot quad eta nabla max mid"
    assert set(re.findall(r"\\([A-Za-z]+)", latex)) <= set(known.split())
    for inside in re.findall(r"\\text\{([^{}]*)\}", latex):
        assert all(unicodedata.category(c)[0] in "LMN" or c in " -'\u00b7?" for c in inside), inside


@given(word)
def test_only_letters_marks_and_digits_of_a_word_get_through(w: str) -> None:
    latex = formulas.tex_word(w)
    assert re.fullmatch(r"\\text\{[^{}\\$%&#_^~<>`*]+\}", latex)
    well_formed(latex)
    kept = latex.removeprefix(r"\text{").removesuffix("}")
    assert kept == "?" or len(kept) == min(len(w), 24)
    assert all(a == b or b == "\u00b7" for a, b in zip(w, kept)) or kept == "?"


@pytest.mark.parametrize("w", ["king", "don't", "mother-in-law", "王", "किताब", "caf\u00e9", "42"])
def test_ordinary_words_stay_as_they_are(w: str) -> None:
    assert formulas.tex_word(w) == rf"\text{{{w}}}"


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(1e-300)
@example(-2.5e17)
@example(1234567.0)
@example(-0.0)
def test_a_number_as_latex_reads_back(x: float) -> None:
    latex = formulas.tex_number(x)
    well_formed(latex)
    assert close_to_three_digits(numbers(latex), [x]) or abs(x) < 1e-300 or abs(x) > 999


@given(vectors)
def test_a_vector_as_latex_shows_its_first_entries(values: np.ndarray) -> None:
    latex = formulas.tex_vector(values)
    well_formed(latex)
    assert (r"\dots" in latex) == (len(values) > formulas.MOST_TERMS)
    assert len(numbers(latex)) == min(len(values), formulas.MOST_TERMS)


def equations(made: Trace, words: list[str], problem: Problem) -> Iterator[str]:
    row, i = problem.parameters.U[made.rows[0]], 0
    name = formulas.tex_word(words[made.example.target])
    symbol = formulas.v(words[made.example.inputs[0]])
    yield formulas.hidden(made, words)
    yield formulas.dot_product(name, row, made.h, float(made.scores[i]))
    if isinstance(problem.objective, Softmax):
        yield formulas.softmax(made, i, name)
        yield formulas.softmax_loss(made, i, name)
    else:
        yield formulas.logistic(name, float(made.scores[i]), float(made.P[i]))
        yield formulas.logistic_loss(made)
    yield formulas.error(name, float(made.P[i]), float(made.labels[i]), float(made.error[i]))
    yield formulas.grad_h(made)
    yield formulas.grad_u(name, float(made.error[i]), made.h, made.grad_U[i])
    yield formulas.moved(symbol, row, 0.2, made.grad_U[i], row - 0.2 * made.grad_U[i])
    yield formulas.u(name)


@settings(max_examples=40)
@given(problems(most_examples=1), st.lists(word, min_size=6, max_size=6))
def test_every_equation_of_any_update_is_well_formed(problem: Problem, words: list[str]) -> None:
    made = trace(problem.parameters, problem.examples[0], problem.objective, problem.draws_of(0))
    for latex in equations(made, words, problem):
        well_formed(latex)


@given(st.integers(1, 20), st.integers(0, 2**32 - 1))
def test_a_dot_product_is_unrolled_term_by_term(dim: int, seed: int) -> None:
    a, b = np.random.default_rng(seed).normal(size=(2, dim))
    latex = formulas.dot_product(formulas.tex_word("w"), a, b, float(a @ b))
    well_formed(latex)
    terms = np.column_stack([a, b])[: formulas.MOST_TERMS].ravel()
    assert close_to_three_digits(numbers(latex), [*terms, a @ b])
    assert (r"\dots" in latex) == (dim > formulas.MOST_TERMS)


def test_the_search_for_broken_latex_finds_some() -> None:
    for broken in (r"\text{a", r"a}", r"\left( a", r"\begin{aligned}a", r"\href{x}{y}", "$x$", "a & b", r"\text{a_b}"):
        with pytest.raises((AssertionError, IndexError)):
            well_formed(broken)


def test_a_long_context_is_cut_short() -> None:
    def of(n: int) -> Trace:
        parameters = Parameters(np.ones((40, 3)), np.ones((40, 3)))
        return trace(parameters, Example(tuple(range(n)), 0), Softmax())

    words = [f"w{i}" for i in range(40)]
    assert formulas.hidden(of(40), words).count(r"\mathbf{v}") == formulas.MOST_TERMS
    assert r"\tfrac{1}{40}" in formulas.hidden(of(40), words)
    assert formulas.hidden(of(3), words).count(r"\mathbf{v}") == 3
