"""What is no prose is said on the card and on the command line; a press or an option mends it, a press undoes it."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.test_health import REPAIRS
from tests.test_kinds_of_text import BOOK, CHATS, NOTES, PAGE, REVIEWS, ROWS, SRT, TODAY
from tests.test_whole_page import book
from tests.visitor import config, draft, fine, go, is_whole, kept_plans, paste, problem, texts, train_whole, visit
from w2v import Config, Corpus, load_vectors, read_saved_run, read_text
from w2v.cli.command_line import main
from w2v.explain.health import judge, judge_text, repairs
from w2v.reading.kinds_of_text import KINDS, kind_of, stripped
from w2v.reading.segmentation import cut_by_dictionary

NO_PROSE = {
    "HTML": PAGE * 6,
    "subtitles": SRT * 6,
    "JSON": json.dumps(ROWS * 6),
    "Python": str([str(row["text"]) for row in ROWS] * 6),
    "notebook": json.dumps({"cells": [{"cell_type": "markdown", "source": [book(3)]}] * 6, "nbformat": 4}),
    "chat": CHATS["irc"],
    "table": REVIEWS + "\n".join(REVIEWS.splitlines()[-2:] * 6),
    "Markdown": NOTES * 6,
    "Gutenberg": TODAY.replace(BOOK, BOOK + "\n\n" + book(60)),
    "e-mails": "From a@b.example Mon Sep  6 00:01:00 2021\nFrom: A\nTo: B\nLines: 1\n\nThe boat is red.\n\n" * 6,
    "LaTeX": "\\section{Boats}\nThe \\emph{boat} is \\textbf{red}.\n" * 6,
    "notes": "The boat is red.[1] The boat is old.[2] The harbor is far.[3]\n" * 6,
    "PO": 'msgid "The boat is red."\nmsgstr "The boat is old."\n\n' * 6,
    "calendar": "BEGIN:VCALENDAR\n" + "SUMMARY:The boat is red.\nDESCRIPTION:The boat is old.\n" * 6,
    "diff": "--- a\n+++ b\n" + "@@ -1,2 +1,2 @@\n The boat is red.\n-The boat is new.\n+The boat is old.\n" * 6,
    "log": "12:00:10 INFO The boat is red.\n12:00:11 WARN The boat is old.\n" * 6,
    "talk": "You said:\nThe boat is red.\nChatGPT said:\nThe boat is old.\n" * 6,
    "codes": "Das Boot ist sch\\u00f6n. Das Boot ist gr\\u00fcn. " * 6,
    "parts of a song": "[Verse]\nThe boat is red.\n[Chorus]\nThe boat is old.\n" * 6,
    "readings": "\u8239(\u3075\u306d)\u3068\u6d77(\u3046\u307f)\u3068\u738b(\u304a\u3046)\u3002" * 6,
    "times": "".join(f"B: The boat is red. #00:0{i}:12-3#\nI: The boat is old.\n" for i in range(6)),
    "tagged": "The/at boat/nn is/bez red/jj ./.\nThe/at boat/nn is/bez old/jj ./.\n" * 6,
    "labelled": "__label__red The boat is <unk> red.\n__label__old The boat is <unk> old.\n" * 6,
    "copied mails": ("From: Anna\nSent: June 4, 2001\nTo: Ben\nSubject: boats\n\n" + book(6) + "\n") * 6,
    "BibTeX": "@book{a,\n  title = {The red boat and the old boat},\n  year = {2001}\n}\n" * 6,
    "YAML": "boats:\n" + "- speed: 3\n  text: The boat is red\n- speed: 4\n  text: The boat is old\n" * 6,
    "settings": "---\ntitle: Boats\n---\n" + book(60),
    "BBCode": "The [b]boat[/b] is red. [quote=Anna]The boat is old.[/quote]\n" * 6,
    "pages": "".join(
        f"The boat is red and old,\n{'and it goes out to the harbor, ' * 9}where\n{i}\n\f" for i in range(9)
    ),
    "song": "Am    G7\nThe boat is red\nC     F\nThe boat is old\n" * 6,
    "reST": "The boat is :ref:`red`. The boat is `old <https://a.example>`_.\n\n" * 6,
    "Org": "#+TITLE: Boats\n" + "* The boat\nThe boat is red.\n* The boat\nThe boat is old.\n" * 6,
    "AsciiDoc": ":toc:\n" + "== The boat\n\nThe boat is https://a.example[red].\n\n" * 6,
    "numbered": "".join(f"{i:>3} The boat is {'red' if i % 3 else 'old'}.\n" for i in range(1, 20)),
    "verses": " ".join([f"{i} {line}" for i, line in enumerate(book(60).replace(". ", ".\n").splitlines(), 1)]),
    "wiki": "== Boats ==\nThe '''boat''' is [[red]]. It is [[old|very old]].\n" * 6,
    "RTF": "{\\rtf1\\ansi\\b The boat is red.\\par The boat is old.\\par}",
}
WRONG = "Don\u00e2\u20ac\u2122t go to the k\u00c3\u00b6nig. Don\u00e2\u20ac\u2122t go to the boat.\n" * 6
RIGHT = "Don\u2019t go to the k\u00f6nig. Don\u2019t go to the boat.\n" * 6
MENDS = {"strip", "mend", "join_lines", "cut_into_words", "as_it_was"}


def mends(at: AppTest) -> set[str]:
    """The buttons on the card that mend the text, by their keys."""
    return MENDS & {str(button.key) for button in at.button}


@pytest.mark.parametrize("name", NO_PROSE)
def test_such_text_is_never_praised(name: str) -> None:
    text = NO_PROSE[name]
    corpus = Corpus.from_text(text)
    assert judge_text(text, corpus).verdict == (
        "fair" if name in ("Gutenberg", "pages", "numbered", "settings", "copied mails", "verses", "times") else "poor"
    )
    kind = kind_of(text)
    assert kind is not None
    assert repairs(Config(text), corpus) == []
    prose = stripped(text)
    assert judge_text(prose, Corpus.from_text(prose)) == judge(Corpus.from_text(prose))


@pytest.mark.parametrize("name", ["HTML", "JSON", "Gutenberg"])
def test_a_press_takes_the_prose_out_and_another_puts_the_text_back(name: str) -> None:
    text = NO_PROSE[name]
    at = paste(text)
    kind = kind_of(text)
    assert kind is not None
    assert texts(at).count(kind.sentence(text)) == 1
    assert mends(at) == {"strip"}
    assert not REPAIRS & {button.label for button in at.button}
    fine(at.button(key="strip").click().run())
    assert config(at).text == draft(at) == at.text_area(key="pasted").value == stripped(text)
    assert mends(at) - {"join_lines"} == {"as_it_was"}
    assert "This text is" not in texts(at)
    fine(at.button(key="as_it_was").click().run())
    assert config(at).text == draft(at) == text
    assert mends(at) == {"strip"}
    assert f"This text is {kind.name}" in texts(fine(go(at, "training")))


def test_letters_are_put_right_on_a_press_and_the_way_back_leads_over_every_step() -> None:
    rows = [{"id": i, "text": line} for i, line in enumerate(WRONG.splitlines())]
    text = json.dumps(rows, ensure_ascii=False)
    at = paste(text)
    assert "\u00e2\u20ac\u2122 stands where an apostrophe was" in texts(at)
    fine(at.button(key="strip").click().run())
    assert draft(at) == WRONG.strip()
    fine(at.button(key="mend").click().run())
    assert draft(at) == config(at).text == RIGHT.strip()
    assert "decoded wrongly" not in texts(at)
    for before in (WRONG.strip(), text):
        fine(at.button(key="as_it_was").click().run())
        assert draft(at) == config(at).text == before
    at.text_area(key="pasted").set_value("The boat is red. The boat is old.").run()
    assert not mends(fine(at))


def test_an_rtf_document_comes_into_the_box_and_keeps_its_name() -> None:
    at = visit()
    at.file_uploader(key="upload").upload("my boats.rtf", NO_PROSE["RTF"].encode()).run()
    assert problem(fine(at)) is None
    assert "This text is RTF" in texts(at)
    fine(at.button(key="strip").click().run())
    assert draft(at) == "The boat is red.\nThe boat is old."
    assert "my boats.rtf" in texts(at)


def test_a_text_that_cannot_be_learned_from_can_be_mended() -> None:
    at = paste("<p>boat</p><script>boat boat</script>")
    assert "This text is HTML" in texts(at)
    fine(at.button(key="strip").click().run())
    assert draft(at) == "boat"
    assert problem(at) is not None
    fine(at.button(key="as_it_was").click().run())
    assert draft(at).startswith("<p>")
    at = paste("<html><head><script>boat red boat</script></head></html>")
    fine(at.button(key="strip").click().run())
    assert "nothing is left" in str(problem(at))
    assert draft(at).startswith("<html>")


def test_a_long_text_is_mended_piece_by_piece() -> None:
    at = paste(f"{WRONG * 400}\n\n")
    fine(at.button(key="mend").click().run())
    assert draft(at) == f"{RIGHT * 400}\n\n"
    assert mends(at) == {"as_it_was"}
    for text in ("The boat is red. The boat is old.", f"{RIGHT * 400}\n\n"):
        at.text_area(key="pasted").set_value(text).run()
    assert mends(fine(at)) == set(), "what made way was forgotten"


def test_the_way_back_is_still_there_after_a_preset() -> None:
    at = paste(WRONG * 400)
    at.button(key="mend").click().run()
    at.radio(key="preset").set_value("royal").run()
    assert mends(fine(at)) == set()
    at.button(key="own_text_text").click().run()
    assert mends(fine(at)) == {"as_it_was"}
    at.button(key="as_it_was").click().run()
    assert draft(fine(at)) == WRONG * 400


def test_a_whole_book_is_mended_too() -> None:
    text = TODAY.replace(BOOK, "\n".join([book(400)] * 3))
    at = train_whole(paste(text))
    assert is_whole(at)
    at = fine(go(at, "text"))
    assert "This text is a book of Project Gutenberg" in texts(at)
    fine(at.button(key="strip").click().run())
    assert draft(at) == stripped(text)


CHINESE = "\u56fd\u738b\u559c\u6b22\u82f9\u679c\u3002\u738b\u540e\u559c\u6b22\u9999\u8549\u3002" * 4


def test_a_text_without_blanks_is_cut_into_words_on_a_press_and_read_as_it_was_after_another() -> None:
    at = paste(CHINESE)
    assert "This text, in Chinese, can be cut into words by a dictionary." in texts(at)
    fine(at.button(key="cut_into_words").click().run())
    assert draft(at) == config(at).text == cut_by_dictionary(CHINESE)
    assert config(at).pretokenized
    assert mends(at) == {"as_it_was"}
    assert len(kept_plans(at)[config(at)].corpus.vocabulary) == 5
    fine(at.button(key="as_it_was").click().run())
    assert config(at).text == CHINESE
    assert not config(at).pretokenized
    assert mends(at) == {"cut_into_words"}
    at.button(key="cut_into_words").click().run()
    at.text_area(key="pasted").set_value(cut_by_dictionary(CHINESE) + "\n\u56fd\u738b").run()
    assert config(at).pretokenized, "it was only changed"
    at.text_area(key="pasted").set_value("The boat, it was red. The harbor, it was far.").run()
    assert not config(fine(at)).pretokenized


def test_a_file_that_comes_after_a_text_that_was_cut_is_read_as_running_text() -> None:
    at = paste(CHINESE)
    at.button(key="cut_into_words").click().run()
    at.file_uploader(key="upload").upload("a.txt", b"The boat, it was red. The harbor, it was far.").run()
    assert draft(fine(at)) == config(at).text
    assert not config(at).pretokenized


def test_the_command_line_cuts_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "text").write_text(CHINESE, encoding="utf-8")
    command = ["train", str(tmp_path / "text"), "--dim", "2", "--max-passes", "1", "--force", "--out"]
    assert main([*command, str(tmp_path / "a.npz")]) == 0
    assert "Use --segment to have it cut into words." in capsys.readouterr().err
    assert main([*command, str(tmp_path / "a.npz"), "--segment"]) == 0
    assert "--segment" not in capsys.readouterr().err
    config = read_saved_run((tmp_path / "a.npz").read_bytes()).config
    assert (config.text, config.pretokenized) == (cut_by_dictionary(CHINESE), True)


# --- the command line ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*NO_PROSE, "wrong letters"])
def test_the_command_line_says_the_same_and_names_the_option(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = NO_PROSE.get(name, WRONG)
    (tmp_path / "text").write_text(text, encoding="utf-8", newline="")
    command = ["train", str(tmp_path / "text"), "--dim", "2", "--max-passes", "1", "--force", "--out"]
    out, option = str(tmp_path / "a.txt"), "--mend" if name == "wrong letters" else "--strip"
    assert main([*command, out]) == (1 if name == "RTF" else 0)
    assert option in capsys.readouterr().err
    assert main([*command, out, option]) == 0
    said = capsys.readouterr().err
    assert ("only its prose is kept" in said) == (option == "--strip")
    prose = RIGHT if option == "--mend" else stripped(read_text(text.encode(), rtf=True))
    assert set(load_vectors(out).words) == set(Corpus.from_text(prose).vocabulary.words)


def test_a_run_that_is_gone_on_with_keeps_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--strip", "--mend", "--segment"):
        with pytest.raises(SystemExit):
            main(["train", "--go-on", "a.npz", "--out", "b.npz", option])
        assert "keeps its settings" in capsys.readouterr().err


def test_there_is_a_text_for_every_kind() -> None:
    assert {kind.name for kind in KINDS} == {kind.name for text in NO_PROSE.values() if (kind := kind_of(text))}
