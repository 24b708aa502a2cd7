"""Several JavaScript files as the one text that a Streamlit component takes."""

import re
from collections.abc import Sequence
from pathlib import Path

_HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import \{([^}]*)\} from "[./\w]*?(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:class|function|const) (\w+))", re.MULTILINE)


def joined(files: Sequence[str]) -> str:
    """Join modules, each after those that it imports: each but the last becomes an object of what it exports.

    files : paths from this folder; the last one has the component's default export

    Every file keeps a scope of its own, so that two may use the same name inside.
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
