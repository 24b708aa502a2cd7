"""Of subtitles and transcripts, in the formats that people have, what is said is kept, once, and nothing else."""

import time

import pytest

from w2v.reading.kinds_of_text import kind_of, stripped

CUES = ["1\n00:00:01,600 --> 00:00:03,200\n", "\n\n2\n00:00:04,000 --> 00:00:05,200\n"]
SAID = {
    "a blank line in a cue": (f"{CUES[0]}Where is\n\nthe boat?{CUES[1]}It is red.\n", "Where is the boat?\nIt is red."),
    "a number that is said": (f"{CUES[0]}1984{CUES[1]}1985", "1984 1985"),
    "breaks within a line": (f"{CUES[0]}The boat\\Nis\\hred{CUES[1]}so[br]it is.", "The boat is red so it is."),
    "settings": (f"{CUES[0].rstrip()}  X1:10 X2:20\nThe boat.{CUES[1]}Red.", "The boat.\nRed."),
    "times without parts": ("0:0:1 --> 0:0:3\nThe boat\n\n0:0:4 --> 0:0:5\nis red.\n", "The boat is red."),
    "blanks in times": ("00:00:01, 600 --> 00:00:03, 200\nThe boat.\n", "The boat."),
    "Whisper": (
        "[00:00:00.000 --> 00:00:04.000]   The boat is red.\n[00:00:04.000 --> 00:00:08.000]   It is old.\n",
        "The boat is red.\nIt is old.",
    ),
    "Whisper, short": ("[00:00.000 --> 00:04.000] The boat\n[00:04.000 --> 00:08.000] is red.\n", "The boat is red."),
    "a meeting": (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nAnna Smith: where is\n\n2\n00:00:04.000 --> 00:00:05.000\n"
        "Anna Smith: the boat\n\n3\n00:00:05.000 --> 00:00:07.000\nBen: in the harbor\n",
        "where is the boat\nin the harbor",
    ),
    "lines that roll up": (
        "".join(
            f"{i + 1}\n00:00:0{i},000 --> 00:00:0{i + 1},000\n{said}\n\n"
            for i, said in enumerate(["the boat", "the boat", "the boat\nis red", "is red", "is red\nand old"])
        ),
        "the boat is red and old",
    ),
    "readings over words": ("WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>boat<rt>boot</rt></ruby> red\n", "boat red"),
    "ASS": (
        "[Script Info]\nTitle: Boats\n\n[V4+ Styles]\nStyle: Default,Arial,20\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.60,0:00:03.20,Default,Anna,0,0,0,,{\\i1}Where is{\\i0} the boat, Ben?\n"
        "Dialogue: 0,0:00:03.60,0:00:04.20,Default,,0,0,0,,{\\k20}In {\\k30}the {\\kf10}har{\\k5}bor\n"
        "Dialogue: 0,0:00:03.60,0:00:04.20,Default,,0,0,0,,{\\p1}m 0 0 l 100 0{\\p0}\n"
        "Comment: 0,0:00:04.00,0:00:05.20,Default,,0,0,0,,not shown\n",
        "Where is the boat, Ben?\nIn the harbor",
    ),
    "LRC": (
        "[ti:Boats]\n[00:12.00]The boat is red\n[00:15.30]<00:15.30>So <00:15.60>it is\n[00:18.00]\n[00:20.0]And old\n",
        "The boat is red So it is And old",
    ),
    "MicroDVD": ("{0}{25}Where is the boat?\n{30}{60}It is|in the harbor.\n{70}{90}{y:i}Red.\n", None),
    "copied from YouTube": ("0:00\nthe boat is red\n0:04\nand the harbor\n1:00:08\nis old\n", None),
    "copied with blanks": ("0:00 the boat is red\n0:04 and the harbor\n1:00:08 is old\n", None),
    "copied with times in words": (
        "0:000 secondsthe boat is red\n0:011 secondand the harbor\n1:00:081 hour, 0 minutes"
        + ", 8 secondsis old\n2:00:00\n2 hours, 0 minutes, 0 seconds\nand far\n",
        None,
    ),
    "all on one line": (
        " ".join(
            [f"{i} 00:00:0{i},600 --> 00:00:0{i},900 {said}" for i, said in enumerate(["The boat", "is red.", "So."])]
        ),
        "The boat is red.\nSo.",
    ),
    "names above what is said": (
        "".join(
            f"0:0:{i}.0 --> 0:0:{i}.500\n{name}\n{said}\n\n"
            for i, (name, said) in enumerate(
                [("Anna", "where is"), ("Anna", "it"), ("Ben", "in the\nharbor"), ("Ben", "so")]
            )
        ),
        "where is it\nin the harbor so",
    ),
    "copied otherwise": ("0:00the boat is red\n0:04and the harbor\n1:02:03is old\n", None),
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_said_is_kept(name: str) -> None:
    text, said = SAID[name]
    for shape in (text, text.replace("\n", "\r\n"), "\ufeff" + text, "\n" + text):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.sentence(shape).startswith("This text is subtitles or a transcript: their numbers and times")
        found = stripped(shape)
        assert not set(found) & set("0{}[]:|\\<>")
        if said is not None:
            assert found == said


@pytest.mark.parametrize(
    "text",
    [
        "9:00 --> 10:00 breakfast\n10:00 --> 11:00 the garden\nThe king came home at 12:30.\n" * 2,
        "The king came home.\n9:30\nHe slept.\nThe queen went out.\nThe garden was wet.\n8:15\nNobody came.\n" * 3,
        "[Anna]\nThe king is here\n[Chorus]\nThe queen is here\n" * 3,
        "8:00\nWe got up.\n9:30\nWe left the old house.\n11:15\nWe came to the sea.\n",
        "1:10And the king said\n2:05let there be light\n1:20and there was\n" * 3,
        "{The king}{sic} saw her.\n" * 4,
    ],
)
def test_prose_with_times_is_no_transcript(text: str) -> None:
    assert kind_of(text) is None


def test_who_speaks_now_and_then_is_kept() -> None:
    """In a film a name stands where one does not see who speaks; it is part of what is read."""
    text = "".join(f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{'ANNA: ' * (i == 2)}So it is.\n\n" for i in range(1, 7))
    assert stripped(text).splitlines()[1] == "ANNA: So it is."


@pytest.mark.parametrize("piece", ["0:00\n", "0:00a", "[00:12.00]", "{0}{1}", "Dialogue: 0,", "{\\p", "[00:00 --> ",
                                   "a: ", "1:10, ", "\n\n1", "<rt>"])  # fmt: skip
def test_no_transcript_takes_long(piece: str) -> None:
    (kind,) = {kind_of(text) for text, _ in SAID.values()}
    assert kind is not None
    for text in (piece * (200_000 // len(piece)), (piece * 50 + "\n") * (4_000 // len(piece))):
        begun = time.process_time()
        kind.is_it(text)
        kind.strip(f"1\n00:00:01,600 --> 00:00:03,200\n{text}")
        kind.strip(text)
        assert time.process_time() - begun < 1
