"""The JavaScript of a component as one text, joined from the modules that its entry imports, one after another.

A component without a build step has one text of JavaScript. Each module but the entry becomes an object of what it
exports, with a scope of its own, after those that it imports. Streamlit sends this text again with every run of the
script that shows the component, so what only a reader needs is left out.
"""

import re
from graphlib import CycleError, TopologicalSorter
from os.path import normpath
from pathlib import Path

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[./\w]*?(\w+)\.js)";$', re.MULTILINE)  # over several lines, too
_RENAMED = re.compile(r"(\w+) as (\w+)")
_EXPORT = re.compile(r"^export (?=(?:class|(?:async )?function\*?|const) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)
_INDENTATION = re.compile(r"^\s+", re.MULTILINE)


def joined_modules(entry: Path) -> str:
    """Join an ES module with all that it imports into one.

    Raises ValueError for a line of a module that imports or exports in another way than is understood here, for
    modules that import each other in a circle, and for two with the same name.
    """
    texts = _with_imports(entry.resolve())
    try:
        *others, last = TopologicalSorter({file: _imported(file, text) for file, text in texts.items()}).static_order()
    except CycleError as circle:
        names = ", ".join([file.name for file in circle.args[1]])
        raise ValueError(f"These modules import each other: {names}") from None
    parts = [_as_object(file, texts[file]) for file in others]
    if len({file.stem for file in texts}) < len(texts):
        names = ", ".join([file.name for file in texts])
        raise ValueError(f"Two modules of {entry.name} have the same name: {names}")
    return lean("\n".join([*parts, _IMPORT.sub(_taken, texts[last])]))


def lean(text: str) -> str:
    """Return JavaScript or CSS without indentation, empty lines and comments that have lines of their own.

    The text of a template literal must not go over several lines: tests/test_modules.py sees to that. Of a line that
    an error names, the module is found above it: `const domModule = ...`.
    """
    return _INDENTATION.sub("", _COMMENT.sub("", text))


def _with_imports(entry: Path) -> dict[Path, str]:
    """Return the text of a module and of all that it imports, directly or through others."""
    texts: dict[Path, str] = {}
    waiting = [entry]
    while waiting:
        file = waiting.pop()
        if file not in texts:
            texts[file] = file.read_text(encoding="utf-8")
            waiting += _imported(file, texts[file])
    return texts


def _imported(file: Path, text: str) -> list[Path]:
    return [Path(normpath(file.parent / path)) for _, path, _ in _IMPORT.findall(text)]


def _as_object(file: Path, text: str) -> str:
    text = _IMPORT.sub(_taken, text)
    exports = ", ".join(_EXPORT.findall(text))
    text = _EXPORT.sub("", text)
    if left := _LEFT.search(text):
        raise ValueError(f"{file.name}: this cannot be joined: {left[0]}")
    return f"const {file.stem}Module = (() => {{\n{text}\nreturn {{ {exports} }};\n}})();"


def _taken(statement: re.Match[str]) -> str:
    """What an import is in the joined text: names taken out of the object that the module became."""
    names = _RENAMED.sub(r"\1: \2", statement[1])
    return f"const {{{names}}} = {statement[3]}Module;"
