"""Of logs the messages are kept; a chat, a diary and a list of hours are none."""

import time

import pytest

from w2v.reading.kinds_of_text import kind_of, stripped

SAID = ("the boat goes out", "the sea is high", "nobody is there", "the boat is lost")
LEVELS = ("INFO", "WARN", "DEBUG", "ERROR")
FORMS = {
    "plain": "2024-03-01 12:00:1{i} {level} {said}",
    "brackets": "[2024-03-01 12:00:1{i}] [{level}] {said}",
    "Python": "2024-03-01 12:00:1{i},123 - sea.boats - {level} - {said}",
    "Java": "2024-03-01 12:00:1{i},123 {level}  [main] com.sea.Boat - {said}",
    "Spring": "2024-03-01 12:00:1{i}.123  {level} 1234 --- [           main] com.sea.Boat                : {said}",
    "Logback": "12:00:1{i}.123 [main] {level} com.sea.Boat -- {said}",
    "Loguru": "2024-03-01 12:00:1{i}.123 | {level}     | sea.boat:go:12 - {said}",
    "small letters": "2024-03-01T12:00:1{i}.123Z {small}: {said}",
    "nginx": "2024/03/01 12:00:1{i} [{small}] 123#0: {said}",
    "Apache": "[Fri Mar 01 12:00:1{i}.123456 2024] [core:{small}] [pid 123:tid 456] {said}",
    "Laravel": "[2024-03-01 12:00:1{i}] local.{level}: {said}",
    "Minecraft": "[12:00:1{i}] [Server thread/{level}]: {said}",
    "syslog": "Mar  1 12:00:1{i} myhost boats[12{i}]: {said}",
    "syslog today": "2024-03-01T12:00:1{i}.123456+01:00 myhost boats[12{i}]: {said}",
}


def log(form: str) -> str:
    lines = [
        form.format(i=i, level=level, small=level.lower(), said=said)
        for i, (level, said) in enumerate(zip(LEVELS, SAID, strict=True))
    ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", FORMS)
def test_the_messages_are_kept(name: str) -> None:
    """Each was called a chat: where no name stood before the messages, pressing the button left nothing."""
    for shape in (log(FORMS[name]), log(FORMS[name]).replace("\n", "\r\n"), "\ufeff" + log(FORMS[name])):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.name == "the log of a program"
        assert [line.removeprefix("123#0: ") for line in stripped(shape).splitlines()] == list(SAID)


def test_what_is_indented_below_a_message_is_left_out() -> None:
    text = log(FORMS["plain"]) + "Caused by the sea\n    at com.sea.Boat.go(Boat.java:7)\n"
    assert stripped(text).splitlines() == [*SAID, "Caused by the sea"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[12:00:10] anna: an ERROR\n[12:00:11] ben: INFO is what\n[12:00:12] anna: I ask\n" * 2, "a chat"),
        ("12:00 <anna> INFO\n12:01 <ben> WARN me\n12:02 <anna> no\n" * 2, "a chat"),
        ("At 12:00:10 we left. ERROR, he said.\nAt 12:00:11 we came.\nINFO: it is late.\n" * 3, None),
        ("12:00:10 The king came home.\n12:00:20 The queen slept.\n12:00:30 Nobody waited.\n" * 3, None),
    ],
)
def test_other_texts_with_times_are_none(text: str, name: str | None) -> None:
    kind = kind_of(text)
    assert (kind and kind.name) == name


@pytest.mark.parametrize("piece", ["1:10:10 ", "a ", "[", "a b c d e f ", "INFO ", "INFO a.b.c ", "INFO a$a$", "[a] "])
def test_no_log_takes_long(piece: str) -> None:
    kind = kind_of(log(FORMS["plain"]))
    assert kind is not None
    for before in ("", "1:10:10 ", "1:10:10 INFO ", "Mar 1 1:10:10 a b"):
        for text in (before + piece * (100_000 // len(piece)), (before + piece * 20 + "\n") * (4_000 // len(piece))):
            begun = time.process_time()
            kind.is_it(text)
            kind.strip(text)
            assert time.process_time() - begun < 1
