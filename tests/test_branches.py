"""Objectives are values: hardly anywhere is it asked *which* one there is. Counted here, in Python and JavaScript.

A branch is a comparison with an objective or with the name of one, `isinstance` with one of their classes, a `case` of
either, and a table by their names outside the files that are the tables.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.test_layers import ROOT, sources
from w2v.objectives import OBJECTIVES, logistic

MOST = 3
NAMES = tuple(OBJECTIVES)
CLASSES = (*(objective.__name__ for objective in OBJECTIVES.values()), logistic.Logistic.__name__)
TABLES = ("pages/drawing/objective_words.py", "pages/components/kit/objectives/objectives.js")  # by name, one each

ANY = "|".join(NAMES)
NAME = rf"""["'`](?:{ANY})["'`]"""
JAVASCRIPT = re.compile(
    rf"\bobjective\b[\])]*\s*[!=]==?\s*(?=[\"'`])"  # record.objective === "..."
    rf"|[!=]==?\s*{NAME}"
    rf"|{NAME}\s*[!=]==?"
    rf"|\bcase\s+{NAME}"
    rf"|\[[^\]\n]*{NAME}[^\]\n]*\]\s*\.includes\("
    rf"|{{\s*[\"']?(?:{ANY})[\"']?\s*:"  # a table by name
    rf"|\.(?:is_?)?(?:{ANY}|tree)\b(?!\()",  # u.softmax: the answer to such a question, kept
    re.IGNORECASE,
)


def is_objective(node: ast.expr) -> bool:
    """Whether this is an objective or its name: objective, config.objective, values["objective"], .get("objective")."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name == "objective"
        case ast.Subscript(slice=ast.Constant(value="objective")):
            return True
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value="objective"), *_]):
            return True
        case ast.Call(func=ast.Name(id="type"), args=[inner]):
            return is_objective(inner)
    return False


def names_one(node: ast.AST) -> bool:
    """Whether a name or a class of an objective stands anywhere in it."""
    return any(
        (isinstance(part, ast.Constant) and part.value in NAMES)
        or (isinstance(part, ast.Name) and part.id in CLASSES)
        or (isinstance(part, ast.Attribute) and part.attr in CLASSES)
        for part in ast.walk(node)
    )


def is_branch(node: ast.AST) -> bool:
    """Whether this node asks which objective there is."""
    match node:
        case ast.Compare(left=left, comparators=others):
            sides = [left, *others]
            return any(is_objective(side) for side in sides) or any(
                names_one(side) for side in sides if isinstance(side, ast.Constant | ast.Tuple | ast.List | ast.Set)
            )
        case ast.Call(func=ast.Name(id="isinstance" | "issubclass"), args=[_, kind]):
            return names_one(kind)
        case ast.match_case(pattern=pattern):
            return names_one(pattern)
        case ast.Dict(keys=keys):
            return any(key is not None and names_one(key) for key in keys)
    return False


def branches(files: Iterator[tuple[str, str]]) -> list[str]:
    """The place of each branch, as path:line."""
    found = []
    for path, text in files:
        if path in TABLES:
            continue
        if path.endswith(".py"):
            lines = [node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno  # type: ignore[attr-defined]
                     for node in ast.walk(ast.parse(text, path)) if is_branch(node)]  # fmt: skip
        else:
            code = re.sub(r"//[^\n]*|/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), text, flags=re.DOTALL)
            lines = [code.count("\n", 0, match.start()) + 1 for match in JAVASCRIPT.finditer(code)]
        found += [f"{path}:{line}" for line in sorted(lines)]
    return found


def test_hardly_anyone_asks_which_objective_there_is() -> None:
    found = branches(sources(ROOT, ".py", ".js"))
    assert len(found) <= MOST, f"{len(found)} branches on the objective, and {MOST} are allowed:\n" + "\n".join(found)


def test_in_javascript_nobody_does() -> None:
    assert branches(sources(ROOT, ".js")) == []


PYTHON_BRANCHES = [
    'if config.objective == "negative": pass',
    'x = 1 if run.config.objective != "softmax" else 2',
    'x = given.get("objective") in ("negative", "hierarchical")',
    'x = values["objective"] == wanted',
    'x = kind == "hierarchical"',
    'x = "softmax" == kind',
    'x = kind in {"negative", other}',
    "x = isinstance(plan.objective, NegativeSampling)",
    "x = isinstance(value, (int, w2v.Softmax))",
    "x = isinstance(value, Softmax | HierarchicalSoftmax)",
    "x = issubclass(kind, Logistic)",
    "x = type(objective) is other",
    'match name:\n    case "negative":\n        pass',
    "match value:\n    case Softmax():\n        pass",
    'x = {"softmax": 1, "negative": 2}[name]',
    "x = {Softmax: 1}",
]
JAVASCRIPT_BRANCHES = [
    'if (record.objective === "negative") f();',
    'const n = this.data.objective !== "other" ? 1 : 2;',
    "const s = { softmax: 1, negative: 2 }[data.objective];",
    'const n = kind === "softmax";',
    'const n = "hierarchical" == kind;',
    'if (["negative", "other"].includes(name)) f();',
    'switch (name) { case "hierarchical": break; }',
    "const rows = u.softmax ? 1 : 2;",
    "if (!this.data.tree) f();",
]
NO_BRANCHES = {
    "a.py": (
        'class Softmax:\n    name = "softmax"\n'
        "x = OBJECTIVES[config.objective].title\n"
        "y = run.plan.objective.sums_to_one and objective.n_rows(3) == 4\n"
        'z = Config(text, objective="negative")\n'
        "w = isinstance(objective, Objective)\n"
        'v = {"objective": config.objective, "negatives": 5}\n'
    ),
    "b.js": (
        '// record.objective === "negative"\n/* u.tree */ const objective = objectiveOf(record);\n'
        "if (objective.sumsToOne && u.objective.wordsInU) f(softmax, this.objective === before.objective);\n"
    ),
}


@pytest.mark.parametrize("text", PYTHON_BRANCHES)
def test_the_count_sees_a_branch_in_python(text: str) -> None:
    assert len(branches(iter([("w2v/some.py", f"import w2v\n{text}\n")]))) == 1


@pytest.mark.parametrize("text", JAVASCRIPT_BRANCHES)
def test_the_count_sees_a_branch_in_javascript(text: str) -> None:
    assert branches(iter([("pages/some.js", f"// a comment\n{text}\n")])) == ["pages/some.js:2"]


@pytest.mark.parametrize("name", NO_BRANCHES)
def test_the_count_lets_values_be_asked(name: str) -> None:
    assert branches(iter([(name, NO_BRANCHES[name])])) == []
