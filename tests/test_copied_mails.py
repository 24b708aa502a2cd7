"""Of e-mails that were copied the texts are kept, and nothing of their headers; letters and talk are prose."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_prose_stays import sentences
from w2v.reading.kinds_of_text import kind_of, stripped

NAME = "e-mails as one copies them"
MAILS = {
    "Outlook": (
        "Dear Ben,\n\nthe boat is red.\n\nFrom: No, No <no@no.example>\nSent: Monday, June 4, 2001 9:12 AM\n"
        "To: No, No; No <no@no.example>;\n No (no@no.example)\nCc: No\nSubject: RE: no\n\nIs it red?\n\n"
        "-----Original Message-----\nFrom: No\nSent: Sunday, June 3, 2001 10:12 PM\nTo: No\nSubject: no\n\n"
        "There it is.\n",
        "Dear Ben,\n\nthe boat is red.\n\nIs it red?\n\nThere it is.",
    ),
    "bold headers": (
        "The boat.\n________________________________\n*From:* No\n*Sent:* 4 June 2001 9:12\n*To:* No\n"
        "*Subject:* no\n\nSo.",
        "The boat.\n\nSo.",
    ),
    "German": (
        "Von: No <no@no.example>\nGesendet: Montag, 4. Juni 2001 09:12\nAn: No\nBetreff: AW: no\n\nIst es rot?\n\n"
        "-----Urspr\u00fcngliche Nachricht-----\nVon: No\nGesendet: Sonntag, 3. Juni 2001 22:12\nAn: No\n"
        "Betreff: no\n\nDa!",
        "Ist es rot?\n\nDa!",
    ),
    "French": (
        "De\u00a0: No\nEnvoy\u00e9\u00a0: lundi 4 juin 2001 09:12\n\u00c0\u00a0: No\nObjet\u00a0: no\n\nIl est rouge.",
        "Il est rouge.",
    ),
    "Gmail": (
        "It is red.\n\nOn Mon, Jun 4, 2001 at 9:12 AM No No <no@no.example> wrote:\n\n> Is the boat red?\n>\n"
        "> On Sun, Jun 3, 2001 at 10:12 PM No No <no@no.example>\n> wrote:\n>> There is a boat.\n",
        "It is red.\n\nIs the boat red?\n\nThere is a boat.",
    ),
    "a thread without headers": (
        "Hello Ben,\n\nyes, the boat is red.\nIt goes out at night.\n\nAnna\n\n"
        "> Hello Anna,\n> is the boat red, and when does it go?\n> Ben\n\n"
        "So I come too.\n\n> Hello Ben,\n>\n> yes, the boat is red.\n> It goes out at night.\n>\n> Anna\n>\n"
        ">> Hello Anna,\n>> is the boat red, and when does it go?\n>> Ben\n",
        "Hello Ben,\n\nyes, the boat is red.\nIt goes out at night.\n\nAnna\n\n"
        "Hello Anna,\nis the boat red, and when does it go?\nBen\n\nSo I come too.",
    ),
    "forwarded": (
        "---------- Forwarded message ---------\nFrom: No <no@no.example>\nDate: Mon, Jun 4, 2001 at 9:12 AM\n"
        "Subject: no\nTo: <no@no.example>\n\n\nThe boat is red.\n",
        "The boat is red.",
    ),
}
NONE = {
    "quoted, and not there": "He writes:\n\n> The boat is red and old.\n> It goes out at night.\n\nSo it is.\n" * 4,
    "a few marks": "> The boat is red and old.\nThe boat is red and old.\n> No.\nNo.\n> So it is.\nSo it is.\n",
    "a letter": "From: the king\nTo: the queen\nSubject: the garden\n\nIt is red.\n",
    "a trip": "From: the harbor\nDate: some day\nTo: the sea\n\nThe boat is red.\n",
    "said and answered": "On June 4, 2001 the king wrote:\nThe boat is red.\nOn June 5 the queen wrote:\nIt is not.\n"
    * 3,
    "an aside": "He put it so.\n\nOn 4 June he wrote:\n\nThe boat > the sea.\n" * 3,
    "a novel with one mail": "The boat is red, and nobody waits in the old harbor.\n" * 200
    + "From: the king\nSent: June 4\nTo: the queen\nSubject: boats\n\nIt is red.\n",
    "a form": "De: la mer\nA: la ville\nDate: demain\n\nLe bateau est rouge.\n",
}


@pytest.mark.parametrize("name", MAILS)
def test_texts_of_mails_are_kept(name: str) -> None:
    source, prose = MAILS[name]
    for shape in (source, source.replace("\n", "\r\n"), "\ufeff" + source, "\n\n" + source):
        kind = kind_of(shape)
        assert kind is not None
        learned = "their headers, and what they quote of each other,"
        assert kind.sentence(shape) == f"This text is {NAME}: {learned} would be learned as words."
        found = stripped(shape)
        assert found == prose
        assert kind_of(found) is None


@pytest.mark.parametrize("name", NONE)
def test_letters_and_talk_are_prose(name: str) -> None:
    for shape in (NONE[name], NONE[name].upper()):
        assert kind_of(shape) is None, kind_of(shape)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(sentences(), min_size=2, max_size=12),
    st.lists(
        st.sampled_from(["From: ", "To: ", "On 3 June ", "\u2013 ", "Date: ", "An: ", ""]), min_size=1, max_size=4
    ),
)
def test_sentences_that_begin_like_headers_are_prose(sentences: list[str], begins: list[str]) -> None:
    text = "\n".join([begins[i % len(begins)] + sentence for i, sentence in enumerate(sentences)])
    kind = kind_of(text)
    assert kind is None or ("Date: " in begins and any(map(str.isdigit, text))), kind


@pytest.mark.parametrize(
    "piece",
    ["From: a\n", "From: a\nSent: 1\n", "On 1 ", "on 1\n", "> ", ">", "-", "-- a ", "@", "Cc: ", " a@\n", "wrote:\n"],
)
def test_no_mail_takes_long(piece: str) -> None:
    for unit in (piece, piece * 20 + "\n"):
        begun = time.process_time()
        stripped(MAILS["Outlook"][0] * 40 + unit * (100_000 // len(unit)))
        kind_of(unit * (200_000 // len(unit)))
        assert time.process_time() - begun < 2
