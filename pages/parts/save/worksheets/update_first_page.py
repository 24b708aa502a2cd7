"""The first page of the worksheet of an update: the question, the look-up, and the guess beside what is true."""

from collections.abc import Sequence
from decimal import Decimal

from pages.drawing import mathml
from pages.parts.save.worksheets.sheet import NONE, cells, line_of_table, said, section, sentence, table, written
from pages.parts.save.worksheets.worked import (
    ERROR_W,
    EULER,
    IS,
    MINUS,
    NEGATIVE,
    ONE,
    P_W,
    S_W,
    TIMES,
    U_W,
    Y_W,
    H,
    Worked,
    Y,
    Z,
    n_digits,
)
from w2v.explain.by_hand import HandRow, rounded

HOW = (
    "Round as each step says, and go on with the rounded numbers. \u201c2 digits\u201d are digits behind the point; of "
    "\u201c3 digits in all\u201d zeros in front do not count, as in 0.0412. It takes about 15 minutes, with a pocket "
    "calculator that has <i>e<sup>x</sup></i> and ln."
)
MORE_ROWS = 2  # of V, beside the one that is looked up


def first_page(made: Worked) -> list[str]:
    """Return its parts, as HTML."""
    return [_asked(made), _look_up(made), _softmax(made) if made.asks_all else _yes_or_no(made)]


def _asked(made: Worked) -> str:
    place, cbow = made.place, made.run.config.architecture == "cbow"
    kinds = dict.fromkeys(place.context, "context") | {place.center: "center"}
    if place.target in place.context:
        kinds[place.target] = "context true"
    asks = "is in the middle of" if cbow else "stands near"
    several = ""
    if (n := len(made.step.traces)) > 1:
        several = f" This update learns from {n:,} examples at once; here is the first, and its share of the move."
    return section(
        "The question",
        sentence(place.words, kinds, place.before, place.after),
        f"<p>Framed: the center. Underlined: its context. The computer is asked which word {asks} "
        f"{made.inputs}; here the true word is {made.true}. It guesses, sees how wrong it "
        f"was, and moves its vectors a little. Do the same by hand.{several}</p><p>{HOW}</p>",
    )


def _look_up(made: Worked) -> str:
    hand, sheet = made.hand, made.sheet
    listed = [word for word, _ in hand.inputs]
    names = [f"{at + 1}" for at in range(hand.shown)]
    lines = [line_of_table(said(made.words[word]), cells(numbers)) for word, numbers in hand.inputs]
    digits = n_digits(hand.h[0])
    result = mathml.inline(H, IS) + sheet.gaps(map(written, hand.h))
    if len(listed) == 1:
        others = [row for row in range(len(made.words)) if row != listed[0]]
        near = sorted(others, key=lambda row: (abs(row - listed[0]), row))[:MORE_ROWS]
        V_of = [(row, made.step.before.V[row, : hand.shown]) for row in sorted([*near, listed[0]])]
        lines = [
            line_of_table(
                said(made.words[row]), [f"<td>{written(rounded(Decimal(float(x)), digits))}</td>" for x in numbers]
            )
            for row, numbers in V_of
        ]
        says = f"Each word has a row of numbers in the table V. Copy the row of {made.inputs}: it is h."
    else:
        says = f"Take the mean of these rows of the table V, number by number; {digits} digits. It is h."
    also = ""
    if made.some:
        also = (
            f" A row has {hand.dim} numbers; here the first {hand.shown} are worked with, and what the other "
            f"{hand.dim - hand.shown} add to a score is given under \u201cothers\u201d."
        )
    grid = table(["V", *names], lines)
    return section("1  Look up", f'<div class="beside">{grid}<div><p>{says}{also}</p><p>{result}</p></div></div>')


# --- guess, and compare ---------------------------------------------------------------------------------------


def _softmax(made: Worked) -> str:
    """Scores, weights, shares of all words, errors, in one table."""
    hand, sheet = made.hand, made.sheet
    lines = [_line(made, row, [row.weight, row.P], [sheet.cell(written(row.error))]) for row in hand.rows]
    P_sum = sum([row.P for row in hand.rows], Decimal(0))
    if hand.rest is not None:
        rest = hand.rest
        error = written(rounded(rest.P, 3))
        given = [*cells(rest.u), *[NONE] * (1 + made.some), *cells([rest.weight])]
        lines.append(
            line_of_table(
                f"the other {rest.n} together", [*given, sheet.cell(written(rest.P)), "<td>0</td>", sheet.cell(error)]
            )
        )
        P_sum += rest.P
    empty = [NONE] * (hand.shown + 1 + made.some)
    lines.append(
        line_of_table("sum", [*empty, sheet.cell(written(hand.Z)), sheet.cell(written(P_sum)), NONE, NONE], "sum")
    )
    weight = mathml.sup(EULER, S_W)
    header = [*_header(made), mathml.inline(weight), mathml.inline(P_W), mathml.inline(Y), "error"]
    steps = [
        ("2  Scores", "2 digits", _score(made)),
        ("3  Weights", f"3 digits in all; their sum {mathml.inline(Z)} 2 digits", mathml.inline(weight)),
        (
            "4  Shares",
            "3 digits in all",
            mathml.inline(P_W, IS, mathml.fraction(weight, Z)),
        ),
        (
            "5  Errors",
            f"3 digits; {mathml.inline(Y)} is 1 for the true word, and 0 for all others",
            mathml.inline(ERROR_W, IS, P_W, MINUS, Y_W),
        ),
    ]
    together = ""
    if hand.rest is not None:
        together = (
            f"<p>The other {hand.rest.n} words count as one here: their weights are added, their vectors averaged.</p>"
        )
    return section("2 to 5  Guess, and compare", _steps(steps), table(header, lines), together)


def _yes_or_no(made: Worked) -> str:
    """A sigmoid for each row that is asked, and what its right answer got."""
    hand, sheet = made.hand, made.sheet
    lines = [
        _line(made, row, [row.weight, row.P], [sheet.cell(written(row.error)), sheet.cell(written(row.right))])
        for row in hand.rows
    ]
    if hand.rest is not None:
        lines.append(line_of_table(f"the other {hand.rest.n} together", [NONE] * (hand.shown + 6 + made.some)))
    weight = mathml.sup(EULER, mathml.row(NEGATIVE, S_W))
    whole = mathml.row(ONE, mathml.sign("+"), weight)
    header = [
        *_header(made),
        mathml.inline(weight),
        mathml.inline(P_W),
        mathml.inline(Y),
        "error",
        "right",
    ]
    steps = [
        ("2  Scores", "2 digits", _score(made)),
        ("3  Weights", "3 digits in all", mathml.inline(weight)),
        ("4  Answers", "3 digits in all", mathml.inline(P_W, IS, mathml.fraction(ONE, whole))),
        ("5  Errors", "3 digits", mathml.inline(ERROR_W, IS, P_W, MINUS, Y_W)),
        (
            "6  Right answers",
            f"3 digits in all, where {mathml.inline(Y)} is 0, and {mathml.inline(P_W)} where it is 1",
            mathml.inline(ONE, MINUS, P_W, IS, mathml.fraction(weight, whole)),
        ),
    ]
    given = " What the others add is given on the next page." if hand.rest is not None else ""
    asks = (
        f"<p>{len(made.trace.rows)} questions are asked, one in each row: yes (1) or no (0)? {mathml.inline(Y)} is the "
        f"right answer.{given}</p>"
    )
    return section("2 to 6  Guess, and compare", asks, _steps(steps), table(header, lines))


def _header(made: Worked) -> list[str]:
    of_words = made.run.plan.objective.words_in_U
    vectors = [mathml.inline(mathml.sub(mathml.name("u"), mathml.digits(str(at + 1)))) for at in range(made.hand.shown)]
    return ["word" if of_words else "node", *vectors, *(["others"] if made.some else []), mathml.inline(S_W)]


def _line(made: Worked, row: HandRow, gaps: Sequence[object], last: Sequence[str]) -> str:
    given = [*cells(row.u), *(cells([row.others]) if made.some else [])]
    asked = [made.sheet.cell(written(x)) for x in (row.score, *gaps)]  # type: ignore[arg-type]
    first = "first" if row is made.hand.rows[0] and made.run.plan.objective.words_in_U else ""
    return line_of_table(said(made.row_name(row.row)), [*given, *asked, f"<td>{row.label}</td>", *last], first)


def _score(made: Worked) -> str:
    terms = []
    for at in range(made.hand.shown):
        number = mathml.digits(str(at + 1))
        terms += [mathml.sub(mathml.name("u"), number), TIMES, mathml.sub(mathml.name("h"), number), mathml.sign("+")]
    terms = [*terms, mathml.text("others")] if made.some else terms[:-1]
    return mathml.inline(S_W, IS, U_W, TIMES, H, IS, *terms)


def _steps(steps: Sequence[tuple[str, str, str]]) -> str:
    return "".join([f"<p><b>{title}</b> \u2003 {equation} \u2003 {digits}</p>" for title, digits, equation in steps])
