"""Worksheets: whoever computes with what is printed gets what the solved one has; and they can be printed."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import lxml.html
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from streamlit.testing.v1 import AppTest

from pages.parts.save import notebook
from pages.parts.save.worksheets.counts_sheet import counts_sheet
from pages.parts.save.worksheets.update_sheet import problem_of_update, update_sheet
from tests.browsing import FOX
from tests.cases import ARCHITECTURES, BATCHINGS, OBJECTIVES, REDUCTIONS, texts
from tests.hostile import MARKUP
from tests.visitor import elements, fine, forget_runs, strings, trained, visit, whole
from w2v import PRESETS, Config, Corpus, Plan, Run, Step
from w2v.explain.by_hand import LARGEST_SCORE, by_hand
from w2v.explain.first_sentences import LONGEST, SENTENCES, first_sentences
from w2v.explain.in_the_text import in_the_text

ROYAL = PRESETS["royal"].text
LONG_WORDS = ". ".join(" ".join(f"internationalization{(i * 7 + j) % 40:02d}" for j in range(30)) for i in range(8))


def sheet_of(run: Run, t: int, solved: bool = True) -> bytes:
    return update_sheet(run, run.step(t), solved)


# --- what a reader takes from the paper ---------------------------------------------------------------------------


def tree(data: bytes) -> Any:
    return lxml.html.document_fromstring(data.decode())


def number(said: str) -> Decimal:
    return Decimal(said.strip().replace("\N{MINUS SIGN}", "-").replace(",", ""))


def rounded(x: Decimal, digits: int) -> Decimal:
    return x.quantize(Decimal(10) ** -digits, ROUND_HALF_UP)


def three(x: Decimal) -> Decimal:
    """Three digits, zeros in front not counted."""
    return x.quantize(Decimal(10) ** (x.adjusted() - 2), ROUND_HALF_UP)


def n_digits(x: Decimal) -> int:
    return -int(x.as_tuple().exponent)


def part(page: Any, title: str) -> Any:
    (found,) = [s for s in page.iter("section") if title in s.find("h2").text_content()]
    return found


def rows_of(table: Any) -> list[tuple[str, list[str]]]:
    return [
        (line.find("th").text_content(), [cell.text_content() for cell in line.findall("td")])
        for line in table.find("tbody")
    ]


def vectors(section: Any) -> list[list[Decimal]]:
    """The vectors of gaps in a part of the page."""
    return [
        [number(gap.text_content()) for gap in found.iter("span") if "gap" in gap.get("class")]
        for found in section.find_class("vector")
        if found.tag == "span"
    ]


def dot(a: Sequence[Decimal], b: Sequence[Decimal]) -> Decimal:
    return sum([x * y for x, y in zip(a, b, strict=True)], Decimal(0))


def check_sheet(run: Run, step: Step) -> None:
    """Do the whole sheet again, from nothing but the numbers printed on the blank one."""
    page = tree(update_sheet(run, step, solved=True))
    sums = run.plan.objective.rows_sum_to_one
    trace, config = step.traces[0], run.config
    shown = config.dim if config.dim <= 3 else 2
    some = config.dim > 3

    ((h,), V) = vectors(part(page, "Look up")), dict(rows_of(part(page, "Look up").find(".//table")))
    words = [run.corpus.vocabulary.words[i] for i in trace.example.inputs]
    inputs = [[number(x) for x in V[word]] for word in words]
    assert h == [rounded(sum(column) / len(inputs), n_digits(h[0])) for column in zip(*inputs)]

    errors: dict[str, Decimal] = {}
    products: list[list[Decimal]] = []
    Z, right, P_first = Decimal(0), [], Decimal(0)
    lines = rows_of(part(page, "Guess").find(".//table"))
    total = next((cells for name, cells in lines if name == "sum"), None)
    if sums:
        assert total is not None
        Z = number(total[shown + some + 1])
        weights = [number(cells[shown + some + 1]) for name, cells in lines if name != "sum"]
        assert rounded(sum(weights), 2) == Z
    for name, cells in lines:
        if name == "sum":
            continue
        if name.startswith("the other"):
            if sums:
                u, weight, P = [number(x) for x in cells[:shown]], *map(number, cells[shown + some + 1 : -2])
                assert three(weight / Z) == P
                assert rounded(P, 3) == number(cells[-1])
                products.append([rounded(P, 3) * x for x in u])
            continue
        u, others = [number(x) for x in cells[:shown]], number(cells[shown]) if some else Decimal(0)
        score, weight, P, y, error = map(number, cells[shown + some : shown + some + 5])
        assert score == rounded(dot(u, h) + others, 2)
        assert weight == three((score if sums else -score).exp())
        assert three(weight / Z if sums else 1 / (1 + weight)) == P
        assert error == rounded(P - y, 3)
        if not sums:
            right.append(number(cells[-1]))
            assert right[-1] == (P if y else three(weight / (1 + weight)))
        errors[name] = errors.get(name, Decimal(0)) + error
        products.append([error * x for x in u])
        P_first = P_first or P

    loss_part = part(page, "Loss")
    (gap,) = loss_part.find_class("gap")
    if sums:
        assert number(gap.text_content()) == rounded(-P_first.ln(), 2)
    else:
        given = re.search(r"and (\S+) of the other", loss_part.text_content())
        rest = number(given[1]) if given else Decimal(0)
        assert number(gap.text_content()) == sum([rounded(-x.ln(), 2) for x in right], rest)

    moves = part(page, "Move")
    gradient, *new = vectors(moves)
    if given := re.search(r"The other \d+ add \( (.*?) \)", moves.text_content()):
        products.append([number(x) for x in given[1].split(" , ")])
    assert gradient == [rounded(sum(column), n_digits(gradient[0])) for column in zip(*products)]
    found = re.search(r" = (\d+(?:\.\d+)?)", moves.text_content())
    assert found
    rate = Decimal(found[1])
    first = lines[0][0]
    of_row = [number(x) for x in lines[0][1][:shown]]
    for vector in new:
        is_input = vector is new[-1]
        old, name = (inputs[0], words[0]) if is_input else (of_row, first)
        in_V = is_input or config.one_vector
        share = Decimal(words.count(name)) / len(words) if in_V else Decimal(0)
        error = errors.get(name, Decimal(0)) if config.one_vector or not is_input else Decimal(0)
        digits = n_digits(vector[0])
        wanted = [rounded(a - rate * (share * g + error * b), digits) for a, g, b in zip(old, gradient, h)]
        assert vector == wanted


# --- the update ---------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(
    text=texts(most_words=9),
    architecture=st.sampled_from(ARCHITECTURES),
    objective=st.sampled_from(OBJECTIVES),
    batching=st.sampled_from(BATCHINGS),
    reduction=st.sampled_from(REDUCTIONS),
    one_vector=st.booleans(),
    dim=st.integers(1, 6),
    negatives=st.sampled_from([1, 4, 12]),
    scale=st.sampled_from([0.5, 0.003]),
    at=st.floats(0, 1),
)
def test_the_solved_sheet_follows_from_what_is_printed(
    text: str, objective: str, one_vector: bool, scale: float, at: float, **more: Any
) -> None:
    one_vector = one_vector and objective != "hierarchical"
    kind = {"objective": objective, "one_vector": one_vector, "init_scale": scale, **more}
    run = Run(Config(text, epochs=4, window=2, **kind))
    step = run.step(min(run.n_steps - 1, int(at * run.n_steps)))
    if problem_of_update(run, step) is None:
        check_sheet(run, step)


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("dim", [2, 8])
def test_rounding_leads_little_away_from_the_numbers_of_the_run(objective: str, architecture: str, dim: int) -> None:
    run = Run(Config(ROYAL, objective=objective, architecture=architecture, dim=dim, epochs=20))  # type: ignore[arg-type]
    for t in np.linspace(0, run.n_steps - 1, 9).astype(int).tolist():
        step = run.step(t)
        hand = by_hand(step, 0, run.plan.objective, run.config.reduction)
        assert hand.exact_loss == step.loss
        assert abs(float(hand.loss) - step.loss) < 0.06
        for move in hand.moves:
            matrix = step.after.V if move.kind == "v" else step.after.U
            np.testing.assert_allclose(move.exact, matrix[move.row, : hand.shown], rtol=1e-12, atol=1e-15)
            np.testing.assert_allclose(np.array(move.new, float), move.exact, atol=0.03)


@pytest.mark.parametrize("objective", ["softmax", "negative"])
def test_with_one_vector_both_parts_of_its_gradient_move_it(objective: str) -> None:
    run = Run(Config(ROYAL, objective=objective, one_vector=True, epochs=5))
    for t in range(0, run.n_steps, 97):
        step = run.step(t)
        hand = by_hand(step, 0, run.plan.objective, "mean", one_vector=True)
        for move in hand.moves:
            np.testing.assert_allclose(move.exact, step.after.V[move.row, : hand.shown], rtol=1e-12, atol=1e-15)


def test_the_sheet_names_the_window_the_numbers_of_the_app_and_what_came_of_it() -> None:
    run = Run(Config(ROYAL))
    step, said = run.step(60), tree(sheet_of(run, 60)).text_content()
    assert "Royal family: skip-gram, full softmax, window 2, 8 dimensions. Update 60 of 7,680." in said
    marked = tree(sheet_of(run, 60))
    assert [e.text_content() for e in marked.find_class("center")] == ["princess"]
    assert [e.text_content() for e in marked.find_class("context")] == ["the", "rides", "horses"]
    assert [e.text_content() for e in marked.find_class("true")] == ["the"]
    assert f"{step.traces[0].P[run.corpus.vocabulary.ids['the']]:.6f}" in said
    assert f"{step.loss:.6f}" in said
    assert "28: 1 of V and 27 of U." in said
    assert "Larger: 3.4 % before, 4.4 % after." in said


def test_before_and_after_are_written_so_that_one_sees_which_is_larger() -> None:
    run = Run(Config(ROYAL))
    said = tree(sheet_of(run, run.n_steps - 1)).text_content()
    match = re.search(r"(Larger|Smaller): ([\d.]+) % before, ([\d.]+) % after", said)
    assert match, "the learning rate is all but 0 there"
    larger, before, after = match.groups()
    assert before != after
    assert (float(after) > float(before)) == (larger == "Larger")


def gaps_emptied(data: bytes) -> str:
    """A sheet without what stands in its gaps, and without the words solved and blank."""
    page = tree(data)
    for gap in [*page.find_class("gap"), *page.find_class("answer")]:
        for child in list(gap):
            gap.remove(child)
        gap.text = ""
    for element in page.iter("title", "header", "body"):
        element.attrib.pop("class", None)
        if element.tag != "body":
            element.getparent().remove(element)
    return lxml.html.tostring(page, encoding="unicode")


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_blank_and_solved_are_one_page_with_gaps(objective: str) -> None:
    run = Run(Config(ROYAL, objective=objective, epochs=2))
    blank, solved = (sheet_of(run, 60, solved) for solved in (False, True))
    assert gaps_emptied(blank) == gaps_emptied(solved)
    filled = [gap.text_content().strip() for gap in tree(solved).find_class("gap")]
    assert len(filled) > 20
    assert all(filled)
    assert not "".join([gap.text_content().strip() for gap in tree(blank).find_class("gap")])
    assert not "".join([line.text_content().strip() for line in tree(blank).find_class("answer")])


def test_what_no_hand_can_do_is_refused_in_one_sentence() -> None:
    wild = Run(Config(ROYAL, init_scale=9.0, epochs=1, dim=20))
    assert np.abs(wild.step(0).traces[0].scores).max() > LARGEST_SCORE
    lines = Run(Config(ROYAL.replace("\n", " ").replace(".", ""), architecture="cbow", window=4, epochs=1))
    for run, t, why in ((lines, 8, "Here 8 context words guess together"), (wild, 0, "The scores of this update are")):
        problem = problem_of_update(run, run.step(t))
        assert problem
        assert problem.startswith(why)
        assert problem.count(".") == 1
        with pytest.raises(ValueError, match=why):
            sheet_of(run, t)


PLACES = [
    {},
    {"architecture": "cbow"},
    {"min_count": 3},
    {"dynamic_window": True, "subsample": 0.05},
    {"batching": "minibatch", "batch_size": 3},
]


@pytest.mark.parametrize("more", PLACES, ids=lambda more: "-".join(more) or "usual")
def test_an_example_is_found_in_the_text(more: dict[str, Any]) -> None:
    run = Run(Config(ROYAL, epochs=2, **more))
    words = run.corpus.vocabulary.words
    text = " ".join(run.corpus.tokens)
    for t in range(run.n_steps):
        for number, one in enumerate(run.step(t).traces):
            place = in_the_text(run.plan, t, number)
            assert place.words[place.target] == words[one.example.target]
            around = [place.words[i] for i in place.context]
            spelled = [words[i] for i in one.example.inputs]
            cbow = run.config.architecture == "cbow"
            assert spelled == (around if cbow else [place.words[place.center]])
            assert cbow or place.target in place.context
            assert " ".join(place.words) in text
            assert (place.before, place.after) == (False, False)


def test_of_a_training_pair_there_is_the_pair_and_of_a_long_sentence_the_middle() -> None:
    pairs = in_the_text(Plan(Config("in^up|out^yes,up|no", pairs=True)), 0)
    assert (pairs.words, pairs.center, pairs.context) == (("in", "up", "out", "yes"), 2, (0, 1))
    long = in_the_text(Plan(Config(" ".join(f"w{i}" for i in range(60)))), 100, around=4)
    assert len(long.words) == 13
    assert (long.before, long.after, long.center) == (True, True, 6)


# --- the counts ---------------------------------------------------------------------------------------------------


@given(text=texts(most_words=20, most_sentences=7, most_length=14), radius=st.integers(1, 3))
def test_the_counts_are_those_that_one_gets_by_counting(text: str, radius: int) -> None:
    corpus = Corpus.from_text(text)
    found = first_sentences(corpus, radius)
    wanted = [s[:LONGEST] for s in corpus.encoded if len(s) > 1][:SENTENCES]
    assert found.sentences == tuple([tuple(s.tolist()) for s in wanted])
    near = Counter(
        (a, b) for s in found.sentences for i, a in enumerate(s) for j, b in enumerate(s) if 0 < abs(i - j) <= radius
    )
    assert len(set(found.centers)) == len(found.centers) == min(5, len({c for c, _ in near}))
    for center, row, others in zip(found.centers, found.counts.tolist(), found.others.tolist(), strict=True):
        assert dict(zip(found.columns, row)) == {o: near[center, o] for o in found.columns}
        assert sum(row) + others == sum(n for (c, _), n in near.items() if c == center)
    first = {o: n for (c, o), n in near.items() if c == found.centers[0]}
    second = {o for (c, o) in near if c in found.centers[1:2]}
    assert {*found.shared} == {o for o in first if o in second}
    assert found.counts[0].max() == max(first.values())
    assert {*found.most} == {o for o, n in first.items() if n == max(first.values())}


def test_the_counts_sheet_shows_two_words_that_can_replace_each_other() -> None:
    config = Config(ROYAL)
    corpus = Corpus.from_text(ROYAL)
    page = tree(counts_sheet(config, corpus, None, solved=True))
    table = part(page, "Count").find(".//table")
    head = [cell.text_content() for cell in table.find("thead").iter("th")]
    rows = dict(rows_of(table))
    assert head == ["center", "the", "king", "wears", "crowns", "queen", "rules", "his", "land", "her", "sum"]
    assert rows["king"] == ["2", "0", "1", "1", "0", "1", "1", "0", "0", "6"]
    assert rows["queen"] == ["2", "0", "1", "1", "0", "1", "0", "0", "1", "6"]
    assert [e.text_content() for e in page.find_class("center")] == ["king", "king"]
    assert [e.text_content() for e in page.find_class("context")] == ["the", "wears", "crowns", "the", "rules", "his"]
    said = page.text_content()
    assert "\u201cthe\u201d: 2 times." in said
    assert "Both stand near \u201cthe\u201d, \u201cwears\u201d, \u201ccrowns\u201d and \u201crules\u201d." in said
    shares = dict(rows_of(part(page, "shares").findall(".//table")[0]))
    assert shares["the"] == ["2 / 6", "33.3 %"]
    assert sum(number(cells[0].split("/")[0]) for cells in shares.values()) == 6
    blank = tree(counts_sheet(config, corpus, None, solved=False))
    assert not blank.find_class("center")


def test_a_word_that_was_chosen_comes_first() -> None:
    corpus = Corpus.from_text(ROYAL)
    rules = corpus.vocabulary.ids["rules"]
    assert first_sentences(corpus, 2, rules).centers[0] == rules
    elsewhere = corpus.vocabulary.ids["school"]
    assert first_sentences(corpus, 2, elsewhere).centers == first_sentences(corpus, 2).centers


def test_where_nothing_can_be_counted_a_sentence_says_so() -> None:
    pairs = Corpus.from_text("in|out,up|down", pairs=True)
    with pytest.raises(ValueError, match=r"^Training pairs have no windows to count in: choose a text of sentences\.$"):
        first_sentences(pairs, 2)
    alone = Corpus.from_text("one.\n" * 300 + "two.\n" * 5)
    with pytest.raises(ValueError, match="have one word each, so nothing stands near anything"):
        first_sentences(alone, 2)


# --- both ---------------------------------------------------------------------------------------------------------


def test_words_cannot_become_markup_and_nothing_is_asked_of_a_network() -> None:
    run = Run(Config(MARKUP * 2, pretokenized=True, epochs=1, batching="window"))
    config, corpus = run.config, run.corpus
    for data in (sheet_of(run, 1), sheet_of(run, 1, False), counts_sheet(config, corpus, 5, True)):
        allowed = {"html", "head", "meta", "title", "style", "body", "div", "header", "section", "h1", "h2", "p", "b"}
        allowed |= {"i", "sup", "bdi", "span", "table", "thead", "tbody", "tr", "th", "td", "ol", "li", "math", "mrow"}
        allowed |= {"mi", "mn", "mo", "mtext", "mspace", "msub", "msup", "msubsup", "mfrac", "munder"}
        page = tree(data)
        assert {element.tag for element in page.iter()} <= allowed
        names = {"lang", "charset", "http-equiv", "content", "name", "class", "dir", "scope", "displaystyle", "form"}
        assert {name for element in page.iter() for name in element.attrib} <= {*names, "mathvariant", "width"}
        assert "default-src 'none'" in data.decode()
        assert any("<" in word.text_content() for word in page.iter("bdi"))


TOO_WIDE = """() => {
    const room = document.documentElement.clientWidth;
    const cut = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > room + 1);
    const torn = [...document.querySelectorAll("bdi, td, th, .gap")].filter((e) => e.scrollWidth > e.clientWidth + 1
        && getComputedStyle(e).display !== "inline" && e.clientWidth > 0);
    return [...cut, ...torn].map((e) => e.outerHTML.slice(0, 200));
}"""
PAPER = {"A4": (182, 273), "Letter": (188, 255)}  # mm between the margins
MM = 96 / 25.4  # pixels


@pytest.mark.browser
def test_they_are_printed_on_two_pages_and_nothing_is_cut(browser: Browser, tmp_path: Path) -> None:
    wide = {"architecture": "cbow", "window": 3, "dim": 30, "epochs": 2}
    runs = {
        "royal": (Run(Config(ROYAL)), 60),
        "tree": (Run(Config(LONG_WORDS, objective="hierarchical", **wide)), 9),  # type: ignore[arg-type]
        "draws": (Run(Config(LONG_WORDS, objective="negative", negatives=40, **wide)), 9),  # type: ignore[arg-type]
    }
    sheets = {
        f"{name} {solved}": sheet_of(run, t, solved) for name, (run, t) in runs.items() for solved in (True, False)
    }
    for name, (run, _) in runs.items():
        sheets[f"{name} counts"] = counts_sheet(run.config, run.corpus, None, True)
    with browser.new_context() as context:
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.emulate_media(media="print")
        for name, data in sheets.items():
            file = tmp_path / "sheet.html"
            file.write_bytes(data)
            page.goto(file.as_uri())
            for paper, (width, height) in PAPER.items():
                page.set_viewport_size({"width": int(width * MM), "height": int(height * MM)})
                assert page.evaluate(TOO_WIDE) == [], (name, paper)
                printed = page.pdf(format=paper)
                assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2, (name, paper)
        assert set(asked) == {(tmp_path / "sheet.html").as_uri()}
        assert page.evaluate("document.querySelector('math mfrac').getBoundingClientRect().height") > 20, "typeset"


# --- on the pages -------------------------------------------------------------------------------------------------


def offered(at: Any) -> dict[str, str]:
    """The buttons that save something, with what they say if they cannot."""
    return {
        proto.label: proto.help if proto.disabled else ""  # type: ignore[attr-defined]
        for kind, proto in elements(at)
        if kind == "download_button"
    }


def to_hand_out(at: AppTest) -> None:
    """Go to the part of Teach where it is."""
    fine(at.switch_page("pages/screens/teach.py").run())
    fine(at.segmented_control(key="teach_part").set_value("handouts").run())


def test_teach_offers_what_belongs_to_the_update_that_is_looked_at() -> None:
    at = fine(visit(Config(FOX, epochs=3), "training", t="60"))
    to_hand_out(at)
    sheets = {
        "Worksheet of the first sentences": "",
        "Worksheet of the first sentences, solved": "",
        "Worksheet of update 60": "",
        "Worksheet of update 60, solved": "",
        "Update 60 as a notebook": "",
        "Update 60 in Python": "",
    }
    assert offered(at) == sheets
    (box,) = [box for box in at.number_input if box.label == "Update to hand out"]
    fine(box.set_value(7).run())
    assert "Worksheet of update 7" in offered(at)
    forget_runs(at)
    fine(at.run())
    assert list(offered(at)) == list(sheets)[:2]
    assert "open Training once" in " ".join([text for _, proto in elements(at) for _, text in strings(proto)])


def test_at_the_end_of_a_run_an_early_update_is_handed_out() -> None:
    """At its end the rate has fallen to next to nothing: on the worksheet every number stayed what it was."""
    early = "this is an early one"

    def said(at: AppTest) -> str:
        return " ".join([text for _, proto in elements(at) for _, text in strings(proto)])

    for config, number in ((Config(FOX, epochs=3), None), (Config(FOX, epochs=3, decay=False), -1)):
        last = Run(config).n_steps - 1
        at = fine(visit(config, "training", t=str(last + 1)))
        number = last if number else (last + 1) // 10
        to_hand_out(at)
        assert f"Worksheet of update {number}" in offered(at)
        assert (early in said(at)) == (number != last)
        (box,) = [box for box in at.number_input if box.label == "Update to hand out"]
        fine(box.set_value(last).run())
        assert f"Worksheet of update {last}" in offered(at)
        assert early not in said(at)


def test_of_a_text_trained_as_a_whole_there_is_no_update() -> None:
    book = " ".join(f"w{i % 53} w{i * i % 47} w{i % 7}." for i in range(4000))
    at = trained(whole(book))
    to_hand_out(at)
    assert list(offered(at)) == ["Worksheet of the first sentences", "Worksheet of the first sentences, solved"]
    assert "no sheet of paper holds" in " ".join([text for _, proto in elements(at) for _, text in strings(proto)])
    page = "from pages.parts.save.handouts import refuse_update\nfrom w2v import Config\nrefuse_update(Config('a b'))\n"
    refused = offered(fine(AppTest.from_string(page).run()))  # as in the menu of such a training
    assert list(refused) == ["Worksheet of an update", "An update as a notebook"]
    assert {said.split(":")[0] for said in refused.values()} == {"This text is trained as a whole"}


def test_what_cannot_be_handed_out_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "MOST_NUMBERS", 10)
    at = fine(visit(Config(ROYAL, epochs=1, init_scale=9.0, dim=20), "training"))
    to_hand_out(at)
    said = offered(at)
    assert said["Worksheet of update 0"].startswith("The scores of this update are too large to do by hand")
    assert said["Update 0 in Python"].startswith("This update has 1,080 numbers, too many to write them all out")
