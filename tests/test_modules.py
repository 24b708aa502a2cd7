"""The modules of a component, joined into one text, do in node what they did apart; and the text is kept short."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.components.joining import joined_modules, lean
from tests.browser import Server, wait_idle
from tests.browsing import press, rests_at, turn_to, visit
from tests.test_layers import ROOT, sources

LIBRARY = ROOT / "pages" / "components" / "library"
HANDS = (("handOut", "handing"), ("mountTwo", "view"))
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


def node_says(text: str) -> str:
    """What node writes when it runs this module."""
    node = shutil.which("node") or shutil.which("nodejs")
    assert node, "Install Node.js 18.15 or newer (Debian and Ubuntu: apt install nodejs)."
    done = subprocess.run([node, "--input-type=module", "-"], input=text.encode(), capture_output=True, timeout=60)
    assert done.stderr == b""
    return done.stdout.decode()


def test_imports_over_several_lines_and_under_other_names(tmp_path: Path) -> None:
    assert node_says(joined(tmp_path, first=FIRST, second=SECOND, last=LAST)) == "1,2,3,4"


@pytest.mark.parametrize(
    "line",
    ['import "./first.js";', 'import * as all from "./first.js";', "export { ONE };", 'export * from "./first.js";'],
)
def test_what_is_not_understood_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match=r"second\.js: this cannot be joined: (import|export)"):
        joined(tmp_path, first=FIRST, second=f"const ONE = 2;\n{line}\n", last=LAST)


def test_modules_that_import_each_other_are_named(tmp_path: Path) -> None:
    first = 'import { b } from "./second.js";\nexport const a = 1;\n'
    second = 'import { a } from "./first.js";\nexport const b = 1;\n'
    with pytest.raises(ValueError, match=r"^These modules import each other: .*first\.js"):
        joined(tmp_path, first=first, second=second)


def test_two_modules_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    last = "\n".join([f'import {{ ONE as {at} }} from "./{at}/one.js";' for at in "ab"]) + "\n"
    for folder, number in (("a", 1), ("b", 2), ("c/b", 3)):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "one.js").write_text(f"export const ONE = {number};\n", encoding="utf-8")
    assert node_says(joined(tmp_path, last=f"{last}process.stdout.write(`${{a}},${{b}}`);\n")) == "1,2"
    with pytest.raises(ValueError, match="have the same name and folder"):
        joined(tmp_path, last=f'{last}import {{ ONE }} from "./c/b/one.js";\n')


# --- the code of all components comes once for a tab ----------------------------------------------------------

A_TAB = """
globalThis.window = Object.assign(new EventTarget(), { w2vCode: undefined });
const said = [];
globalThis.show = (text) => said.push(text);
const text = (code) => `data:text/javascript,${encodeURIComponent(code)}`;
const mount = (await import(text(MOUNT))).default;
const place = {};
const first = mount({ name: "two", parentElement: place, data: 1 });
const second = mount({ name: "two", parentElement: place, data: 2 });
const elsewhere = mount({ name: "two", parentElement: {}, data: 3 });
said.push("waits");
await import(text(LIBRARY));
const answers = await Promise.all([first, second, elsewhere]);
said.push(answers.map((answer) => typeof answer), mount({ name: "two", parentElement: place, data: 4 })());
process.stdout.write(said.join());
"""


def test_what_is_mounted_before_its_code_came_shows_the_last_of_its_data_once(tmp_path: Path) -> None:
    """A view of the first data would be taken away again, and with it the one of the second that has its place."""
    mounts = 'export function mountTwo({ data }) {\n  show(`data ${data}`);\n  return () => "away";\n}\n'
    hands = (
        "\n".join([f'import {{ {name} }} from "./{file}.js";' for name, file in HANDS])
        + "\nhandOut({ two: mountTwo });\n"
    )
    handing = (LIBRARY / "handing.js").read_text(encoding="utf-8")
    code = joined(tmp_path, handing=handing, view=mounts, all=hands)
    codes = f"const MOUNT = {json.dumps(joined_modules(LIBRARY / 'each.js'))};\nconst LIBRARY = {json.dumps(code)};\n"
    assert node_says(codes + A_TAB) == "waits,data 2,data 3,data 4,undefined,function,function,away"


def test_the_code_that_comes_once_mounts_every_component_of_the_folder() -> None:
    handed = re.findall(r"^  (w2v_\w+): ", (LIBRARY / "all.js").read_text(encoding="utf-8"), re.MULTILINE)
    files = {path: text for path, text in sources(ROOT, ".py") if path.startswith("pages/components/")}
    assert len(files) > 10
    shown = [name for text in files.values() for name in re.findall(r'Component\("(\w+)"', text)]
    assert sorted(handed) == sorted(shown)


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


MOST_A_STEP = 70_000  # bytes; 217,745 while the script of every component was sent with its data


@pytest.mark.browser
def test_the_code_comes_once_and_a_step_of_one_update_sends_little(page: Page, app_server: Server) -> None:
    received: list[int] = []
    code = len(joined_modules(LIBRARY / "all.js").encode())
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    visit(page, app_server, "/update", preset="royal", t=60)
    assert len([size for size in received if code < size < code + 1000]) == 1
    expect(page.locator(".w2v-pictures")).to_be_visible()
    wait_idle(page)
    received.clear()
    press(page, "forward")
    rests_at(page, 61)
    wait_idle(page)
    assert 10_000 < sum(received) < MOST_A_STEP
    received.clear()
    for name in ("Words", "Training", "Map"):
        turn_to(page, name)
    assert [size for size in received if code < size < code + 1000] == []
