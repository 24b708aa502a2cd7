"""Reading and cutting texts: every script, every bad input, and the promises about positions and counts."""

import pickle
import time
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from w2v.corpus import Corpus, Vocabulary
from w2v.reading.decoding import MAX_BYTES, EncodingError, read_text
from w2v.reading.tokens import MAX_LETTERS, MAX_TOKENS
from w2v.way_out import WayOut

# Any string that Python can hold, with extra weight on what has a role in the cutting.
ROLES = (
    " .'-!?\n\r\t\u2019\u2010\u00ad\u200b\u200d\ufe0f\u0301\u0345\u2028\u055e"
    "\u4e2d\u30ac\uff76\uff9e\u0130\u00df\ud55c\u1112\u0e01"
)
ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from(ROLES), st.sampled_from("\ud800\udfff\0")))
ANY_OPTIONS = {"lowercase": st.booleans(), "min_count": st.integers(1, 3)}


def cut(text: str, **options: object) -> list[list[str]]:
    """The sentences of a text, two words of our own added so that anything can be cut."""
    corpus = Corpus.from_text(f"{text}\nqqq zzz", **options)  # type: ignore[arg-type]
    *sentences, ours = [list(sentence) for sentence in corpus.sentences]
    assert ours == ["qqq", "zzz"]
    return sentences


def sentence_of_error(call: object, *args: object, **options: object) -> str:
    """The message of the ValueError that a call raises; it must be one sentence for people."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        call(*args, **options)  # type: ignore[operator]
    assert type(caught.value) in (ValueError, WayOut, EncodingError)  # not UnicodeDecodeError and the like
    message = str(caught.value)
    assert message.endswith((".", "?"))
    assert message[0].isupper()
    assert "\n" not in message
    assert ". " not in message  # one sentence
    return message


# --- words ----------------------------------------------------------------------------------------------

WORDS = {
    "The King's crown": "the king's crown",
    "the king\u2019s crown": "the king's crown",
    "'tis the dogs' bone": "tis the dogs bone",
    "rock 'n' roll": "rock n roll",
    "mother-in-law well--known -x- a-": "mother-in-law well known x a",
    "non\u2011breaking hy\u2010phen": "non-breaking hy-phen",
    "a'-b a-'b": "a b a b",
    "new_york los_angeles_basin 1_000 __proto__ _very_ a__b": "new_york los_angeles_basin 1_000 proto very a b",
    "won`t won\u00b4t won\u02b9t won\u2032t won\u02bct won\uff07t won\u201bt won\u2018t": " ".join(["won't"] * 8),
    "\u02bcTwas `code` the boys\u02bc 6\u2032 tall": "twas code the boys 6 tall",
    "п\u02bcята п'ята п\u2019ята": "п'ята п'ята п'ята",  # Ukrainian
    "mo\u02bbo mo'o \u02bbauhau": "mo'o mo'o \u02bbauhau",  # Hawaiian
    "novel\u00b7la novel\u2027la nove\u0140la NOVE\u013fLA \u00b7 a\u00b7": "novel·la novel·la novel·la novel·la a",
    '\u05e8\u05de\u05d8\u05db\u05f4\u05dc \u05e8\u05de\u05d8\u05db"\u05dc \u05e8\u05de\u05d8\u05db\u201d\u05dc '
    "\u05e8\u05de\u05d8\u05db''\u05dc": " ".join(["\u05e8\u05de\u05d8\u05db\u05f4\u05dc"] * 4),  # gershayim
    "\u05e6'\u05d9\u05e4\u05e1 \u05e6\u05f3\u05d9\u05e4\u05e1 \u05e6\u2019\u05d9\u05e4\u05e1": " ".join(
        ["\u05e6\u05f3\u05d9\u05e4\u05e1"] * 3
    ),  # geresh
    "\u05d2\u05d1' \u05d2\u05d1\u05f3 '\u05d2\u05d1'": "\u05d2\u05d1\u05f3 \u05d2\u05d1\u05f3 \u05d2\u05d1",
    '"\u05d2\u05d1" "\u05d2\u05d1 \u05d2\u05d1"': "\u05d2\u05d1 \u05d2\u05d1 \u05d2\u05d1",
    "\u05d1\u05df\u05be\u05d3\u05d5\u05d3 \u05d1\u05df-\u05d3\u05d5\u05d3": " ".join(
        ["\u05d1\u05df-\u05d3\u05d5\u05d3"] * 2
    ),  # maqaf
    "\u0642\u0644\u0645 \u0642\u0640\u0644\u0640\u0640\u0645 \u0640": "\u0642\u0644\u0645 \u0642\u0644\u0645",
    "\ufed7\ufee0\ufee2 \ufdf2": "\u0642\u0644\u0645 \u0627\u0644\u0644\u0647",  # shaped letters
    "Ｂｏｏｋ book ＢＯＯＫ２": "book book book2",
    # bold, script, double-struck and fraktur letters that are meant for formulas, figures, and letters in circles
    "\U0001d401\U0001d428\U0001d41a\U0001d42d \U0001d4ea\u212f \u211d\U0001d538 \u212d\u210e \U0001d7cf\u24d1\u24b8": (
        "boat ae ra ch 1bc"
    ),
    "ＢＯ\uff07ＯＫ ｂｏ－ｏｋ ｂ＿ｋ": "bo'ok bo-ok b_k",
    "a\u3000b": "a b",
    "\u0149 I\u0132": "n iij",
    "B2B 4th x² 2020-01-01": "b2b 4th x² 2020-01-01",
    "3.14 1,000": "3 14 1 000",
    "=1+1 @SUM(1) <b>bold</b>": "1 1 sum 1 b bold b",
    "nan NULL None N/A": "nan null none n a",
    "Straße STRASSE": "straße strasse",
    "Maße Masse GROẞE GROSSE": "maße masse große grosse",
    "ﬁre FIRE": "fire fire",
    "İ": "i\u0307",
    "Σίσυφος": "σίσυφοσ",
    "cafe\u0301 café": "café café",
    "\u1112\u1161\u11ab\u1100\u116e\u11a8": "한국",  # Korean from its letters
    "한국어 문장": "한국어 문장",
    "我喜欢猫": "我 喜 欢 猫",  # Chinese
    "我有iPhone12台": "我 有 iphone12 台",
    "ラーメンを食べる": "ラ ー メ ン を 食 べ る",
    "人々 \u3007": "人 々 \u3007",
    "カ\u3099": "ガ",  # voiced by a mark: composed
    "か\u309a": "か\u309a",  # no composed form: the mark stays with its letter
    "ｶﾞﾗ ﾃﾞｰﾀ データ": "ガ ラ デ ー タ デ ー タ",  # halfwidth
    "ﾞ ﾊﾟ": "パ",
    "\U00020000\U00020001": "\U00020000 \U00020001",
    "葛\U000e0100": "葛",  # a variation selector shows nothing
    "हिन्दी भाषा": "हिन्दी भाषा",
    "كِتاب\u060c قلم": "كِتاب قلم",
    "שָׁלוֹם": "שָׁלוֹם",
    "می\u200cخواهم": "میخواهم",  # Persian, joiner gone
    "и\u0301мя ИМЯ": "и\u0301мя имя",
    "ภาษา\u200bไทย": "ภาษา ไทย",  # Thai
    "zero\u200bwidth": "zero width",
    "zero\u200dwidth soft\u00adhyphen": "zerowidth softhyphen",
    "mid\ufeffbom word\u2060joiner": "midbom wordjoiner",
    "user\u202eresu \u2066isolate\u2069": "userresu isolate",
    "I \u2764\ufe0f cats \U0001f600\U0001f469\u200d\U0001f52c": "i cats",
    "two \U0001f44d\U0001f3fd flags \U0001f1ec\U0001f1e7 and 1\ufe0f\u20e3 key": "two flags and key",
    "nul\0byte bell\x07ring": "nul byte bell ring",
    "lone\ud800surrogate": "lone surrogate",
    "\u0301 accent alone": "accent alone",
    "Ինչպե\u055eս": "ինչպես",  # Armenian tone mark inside a word
}


@pytest.mark.parametrize(("text", "words"), WORDS.items())
def test_words(text: str, words: str) -> None:
    assert cut(text) == [words.split()]


def test_case_can_be_kept() -> None:
    assert cut("\ufb01sh fish FISH Ｆish", lowercase=False) == [["fish", "fish", "FISH", "Fish"]]
    assert cut("The King's STRA\u00dfE", lowercase=False) == [["The", "King's", "STRA\u00dfE"]]


@pytest.mark.parametrize(
    "text",
    ["", " \t\n", "!?. -- ... '", "\U0001f600 \u2764\ufe0f 1\ufe0f\u20e3", "\u200b\ufeff\u00ad", "\ufffd"],
)
def test_no_words(text: str) -> None:
    assert cut(text) == []


def is_chinese_or_japanese(character: str) -> bool:
    """By Unicode's names, where `corpus` goes by ranges."""
    name = unicodedata.name(character, "")
    starts = (
        "CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "IDEOGRAPHIC ITERATION",
        "IDEOGRAPHIC CLOSING", "IDEOGRAPHIC NUMBER", "HIRAGANA", "KATAKANA",
        "HENTAIGANA", "HALFWIDTH KATAKANA LETTER", "HALFWIDTH KATAKANA-HIRAGANA", "HANGZHOU NUMERAL",
        "VERTICAL KANA", "VERTICAL IDEOGRAPHIC", "MASU MARK",
    )  # fmt: skip
    return unicodedata.category(character)[0] in "LN" and name.startswith(starts)


def words_by_walking(text: str) -> list[str]:
    """The rules of `corpus` again, one character at a time, for characters that stand for nothing else."""
    words: list[str] = []
    open_word = open_cjk = False
    connector = ""
    for character in unicodedata.normalize("NFC", text):
        major = unicodedata.category(character)[0]
        if major == "M" or character == "\u05f3":
            if (open_word or open_cjk) and not connector:
                words[-1] += character
                continue
            open_word = open_cjk = False
        elif is_chinese_or_japanese(character):
            words.append(character)
            open_word, open_cjk = False, True
        elif major in "LN":
            if open_word:
                words[-1] += connector + character
            else:
                words.append(character)
            open_word, open_cjk = True, False
        elif character in JOINERS and open_word and not connector:
            connector, open_cjk = character, False
            continue
        else:
            open_word = open_cjk = False
        connector = ""
    return words


JOINERS = "'-_\u00b7\u05f4"
OTHER_FORMS = "FULLWIDTH", "HALFWIDTH", "ARABIC LETTER", "ARABIC LIGATURE", "LATIN SMALL LIGATURE", "ARMENIAN SMALL LIG"
STAND_FOR_OTHERS = (
    "`\u00b4\u02b9\u02bb\u02bc\u0374\u1fbd\u1fbf\u1fef\u1ffd\u2018\u2019\u201b\u2032\u055a"
    "\u2010\u2011\u058a\u05be\ufe63\u0387\u2027\u2219\u22c5\u0149\u0640\u07fa\u0132\u0133\u013f\u0140"
    "\u01c4\u01c5\u01c6\u01c7\u01c8\u01c9\u01ca\u01cb\u01cc\u01f1\u01f2\u01f3\u3000"
)
VISIBLE = st.characters(exclude_categories=["Cn", "Co", "Cs", "Cf"]).filter(
    lambda c: (
        not (0xFE00 <= ord(c) <= 0xFE0F or 0xE0100 <= ord(c) <= 0xE01EF or 0x180B <= ord(c) <= 0x180F)
        and c not in "\u034f\u20e3\u055b\u055c\u055e" + STAND_FOR_OTHERS
        and not (0x5D0 <= ord(c) <= 0x5EA)  # between these, ' and " stand for others
        and not (ord(c) > 0xFAFF and unicodedata.name(c, "").startswith(OTHER_FORMS))
        and not unicodedata.decomposition(c).startswith(("<font>", "<circle>"))  # letters that stand for usual ones
    )
)
JOINING = st.sampled_from("a\u00e91'-_\u00b7\u05f4\u05f3 .\u0301\u4e2d\u3042\u30fc\u304b\u3099\u1112\u1161\ud55c")


@given(st.text(st.one_of(VISIBLE, JOINING), max_size=60))
def test_words_equal_those_found_by_walking(text: str) -> None:
    found = [word for sentence in cut(text, lowercase=False) for word in sentence]
    assert found == [word[:MAX_LETTERS].rstrip(JOINERS) for word in words_by_walking(text)]


def test_every_chinese_and_japanese_character_is_one_word() -> None:
    names = [chr(c) for c in range(0x40000) if is_chinese_or_japanese(chr(c))]
    normalized = [unicodedata.normalize("NFKC" if "HALFWIDTH" in unicodedata.name(c) else "NFC", c) for c in names]
    assert len(names) > 80_000
    corpus = Corpus.from_text("x" + "".join(names), lowercase=False)
    assert list(corpus.tokens) == ["x", *normalized]


# --- sentences ------------------------------------------------------------------------------------------

ONE_SENTENCE = ["a b", "a 3.14 b", "the U.S.A b", "see example.org now", "a, b; c: d", "a - b", "\u2026a b"]
TWO_SENTENCES = [
    "a b. c d", "a b! c d", "a b? c d", "a b?! c d", "a b... c d", "a b\u2026 c d", "a b.) c d",
    "a b.\u201d c d", "a b\u3002c d", "a b\uff01c d", "a b\uff1fc d", "a b\uff61c d", "a b\uff0e c d",
    "a b\u0964 c d", "a b\u0965 c d", "a b\u061f c d", "a b\u06d4 c d", "a b\u17d4 c d", "a b\u104b c d",
    "a b\u0589 c d", "a b\u055e c d", "a b\u055c c d", "a b\u1362 c d", "a b\u0f0d c d", "a b\u203d c d",
    "a b\nc d", "a b\rc d", "a b\r\nc d", "a b\vc d", "a b\fc d", "a b\x85c d", "a b\u2028c d",
    "a b\u2029c d", "...a b.\n\n \n!? c d.",
]  # fmt: skip


@pytest.mark.parametrize("text", ONE_SENTENCE)
def test_one_sentence(text: str) -> None:
    assert len(cut(text)) == 1


@pytest.mark.parametrize("text", TWO_SENTENCES)
def test_two_sentences(text: str) -> None:
    assert cut(text) == [["a", "b"], ["c", "d"]]


def test_a_dot_between_chinese_characters_ends_a_sentence() -> None:
    assert cut("你好.再见") == [["你", "好"], ["再", "见"]]


@given(
    st.lists(st.text(st.characters(exclude_characters="\n\r\v\f\x85\u2028\u2029"), max_size=12), max_size=5),
    st.sampled_from(["\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029", "\n\n"]),
)
def test_newline_style_does_not_matter(lines: list[str], newline: str) -> None:
    assert cut(newline.join(lines)) == cut("\n".join(lines))
    assert cut("\n".join(lines)) == [sentence for line in lines for sentence in cut(line)]


# --- the corpus -----------------------------------------------------------------------------------------


@given(ANY_TEXT, st.fixed_dictionaries(ANY_OPTIONS))
def test_a_corpus_agrees_with_itself_or_is_refused_in_one_sentence(text: str, options: dict[str, int]) -> None:
    try:
        corpus = Corpus.from_text(text, **options)  # type: ignore[arg-type]
    except ValueError:
        sentence_of_error(Corpus.from_text, text, **options)
        return
    vocabulary = corpus.vocabulary
    order = [(-int(n), word) for n, word in zip(vocabulary.counts, vocabulary.words)]
    assert order == sorted(order)
    assert len(set(vocabulary.words)) == len(vocabulary) >= 2
    assert dict(vocabulary.ids) == {word: i for i, word in enumerate(vocabulary.words)}
    for i, word in enumerate(vocabulary.words):
        assert corpus.tokens.count(word) == vocabulary.counts[i] >= options["min_count"]
        assert 0 < len(word) <= MAX_LETTERS
        assert unicodedata.is_normalized("NFC", word)
    assert sum(map(len, corpus.sentences)) == vocabulary.counts.sum() == np.count_nonzero(corpus.token_ids >= 0)

    assert len(corpus.token_ids) == len(corpus.tokens)
    for token, i in zip(corpus.tokens, corpus.token_ids):
        assert vocabulary.ids.get(token, -1) == i
    left_out = {token for token, i in zip(corpus.tokens, corpus.token_ids) if i < 0}
    assert corpus.n_dropped == len(left_out)
    assert set(corpus.dropped) <= left_out
    assert len(corpus.dropped) == min(10, len(left_out))

    assert len(corpus.sentences) == len(corpus.encoded) == len(corpus.positions)
    starts = corpus.sentence_starts
    assert starts[0] == 0
    assert np.all(np.diff(starts) > 0)
    assert starts[-1] < len(corpus.tokens)
    for sentence, ids, where in zip(corpus.sentences, corpus.encoded, corpus.positions):
        assert len(sentence) == len(ids) == len(where) > 0
        assert sentence == tuple(vocabulary.words[i] for i in ids) == tuple(corpus.tokens[p] for p in where)
        assert len(set(np.searchsorted(starts, where, side="right"))) == 1  # all in one sentence of the text
        assert np.all(np.diff(where) > 0)
    assert np.array_equal(np.concatenate(corpus.positions), np.flatnonzero(corpus.token_ids >= 0))
    for array in (vocabulary.counts, corpus.token_ids, starts, *corpus.encoded, *corpus.positions):
        assert array.dtype == np.int64
        assert not array.flags.writeable


@given(ANY_TEXT, st.booleans())
def test_composed_and_decomposed_are_the_same(text: str, lowercase: bool) -> None:
    composed = cut(unicodedata.normalize("NFC", text), lowercase=lowercase)
    assert composed == cut(unicodedata.normalize("NFD", text), lowercase=lowercase)


MARKS = st.sampled_from("\u0301\u0316\u0323\u0344\u0345\u0f71\u0f72\u0f73\u0f74\u0903\u3099a\u00e9")


@given(st.text(MARKS, min_size=30, max_size=120))
def test_long_runs_of_marks_keep_their_canonical_order(marks: str) -> None:
    (word,) = cut(f"e{marks}", lowercase=False)[0]
    assert word == unicodedata.normalize("NFC", f"e{marks}")[:MAX_LETTERS]


def test_a_letter_with_very_many_marks_takes_no_time() -> None:
    """Normalizing this text as it is takes more than a minute: the square of how many marks there are."""
    begun = time.process_time()
    for high, low in ("\u0301\u0316", "\u0f73\u0f73"):
        corpus = Corpus.from_text(f"a e{high * 100_000}{low * 100_000} b")
        assert [len(word) for word in corpus.tokens] == [1, MAX_LETTERS, 1]
    assert time.process_time() - begun < 10


def test_left_out_words_keep_their_places() -> None:
    corpus = Corpus.from_text("x a b. y. b z a!", min_count=2)
    assert corpus.vocabulary.words == ("a", "b")
    assert corpus.sentences == (("a", "b"), ("b", "a"))
    assert corpus.tokens == ("x", "a", "b", "y", "b", "z", "a")
    assert corpus.token_ids.tolist() == [-1, 0, 1, -1, 1, -1, 0]
    assert corpus.sentence_starts.tolist() == [0, 3, 4]
    assert [p.tolist() for p in corpus.positions] == [[1, 2], [4, 6]]
    assert (corpus.n_dropped, corpus.dropped) == (3, ("x", "y", "z"))


def test_nothing_can_be_changed_and_it_can_be_pickled() -> None:
    corpus = Corpus.from_text("a b a")
    with pytest.raises(AttributeError):
        corpus.tokens = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        corpus.vocabulary.ids["c"] = 2  # type: ignore[index]
    with pytest.raises(ValueError, match="read-only"):
        corpus.encoded[0][0] = 1
    counts = np.array([2, 1])
    vocabulary = Vocabulary(("a", "b"), counts)
    counts[0] = 9
    assert vocabulary.counts.tolist() == [2, 1]
    again = pickle.loads(pickle.dumps(corpus))  # noqa: S301
    assert (again.tokens, again.vocabulary.words, dict(again.vocabulary.ids)) == (
        ("a", "b", "a"),
        ("a", "b"),
        {"a": 0, "b": 1},
    )
    assert not again.vocabulary.counts.flags.writeable


@pytest.mark.parametrize("text", ["", " \n\t", "?!... --", "\U0001f600\U0001f600"])
def test_nothing_to_train_on(text: str) -> None:
    assert "nothing to train on" in sentence_of_error(Corpus.from_text, text)


def test_too_few_words_say_what_would_help() -> None:
    assert "only one distinct word" in sentence_of_error(Corpus.from_text, "hello Hello HELLO")
    assert "minimum count to 3 or less" in sentence_of_error(Corpus.from_text, "a a a a b b b c", min_count=5)
    message = sentence_of_error(Corpus.from_text, "a a a a b b b c", min_count=4)
    assert "Only one word occurs 4 times" in message
    assert "3 or less" in message
    assert Corpus.from_text("a a a a b b b c", min_count=3).vocabulary.words == ("a", "b")
    for min_count in (0, 1.5, float("nan"), float("inf"), "2", True):
        message = sentence_of_error(Corpus.from_text, "a b", min_count=min_count)
        assert message == "The minimum count must be a whole number of at least 1."
    assert "without blanks" in sentence_of_error(Corpus.from_text, "\u0e01\u0e32" * 20)


def test_long_words_and_long_texts_are_cut_with_a_note() -> None:
    corpus = Corpus.from_text(f"a {'x' * 100_000} b {'y' * (MAX_LETTERS - 1)}-z")
    assert corpus.tokens == ("a", "x" * MAX_LETTERS, "b", "y" * (MAX_LETTERS - 1))
    assert len(corpus.notes) == 1
    assert "2 words were longer than 64 letters" in corpus.notes[0]

    corpus = Corpus.from_text("a b " * (MAX_TOKENS // 2))
    assert (len(corpus.tokens), corpus.notes) == (MAX_TOKENS, ())
    corpus = Corpus.from_text("a b " * (MAX_TOKENS // 2) + "c")
    assert len(corpus.tokens) == MAX_TOKENS
    assert corpus.notes[0].endswith("the first 500,000 are used, 99 % of it.")
    assert Corpus.from_text("a b " * MAX_TOKENS).notes[0].endswith("the first 500,000 are used, 50 % of it.")
    assert "500,000" in corpus.notes[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("猫犬", "Chinese and Japanese"),
        ("a " + "\u0e01\u0e32" * 20, "Thai is written without blanks"),
        ("a " + "\u1780\u17b6" * 20, "Khmer is written without blanks"),
        ("a " + "\u0e81\u0eb2" * 20, "Lao is written without blanks"),
        ("a " + "\u1000\u102c" * 20, "Burmese is written without blanks"),
        ("a b\ufffdc", "1 character is lost"),
    ],
)
def test_notes(text: str, said: str) -> None:
    notes = Corpus.from_text(text).notes
    assert len(notes) == 1
    assert said in notes[0]
    assert notes[0].endswith(".")


def test_plain_text_needs_no_note() -> None:
    assert Corpus.from_text("\u0e01\u0e32 \u0e02\u0e32 \u0e04\u0e32. The quick brown fox.").notes == ()


# --- subsampling ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "total", "threshold", "paper", "code"),
    [  # worked out by hand from the two formulas
        (50_000, 1_000_000, 1e-3, 0.1414213562373095, 0.1614213562373095),
        (1_000, 1_000_000, 1e-3, 1, 1),
        (500, 1_000_000, 1e-3, 1, 1),
        (2_618, 1_000_000, 1e-3, 0.6180380006166808, 1),
        (50_000, 1_000_000, 1e-5, 0.01414213562373095, 0.014342135623730953),
        (26, 1_000_000, 1e-5, 0.6201736729460423, 1),
        (5, 1_000, 1e-3, 0.4472135954999579, 0.6472135954999579),
    ],
)
def test_keep_probabilities(count: int, total: int, threshold: float, paper: float, code: float) -> None:
    vocabulary = Vocabulary(("rest", "word"), np.array([total - count, count]))
    assert vocabulary.keep_probabilities(threshold)[1] == pytest.approx(paper, rel=1e-12)
    assert vocabulary.keep_probabilities(threshold, "word2vec.c")[1] == pytest.approx(code, rel=1e-12)


def test_keep_probabilities_off_and_refused() -> None:
    vocabulary = Vocabulary(("a", "b"), np.array([9, 1]))
    assert vocabulary.keep_probabilities(0).tolist() == [1, 1]
    for threshold in (-1.0, float("nan"), float("inf")):
        sentence_of_error(vocabulary.keep_probabilities, threshold)
    sentence_of_error(vocabulary.keep_probabilities, 0.1, "gensim")


# --- bytes ----------------------------------------------------------------------------------------------

SAMPLE = "Grüße, 猫! café \U0001f600\r\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read(codec: str) -> None:
    assert read_text(SAMPLE.encode(codec)) == SAMPLE


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8"])
def test_byte_order_marks(codec: str) -> None:
    data = ("\ufeff" + SAMPLE).encode(codec)
    assert read_text(data) == SAMPLE
    assert read_text(bytearray(data), codec) == SAMPLE


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1252", "“Grüße”"),
        ("shift_jis", "日本語の文"),
        ("koi8-r", "привет"),
        ("utf-16-le", "你好，再见"),
    ],
)
def test_other_encodings_are_asked_for_and_then_read(codec: str, text: str) -> None:
    data = text.encode(codec)
    assert "encoding" in sentence_of_error(read_text, data)
    assert read_text(data, codec) == text
    assert read_text(data, f" {codec.upper()} ") == text


def test_the_first_bad_byte_is_named() -> None:
    assert "0xE9 at position 3" in sentence_of_error(read_text, b"caf\xe9 noir")
    assert "0xED at position 2" in sentence_of_error(read_text, b"ab\xed\xa0\x80")  # a lone surrogate
    assert "0xE2 at position 2" in sentence_of_error(read_text, b"ab\xe2\x82")  # cut off
    assert "not valid cp1252 (the first bad byte is 0x81 at position 1" in sentence_of_error(
        read_text, b"a\x81b", "cp1252"
    )
    assert "at position 6" in sentence_of_error(read_text, b"\xff\xfea\0b\0c")  # half a UTF-16 unit
    assert "encoding" in sentence_of_error(read_text, "plain words".encode("utf-16-le"))
    assert "utf-16-be" in sentence_of_error(read_text, "plain words".encode("utf-16-be"))


@pytest.mark.parametrize(
    "name", ["klingon", "", "hex", "rot13", "idna", "unicode-escape", "a\0b", "\u732b", "x" * 5000, "utf_7"]
)
def test_unknown_encodings(name: str) -> None:
    message = sentence_of_error(read_text, b"abc", name)
    assert "not known" in message
    assert "klingon" not in message  # whatever was typed is not repeated


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01" + b"text " * 99,
        b"\x89PNG\r\n\x1a\n" + b"text " * 99,
        b"PK\x03\x04" + b"text " * 99,
        b"%PDF-1.7 text",
        b"{\\rtf1 text}",
        b"\x1f\x8b\x08text",
        b"plain text and one \0 in it",
        b"alpha\x1b[31mred\x1b[0m bell\x07 back\x08space",
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    sentence_of_error(read_text, data)
    sentence_of_error(read_text, data, "latin-1")


def test_a_few_control_characters_are_no_binary() -> None:
    text = "plain words\tand\x0ca few\x07 strays " * 3 + "word " * 50
    assert read_text(text.encode()) == text


def test_size_limit() -> None:
    assert len(read_text(b"a" * MAX_BYTES)) == MAX_BYTES
    assert "5 MB" in sentence_of_error(read_text, b"a" * (MAX_BYTES + 1))


@given(
    st.binary(max_size=80),
    st.sampled_from([None, "cp1252", "utf-16", "utf-32", "shift_jis", "euc-kr", "utf-8", "gb18030"]),
)
def test_bytes_are_read_exactly_or_refused(data: bytes, encoding: str | None) -> None:
    try:
        text = read_text(data, encoding)
    except ValueError:
        sentence_of_error(read_text, data, encoding)
        return
    if encoding is None:
        codecs = ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
        assert any(("\ufeff" * mark + text).encode(codec) == data for codec in codecs for mark in (0, 1))
    assert "\0" not in text
