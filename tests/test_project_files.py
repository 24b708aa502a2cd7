"""What stands in several files of the project, and is read by machines that are not here, says the same everywhere."""

import ast
import importlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from contextlib import suppress
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
JAVASCRIPT = re.compile(r"node_modules|\bnpm\b|biome|tsc")


def project() -> dict[str, Any]:
    """The project in pyproject.toml."""
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def imported(file: Path) -> set[str]:
    """The first names of what a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def commands_of(target: str) -> str:
    """What `make` would run for a target."""
    make = shutil.which("make")
    if make is None:
        pytest.skip("no make here, and its rules are not needed without it")
    done = subprocess.run([make, "-n", "-B", target], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_host_needs_nothing_but_requirements_txt_and_app_py() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    asked = {Requirement(line).name for line in lines if not line.startswith("#")}
    files = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "w2v").rglob("*.py")]
    others = set().union(*map(imported, files)) - sys.stdlib_module_names - {"pages", "w2v"}
    owners = packages_distributions()
    extras = {Requirement(line) for lines in project()["optional-dependencies"].values() for line in lines}
    optional = {extra.name for extra in extras} | {name for extra in extras for name in extra.extras}
    only_counting = {"zstandard", "fsspec", "distributed"}  # what `w2v count` has no use for on most days
    assert only_counting <= optional
    assert {owner for name in others - only_counting for owner in owners[name]} <= asked
    assert len(others) >= 5


def test_the_commands_of_the_readme_name_files_that_are_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r" (?:-r|-c|run) (\S+\.(?:txt|py))", readme))
    assert {"requirements.txt", "requirements-dev.txt", "constraints.txt", "app.py"} <= named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_version_that_is_built_is_the_one_in_the_changelog() -> None:
    versions = re.findall(r"^## (\S+?)(?:,|$)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert versions[0] == project()["version"]


def test_contributing_names_places_that_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 100  # one page
    named = set(re.findall(r"(?<![\w/])(?:app|pages|w2v|tests|bench|\.ci|\.github)(?:/[\w./]*|\.py)(?![<\w])", text))
    named |= set(re.findall(r"(?:\w+/)?\b\w+/(?=,|  +\S)", text))  # the rooms in the drawing of the house
    assert len(named) > 30
    inside = [ROOT, ROOT / "w2v", ROOT / "pages"]
    assert [name for name in named if not any((top / name).exists() for top in inside)] == []
    said = re.findall(r"`(\w+)` (?:of|in) `([\w/.]+\.(?:py|js))`", " ".join(text.split()))
    assert len(said) >= 4
    folders = [*inside, ROOT / "pages/components"]
    for name, path in said:
        (file,) = [top / path for top in folders if (top / path).is_file()] or [*(ROOT / "pages").rglob(path)]
        assert re.search(rf"\b{name}\b", file.read_text(encoding="utf-8")), f"{path} has no {name}"


def test_what_docstrings_name_with_its_module_is_there() -> None:
    sources = [path.read_text(encoding="utf-8") for top in ("w2v", "pages") for path in (ROOT / top).rglob("*.py")]
    named = {name for text in sources for name in re.findall(r"`(w2v(?:\.\w+)+)", text) if not name.endswith(".py")}
    assert len(named) >= 5
    assert [name for name in sorted(named) if not is_there(name)] == []


def is_there(name: str) -> bool:
    """Whether this is a module, or made in one."""
    with suppress(ModuleNotFoundError):
        importlib.import_module(name)
        return True
    module, _, thing = name.rpartition(".")
    made = getattr(importlib.import_module(module), thing, None)
    return made is not None and getattr(made, "__module__", module) == module


def test_the_workflow_runs_everything_on_the_oldest_and_the_newest_python() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8"))
    triggers = workflow[True]  # to YAML 1.1 the word `on` is a truth value
    assert {"push", "pull_request"} <= set(triggers)
    (job,) = workflow["jobs"].values()
    steps = job["steps"]
    assert [step["uses"].split("@")[0] for step in steps if "uses" in step] == [
        "actions/checkout",
        "actions/setup-python",
    ]
    assert [step["run"] for step in steps if "run" in step] == ["bash .ci/run"]
    (setup,) = (step["with"] for step in steps if "with" in step)
    assert setup["python-version"] == "${{ matrix.python }}"

    pythons = job["strategy"]["matrix"]["python"]
    named = [name.rsplit(" ", 1)[1] for name in project()["classifiers"] if "Python :: 3." in name]
    assert all(isinstance(version, str) for version in pythons)  # the number 3.10 would be 3.1
    assert pythons == [named[0], named[-1]]
    assert project()["requires-python"] == f">={pythons[0]}"
    assert named == sorted(named, key=lambda version: int(version.split(".")[1]))


def test_every_tool_of_the_javascript_is_pinned_and_locked_for_every_system() -> None:
    package, lock = (json.loads((ROOT / name).read_text()) for name in ("package.json", "package-lock.json"))
    assert "dependencies" not in package  # the app sends its own code alone
    locked = lock["packages"]
    for name, version in package["devDependencies"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert locked[f"node_modules/{name}"]["version"] == version
    for entry in [entry for path, entry in locked.items() if path]:
        assert re.match(r"sha512-.{80}", entry["integrity"])
        for other, version in entry.get("optionalDependencies", {}).items():
            assert locked[f"node_modules/{other}"]["version"] == version


def test_the_javascript_is_read_by_check_and_needed_by_nothing_else() -> None:
    assert "node_modules/.bin/biome check" in commands_of("check")
    assert "node_modules/.bin/tsc --project jsconfig.json" in commands_of("check")
    assert "node_modules/.bin/biome check --write" in commands_of("format")
    for target in ("run", "test", "bench", "screenshots"):
        assert not JAVASCRIPT.search(commands_of(target)), target


def test_what_the_linter_reads_is_all_javascript_of_ours() -> None:
    patterns = json.loads((ROOT / "biome.json").read_text())["files"]["includes"]
    read = {path for pattern in patterns for path in ROOT.glob(pattern)}
    ours = [path for path in ROOT.rglob("*.js") if path.relative_to(ROOT).parts[0] not in ("node_modules", ".venv")]
    assert ours
    assert [path for path in ours if path not in read] == []


def test_no_file_of_the_model_is_long_and_no_class_of_it_large() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in ROOT.glob("w2v/**/*.py")}
    assert len(texts) > 60
    assert [(path.name, n) for path, text in texts.items() if (n := text.count("\n")) > 300] == []
    nodes = [(path.name, node) for path, text in texts.items() for node in ast.walk(ast.parse(text))]
    classes = [(name, node) for name, node in nodes if isinstance(node, ast.ClassDef)]
    lengths = [(name, node.name, (node.end_lineno or 0) - node.lineno + 1) for name, node in classes]
    assert [one for one in lengths if one[2] > 200] == []


@pytest.mark.parametrize("path", sorted((ROOT / "pages").rglob("*.css")), ids=lambda path: path.name)
def test_no_style_is_for_everything_inside_what_a_part_of_a_class_names(path: Path) -> None:
    """A browser styles all of it anew whenever any class changes: 4,700 elements where a book stands on the page."""
    around = list[str]()
    for selector, bracket in re.findall(
        r"([^{};]*)([{};])", re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    ):
        if bracket == "{":
            around.append(selector.strip())
            assert not re.search(r"\[class.*[\s>]\*(?![=\w])", " ".join(around)), around
        elif bracket == "}":
            around.pop()
