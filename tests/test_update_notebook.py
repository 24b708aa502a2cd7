"""An update as a script and as a notebook: run where there is nothing but NumPy, they print the numbers of the run."""

import ast
import contextlib
import io
import json
import re
import runpy
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.parts.save import notebook as notebooks
from pages.parts.save.notebook import notebook, script, too_much
from tests.cases import ARCHITECTURES, BATCHINGS, OBJECTIVES, REDUCTIONS, texts
from tests.hostile import MARKUP
from w2v import PRESETS, Config, Run, Step, trace

ROYAL = PRESETS["royal"].text
LITERALS = {"text", "sentence", "words", "V", "U", "row_names", "examples"}
WITH_NUMPY_ALONE = """
import contextlib, importlib.util, io, json, runpy, sys

class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] not in {"numpy", *sys.stdlib_module_names}:
            raise ModuleNotFoundError(name)

sys.path.append(sys.argv[1])
sys.meta_path.insert(0, Nothing())
for name in ("scipy", "w2v"):
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        continue
    raise SystemExit(f"{name} is there")
said = []
for file in sys.argv[2:]:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        runpy.run_path(file)
    said.append(out.getvalue())
print(json.dumps(said))
"""


def run_alone(*files: Path) -> list[str]:
    """What each script prints under a Python that has NumPy and nothing else."""
    packages = Path(np.__file__).parent.parent
    command = [sys.executable, "-I", "-S", "-c", WITH_NUMPY_ALONE, str(packages), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, cwd=files[0].parent)
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout)
    return found


def run_here(file: Path) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        runpy.run_path(str(file))
    return out.getvalue()


def code_of(data: bytes) -> str:
    """All code of a notebook, in the order in which it is run."""
    found = nbformat.reads(data.decode(), as_version=4)
    nbformat.validate(found)
    return "\n".join([cell.source for cell in found.cells if cell.cell_type == "code"])


# --- what is printed ------------------------------------------------------------------------------------------


@dataclass
class Said:
    """What a script printed, as numbers.

    before, after : (name, P, error, gradient) of each row, and (name, P);  of an update of several examples, the loss,
                    P and (before) the gradient of h of each
    moved         : "v" or "u" and the name of a row -> the new vector
    """

    losses: list[float] = field(default_factory=list)
    grad_h: list[float] = field(default_factory=list)
    before: list[tuple[Any, ...]] = field(default_factory=list)
    moved: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    after: list[tuple[Any, ...]] = field(default_factory=list)


def read(out: str) -> Said:
    said, now = Said(), "before"
    for line in out.splitlines():
        if line.startswith("Center "):
            continue
        if line in ("What moved", "After"):
            now = line.lower().split()[-1]
        elif found := re.fullmatch(r"Before: loss (\S+) gradient of h (\[.*\])", line):
            said.losses.append(float(found[1]))
            said.grad_h = ast.literal_eval(found[2])
        elif found := re.fullmatch(r"loss (\S+)", line):
            said.losses.append(float(found[1]))
        elif found := re.fullmatch(r"([vu]) ('.*'|\".*\") (\[.*\])", line):
            said.moved[found[1], ast.literal_eval(found[2])] = ast.literal_eval(found[3])
        elif found := re.fullmatch(r"('.*'|\".*\") P (\S+) error (\S+) gradient (\[.*\])", line):
            said.before.append(tuple(map(ast.literal_eval, found.groups())))
        elif found := re.fullmatch(r"('.*'|\".*\") P (\S+)", line):
            said.after.append(tuple(map(ast.literal_eval, found.groups())))
        else:
            found = re.fullmatch(r"\S.* loss (\S+) P (\[.*?\])(?: gradient of h (\[.*\]))?", line)
            assert found, line
            one = (float(found[1]), ast.literal_eval(found[2]), ast.literal_eval(found[3] or "None"))
            (said.before if now == "before" else said.after).append(one)
    return said


def close(found: Any, wanted: Any) -> None:
    np.testing.assert_allclose(np.array(found, float), np.asarray(wanted), rtol=1e-12, atol=1e-12)


def check(run: Run, t: int, out: str) -> None:
    """Everything that was printed is what the run has."""
    step, said = run.step(t), read(out)
    words = run.corpus.vocabulary.words
    names = [run.plan.objective.row_name(row, words) for row in range(len(step.before.U))]
    again = [
        trace(step.after, one.example, run.plan.objective, run.plan.objective.draws_of(one.rows)) for one in step.traces
    ]
    if len(step.traces) == 1:
        ((one,), (later,)) = step.traces, again
        close(said.losses, [one.loss, later.loss])
        close(said.grad_h, one.grad_h)
        assert [row[0] for row in said.before] == [row[0] for row in said.after] == [names[i] for i in one.rows]
        close([row[1] for row in said.before], one.P)
        close([row[2] for row in said.before], one.error)
        close([row[3] for row in said.before], one.grad_U)
        close([row[1] for row in said.after], later.P)
    else:
        close([example[0] for example in said.before], [one.loss for one in step.traces])
        close([example[0] for example in said.after], [one.loss for one in again])
        for found, one in zip([*said.before, *said.after], [*step.traces, *again], strict=True):
            close(found[1], one.P)
        for found, one in zip(said.before, step.traces, strict=True):
            close(found[2], one.grad_h)
    check_moved(run, step, said, names)


def check_moved(run: Run, step: Step, said: Said, names: list[str]) -> None:
    wanted = {}
    for letter, old, new, of_rows in (
        ("v", step.before.V, step.after.V, run.corpus.vocabulary.words),
        ("u", step.before.U, step.after.U, names),
    ):
        if letter == "v" or not run.config.one_vector:
            wanted |= {(letter, of_rows[i]): new[i] for i in np.flatnonzero((old != new).any(axis=1))}
    assert list(said.moved) == list(wanted)
    for key, vector in wanted.items():
        close(said.moved[key], vector)


# --- they print what the run has ------------------------------------------------------------------------------

MODELS = [
    {"architecture": a, "objective": o, "batching": b, "one_vector": one}
    for a in ARCHITECTURES
    for o in OBJECTIVES
    for b in BATCHINGS
    for one in (False, True)
    if not (one and o == "hierarchical")
]


def test_every_kind_of_update_prints_the_same_where_there_is_numpy_alone(tmp_path: Path) -> None:
    runs = [Run(Config(ROYAL, epochs=1, **model)) for model in MODELS]
    files = []
    for number, run in enumerate(runs):
        t = run.n_steps // 2
        (tmp_path / f"{number}.py").write_bytes(script(run, t))
        (tmp_path / f"{number}_cells.py").write_text(code_of(notebook(run, t)), encoding="utf-8")
        files += [tmp_path / f"{number}.py", tmp_path / f"{number}_cells.py"]
    said = run_alone(*files)
    for number, run in enumerate(runs):
        assert said[2 * number] == said[2 * number + 1], "script and notebook print the same"
        check(run, run.n_steps // 2, said[2 * number])


@settings(max_examples=40)
@given(
    text=texts(),
    architecture=st.sampled_from(ARCHITECTURES),
    objective=st.sampled_from(OBJECTIVES),
    batching=st.sampled_from(BATCHINGS),
    reduction=st.sampled_from(REDUCTIONS),
    one_vector=st.booleans(),
    dynamic=st.booleans(),
    at=st.floats(0, 1),
)
def test_any_small_run_prints_its_numbers(
    tmp_path_factory: pytest.TempPathFactory, text: str, objective: str, one_vector: bool, dynamic: bool, at: float,
    **more: Any,
) -> None:  # fmt: skip
    one_vector = one_vector and objective != "hierarchical"
    kind = {"objective": objective, "one_vector": one_vector, "dynamic_window": dynamic, **more}
    run = Run(Config(text, dim=3, epochs=3, negatives=3, window=2, **kind))
    t = min(run.n_steps - 1, int(at * run.n_steps))
    file = tmp_path_factory.mktemp("update") / "update.py"
    file.write_bytes(script(run, t))
    check(run, t, run_here(file))


# --- they can be read -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=lambda model: "-".join(map(str, model.values())))
def test_without_its_numbers_a_script_has_fewer_than_sixty_lines(model: dict[str, Any]) -> None:
    run = Run(Config(ROYAL, epochs=1, **model))
    code = script(run, 3 % run.n_steps).decode()
    numbers = sum(
        node.end_lineno - node.lineno + 1
        for node in ast.parse(code).body
        if isinstance(node, ast.Assign) and isinstance(name := node.targets[0], ast.Name) and name.id in LITERALS
        if node.end_lineno
    )
    assert numbers > len(run.corpus.vocabulary)
    assert len([line for line in code.splitlines() if line]) - numbers < 60


def test_the_text_its_words_and_the_window_stand_in_it() -> None:
    run = Run(Config(ROYAL, epochs=1))
    tree = ast.parse(script(run, 13).decode())
    found = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        if node.targets[0].id in ("text", "words", "sentence")
    }
    assert found == {
        "text": ROYAL,
        "words": list(run.corpus.vocabulary.words),
        "sentence": ["the", "queen", "wears", "crowns"],
    }


def test_a_word_cannot_become_code_or_markdown(tmp_path: Path) -> None:
    evil = MARKUP + 'x"""\';1/0 \\ \u2028 zq\x0c ' + "a'b\"c " * 3
    run = Run(Config(evil, pretokenized=True, epochs=1))
    words = ["zq\n1/0", 'zq"""\r1/0\\', "zq\u20281/0", "zq'\ud800</script>", "zq\x0c1/0"]
    words += list(run.corpus.vocabulary.words)[len(words) :]
    object.__setattr__(run.corpus.vocabulary, "words", tuple(words))  # no text can have some of these
    (tmp_path / "evil.py").write_bytes(script(run, 2))
    said = read(run_here(tmp_path / "evil.py"))
    assert [row[0] for row in said.before] == words
    cells = nbformat.reads(notebook(run, 2).decode(), as_version=4).cells
    assert not [cell for cell in cells if cell.cell_type == "markdown" and "zq" in cell.source]
    assert len([cell for cell in cells if cell.cell_type == "markdown"]) == 4


def test_the_same_update_gives_the_same_files() -> None:
    run = Run(Config(ROYAL, epochs=1))
    assert (script(run, 3), notebook(run, 3)) == (script(run, 3), notebook(run, 3))


# --- what is too large ----------------------------------------------------------------------------------------


def test_what_cannot_be_written_out_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(Config(ROYAL, epochs=1))
    assert too_much(run, 3) is None
    full = Run(Config(ROYAL, epochs=1, batching="full"))
    monkeypatch.setattr(notebooks, "MOST_NUMBERS", 2 * 27 * 8)
    assert too_much(run, 3) is None
    said = "^This update has [0-9,]+ numbers, too many to write them all out: 432 fit[.]$"
    for make in (script, notebook):
        with pytest.raises(ValueError, match=said):
            make(full, 0)


def test_of_a_long_text_there_is_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(Config(ROYAL, epochs=1))
    monkeypatch.setattr(notebooks, "LONGEST_TEXT", 100)
    code = script(run, 13).decode()
    assert "bakes bread" not in code
    assert "sentence = ['the', 'queen', 'wears', 'crowns']" in code
