"""Of e-mails as programs save them the texts are kept, decoded; letters that begin like some are prose."""

import base64
import time

import pytest

from w2v.reading.kinds_of_text import kind_of, stripped

HEADERS = "From: Anna <a@b.example>\nTo: Ben <b@b.example>\nSubject: =?utf-8?Q?no?=\n"
HEADERS += "Received: from no\n by no; no\nMessage-ID: <no@no>\n"
PLAIN = 'Content-Type: text/plain; charset="utf-8"\n'
QUOTED = "Content-Transfer-Encoding: quoted-printable\n"
PAGE = "<html><body><p>The boat is <b>red</b>.</p></body></html>"
CODED = base64.b64encode(PAGE.encode()).decode()
MAILS = {
    "plain": (f"{HEADERS}{PLAIN}\nThe caf\u00e9 is red.\n\nSo.\n", "The caf\u00e9 is red.\n\nSo."),
    "quoted": (
        f"{HEADERS}{PLAIN}{QUOTED}\nThe caf=C3=A9 is re=\nd=2E\n",
        "The caf\u00e9 is red.",
    ),
    "in Latin": (
        f"{HEADERS}Content-Type: text/plain; charset=iso-8859-1\n{QUOTED}\ncaf=E9\n",
        "caf\u00e9",
    ),
    "no such encoding": (
        f"{HEADERS}Content-Type: text/plain; charset=nn-1\n{QUOTED}\ncaf=C3=A9\n",
        "caf\u00e9",
    ),
    "half a character": (f"{HEADERS}{PLAIN}\nThe boat \ud800 is.\n", "The boat \ufffd is."),
    "a page": (f"{HEADERS}Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n{CODED}\n", "The boat is red."),
    "both": (
        f'{HEADERS}Content-Type: multipart/alternative; boundary="xyz"\n\n--xyz\n{PLAIN}\nThe boat.\n--xyz\n'
        f"Content-Type: text/html\n\n{PAGE}\n--xyz\n"
        f"Content-Type: text/plain\nContent-Disposition: attachment; filename=no.txt\n"
        f"\nno\n--xyz--\n",
        "The boat.",
    ),
    "a mailbox": (
        "".join(f"From a@b.example Mon Sep  6 00:01:00 2021\n{HEADERS}{PLAIN}\nThe boat {i}.\n\n" for i in range(3)),
        "The boat 0.\n\nThe boat 1.\n\nThe boat 2.",
    ),
    "a newsgroup": (
        "".join(
            f"From: anna@no (Anna)\nSubject: no\nOrganization: no\nLines: 2\n\nThe boat {i}.\nFrom here.\n\n"
            for i in range(2)
        ),
        "The boat 0.\nFrom here.\n\nThe boat 1.\nFrom here.",
    ),
}


@pytest.mark.parametrize("name", MAILS)
def test_texts_of_mails_are_kept(name: str) -> None:
    source, prose = MAILS[name]
    for shape in (source, source.replace("\n", "\r\n"), "\ufeff" + source, "\n" + source):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.sentence(shape).startswith("This text is e-mails as programs save them: headers and codes would")
        assert stripped(shape) == prose


def test_what_one_quotes_of_another_is_kept_once() -> None:
    head = "From: anna@no (Anna)\nSubject: no\nOrganization: no\nLines: 2\n\n"
    source = f"{head}The boat is red.\nSo it is.\n\n{head}> The boat is red.\n> So it is.\n> And old.\nIt is not.\n\n"
    assert stripped(source) == "The boat is red.\nSo it is.\n\n> And old.\nIt is not."


@pytest.mark.parametrize(
    "text",
    [
        "From: the king\nTo: the queen\nSubject: the garden\n\nIt is red.\n",
        "Dear Anna,\n\nFrom the house to the sea it is far. To go there: walk.\nLines: 2\n",
        "Subject: the king\nReceived: a crown\nThe queen said nothing.\nFrom: here\n",
    ],
)
def test_letters_are_prose(text: str) -> None:
    assert kind_of(text) is None


@pytest.mark.parametrize(
    "piece", ["From: a\n", "From a 2021\n", "\n\nFrom: a\n", "\n ", "a:\n b\n", "=\n", "--xyz\n", f"\n\n{HEADERS}"]
)
def test_no_mail_takes_long(piece: str) -> None:
    begun = time.process_time()
    stripped(f"{MAILS['both'][0]}{piece * (100_000 // len(piece))}")
    kind_of(piece * (100_000 // len(piece)))
    assert time.process_time() - begun < 1
