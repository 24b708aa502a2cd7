"""The JavaScript of the player and of the windows, tested by node's own test runner: one test here for each there.

Their numbers come from outside: worked out by hand, finite differences, and the trainer's own for the whole runs
that are packed here.
"""

import json
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pages.components.packing import pack
from pages.components.player.record import run_record
from tests.room import Room
from w2v import Config, Run, count_pairs
from w2v.objectives import OBJECTIVES

HERE = Path(__file__).parent
FILES = sorted((HERE / "js").glob("*.test.js"))
TITLE = re.compile(r'^ *test\([`"](.+)[`"], ', re.MULTILINE)
NO_NODE = (
    "No node for the tests of the JavaScript: install Node.js 18.15 or newer (Debian and Ubuntu: apt install nodejs)."
)
TEXT = "The king wears a crown. The queen wears a crown. A man, a man and the king eat bread. Queen man queen."
CONFIGS = {
    "skip-gram-softmax": {},
    "skip-gram-negative": {"objective": "negative", "negatives": 3},
    "skip-gram-hierarchical": {"objective": "hierarchical"},
    "cbow-softmax": {"architecture": "cbow"},
    "cbow-negative": {"architecture": "cbow", "objective": "negative", "negatives": 3},
    "cbow-hierarchical": {"architecture": "cbow", "objective": "hierarchical"},
    "window": {"batching": "window", "decay": False},
    "minibatch": {"batching": "minibatch", "batch_size": 7, "reduction": "sum", "learning_rate": 0.02},
    "drawn": {"dynamic_window": True, "subsample": 0.05, "objective": "negative"},
    "one-vector": {"one_vector": True},
    "one-vector-cbow-negative": {"one_vector": True, "architecture": "cbow", "objective": "negative"},
    "one-vector-minibatch": {"one_vector": True, "batching": "minibatch", "batch_size": 7},
}  # name -> settings


def titles() -> list[tuple[str, str]]:
    """(file, title) of every test, as it stands in the source; ${...} of a title is left open."""
    return [(file.name, title) for file in FILES for title in TITLE.findall(file.read_text(encoding="utf-8"))]


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory, room: Room | None) -> str:
    """What node's test runner says of all files, in TAP."""
    told = tmp_path_factory.getbasetemp().parent / "javascript.tap"
    if room is None:
        return what_node_says(tmp_path_factory.mktemp("records"))
    with room.one_after_another("javascript"):  # whoever comes first asks for all processes of this run
        if not told.exists():
            told.write_text(what_node_says(tmp_path_factory.mktemp("records")), encoding="utf-8")
        return told.read_text(encoding="utf-8")


def what_node_says(folder: Path) -> str:
    """Run node's test runner with records in this folder; TAP."""
    node = shutil.which("node") or shutil.which("nodejs")
    if node is None:
        pytest.fail(NO_NODE, pytrace=False)
    for name, settings in CONFIGS.items():
        write_run(folder / name, Run(Config(TEXT, **{"dim": 4, "epochs": 4, **settings})))  # type: ignore[arg-type]
    command = [node, "--test", "--test-reporter=tap", *map(str, FILES)]
    environment = {**os.environ, "W2V_RECORDS": str(folder)}
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    output = done.stdout.decode(errors="replace")
    if "TAP version" not in output:
        said = (done.stderr.decode(errors="replace") or output)[:1000]
        pytest.fail(f"{node} could not run the tests; Node.js 18.15 or newer can. It said:\n{said}", pytrace=False)
    return output


def write_run(path: Path, run: Run) -> None:
    """Write the packed record, and beside it in JSON what the trainer says of the same run."""
    path.with_suffix(".bin").write_bytes(pack(*run_record(run)))
    rng = np.random.default_rng(7)
    moments = [run.n_steps, 0, *rng.integers(0, run.n_steps + 1, 48).tolist()]
    said: dict[str, Any] = {
        "moments": [{"t": t, "V": flat(run.parameters(t).V), "U": flat(run.parameters(t).U)} for t in moments],
        "steps": [step_of(run, t) for t in rng.integers(0, run.n_steps, 10).tolist()],
        "losses": list(zip(*(np.asarray(x).tolist() for x in run.loss_curve(120)))),
    }
    if run.config.architecture == "skip-gram" and run.config.objective != "negative" and run.plan.static:
        counts = count_pairs(run.corpus, run.config.window)
        said["ratios"] = [counts.ratio(c).tolist() for c in range(run.plan.n_words)]
    path.with_suffix(".json").write_text(json.dumps(said))


def step_of(run: Run, t: int) -> dict[str, Any]:
    step = run.step(t)
    return {
        "t": t,
        "rate": step.learning_rate,
        "traces": [
            {
                "inputs": list(trace.example.inputs),
                "target": trace.example.target,
                "loss": trace.loss,
                "gradH": flat(trace.grad_h),
                **{name: flat(getattr(trace, name)) for name in ("rows", "labels", "h", "scores", "P", "error")},
            }
            for trace in step.traces
        ],
    }


def flat(array: Any) -> list[float]:
    return np.asarray(array).ravel().tolist()


@cache
def results(tap: str) -> dict[str, tuple[bool, str]]:
    """Title of each test -> whether it passed, and what is said of it."""
    parts = re.split(r"^ *(ok|not ok) \d+ - (.*)$", tap, flags=re.MULTILINE)[1:]
    return {title.strip(): (word == "ok", said) for word, title, said in zip(parts[::3], parts[1::3], parts[2::3])}


def pattern_of(title: str) -> str:
    return ".*".join(re.escape(part) for part in re.split(r"\$\{.*?\}", title))


def why(said: str) -> str:
    """The error of one failed test, without what the runner adds."""
    return re.split(r"^ *(?:code|stack|# Subtest):?", said, maxsplit=1, flags=re.MULTILINE)[0].strip()


@pytest.mark.parametrize(("file", "title"), titles(), ids=lambda value: value.replace("::", ":"))
def test_javascript(report: str, file: str, title: str) -> None:
    found = {name: result for name, result in results(report).items() if re.fullmatch(pattern_of(title), name)}
    assert found, f"{file} did not run this test; node said:\n{report[-3000:]}"
    failed = [f"{name}\n{why(said)}" for name, (passed, said) in found.items() if not passed]
    assert not failed, "\n".join([f"tests/js/{file}:", *failed])


def test_both_languages_say_the_same_of_each_objective() -> None:
    folder = HERE.parent / "pages" / "components" / "kit" / "objectives"
    table = json.dumps((folder / "objectives.js").as_uri())
    node = shutil.which("node") or shutil.which("nodejs")
    assert node, NO_NODE
    command = [node, "--input-type=module", "-e", f"console.log(JSON.stringify((await import({table})).OBJECTIVES))"]
    said = json.loads(subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True).stdout)
    assert list(said) == list(OBJECTIVES)
    for name, objective in OBJECTIVES.items():
        assert (
            said[name]
            | {
                "sumsToOne": objective.sums_to_one,
                "rowsSumToOne": objective.rows_sum_to_one,
                "allRows": objective.all_rows,
                "wordsInU": objective.words_in_U,
                "hasDraws": objective.has_draws,
                "symbol": objective.symbol[0],
            }
            == said[name]
        )
    files = {path.stem for path in folder.glob("*.js")} - {"objective", "objectives", "logistic"}
    assert files == set(OBJECTIVES), "one file each"


def test_every_test_that_node_ran_is_one_of_these(report: str) -> None:
    patterns = [pattern_of(title) for _, title in titles()]
    files = {str(file) for file in FILES}
    strangers = [name for name in results(report) if name not in files]
    assert [name for name in strangers if not any(re.fullmatch(pattern, name) for pattern in patterns)] == []
    assert len(strangers) >= len(titles()) > 60


MOST_LINES, MOST_IN_CLASS = 300, 200
CLASS = re.compile(r"^(?:export )?class \w.*?^}", re.MULTILINE | re.DOTALL)


def long_parts(text: str) -> list[str]:
    """What of a file is longer than is good to read, unless its first comment says why it is longer."""
    first_comment = re.match(r"(?://.*\n)*", text)
    assert first_comment is not None
    if "longer" in first_comment[0]:
        return []
    classes = [body[0] for body in CLASS.finditer(text) if body[0].count("\n") >= MOST_IN_CLASS]
    return [*(["the file"] if text.count("\n") > MOST_LINES else []), *(body.split(" {")[0] for body in classes)]


def test_files_and_classes_are_short_or_say_why_not() -> None:
    folder = HERE.parent / "pages"
    found = {path.relative_to(folder).as_posix(): long_parts(path.read_text("utf-8")) for path in folder.rglob("*.js")}
    assert len(found) > 80
    assert {path: parts for path, parts in found.items() if parts} == {}


def test_a_long_file_and_a_long_class_are_seen() -> None:
    long_class = "export class A {\n" + "  x;\n" * MOST_IN_CLASS + "}\n"
    assert long_parts("// A.\n" + long_class) == ["export class A"]
    assert long_parts("// A.\n// It is longer because of b.\n" + long_class) == []
    assert long_parts("// A.\n" + "const a = 1;\n" * MOST_LINES) == ["the file"]


TAP = """TAP version 13
# Subtest: one
ok 1 - one
  ---
  duration_ms: 1
  ...
    # Subtest: two
    not ok 2 - two
      ---
      error: |-
        1 == 2
      code: 'ERR'
      ...
"""


def test_a_failure_is_read_from_the_report() -> None:
    found = results(TAP)
    assert {name: passed for name, (passed, _) in found.items()} == {"one": True, "two": False}
    assert "1 == 2" in why(found["two"][1])
    assert "ERR" not in why(found["two"][1])
