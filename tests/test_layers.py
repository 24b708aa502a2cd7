"""Imports point one way, what must never be written is written nowhere, and tests use what is public.

`ROOMS` is the whole house: whatever is in none of its rooms, and whatever knows more than its room may, fails here.
"""

import ast
import importlib
import posixpath
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MEASUREMENTS = sorted(path.stem for path in (ROOT / "bench").glob("*.py") if path.stem != "__init__")
MODEL = (  # each knows those before
    "arrays",
    "slices",
    "way_out",
    "counted",
    "reading.net_writing",
    "reading.characters",
    "reading.pair_syntax",
    "reading.tokens",
    "corpus",
    "training_pairs",
    "counts",
    "huffman",
    "objectives",
    "config",
    "windows",
    "parameters",
    "learning",
    "goal",
    "moments",
    "plan_checks",
    "plan",
    "run",
)
CORE = "w2v.core"  # the files on top of w2v, its objectives and its texts
WINGS = {f"w2v.{name}" for name in ("reading", "counting", "pictures", "explain", "judgments", "whole", "files", "cli")}
ALL_OF_W2V = {"w2v", CORE, *WINGS}
SHOWS = {"streamlit", "plotly"}
BELOW = {*ALL_OF_W2V, "pages.session", "pages.drawing", "pages.components"}  # what parts of pages are made with
VIEWS = tuple(
    f"pages.components.{name}"
    for name in ("player", "ledger", "update_pictures", "windows", "word_pictures", "passages", "guess")
)
PAGES = tuple(
    f"pages.parts.{name}" for name in ("text", "training", "map", "update", "words", "variants", "compare", "teach")
)
ROOMS: dict[str, set[str]] = {  # each room of Python, and what it may know besides itself and other people's libraries
    CORE: {"w2v.reading"},  # of these only the corpus: see MODEL
    "w2v.reading": {CORE},
    "w2v.counting": {CORE, "w2v.reading"},
    "w2v.pictures": {CORE},
    "w2v.explain": {CORE, "w2v.pictures", "w2v.reading"},
    "w2v.judgments": {CORE, "w2v.reading"},
    "w2v.whole": {CORE, "w2v.counting"},
    "w2v.files": {CORE, "w2v.reading", "w2v.counting", "w2v.whole"},
    "w2v.cli": {CORE, "w2v.reading", "w2v.counting", "w2v.explain", "w2v.judgments", "w2v.whole", "w2v.files", "w2v"},
    "w2v": ALL_OF_W2V,  # its public names, and its command
    "pages.session": {*ALL_OF_W2V, "streamlit"},
    "pages.drawing": {*ALL_OF_W2V, "plotly"},
    "pages.components": {*ALL_OF_W2V, "pages.drawing", "streamlit"},
    **{view: {*ALL_OF_W2V, "pages.drawing", "pages.components", "streamlit"} for view in VIEWS},
    "pages.parts.shared": {*BELOW, *VIEWS, "streamlit"},
    "pages.parts.save": {*BELOW, *VIEWS, "pages.parts.shared", "streamlit"},
    "pages.parts.guides": {*BELOW, "pages.parts.map", "pages.parts.shared", "streamlit"},  # of the map what is chosen
    "pages.parts.lessons": {
        *BELOW,
        "pages.components.guess",
        "pages.parts.guides",
        "pages.parts.map",
        "pages.parts.shared",
        "streamlit",
    },
    **{page: {*BELOW, *VIEWS, "pages.parts.shared", "pages.parts.save", "streamlit"} for page in PAGES},
    "pages.parts.teach": {*BELOW, "pages.parts.guides", "pages.parts.shared", "pages.parts.save", "streamlit"},
    "pages.screens": {
        *BELOW,
        *VIEWS,
        *PAGES,
        "pages.parts.guides",
        "pages.parts.lessons",
        "pages.parts.shared",
        "pages.parts.save",
        "streamlit",
    },
    "pages": set(),  # its files hand the first deep link over to app.py
    "app": {"pages.session", "pages.parts.guides", "pages.parts.lessons", "pages.parts.shared", "streamlit"},
}
KIT, PLAYER = "pages/components/kit", "pages/components/player"
JS_ROOMS: dict[str, set[str]] = {  # the same for JavaScript
    KIT: set(),
    f"{PLAYER}/model": {KIT},
    f"{PLAYER}/views": {KIT, f"{PLAYER}/model"},
    PLAYER: {KIT, f"{PLAYER}/model", f"{PLAYER}/views"},
    **{view.replace(".", "/"): {KIT} for view in VIEWS[1:]},
    "pages/components/library": {PLAYER, *[view.replace(".", "/") for view in VIEWS[1:]]},
    "pages/parts/shared": {KIT},
    "pages/parts/map": set(),
}
OWNERS = {  # words of Streamlit's that only one file may use
    "session_state": "pages/session/memory.py",
    "query_params": "pages/session/now.py",
    "cache_resource": "pages/session/coming.py",
    "cache_data": "",
}
VALUES_ONLY = {  # parts of a page that are handed values: none of them asks the session, not even through others
    "pages.parts.map.choice",
    "pages.parts.map.pictures",
    "pages.parts.map.sentences",
    "pages.parts.training.curves",
}
SAID_ONCE = {  # in Python of the pages: what is written -> the one file where it stands
    r"#[0-9A-Fa-f]{6}\b": "pages/drawing/colors.py",
    r"^[A-Z_]+ = 300\b": "pages/drawing/words.py",  # words in one picture or table
    r"\bst\.slider\(\s*\"Perplexity": "pages/parts/shared/tsne_panel.py",
}
WORKERS = "w2v/workers.py"  # what is started is started there, where it is known what to do if nothing can be
STARTS = (
    r"\b(Thread|Timer|Popen|fork|(Thread|Process)Pool\w*)\(|^\s*(import|from)\s+(subprocess|multiprocessing|joblib)\b"
)
NEVER = {
    r"unsafe_allow_html\s*=\s*True": "",
    r"\bst\.html\(": "",
    r"allow_pickle\s*=\s*True": "",
    r"\b(import|from)\s+c?[pP]ickle\b": "",
    r"(inner|outer)HTML": "",
    r"insertAdjacentHTML": "",
    r"document\.write": "",
    r"(?<!\w)eval\(": "",
    r"\bnew Function\(": "",
    r"components\.v1": "",
    r"\btime\.sleep|from time import .*\bsleep": "pages/",
}  # pattern -> where it is forbidden ("" = everywhere)


VISITOR = "tests/visitor.py"
SESSION = "session_state"  # tests ask the visitor what the app keeps there
OURS = ("w2v", "pages", "bench", "app")
HANDS_OVER = 'runpy.run_path(str(Path(__file__).parent.parent / "app.py"))'


def sources(root: Path, *suffixes: str) -> Iterator[tuple[str, str]]:
    """(path inside the repository, text) of each file of the app with one of the suffixes."""
    for path in sorted([*root.glob("app.py"), *root.glob("w2v/**/*"), *root.glob("pages/**/*")]):
        if path.suffix in suffixes and "__pycache__" not in path.parts:
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def module_name(path: str) -> str:
    """ "w2v/run.py" -> "w2v.run"; "w2v/__init__.py" -> "w2v"."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports_of(path: str, text: str, modules: set[str]) -> set[str]:
    """Modules a file imports anywhere in it: our own by their full names, others by their first name."""
    found = set()
    for node in ast.walk(ast.parse(text, path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parts = path.removesuffix(".py").split("/")
            base = ".".join([*(parts[: -node.level] if node.level else []), *filter(None, [node.module])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                found.add(full if full in modules else base)
    ours = ("w2v", "pages", "app", "tests", "bench")
    return {name if name.split(".")[0] in ours else name.split(".")[0] for name in found}


def graph_of(root: Path) -> dict[str, set[str]]:
    """Each module of the app with what it imports."""
    texts = dict(sources(root, ".py"))
    modules = {module_name(path) for path in texts}
    return {module_name(path): imports_of(path, text, modules) for path, text in texts.items()}


def reach(graph: dict[str, set[str]], start: str) -> set[str]:
    """Everything a module imports, directly or through others."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        news = graph.get(waiting.pop(), set()) - found
        found |= news
        waiting += news
    return found


def inside(name: str, *packages: str) -> bool:
    """Whether a module is one of the packages or lies in one of them."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def room_of(module: str) -> str | None:
    """The room that one of our modules is in; None for one that is in none."""
    if module in ("w2v", "w2v.__main__"):
        return "w2v"
    if inside(module, "w2v") and (module.count(".") == 1 or inside(module, "w2v.objectives", "w2v.texts")):
        return "w2v" if module in WINGS else CORE
    if re.fullmatch(r"pages\.\w+", module) and module not in ROOMS:
        return "pages"
    return max((room for room in ROOMS if inside(module, room) and room not in ("w2v", "pages")), key=len, default=None)


def forbidden_imports(root: Path) -> Iterator[str]:
    """One sentence for each import that points the wrong way, and for each file that is in no room."""
    graph = graph_of(root)
    for module, direct in graph.items():
        room = room_of(module)
        if room is None:
            yield f"{module} is in no room of the house"
            continue
        for name in sorted(direct):
            theirs = room_of(name) if inside(name, "w2v", "pages") else name
            if theirs == room or (theirs not in SHOWS and not inside(name, *OURS, "tests")):
                continue
            if theirs not in ROOMS[room]:
                yield f"{module} must not know {name}"
        package_order = [f"w2v.{name}" for name in MODEL]
        if module in package_order:
            later = package_order[package_order.index(module) + 1 :]
            yield from (
                f"{module} must not know {name}" for name in sorted(reach(graph, module)) if inside(name, *later)
            )
        elif module in VALUES_ONLY:
            asked = sorted(name for name in reach(graph, module) if inside(name, "pages.session"))
            yield from (f"{module} must not know {name}" for name in asked)
        elif room == CORE:
            yield from (f"{module} must not know {name}" for name in sorted(direct) if inside(name, *WINGS))
    try:
        TopologicalSorter({module: direct - {module} for module, direct in graph.items()}).prepare()
    except CycleError as circle:
        yield f"imports run in a circle: {' -> '.join(circle.args[1])}"
    yield from forbidden_scripts(root)


def forbidden_scripts(root: Path) -> Iterator[str]:
    """The same for JavaScript."""
    for path, text in sources(root, ".js"):
        room = js_room_of(path)
        if room is None:
            yield f"{path} is in no room of the house"
            continue
        for target in re.findall(r'from\s+"(\.[^"]+)"', text):
            theirs = js_room_of(posixpath.normpath(posixpath.join(posixpath.dirname(path), target)))
            if theirs != room and theirs not in JS_ROOMS[room]:
                yield f"{path} must not know {target}"
        if room == f"{PLAYER}/model" and (word := re.search(r"\b(document|window)\.", text)):
            yield f"{path} is arithmetic and must not touch {word[1]}"


def js_room_of(path: str) -> str | None:
    """The room that a file of JavaScript is in."""
    return max((room for room in JS_ROOMS if path.startswith(f"{room}/")), key=len, default=None)


def forbidden_words(root: Path) -> Iterator[str]:
    """One sentence for each word that stands where it must not."""
    for path, text in sources(root, ".py", ".js", ".css", ".html", ".toml", ".json", ".md"):
        for pattern, place in NEVER.items():
            if path.startswith(place) and (match := re.search(pattern, text)):
                yield f"{path} contains {match[0]!r}"
        if path.endswith(".py"):
            if "max_chars=" in text and "refused_by_box(" not in text:
                yield f"{path} limits a box: Streamlit drops a longer paste without a word"
            yield from (f"{path} mentions {word}" for word, owner in OWNERS.items() if word in text and path != owner)
        if path.startswith("pages/") and path.endswith(".py"):
            for pattern, place in SAID_ONCE.items():
                if path != place and (match := re.search(pattern, text, re.MULTILINE)):
                    yield f"{path} contains {match[0]!r}, which stands in {place}"
        if inside(module_name(path), "w2v") and path != WORKERS and path.endswith(".py"):
            yield from (
                f"{path} contains {m[0].strip()!r}: only {WORKERS} may" for m in re.finditer(STARTS, text, re.MULTILINE)
            )
        if path == "w2v/learning.py" and re.search(r"\bConfig\b", text):
            yield "w2v/learning.py mentions Config"
        if re.fullmatch(r"pages/[^/]+\.py", path) and HANDS_OVER not in text:
            yield f"{path} lies directly in pages/, where Streamlit would show it without the frame of app.py"


def is_private(name: str) -> bool:
    """Whether a name, or any part of a dotted one, is private."""
    return any(part.startswith("_") and not part.endswith("__") for part in name.split("."))


def private_names(path: str, text: str) -> Iterator[str]:
    """Each private name of ours that a file imports, touches, or replaces by its name in quotes."""
    nodes = list(ast.walk(ast.parse(text, path)))
    ours: set[str] = set()  # what the file calls our modules and what is in them
    for node in nodes:
        if isinstance(node, ast.Import):
            found = [(alias.name, alias.asname or alias.name.split(".")[0]) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found = [(f"{node.module}.{alias.name}", alias.asname or alias.name) for alias in node.names]
        else:
            continue
        found = [(full, name) for full, name in found if inside(full, *OURS)]
        ours |= {name for _, name in found}
        yield from (full for full, _ in found if is_private(full))
    touched = [(node.value, node.attr) for node in nodes if isinstance(node, ast.Attribute)]
    for node in nodes:
        match node:
            case ast.Call(args=[ast.Constant(value=str(name)), *_]) if inside(name, *OURS) and is_private(name):
                yield name  # patch.setattr("w2v.run._walk", ...)
            case ast.Call(args=[whose, ast.Constant(value=str(name)), *_]):
                touched.append((whose, name))  # patch.setattr(run, "_walk", ...)
    for whose, name in touched:
        if is_private(name) and re.split(r"\W", owner := ast.unparse(whose))[0] in ours:
            yield f"{owner}.{name}"


def forbidden_in_tests(root: Path) -> Iterator[str]:
    """One sentence for each test that goes behind what is public."""
    for file in sorted(root.glob("tests/**/*.py")):
        path, text = file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")
        if path not in (VISITOR, "tests/test_layers.py") and SESSION in text:
            yield f"{path} mentions {SESSION}: only {VISITOR} may"
        yield from (f"{path} must not know {name}, which is private" for name in private_names(path, text))


def test_imports_point_one_way() -> None:
    assert list(forbidden_imports(ROOT)) == []


def test_nothing_dangerous_is_written() -> None:
    assert list(forbidden_words(ROOT)) == []


def test_tests_use_what_is_public_and_ask_the_visitor_about_the_session() -> None:
    assert list(forbidden_in_tests(ROOT)) == []


# --- and these rules can fail: a small app of good files, then one bad file at a time -------------------

GOOD = {
    "app.py": "import streamlit as st\nfrom pages.session import now\n",
    "pages/screens/start.py": "from pages.parts.shared.strip import show\nfrom w2v import Run\n",
    "pages/session/memory.py": "import streamlit as st\nst.session_state['run'] = 1\n",
    "pages/session/now.py": "from . import memory\nfrom w2v.whole.passes import Passes\n",
    "pages/parts/shared/strip.py": "from pages.drawing import figures\nfrom pages.session import now\n",
    "pages/parts/map/page.py": "from pages.parts.map import pictures\nfrom pages.parts.shared import strip\n",
    "pages/parts/map/pictures.py": "import numpy as np\nfrom pages.components.player import player\n",
    "pages/parts/text/choose.py": "import streamlit as st\n",
    "pages/drawing/figures.py": "import plotly.graph_objects as go\nfrom w2v.run import Run\n",
    "pages/components/player/__init__.py": "import streamlit as st\nfrom pages.components.register import Component\n",
    "pages/components/register.py": "import re\n",
    "pages/components/kit/dom.js": "element.textContent = word;\n",
    "pages/components/player/player.js": 'import { make } from "../kit/dom.js";\nelement.textContent = word;\n',
    "pages/components/player/model/replay.js": 'import { rate } from "./record.js";\n',
    "pages/components/ledger/ledger.js": 'import { make } from "../kit/dom.js";\n',
    "w2v/__init__.py": "from w2v.run import Run\nfrom w2v.corpus import Corpus\n",
    "w2v/corpus.py": "import numpy as np\nfrom w2v.reading.tokens import cut\n",
    "w2v/reading/tokens.py": "import re\n",
    "w2v/whole/passes.py": "from w2v.run import Run\n",
    "w2v/files/saved_runs.py": "from w2v.whole.passes import Passes\n",
    "w2v/learning.py": "from .corpus import Corpus\nfrom w2v.retrieval import retrieval\nretrieval()\n",
    "w2v/retrieval.py": "import ast\nast.literal_eval('1')\n",
    "w2v/workers.py": "import subprocess\nfrom threading import Thread\nThread(target=print).start()\n",
    "w2v/run.py": "from w2v import corpus\nfrom w2v.learning import step\n",
    "tests/visitor.py": "def word(at):\n    return at.session_state['word'] if at._tree else None\n",
    "tests/test_run.py": (
        "import w2v\nfrom w2v import __main__, run as module\nfrom numpy import _core\n"
        "class Made:\n    _kept = w2v.__name__, _core._a, module.MOST\n    def f(self):\n        return self._kept\n"
        "def test(patch):\n    patch.setattr(module, 'MOST', 1)\n    patch.setattr(Made, '_kept', 1)\n"
    ),
}
BAD = [
    ("w2v/corpus.py", "import streamlit", "w2v.corpus must not know streamlit"),
    ("w2v/corpus.py", "def f():\n    from plotly import io", "w2v.corpus must not know plotly"),
    ("w2v/corpus.py", "from pages.drawing import figures", "w2v.corpus must not know pages.drawing.figures"),
    ("w2v/run.py", "from w2v.whole.passes import Passes", "w2v.run must not know w2v.whole.passes"),
    ("w2v/retrieval.py", "from w2v.reading import tokens", "w2v.retrieval must not know w2v.reading.tokens"),
    ("w2v/whole/passes.py", "from w2v.files import saved_runs", "w2v.whole.passes must not know w2v.files.saved_runs"),
    ("w2v/attic/old.py", "", "w2v.attic.old is in no room of the house"),
    ("pages/attic/old.py", "", "pages.attic.old is in no room of the house"),
    ("pages/parts/views.py", "", "pages.parts.views is in no room of the house"),
    ("w2v/corpus.py", "from w2v import Run", "w2v.corpus must not know w2v"),
    (
        "w2v/corpus.py",
        "from .retrieval import x\nimport tests.browser",
        "w2v.corpus must not know tests.browser",
    ),
    ("w2v/retrieval.py", "from . import run", "w2v.learning must not know w2v.run"),
    ("w2v/retrieval.py", "from w2v.learning import step", "imports run in a circle"),
    ("w2v/learning.py", "def step(config: Config): ...", "w2v/learning.py mentions Config"),
    ("pages/drawing/figures.py", "import streamlit as st", "pages.drawing.figures must not know streamlit"),
    (
        "pages/drawing/figures.py",
        "from pages.session import now",
        "pages.drawing.figures must not know pages.session.now",
    ),
    (
        "pages/session/now.py",
        "from pages.drawing import figures",
        "pages.session.now must not know pages.drawing.figures",
    ),
    ("pages/session/now.py", "import plotly", "pages.session.now must not know plotly"),
    (
        "pages/components/player/__init__.py",
        "from pages.session import now",
        "pages.components.player must not know pages.session.now",
    ),
    (
        "pages/components/ledger/__init__.py",
        "from pages.components.player import player",
        "pages.components.ledger must not know pages.components.player",
    ),
    (
        "pages/parts/map/page.py",
        "from pages.parts.text import choose",
        "pages.parts.map.page must not know pages.parts.text.choose",
    ),
    (
        "pages/parts/shared/strip.py",
        "from pages.parts.map import page",
        "pages.parts.shared.strip must not know pages.parts.map.page",
    ),
    (
        "pages/parts/shared/strip.py",
        "import pages.screens.start",
        "pages.parts.shared.strip must not know pages.screens.start",
    ),
    ("pages/screens/two.py", "import app", "pages.screens.two must not know app"),
    ("pages/screens/two.py", "st.session_state.t = 1", "pages/screens/two.py mentions session_state"),
    ("pages/screens/two.py", "st.query_params", "pages/screens/two.py mentions query_params"),
    ("app.py", "@st.cache_data\ndef f(): ...", "app.py mentions cache_data"),
    ("w2v/run.py", "cache_resource = 1", "w2v/run.py mentions cache_resource"),
    ("pages/screens/two.py", "import time\ntime.sleep(1)", "contains 'time.sleep'"),
    ("pages/screens/two.py", "st.markdown(x, unsafe_allow_html=True)", "contains 'unsafe_allow_html=True'"),
    ("pages/screens/two.py", "st.html(x)", "contains 'st.html('"),
    ("pages/screens/two.py", "st.text_input('Name', max_chars=9)", "pages/screens/two.py limits a box"),
    ("w2v/run.py", "np.load(x, allow_pickle=True)", "contains 'allow_pickle=True'"),
    ("w2v/run.py", "import pickle", "contains 'import pickle'"),
    ("w2v/run.py", "eval('1')", "contains 'eval('"),
    ("pages/parts/shared/strip.py", "import streamlit.components.v1", "contains 'components.v1'"),
    ("w2v/run.py", "with ThreadPoolExecutor(2) as pool: ...", "w2v/run.py contains 'ThreadPoolExecutor('"),
    ("w2v/run.py", "threading.Thread(target=f).start()", "w2v/run.py contains 'Thread('"),
    ("w2v/run.py", "def f():\n    import subprocess", "w2v/run.py contains 'import subprocess'"),
    (
        "pages/components/kit/dom.js",
        'import { p } from "../player/player.js";',
        "pages/components/kit/dom.js must not know ../player/player.js",
    ),
    (
        "pages/components/player/model/replay.js",
        'import { map } from "../views/map.js";',
        "model/replay.js must not know ../views/map.js",
    ),
    ("pages/components/player/model/replay.js", "document.body.focus();", "is arithmetic and must not touch document"),
    (
        "pages/components/ledger/ledger.js",
        'import { p } from "../player/player.js";',
        "ledger.js must not know ../player/player.js",
    ),
    ("pages/parts/text/old.js", "", "pages/parts/text/old.js is in no room of the house"),
    ("pages/components/player/player.js", "e.innerHTML = word", "contains 'innerHTML'"),
    ("pages/components/player/player.js", "e.insertAdjacentHTML('x', word)", "contains 'insertAdjacentHTML'"),
    ("pages/components/player/player.js", "document.write(word)", "contains 'document.write'"),
    (
        "pages/parts/map/pictures.py",
        "from pages.parts.shared import strip",
        "pages.parts.map.pictures must not know pages.session.now",
    ),
    ("pages/parts/save/gif.py", 'BLUE = "#0072B2"', "contains '#0072B2', which stands in pages/drawing/colors.py"),
    ("pages/parts/map/page.py", "MOST_ROWS = 300  # words", "contains 'MOST_ROWS = 300', which stands in"),
    (
        "pages/parts/map/page.py",
        'st.slider(\n    "Perplexity", 1.0)',
        "which stands in pages/parts/shared/tsne_panel.py",
    ),
    ("pages/start.py", "", "pages/start.py lies directly in pages/"),
    ("tests/test_run.py", "at.session_state['runs']", "tests/test_run.py mentions session_state"),
    ("tests/cases.py", "# session_state", "tests/cases.py mentions session_state"),
    ("tests/test_run.py", "from w2v.run import _walk", "tests/test_run.py must not know w2v.run._walk"),
    ("tests/test_run.py", "from bench._book import book", "tests/test_run.py must not know bench._book.book"),
    ("tests/test_run.py", "def f():\n    import pages._x as x", "tests/test_run.py must not know pages._x"),
    ("tests/test_run.py", "from w2v import run as r\nr._walk()", "tests/test_run.py must not know r._walk"),
    ("tests/test_run.py", "import w2v.run\nw2v.run._walk()", "tests/test_run.py must not know w2v.run._walk"),
    ("tests/visitor.py", "from pages.session import now\nnow._a.b()", "tests/visitor.py must not know now._a"),
    ("tests/test_run.py", "from w2v import Run\nRun(c)._walk", "tests/test_run.py must not know Run(c)._walk"),
    ("tests/test_run.py", "import w2v\nm.setattr(w2v.run, '_A', 1)", "tests/test_run.py must not know w2v.run._A"),
    ("tests/test_run.py", "m.setattr('w2v.run._A', 1)", "tests/test_run.py must not know w2v.run._A"),
]


def complaints(root: Path, files: dict[str, str]) -> list[str]:
    """What the rules say about an app of these files."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return [*forbidden_imports(root), *forbidden_words(root), *forbidden_in_tests(root)]


def test_the_rules_accept_a_good_app(tmp_path: Path) -> None:
    assert complaints(tmp_path, GOOD) == []


@pytest.mark.parametrize(("path", "text", "expected"), BAD)
def test_the_rules_see_a_bad_file(tmp_path: Path, path: str, text: str, expected: str) -> None:
    found = complaints(tmp_path, {**GOOD, path: text + "\n"})
    assert any(expected in sentence for sentence in found), found


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_every_measurement_finds_what_it_imports(name: str) -> None:
    """They are not run by the tests, and lean on helpers of these."""
    importlib.import_module(f"bench.{name}")


def names_in_session(root: Path) -> tuple[set[str], set[str]]:
    """The names under which the pages keep short lists, and those under which they remember single values."""
    lists, values = set[str](), set[str]()
    for _, text in sources(root, ".py"):
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Call) or not ast.unparse(node.func).startswith("memory."):
                continue
            called, first = ast.unparse(node.func).removeprefix("memory."), node.args[0] if node.args else None
            if called == "remember":
                values |= {keyword.arg for keyword in node.keywords if keyword.arg}
            elif isinstance(first, ast.Constant) and called in ("recall", "begin_to_send"):
                values.add(str(first.value))
            elif isinstance(first, ast.Constant) and called in ("keep", "kept", "is_kept", "latest", "forget"):
                lists.add(str(first.value))
    return lists, values


def test_a_name_in_the_session_is_that_of_a_list_or_of_a_value() -> None:
    lists, values = names_in_session(ROOT)
    assert {"trained", "plans"} <= lists
    assert {"config", "left_out"} <= values
    assert not lists & values
