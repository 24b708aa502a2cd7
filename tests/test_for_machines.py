"""A program is said to be one, and the inside of a file that is no text too; prose, and what has prose, is neither."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_kinds_of_text import CASES, PROSE
from tests.test_prose_stays import sentences
from tests.visitor import paste, texts
from w2v import PRESETS, Config, Corpus
from w2v.cli.text_notes import notes_of_text
from w2v.explain.health import judge_text, repairs
from w2v.reading.characters import USUAL
from w2v.reading.for_machines import said_of_inside, said_of_program
from w2v.reading.kinds_of_text import kind_of
from w2v.reading.offers import offers

PROGRAMS = {
    "Python": 'import math\nfrom sea import Boat\n\nSPEED = 12\n\n@dataclass\nclass Red(Boat):\n    """A boat."""\n\n'
    "    name: str\n\n    def go(self, hours):\n        # it never comes back\n        for hour in range(hours):\n"
    '            print(f"{self.name} is out")\n        return self.speed * hours\n\n\nif __name__ == "__main__":\n'
    '    Red("red").go(3)\n',
    "JavaScript": 'import { sea } from "./sea.js";\n\n/* how far\n * it goes */\nexport function go(boat, hours) {\n'
    "  let far = 0;\n  for (let i = 0; i < hours; i++) {\n    far += boat.speed || 3;\n  }\n  return far;\n}\n\n"
    'document.querySelector("#go").addEventListener("click", () => {\n  go({ name: "red" }, 4);\n});\n',
    "Java": "package sea.boats;\n\nimport java.util.List;\n\n/**\n * A boat.\n */\npublic class Boat {\n"
    "    private final String name;\n\n    public static void main(String[] args) {\n"
    '        for (Boat boat : boats) {\n            System.out.println("The boat is " + boat.name);\n        }\n'
    "    }\n}\n",
    "C": "#include <stdio.h>\n\n/* How far a boat goes. */\nint main(int argc, char **argv)\n{\n    int i, far = 0;\n"
    '    for (i = 0; i < 10; i++) {\n        far += speed(i);\n        printf("It is %d far", far);\n    }\n'
    "    return 0;\n}\n",
    "SQL": "CREATE TABLE boats (\n    id INTEGER PRIMARY KEY,\n    name VARCHAR(40) NOT NULL\n);\n\n-- all red ones\n"
    "SELECT b.name, h.name AS harbor\nFROM boats b\nJOIN harbors h ON h.id = b.harbor_id\n"
    "WHERE b.color = 'red' AND b.age > 10\nORDER BY b.name;\n",
    "rows in SQL": "INSERT INTO boats VALUES (1,'The boat is red','x');\n" * 8,
    "R": 'library(sea)\nboats <- read.csv("boats.csv")\nred <- boats[boats$color == "red", ]\n'
    "go <- function(boat, hours) {\n  boat$speed * hours\n}\ngo(red, 4)\n",
    "CSS": "body { margin: 0; font: 16px/1.4 sans-serif; }\n.boat > p {\n  color: #f00;\n  padding: 2px 3px;\n}\n"
    '@media (max-width: 400px) {\n  .boat { display: none; }\n}\n#sea { background: url("sea.png"); }\n',
    "a shell": '#!/bin/bash\nset -e\nfor i in red; do\n    echo "The $i boat"\n    if [ -f $boat.txt ]; then\n'
    "        cat $boat.txt | grep sea > out.txt\n    fi\ndone\n",
    "a header of C++": "/* Boats of any kind. */\n\n"
    + "".join(
        f"template<typename Boat, typename Sea = far_sea<Boat> >\n  struct harbor_of_{name}\n  {{\n"
        "    typedef typename Boat::value_type value_type;\n    typedef typename Sea::harbor_type<Boat> harbor_type;\n"
        f"    typedef harbor_of_{name}<Boat, Sea> type;\n"
        "    enum\n      {\n        is_far = Sea::is_far\n      };\n  };\n\n"
        for name in ("red", "old")
    ),
    "changes of a program": "--- a/boat.py\n+++ b/boat.py\n@@ -1,9 +1,9 @@\n import sea\n \n-def go(boat):\n"
    "+def go(boat, far):\n     for i in range(3):\n-        boat.move()\n+        boat.move(far)\n"
    "     return boat\n \n SPEED = 12\n HARBOR = 3\n",
    "a shell with remarks": "#!/bin/sh\n# Sends the boats out\n\n## What is set before\n#\n"
    "# `SEA` says where, and **must** be set.\n\n"
    'SEA=/var/sea\nif [ -z "$SEA" ]; then\n    echo "no sea"\n    exit 1\nfi\n\n# the boats\n\nfor boat in $SEA/*; do\n'
    '    send_out "$boat" --quiet\ndone\n',
    "a notebook": 'import numpy as np\n\ndf = pd.read_csv("boats.csv")\ndf.head()\nx = df["speed"].values\n'
    "y = np.log(x + 1)\nplt.plot(x, y)\nplt.show()\n",
}
INSIDE = {
    "a PDF": "%PDF-1.7\n%\ufffd\ufffd\n1 0 obj\n<< /Type /Catalog >>\nendobj\nstream\nx\ufffdK\ufffd\nendstream\n",
    "DOCX": "PK\x03\x04\x14\x00\x06\x00[Content_Types].xml \ufffd(\ufffd" * 3,
    "DOCX without what cannot be seen": "PK!\ufffd\ufffd[Content_Types].xml \ufffd(\ufffdword/document.xml" * 3,
    "EPUB": "PK\n\x00mimetypeapplication/epub+zip PK\n META-INF/container.xml" * 3,
    "a picture": "\ufffdPNG\r\n\x1a\n\x00IHDR\ufffd\ufffd IDAT\ufffd" * 3,
}
PROSE_WITH_SOME = {
    "what somebody said": "he said: the sea is wide;\nshe said: the boat is red;\nand so: nobody waits;\nit is done\n"
    * 5,
    "prices": "the boat is $5 and the harbor is $7, all in all.\na house costs $900, so they say; well done\ndone\n"
    * 5,
    "a poem of semicolons": "The sea is wide;\nthe boat is red;\nand nobody waits;\nthe night is long;\n" * 5,
    "a lesson": "To print a line one writes print(x), and to keep it in a variable x = 3 is enough; see below.\n"
    "x = 3\nprint(x)\nAs one sees, the computer then writes 3, and waits for what comes next.\nThat is all there is.\n"
    * 3,
    "let it be": "Let it be.\nFor the sea is wide:\nwhile we wait, return to me;\nif not now, when?\nclass is over\n"
    * 5,
    "commands to a boat": "From the harbor to the sea\nSelect a boat, and go\nWhere the wind is\nOrder by the king\n"
    * 5,
    "said aside": "The sea is wide (so they say);\nthe boat is red (as they say);\nit is late (or so he said);\n" * 5,
    "sums": "2 + 2 = 4\nx = 3 and y = 5\nTwo and two are four, says the teacher to the class.\nAnd so they are.\n" * 5,
    "on files": "%PDF is how a PDF begins, and PK a ZIP. PK said so, and the PNG begins with PNG.\n" * 5,
    "its letters": "PK\nThe king wrote his letters, P and K, on the word/thing of the queen.\n" * 5,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_is_said_to_be_one_and_offered_nothing(name: str) -> None:
    for text in (PROGRAMS[name], PROGRAMS[name].replace("\n", "\r\n"), PROGRAMS[name] * 20):
        assert "program code" in said_of_program(text)
        assert kind_of(text) is None
        assert offers(text, USUAL) == ()
        assert repairs(Config(text), Corpus.from_text(text)) == []
        assert said_of_inside(text) == ""


@pytest.mark.parametrize("name", INSIDE)
def test_the_inside_of_a_file_is_never_praised(name: str) -> None:
    text = INSIDE[name] * 4
    assert said_of_inside(text).startswith("This is what a ")
    assert repairs(Config(text), Corpus.from_text(text)) == []
    judged = judge_text(text, Corpus.from_text("The boat is red. The boat is old."))
    assert (judged.verdict, judged.expectation) == ("poor", said_of_inside(text))


VECTORS = "".join(
    f"{word} {' '.join(f'{(7 * i + 3 * j) % 11 / 10 - 0.5:.4f}' for j in range(8))}\n"
    for i, word in enumerate(("the", "king", "queen", "boat", "sea") * 9)
)


@pytest.mark.parametrize("rows", [3, 15, 45])
@pytest.mark.parametrize("shape", ["{}", "45 8\n{}", "\ufeff\n{}"])
def test_word_vectors_are_never_praised(rows: int, shape: str) -> None:
    vectors = "".join(VECTORS.splitlines(keepends=True)[:rows])
    for text in (vectors, vectors.replace(" ", "\t"), vectors.replace("\n", " \r\n"), vectors.rstrip()):
        said = said_of_inside(shape.format(text))
        assert "word vectors" in said
        config = Config(shape.format(text))
        assert offers(config.text, config.reading) == ()
        assert said in [*notes_of_text(config)]
        judged = judge_text(config.text, Corpus.from_text(config.text))
        assert (judged.verdict, judged.expectation) == ("poor", said)


@pytest.mark.parametrize(
    "text",
    [
        "".join(VECTORS.splitlines(keepends=True)[:2]),
        VECTORS.replace("-", ""),
        "the boat is red, and the king is old\n" + VECTORS,
        "".join(f"{line} end\n" for line in VECTORS.splitlines()),
        "the king 0.5 -1.5\nthe queen 0.2 -2.5\nthe boat 0.1 3.5\n" * 5,
    ],
    ids=["two rows", "a table of amounts", "prose above", "prose behind", "few numbers"],
)
def test_other_numbers_behind_words_are_no_vectors(text: str) -> None:
    assert said_of_inside(text) == ""


@pytest.mark.parametrize("name", [*PROSE_WITH_SOME, *(name for name in PROSE if "code" not in name), *PRESETS])
def test_prose_is_no_program_and_nothing_inside(name: str) -> None:
    text = PROSE_WITH_SOME.get(name) or PROSE.get(name) or (PRESETS[name].text if name in PRESETS else "")
    if name in ("arrays", "strings", "indices"):
        assert said_of_program(text)
    else:
        assert said_of_program(text) == ""
    assert said_of_inside(text) == ""


def test_marks_at_the_ends_of_sentences_make_no_program() -> None:
    for text in ("So it is.);\n" * 9, "The boat is red (and old.);\nNobody waits.)\n" * 5):
        assert said_of_program(text) == ""


def test_what_has_prose_in_it_is_no_program() -> None:
    """Its prose can be taken out, and that is offered."""
    assert [text for _, text, _ in CASES if said_of_program(text) or said_of_inside(text)] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(sentences(), min_size=1, max_size=25), st.sampled_from([" ", "\n", "\n    ", ";\n", ",\n", ":\n"]))
def test_plain_prose_is_written_for_people(sentences: list[str], between: str) -> None:
    text = between.join(sentences)
    assert said_of_program(text) == said_of_inside(text) == ""


@pytest.mark.parametrize("piece", ["a = ", "(", "import a", ") ", "a.b(", "def a", "PK", "SELECT ", "if :", "{;", "a-"])
def test_no_program_takes_long(piece: str) -> None:
    for text in (piece * (200_000 // len(piece)), (piece * 30 + "\n") * (6_000 // len(piece))):
        begun = time.process_time()
        said_of_program(text + "{}" * 2_000)
        said_of_inside(text)
        assert time.process_time() - begun < 1


def test_the_card_says_it() -> None:
    at = paste(PROGRAMS["Python"])
    assert texts(at).count("This text seems to be program code") == 1
    assert "#tags" not in texts(at)
    assert texts(paste(INSIDE["a PDF"] * 4)).count("This is what a PDF document looks like from inside") == 1
