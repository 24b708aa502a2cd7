"""Every page under every model: it comes without an error, and its numbers are those of the record."""

import itertools
import re
from typing import Any

import numpy as np
import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest, app_test

from tests.ledger import check_record
from tests.visitor import (
    PAGES,
    close_to_three_digits,
    fine,
    go,
    labels,
    latest_run,
    latex,
    ledger,
    numbers,
    open_menu,
    problem,
    record,
    report,
    sent_to,
    table,
    texts,
    visit,
)
from w2v import PRESETS, Config, Run, Step, Trace, cbow, cut_windows, skip_gram

SMALL = "The king wears a crown. The queen wears a crown. A man, a man and the king eat bread. Queen man queen."
ARCHITECTURES = ("skip-gram", "cbow")
OBJECTIVES = ("softmax", "negative", "hierarchical")
BATCHINGS = ("pair", "window", "minibatch", "full")

GRID = [
    Config(SMALL, a, o, dim=3, epochs=3, batching=b, batch_size=7, learning_rate=0.4)
    for a, o, b in itertools.product(ARCHITECTURES, OBJECTIVES, BATCHINGS)
]
CORNERS = {
    "one dimension": Config(SMALL, dim=1, epochs=2),
    "one dimension, tree": Config(SMALL, objective="hierarchical", dim=1, epochs=2),
    "two dimensions": Config(SMALL, dim=2, epochs=2),
    "300 dimensions": Config(SMALL, dim=300, epochs=1),
    "window of 20": Config(SMALL, window=20, epochs=2),
    "window of 20, CBOW": Config(SMALL, "cbow", window=20, epochs=2),
    "two words": Config("hello world", epochs=2),
    "two words, negatives": Config("hello world", objective="negative", epochs=2),
    "two words, tree": Config("hello world", "cbow", "hierarchical", epochs=2),
    "rare words left out": Config(SMALL, min_count=2, epochs=2),
    "summed gradients": Config(SMALL, batching="window", reduction="sum", epochs=2),
    "drawn windows": Config(SMALL, dynamic_window=True, subsample=0.05, epochs=3),
    "drawn windows, CBOW, negatives": Config(SMALL, "cbow", "negative", dynamic_window=True, epochs=3),
    "rate 0": Config(SMALL, learning_rate=0.0, epochs=1),
    "all vectors 0": Config(SMALL, init_scale=0.0, epochs=1),
    "one vector": Config(SMALL, one_vector=True, dim=3, epochs=2),
    "one vector, CBOW, negatives": Config(SMALL, "cbow", "negative", one_vector=True, dim=3, epochs=2),
    "case kept": Config("The the THE a A " * 3, lowercase=False, epochs=2),
}


def name_of(config: Config) -> str:
    return f"{config.architecture}-{config.objective}-{config.batching}"


# --- One update -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("config", GRID, ids=name_of)
def test_one_update_shows_the_record_of_its_update(config: Config) -> None:
    run = Run(config)
    at = open_update(config)
    for t in (0, run.n_steps // 2, run.n_steps):
        if t:
            report(at, "update", t=t, word=None)
        check_update(at, run, t)


@pytest.mark.parametrize("config", CORNERS.values(), ids=CORNERS)
def test_one_update_at_the_corners_of_the_settings(config: Config) -> None:
    run = Run(config)
    for t in (0, run.n_steps - 1, run.n_steps):
        check_update(open_update(config, t=str(t)), run, t)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_each_example_of_a_group_can_be_chosen(objective: str) -> None:
    config = Config(SMALL, objective=objective, dim=3, epochs=2, batching="minibatch", batch_size=5)
    run = Run(config)
    at = open_update(config, t="3")
    for chosen in (2, 5):
        at.number_input(key="example_of_3").set_value(chosen).run()
        check_update(at, run, 3, example=chosen - 1)


def open_update(config: Config, **query: str) -> AppTest:
    """One update at the level that shows all: with its equations."""
    return visit(config, "update", ["every_vector_box"], level="algebra", **query)


def check_update(at: AppTest, run: Run, t: int, example: int = 0) -> None:
    """Everything that One update shows at moment t, against the record and against arithmetic done here."""
    fine(at)
    assert problem(at) is None
    t = min(t, run.n_steps - 1)
    step = run.step(t)
    trace = step.traces[example]
    words = run.corpus.vocabulary.words
    header, arrays = ledger(at)
    assert header["is_last"] == (t == run.n_steps - 1)
    assert (header["update"], header["epoch"], header["example"]) == (t, step.epoch, example)
    assert (header["rate"], header["target_name"]) == (step.learning_rate, words[trace.example.target])
    assert set(header["input_names"]) == {words[i] for i in trace.example.inputs}
    check_record(run, step, example, header, arrays)
    check_equations(at, run, step, trace)
    check_new_vectors(at, run, step)
    check_new_probabilities(run, step, trace, header, arrays)


def check_equations(at: AppTest, run: Run, step: Step, trace: Trace) -> None:
    softmax = any(r"\max s" in e.value for e in at.latex)
    i = int(np.flatnonzero(trace.labels == 1)[0]) if softmax else 0  # written out: the target, or the first question
    row, P, s, error, h = step.before.U[trace.rows[i]], trace.P[i], trace.scores[i], trace.error[i], trace.h

    def same(mark: str, true: list[float]) -> None:
        shown = latex(at, mark)
        assert close_to_three_digits(shown, true), (mark, shown, true)

    n = len(trace.example.inputs)
    assert np.allclose(h, step.before.V[list(trace.example.inputs)].mean(axis=0), rtol=1e-12)
    same("\n\\mathbf h = ", [*([1, n] if n > 1 else []), *h[:8]])
    same(r"\cdot\mathbf h &=", [*np.column_stack([row, h])[:8].ravel(), s])
    if softmax:
        shift = trace.scores.max()
        Z = np.exp(trace.scores - shift).sum()
        same(r"\max s", [s, shift, Z, np.exp(s - shift), Z, P])
        same(r"\log\sum_w", [P, s, shift + np.log(Z), trace.loss])
        assert trace.loss == pytest.approx(-np.log(P))
        assert trace.P.sum() == pytest.approx(1)
    else:
        same(r"\frac{1}{1 + e^", [1, 1, s, P])
        questions = [[p] if y == 1 else [1, p] for p, y in zip(trace.P, trace.labels)]
        same(r"L = -\left[", [*itertools.chain(*questions[:8]), trace.loss])
        answers = np.where(trace.labels == 1, trace.P, 1 - trace.P)
        assert trace.loss == pytest.approx(-np.log(answers).sum())
    same("\ne_{", [P, trace.labels[i], error])
    same(r"\sum_w e_w \mathbf u_w", [*trace.grad_h[:8]])
    same(r"}} &= e_{", [error, *h[:8], *(error * h)[:8]])
    moved = [e.value for e in at.latex if r"\nabla" in e.value]
    if len(step.traces) == 1:
        (check_moves_of_one_vector if run.config.one_vector else check_moves)(step, trace, i, moved)
    else:
        assert moved == []  # several examples move a vector together: no single equation would be true


def check_moves(step: Step, trace: Trace, i: int, moved: list[str]) -> None:
    inputs, rows = trace.example.inputs, list(trace.rows)
    grad_V, grad_U = trace.grad_h / len(inputs), trace.error[i] * trace.h
    expected = [(step.before.V[w], grad_V, step.after.V[w]) for w in inputs[:4] if inputs.count(w) == 1]
    if rows.count(rows[i]) == 1:
        expected.append((step.before.U[rows[i]], grad_U, step.after.U[rows[i]]))
    assert len(moved) == len(expected)
    for equation, (old, grad, new) in zip(moved, expected):
        assert np.allclose(old - step.learning_rate * grad, new, rtol=1e-12, atol=1e-15)
        assert close_to_three_digits(numbers(equation), [*old[:8], step.learning_rate, *grad[:8], *new[:8]])


def check_moves_of_one_vector(step: Step, trace: Trace, _: int, moved: list[str]) -> None:
    """One equation for each of the first inputs and the true word, whose gradient has both parts in it."""
    expected = list(dict.fromkeys([*trace.example.inputs[:4], trace.example.target]))
    assert len(moved) == len(expected)
    for equation, word in zip(moved, expected):
        grad = trace.grad_h * trace.example.inputs.count(word) / len(trace.example.inputs)
        for row, error in zip(trace.rows, trace.error):
            grad = grad + (row == word) * error * trace.h
        old, new = step.before.V[word], step.after.V[word]
        assert np.allclose(old - step.learning_rate * grad, new, rtol=1e-12, atol=1e-15)
        assert close_to_three_digits(numbers(equation), [*old[:8], step.learning_rate, *grad[:8], *new[:8]])


def check_new_vectors(at: AppTest, run: Run, step: Step) -> None:
    words = run.corpus.vocabulary.words
    if run.config.one_vector:
        changed = (step.before.V != step.after.V).any(axis=1)
        assert f"{changed.sum()} of {len(words)} vectors changed" in texts(at)
        frame = table(at, "v1 before", "v1 after")
        ids = [words.index(name) for name in frame.iloc[:, 0]]
        assert np.array_equal(frame["v1 after"], step.after.V[ids, 0])
        return
    for symbol, before, after in (("v", step.before.V, step.after.V), ("u", step.before.U, step.after.U)):
        frame = table(at, f"{symbol}1 before", f"{symbol}1 after")
        node = symbol == "u" and run.config.objective == "hierarchical"
        ids = [int(name[5:]) if node else words.index(name) for name in frame.iloc[:, 0]]
        assert sorted(ids) == list(range(len(before)))
        dims = range(1, run.config.dim + 1)
        assert np.array_equal(frame[[f"{symbol}{d} before" for d in dims]], before[ids])
        assert np.array_equal(frame[[f"{symbol}{d} after" for d in dims]], after[ids])
        changed = (before[ids] != after[ids]).any(axis=1)
        assert (np.diff(changed.astype(int)) <= 0).all(), "the changed ones come first"
        assert f"{changed.sum()} of {len(before)} {'input' if symbol == 'v' else 'output'} vectors" in texts(at)


def check_new_probabilities(
    run: Run, step: Step, trace: Trace, header: dict[str, Any], arrays: dict[str, np.ndarray]
) -> None:
    inputs = trace.example.inputs
    ids = [*([] if run.config.objective == "hierarchical" else header["row_ids"]), *header["other_ids"]]
    assert set(ids) == set(range(run.plan.n_words))
    for name, wanted in (
        ("before", said(run, step.before.V, step.before.U, inputs)),
        ("after", said(run, step.after.V, step.after.U, inputs)),
        ("wanted", counted(run, inputs)),
    ):
        shown = np.concatenate([arrays[name], arrays[f"other_{name}"]])
        assert np.allclose(shown, wanted[ids], rtol=1e-9, atol=1e-300), name


def said(run: Run, V: np.ndarray, U: np.ndarray, inputs: tuple[int, ...]) -> np.ndarray:
    """What the model says of every word, written out once more."""
    scores = U @ V[list(inputs)].mean(axis=0)
    if run.config.objective == "softmax":
        weights = np.exp(scores - scores.max())
        return weights / weights.sum()
    yes = 1 / (1 + np.exp(-scores))
    if run.config.objective == "negative":
        return yes
    tree = run.plan.objective.tree
    return np.array(
        [np.prod([1 - yes[n] if code else yes[n] for n, code in zip(*path)]) for path in zip(tree.nodes, tree.codes)]
    )


def counted(run: Run, inputs: tuple[int, ...]) -> np.ndarray:
    """What the text says of every word for these inputs: COUNT(inputs, o) / COUNT(inputs) over all examples."""
    goal = run.plan.goal
    if run.config.objective == "negative" or not run.plan.static:
        return goal.target(goal.row_of(inputs))
    examples_of = skip_gram if run.config.architecture == "skip-gram" else cbow
    count = np.zeros(run.plan.n_words)
    for window in cut_windows(run.corpus, run.config.window):
        for example in examples_of(window):
            count[example.target] += sorted(example.inputs) == sorted(inputs)
    return count / count.sum()


# --- Training -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("config", [*GRID, *CORNERS.values()], ids=[*map(name_of, GRID), *CORNERS])
def test_training_shows_its_run(config: Config) -> None:
    run = Run(config)
    at = fine(visit(config, "training", ["word_numbers_box"]))
    header, arrays = record(at)
    assert (header["id"], header["views"][:2]) == (run.name, ["text", "map"])
    assert header["words"] == list(run.corpus.vocabulary.words)
    assert (header["t"], header["n_steps"]) == (0, run.n_steps)
    assert np.array_equal(arrays["key_V"][-1], run.parameters(run.n_steps).V)
    t = run.n_steps // 2
    fine(report(at, "training", t=t, word=1))
    if config.architecture == "skip-gram":
        assert f"Center word: {run.corpus.vocabulary.words[1]}, at update {t:,}" in [e.value for e in at.text]
        frame = table(at, "the text says").set_index("word")
        now = said(run, run.parameters(t).V, run.parameters(t).U, (1,))
        ids = [run.corpus.vocabulary.words.index(w) for w in frame.index]
        assert sorted(ids) == list(range(run.plan.n_words))
        assert np.allclose(frame.iloc[:, 0], now[ids], rtol=1e-9)
        assert np.allclose(frame["the text says"], counted(run, (1,))[ids])


def test_tables_in_a_folded_box_are_made_when_it_is_opened() -> None:
    at = visit(Config(SMALL, epochs=2), "training")
    for page, box, columns in (
        ("training", "word_numbers_box", ["P now", "the text says"]),
        ("update", "every_vector_box", ["v1 before", "v1 after"]),
    ):
        go(at, page)
        assert not fine(at).dataframe, page
        assert len(table(open_menu(at, box), *columns)), page


def test_the_map_says_how_far_it_can_be_trusted() -> None:
    at = visit(Config(SMALL, dim=2, epochs=2), "training")
    assert "100 %" in texts(at)  # two dimensions fit on a map, whole
    wide = visit(Config(SMALL, dim=20, epochs=2), "training")
    (share,) = re.findall(r"keeps (\S+) %", texts(wide))
    run = latest_run(wide)
    V = run.parameters(0).V
    total = ((V - V.mean(axis=0)) ** 2).sum()
    best = (np.linalg.svd(V - V.mean(axis=0))[1][:2] ** 2).sum()  # no other picture of this moment keeps more
    assert 0 < float(share) <= 100 * best / total + 0.5


def test_t_sne_can_be_chosen_and_left() -> None:
    at = visit(Config(SMALL, epochs=2), "training")

    def sent() -> str:
        return str(sent_to(at, "w2v_layout")[0].json)

    def choose(begins: str) -> None:
        control = at.radio(key="map_kind")
        fine(control.set_value(next(o for o in control.options if o.startswith(begins))).run())

    assert '"layout": null' in sent()
    choose("A still")
    assert '"points"' in sent()
    assert sent().count("[") == 2 + latest_run(at).plan.n_words  # words, points, one pair for each word
    choose("One fixed")
    assert '"layout": null' in sent()


# --- models too large to animate ------------------------------------------------------------------------------


def test_a_model_too_large_to_animate_can_still_be_looked_at() -> None:
    text = " ".join(f"word{i}" for i in range(900))
    config = Config(text, dim=300, epochs=1, objective="negative", negatives=2)
    at = fine(visit(config, "training"))
    run = latest_run(at)
    assert not sent_to(at, "w2v_player")
    at.number_input(key="update_training").set_value(7).run()
    assert fine(at).query_params["t"] == "7"
    fine(go(at, "update"))
    assert at.number_input(key="update_update").value == 7
    open_menu(at, "every_vector_box")
    trace = run.step(7).traces[0]
    assert sorted(ledger(at)[1]["score"]) == sorted(trace.scores)
    assert len(table(at, "v1 before", "v300 after")) == 300  # of 900
    fine(go(at, "start"))


# --- Text and windows -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("config", [*GRID[::5], *CORNERS.values()], ids=[*map(name_of, GRID[::5]), *CORNERS])
def test_text_and_windows_shows_the_figures_of_its_text(config: Config) -> None:
    at = fine(visit(config))
    plan = Run(config).plan
    (card,) = [m.value for m in at.markdown if "** tokens" in m.value]
    shown = {name.rstrip("s"): value for value, name in re.findall(r"\*\*([\d,]+)\*\* (\w+)", card)}  # of one or many
    assert shown["token"] == f"{len(plan.corpus.tokens):,}"
    assert shown["word"] == f"{len(set(plan.corpus.vocabulary.words)):,}"
    assert shown["sentence"] == f"{len(plan.corpus.sentences):,}"
    examples_of = skip_gram if config.architecture == "skip-gram" else cbow
    if plan.static:
        n = sum(len(examples_of(w)) for w in cut_windows(plan.corpus, config.window))
        assert shown["example"] == f"{n:,}"
    assert at.text_area(key="pasted").value == config.text
    at.toggle(key="whole_matrix").set_value(True).run()
    assert len(fine(at).get("plotly_chart")) == 1


@pytest.mark.parametrize("key", PRESETS)
def test_every_preset_opens_on_every_page(key: str) -> None:
    at = fine(visit(page="text", preset=key, epochs="2"))
    assert at.text_area(key="pasted").value == PRESETS[key].text
    for page in PAGES:
        fine(go(at, page))
        assert page in ("start", "text", "lessons", "teach") or PRESETS[key].title in texts(at)
        assert problem(at) is None


@pytest.mark.parametrize("page", PAGES)
def test_a_link_to_a_page_is_the_first_visit_of_a_server(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit looks for the page among the files of a folder then, and one of those hands over to app.py."""
    usual, by_file = fine(visit(Config(SMALL, epochs=1), page)), script_runner._mpa_v1
    looked: list[str] = []
    monkeypatch.setattr(script_runner, "_mpa_v1", lambda main: (looked.append(main), by_file(main)))
    monkeypatch.setattr(app_test, "PagesManager", PagesManager)
    first = fine(visit(Config(SMALL, epochs=1), page))
    assert len(looked) == 1
    assert labels(first) == labels(usual)
    assert texts(first) == texts(usual) != ""
