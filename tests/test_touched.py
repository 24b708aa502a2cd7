"""The squares of Variants: each row has the mark of what becomes of it, and marks and names can be read."""

from dataclasses import replace

import pytest

from pages.drawing import colors, touched
from pages.drawing.touched import DRAWN_NO, INPUT, KINDS, NO, STAYS, TURNS_DOWN, TURNS_UP, YES
from w2v import PRESETS, Config, Run
from w2v.explain.two_ways import Way, place_of, way_at

ROYAL = Config(PRESETS["royal"].text, epochs=2)
PAPER = {False: "#FFFFFF", True: "#0E1218"}


def way_of(objective: str, t: int = 137) -> tuple[Run, Way]:
    run = Run(replace(ROYAL, objective=objective))  # type: ignore[arg-type]
    way = way_at(run, place_of(run, t))
    assert way is not None
    return run, way


def test_words_that_were_drawn_have_another_mark_than_those_that_full_softmax_pushes() -> None:
    run, way = way_of("softmax")
    V, U = touched.kinds(run, way)
    target = way.trace.example.target
    assert [YES if word == target else NO for word in range(len(U))] == U
    assert [word for word, kind in enumerate(V) if kind == INPUT] == list(way.trace.example.inputs)
    run, way = way_of("negative")
    U = touched.kinds(run, way)[1]
    drawn = set(way.drawn.tolist())
    target = way.trace.example.target
    assert [YES if w == target else DRAWN_NO if w in drawn else STAYS for w in range(len(U))] == U


def test_rows_of_a_tree_are_turns_and_say_which_way() -> None:
    run, way = way_of("hierarchical")
    U = touched.kinds(run, way)[1]
    tree, target = run.plan.objective.branches, way.trace.example.target
    assert tree is not None
    turns = dict(zip(tree.nodes[target], tree.codes[target]))
    assert [STAYS if n not in turns else TURNS_DOWN if turns[n] else TURNS_UP for n in range(len(U))] == U
    said = touched.legend([(run, way)])
    assert "turn" in said
    assert "say" not in said


def test_the_legend_names_what_is_there_and_marks_only_where_squares_have_them() -> None:
    softmax, negative = way_of("softmax"), way_of("negative")
    said = touched.legend([softmax, negative])
    for kind in (INPUT, YES, NO, DRAWN_NO):
        assert f"{KINDS[kind].mark} {KINDS[kind].named}: {KINDS[kind].says}" in said
    assert KINDS[DRAWN_NO].says not in touched.legend([softmax])
    text = " ".join(f"word{i}" for i in range(touched.FEW + 5))
    run = Run(Config(f"{text}. {text}.", epochs=1))
    way = way_at(run, place_of(run, 3))
    assert way is not None
    assert KINDS[YES].mark not in touched.legend([(run, way)])
    assert touched.figure(run, way, False, dark=False).data[0].texttemplate is None
    run = Run(Config(f"{text}. {text}.", epochs=1, objective="hierarchical"))
    way = way_at(run, place_of(run, 3))
    assert way is not None
    assert touched.legend([(run, way)]).count("orange") == 1, "without marks turns look alike"


def test_matrices_have_their_letters_only_for_those_who_asked_for_numbers() -> None:
    run, way = way_of("softmax")
    plain, exact = (
        [note.text for note in touched.figure(run, way, asked, dark=False).layout.annotations]
        for asked in (False, True)
    )
    assert not any("(V)" in title or "(U)" in title for title in plain)
    assert [title[-3:] for title in exact] == ["(V)", "(U)"]


@pytest.mark.parametrize("objective", ["softmax", "hierarchical"])
def test_lines_are_equally_high_and_each_title_stands_above_its_own(objective: str) -> None:
    run, way = way_of(objective)
    made = touched.figure(run, way, True, dark=False)
    layout, height = made.layout, made.layout.height - touched.ABOVE
    axes, traces = (layout.yaxis, layout.yaxis2), made.data
    assert [(trace.xaxis, trace.yaxis) for trace in traces] == [("x", "y"), ("x2", "y2")]
    lines = []
    for axis, trace, note in zip(axes, traces, layout.annotations, strict=True):
        low, high = (edge * height for edge in axis.domain)
        lines.append((high - low) / len(trace.z))
        assert (note.y * height, note.yanchor, note.yref) == (pytest.approx(high), "bottom", "paper")
    assert lines == pytest.approx([touched.SQUARE] * 2, rel=0.1)
    assert lines[0] == pytest.approx(lines[1])
    assert (axes[1].domain[0], axes[0].domain[1]) == (0, 1)
    assert (axes[0].domain[0] - axes[1].domain[1]) * height > 20, "the second title has room"


def luminance(color: str) -> float:
    r, g, b = (c / 255 / 12.92 if c <= 10.3 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colors.rgb(color))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_squares_that_move_stand_out_from_the_paper_and_their_marks_from_them(dark: bool) -> None:
    mark = colors.ON_DARK_COLOR if dark else colors.ON_COLOR
    for kind in KINDS[INPUT:]:
        color = kind.dark if dark else kind.color
        assert contrast(color, PAPER[dark]) >= 3, kind
        assert contrast(color, mark) >= 3, kind
        if kind.color != colors.CONTEXT:
            assert contrast(color, mark) >= 4.5, kind
    drawn, pushed = KINDS[DRAWN_NO], KINDS[NO]
    assert (drawn.color, drawn.dark, drawn.mark) != (pushed.color, pushed.dark, pushed.mark)
    assert drawn.mark != pushed.mark
