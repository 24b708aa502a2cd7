"""The JavaScript of a component as one text, joined from the modules it consists of."""

import re
from collections.abc import Sequence
from pathlib import Path

_HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import \{([^}]*)\} from "[./\w]*?(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:class|function|const) (\w+))", re.MULTILINE)


def joined_modules(files: Sequence[str]) -> str:
    """Join ES modules into one: each but the last becomes an object of what it exports, with a scope of its own.

    files : paths below pages/parts, each after those that it imports; no two with the same name
    """
    parts = []
    for file in files:
        text = (_HERE / file).read_text(encoding="utf-8")
        text = _IMPORT.sub(r"const {\1} = \2Module;", text)
        if file != files[-1]:
            exports = ", ".join(_EXPORT.findall(text))
            text = (
                f"const {Path(file).stem}Module = (() => {{\n{_EXPORT.sub('', text)}\nreturn {{ {exports} }};\n}})();"
            )
        parts.append(text)
    return "\n".join(parts)
