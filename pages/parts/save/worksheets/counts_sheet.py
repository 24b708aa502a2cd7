"""The worksheet of the first sentences: mark windows, count what stands near what, and read P(o|c) off the counts."""

from collections.abc import Sequence
from decimal import Decimal

from pages.drawing import mathml
from pages.parts.save.worksheets.sheet import DENSE, LONGEST_HEAD, Sheet, line_of_table, said, section, table, written
from pages.parts.save.worksheets.sheet import sentence as row_of_words
from pages.parts.shared.strip import text_name
from w2v import Config, Corpus
from w2v.counted import counted
from w2v.explain.by_hand import rounded
from w2v.explain.first_sentences import FirstSentences, first_sentences

TITLE = "Worksheet: what stands near what"
MOST_SHARES = 8  # words listed for P(o|c) of one center


def counts_sheet(config: Config, corpus: Corpus, word: int | None, solved: bool) -> bytes:
    """Return the worksheet of the first sentences of a text, as HTML for print.

    word : the id of a word to look at first, where it stands in them
    Raises ValueError in one sentence for a text of which there is none.
    """
    found, sheet = first_sentences(corpus, config.window, word), Sheet(solved)
    words = corpus.vocabulary.words
    about = f"{text_name(config)}, its first {counted(len(found.sentences), 'sentence')}. Window: {config.window}."
    parts = [_windows(sheet, found, words), _table(sheet, found, words)]
    parts += [_shares(sheet, found, words), _questions(sheet, found, words)]
    letters = max([sum([len(words[word]) + 1 for word in sentence]) for sentence in found.sentences])
    return sheet.page(TITLE, about, parts, dense=letters > DENSE // 2)


def problem_of_counts(config: Config, corpus: Corpus) -> str | None:
    """Return a sentence about why there is no such worksheet, or None where there is one."""
    try:
        first_sentences(corpus, config.window)
    except ValueError as error:
        return str(error)
    return None


def _windows(sheet: Sheet, found: FirstSentences, words: Sequence[str]) -> str:
    center, lines = found.centers[0], []
    for sentence, cut in zip(found.sentences, found.cut, strict=True):
        here = [at for at, word in enumerate(sentence) if word == center]
        near = {at for c in here for at in range(c - found.radius, c + found.radius + 1)} - {*here}
        kinds = dict.fromkeys(near, "context") | dict.fromkeys(here, "center")
        spelled = [words[word] for word in sentence]
        lines.append(row_of_words(spelled, kinds if sheet.solved else {}, after=cut))
    each = counted(found.radius, "word")
    left_out = " What is left out at \u2026 counts for nothing." if any(found.cut) else ""
    return section(
        "1  Mark the windows",
        f"<p>Frame each \u201c{said(words[center])}\u201d: it is a center. Underline its context: at most {each} "
        f"before it and as many after it, in the same sentence.{left_out}</p>",
        f'<div class="wide">{"".join(lines)}</div>',
    )


def _table(sheet: Sheet, found: FirstSentences, words: Sequence[str]) -> str:
    others = bool(found.others.any())
    header = ["center", *[said(words[word], longest=LONGEST_HEAD) for word in found.columns]]
    header += [*(["<bdi>other words</bdi>"] if others else []), "<bdi>sum</bdi>"]
    lines = []
    for at, center in enumerate(found.centers):
        numbers = found.counts[at].tolist() + ([int(found.others[at])] if others else [])
        row = [sheet.cell(str(n)) for n in [*numbers, int(found.totals[at])]]
        lines.append(line_of_table(said(words[center]), row))
    count = mathml.inline(mathml.text("COUNT"), mathml.sign("("), *_pair(","), mathml.sign(")"))
    return section(
        "2  Count",
        f"<p>How often does each word of the top row stand in a window of the word on the left? That is {count}. Write "
        "0 where it never does.</p>",
        f'<div class="counts">{table(header, lines, column="column")}</div>',
    )


def _shares(sheet: Sheet, found: FirstSentences, words: Sequence[str]) -> str:
    count = mathml.row(mathml.text("COUNT"), mathml.sign("("), *_pair(","), mathml.sign(")"))
    total = mathml.row(mathml.text("COUNT"), mathml.sign("("), mathml.name("c"), mathml.sign(")"))
    share = mathml.inline(
        mathml.name("P"), mathml.sign("("), mathml.name("o"), mathml.sign("|"), mathml.name("c"), mathml.sign(")"),
        mathml.sign("="), mathml.fraction(count, total),
    )  # fmt: skip
    made = [_shares_of(sheet, found, words, at) for at in range(min(2, len(found.centers)))]
    return section(
        "3  From counts to shares",
        f"<p>{share}: of all words in the windows of c, the share that is o. This is what the computer learns to "
        "guess. Percent with one digit behind the point.</p>",
        f'<div class="beside top">{"".join(made)}</div>',
        kind="second",
    )


def _shares_of(sheet: Sheet, found: FirstSentences, words: Sequence[str], at: int) -> str:
    """The table of one center: its neighbors, those counted most often first, and all others together."""
    times, total = found.counts[at].tolist(), int(found.totals[at])
    order = sorted(range(len(times)), key=lambda i: -times[i])
    counts = [(said(words[found.columns[i]]), times[i]) for i in order if times[i]][:MOST_SHARES]
    if rest := total - sum([n for _, n in counts]):
        counts.append(("all others", rest))
    lines = [
        line_of_table(name, [sheet.cell(f"{n} / {total}"), sheet.cell(f"{_percent(n, total)} %")]) for name, n in counts
    ]
    return table([f"near \u201c{said(words[found.centers[at]])}\u201d", "fraction", "percent"], lines)


def _percent(n: int, total: int) -> str:
    """Return a share in percent as one rounds at school: 12.5, 33.3, 50."""
    return written(rounded(Decimal(100 * n) / total, 1).normalize())


def _pair(between: str) -> tuple[str, str, str]:
    return mathml.name("c"), mathml.sign(between), mathml.name("o")


def _questions(sheet: Sheet, found: FirstSentences, words: Sequence[str]) -> str:
    one, times = said(words[found.centers[0]]), int(found.counts[0].max())
    total, pairs = (counted(int(found.totals[0]), thing) for thing in ("word", "pair"))
    often = f"None more than once: {total} stand there once each."
    if times > 1:
        often = f"{_list(found.most, words)}: {times} times{' each' if len(found.most) > 1 else ''}."
    asked = [
        (
            f"Which words stand near \u201c{one}\u201d most often, and how often?",
            often,
        ),
        (
            f"Add up all shares of \u201c{one}\u201d. What comes out, and why?",
            f"1, or 100 % but for rounding: each of its {pairs} is in one of the counts.",
        ),
    ]
    if len(found.centers) > 1:
        other = said(words[found.centers[1]])
        shared = "None: the two share no neighbor."
        if found.shared:
            shared = (
                f"Both stand near {_list(found.shared, words)}. The more they share, the closer together the computer "
                "will put the two."
            )
        asked.append(
            (
                f"Which words stand near both \u201c{one}\u201d and \u201c{other}\u201d? What will that do to their "
                "places on the map?",
                shared,
            )
        )
    items = "".join([f"<li>{question}{sheet.line(answer)}</li>" for question, answer in asked])
    return section("4  Look back", f"<ol>{items}</ol>")


def _list(ids: Sequence[int], words: Sequence[str]) -> str:
    quoted = [f"\u201c{said(words[i])}\u201d" for i in ids]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
