"""The modules of a component, joined into one text, do in node what they did apart; and the text is kept short."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.components.joining import joined_modules, lean
from tests.browser import Server, wait_idle
from tests.browsing import press, rests_at, visit
from tests.test_layers import ROOT, sources

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


# --- what only a reader needs is not sent -----------------------------------------------------------------

COMMENTED = """// A file.
const a = 1; // one

/** A block, `b`. */
/*
 * Longer.
 */ const c = "/* no comment */";
function f() {
  /** @type {number} */ const d = 1;
  // said beside it
  return [
    a, // of the first
    `${a} ${
      c
    } ${d}`,
  ];
}
/* the last */
"""
LEAN = """const a = 1; // one
/*
* Longer.
*/ const c = "/* no comment */";
function f() {
/** @type {number} */ const d = 1;
return [
a, // of the first
`${a} ${
c
} ${d}`,
];
}
"""


def test_indentation_and_the_lines_of_comments_are_left_out() -> None:
    assert lean(COMMENTED) == LEAN
    assert lean("/* one */\n:host {\n  color: red; /* two */\n}\n\n.b { }\n") == (
        ":host {\ncolor: red; /* two */\n}\n.b { }\n"
    )


def text_over_lines(code: str) -> str:
    """What is left of JavaScript when all template literals on one line are taken out: "" if these are all."""
    code = re.sub(r"//[^\n]*|/\*.*?\*/", "", code, flags=re.DOTALL)
    before = None
    while before != code:  # from the inside out: `a ${b ? `c` : "d"}`
        before = code
        code = re.sub(r"`[^`\n{}]*`|\$?\{[^{}`]*\}", "", code)
    return code[code.find("`") :] if "`" in code else ""


def test_no_text_of_a_template_literal_goes_over_several_lines() -> None:
    """Its indentation would be taken out of it."""
    found = {path: text_over_lines(text)[:80] for path, text in sources(ROOT, ".js")}
    assert len(found) > 80
    assert {path: text for path, text in found.items() if text} == {}
    assert text_over_lines("f(`a\n  b`);") == "`a\n  b`);"
    assert text_over_lines("f(`${a ? `b${c}` : { d: 1 }.d} e ${\n  f\n}`, `g`);") == ""
    assert text_over_lines("f(`a ${b}\n  c`);") != ""


MOST_A_STEP = 230_000  # bytes; 259,359 with indentation and comments, 217,745 without


@pytest.mark.browser
def test_a_step_of_one_update_sends_little(page: Page, app_server: Server) -> None:
    """Streamlit sends the whole script of every component on it, the ledger and the picture of the network."""
    received: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    visit(page, app_server, "/update", preset="royal", t=60)
    expect(page.locator(".w2v-pictures")).to_be_visible()
    wait_idle(page)
    received.clear()
    press(page, "forward")
    rests_at(page, 61)
    wait_idle(page)
    assert 50_000 < sum(received) < MOST_A_STEP
