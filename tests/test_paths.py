"""A place is named by a string, a Path, or anything else that names one, and all of them mean the same."""

import ast
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from w2v import Config, Run, load_vectors
from w2v.cli.out_option import check_out, save_out
from w2v.files.atomic_write import is_same_file, real_place, try_place, write_file, write_folder
from w2v.files.formats import NAMES, check_target, files_of, load, save

ROOT = Path(__file__).resolve().parent.parent
RUN = Run(Config("The king wears a crown. The queen wears a crown.", dim=2, epochs=1))
IMPOSSIBLE = ("a\0b.txt", "a\ud800b\0.txt", "\ud800.txt")


class Named:
    """Names a place as the standard library asks it to, and is nothing else."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __fspath__(self) -> str:
        return str(self.path)


@pytest.fixture(params=[str, Named, Path])
def named(request: pytest.FixtureRequest) -> Callable[[Path], "str | os.PathLike[str]"]:
    """One of the ways to name a place."""
    way: Callable[[Path], str | os.PathLike[str]] = request.param
    return way


def test_the_first_file_of_a_stranger(
    tmp_path: Path, named: Callable[[Path], "str | os.PathLike[str]"], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What everybody types: a name in quotes, and a relative one."""
    monkeypatch.chdir(tmp_path)
    Path("vectors.txt").write_text("2 2\na 1 0\nb 0 1\n", encoding="utf-8")
    assert load_vectors(named(Path("vectors.txt"))).words == ("a", "b")
    assert load(named(Path("vectors.txt"))).startswith(b"2 2")


@pytest.mark.parametrize("ending", NAMES)
def test_a_run_is_saved_and_read_under_any_kind_of_name(
    ending: str, tmp_path: Path, named: Callable[[Path], "str | os.PathLike[str]"]
) -> None:
    where, twin = named(tmp_path / f"run{ending}"), tmp_path / f"twin{ending}"
    check_out(where, False, texts=[str(tmp_path / "text.txt")])
    check_target(where)
    save(RUN, where)
    save_out(RUN, named(twin), False)
    assert load_vectors(where).words == load_vectors(twin).words == RUN.corpus.vocabulary.words
    assert files_of(where)
    assert [file.read_bytes() for file in files_of(where)] == [file.read_bytes() for file in files_of(twin)]
    with pytest.raises(ValueError, match=r"run\.\w+ is there already"):
        check_target(where)
    if ending != ".npz":
        with pytest.raises(ValueError, match="is the saved run itself"):
            check_out(where, True, saved=str(files_of(where)[0]))


def test_files_are_written_under_any_kind_of_name(
    tmp_path: Path, named: Callable[[Path], "str | os.PathLike[str]"]
) -> None:
    write_file(named(tmp_path / "a"), b"1")
    write_file(named(tmp_path / "a"), b"2", replace=True)
    write_folder(named(tmp_path / "folder"), {"b": b"3"})
    try_place(named(tmp_path / "c"))
    assert (tmp_path / "a").read_bytes() == b"2"
    assert (tmp_path / "folder/b").read_bytes() == b"3"
    assert real_place(named(tmp_path / "a")) == (tmp_path / "a").resolve()
    assert is_same_file(named(tmp_path / "a"), named(tmp_path / "folder/../a"))
    assert not is_same_file(named(tmp_path / "a"), named(tmp_path / "c"))


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_name_that_no_file_can_have_is_one_sentence(name: str) -> None:
    for asked in (load, load_vectors, check_target, lambda path: save(RUN, path)):
        with pytest.raises(ValueError, match=r"^No file can have the name '[ -~]+'\.$"):
            asked(name)


def test_an_empty_name_is_not_the_folder_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save(RUN, "tables.tsv")
    monkeypatch.chdir(tmp_path / "tables.tsv")
    assert load_vectors(".").dim == 2
    with pytest.raises(ValueError, match=r"^This file cannot be read: "):
        load_vectors("")


def parameters(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Name and type of each parameter of a function."""
    for given in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs):
        yield given.arg, ast.unparse(given.annotation) if given.annotation else ""


def test_no_public_function_asks_for_a_path_of_one_kind() -> None:
    asking = []
    for file in sorted((ROOT / "w2v").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                asking += [f"{file.name}: {node.name}({name})" for name, kind in parameters(node) if kind == "Path"]
    assert asking == []


def test_how_a_place_is_named_is_said_once() -> None:
    said = [file.name for file in (ROOT / "w2v").rglob("*.py") if "PathLike[str]" in file.read_text(encoding="utf-8")]
    assert said == ["paths.py"]
