"""Imports point one way, what must never be written is written nowhere, and tests use what is public.

numpy <- w2v <- pages/parts/{figures,formulas} <- pages/parts/{state,controls,views,player}
      <- pages/screens <- app.py
"""

import ast
import importlib
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MEASUREMENTS = sorted(path.stem for path in (ROOT / "bench").glob("*.py") if path.stem != "__init__")
MODEL = ("slices", "tokens", "corpus", "objectives", "windows", "learning", "plan", "run")  # each knows those before
DRAWING = tuple(f"pages.parts.{name}" for name in ("figures", "formulas", "objective_words"))  # no streamlit
LIVE = ("streamlit", *(f"pages.parts.{name}" for name in ("state", "controls", "views", "player")))
STATE = "pages/parts/state.py"
STATE_WORDS = ("session_state", "query_params", "cache_data", "cache_resource")
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


def forbidden_imports(root: Path) -> Iterator[str]:
    """One sentence for each import that points the wrong way."""
    graph = graph_of(root)
    for module, direct in graph.items():
        wrong: set[str] = {name for name in direct if inside(name, "tests", "bench", "app")}
        if inside(module, "w2v"):
            wrong |= {name for name in direct if inside(name, "streamlit", "plotly", "pages")}
            wrong |= {name for name in direct if name == "w2v" and module != "w2v.__main__"}
            package_order = [f"w2v.{name}" for name in MODEL]
            if module in package_order:
                later = package_order[package_order.index(module) + 1 :]
                wrong |= {name for name in reach(graph, module) if inside(name, *later)}
        elif inside(module, *DRAWING):
            wrong |= {name for name in reach(graph, module) if inside(name, *LIVE, "pages.screens")}
        elif inside(module, "pages"):
            wrong |= {name for name in direct if inside(name, "pages.screens")}
        yield from (f"{module} must not know {name}" for name in sorted(wrong))
    try:
        TopologicalSorter({module: direct - {module} for module, direct in graph.items()}).prepare()
    except CycleError as circle:
        yield f"imports run in a circle: {' -> '.join(circle.args[1])}"


def forbidden_words(root: Path) -> Iterator[str]:
    """One sentence for each word that stands where it must not."""
    for path, text in sources(root, ".py", ".js", ".css", ".html", ".toml", ".json", ".md"):
        for pattern, place in NEVER.items():
            if path.startswith(place) and (match := re.search(pattern, text)):
                yield f"{path} contains {match[0]!r}"
        if path.endswith(".py") and path != STATE:
            yield from (f"{path} mentions {word}: only {STATE} may" for word in STATE_WORDS if word in text)
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
    "app.py": "import streamlit as st\nfrom pages.parts import state\n",
    "pages/screens/start.py": "from pages.parts.views import show\nfrom w2v import Run\n",
    "pages/parts/state.py": "import streamlit as st\nst.session_state['run'] = 1\n",
    "pages/parts/views.py": "import streamlit as st\nfrom . import figures\nfrom .state import st as _\n",
    "pages/parts/figures.py": "import plotly.graph_objects as go\nfrom w2v.run import Run\n",
    "pages/parts/player/player.js": "element.textContent = word;\n",
    "w2v/__init__.py": "from w2v.run import Run\nfrom w2v.corpus import Corpus\n",
    "w2v/corpus.py": "import numpy as np\n",
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
    ("w2v/corpus.py", "from pages.parts import figures", "w2v.corpus must not know pages.parts.figures"),
    ("w2v/corpus.py", "from w2v import Run", "w2v.corpus must not know w2v"),
    (
        "w2v/corpus.py",
        "from .retrieval import x\nimport tests.browser",
        "w2v.corpus must not know tests.browser",
    ),
    ("w2v/retrieval.py", "from . import run", "w2v.learning must not know w2v.run"),
    ("w2v/retrieval.py", "from w2v.learning import step", "imports run in a circle"),
    ("w2v/learning.py", "def step(config: Config): ...", "w2v/learning.py mentions Config"),
    ("pages/parts/figures.py", "import streamlit as st", "pages.parts.figures must not know streamlit"),
    (
        "pages/parts/figures.py",
        "from pages.parts.state import st",
        "pages.parts.figures must not know streamlit",
    ),
    (
        "pages/parts/views.py",
        "import pages.screens.start",
        "pages.parts.views must not know pages.screens.start",
    ),
    ("pages/screens/two.py", "from . import start", "pages.screens.two must not know pages.screens.start"),
    ("pages/screens/two.py", "import app", "pages.screens.two must not know app"),
    ("pages/screens/two.py", "st.session_state.t = 1", "pages/screens/two.py mentions session_state"),
    ("pages/screens/two.py", "st.query_params", "pages/screens/two.py mentions query_params"),
    ("app.py", "@st.cache_data\ndef f(): ...", "app.py mentions cache_data"),
    ("w2v/run.py", "cache_resource = 1", "w2v/run.py mentions cache_resource"),
    ("pages/screens/two.py", "import time\ntime.sleep(1)", "contains 'time.sleep'"),
    ("pages/screens/two.py", "st.markdown(x, unsafe_allow_html=True)", "contains 'unsafe_allow_html=True'"),
    ("pages/screens/two.py", "st.html(x)", "contains 'st.html('"),
    ("w2v/run.py", "np.load(x, allow_pickle=True)", "contains 'allow_pickle=True'"),
    ("w2v/run.py", "import pickle", "contains 'import pickle'"),
    ("w2v/run.py", "eval('1')", "contains 'eval('"),
    ("pages/parts/views.py", "import streamlit.components.v1", "contains 'components.v1'"),
    ("w2v/run.py", "with ThreadPoolExecutor(2) as pool: ...", "w2v/run.py contains 'ThreadPoolExecutor('"),
    ("w2v/run.py", "threading.Thread(target=f).start()", "w2v/run.py contains 'Thread('"),
    ("w2v/run.py", "def f():\n    import subprocess", "w2v/run.py contains 'import subprocess'"),
    ("pages/parts/player/player.js", "e.innerHTML = word", "contains 'innerHTML'"),
    ("pages/parts/player/player.js", "e.insertAdjacentHTML('x', word)", "contains 'insertAdjacentHTML'"),
    ("pages/parts/player/player.js", "document.write(word)", "contains 'document.write'"),
    ("pages/start.py", "", "pages/start.py lies directly in pages/"),
    ("tests/test_run.py", "at.session_state['runs']", "tests/test_run.py mentions session_state"),
    ("tests/cases.py", "# session_state", "tests/cases.py mentions session_state"),
    ("tests/test_run.py", "from w2v.run import _walk", "tests/test_run.py must not know w2v.run._walk"),
    ("tests/test_run.py", "from bench._book import book", "tests/test_run.py must not know bench._book.book"),
    ("tests/test_run.py", "def f():\n    import pages._x as x", "tests/test_run.py must not know pages._x"),
    ("tests/test_run.py", "from w2v import run as r\nr._walk()", "tests/test_run.py must not know r._walk"),
    ("tests/test_run.py", "import w2v.run\nw2v.run._walk()", "tests/test_run.py must not know w2v.run._walk"),
    ("tests/visitor.py", "from pages.parts import state\nstate._a.b()", "tests/visitor.py must not know state._a"),
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
