"""What the health card says of a text: right for templates, shuffled texts and repeated lines, and its advice works."""

import numpy as np
import pytest

from tests.visitor import (
    config,
    fine,
    setting,
    texts,
    visit,
)
from w2v import PRESETS, Config, Corpus, Plan, text_health
from w2v.explain import health
from w2v.explain.health import FOLD_CASE, judge, repairs
from w2v.reading.left_out import left_out


def drawn(seed: int, n: int, vocabulary: int = 400) -> str:
    """A text whose words fall into two kinds that take turns, a few of them often and most of them rarely."""
    rng = np.random.default_rng(seed)
    share = 1 / np.arange(1, vocabulary + 1)
    kinds = [rng.choice(vocabulary, n, p=share / share.sum()) for _ in range(2)]
    words = [f"{'ab'[i % 2]}{kinds[i % 2][i]}" for i in range(n)]
    return " ".join([word + "." * (i % 7 == 6) for i, word in enumerate(words)])


def shuffled(text: str, seed: int) -> str:
    """The same words in lines as long as those before, in no order."""
    lines = [line.split() for line in text.replace(".", "\n").lower().splitlines() if line.strip()]
    words = np.random.default_rng(seed).permutation([word for line in lines for word in line])
    ends = np.cumsum([len(line) for line in lines])
    return "\n".join([" ".join(part) for part in np.split(words, ends[:-1])])


@pytest.mark.parametrize("key", [key for key in PRESETS if key != "random"])
def test_a_preset_is_good_and_its_words_in_no_order_are_not(key: str) -> None:
    text = PRESETS[key].text
    assert judge(Corpus.from_text(text)).verdict == "good"
    verdicts = [judge(Corpus.from_text(shuffled(text, seed))).verdict for seed in range(10)]
    assert verdicts.count("poor") >= 9, "one in a hundred may look like more by chance"


def test_a_control_and_every_word_once_have_nothing_to_find() -> None:
    assert "nothing to find" in judge(Corpus.from_text(PRESETS["random"].text)).short
    once = judge(Corpus.from_text(" ".join([f"w{i}" for i in range(300)])))
    assert once.verdict == "poor"
    assert once.short.startswith("100 % of the words occur only once")


@pytest.mark.parametrize("n", [1, 3])
def test_repeated_lines_teach_no_more_than_one_of_them(n: int) -> None:
    lines = ["The cat sat on the mat.", "A dog ran over hills.", "I like tea and some coffee."][:n]
    judged = judge(Corpus.from_text("\n".join(lines * 40)))
    assert judged.verdict == "poor"
    assert "again and again" in judged.short
    royal = PRESETS["royal"].text
    assert judge(Corpus.from_text(royal * 5)).verdict == "good", "repeated or not, its words replace each other"


def test_of_lines_that_come_again_it_is_not_said_that_they_stand_as_in_a_shuffled_text() -> None:
    lines = PRESETS["random"].text.splitlines()
    judged = judge(Corpus.from_text("\n".join(lines + lines[: len(lines) // 2])))  # as with the chorus of a song
    assert judged.verdict == "poor"
    assert judged.expectation.startswith("33 % of the sentences only repeat others")
    assert "nothing to find" not in judged.expectation + judged.short
    assert judged.short.startswith("Apart from sentences that come again")


def test_a_long_text_is_judged_by_its_beginning_in_no_time() -> None:
    judged = judge(Corpus.from_text(drawn(1, 60_000)))
    assert judged.verdict == "good"


# --- advice -----------------------------------------------------------------------------------------------------

ROYAL = PRESETS["royal"].text.replace(".", "").split()
TEXTS = {
    **{f"drawn {n}": drawn(n, n) for n in (60, 400, 1_000, 3_000)},
    "rare names": PRESETS["animals"].text + " ".join([f"Mister{i} waits." for i in range(60)]),
    "shuffled": shuffled(drawn(9, 1_000), 1),
    "one word a line": "\n".join(ROYAL),
    "two words a line": "\n".join([" ".join(pair) for pair in zip(ROYAL[::2], ROYAL[1::2])]),
    "every word once": " ".join([f"w{i}" for i in range(50)]),
}
MENDED = {
    "drawn 1000": "Leave out words that occur once",
    "rare names": "Leave out words that occur once",
    "one word a line": "Join the lines",
    "two words a line": "Join the lines",
}
REPAIRS = {"Leave out words that occur once", "Join the lines", "Fold case"}


@pytest.mark.parametrize("name", TEXTS)
def test_the_first_advice_makes_the_verdict_better(name: str) -> None:
    at = visit(epochs="1")
    at.text_area(key="pasted").set_value(TEXTS[name]).run()
    advice = [button for button in fine(at).button if button.label in REPAIRS]
    assert (advice[0].label if advice else None) == MENDED.get(name)
    if advice:
        before = rank_of(TEXTS[name], Config(TEXTS[name]))
        fine(advice[0].click().run())
        assert rank_of(config(at).text, config(at)) > before


def rank_of(text: str, settings: Config) -> int:
    corpus = Corpus.from_text(text, lowercase=settings.lowercase, min_count=settings.min_count)
    return judge(corpus).rank


def test_what_is_good_already_is_not_mended_and_what_was_judged_not_judged_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config = Config(PRESETS["royal"].text, lowercase=False)
    corpus = Corpus.from_text(config.text, lowercase=False)
    judged = judge(corpus)
    assert judged.verdict == "good"
    monkeypatch.setattr(health, "judge", lambda _: pytest.fail("it is judged again"))
    assert repairs(config, corpus, judged) == []


def test_folding_case_is_offered_where_it_helps() -> None:
    royal = PRESETS["royal"].text
    half = "\n".join([line.upper() if i % 2 else line for i, line in enumerate(royal.splitlines())])
    wanted = Config(half, lowercase=False)
    corpus = Corpus.from_text(half, lowercase=False)
    assert judge(corpus).verdict != "good"
    assert repairs(wanted, corpus)[0].name == FOLD_CASE
    assert text_health(Plan(wanted)).shouting


# --- the card -----------------------------------------------------------------------------------------------------


def test_the_card_says_what_to_look_for_or_what_to_expect() -> None:
    at = visit(preset="royal")
    assert PRESETS["royal"].look_for in texts(at)
    at.radio(key="preset").set_value("random").run()
    assert "nothing to find" in texts(fine(at))
    setting(at, "min_count").set_value(2).run()
    assert "nothing to find" in texts(fine(at))


def test_training_says_in_one_line_what_to_expect_while_it_applies() -> None:
    at = visit(page="training", preset="random", epochs="1")
    assert "As in a shuffled text, there is nothing to find" in texts(at)
    at = visit(page="training", preset="royal", epochs="1")
    assert "nothing to find" not in texts(at)
    assert "Press Play" in texts(at)


# --- what is no word ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("The king wears crowns, (his) \u201cown\u201d - don't!", ""),
        ("a \U0001f600 b \U0001f44d\U0001f3fd c", "Left out, as no words: 2 emoji."),
        (
            "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea 1\ufe0f\u20e3",
            "Left out, as no words: 3 emoji.",
        ),
        ("a #b c@d 5 \u20ac", "Left out, as no words: 3 marks."),
        ("see https://a.example/b?c=1 a", "Left out, as no words: 1 link."),
        (
            "www.a.example http://b.example \u2764\ufe0f *",
            "Left out, as no words: 1 emoji, 1 mark and 2 links.",
        ),
        ("write to a.b@c.example.", "Left out, as no words: 1 e-mail address."),
        ("a@b.example, c@d.example", "Left out, as no words: 2 e-mail addresses."),
        ("don`t a_b l\u00b7l", ""),
        ("\u0645\u0644\u0643\u060c \u0645\u0644\u0643\u0629\u061f \u732b\u3001\u72ac\u3002", ""),
    ],
)
def test_what_was_left_out_is_said_in_one_line(text: str, says: str) -> None:
    assert left_out(text) == says


def test_of_a_long_text_only_the_beginning_is_looked_at() -> None:
    assert left_out("# " * 200_000) == "Left out of the first 200,000 characters, as no words: 100,000 marks."


def test_what_was_left_out_stands_on_the_card() -> None:
    at = visit(epochs="1")
    at.text_area(key="pasted").set_value("a b \U0001f600 c. a b c. see www.a.example").run()
    assert "Left out, as no words: 1 emoji and 1 link." in [text.value for text in fine(at).text]
