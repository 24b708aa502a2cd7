"""One name for one thing, and each of them explained: over all texts of the interface, in Python and in JavaScript."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.drawing.glossary import TERMS, explanations, marked, term_of, used_in
from tests.browser import Server, open_page, wait_idle
from tests.browsing import SLOW, rests_at, visit
from tests.visitor import PAGES, elements, fine, open_all, strings
from tests.visitor import visit as open_app

ROOT = Path(__file__).resolve().parent.parent
COMMENTS = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
LITERALS = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
GAP = "\N{HORIZONTAL ELLIPSIS}"  # where a value stands in a text
BANNED = {  # what a thing must not be called: all forms of that, and what it is called
    "iteration": (r"iterations?", "update, or pass"),
    "embedding": (r"(word )?embeddings?", "vector"),
    "neighbour": (r"neighbours?", "neighbor"),
    "corpus": (r"corpus|corpora", "text"),
    "logit": (r"logits?", "score"),
    "cross-entropy": (r"(cross-)?entropy", "loss, or floor"),
    "target word": (r"target words?", "context, or true word"),
    "ground truth": (r"ground truth", "what the text says"),
    "training step": (r"(training|time) steps?", "update"),
    "hyperparameter": (r"hyper-?parameters?", "settings"),
    "cost function": (r"(cost|loss) functions?", "loss"),
    "accuracy": (r"accuracy", "learned"),
    "way from guessing": (r"way from guessing", "learned"),
    "moment 7": (rf"(at|of) moment [\d{GAP}]", "update 7"),
}
FIELD = (  # words of the field: where a text has one of them, it is explained
    r"vectors?|scores?|softmax|gradients?|learning rate|loss|nats|floor|epochs?|pass(?:es)?|windows?|centers?|contexts?"
    r"|vocabulary|tokens?|dimensions?|seeds?|cosine|PCA|t-SNE|perplexity|variance|skip-gram|CBOW|kept aside|pairs?"
    r"|examples?|neighbors?|updates?|negative sampling|true nearest"
)


def python_texts(path: Path) -> Iterator[str]:
    """What is written in a file and is no docstring; of a text with values in it, what stands between them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, documented) and node.body]
    docstrings = {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}
    parts: set[int] = set()
    for node in ast.walk(tree):  # from the outside in
        if isinstance(node, ast.JoinedStr):
            parts |= {id(part) for part in node.values}
            yield "".join([part.value if isinstance(part, ast.Constant) else GAP for part in node.values])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | parts:
            yield node.value


def javascript_texts(path: Path) -> Iterator[str]:
    for found in LITERALS.finditer(COMMENTS.sub("", path.read_text(encoding="utf-8"))):
        yield re.sub(r"\$\{[^}]*\}", GAP, found[1] or found[2] or "")


@cache
def all_texts() -> list[tuple[str, str]]:
    """(file, text) of all that is written in the files of the pages."""
    found = []
    for path in sorted((ROOT / "pages").rglob("*")):
        read = {".py": python_texts, ".js": javascript_texts}.get(path.suffix)
        found += [(path.name, text) for text in (read(path) if read else ())]
    return found


@cache
def written(least: str = r"\w \w") -> list[tuple[str, str]]:
    """(file, text) of all that the pages could say: whatever has two words or more, or what `least` says."""
    return [(file, text) for file, text in all_texts() if re.search(least, text)]


def test_the_texts_of_the_interface_are_found() -> None:
    texts = [text for _, text in written()]
    assert len(texts) > 500
    for known in ("as good as this text allows", "How far can I trust this picture?", "A window slides over the text"):
        assert any(known in text for text in texts), known


@pytest.mark.parametrize("banned", BANNED)
def test_one_thing_has_one_name(banned: str) -> None:
    pattern, instead = BANNED[banned]
    wrong = re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE)
    assert wrong.search(f"What is at {banned} is found.")
    found = [(file, text) for file, text in written() if wrong.search(text)]
    assert not found, f"call it {instead}"


@pytest.mark.parametrize("page", PAGES)
def test_no_page_says_it_otherwise_when_it_is_shown(page: str) -> None:
    wrong = re.compile(rf"\b(?:{'|'.join(pattern for pattern, _ in BANNED.values())})\b", re.IGNORECASE)
    for level in ("words", "algebra"):
        at = fine(open_app(page=page, preset="royal", epochs="1", t="7", level=level))
        open_all(at, "settings_menu", "words_used")
        for kind, message in elements(at):
            if kind != "bidi_component":  # their JavaScript is read above
                assert not [text for _, text in strings(message) if wrong.search(text)]


def test_every_word_of_the_field_that_is_used_is_explained() -> None:
    used = {form.lower() for _, text in written() for form in re.findall(rf"\b(?:{FIELD})\b", text)}
    assert len(used) > 30
    missing = {form for form in used if term_of(form) is None and term_of(form.removesuffix("s")) is None}
    assert not missing


def test_every_entry_is_used_short_and_told_apart() -> None:
    used = {form.lower() for file, text in written(r"\w") if file != "glossary.py" for form in used_in(text)}
    for term in TERMS:
        assert {form.lower() for form in (term.name, *term.forms)} & used or term.key == "p-o-c", term.name
        assert term.says.endswith(".")
        assert len(term.says) < 90, "one sentence"
        assert term.name.lower() not in term.says.lower() or " " in term.name or len(term.name) < 5, term.name
    assert len({term.key for term in TERMS}) == len(TERMS) >= 25
    forms = [form.lower() for term in TERMS for form in (term.name, *term.forms)]
    assert len(forms) == len({*forms}), "no form means two things"
    assert [*explanations("Training")] == [term.key for term in TERMS]


def test_a_term_is_not_said_to_be_seen_on_the_page_where_it_is_read() -> None:
    titles = re.findall(r'title="([^"]+)"', (ROOT / "app.py").read_text(encoding="utf-8"))
    assert {term.page for term in TERMS} <= {*titles, "Settings"}
    for title in titles:
        for term in TERMS:
            assert (f"See {term.seen}." in explanations(title)[term.key]) == (term.page != title)


def test_a_term_is_marked_once_and_only_where_it_stands_by_itself() -> None:
    said = marked("A window slides: windows and pairs, no windowsill, t-SNE, the Learning rate.")
    assert said == (
        "A [window](#term-window) slides: windows and [pairs](#term-pair), no windowsill, [t-SNE](#term-t-sne), "
        "the [Learning rate](#term-learning-rate)."
    )
    assert marked("nothing of that") == "nothing of that"


# --- in the browser -------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_term_is_explained_by_pointing_and_by_keyboard_also_inside_the_player(page: Page, app_server: Server) -> None:
    said, tip = explanations("Training"), page.locator("#w2v-term-tip")
    visit(page, app_server, preset="royal", epochs=5, t=137, word="king")
    rests_at(page, 137)
    wait_idle(page)
    link = page.get_by_role("link", name="neighbors")
    link.hover()
    expect(tip).to_be_visible()
    expect(tip).to_have_text(said["neighbors"])
    page.mouse.move(5, 500)
    expect(tip).to_be_hidden()
    link.focus()
    expect(tip).to_have_text(said["neighbors"])
    expect(tip).to_be_visible()
    address = page.url
    link.press("Enter")
    assert page.url == address, "it leads nowhere"
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    for key, shown in (("p-o-c", "P(o | king)"), ("learned", "learned"), ("center", "center")):
        term = page.locator(f'.w2v-player [data-term="{key}"]').first
        expect(term).to_contain_text(shown)
        term.focus()
        expect(tip).to_have_text(said[key])
        box, place = tip.bounding_box(), term.bounding_box()
        assert box is not None
        assert place is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1440
        assert abs(box["y"] - place["y"] - place["height"]) < 10 or abs(box["y"] + box["height"] - place["y"]) < 10
    assert page.locator('[data-term="center"]').first.get_attribute("aria-description") == said["center"]


@pytest.mark.browser
def test_all_words_are_listed_beside_the_level(page: Page, app_server: Server) -> None:
    open_page(page, f"{app_server.url}/map?preset=royal&epochs=1")
    page.get_by_test_id("stPopover").filter(has_text="Plain words").click()
    page.get_by_text("Words used here").click()
    expect(page.get_by_text(TERMS[0].says)).to_be_visible(timeout=SLOW)
    listed = page.get_by_role("dialog").locator("strong")
    expect(listed).to_have_text([term.name for term in TERMS if not term.in_numbers])
    open_page(page, f"{app_server.url}/map?preset=royal&epochs=1&level=numbers")
    page.get_by_test_id("stPopover").filter(has_text="Numbers").click()
    page.get_by_text("Words used here").click()
    expect(listed).to_have_text([term.name for term in TERMS], timeout=SLOW)
