"""The modules of a component, joined into one text, do in node what they did apart."""

import shutil
import subprocess
from pathlib import Path

import pytest

from pages.components.joining import joined_modules

FIRST = """export const ONE = 1;
export class Two { static value = 2; }
export async function three() { return 3; }
export function* four() { yield 4; }
"""
SECOND = """import {
  four,
  ONE as FIRST,
  three,
  Two,
} from "./first.js";

export function all(done) {
  three().then((n) => done([FIRST, Two.value, n, ...four()].join()));
}
"""
LAST = """import { all } from "./second.js";

all((said) => process.stdout.write(said));
"""


def joined(folder: Path, **modules: str) -> str:
    """These modules, written into a folder, as one text."""
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return joined_modules(folder / f"{next(reversed(modules))}.js")


def test_imports_over_several_lines_and_under_other_names(tmp_path: Path) -> None:
    text = joined(tmp_path, first=FIRST, second=SECOND, last=LAST)
    node = shutil.which("node") or shutil.which("nodejs")
    assert node, "Install Node.js 18.15 or newer (Debian and Ubuntu: apt install nodejs)."
    done = subprocess.run([node, "-"], input=text.encode(), capture_output=True, timeout=60)
    assert (done.stdout, done.stderr) == (b"1,2,3,4", b"")


@pytest.mark.parametrize(
    "line", ['import "./first.js";', 'import * as all from "./first.js";', "export default 1;", "export { ONE };"]
)
def test_what_is_not_understood_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match=r"second\.js: this cannot be joined: (import|export)"):
        joined(tmp_path, first=FIRST, second=f"const ONE = 2;\n{line}\n", last=LAST)


def test_modules_that_import_each_other_are_named(tmp_path: Path) -> None:
    first = 'import { b } from "./second.js";\nexport const a = 1;\n'
    second = 'import { a } from "./first.js";\nexport const b = 1;\n'
    with pytest.raises(ValueError, match=r"^These modules import each other: .*first\.js"):
        joined(tmp_path, first=first, second=second)


def test_two_modules_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "first.js").write_text("export const b = 1;\n", encoding="utf-8")
    last = 'import { ONE } from "./first.js";\nimport { b } from "./other/first.js";\nprocess.stdout.write(ONE + b);\n'
    with pytest.raises(ValueError, match="have the same name"):
        joined(tmp_path, first=FIRST, last=last)
