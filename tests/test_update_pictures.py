"""Four more views of an update: their records and sentences, lines that are run, pictures that are pointed at."""

import json
import re
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from pages.components import update_pictures as pictures
from pages.components.update_pictures.checking import NAMES, NONE, checking_record, choices
from pages.components.update_pictures.lines import MOST_EXAMPLES, as_text, numpy_lines
from pages.components.update_pictures.motion import motion_record
from pages.components.update_pictures.network import NEURONS, ROWS, network_record
from pages.drawing.glossary import explanations
from pages.drawing.numbers import number, percent
from pages.drawing.words import SHOWN_WORDS
from tests.browser import Server, open_page, wait_idle, wait_player
from tests.browsing import add_component, change_theme
from tests.cases import ARCHITECTURES, BATCHINGS, OBJECTIVES, same_bits
from tests.hostile import MARKUP
from tests.visitor import fine, latest_run, sent_to, visit
from w2v import PRESETS, Config, Run, Step, prediction
from w2v.explain.gradient_check import MISTAKES
from w2v.explain.push_pull import push_pull

ROYAL = PRESETS["royal"].text
LARGE = " ".join(f"word{i % 997:03d} word{(i * i) % 991:03d}" for i in range(300))
VIEWS = list(pictures.VIEWS)
by_model = pytest.mark.parametrize(("architecture", "objective"), [(a, o) for a in ARCHITECTURES for o in OBJECTIVES])


def small(**settings: Any) -> Run:
    return Run(Config(**{"text": ROYAL, "epochs": 2, **settings}))


def some_steps(run: Run, n: int = 6) -> Iterator[Step]:
    for t in np.unique(np.linspace(0, run.n_steps - 1, n).astype(int)):
        yield run.step(int(t))


# --- the lines of NumPy ---------------------------------------------------------------------------------------


def examples_of(run: Run, step: Step) -> list[tuple[Any, ...]]:
    """The examples of an update as the lines take them, where there are too many to write them out."""
    found: list[tuple[Any, ...]] = []
    for trace in step.traces:
        inputs = list(trace.example.inputs) if run.config.architecture == "cbow" else trace.example.inputs[0]
        rows, y = trace.rows.tolist(), trace.labels.astype(int)
        parts = {"softmax": (trace.example.target,), "negative": (rows,), "hierarchical": (rows, y)}
        found.append((inputs, *parts[run.config.objective]))
    return found


def run_lines(run: Run, step: Step, text: str, folder: Path) -> dict[str, Any]:
    """Run exactly the text that is shown, on copies of V and U."""
    file = folder / "lines.py"
    file.write_text(text, encoding="utf-8")
    given: dict[str, Any] = {"np": np, "V": step.before.V.copy(), "U": step.before.U.copy()}
    if len(step.traces) > MOST_EXAMPLES:
        given["examples"] = examples_of(run, step)
    return runpy.run_path(str(file), init_globals=given)


@by_model
@pytest.mark.parametrize("batching", BATCHINGS)
@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_the_lines_do_the_update_to_the_last_bit(
    architecture: str, objective: str, batching: str, reduction: str, tmp_path: Path
) -> None:
    run = small(architecture=architecture, objective=objective, batching=batching, reduction=reduction)
    for step in some_steps(run):
        trace = step.traces[-1]
        text = as_text(numpy_lines(run, step, trace))
        done = run_lines(run, step, text, tmp_path)
        assert same_bits(done["U_new"], step.after.U), text
        assert same_bits(done["V_new"], step.after.V), text
        assert same_bits(done["V"], step.before.V)
        assert same_bits(done["U"], step.before.U)
        # what the last example left behind is what its trace says
        assert done["loss"] == pytest.approx(trace.loss, rel=1e-12)
        assert same_bits(done["P"], trace.P)
        assert same_bits(np.asarray(done["error"]), trace.error)
        assert same_bits(done["grad_h"], trace.grad_h)


@by_model
def test_wide_windows_and_many_draws_still_run(architecture: str, objective: str, tmp_path: Path) -> None:
    text = "\n".join(" ".join(f"w{(i * k) % 23}" for i in range(40)) for k in (3, 5, 7))
    run = Run(Config(text, architecture=architecture, objective=objective, window=20, negatives=50, epochs=1))  # type: ignore[arg-type]
    for step in some_steps(run):
        code = as_text(numpy_lines(run, step, step.traces[0]))
        done = run_lines(run, step, code, tmp_path)
        assert same_bits(done["U_new"], step.after.U)
        assert same_bits(done["V_new"], step.after.V)
        assert max(len(line.split("  #")[0]) for line in code.split("\n")) <= 80


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("objective", ["softmax", "negative"])
@pytest.mark.parametrize("batching", ["pair", "window"])
def test_with_one_vector_per_word_the_lines_write_into_one_matrix(
    architecture: str, objective: str, batching: str, tmp_path: Path
) -> None:
    run = small(architecture=architecture, objective=objective, batching=batching, one_vector=True)
    for step in some_steps(run):
        text = as_text(numpy_lines(run, step, step.traces[-1]))
        done = run_lines(run, step, text, tmp_path)
        assert done["V_new"] is done["U_new"], text
        assert same_bits(done["V_new"], step.after.V), text
        assert same_bits(done["V"], step.before.V)
        assert same_bits(done["U"], step.before.V)


def test_the_values_beside_the_lines_are_those_of_the_update() -> None:
    run = small()
    step = run.step(70)
    (trace,) = step.traces
    said = {line.code: line.said for line in numpy_lines(run, step, trace)}
    words = run.corpus.vocabulary.words
    assert said[f"c = {trace.example.inputs[0]}"] == f"input: {words[trace.example.inputs[0]]}"
    assert said[f"o, rate = {trace.example.target}, {step.learning_rate!r}"] == f"predict {words[trace.example.target]}"
    assert said["h = V[c]"].startswith(f"(8,)  {number(float(trace.h[0]))} {number(float(trace.h[1]))} ")
    assert percent(float(trace.P[trace.example.target])) in said["P = weights / weights.sum()"]
    assert said["loss = np.log(weights.sum()) - shifted[o]"] == f"{number(trace.loss)} nats"
    assert number(float(step.after.V[trace.example.inputs[0], 0])) in said["V_new[c] -= rate * grad_h"]


def test_a_word_cannot_break_out_of_its_comment(tmp_path: Path) -> None:
    run = small()
    step = run.step(70)
    evil = 'a\n1/0\r1/0\x0c1/0\u2028\'"""\\'
    object.__setattr__(run.corpus.vocabulary, "words", (evil,) * run.plan.n_words)  # no text can have such words
    text = as_text(numpy_lines(run, step, step.traces[0]))
    assert same_bits(run_lines(run, step, text, tmp_path)["U_new"], step.after.U)


# --- the network ----------------------------------------------------------------------------------------------


@by_model
@pytest.mark.parametrize("batching", ["pair", "window"])
def test_the_network_shows_the_numbers_of_the_update(architecture: str, objective: str, batching: str) -> None:
    run = small(architecture=architecture, objective=objective, batching=batching, window=3)
    words = run.corpus.vocabulary.words
    for step in some_steps(run):
        trace = step.traces[-1]
        record = network_record(run, step, trace)
        assert json.loads(json.dumps(record, allow_nan=False)) == record
        assert record["h"]["before"] == trace.h.tolist()
        assert [i["id"] for i in record["inputs"]] == sorted({i["id"] for i in record["inputs"]})
        assert {i["id"] for i in record["inputs"] if i["times"]} == set(trace.example.inputs[:8])
        for one in record["inputs"]:
            assert one["word"] == words[one["id"]]
            assert one["before"] == step.before.V[one["id"]].tolist()
            assert one["after"] == step.after.V[one["id"]].tolist()
            assert one["changed"] == (one["before"] != one["after"])
            assert one["times"] == trace.example.inputs.count(one["id"])
        h_after = np.mean(step.after.V[list(trace.example.inputs)], axis=0)
        np.testing.assert_allclose(record["h"]["after"], h_after, rtol=1e-12)
        for one in record["outputs"]:
            place = int(np.flatnonzero(trace.rows == one["row"])[0])
            assert (one["before"]["u"], one["after"]["u"]) == (
                step.before.U[one["row"]].tolist(),
                step.after.U[one["row"]].tolist(),
            )
            assert (one["before"]["score"], one["before"]["P"]) == (trace.scores[place], trace.P[place])
            assert one["y"] == trace.labels[place]
            assert one["before"]["error"] == pytest.approx(trace.error[trace.rows == one["row"]].sum())
            assert one["after"]["score"] == pytest.approx(float(step.after.U[one["row"]] @ h_after), rel=1e-9)
        targets = [one["row"] for one in record["outputs"] if one["role"] == "target"]
        assert targets == ([] if objective == "hierarchical" else [trace.example.target])
        assert {one["role"] for one in record["outputs"]} <= {"target", "drawn" if objective == "negative" else ""}


@by_model
def test_the_sentence_under_the_network_has_the_probabilities(architecture: str, objective: str) -> None:
    run = small(architecture=architecture, objective=objective)
    step = run.step(50)
    (trace,) = step.traces
    said = network_record(run, step, trace)["said"]
    target, model = trace.example.target, run.plan.objective
    before, after = (
        percent(float(prediction(p, trace.example.inputs, model)[target])) for p in (step.before, step.after)
    )
    assert f"\u201c{run.corpus.vocabulary.words[target]}\u201d" in said
    assert before in said
    assert after in said
    assert "no activation" in said
    assert said.count(".") - len(re.findall(r"\d\.\d", said)) == 1, "one sentence"


@by_model
def test_of_a_large_model_those_concerned_most_are_drawn(architecture: str, objective: str) -> None:
    run = Run(Config(LARGE, architecture=architecture, objective=objective, dim=40, epochs=1, window=8, negatives=30))  # type: ignore[arg-type]
    step = run.step(100)
    (trace,) = step.traces
    record = network_record(run, step, trace)
    assert len(record["inputs"]) == ROWS
    assert len(record["outputs"]) <= ROWS
    assert len(record["hidden"]) == NEURONS
    shown = np.abs(trace.h[record["hidden"]])
    assert shown.min() >= np.sort(np.abs(trace.h))[-NEURONS]
    assert f"{NEURONS} of 40 neurons" in record["note"]
    assert f"{ROWS} of {run.plan.n_words:,} " in record["note"]
    if objective == "softmax":
        rows = {one["row"] for one in record["outputs"]}
        assert {trace.example.target, int(np.argmax(trace.error))} <= rows
    assert len(json.dumps(record)) < 40_000


# --- push and pull --------------------------------------------------------------------------------------------


@by_model
@pytest.mark.parametrize("dim", [1, 2, 8])
def test_the_arrows_are_the_steps_in_the_plane(architecture: str, objective: str, dim: int) -> None:
    run = small(architecture=architecture, objective=objective, dim=dim)
    for step in some_steps(run):
        (trace,) = step.traces
        record = motion_record(run, step, trace)
        json.dumps(record, allow_nan=False)
        plane = push_pull(step, trace).plane
        assert len(record["points"]) == len(step.before.U)
        for one in record["points"]:
            row = one["row"]
            np.testing.assert_allclose([one["x"], one["y"]], plane(step.before.U[row]), atol=1e-12)
            np.testing.assert_allclose(
                [one["x"] + one["dx"], one["y"] + one["dy"]], plane(step.after.U[row]), atol=1e-12
            )
            assert (one["role"] == "still") == (row not in trace.rows)
        for one in record["inputs"]:
            np.testing.assert_allclose(
                [one["x"] + one["dx"], one["y"] + one["dy"]], plane(step.after.V[one["id"]]), atol=1e-12
            )
        np.testing.assert_allclose(record["h"], plane(trace.h), atol=1e-12)
        if dim == 2:
            assert record["note"].startswith("Exact")
            np.testing.assert_array_equal(record["h"], trace.h)
        if dim == 8:
            np.testing.assert_allclose(record["h"], [np.linalg.norm(trace.h), 0], atol=1e-12)
            assert percent(float(plane.explained.sum())) in record["note"]
            assert all(abs(one["dy"]) < 1e-12 for one in record["points"]), "every u moves along h"


def test_small_steps_are_drawn_larger_and_the_picture_says_by_how_much() -> None:
    for rate in (1e-3, 0.2, 5.0):
        run = small(learning_rate=rate, epochs=1)
        record = motion_record(run, run.step(3), run.step(3).traces[0])
        points = np.array([[p["x"], p["y"]] for p in record["points"] + record["inputs"]] + [record["h"], [0, 0]])
        extent = np.ptp(points, axis=0).max()
        pulls = [np.hypot(p["dx"], p["dy"]) for p in record["points"] + record["inputs"] if p.get("error", -1) < 0]
        pushes = [np.hypot(p["dx"], p["dy"]) for p in record["points"] if p["error"] > 0]
        assert record["factor"] * max(pulls) <= max(0.3 * extent, max(pulls)) * (1 + 1e-9)
        assert record["push_factor"] >= record["factor"] >= 1
        if record["push_factor"] > record["factor"]:
            assert record["push_factor"] * max(pushes) <= 0.12 * extent * (1 + 1e-9)
        for factor in {record["factor"], record["push_factor"]} - {1}:
            assert f"{factor:,.0f} times" in record["note"]


def test_the_sentence_says_what_moves_and_whether_the_centroid_rests() -> None:
    ends = {
        "softmax": ("but for rounding.", "does not move at all."),
        "negative": ("full softmax would never let it.",),
    }
    for objective, end in ends.items():
        run = small(objective=objective)
        step = run.step(60)
        (trace,) = step.traces
        record = motion_record(run, step, trace)
        moved = push_pull(step, trace)
        at = int(np.flatnonzero(moved.rows == trace.example.target)[0])
        pulled = number(float(np.linalg.norm(moved.steps_U[at])))
        name = run.corpus.vocabulary.words[trace.example.target]
        assert record["said"].startswith(f"\u201c{name}\u201d is pulled towards h by {pulled}")
        assert record["said"].endswith(end)
        drift = float(np.linalg.norm(moved.drift))
        assert drift == 0 or number(drift) in record["said"]
        assert record["centroid"]["drift"] == drift


def test_of_many_vectors_some_are_drawn_and_the_picture_says_so() -> None:
    run = Run(Config(LARGE, epochs=1))
    step = run.step(5)
    record = motion_record(run, step, step.traces[0])
    assert len(record["points"]) == SHOWN_WORDS < run.plan.n_words
    assert f"{SHOWN_WORDS} of {run.plan.n_words:,} vectors" in record["note"]
    assert record["points"][0]["row"] == step.traces[0].example.target


def test_with_one_vector_per_word_an_input_has_two_arrows_and_takes_both_steps() -> None:
    run = small(one_vector=True, dim=2)
    for step in some_steps(run):
        (trace,) = step.traces
        record = motion_record(run, step, trace)
        (center,) = record["inputs"]
        both = [sum(one[d] for one in (center, *record["points"]) if one["id"] == center["id"]) for d in ("dx", "dy")]
        moved = step.after.V - step.before.V
        np.testing.assert_allclose(both, moved[center["id"]], atol=1e-12)
        for one in record["points"]:
            if one["id"] != center["id"]:
                np.testing.assert_allclose([one["dx"], one["dy"]], moved[one["id"]], atol=1e-12)
        assert record["note"].endswith("an input takes both its steps")
        assert record["said"].endswith("since the input's vector is in it and takes both steps.")


# --- the gradient check ---------------------------------------------------------------------------------------


@by_model
def test_the_check_passes_and_each_mistake_shows(architecture: str, objective: str) -> None:
    run = small(architecture=architecture, objective=objective)
    assert set(NAMES) == {NONE, *MISTAKES}
    step = next(s for s in map(run.step, range(20, run.n_steps)) if 0 in s.traces[0].labels and 1 in s.traces[0].labels)
    (trace,) = step.traces
    offered = choices(run.config)
    assert offered[0] == NONE
    assert ("share" in offered) == (architecture == "cbow")
    assert ("repeat" in offered) == (architecture == "cbow" or objective == "negative")
    assert "place" not in offered
    for mistake in offered:
        record = checking_record(run, step, trace, mistake)
        json.dumps(record, allow_nan=False)
        difference = np.abs(np.subtract(record["analytic"], record["numeric"]))
        assert record["difference"] == difference.tolist()
        assert record["worst"] == difference.argmax()
        assert number(float(difference.max())) in record["said"]
        if mistake == NONE:
            assert record["passed"]
            assert record["said"].startswith("The check passes")
        elif mistake != "repeat":
            assert not record["passed"]
            assert record["said"].startswith(f"The check fails: {(difference > record['allowed']).sum()} of ")
        elif record["passed"]:
            assert record["said"].startswith("This mistake changes nothing here")


def test_with_one_vector_the_mistake_to_make_is_to_forget_its_other_place() -> None:
    run = small(one_vector=True)
    assert "place" in choices(run.config)
    step = run.step(30)
    assert not checking_record(run, step, step.traces[0], "place")["passed"]


def test_every_entry_has_a_name() -> None:
    run = small(objective="hierarchical", architecture="cbow")
    step = run.step(30)
    record = checking_record(run, step, step.traces[0], NONE)
    for matrix, row in zip(record["matrix"], record["row"]):
        name = record["names"][f"{matrix}-{row}"]
        assert name == (f"u of node {row}" if matrix else f"v of \u201c{run.corpus.vocabulary.words[row]}\u201d")


# --- on the page ----------------------------------------------------------------------------------------------


def drawn(at: Any) -> dict[str, Any]:
    """The record that the pictures' component was given."""
    (sent,) = sent_to(at, "w2v_update_pictures")
    return dict(json.loads(sent.json))


@by_model
def test_every_view_can_be_chosen(architecture: str, objective: str) -> None:
    at = fine(visit(Config(ROYAL, architecture=architecture, objective=objective, epochs=2), "update", t="40"))  # type: ignore[arg-type]
    run = latest_run(at)
    step = run.step(40)
    (trace,) = step.traces
    assert drawn(at) == network_record(run, step, trace)
    assert at.radio(key="update_picture").options == VIEWS
    fine(at.radio(key="update_picture").set_value(pictures.MOTION).run())
    assert drawn(at) == motion_record(run, step, trace)
    fine(at.radio(key="update_picture").set_value(pictures.CHECK).run())
    assert drawn(at) == checking_record(run, step, trace, NONE)
    fine(at.selectbox(key="broken_gradient").set_value("sign").run())
    assert drawn(at) == checking_record(run, step, trace, "sign")
    assert not drawn(at)["passed"]
    fine(at.radio(key="update_picture").set_value(pictures.LINES).run())
    assert at.get("bidi_component")[-1].proto.component_name != "w2v_update_pictures"
    assert at.code[-1].value == as_text(numpy_lines(run, step, trace))


def test_several_examples_are_said_to_be_several() -> None:
    at = fine(visit(Config(ROYAL, batching="window", epochs=2), "update", t="10"))
    assert any("of this update" in c.value for c in at.caption)


def test_hostile_words_are_data_on_the_page() -> None:
    at = fine(visit(Config(MARKUP * 2, epochs=1, objective="negative"), "update", t="9"))
    ours = " ".join(explanations("").values())  # every page lists the terms it explains
    words = [w for w in latest_run(at).corpus.vocabulary.words if w not in ours]
    assert {"constructor", "script"} & set(words)
    for view in VIEWS:
        fine(at.radio(key="update_picture").set_value(view).run())
        markdown = " ".join(str(e.value) for kind in (at.markdown, at.caption) for e in kind)
        assert not [w for w in words if len(w) > 3 and re.search(rf"\b{re.escape(w)}\b", markdown)]
        assert not re.search(
            r"[\u202a-\u202e\u2066-\u2069]", at.code[-1].value if view == pictures.LINES else str(drawn(at))
        )


# --- in a browser ---------------------------------------------------------------------------------------------

MOUNT = """([record, style, theme]) => {
    let host = document.querySelector("main");
    if (!host) {
        document.body.style.margin = "0";
        host = document.body.appendChild(document.createElement("main"));
        host.attachShadow({mode: "open"}).append(document.createElement("style"));
        host.shadowRoot.firstChild.textContent = style;
        window.lights = [];
        window.addEventListener("w2v-light", (event) => window.lights.push(event.detail.word));
    }
    const [text, ground] = theme === "dark" ? ["#EEF2F6", "#0E131A"] : ["#0E1720", "#FFFFFF"];
    host.style.cssText = `display: block; background: ${ground}; --st-text-color: ${text}`;
    host.style.setProperty("--st-background-color", ground);
    window.unmount = window.mountPictures({data: record, parentElement: host.shadowRoot});
}"""


@pytest.fixture
def mount(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Call it with a record for an empty page with the picture; with a page as well, to send it another record."""
    contexts = []
    errors: list[str] = []

    def open_picture(record: Any, page: Page | None = None, theme: str = "light", **options: Any) -> Page:
        if page is None:
            context = browser.new_context(**{"viewport": {"width": 1200, "height": 900}, **options})
            contexts.append(context)
            context.on("weberror", lambda error: errors.append(str(error.error)))
            page = context.new_page()
            add_component(page, pictures.VIEW, "mountPictures")
        page.evaluate(MOUNT, [record, pictures.VIEW.style, theme])
        page.wait_for_function("() => document.querySelector('main').shadowRoot.querySelector('[data-moving=false]')")
        return page

    yield open_picture
    for context in contexts:
        context.close()
    assert errors == []


def ask(page: Page, expression: str, argument: object = None) -> Any:
    """Evaluate an expression of `p`, the picture, `e`, its outermost element, and `x`."""
    return page.locator(".w2v-pictures").evaluate(
        f"(e, x) => {{ const p = e.picture; return {expression}; }}", argument
    )


TEXTS = """(() => {
    const pen = p.canvas.getContext("2d");
    return p.shown.filter((s) => s.type === "text" && s.text && (s.alpha ?? 1) > 0).map((s) => {
        pen.font = s.font;
        const w = pen.measureText(s.text).width;
        const left = s.align === "right" ? s.x - w : s.align === "center" ? s.x - w / 2 : s.x;
        return { key: s.key, text: s.text, left, right: left + w, top: s.y - 8, bottom: s.y + 8,
            px: parseFloat(s.font.match(/([\\d.]+)px/)[1]) };
    });
})()"""


def overlaps(boxes: list[dict[str, Any]]) -> list[str]:
    """Pairs of texts that stand on each other by more than a pixel."""
    return [
        f"{a['text']} over {b['text']}"
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if min(a["right"], b["right"]) - max(a["left"], b["left"]) > 1
        and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > 1
    ]


def told(page: Page) -> str:
    return page.locator('[data-role="told"]').inner_text()


def records(**settings: Any) -> dict[str, dict[str, Any]]:
    run = small(**settings)
    step = run.step(40)
    trace = step.traces[0]
    return {
        "network": network_record(run, step, trace),
        "motion": motion_record(run, step, trace),
        "checking": checking_record(run, step, trace, NONE),
        "broken": checking_record(run, step, trace, "expected"),
    }


@pytest.mark.browser
@pytest.mark.parametrize(
    "settings", [{}, {"architecture": "cbow", "objective": "negative"}, {"objective": "hierarchical"}]
)
def test_pictures_are_whole_at_every_size_and_in_both_themes(
    mount: Callable[..., Page], settings: dict[str, Any]
) -> None:
    page = None
    for kind, record in records(**settings).items():
        for width in (328, 864, 1280):
            for theme in ("light", "dark"):
                if page is not None:  # each begins anew, at its size and in its theme
                    page.evaluate("window.unmount()")
                    page.set_viewport_size({"width": width, "height": 900})
                page = mount(record, page, theme, viewport={"width": width, "height": 900})
                worn, texts, paper = ask(page, f"[e.dataset.theme, {TEXTS}, [p.size.width, p.size.height]]")
                assert worn == theme
                assert len(texts) > 3
                assert paper[0] == width
                for one in texts:
                    where = f"{kind} {width} {one}"
                    assert one["px"] >= 13, where
                    assert one["left"] >= -1, where
                    assert one["right"] <= paper[0] + 1, where
                    assert one["top"] >= -2, where
                    assert one["bottom"] <= paper[1] + 2, where
                assert overlaps(texts) == [], f"{kind} {width}"


# The texts of the picture with each of these records, which is sent to it when it has come to rest with the one before.
TEXTS_OF_EACH = f"""async (records) => {{
    const root = document.querySelector("main").shadowRoot;
    const found = [];
    for (const record of records) {{
        window.mountPictures({{data: record, parentElement: root}});
        const e = root.querySelector(".w2v-pictures");
        while (e.dataset.moving !== "false") await new Promise(requestAnimationFrame);
        const p = e.picture;
        found.push({TEXTS});
    }}
    return found;
}}"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [328, 864])
@pytest.mark.parametrize("settings", [{}, {"dim": 2}, {"architecture": "cbow", "objective": "negative"}])
def test_no_name_stands_on_another_in_any_update(
    mount: Callable[..., Page], settings: dict[str, Any], width: int
) -> None:
    run = small(**settings)
    steps = list(some_steps(run, 30))
    records = [motion_record(run, step, step.traces[0]) for step in steps]
    options = {"viewport": {"width": width, "height": 900}, "reduced_motion": "reduce"}  # at once in its place
    drawn = mount(records[0], **options).evaluate(TEXTS_OF_EACH, records)
    for step, boxes in zip(steps, drawn, strict=True):
        assert overlaps(boxes) == [], f"update {step.index}"
        assert any(b["key"] == "centroid-name" for b in boxes)
    assert sum(map(len, drawn)) > 30 * 6


@pytest.mark.browser
def test_the_sentence_is_the_alternative_text(mount: Callable[..., Page]) -> None:
    page = None
    for record in records().values():
        page = mount(record, page)
        picture = page.locator('[data-role="picture"]')
        assert picture.get_attribute("role") == "img"
        assert picture.get_attribute("aria-label") == record["said"]
        assert page.locator('[data-role="readout"]').inner_text() == record["said"]
        assert page.locator('[data-role="note"]').inner_text() == record["note"]
    assert page is not None
    assert page.locator(".w2v-pictures").count() == 1
    assert page.locator('[data-role="verdict"]').inner_text().startswith("\u2717 Wrong")
    page.evaluate("window.unmount()")
    assert page.locator(".w2v-pictures").count() == 0


@pytest.mark.browser
def test_keys_reach_every_neuron_and_light_its_word(mount: Callable[..., Page]) -> None:
    record = records()["network"]
    page = mount(record)
    page.keyboard.press("Tab")  # before and after are reached first
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert ask(page, "e.getRootNode().activeElement === p.canvas")
    seen = []
    for _ in record["inputs"]:
        page.keyboard.press("ArrowDown")
        seen.append(ask(page, "e.dataset.active"))
    assert seen == [f"in-{one['id']}" for one in record["inputs"]]
    assert page.evaluate("window.lights") == [one["id"] for one in record["inputs"]]
    page.keyboard.press("ArrowRight")
    assert ask(page, "e.dataset.active").startswith("h-")
    assert page.evaluate("window.lights").pop() is None
    page.keyboard.press("Home")
    assert told(page).startswith("h1 = ")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    last = record["outputs"][-1]
    assert ask(page, "e.dataset.active") == f"out-{last['row']}"
    assert told(page).startswith(f"{last['word']}: score u · h = ")
    assert page.evaluate("window.lights").pop() == last["id"]
    page.keyboard.press("Escape")
    assert ask(page, "e.dataset.active") == ""


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["network", "motion", "checking"])
def test_a_word_lit_elsewhere_is_lit_here_and_not_sent_back(mount: Callable[..., Page], kind: str) -> None:
    record = records()[kind]
    page = mount(record)
    word = (
        record["inputs"][3]["id"]
        if kind == "network"
        else record["inputs"][0]["id"]
        if kind == "motion"
        else record["row"][0]
    )
    before = ask(page, "JSON.stringify(p.shown)")
    page.evaluate("word => dispatchEvent(new CustomEvent('w2v-light', { detail: { word } }))", word)
    assert ask(page, "p.things.filter((t) => p.isLit(t)).every((t) => t.word === x)", word)
    assert ask(page, "p.things.some((t) => p.isLit(t))")
    assert ask(page, "JSON.stringify(p.shown)") != before
    assert page.evaluate("window.lights") == [word]
    page.evaluate("dispatchEvent(new CustomEvent('w2v-light', { detail: { word: null } }))")
    assert ask(page, "JSON.stringify(p.shown)") == before


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["network", "motion", "checking"])
def test_pointing_shows_numbers(mount: Callable[..., Page], kind: str) -> None:
    page = mount(records()[kind])
    hint = told(page)
    box = page.locator("canvas").bounding_box()
    assert box is not None
    for thing in ask(page, "p.things.slice(0, 40).map(({ key, x, y }) => ({ key, x, y }))")[::7]:
        page.mouse.move(box["x"] + thing["x"], box["y"] + thing["y"])
        reached = ask(page, "p.thing(e.dataset.active)")
        assert abs(reached["x"] - thing["x"]) < 3  # two points may lie on each other
        assert told(page) == reached["say"] != hint
    page.mouse.move(0, 0)
    page.locator("canvas").dispatch_event("pointerleave")
    assert told(page) == hint


@pytest.mark.browser
def test_before_and_after_move_the_weights(mount: Callable[..., Page]) -> None:
    record = records()["network"]
    page = mount(record)
    target = next(one for one in record["outputs"] if one["role"] == "target")

    def shown() -> str:
        return str(ask(page, "p.shown.find((s) => s.key === x).text", f"out-{target['row']}-P"))

    before = shown()
    page.get_by_role("button", name="After").click()
    page.wait_for_function(
        "() => document.querySelector('main').shadowRoot.querySelector('[data-moving=false][data-moment=after]')"
    )
    assert page.get_by_role("button", name="After").get_attribute("aria-pressed") == "true"
    after = shown()
    assert (before, after) == tuple(percent(target[m]["P"]).replace(" ", "\u00a0") for m in ("before", "after"))
    assert before != after
    widths = ask(page, "p.shown.filter((s) => s.key.startsWith('v-')).map((s) => s.width)")
    page.get_by_role("button", name="Before").click()
    page.wait_for_function(
        "() => document.querySelector('main').shadowRoot.querySelector('[data-moving=false][data-moment=before]')"
    )
    assert widths != ask(page, "p.shown.filter((s) => s.key.startsWith('v-')).map((s) => s.width)")


@pytest.mark.browser
@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_next_update_moves_there_unless_calm_is_wanted(mount: Callable[..., Page], motion: str) -> None:
    run = small()
    first, second = (motion_record(run, run.step(t), run.step(t).traces[0]) for t in (40, 42))
    page = mount(first, reduced_motion=motion)
    at = ask(page, "JSON.stringify(p.shown)")
    moving = page.evaluate(
        """([record, style]) => {
            const root = document.querySelector("main").shadowRoot;
            const {picture} = root.querySelector(".w2v-pictures");
            window.mountPictures({data: record, parentElement: root});
            return [picture.root.dataset.moving, JSON.stringify(picture.shown)];
        }""",
        [second, ""],
    )
    assert moving[0] == ("true" if motion == "no-preference" else "false")
    assert (moving[1] == at) == (motion == "no-preference")
    page.wait_for_function("() => document.querySelector('main').shadowRoot.querySelector('[data-moving=false]')")
    assert ask(page, "JSON.stringify(p.shown) === JSON.stringify(p.target.shapes)")
    assert ask(page, "JSON.stringify(p.shown)") != at


@pytest.mark.browser
def test_hostile_words_are_only_letters(mount: Callable[..., Page]) -> None:
    evil = "<img src=x onerror=window.hit=1>"
    for kind, record in records().items():
        hostile = json.loads(json.dumps(record))
        for one in [*hostile.get("inputs", []), *hostile.get("outputs", []), *hostile.get("points", [])]:
            one["word"] = evil
        for name in hostile.get("names", {}):
            hostile["names"][name] = evil
        hostile["said"] = hostile["note"] = evil
        page = mount(hostile)
        page.locator("canvas").focus()
        page.keyboard.press("ArrowDown")
        assert evil in told(page), kind
        assert page.locator(".w2v-pictures img").count() == 0
        assert page.evaluate("window.hit") is None
        page.context.close()


@pytest.mark.browser
def test_the_views_on_the_page(new_page: Callable[..., Page], app_server: Server) -> None:
    page = new_page(color_scheme="dark", viewport={"width": 1024, "height": 768})
    open_page(page, f"{app_server.url}/update?preset=royal&t=70")
    wait_player(page)
    run = Run(Config(ROYAL))
    step = run.step(70)
    (trace,) = step.traces
    picture = page.locator('.w2v-pictures [data-role="picture"]')
    choice = page.locator(".st-key-update_picture")
    for theme in ("dark", "light"):
        change_theme(page, theme)
        choice.get_by_text("Network", exact=True).click()
        expect(picture).to_have_attribute("aria-label", network_record(run, step, trace)["said"])
        expect(page.locator(".w2v-pictures")).to_have_attribute("data-theme", theme)
        choice.get_by_text("Push and pull", exact=True).click()
        expect(picture).to_have_attribute("aria-label", motion_record(run, step, trace)["said"])
        choice.get_by_text("Gradient check", exact=True).click()
        expect(page.locator('[data-role="verdict"]')).to_have_text("\u2713 Right")
    page.locator(".st-key-broken_gradient").get_by_role("combobox").click()
    page.get_by_role("option", name=re.compile("wrong sign")).click()
    expect(page.locator('[data-role="verdict"]')).to_have_text(re.compile("Wrong"))
    expect(picture).to_have_attribute("aria-label", checking_record(run, step, trace, "sign")["said"])
    choice.get_by_text("NumPy lines", exact=True).click()
    wait_idle(page)
    code = page.get_by_test_id("stCode").last
    expect(code).to_contain_text("grad_h = error @ U")
    assert page.locator(".w2v-pictures").count() == 0
