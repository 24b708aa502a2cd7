"""The equations of counting and likelihood with their numbers put in, as LaTeX. Reads records; knows no page."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from pages.drawing.formulas import MOST_TERMS, TERMS_IN_LINE, tex_number, tex_word
from w2v import Likelihood, NgramRow, WindowProbability
from w2v.explain.you_are_the_model import Judged

MOST_WORDS = 4  # of a history or a context that are written out
TIMES = r"\cdot"
COUNT = r"\mathrm{COUNT}"


def phrase(words: Sequence[str], *, last: bool = False) -> str:
    """A row of words as LaTeX; of a long one the first few, or, with `last`, the last few."""
    if len(words) <= MOST_WORDS:
        return r"\ ".join([tex_word(word) for word in words])
    shown = [tex_word(word) for word in (words[-MOST_WORDS:] if last else words[:MOST_WORDS])]
    return r"\ ".join([r"\dots", *shown] if last else [*shown, r"\dots"])


def ngram(row: NgramRow) -> str:
    """P(next | previous) = COUNT(previous, next) / COUNT(previous)."""
    word, history = tex_word(row.word), phrase(row.history, last=True)
    given = rf"\mid {history}" if row.history else ""
    above, below = (rf"{history}\ {word}", rf"{history}\ \ast") if row.history else (word, r"\text{all words}")
    return rf"P({word} {given}) = {_ratio(above, below, row.together, row.before)} = {_share(row.ratio)}"


def pair(center: str, word: str, together: int, before: int) -> str:
    """P(o|c) = COUNT(c, o) / COUNT(c), for skip-gram."""
    c, o = tex_word(center), tex_word(word)
    counted = _ratio(rf"{c},\, {o}", c, together, before)
    return rf"P({o} \mid {c}) = {counted} = {_share(together / before)}"


def bag(center: str, context: Sequence[str], together: int, before: int) -> str:
    """P(center | context) = COUNT(context, center) / COUNT(context), for CBOW."""
    c, words = tex_word(center), phrase(context)
    counted = _ratio(rf"{words};\, {c}", words, together, before)
    return rf"P({c} \mid {words}) = {counted} = {_share(together / before)}"


def product(said: WindowProbability, words: Sequence[str], name: str, *, cbow: bool) -> str:
    """P(window) as the product of its factors, and the sum of their logarithms; `name` is the symbol for P."""
    entries = [tex_word(words[i]) for i in said.window.context]
    context = r",\,".join(entries[:MOST_WORDS] + ([r"\dots"] if len(entries) > MOST_WORDS else []))
    center = tex_word(words[said.window.center])
    what = rf"{center} \mid {context}" if cbow else rf"{context} \mid {center}"
    result, log_result = _small(said.probability, said.log10), tex_number(said.log_probability)
    factors, logs = result, log_result
    if len(said.log_factors) > 1:
        single = [_small(float(p), float(x) / math.log(10)) for p, x in zip(said.factors, said.log_factors)]
        factors = rf"{_series(single, TIMES)} = {result}"
        logs = rf"{_series([rf'({tex_number(float(x))})' for x in said.log_factors], '+')} = {log_result}"
    return (
        rf"\begin{{aligned}}{name}({what}) &= {factors}\\[3pt]"
        rf"\log {name}({what}) &= {logs}\ \text{{nats}}\end{{aligned}}"
    )


def corpus(known: Likelihood, *, cbow: bool) -> str:
    """L(theta), its logarithm and J(theta), each with its number."""
    term, windows, near = (
        (r"P(c \mid \text{context of } c)", r"\text{windows}", "")
        if cbow
        else (r"P(o \mid c)", r"\text{windows of } c", r"_{o \text{ in the window}}")
    )
    product_near, sum_near = (rf"\prod{near}", rf"\sum{near}") if near else ("", "")
    log_value = tex_number(known.log_value)
    return (
        rf"\begin{{aligned}}L(\theta) &= \prod_{{{windows}}}\; {product_near} {term} = {power(known)}\\"
        rf"\log L(\theta) &= \sum_{{{windows}}}\; {sum_near} \log {term} = {log_value}\ \text{{nats}}\\"
        rf"J(\theta) &= -\frac{{1}}{{N}}\,\log L(\theta) = -\frac{{1}}{{{_whole(known.n_examples)}}}\,({log_value})"
        rf" = {tex_number(known.loss)}\ \text{{nats}}\end{{aligned}}"
    )


def guess(judged: Judged, center: str, words: Sequence[str]) -> str:
    """J(q) of a guess q of the neighbors of one center word, with the numbers of its most frequent ones."""
    total, c = int(judged.seen.sum()), tex_word(center)
    terms = [
        rf"\tfrac{{{_whole(int(judged.seen[o]))}}}{{{_whole(total)}}}\ln"
        rf"\underbrace{{{tex_number(float(judged.q[o]))}}}_{{{tex_word(words[o])}}}"
        for o in np.argsort(-judged.seen, kind="stable").tolist()
        if judged.seen[o]
    ]
    return (
        rf"\begin{{aligned}}J(q) &= -\sum_o \frac{{{COUNT}({c}, o)}}{{{COUNT}({c})}}\,\ln q(o)"
        rf" \\ &= -\Big[\,{_series(terms, '+')}\,\Big]"
        rf" \\ &= {tex_number(judged.mine)}\ \text{{nats}}\end{{aligned}}"
    )


def power(known: Likelihood) -> str:
    """L(theta) as a power of ten."""
    return rf"10^{{{tex_number(known.log10)}}}" if known.log_value else "1"


def _small(p: float, log10: float) -> str:
    """A probability, as a power of ten when it is too small for a computer's number."""
    return tex_number(p) if p > 0 or log10 == -math.inf else rf"10^{{{tex_number(log10)}}}"


def _ratio(above: str, below: str, together: int, before: int) -> str:
    numbers = rf"\frac{{{_whole(together)}}}{{{_whole(before)}}}"
    return rf"\frac{{{COUNT}({above})}}{{{COUNT}({below})}} = {numbers}"


def _share(ratio: float) -> str:
    return r"\text{?}" if ratio != ratio else tex_number(ratio)


def _whole(n: int) -> str:
    return f"{n:,}".replace(",", "{,}")


def _series(terms: Iterable[str], sign: str) -> str:
    """Join terms by a sign, a few in a line; of many only the first."""
    entries = list(terms)
    shown = entries[:MOST_TERMS] + ([r"\dots"] if len(entries) > MOST_TERMS else [])
    lines = [f" {sign} ".join(shown[i : i + TERMS_IN_LINE]) for i in range(0, len(shown), TERMS_IN_LINE)]
    return rf" \\ &\quad {{}} {sign} ".join(lines)
