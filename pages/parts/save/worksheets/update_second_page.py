"""The second page of the worksheet of an update: the loss, the move, and questions that look back."""

from decimal import Decimal

import numpy as np

from pages.drawing import mathml
from pages.drawing.numbers import number, percent
from pages.parts.save.worksheets.sheet import section, written
from pages.parts.save.worksheets.worked import (
    ERROR,
    ERROR_W,
    ETA,
    IS,
    MINUS,
    NEGATIVE,
    TIMES,
    U_W,
    G,
    H,
    L,
    P,
    U,
    V,
    W,
    Worked,
    n_digits,
    quoted,
)
from w2v import trace
from w2v.explain.by_hand import HandMove


def second_page(made: Worked) -> list[str]:
    """Return its parts, as HTML."""
    at = 6 if made.asks_all else 7
    return [
        section(f"{at}  Loss", _loss(made), kind="second"),
        section(f"{at + 1}  Move", _moves(made)),
        section(f"{at + 2}  Look back", _questions(made)),
    ]


def _loss(made: Worked) -> str:
    hand, of_true = made.hand, mathml.logarithm(mathml.sub(P, mathml.text("true")))
    gap = made.sheet.gap(written(hand.loss))
    if made.asks_all:
        return f"<p>{mathml.inline(L, IS, NEGATIVE, of_true, IS)} {gap} nats, 2 digits: how wrong the guess was.</p>"
    others = "" if hand.rest is None else f", and {written(hand.rest.loss)} of the other {hand.rest.n}"
    return (
        f"<p>Add up \N{MINUS SIGN}ln of all right answers, each with 2 digits{others}: {mathml.inline(L, IS)} {gap} "
        "nats. It says how wrong the guesses were.</p>"
    )


def _moves(made: Worked) -> str:
    hand, sheet = made.hand, made.sheet
    total = mathml.inline(G, IS, mathml.total(W, ERROR_W, U_W), IS)
    given = ""
    if hand.rest is not None and any(hand.rest.moved):
        given = f" The other {hand.rest.n} add ( {' , '.join(map(written, hand.rest.moved))} )."
    n = len(made.step.traces)
    share = (
        f" (divided by {n:,}, as many as there are examples)" if n > 1 and made.run.config.reduction == "mean" else ""
    )
    lines = [
        f"<p>The learning rate is {mathml.inline(ETA)} = {written(hand.rate)}{share}. All results with "
        f"{n_digits(hand.gradient[0])} digits.{given}</p>",
        f"<p>{total} {sheet.gaps(map(written, hand.gradient))}</p>",
    ]
    lines += [f"<p>{_move(made, move)} {sheet.gaps(map(written, move.new))}</p>" for move in hand.moves]
    return f'{"".join(lines)}<div class="work">Space to work</div>'


def _move(made: Worked, move: HandMove) -> str:
    """The equation by which a vector moves."""
    of_row = move.kind == "u"
    name = made.row_name(move.row) if of_row else made.words[move.row]
    letter = V if made.run.config.one_vector or not of_row else U
    old = mathml.sub(letter, mathml.word(name))
    parts = []
    if move.share:
        times = [] if move.share == 1 else [mathml.digits(f"{_times(made, move)}"), mathml.sign("/"),
                                            mathml.digits(str(len(made.hand.inputs))), TIMES]  # fmt: skip
        parts.append(mathml.row(*times, G))
    if of_row or move.error:
        parts.append(mathml.row(mathml.sub(ERROR, mathml.word(name)), TIMES, H))
    gradient = parts[0]
    if len(parts) > 1:
        gradient = mathml.row(mathml.sign("("), parts[0], mathml.sign("+"), parts[1], mathml.sign(")"))
    return mathml.inline(mathml.new(letter, mathml.word(name)), IS, old, MINUS, ETA, TIMES, gradient, IS)


def _times(made: Worked, move: HandMove) -> int:
    return made.trace.example.inputs.count(move.row)


def _questions(made: Worked) -> str:
    hand, objective, sheet = made.hand, made.run.plan.objective, made.sheet
    first = made.row_name(hand.rows[0].row)
    towards = np.flatnonzero(made.trace.error < 0).tolist()
    n = len(towards)
    only = quoted(made.row_name(int(made.trace.rows[towards[0]]))) if n else ""
    answer = f"Only that of {only}: its error is below 0. The others in the table move away."
    if n != 1:
        answer = f"{n} of {len(made.trace.rows)}: those with an error below 0. The others in the table move away."
    vectors = len({*made.trace.rows.tolist()}), len({*made.trace.example.inputs})
    moved = f"{sum(vectors)}: {vectors[1]} of V and {vectors[0]} of U."
    if made.run.config.one_vector:
        moved = f"{len({*made.trace.rows.tolist(), *made.trace.example.inputs})}: a word has one vector here."
    draws = objective.draws_of(made.trace.rows)
    later = trace(made.step.after, made.trace.example, objective, draws)
    at = int(np.flatnonzero(made.trace.rows == hand.rows[0].row)[0])
    before, after = float(made.trace.P[at]), float(later.P[at])
    larger = "Larger" if after > before else "Smaller"
    asked = [
        ("Which output vectors move towards h, and which away from it?", answer),
        ("How many vectors move in all, those not in the table included?", moved),
        (
            f"Will this update make P of {quoted(first)} larger or smaller? Guess first, then look it up in the app.",
            f"{larger}: {' before, '.join(_told_apart(before, after))} after.",
        ),
    ]
    items = [f"<li>{question}{sheet.line(answer)}</li>" for question, answer in asked]
    items.append(f"<li>{_exactly(made)}</li>")
    return f"<ol>{''.join(items)}</ol>"


def _told_apart(*shares: float) -> list[str]:
    """Write shares as percentages, with as many digits as it takes to see which is larger."""
    written_as = [percent(share) for share in shares]
    for digits in range(4, 16):
        if len(set(written_as)) == len(set(shares)):
            break
        written_as = [f"{number(100 * share, digits)} %" for share in shares]
    return written_as


def _exactly(made: Worked) -> str:
    """How far rounding leads away from the numbers of the app."""
    hand, sheet = made.hand, made.sheet
    moved = ""
    if len(made.step.traces) == 1:
        moved = f"new v {sheet.gaps([written(Decimal(f'{x:.6f}')) for x in hand.moves[-1].exact])}"
    off = abs(float(hand.rows[0].P) - hand.exact_P), abs(float(hand.loss) - hand.exact_loss)
    return (
        "Look up the same numbers in the app, on One update, with all their digits. How far off are yours?"
        f"<p>P {sheet.gap(f'{hand.exact_P:.6f}')} \u2003 L {sheet.gap(f'{hand.exact_loss:.6f}')} \u2003 {moved}</p>"
        + sheet.line(f"By rounding, P is off by {_short(off[0])} and L by {_short(off[1])}.")
    )


def _short(x: float) -> str:
    """Return a small number by its first digit that is not 0: 0.00005."""
    return written(Decimal(f"{x:.1g}"))
