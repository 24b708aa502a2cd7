"""Files that are there whole or not at all, and never in the place of something that was not to be replaced.

What is written lies first under a name of its own, ".w2v-" and 16 random digits, in the same folder; it is flushed to
the disk and then takes its name in one step. Whatever goes wrong, Ctrl-C included, the part is removed again. A link
is written through: the link stays, and what it points to is replaced.

All functions raise OSError, FileExistsError among them.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from w2v.paths import StrPath

_NO_SYNC = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)  # some file systems cannot flush: then nothing can be done


def write_file(path: StrPath, data: bytes, replace: bool = False) -> None:
    """Write a file; one that is there already is written over only with `replace`, and then keeps its permissions."""
    write_parts(path, partial(_put, data), replace)


def write_parts(path: StrPath, write: Callable[[BinaryIO], object], replace: bool = False) -> None:
    """Do the same with a file that is written by a function, part by part."""
    place = real_place(path)
    part = _part(place.parent)
    try:
        _write(part, write)
        if replace and place.exists():
            with suppress(OSError):
                shutil.copymode(place, part)
        _take_name(part, place, replace)
    finally:
        _remove(part)
    _sync_folder(place.parent)


def write_folder(path: StrPath, files: Mapping[str, bytes], replace: bool = False) -> None:
    """Write files, by name, into a folder: all of them or none. A folder that was made for them goes with them.

    In a folder that is there already, files of these names are written over only with `replace`, and no others.
    """
    place = real_place(path)
    there = place.is_dir()
    part = _part(place if there else place.parent)
    try:
        part.mkdir()
        for name, data in files.items():
            _write(part / name, partial(_put, data))
        _sync_folder(part)
        if there:
            _exchange(part, place, files, replace)
        else:
            os.rename(part, place)
    finally:
        _remove(part)
    _sync_folder(place if there else place.parent)


def try_place(path: StrPath, folder: bool = False) -> None:
    """Write a byte where `write_file`, or else `write_folder`, would begin to write, and remove it again."""
    place = real_place(path)
    part = _part(place if folder and place.is_dir() else place.parent)
    try:
        if folder:
            part.mkdir()
        _write(part / "try" if folder else part, partial(_put, b"\n"))
    finally:
        _remove(part)


def real_place(path: StrPath) -> Path:
    """Return the path behind all links, whether or not anything is there."""
    place = Path(os.path.realpath(path))
    if place.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return place


def is_same_file(one: StrPath | int, other: StrPath) -> bool:
    """Return whether a path, or an open file by its number, is the file at another path, also by way of links."""
    try:
        return os.path.samestat(os.stat(one), os.stat(other))
    except (OSError, ValueError):
        return False


def _part(folder: Path) -> Path:
    return folder / f".w2v-{secrets.token_hex(8)}.part"


def _put(data: bytes, file: BinaryIO) -> None:
    file.write(data)


def _write(path: Path, write: Callable[[BinaryIO], object]) -> None:
    with path.open("xb") as file:
        write(file)
        file.flush()
        try:
            os.fsync(file.fileno())
        except OSError as problem:
            if problem.errno not in _NO_SYNC:
                raise


def _take_name(part: Path, place: Path, replace: bool) -> None:
    if replace:
        os.replace(part, place)
        return
    try:
        os.link(part, place)  # unlike os.replace it fails where something is; then `part` goes
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # a file system, or a Python, without such links
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        os.replace(part, place)


def _exchange(part: Path, place: Path, names: Iterable[str], replace: bool) -> None:
    """Move files from `part` into `place` and what had their names there into part/old; if one fails, move all back."""
    old = part / "old"
    old.mkdir()
    try:
        for name in names:
            if os.path.lexists(place / name):
                if not replace:
                    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
                os.rename(place / name, old / name)
            os.rename(part / name, place / name)
    except BaseException:
        for name in names:
            if os.path.lexists(old / name):
                os.replace(old / name, place / name)
            elif not os.path.lexists(part / name):
                os.remove(place / name)
        raise


def _remove(part: Path) -> None:
    with suppress(OSError):
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk, where a system can do that."""
    if os.name != "posix":
        return
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
