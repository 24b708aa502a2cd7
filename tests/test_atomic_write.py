"""Files are there whole or not at all, and no other file is lost for them."""

import os
import stat
from pathlib import Path

import pytest

from w2v.files.atomic_write import try_place, write_file, write_folder

posix = pytest.mark.skipif(os.name != "posix", reason="links, limits and signals of POSIX")


def inside(folder: Path) -> dict[str, bytes | None]:
    """All that lies in a folder, with what is in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@posix
def test_permissions_are_the_usual_ones_and_those_of_a_file_that_is_there_stay(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "new", b"1")
        write_folder(tmp_path / "folder", {"a": b"1"})
        write_file(tmp_path / "old", b"1")
        (tmp_path / "old").chmod(0o604)
        write_file(tmp_path / "old", b"2", replace=True)
    finally:
        os.umask(before)
    modes = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new", "old", "folder", "folder/a")}
    assert modes == {"new": 0o640, "old": 0o604, "folder": 0o750, "folder/a": 0o640}
    assert (tmp_path / "old").read_bytes() == b"2"


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    """Without `replace` it is the last step itself that fails, not a look before it."""
    (tmp_path / "a").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        write_file(tmp_path / "a", b"yours")
    with pytest.raises(OSError, match=r"exists|[Nn]ot a directory|cannot find"):
        write_folder(tmp_path / "a", {"a": b"yours"})
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "b").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        write_folder(tmp_path / "folder", {"a": b"yours", "b": b"yours"})
    assert inside(tmp_path) == {"a": b"mine", "folder": None, "folder/b": b"mine"}


@pytest.mark.parametrize("broken", range(6))
def test_a_folder_gets_all_of_its_new_files_or_keeps_all_of_its_old_ones(
    broken: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of the six moves fails once: three old files out of the way, three new ones in."""
    old = {name: f"old {name}".encode() for name in "abc"}
    write_folder(tmp_path / "folder", old)
    before, real, calls = inside(tmp_path), os.rename, []

    def rename(source: Path, target: Path) -> None:
        calls.append(source)
        if len(calls) == broken + 1:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "folder", dict.fromkeys("abc", b"new"), replace=True)
    assert inside(tmp_path) == before
    write_folder(tmp_path / "folder", dict.fromkeys("abc", b"new"), replace=True)
    assert inside(tmp_path) == {"folder": None, **{f"folder/{name}": b"new" for name in "abc"}}


def test_trying_a_place_leaves_what_is_there_as_it_is(tmp_path: Path) -> None:
    write_folder(tmp_path / "folder", {"a": b"1"})
    write_file(tmp_path / "file", b"2")
    before = inside(tmp_path)
    for name in ("file", "folder", "nothing"):
        try_place(tmp_path / name, folder=name != "file")
    assert inside(tmp_path) == before
