"""The equations of one example with its numbers put in, as LaTeX. Reads a Trace; knows no page."""

import unicodedata
from collections.abc import Iterable, Sequence

from pages.drawing.numbers import number
from w2v import Trace
from w2v.arrays import Floats

MOST_TERMS = 8  # of a sum or a vector that are written out
TERMS_IN_LINE = 4


def tex_word(word: str) -> str:
    """Return a word as LaTeX text. Only letters, digits and blanks get through: nothing in it can be a command."""
    safe = "".join(c if unicodedata.category(c)[0] in "LMN" or c in "-' " else "\u00b7" for c in word[:24])
    return rf"\text{{{safe or '?'}}}"


def tex_number(x: float) -> str:
    """Return a number with three significant digits as LaTeX."""
    text = number(x).replace("\N{MINUS SIGN}", "-").replace(",", r"{,}")
    if "e" in text:
        mantissa, exponent = text.split("e")
        return rf"{mantissa}\cdot 10^{{{int(exponent)}}}"
    return text


def tex_vector(values: Iterable[float]) -> str:
    """Return the first entries of a vector as LaTeX."""
    entries = [tex_number(float(x)) for x in values]
    shown = entries[:MOST_TERMS] + ([r"\dots"] if len(entries) > MOST_TERMS else [])
    return r"\left(" + r",\; ".join(shown) + r"\right)"


def v(word: str) -> str:
    """Return the symbol of an input vector, v_word."""
    return rf"\mathbf{{v}}_{{{tex_word(word)}}}"


def u(name: str) -> str:
    """Return the symbol of an output vector, u_word or u_node."""
    return rf"\mathbf{{u}}_{{{name}}}"


def hidden(trace: Trace, words: Sequence[str]) -> str:
    """h: the input vector, or the mean of several."""
    inputs = [v(words[i]) for i in trace.example.inputs]
    if len(inputs) == 1:
        return rf"\mathbf h = {inputs[0]} = {tex_vector(trace.h)}"
    shown = inputs[:MOST_TERMS] + ([r"\dots"] if len(inputs) > MOST_TERMS else [])
    return rf"\mathbf h = \tfrac{{1}}{{{len(inputs)}}}\left({' + '.join(shown)}\right) = {tex_vector(trace.h)}"


def dot_product(name: str, row: Floats, h: Floats, score: float) -> str:
    """u . h, unrolled."""
    terms = [rf"({tex_number(a)})({tex_number(b)})" for a, b in zip(row, h, strict=True)]
    shown = terms[:MOST_TERMS] + ([r"\dots"] if len(terms) > MOST_TERMS else [])
    lines = [" + ".join(shown[i : i + TERMS_IN_LINE]) for i in range(0, len(shown), TERMS_IN_LINE)]
    total = r" \\ &\quad {} + ".join(lines)
    return (
        rf"\begin{{aligned}}s_{{{name}}} = {u(name)}\cdot\mathbf h &= {total}"
        rf" \\ &= {tex_number(score)}\end{{aligned}}"
    )


def softmax(trace: Trace, row: int, name: str) -> str:
    """exp(s - max s) over the sum Z of all of them."""
    score, weight = float(trace.scores[row]), float(trace.weights[row])
    return (
        rf"P(\,{name}\mid\cdot\,) = \frac{{e^{{\,s_{{{name}}} - \max s}}}}{{Z}}"
        rf" = \frac{{e^{{\,{tex_number(score)} - ({tex_number(trace.shift)})}}}}{{{tex_number(trace.Z)}}}"
        rf" = \frac{{{tex_number(weight)}}}{{{tex_number(trace.Z)}}} = {tex_number(float(trace.P[row]))}"
    )


def softmax_loss(trace: Trace, row: int, name: str) -> str:
    """-log P, and its two parts."""
    return (
        rf"L = -\log {tex_number(float(trace.P[row]))} = -s_{{{name}}} + \log\sum_w e^{{\,s_w}}"
        rf" = -({tex_number(float(trace.scores[row]))}) + {tex_number(trace.log_sum)}"
        rf" = {tex_number(trace.loss)}\ \text{{nats}}"
    )


def logistic(name: str, score: float, P: float) -> str:
    """sigma(s) of one row."""
    return rf"\sigma(s_{{{name}}}) = \frac{{1}}{{1 + e^{{-({tex_number(score)})}}}} = {tex_number(P)}"


def logistic_loss(trace: Trace) -> str:
    """The sum of the yes-or-no losses."""
    terms = [
        rf"\log({tex_number(p)})" if y == 1 else rf"\log(1 - {tex_number(p)})"
        for p, y in zip(trace.P, trace.labels, strict=True)
    ]
    shown = terms[:MOST_TERMS] + ([r"\dots"] if len(terms) > MOST_TERMS else [])
    return rf"L = -\left[{' + '.join(shown)}\right] = {tex_number(trace.loss)}\ \text{{nats}}"


def error(name: str, P: float, label: float, value: float) -> str:
    """P - y of one row."""
    return rf"e_{{{name}}} = {tex_number(P)} - {label:.0f} = {tex_number(value)}"


def grad_h(trace: Trace) -> str:
    """The gradient of h: the error-weighted sum of the output vectors."""
    return rf"\frac{{\partial L}}{{\partial \mathbf h}} = \sum_w e_w \mathbf u_w = {tex_vector(trace.grad_h)}"


def grad_u(name: str, value: float, h: Floats, grad: Floats) -> str:
    """The gradient of one output vector: its error times h."""
    return (
        rf"\begin{{aligned}}\frac{{\partial L}}{{\partial {u(name)}}} &= e_{{{name}}}\,\mathbf h"
        rf" = {tex_number(value)}\cdot{tex_vector(h)}\\ &= {tex_vector(grad)}\end{{aligned}}"
    )


def moved(symbol: str, old: Floats, rate: float, grad: Floats, new: Floats) -> str:
    """new = old - rate * gradient, in numbers."""
    return (
        rf"\begin{{aligned}}{symbol}^{{\text{{new}}}} &= {symbol} - \eta\,\nabla"
        rf"\\ &= {tex_vector(old)}\\ &\quad - {tex_number(rate)}\cdot{tex_vector(grad)}\\"
        rf" &= {tex_vector(new)}\end{{aligned}}"
    )
