"""Times within a transcript are told by their order, and taken out; hours of a day and places in scripture stay."""

import pytest

from tests.quick import assert_quick
from w2v.reading.kinds_of_text import kind_of, stripped

SAID = ("The boat is red.", "It is in the harbor.", "Nobody waits for it.", "The king came home.")
FORMS = (
    "{said} #00:{i}1:12-3#\n\n",
    "{said} [00:0{i}:12]\n",
    "[{i}:12] {said} ",
    "{said} ({i}:12)\n",
    "{{00:{i}0:12.5}} {said}\n",
)


@pytest.mark.parametrize("form", FORMS)
def test_times_are_no_words(form: str) -> None:
    text = "".join([form.format(said=said, i=i) for i, said in enumerate(SAID)])
    for shape in (text, text.replace("\n", "\r\n"), "\ufeff" + text):
        assert kind_of(shape) is not None
        assert stripped(shape).split() == " ".join(SAID).split()


def test_what_could_not_be_heard_goes_with_its_time() -> None:
    text = "".join([f"B: We went [inaudible 00:0{i}:12] to the sea.\n" for i in range(4)])
    assert stripped(text) == "\n".join(["B: We went to the sea."] * 4)


@pytest.mark.parametrize(
    "text",
    [
        "He came (9:30), slept (8:15), woke (10:00) and went (7:45), and so on (12:00) and on (6:30).\n" * 4,
        "As it is said (3:16), and again (1:1), and there (2:4), and at last (1:2).\n" * 4,
        "In the beginning (1:1) and then (1:2) and so (1:3) it was (1:4).\n" * 4,
        "They won (3:10). They lost (2:20). They won (1:30).\n" * 4,
        "At [12:30] he came.\n" + "The king slept, and nobody waited for him there. " * 400,
    ],
)
def test_other_numbers_in_brackets_stay(text: str) -> None:
    assert kind_of(text) is None


@pytest.mark.parametrize("piece", ["[0:00", "[0:00]", "#0:00#", "[a ", "[aaaa 0:00 aaaa", "(1:1) ", "#1:11-1 "])
def test_no_times_take_long(piece: str) -> None:
    assert_quick("".join([f"[0:0{i}] So it is. " for i in range(9)]), piece * (100_000 // len(piece)))
