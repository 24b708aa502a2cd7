"""Of chats, as programs save them and as one copies them, what people say is kept, and nothing else."""

import time

import pytest

from w2v.reading.kinds_of_text import kind_of, stripped

SAID = "where is the boat\nin the harbor\nand safe"
CHATS = {
    "Zoom": "21:15:03\t From  Anna Smith  to  Everyone:\n\twhere is the boat\n21:16:00\t From Ben to Everyone:\n"
    '\tReplying to "where is ..."\n\n\tin the harbor\n21:16:04\t From Ben to Anna Smith(Direct Message) :\n\tand safe\n'
    '21:16:09\t From Anna Smith to Everyone:\n\tReacted to "and safe" with yes\n',
    "Slack": "Anna Smith\n  9:15 AM\nwhere is the boat\nBen\n  9:16 AM\nin the harbor\n9:17\nand safe (edited)\n"
    "Anna Smith\n  9:17 AM\n(edited)\nBen\n  9:18 AM\n",
    "Teams": "Anna Smith\n31/12 21:15\nwhere is the boat\n\nBen\n31/12 21:16\nin the harbor\n\n"
    "Anna Smith\n31/12/2023 21:17\nand safe\n\nBen\n31/12/2023 21:18\n",
    "WeChat": "Anna 2023/12/31 9:15:03\nwhere is the boat\n\nBen 2023/12/31 9:16:03\nin the harbor\n\n"
    "Anna 2023/12/31 9:17:03\nand safe\n\n",
    "QQ": "2023-12-31 9:15:03 Anna(12345)\nwhere is the boat\n\n2023-12-31 9:16:03 Ben(23456)\nin the harbor\n\n"
    "2023-12-31 9:17:03 Anna(12345)\nand safe\n\n",
    "KakaoTalk": "--------------- 2023\ub144 12\uc6d4 31\uc77c ---------------\n[Anna] [\uc624\ud6c4 9:15] "
    "where is the boat\n[Ben] [\uc624\ud6c4 9:16] in the harbor\n[Ben] [\uc624\ud6c4 9:17] and safe\n",
    "LINE": "2023/12/31(\u65e5)\n21:15\tAnna\twhere is the boat\n21:16\tBen\tin the harbor\n21:17\tBen\t[Sticker]\n"
    "21:18\tBen\tand safe\n",
    "Arabic WhatsApp": "\u200f31\u200f/12\u200f/2023, 9:15 \u0645 - Anna: where is the boat\n"
    "\u200f31\u200f/12\u200f/2023, "
    "9:16 \u0645 - Ben: in the harbor\n\u200f31\u200f/12\u200f/2023, 9:17 \u0645 - Ben: and safe\n",
    "edited": "12/31/23, 9:15\u202fPM - Anna: where is the boat\n"
    "12/31/23, 9:16\u202fPM - Ben: in the harbor <This message "
    "was edited>\n12/31/23, 9:17\u202fPM - Anna: You deleted this message\n12/31/23, 9:17\u202fPM - Ben: and safe "
    "\u200e<edited>\n12/31/23, 9:18\u202fPM - Anna: IMG-2023-WA1.jpg (file attached)\n"
    "12/31/23, 9:19\u202fPM - Anna: Missed voice call\n",
    "Telegram": "Anna, [31.12.2023 21:15]\nwhere is the boat\n\nBen, [31.12.2023 21:16]\n[ Photo ]\nin the harbor\n\n"
    "Ben, [31.12.2023 21:17]\nand safe\n",
    "exporter": "[12/31/2023 9:15 PM] anna\nwhere is the boat\n\n{Attachments}\n\n[12/31/2023 9:16 PM] ben\n"
    "in the harbor\n\n[12/31/2023 9:17 PM] ben\nand safe\n",
    "IRC": "Dec 31 21:15:03 <anna>\twhere is the boat\nDec 31 21:15:03 *\tcleo has quit\nDec 31 21:16:03 <ben>\t"
    "in the harbor\nDec 31 21:17:03 <ben>\tand safe\n",
}
RECORDED = (  # times and names in what was written down of a recording, which has more minutes than a day hours
    "{name}  {time}\n{said}\n\n",
    "{name} ({time})\n{said}\n\n",
    "[{time}] {name}: {said}\n",
    "{name} ({time}): {said}\n",
    "{name} [{time}]: {said}\n",
    "{name}\n00:{time}\n{said}\n\n",
)


@pytest.mark.parametrize("form", RECORDED)
def test_a_recording_has_minutes_and_seconds(form: str) -> None:
    """From its 24th minute on, its times and names were learned as words."""
    talk = [("Anna", said) if i % 2 else ("Ben Smith", said) for i, said in enumerate(SAID.splitlines() * 9)]
    text = "".join([form.format(name=name, time=f"{i * 2:02}:12", said=said) for i, (name, said) in enumerate(talk)])
    assert stripped(text).split("\n") == [said for _, said in talk]
    assert kind_of(text) is kind_of(CHATS["edited"])


@pytest.mark.parametrize("name", CHATS)
def test_what_is_said_is_kept(name: str) -> None:
    for shape in (CHATS[name], CHATS[name].replace("\n", "\r\n"), "\ufeff" + CHATS[name], CHATS[name] * 3):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.name == "a chat"
        n = len(shape) // len(CHATS[name].replace("\n", "\r\n")) or 1
        assert stripped(shape).splitlines() == SAID.splitlines() * (3 if shape == CHATS[name] * 3 else n)


def test_no_message_is_taken_for_a_name_above_a_time() -> None:
    """Copied from Slack, the messages of one after another have times of their own between them."""
    text = "Anna\n  9:15 AM\nwhere is it\n9:16\nthe boat\n9:17\nBen\n  9:18 AM\nin the harbor\n9:19\n"
    text += "far\nAnna\n  9:20 AM\n"
    text += "ah\nBen\n  9:21 AM\nyes\n"
    assert stripped(text).splitlines() == ["where is it", "the boat", "in the harbor", "far", "ah", "yes"]


@pytest.mark.parametrize(
    "text",
    [
        "The king left.\n9:30\nHe slept late.\n10:15\nThe queen woke.\n11:45\nNobody waited for him there.\n" * 3,
        "From the king to the queen: come at 9:30.\nFrom the queen to the king: no.\n" * 4,
        "[The king] [at 9:30] came home, and slept.\nThe queen was out (edited).\n" * 4,
    ],
)
def test_prose_with_times_is_no_chat(text: str) -> None:
    assert kind_of(text) is None
    assert stripped(text) == text


@pytest.mark.parametrize("piece", ["1:10 From a to b ", "1:10 From ", "1:10\n", "a\n1:10\n", "a " + " " * 500,
                                   "\u200e ",
                                   " <a", "[a] [1:10", "1:10\ta\t", "x.txt (", "-----", "1:10 a: {"])  # fmt: skip
def test_no_chat_takes_long(piece: str) -> None:
    kind = kind_of(CHATS["edited"])
    assert kind is not None
    for text in (piece * (100_000 // len(piece)), (piece * 20 + "\n") * (4_000 // len(piece))):
        begun = time.process_time()
        kind.is_it(text)
        kind.strip(f"{CHATS['edited']}{text}")
        assert time.process_time() - begun < 1
