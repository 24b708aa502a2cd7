"""You are the model, as a visitor plays it: drag, commit, and be judged; with any text and any kind of model."""

import csv
import io
import math
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.lessons import progress
from pages.parts.lessons.you_are_the_model import NAME
from tests.browsing import FOX
from tests.hostile import MARKUP
from tests.test_hostile import words_as_markup
from tests.test_levels import NUMBERS_ONLY
from tests.test_you_are_the_model import pairs_of, plain_loss
from tests.visitor import (
    chosen_word,
    close_to_three_digits,
    fine,
    go,
    gone_elsewhere,
    guess,
    kept_of_lessons,
    latest_run,
    latex,
    leave_bars,
    lesson_answers,
    sent_to,
    tab_brings_lessons,
    texts,
    trained,
    visit,
    whole,
)
from w2v import PRESETS, Config, prediction

ROYAL = Config(PRESETS["royal"].text)


def to_the_part(at: AppTest, part: str) -> AppTest:
    return fine(at.button_group(key="lessons_part").set_value(part).run())


def playing(config: Config = ROYAL, **query: str) -> AppTest:
    return to_the_part(visit(config, "lessons", **query), "model")


def press(at: AppTest, key: str) -> AppTest:
    return fine(at.button(key=key).click().run())


def keys(at: AppTest) -> set[str]:
    return {b.key or "" for b in at.button} & {"guess_commit", "guess_even", "guess_other", "guess_again"}


def figures(at: AppTest) -> dict[str, list[str]]:
    """The numbers of each guess, by its kind."""
    return {row["kind"]: row["numbers"] for row in guess(at)["figures"]["rows"]}


def bars(at: AppTest, kind: str) -> list[float]:
    (found,) = [one["shares"] for one in guess(at)["judged"]["kinds"] if one["kind"] == kind]
    return found


def said_of(at: AppTest) -> str:
    """All that the bars say in words."""

    def walk(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [text for name, one in value.items() if name not in ("id", "kind") for text in walk(one)]
        return [text for one in value for text in walk(one)] if isinstance(value, list) else [str(value)]

    return "\n".join(walk(guess(at)))


def test_a_guess_is_committed_and_judged_on_the_same_words_as_the_model() -> None:
    at = playing(word="king", level="algebra")
    run, before = latest_run(at), guess(at)
    words, ids = run.corpus.vocabulary.words, run.corpus.vocabulary.ids
    n, king = len(words), ids["king"]
    assert before["judged"] is before["figures"] is None
    assert keys(at) == {"guess_commit", "guess_even", "guess_other"}
    assert not sent_to(at, "w2v_player"), "one thing to do: no clock yet"
    *names, others = before["names"]
    assert others == f"{n - 8} others"
    assert before["shares"] == pytest.approx([*[1 / n] * 8, (n - 8) / n])
    mine = [0.3, *[0.05] * 7, 0.35]
    leave_bars(at, mine)
    assert guess(at)["shares"] == mine
    press(at, "guess_commit")

    q = [0.35 / (n - 8)] * n
    for name, share in zip(names, mine, strict=False):
        q[ids[name]] = share
    pairs = pairs_of(run.corpus, 2, king)
    ratio = [pairs.count(o) / len(pairs) for o in range(n)]
    everything = [o for c in range(n) for o in pairs_of(run.corpus, 2, c)]
    P = prediction(run.parameters(run.n_steps), (king,), run.plan.objective)
    losses = {
        "mine": plain_loss(pairs, q),
        "model": plain_loss(pairs, P),
        "frequency": plain_loss(pairs, [everything.count(o) / len(everything) for o in range(n)]),
        "told": plain_loss(pairs, ratio),
    }
    found = figures(at)
    assert list(found) == list(losses)
    for kind, loss in losses.items():
        learned = (math.log(n) - loss) / (math.log(n) - losses["told"])
        assert float(found[kind][1]) == pytest.approx(loss, abs=0.006)
        assert float(found[kind][0].rstrip(" %")) == pytest.approx(100 * learned, abs=0.51)
    assert bars(at, "mine") == pytest.approx(mine)
    assert bars(at, "told") == pytest.approx(
        [*(ratio[ids[name]] for name in names), 1 - sum(ratio[ids[name]] for name in names)]
    )
    assert bars(at, "model") == pytest.approx(
        [*(P[ids[name]] for name in names), 1 - sum(P[ids[name]] for name in names)]
    )
    assert guess(at)["readout"].startswith("The model guesses better than you: ")
    costs = {o: r * math.log(r / q[o]) for o, r in enumerate(ratio) if r}
    dearest = max(costs, key=costs.__getitem__)
    assert f"\u201c{words[dearest]}\u201d cost you most: you gave it 5.0 %" in guess(at)["readout"]
    terms = [x for o in sorted(costs, key=lambda o: (-ratio[o], o)) for x in (len(pairs) * ratio[o], len(pairs), q[o])]
    assert close_to_three_digits(latex(at, "J(q)"), [*terms, losses["mine"]])


def test_the_clock_moves_the_model_and_nothing_else_and_words_say_it_without_the_words_of_experts() -> None:
    at = playing(word="king")
    press(at, "guess_commit")
    assert keys(at) == {"guess_other", "guess_again"}
    assert sent_to(at, "w2v_player")
    end = figures(at)
    assert end["mine"] == ["0 %"]
    assert end["told"] == ["100 %"]
    assert not NUMBERS_ONLY.search(f"{said_of(at)}\n{texts(at)}")
    gone_elsewhere(at, 0)
    start = figures(fine(at))
    assert "before the first update" in said_of(at)
    assert {kind for kind in end if start[kind] != end[kind]} == {"model"}
    assert "You guess better than the model" in guess(at)["readout"], "it has learned nothing yet"
    fine(at.radio(key="level_choice").set_value("numbers").run())
    assert guess(at)["figures"]["heads"][-1] == ["loss", "loss, nats"]
    assert figures(at)["mine"][1] == f"{math.log(27):.2f}"


def test_a_guess_is_locked_and_the_first_for_each_word_is_among_the_answers() -> None:
    at = playing(word="king")
    told = [0.0] * 9
    press(leave_bars(at, [0.04] * 8 + [0.68]), "guess_even")
    assert guess(at)["shares"][0] == pytest.approx(1 / 27)
    assert guess(at)["command"] == 1
    press(at, "guess_commit")
    told = bars(at, "told")
    press(at, "guess_again")
    assert guess(at)["judged"] is None
    press(leave_bars(at, told), "guess_commit")
    assert figures(at)["mine"][0] in ("99.9 %", ">99.9 %", "100 %", "99.8 %")
    press(at, "guess_other")
    assert chosen_word(at) not in ("king", None)
    assert guess(at)["judged"] is None
    names = guess(at)["names"]
    leave_bars(at, [0.0, 0.0, *[0.0] * 6, 1.0])
    press(at, "guess_commit")
    fine(at.selectbox(key="guess_word").set_value("king").run())
    assert guess(at)["judged"] is not None
    assert names != guess(at)["names"]
    fine(go(at, "words"))
    fine(go(at, "lessons"))
    assert guess(at)["judged"] is not None, "the part and the guess are as they were left"
    rows = list(csv.DictReader(io.StringIO(progress.as_csv(lesson_answers(at), {NAME: "You"}).decode("utf-8-sig"))))
    assert [row["right"] for row in rows] == ["no", "no"]
    assert "\u201cking\u201d" in rows[0]["question"]
    assert "others 70 %" in rows[0]["answer"]
    to_the_part(at, "lessons")
    assert "Save my answers" in {d.proto.label for d in fine(at).get("download_button")}


def test_the_first_guess_for_a_word_counts_over_a_reload_too() -> None:
    at = press(playing(word="king"), "guess_commit")
    again = tab_brings_lessons(fine(visit(ROYAL, "lessons", word="king")), kept_of_lessons(at) or "")
    assert "1 word guessed \u00b7 0 better than by frequency" in texts(again)
    to_the_part(again, "model")
    told = [0.12] * 8 + [0.04]
    press(leave_bars(again, told), "guess_commit")
    assert bars(again, "mine") == pytest.approx(told)
    assert lesson_answers(again)[NAME] == lesson_answers(at)[NAME]


def test_what_comes_from_elsewhere_is_no_guess() -> None:
    at = playing(word="king")
    even = guess(at)["shares"]
    for shares, said in (([1.0], {}), ([-1.0] * 9, {}), (["x"] * 9, {}), ([1.0] * 9, {"id": "another"})):
        assert guess(leave_bars(at, shares, **said))["shares"] == even


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (Config(ROYAL.text, objective="negative", epochs=3), "made into shares here"),
        (Config(ROYAL.text, objective="hierarchical", epochs=3), ""),
        (Config(ROYAL.text, architecture="cbow", epochs=3), "asked with one alone"),
        (Config("a|b\na|c\nb|c\n", pairs=True, epochs=3), ""),
        (Config("yes no yes no", epochs=3), ""),
    ],
)
def test_every_kind_of_model_plays(config: Config, said: str) -> None:
    at = playing(config)
    press(at, "guess_commit")
    assert figures(at).keys() == {"mine", "model", "frequency", "told"}
    assert sum(bars(at, "model")) == pytest.approx(1)
    assert said in texts(at)
    assert ("alone" in texts(at)) == (config.architecture == "cbow")


def test_few_words_have_a_bar_each_and_a_word_alone_is_not_guessed() -> None:
    at = playing(Config("yes no yes no perhaps", epochs=2))
    assert guess(at)["names"] == ["no", "perhaps", "yes"]
    assert guess(at)["pool"] == -1
    at = playing(Config(f"{FOX} lonely.", epochs=2), word="lonely")
    assert "No word stands near \u201clonely\u201d" in texts(at)
    assert keys(at) == {"guess_other"}
    press(at, "guess_other")
    assert guess(at)["names"]


def test_a_text_that_is_learned_as_a_whole_is_played_with_too() -> None:
    at = trained(whole(" ".join([FOX] * 700)))
    fine(go(at, "lessons"))
    to_the_part(at, "model")
    press(at, "guess_commit")
    assert figures(at).keys() == {"mine", "model", "frequency", "told"}
    assert "others are kept aside" in texts(at)


def test_words_of_a_text_are_no_markup_there() -> None:
    at = playing(Config(MARKUP * 2, pretokenized=True, epochs=2))
    assert words_as_markup(at) == []
    press(at, "guess_commit")
    assert words_as_markup(at) == []
