"""The modules of a component, joined into one text, do in node what they did apart."""

import shutil
import subprocess
from pathlib import Path

import pytest

from pages.parts.modules import joined_modules

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
LAST = """import { all } from "../other/second.js";

all((said) => process.stdout.write(said));
"""


def joined(folder: Path, **modules: str) -> str:
    """These modules, written into a folder, as one text."""
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return joined_modules([str(folder / f"{name}.js") for name in modules])


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
