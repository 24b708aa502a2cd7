"""Of talks with an assistant, what both say is kept; plays, interviews and stories in which somebody speaks stay."""

import pytest

from tests.quick import assert_quick
from w2v.reading.kinds_of_text import kind_of, stripped

ASKED = ("Where is the boat?", "Is it red?", "And who has it?")
SAID = ("It is in the harbor.\n\nHere is more:\nIt is far.", "It was red: long ago.", "The king has it.")
LABELS = {
    "copied": ("You said:\n", "ChatGPT said:\n"),
    "German": ("Du hast gesagt:\n", "ChatGPT hat gesagt:\n"),
    "French": ("Vous avez dit\u00a0:\n", "ChatGPT a dit\u00a0:\n"),
    "Chinese": ("\u4f60\u8bf4\uff1a\n", "ChatGPT \u8bf4\uff1a\n"),
    "bold": ("**You:**\n", "**ChatGPT:**\n"),
    "headings": ("## User\n\n", "## Assistant\n\n"),
    "on the line": ("Human: ", "Assistant: "),
    "Claude": ("User: ", "Claude: "),
    "prompts": ("## Prompt:\n", "## Response:\n"),
}
OF_MODELS = {
    "ChatML": ("<|im_start|>user\n{}<|im_end|>\n", "<|im_start|>assistant\n{}<|im_end|>\n"),
    "Llama": (
        "<|start_header_id|>user<|end_header_id|>\n\n{}<|eot_id|>",
        "<|start_header_id|>assistant<|end_header_id|>\n\n{}<|eot_id|>",
    ),
    "others": ("<|user|>\n{}<|end|>\n", "<|assistant|>\n{}<|end|>\n"),
    "brackets": ("<s>[INST] {} [/INST]", " {} </s>\n"),
}


def words(text: str) -> list[str]:
    return text.split()


WORDS = words(" ".join([turn for both in zip(ASKED, SAID, strict=True) for turn in both]))


@pytest.mark.parametrize("name", LABELS)
def test_what_both_say_is_kept(name: str) -> None:
    user, assistant = LABELS[name]
    text = "".join([f"{user}{asked}\n\n{assistant}{said}\n\n" for asked, said in zip(ASKED, SAID, strict=True)])
    for shape in (text, text.replace("\n", "\r\n"), "\ufeff" + text, text + f"{user}Thank you"):
        kind = kind_of(shape)
        assert kind is not None
        assert kind.name in ("a talk with an assistant, such as ChatGPT", "Markdown")
        assert words(stripped(shape))[: len(WORDS)] == WORDS


@pytest.mark.parametrize("name", OF_MODELS)
def test_marks_of_models_are_no_words(name: str) -> None:
    user, assistant = OF_MODELS[name]
    text = "".join([user.format(asked) + assistant.format(said) for asked, said in zip(ASKED, SAID, strict=True)])
    kind = kind_of(text)
    assert kind is not None
    assert kind.name == "a corpus made ready for programs"
    assert words(stripped(text)) == WORDS


def test_buttons_of_such_pages_are_no_text() -> None:
    text = "You said:\nHow?\nChatGPT said:\nSo:\npython\nCopy code\nsail away\n" * 3
    text += "ChatGPT can make mistakes. Check important info.\n"
    assert "opy" not in stripped(text)
    assert "mistakes" not in stripped(text)
    assert stripped(text).count("sail away") == 3


@pytest.mark.parametrize(
    "text",
    [
        "HAMLET: Who is there?\nHORATIO: A friend.\nHAMLET: Come in, friend.\nHORATIO: It is late.\n" * 4,
        "You said:\nI will come.\nThe king said:\nNo.\n" * 4,
        "Interviewer: Where is it?\nAnna: There.\nInterviewer: Who has it?\nAnna: My father.\n" * 4,
        "The assistant came home. You said: wait. The assistant waited.\nYou: wait!\n" * 4,
        "Claude came home.\nYou were out.\nGemini is a sign of stars.\nGrok: to understand.\nAI: a sloth.\n" * 4,
        "AI: what computers do.\nBot: a program.\nMe: who speaks.\nSea: water.\nBoat: a ship.\n" * 1,
    ],
)
def test_other_talks_stay(text: str) -> None:
    assert kind_of(text) is None
    assert stripped(text) == text


@pytest.mark.parametrize("piece", ["AI: a\n", "You:\nAI:\n", "a:\n", "ai ", "ai:", "ai " * 9 + ":\n", "# * _ > "])
def test_no_talk_takes_long(piece: str) -> None:
    many = "".join([f"ai {i // 2 % 97}:\nyou {i % 89}:\n" for i in range(9_000)])
    for text in (piece * (100_000 // len(piece)), many):
        assert_quick("You said:\nHow?\nChatGPT said:\nSo.\n" * 3, text)
