"""Texts without blanks between words are found out and cut into words that a dictionary has; others are left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v import PRESETS
from w2v.reading import segmentation
from w2v.reading.segmentation import cut_by_dictionary, without_blanks

TEXTS = {  # a text, and the words of its first sentence
    "Chinese": ("国王喜欢苹果。王后住在北京的宫殿里,她不喜欢香蕉!\n公主在花园里唱歌。", "国王 喜欢 苹果"),
    "Japanese": (
        "王様は東京が好きです。女王はりんごが好きです。\n姫は庭で歌います。",
        "王様 は 東京 が 好き です",
    ),
    "Thai": ("ราชาอาศัยอยู่ในปราสาท\nราชินีอยู่ในสวน", "ราชา อาศัย อยู่ ใน ปราสาท"),
    "Lao": ("ກະສັດແລະລາຊິນີອາໄສຢູ່ໃນພະລາຊະວັງ", None),
    "Khmer": ("ព្រះមហាក្សត្ររស់នៅក្នុងវាំង", None),
    "Burmese": ("ဘုရင်နှင့်မိဖုရားသည်နန်းတော်တွင်နေထိုင်ကြသည်", None),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_script_without_blanks_is_found_out_and_cut(name: str) -> None:
    text, first = TEXTS[name]
    for shape in (text, text.replace("\n", "\r\n"), f"\ufeff{text * 20}", f"{text} Alice was here."):
        assert without_blanks(shape) == [name]
        cut = cut_by_dictionary(shape)
        assert without_blanks(cut) == []
        assert cut.split("\n")[0].startswith(first or cut[0])
        letters = [character for character in shape if character.isalnum()]
        assert [character for character in cut if character.isalnum()] == letters
    lines = cut_by_dictionary(text).split("\n")
    assert len(lines) == {"Chinese": 3, "Japanese": 3, "Thai": 2}.get(name, 1)
    assert all(len(line.split()) >= 3 for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "",
        *[preset.text for preset in PRESETS.values()],
        "我 喜欢 苹果 。\n他 喜欢 香蕉 。\n" * 5,
        "ราชา อาศัย อยู่ ใน ปราสาท\n" * 5,
        "ราชา\u200bอาศัย\u200bอยู่\u200bใน\u200bปราสาท\n" * 5,
        "The sign said 北京天安门 and nothing else was written there, so she went on through the gate. " * 3,
        "왕은 성에 산다. 여왕은 정원에 있다.",
        "राजा महल में रहता है। रानी बगीचे में है।",
        "Король живёт во дворце. الملك في القصر.",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert without_blanks(text) == []


def test_what_stands_beside_is_cut_as_unicode_says() -> None:
    assert cut_by_dictionary("国王有3.14个苹果, isn't it? 是!") == "国王 有 3.14 个 苹果 isn't it\n是"


def test_where_the_library_is_not_installed_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segmentation, "can_cut", lambda: False)
    with pytest.raises(ValueError, match="pip install icu4py"):
        cut_by_dictionary("国王")


@given(st.text(max_size=60))
def test_any_text_can_be_cut(text: str) -> None:
    cut_by_dictionary(text)
    without_blanks(text)


def test_a_long_text_takes_no_time() -> None:
    begun = time.process_time()
    for text, _ in TEXTS.values():
        without_blanks(text * (200_000 // len(text)))
        cut_by_dictionary(text * (50_000 // len(text)))
    assert time.process_time() - begun < 2
