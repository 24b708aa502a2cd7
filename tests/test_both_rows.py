"""Both rows of one word: what stands in V and U, their cosine, and how far one update moves each."""

from dataclasses import replace

import numpy as np
import pytest

from pages.drawing.both_rows import CENTER_ROW, CONTEXT_ROW, ONE_ROW, Strip, figure
from w2v import PRESETS, Config, Run
from w2v.explain.both_rows import both_rows

ROYAL = Config(PRESETS["royal"].text, epochs=3)


@pytest.mark.parametrize("settings", [{}, {"objective": "negative"}, {"architecture": "cbow", "batching": "minibatch"}])
def test_rows_and_their_moves_are_those_of_the_run(settings: dict[str, str]) -> None:
    run = Run(replace(ROYAL, **settings))  # type: ignore[arg-type]
    for t in (0, 2, run.n_steps - 1):
        at, then = run.parameters(t), run.parameters(t + 1)
        for word in range(len(at.V)):
            found = both_rows(at, run.step(t), word)
            v, u = at.V[word], at.U[word]
            assert found.center.tolist() == v.tolist()
            assert found.context.tolist() == u.tolist()
            assert found.cosine == pytest.approx(v @ u / np.sqrt((v @ v) * (u @ u)))
            assert found.center_moved == pytest.approx(np.sqrt(((then.V[word] - v) ** 2).sum()))
            assert found.context_moved == pytest.approx(np.sqrt(((then.U[word] - u) ** 2).sum()))


def test_without_an_update_nothing_moves() -> None:
    run = Run(ROYAL)
    found = both_rows(run.parameters(run.n_steps), None, 3)
    assert found.center.tolist() == run.parameters(run.n_steps).V[3].tolist()
    assert (found.center_moved, found.context_moved) == (0.0, 0.0)


def test_one_vector_is_both_rows_and_moves_once_for_both() -> None:
    run = Run(replace(ROYAL, one_vector=True))
    found = both_rows(run.parameters(50), run.step(50), 3)
    assert found.center.tolist() == found.context.tolist()
    assert found.cosine == pytest.approx(1)
    assert found.center_moved == found.context_moved > 0


def test_strips_show_every_number_on_one_scale_and_write_few_of_them() -> None:
    values = [np.linspace(-1, 2, 8), np.linspace(3, -1, 8), np.zeros(8)]
    made = figure([Strip(role, "row", x) for role, x in zip((CENTER_ROW, CONTEXT_ROW, ONE_ROW), values)], dark=False)
    assert [list(trace.y) for trace in made.data] == [x.tolist() for x in values]
    assert len({made.layout[axis].range for axis in ("yaxis", "yaxis2", "yaxis3")}) == 1
    assert made.data[0].marker.color != made.data[1].marker.color
    assert {made.data[2].marker.pattern.bgcolor, made.data[2].marker.pattern.fgcolor} == {
        made.data[0].marker.color,
        made.data[1].marker.color,
    }
    assert made.data[0].text[0] == "\N{MINUS SIGN}1.0"
    many = figure([Strip(CENTER_ROW, "row", np.arange(300.0))], dark=True)
    assert many.data[0].text is None
    assert many.data[0].hovertext[299] == "number 300: 299"
