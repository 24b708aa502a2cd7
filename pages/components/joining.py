"""The JavaScript of components as one text, joined from the modules that their entries import, one after another.

What Streamlit mounts without a build step is one text of JavaScript. Each module but the entry becomes an object of
what it exports, with a scope of its own, after those that it imports. What only a reader needs is left out.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from os.path import normpath
from pathlib import Path

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[./\w]*?\w+\.js)";$', re.MULTILINE)  # over several lines, too
_RENAMED = re.compile(r"(\w+) as (\w+)")
_EXPORT = re.compile(r"^export (?=(?:class|(?:async )?function\*?|const) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)
_INDENTATION = re.compile(r"^\s+", re.MULTILINE)


def joined_modules(entry: Path) -> str:
    """Join an ES module with all that it imports into one.

    Raises ValueError for a line of a module that imports or exports in another way than is understood here, for
    modules that import each other in a circle, and for two of the same name in folders of the same name.
    """
    texts = _with_imports(entry)
    *others, last = _in_order(texts)
    named = _named(texts)
    parts = [_as_object(file, texts[file], named) for file in others]
    return lean("\n".join([*parts, _IMPORT.sub(_taken(last, named), texts[last])]))


def lean(text: str) -> str:
    """Return JavaScript or CSS without indentation, empty lines and comments that have lines of their own.

    The text of a template literal must not go over several lines: tests/test_modules.py sees to that. Of a line that
    an error names, the module is found above it: `const domModule = ...`.
    """
    return _INDENTATION.sub("", _COMMENT.sub("", text))


def _with_imports(entry: Path) -> dict[Path, str]:
    """Return the text of a module and of all that it imports, directly or through others."""
    texts: dict[Path, str] = {}
    waiting = [entry.resolve()]
    while waiting:
        file = waiting.pop()
        if file not in texts:
            texts[file] = file.read_text(encoding="utf-8")
            waiting += _imported(file, texts[file])
    return texts


def _imported(file: Path, text: str) -> list[Path]:
    return [_place(file, path) for _, path in _IMPORT.findall(text)]


def _place(file: Path, path: str) -> Path:
    """Where a module lies that another one imports."""
    return Path(normpath(file.parent / path))


def _in_order(texts: Mapping[Path, str]) -> list[Path]:
    """Each module after those that it imports."""
    try:
        return [*TopologicalSorter({file: _imported(file, text) for file, text in texts.items()}).static_order()]
    except CycleError as circle:
        names = ", ".join([file.name for file in circle.args[1]])
        raise ValueError(f"These modules import each other: {names}") from None


def _named(files: Iterable[Path]) -> dict[Path, str]:
    """What each module is called in the joined text: where two files have one name, with that of their folders."""
    files = list(files)
    often = Counter([file.stem for file in files])
    named = {file: file.stem if often[file.stem] == 1 else f"{file.parent.name}_{file.stem}" for file in files}
    if len({*named.values()}) < len(files):
        names = ", ".join([file.name for file in files])
        raise ValueError(f"Two modules have the same name and folder: {names}")
    return named


def _as_object(file: Path, text: str, named: Mapping[Path, str]) -> str:
    text = _IMPORT.sub(_taken(file, named), text)
    exports = ", ".join(_EXPORT.findall(text))
    text = _EXPORT.sub("", text)
    if left := _LEFT.search(text):
        raise ValueError(f"{file.name}: this cannot be joined: {left[0]}")
    return f"const {named[file]}Module = (() => {{\n{text}\nreturn {{ {exports} }};\n}})();"


def _taken(file: Path, named: Mapping[Path, str]) -> Callable[[re.Match[str]], str]:
    """What an import of this module is in the joined text: names taken out of the object that the other became."""

    def taken(statement: re.Match[str]) -> str:
        names = _RENAMED.sub(r"\1: \2", statement[1])
        return f"const {{{names}}} = {named[_place(file, statement[2])]}Module;"

    return taken
