"""The JavaScript of a component as one text, joined from the modules it consists of."""

import re
from collections.abc import Sequence
from pathlib import Path

_HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import \{([^}]*)\} from "[./\w]*?(\w+)\.js";$', re.MULTILINE)  # over several lines, too
_RENAMED = re.compile(r"(\w+) as (\w+)")
_EXPORT = re.compile(r"^export (?=(?:class|(?:async )?function\*?|const) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def joined_modules(files: Sequence[str]) -> str:
    """Join ES modules into one: each but the last becomes an object of what it exports, with a scope of its own.

    files : paths below pages/parts, each after those that it imports; no two with the same name

    Raises ValueError for a line of a module that imports or exports in another way than is understood here.
    """
    parts = []
    for file in files:
        text = (_HERE / file).read_text(encoding="utf-8")
        text = _IMPORT.sub(_taken, text)
        if file != files[-1]:
            exports = ", ".join(_EXPORT.findall(text))
            text = _EXPORT.sub("", text)
            if left := _LEFT.search(text):
                raise ValueError(f"{file}: this cannot be joined: {left[0]}")
            text = f"const {Path(file).stem}Module = (() => {{\n{text}\nreturn {{ {exports} }};\n}})();"
        parts.append(text)
    return "\n".join(parts)


def _taken(statement: re.Match[str]) -> str:
    """What an import is in the joined text: names taken out of the object that the module became."""
    names = _RENAMED.sub(r"\1: \2", statement[1])
    return f"const {{{names}}} = {statement[2]}Module;"
