"""`pip install .` in a fresh environment: the package is whole, needs what it names and no more, and `w2v` is there.

The environment sees nothing but the package and what it depends on, taken from where these tests run, so that nothing
comes from the internet and nothing of the app is at hand.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.test_stopping import ended, wait_for
from w2v import PRESETS

ROOT = Path(__file__).resolve().parent.parent
OUTSIDE = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
SECONDS = re.compile(rb"\d+\.\d+ s\b|^seconds .*$", re.MULTILINE)
TSNE = (
    "import numpy, w2v; assert 'site-packages' in w2v.__file__; assert w2v.PRESETS['royal'].text\n"
    "points = w2v.tsne(numpy.random.default_rng(1).normal(size=(12, 4)), perplexity=3, seed=1)\n"
    "assert points.shape == (12, 2)"
)
APP = "import importlib.util, sys; sys.exit(any(map(importlib.util.find_spec, ('streamlit', 'plotly', 'pages'))))"


@dataclass
class Installed:
    """A fresh environment with the package in it."""

    wheel: Path
    python: str
    command: str  # the path of `w2v`

    def run(self, *command: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
        """Run a command of this environment in a folder."""
        return subprocess.run(
            command, cwd=folder, env=OUTSIDE, stdin=subprocess.DEVNULL, capture_output=True, timeout=120
        )


def pip(*arguments: str) -> None:
    """Run pip without the internet."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments, "--no-index", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


def needed(names: Iterable[str]) -> dict[str, Distribution]:
    """What is installed here under these names, and whatever that needs, by name."""
    found: dict[str, Distribution] = {}
    waiting = list(names)
    while waiting:
        wanted = Requirement(waiting.pop())
        if wanted.name not in found and (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
            found[wanted.name] = distribution(wanted.name)
            waiting += found[wanted.name].requires or []
    return found


def lend(distributions: Iterable[Distribution], folder: Path) -> None:
    """Make a folder from which these packages, and no others, can be imported."""
    folder.mkdir()
    for package in distributions:
        for file in package.files or ():
            top, place = file.parts[0], Path(str(package.locate_file(file.parts[0])))
            if top != ".." and not (folder / top).exists():
                (folder / top).symlink_to(place, target_is_directory=place.is_dir())


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The package as `pip install .` has it, built from a copy, so that nothing is left in this folder."""
    folder = tmp_path_factory.mktemp("packaging")
    source, wheels, home = (folder / name for name in ("source", "wheels", "environment"))
    shutil.copytree(ROOT / "w2v", source / "w2v", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(source))
    (wheel,) = wheels.iterdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = str(scripts / "python")
    where = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, check=True
    )
    lend(needed(dependencies()).values(), folder / "lent")
    (Path(os.fsdecode(where.stdout).strip()) / "lent.pth").write_text(str(folder / "lent"), encoding="utf-8")
    pip("--python", python, "install", str(wheel))  # fails when something that it needs is not there
    return Installed(wheel, python, str(scripts / "w2v"))


def dependencies() -> list[str]:
    """What the package says that it needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [str(line) for line in project["dependencies"]]


def test_the_app_asks_for_the_same_versions() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert set(dependencies()) <= set(lines)


def test_every_file_of_the_model_is_in_the_package(installed: Installed) -> None:
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "w2v").rglob("*") if path.is_file()}
    kept = {name for name in files if "__pycache__" not in name}
    with zipfile.ZipFile(installed.wheel) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
        assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())
    assert packed == kept
    assert "w2v/texts/royal.txt" in packed


def test_the_model_works_where_nothing_of_the_app_is(installed: Installed, tmp_path: Path) -> None:
    assert installed.run(installed.python, "-c", APP, folder=tmp_path).returncode == 0
    done = installed.run(installed.python, "-c", TSNE, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        ("train", "text.txt", "--dim", "4", "--out", "vectors.txt"),
        ("train", "text.txt", "--dim", "4", "--steps", "--epochs", "3", "--out", "vectors.bin"),
        ("neighbors", "given.txt", "a"),
        ("neighbors", "nothing.txt", "a"),
        ("train", "--help"),
        ("tarin",),
    ],
    ids=" ".join,
)
def test_the_command_is_the_same_as_the_module(
    installed: Installed, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    """From another folder, and the module from this source, without anything installed."""
    said, files = [], []
    for name, command in (("command", [installed.command]), ("module", [sys.executable, "-m", "w2v"])):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "text.txt").write_text(PRESETS["royal"].text, encoding="utf-8")
        (folder / "given.txt").write_text("2 2\na 1 0\nb 0 1\n", encoding="utf-8")
        environment = OUTSIDE if name == "command" else {**OUTSIDE, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([*command, *arguments], cwd=folder, env=environment, capture_output=True, timeout=120)
        said.append((done.returncode, SECONDS.sub(b"", done.stdout), SECONDS.sub(b"", done.stderr)))
        files.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert said[0] == said[1]
    assert files[0] == files[1]
    assert said[0][1] or said[0][0]


@pytest.mark.skipif(os.name != "posix", reason="signals to another process are POSIX's")
def test_a_signal_while_the_command_starts(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(PRESETS["royal"].text, encoding="utf-8")
    command = [installed.python, "-X", "importtime", installed.command, "train", "text.txt", "--out", "x.txt"]
    process = subprocess.Popen(command, cwd=tmp_path, env=OUTSIDE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_for(process, r"\| +numpy\.linalg$")
    code, out, err = ended(process, signal.SIGINT)
    said = [line for line in err.splitlines() if not line.startswith("import time:")]
    assert (code, out, said) == (130, "", ["Stopped."])
    assert os.listdir(tmp_path) == ["text.txt"]
