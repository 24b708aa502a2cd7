"""Of Markdown, as people write it for GitHub and keep their notes in it, what a reader sees is kept, and no more."""

import random
import time

import pytest

from w2v.reading.kinds_of_text import kind_of, stripped

HEAD = "## One\n\n"
PIECES = {
    "notes": (
        "The boat[^1] is **red**.[^old]\n\n[^1]: Blue\n[^old]: It was blue.",
        "The boat is red.\n\nBlue It was blue.",
    ),
    "tasks": ("- [ ] paint the **boat**\n- [x] buy oars\n  1. [X] go", "paint the boat\nbuy oars\ngo"),
    "a box of its own": ("> [!NOTE]\n> The **boat** is old.", "The boat is old."),
    "formulas": (
        "It $x^2$ is **so** \\(a_1\\) for $5 and $6.\n\n$$\n\\frac{a}{b}\n$$\n\n\\[\n\\sum_i\n\\]\n\n"
        "The \\[boat\\] is.",
        "It is so for $5 and $6.\n\nThe [boat] is.",
    ),
    "links of notes": (
        "The [[boats#1|red boat]] in a [[harbor]] is **far**.\n\n![[a.png]]",
        "The red boat in a harbor is far.",
    ),
    "emoji": (":ship: The **boat** :tada: at 10:30: red", "The boat at 10:30: red"),
    "a heading with a name": ("## Two {#two .big}\n\nThe boat\n\n[TOC]", "Two\n\nThe boat"),
    "indented paragraphs": (
        "    The king came home to the old house.\n    The queen was out in the garden.\n\n\tNobody "
        "waited for him there.\n\n**So.**"
        "\n\n    let x = [1];\n\n~~~\nno python -m no --no 5 of no.txt\nno run   # is no text of this page\n~~~",
        "The king came home to the old house.\nThe queen was out in the garden.\n\nNobody waited for him there.\n\nSo.",
    ),
    "a text in a box": ("```text\nThe king came home to the old house.\n```\n\n```\nlet it = 0;\n```\n\n**So.**", None),
    "a box that is never closed": (
        "**So.**\n\n```\nThe king came home to the old house.\n\nThe queen was out there.",
        None,
    ),
}


@pytest.mark.parametrize("name", PIECES)
def test_what_a_reader_sees_is_kept(name: str) -> None:
    source, prose = PIECES[name]
    for text in (HEAD + source, f"---\ntitle: no\n---\n{HEAD}{source}", f"+++\ntitle = 'no'\n+++\n\n{HEAD}{source}"):
        for shape in (text, text.replace("\n", "\r\n")):
            assert kind_of(shape) is not None
            found = stripped(shape)
            assert not {"no", "let", "title"} & set(found.split())
            if prose is None:
                assert "The king came home to the old house." in found
            else:
                assert found.removeprefix("One").strip() == prose


def _random_page(chance: random.Random, words: list[str], depth: int, before: str = "") -> str:
    """Blocks in each other, whose words are added to `words`; `before` stands before each line."""
    parts = []
    for _ in range(chance.randint(1, 3)):
        kind = chance.randrange(6) if depth else 0
        if kind <= 1:
            run = [f"w{len(words) + i}" for i in range(4)]
            words.extend(run)
            mark = chance.choice(["**", "*", "~~", "`", "<b>"])
            marked = f"{mark}{run[1]}{mark.replace('<', '</')}"
            linked = chance.choice(
                [f"[{run[2]}](https://no.example/no)", f"[{run[2]}](<no no> 'no')", f"{run[2]}[^no]"]
            )
            parts.append(f"{before}{run[0]} {marked} {linked} ![no](no.png) {run[3]}\n")
        elif kind == 2:
            listed = _random_page(chance, words, depth - 1, before + "  ")
            item = listed[len(before) + 2 :]
            parts.append(f"{before}{chance.choice(['- ', '* ', '- [x] '] if item.startswith('w') else ['- '])}{item}")
        elif kind == 3:
            parts.append(_random_page(chance, words, depth - 1, before + "> "))
        elif kind == 4:
            parts.append(
                f"{before}```python\n{before}no = no\n\n{before}```\n" if not before else f"{before}<!-- no -->\n"
            )
        else:
            words += (cells := [f"w{len(words) + i}" for i in range(4)])
            rows = [f"| {cells[0]} | {cells[1]} |", "|---|:-:|", f"| {cells[2]} | **{cells[3]}** |"]
            parts.append("".join(f"{before}{row}\n" for row in rows))
    return f"{before.rstrip()}\n".join(parts)


@pytest.mark.parametrize("seed", range(60))
def test_pages_made_by_chance_have_their_words_in_order(seed: int) -> None:
    words: list[str] = ["One", "boat", "Two"]
    page = _random_page(random.Random(seed), words, 5)
    found = stripped(f"# One\n\n**boat**\n\n## Two\n\n{page}").split()
    assert found == words


@pytest.mark.parametrize(
    "piece", ["$", "$$", "$a", "\\(", "\\[a", "[^1", "[[a|", "[[", ":a", "- [ ] ", " {#a", "> [!a", "    a\n", "+++\n"]
)
def test_no_text_takes_long(piece: str) -> None:
    for unit in (piece, piece + "\n"):
        begun = time.process_time()
        stripped(f"{HEAD}**boat**\n\n" + unit * (20_000 // len(unit)))
        assert time.process_time() - begun < 1
