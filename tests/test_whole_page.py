"""Whole texts on the pages: offered, trained pass by pass, stopped, looked at on every page that can show them."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.components.packing import pack
from pages.components.player.record import live_record, passes_record
from pages.drawing.numbers import number
from pages.parts.map.sentences import moment_name
from pages.parts.save import menu
from pages.parts.save.menu import light
from pages.parts.shared.watch import how_far
from pages.parts.training.curves import learned_by, learned_in_short, trained_in_short
from pages.session import training
from pages.session.prepared import plan_to_see
from tests.visitor import (
    PAGES,
    chosen_word,
    config,
    fine,
    go,
    in_numbers,
    is_whole,
    moment,
    open_menu,
    open_settings,
    passes_of,
    paste,
    problem,
    record,
    report,
    sent_to,
    setting,
    table,
    texts,
    train_whole,
    trained,
    training_under_way,
    unpack,
    visit,
    whole,
)
from w2v import (
    PRESETS,
    Config,
    Corpus,
    NegativeSampling,
    Parameters,
    Softmax,
    count_pairs,
    nearest,
    saved_run,
    train_whole_text,
    unigram_noise,
)
from w2v.explain.center_row import center_row
from w2v.files.csv_tables import passes_csv
from w2v.goal import Goal
from w2v.whole import holdout
from w2v.whole.checkpoints import Checkpoints
from w2v.whole.passes import KEPT_BYTES, Passes
from w2v.whole.trainers import trainer_of
from w2v.whole.whole_text import WholeTextRun

NAMES = ("ann", "bob", "cid", "dora", "eve", "finn", "gus", "hal", "ida", "jon")
FOODS = ("apples", "bread", "cake", "dates", "eggs", "figs")
PLACES = ("kitchen", "garden", "market", "harbor")


def book(sentences: int = 900, seed: int = 3) -> str:
    """A long text of our own: names eat foods in places, some of them more often than others."""
    rng = np.random.default_rng(seed)
    lines = []
    for _ in range(sentences):
        name, place = NAMES[rng.integers(10)], PLACES[rng.integers(4)]
        foods = FOODS[:3] if NAMES.index(name) < 5 else FOODS[3:]
        lines.append(f"{name} eats {foods[rng.integers(3)]} in the {place}.")
    return " ".join(lines)


def many_words() -> str:
    """A text of thousands of words, whose passes take a while."""
    rng = np.random.default_rng(0)
    return " ".join(" ".join([f"w{i}" for i in rng.integers(0, 4000, 9)]) + "." for _ in range(5000))


BOOK = book()


# --- offered --------------------------------------------------------------------------------------------------


def test_a_text_too_long_to_step_through_is_offered_as_a_whole() -> None:
    at = paste(book(4000))
    assert "can be stepped through" in str(problem(at))
    assert texts(at).index("trains a text this long as a whole") < texts(at).rindex(str(problem(at))), (
        "first what to do"
    )
    assert config(at).text == PRESETS["days_months"].text, "nothing has changed yet"
    train_whole(at)
    assert config(at).text == book(4000)
    assert (config(at).dim, config(at).window) == (50, 5)
    assert problem(at) is None
    assert at.query_params["trainer"] == "passes"


@pytest.mark.parametrize("content", [book(4000).encode(), b"one"])
def test_where_a_file_is_uploaded_only_one_that_was_refused_is_said_to_be(content: bytes) -> None:
    at = visit(page="text")
    fine(at.file_uploader(key="upload").upload("book.txt", content).run())
    (upload,) = (box for box in at.get("popover") if box.proto.popover.label == "Upload a text file")
    assert problem(at) is not None
    assert [text.value for text in upload.text] == ([problem(at)] if content == b"one" else [])


@pytest.mark.parametrize(
    ("page", "box", "label"),
    [("text", "upload", "Upload a text file"), ("start", "shared_file", "Open a shared file")],
)
def test_while_a_long_text_waits_a_file_that_is_refused_is_said_to_be_and_no_other(
    page: str, box: str, label: str
) -> None:
    at = visit(opened=["shared_file_menu"])
    fine(at.text_area(key="pasted").set_value(book(4000)).run())
    fine(go(at, page))

    def said_there() -> list[str]:
        (menu,) = (menu for menu in at.get("popover") if menu.proto.popover.label == label)
        return [text.value for text in menu.text]

    assert said_there() == [], "the one that waits was taken"
    fine(at.file_uploader(key=box).upload("x.w2v", b"\xff\xfe\x00").run())
    assert said_there() == [problem(at)]
    assert [text.value for text in at.text].count(problem(at)) == 2, "there, and on the page"
    (why,) = at.expander
    assert why.label == "Why not one update at a time?"
    assert problem(at) not in [text.value for text in why.text]


def test_while_a_long_text_waits_every_page_says_which_text_it_shows() -> None:
    at = paste(book(4000))
    (why,) = at.expander
    assert why.label == "Why not one update at a time?"
    assert problem(at) in [text.value for text in why.text], "what only experts ask for is folded away"
    assert "can be stepped through" not in "\n".join(t.value for t in at.text if t not in why.text)
    assert "The windows of the beginning of your text." in texts(at)
    assert "Until you press Watch it learn, the other pages show Calendar." in texts(at)
    header, _ = unpack(sent_to(at, "w2v_windows")[0].bytes)
    assert {*header["words"]} == {*NAMES, *FOODS, *PLACES, "eats", "in", "the"}
    waits = "Your long text waits on Text and windows: press Watch it learn there. Until then you see Calendar."
    for page in ("training", "map", "start"):
        assert waits in texts(fine(go(at, page))), page
    fine(train_whole(go(at, "text")))
    at = fine(go(at, "text"))
    assert "The windows of the beginning of your text." in texts(at), "the same when it is in use"
    assert not at.expander


@pytest.mark.parametrize("min_count", [1, 40])
def test_the_beginning_that_is_shown_is_what_its_text_would_be_cut_into(min_count: int) -> None:
    config = Config(book(4000), trainer="passes", min_count=min_count)
    plan = plan_to_see(config)
    again = Corpus.read(plan.config.text, plan.config.reading)
    assert 3_000 <= plan.corpus.n_tokens < 3_020
    assert (plan.corpus.vocabulary.words, plan.corpus.tokens) == (again.vocabulary.words, again.tokens)
    for name in ("token_ids", "sentence_starts", "sentence_lengths"):
        np.testing.assert_array_equal(getattr(plan.corpus, name), getattr(again, name))
    np.testing.assert_array_equal(plan.corpus.vocabulary.counts, again.vocabulary.counts)
    of_all = Corpus.from_text(config.text, min_count=min_count)
    words = [word for sentence in of_all.sentences for word in sentence]
    assert list(plan.corpus.tokens) == words[: plan.corpus.n_tokens]


WORD_LIST = "\n".join([f"word{i}" for i in range(4000)])


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        (" ".join([f"word{i * 7 % 7919}" for i in range(9000)]), {}),
        (f"{WORD_LIST}\nThe cat sat. The dog sat.\n", {}),
        (f"{WORD_LIST}\n{'The cat sat. The dog sat. ' * 900}", {"batching": "full", "window": 20}),
        (f"{'the ' * 5000}cat sat. " + "The dog sat on the mat. " * 900, {}),
        ("La la. " * 2000 + "The dog sat on the mat. " * 900, {}),
        ("The the the cat. " * 750 + "A dog sat on his mat. " * 5000, {"subsample": 1e-12}),
        (book(4000), {"batching": "full"}),
    ],
    ids=[
        "no full stop",
        "a list of words first",
        "wide",
        "one word long",
        "one word often",
        "no two left",
        "one update",
    ],
)
def test_of_any_whole_text_a_beginning_is_shown(text: str, settings: dict[str, Any]) -> None:
    """Whatever keeps it from being trained update by update: nothing is trained here."""
    plan = plan_to_see(Config(text, trainer="passes", **settings))
    assert 2 <= plan.corpus.n_tokens <= 4_000
    assert len(plan.epoch(0).targets) > 0
    assert " ".join(Corpus.read(plan.config.text, plan.config.reading).tokens) == " ".join(plan.corpus.tokens)


def test_a_text_without_any_full_stop_is_shown_and_trained() -> None:
    """As text8, on which word2vec is tried everywhere."""
    at = paste(" ".join([f"word{i * 7 % 5501}" for i in range(11_002)]))
    assert "The windows of the beginning of your text." in texts(at)
    assert fine(go(fine(train_whole(at)), "text"))


def test_where_subsampling_leaves_no_pair_it_is_said_before_anything_is_trained() -> None:
    wanted = Config("The cat sat on the mat. The dog sat on a rug.", trainer="passes", subsample=1e-12)
    for page in ("text", "training", "words"):
        assert "cannot be followed: No two words of this text stand in one sentence" in str(
            problem(fine(visit(wanted, page)))
        )


@pytest.mark.parametrize("level", ["words", "numbers"])
def test_a_text_with_nothing_to_learn_but_how_often_words_occur_is_trained(level: str) -> None:
    at = visit(Config("in|out, in|out", trainer="passes", pairs=True), "training", level=level)
    for page in ("training", "map"):
        fine(trained(fine(at), page))


def test_windows_say_whose_they_are_where_the_box_has_another_text() -> None:
    at = paste("lonely")
    assert "The windows of Calendar: the text in the box cannot be learned from yet." in texts(at)
    at.button(key="clear").click().run()
    assert "The windows of Calendar: the box has none." in texts(fine(at))
    at.radio(key="preset").set_value("royal").run()
    assert "The windows of" not in texts(fine(at)), "nobody can take them for others"


def test_a_long_text_that_can_be_stepped_through_is_offered_both() -> None:
    at = paste(BOOK)
    assert problem(at) is None
    assert config(at) == Config(BOOK)
    assert "trains a text this long as a whole" in texts(at)
    assert is_whole(train_whole(at)), "the first way, and the button that is the same for all texts"
    at = visit(epochs="1")
    at.text_area(key="pasted").set_value(BOOK).run()
    stepped = at.button(key="step_through").click().run()
    assert config(stepped) == Config(BOOK, epochs=1)
    assert not is_whole(stepped), "the second way"


def test_a_short_text_is_not_offered_as_a_whole() -> None:
    at = paste("the cat sat on the mat. the dog sat on the log.")
    assert not [b.key for b in at.button if b.key == "step_through"]
    at = paste("!?")
    assert problem(at) is not None
    assert not [b.key for b in at.button if b.key == "step_through"]


def test_another_text_is_stepped_through_again_with_the_settings_from_before() -> None:
    at = visit(dim="3", epochs="5")
    at.text_area(key="pasted").set_value(BOOK).run()
    train_whole(at)
    assert config(at).dim == 50
    go(at, "text")
    at.radio(key="preset").set_value("loop").run()
    assert config(at) == Config(PRESETS["loop"].text, dim=3, epochs=5)
    assert not is_whole(at)
    assert "trainer" not in at.query_params
    fine(go(at, "training"))


def test_settings_of_a_whole_text_are_checked_and_change_what_is_trained() -> None:
    at = trained(whole(BOOK))
    before = config(at)
    setting(at, "dim").set_value(7).run()
    assert config(at) == Config(**{**before.__dict__, "dim": 7})
    at = trained(at)
    assert passes_of(at).parameters(0).V.shape[1] == 7


def test_a_link_to_a_whole_text_opens_it() -> None:
    wanted = Config(book(300), dim=6, window=3, trainer="passes")
    at = visit(wanted)
    assert is_whole(at)
    at = trained(at)
    assert passes_of(at).config == wanted
    go(at, "text")
    fine(at.radio(key="preset").set_value("loop").run())
    assert config(at) == Config(PRESETS["loop"].text), "and from there to a short text"
    at = visit(Config("one. two. three.", trainer="passes"))
    assert "cannot be followed" in str(problem(at))
    assert not is_whole(at)


# --- trained --------------------------------------------------------------------------------------------------


def test_training_can_be_stopped_and_keeps_what_is_trained() -> None:
    at = whole(many_words())
    go(at, "training")
    assert training_under_way(at)
    assert any(t.value.startswith("Pass ") for t in at.text), "its first picture is there"
    at.button(key="stop_passes").click().run()
    at = trained(at)
    passes = passes_of(at)
    assert 1 < passes.n_moments <= 40
    assert passes.run.ended == "asked"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_a_whole_text(page: str) -> None:
    at = trained(whole(BOOK))
    fine(go(at, page))
    if page in ("training", "map", "update", "start"):
        header, _ = record(at)
        assert header["unit"] == "pass"
        assert header["t"] == passes_of(at).best


def test_the_words_of_a_pass_are_those_of_the_model() -> None:
    at = trained(whole(BOOK))
    passes = passes_of(at)
    words, ids = passes.corpus.vocabulary.words, passes.corpus.vocabulary.ids
    fine(report(at, "training", t=(passes.n_moments - 1), word=ids["ann"]))
    assert not at.dataframe, "what stands in a folded box is made when it is opened"
    near = table(open_menu(at, "word_numbers_box"), "cosine", "beside it")
    true = nearest(passes.parameters(passes.n_moments - 1).V, ids["ann"], len(near))
    assert list(near["word"]) == [words[i] for i, _ in true]
    np.testing.assert_allclose(near["cosine"], [c for _, c in true])
    row = center_row(passes.parameters(passes.n_moments - 1), passes.run.counts, ids["ann"], Softmax())
    company = table(at, "P(o | word)", "the text says")
    for word, p, said in zip(company["word"], company["P(o | word)"], company["the text says"]):
        assert p == pytest.approx(row.P[ids[word]], rel=1e-12)
        assert said == pytest.approx(row.counts[ids[word]] / row.total, rel=1e-12)
    assert set(list(near["word"])[:4]) <= set(NAMES[:5]), "names that eat the same are alike"


def test_how_many_of_the_words_most_like_it_never_stand_beside_a_word_is_only_said_where_some_do_not() -> None:
    at = trained(whole(BOOK))
    passes = passes_of(at)
    ids = passes.corpus.vocabulary.ids
    fine(report(at, "training", t=passes.best, word=ids["ann"]))
    row = center_row(passes.parameters(passes.best), passes.run.counts, ids["ann"], Softmax())
    near = nearest(passes.parameters(passes.best).V, ids["ann"], 12)
    never = sum(row.counts[i] == 0 for i, _ in near)
    assert f"“ann” occurs {passes.corpus.vocabulary.counts[ids['ann']]} times. Of the 12" in texts(at)
    assert f"most like it, {never} never stand beside it: similar is not the same as" in texts(at)
    at = fine(trained(whole("ann bob cid dora. bob dora ann cid. cid ann dora bob. " * 300)))
    assert "It stands beside each of the 3 words most like it, too, at least once." in texts(at)
    assert "similar is not the same" not in texts(at), "of them it would be no example"


def test_any_word_can_be_looked_at_by_typing_it_and_all_can_be_saved() -> None:
    at = trained(whole(BOOK))
    saved = {button.proto.label for button in fine(open_menu(at, "save")).get("download_button")}
    assert {"Page that plays these passes", "Moving picture of the map", "Losses of all passes"} <= saved
    at.text_input(key="find_word").set_value("Figs ").run()
    assert chosen_word(at) == "figs"
    at.text_input(key="find_word").set_value("![x](http://host.example)").run()
    assert chosen_word(at) == "figs"
    assert "is not among the" in texts(at)


def test_one_update_shows_the_row_of_a_center_word() -> None:
    at = trained(whole(BOOK), "update")
    passes = passes_of(at)
    ids = passes.corpus.vocabulary.ids
    fine(report(at, "update", t=2, word=ids["eggs"]))
    rows = table(at, "expected", "counted", "error")
    true = center_row(passes.parameters(2), passes.run.counts, ids["eggs"], Softmax())
    for word, expected, counted, error in zip(rows["word"], rows["expected"], rows["counted"], rows["error"]):
        assert expected == pytest.approx(true.expected[ids[word]], rel=1e-12)
        assert counted == true.counts[ids[word]]
        assert error == pytest.approx(true.error[ids[word]], rel=1e-9)
    assert f"{true.total:,} pairs" in texts(at)
    assert "score" not in rows
    assert not at.latex, "these are for those who ask for numbers"
    at = fine(in_numbers(at))
    np.testing.assert_allclose(
        table(at, "score", "expected")["score"],
        true.scores[np.argsort(-np.abs(true.error), kind="stable")][: len(rows)],
    )
    assert at.latex


def test_the_sentence_on_memorizing_follows_the_curves() -> None:
    """A text of pure chance: what is learned of it is this text alone, unless the vectors are held back."""
    noise = np.random.default_rng(1).integers(0, 60, (400, 8))
    at = in_numbers(trained(whole(" ".join(" ".join([f"w{i:02d}" for i in row]) + "." for row in noise))))
    assert "Little of what it learned also holds for text that it has not read." in texts(at)
    setting(at, "hold_back").set_value(False).run()
    at = trained(at)
    run = passes_of(at).run
    assert run.l2 == 0
    assert run.n_passes > run.best
    assert f"lowest after pass {run.best} and rising since" in texts(at)
    assert f"the loss is {number(run.losses[run.best - 1])} nats" in texts(at)


def test_a_long_text_is_learned_from_as_a_whole_by_negative_sampling_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = in_numbers(trained(whole(BOOK)))
    setting(at, "objective").set_value("negative").run()
    at = trained(at)
    assert passes_of(at).run.heldout_counts.total > 0, "a short one keeps sentences aside"
    assert "On sentences it never saw" in texts(at)
    assert [box.key for box in at.toggle if box.key == "setting_hold_back"] == [], "it would hold nothing back"

    monkeypatch.setattr(holdout, "SHORT_TEXT", 5_000)
    setting(at, "dim").set_value(4).run()
    at = trained(at)
    run = passes_of(at).run
    assert run.counts.total == count_pairs(run.corpus, run.config.window).total
    assert "It learns from every sentence of the text" in texts(at)
    assert "memorizing" not in texts(at)
    assert "vectors say little yet" not in texts(at)
    early = fine(report(at, "training", t=3, word=1))
    assert "vectors say little yet" in texts(early)
    assert "A longer text" not in texts(early), "there is more to come"


def test_each_objective_has_its_own_words_for_its_passes() -> None:
    at = in_numbers(trained(whole(BOOK)))
    assert "; best on sentences kept aside is " in texts(at)
    assert "also holds for text that it has not read." in texts(at)
    start = fine(report(at, "training", t=0, word=1))
    assert "vectors read off the counts, by a singular value decomposition." in texts(start)
    row = fine(report(go(at, "update"), "update", t=2, word=1))
    assert "the counts of this word allow no less than" in texts(row)
    assert any(r"n_c\, P(w \mid c)" in formula.value for formula in row.latex)
    at = go(row, "training")
    setting(at, "objective").set_value("negative").run()
    at = trained(at)
    assert "; the best is " in texts(at)
    assert "also holds for text" not in texts(at)
    start = fine(report(at, "training", t=0, word=1))
    assert "Before the first pass the vectors are small and random." in texts(start)
    row = fine(report(go(at, "update"), "update", t=2, word=1))
    assert "nats a pair, its negatives included." in texts(row)
    assert any(r"e_w = \sigma(s_w)" in formula.value for formula in row.latex)


def test_the_holding_back_travels_in_the_link() -> None:
    """Without it the same link opened another model."""
    at = trained(whole(BOOK))
    setting(at, "hold_back").set_value(False).run()
    at = trained(at)
    run = passes_of(at).run
    assert at.query_params["hold_back"] == "false"
    there = passes_of(trained(visit(run.config)))
    assert there.run.config == run.config
    np.testing.assert_array_equal(there.run.losses, run.losses)


def test_a_link_from_before_opens_the_passes() -> None:
    at = visit(Config(BOOK, dim=5), whole="true")
    assert is_whole(at)
    assert passes_of(trained(at)).config == Config(BOOK, dim=5, trainer="passes")
    assert "whole" not in at.query_params


def test_a_link_to_a_pass_opens_that_pass() -> None:
    config = Config(BOOK, dim=5, trainer="passes")
    at = trained(visit(config, t="3"))
    assert record(at)[0]["t"] == moment(at) == 3
    assert at.query_params["t"] == "3"
    at = trained(visit(config))
    assert record(at)[0]["t"] == passes_of(at).best
    assert "t" not in at.query_params
    fine(report(at, "training", t=0, word=1))
    assert at.query_params["t"] == "0", "the start is not the best pass"


def test_what_also_holds_elsewhere_is_measured_against_guessing_there() -> None:
    at = in_numbers(trained(whole(BOOK)))
    passes = passes_of(at)
    run = passes.run
    raised = run.counts.target_totals + 1
    pairs = run.heldout_counts.matrix.tocoo()
    guess = -np.sum(pairs.data * np.log(raised[pairs.col] / raised.sum())) / run.heldout_counts.total
    assert run.heldout_unigram_loss == pytest.approx(guess, rel=1e-12)
    assert f"(guessing there: {number(guess)})" in texts(at)
    assert "Most of what it learned also holds" in texts(at)


def test_the_words_are_named_before_their_tables_and_the_passes_before_the_player() -> None:
    at = trained(whole(BOOK))
    run = passes_of(at).run
    said = [element.value for element in at.text]
    word = str(chosen_word(at) or passes_of(at).corpus.vocabulary.words[passes_of(at).telling_word])
    assert said[0].startswith("Closest now"), "the heading says what was learned"
    assert said[1].startswith(f"Learned from {run.best} passes over the text: ")
    assert said[-1].startswith(f"\u201c{word}\u201d occurs")


def learned_by_heart() -> AppTest:
    """A text of pure chance, trained as a whole without holding anything back: the best pass is an early one."""
    noise = np.random.default_rng(1).integers(0, 60, (400, 8))
    at = trained(whole(" ".join(" ".join([f"w{i:02d}" for i in row]) + "." for row in noise)))
    setting(at, "hold_back").set_value(False).run()
    return trained(at)


@pytest.mark.parametrize(
    ("objective", "begins"),
    [
        ("softmax", "the words stand where a first look at the counts has put them."),
        ("negative", "the words stand where chance has put them."),
    ],
)
def test_before_the_first_pass_it_is_said_what_has_put_the_words_there(objective: str, begins: str) -> None:
    """The vectors of full softmax begin with a decomposition of the counts: they know something of the text."""
    config = Config(BOOK, objective=objective, trainer="passes", dim=8)
    under_way = trainer_of(config).train(config, Corpus.read(BOOK, config.reading, min_count=config.min_count), None)
    headway = next(under_way)
    assert headway.so_far is not None
    passes = headway.so_far()
    assert isinstance(passes, Passes)
    assert passes.run.n_passes == 0
    assert how_far(passes, in_numbers=False) == f"Pass 0: {begins}"
    assert learned_by(passes, 0) == f"Before the first pass {begins}"


def test_every_pass_that_was_seen_can_be_gone_back_to_and_the_best_is_marked() -> None:
    """Of a text of pure chance that is learned by heart: what comes after the best only gets worse elsewhere."""
    at = learned_by_heart()
    every = passes_of(at)
    best, last = every.run.best, every.run.n_passes
    assert best < last
    assert how_far(every, in_numbers=False).endswith(
        f"learned. On sentences kept aside, pass {best} is the best so far."
    )
    header, arrays = record(at)
    assert arrays["pass_numbers"].tolist() == list(range(last + 1))
    assert arrays["curve_loss"].tolist() == every.run.losses.tolist()
    assert header["t"] == header["best"] == every.best < header["n_steps"] == last
    assert f"Learned from {best} pass" in texts(at)
    assert f" over the text: {last - best} more did not help with sentences kept aside." in texts(at)
    assert "To save memory" not in texts(at)
    assert "kept aside" in texts(at)
    fine(report(at, "training", t=last, word=1))
    assert f"The best is pass {best}: it guesses sentences kept aside best" in texts(at)
    fine(go(at, "map"))
    assert record(at)[0]["n_steps"] == last, "on every page"
    at = trained(visit(config(at)), "map")
    assert record(at)[0]["t"] == every.best, "other pages open with it"
    at = trained(visit(config(at), t=str(last)))
    assert moment(at) == record(at)[0]["t"] == last, "a link leads there"


def test_where_not_every_pass_is_kept_that_is_said_at_every_level() -> None:
    run = train_whole_text(Config(BOOK, dim=5))
    assert run.n_passes > 3
    every, few = Passes(run), Passes(light(run))
    n = len({run.best, run.n_passes})
    for said in (learned_in_short, trained_in_short):
        assert "To save memory" not in said(every)
        assert f"To save memory, {n} of the {run.n_passes} passes are kept to go back to" in said(few)


@pytest.mark.parametrize(
    ("ended", "best", "said"),
    [
        ("heldout", 2, "Learned from 2 passes over the text: 3 more did not help with sentences kept aside."),
        ("heldout", 5, "Learned from 5 passes over the text: more would not help with sentences kept aside."),
        ("asked", 2, "Stopped after 5 passes over the text; pass 2 is the best."),
        ("asked", 5, "Stopped after 5 passes over the text."),
        ("max_passes", 2, "Learned from 5 passes over the text; pass 2 is the best."),
        ("max_passes", 5, "Learned from 5 passes over the text; a few more may still help."),
    ],
)
def test_how_long_it_learned_counts_the_passes_that_can_be_played(ended: str, best: int, said: str) -> None:
    run = train_whole_text(Config(BOOK, dim=5), max_passes=5)
    aside = np.full(5, 3.0)
    aside[best - 1] = 2.0
    assert learned_in_short(Passes(replace(run, ended=ended, heldout_losses=aside))) == said  # type: ignore[arg-type]


def test_the_passes_of_a_long_play_are_all_kept_as_far_as_memory_goes() -> None:
    """200,000 words of Shakespeare have 3,270 words that occur five times, and take about ten passes."""
    rows = np.zeros((3_270, 100), np.float32)
    frames = Checkpoints([], KEPT_BYTES)
    frames.begin(rows, rows)
    for _ in range(10):
        frames.add(rows, rows, best=3)
    assert [frame is not None for frame in frames.frozen()] == [True] * 11
    frames.add(rows, rows, best=3)
    kept = [i for i, frame in enumerate(frames.frozen()) if frame]
    assert kept == [0, 2, 3, 4, 6, 8, 10, 11]


@pytest.mark.parametrize(("dim", "most"), [(50, 30_000_000), (100, 16 * 2**20)])
def test_of_a_model_whose_passes_could_not_all_be_kept_fewer_are(
    dim: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = list[int]()
    train = WholeTextRun.train

    def watched(*args: Any, frame_bytes: int, **more: Any) -> Any:
        allowed.append(frame_bytes)
        return train(*args, frame_bytes=frame_bytes, **more)

    monkeypatch.setattr(WholeTextRun, "train", watched)
    config = Config(many_words(), dim=dim, trainer="passes")
    corpus = Corpus.from_text(config.text)
    assert 3_500 < len(corpus.vocabulary) <= 4_000
    next(trainer_of(config).train(config, corpus, None))
    assert allowed == [most]


def test_the_moving_picture_of_passes_ends_at_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = list[Passes]()
    monkeypatch.setattr(menu, "map_gif", lambda passes, **_: drawn.append(passes))
    offered = dict[str, Any]()

    def offer(label: str, make: Any, *_: Any) -> None:
        offered[label] = make

    monkeypatch.setattr(menu, "offer", offer)
    at = open_menu(learned_by_heart(), "save")
    every = passes_of(at)
    assert every.best < every.n_moments - 1
    offered["Moving picture of the map"]()
    (passes,) = drawn
    assert passes.at == every.at[: every.best + 1]
    np.testing.assert_array_equal(passes.parameters(passes.best).V, every.parameters(every.best).V)


def test_a_picture_of_passes_names_the_pass() -> None:
    at = trained(whole(BOOK), "map")
    passes = passes_of(at)
    assert moment_name(passes, passes.best) == f"pass {passes.run.best}"
    at.button(key="map_3d_open").click().run()
    assert f"At pass {passes.run.best} three axes keep" in texts(fine(at))


def test_training_goes_on_for_more_passes() -> None:
    at = trained(whole(BOOK))
    before = passes_of(at).run
    at.button(key="more_passes").click().run()
    at = trained(at)
    after = passes_of(at).run
    assert after.n_passes > before.n_passes
    np.testing.assert_array_equal(after.losses[: before.n_passes], before.losses)


def test_a_saved_whole_text_opens_again_as_it_was_and_goes_on() -> None:
    run = train_whole_text(Config(book(300), dim=6, window=3, trainer="passes"))
    data = saved_run(light(run))
    at = visit(page="map")
    at.file_uploader(key="opened_file").upload("run.npz", data, "application/octet-stream")
    fine(at.run())
    assert is_whole(at)
    at = fine(go(at, "training"))
    passes = passes_of(at)
    assert passes.run.config == run.config
    np.testing.assert_array_equal(passes.parameters(passes.best).V, run.parameters(run.best).V)
    at.button(key="more_passes").click().run()
    assert passes_of(trained(at)).run.n_passes > run.n_passes


def test_the_losses_of_the_passes_can_be_saved() -> None:
    run = train_whole_text(Config(book(300), dim=6, window=3))
    rows = passes_csv(run).decode().splitlines()
    assert len(rows) == run.n_passes + 1
    last = dict(zip(rows[0].split(","), rows[-1].split(",")))
    assert float(last['"loss"']) == run.losses[-1]
    assert float(last['"heldout_loss"']) == run.heldout_losses[-1]


# --- what is sent ---------------------------------------------------------------------------------------------


def test_the_record_holds_every_pass() -> None:
    passes = Passes(train_whole_text(Config(book(300), dim=6, window=3)))
    header, arrays = unpack(pack(*passes_record(passes)))
    n, words = (passes.n_moments - 1), header["n_words"]
    assert arrays["key_t"].tolist() == list(range(n + 1))
    V = arrays["key_V"].reshape(n + 1, words, 6)
    for i in (0, n):
        np.testing.assert_allclose(V[i], passes.parameters(i).V[:words], rtol=1e-6, atol=1e-7)
    np.testing.assert_array_equal(arrays["curve_loss"], passes.run.losses)
    np.testing.assert_array_equal(arrays["heldout_loss"], passes.run.heldout_losses)
    assert header["goal"]["floor"] == passes.run.floor


def test_a_large_record_stays_small() -> None:
    passes = Passes(train_whole_text(Config(many_words(), dim=100, window=5), max_passes=6))
    assert len(pack(*passes_record(passes))) < 4_000_000


@pytest.mark.parametrize("objective", ["softmax", "negative"])
def test_the_bars_say_of_some_words_what_the_model_says_among_all(objective: str) -> None:
    passes = Passes(train_whole_text(Config(many_words(), dim=8, window=2, objective=objective), max_passes=2))
    header, arrays = unpack(pack(*passes_record(passes)))
    n, dim, last = header["n_words"], 8, passes.n_moments - 1
    assert n < len(passes.corpus.vocabulary), "not all of its words are sent"
    U, V = (arrays[f"key_{name}"].reshape(-1, n, dim)[last].astype(np.float64) for name in "UV")
    start = arrays["goal_start"]
    for center in (0, 7, n - 1):
        row = center_row(passes.parameters(last), passes.run.counts, center, passes.run.objective)
        scores = U @ V[center]
        said = 1 / (1 + np.exp(-scores))
        if objective == "softmax":
            said = np.exp(scores - arrays["log_sum"].reshape(-1, n)[last, center])
        np.testing.assert_allclose(said, row.P[:n], rtol=1e-4)
        here = slice(start[center], start[center + 1])
        seen = arrays["goal_word"][here]
        assert seen.tolist() == np.flatnonzero(row.counts[:n]).tolist()
        assert arrays["goal_count"][here].tolist() == row.counts[seen].tolist()
        heads_for = passes.run.objective.target(passes.run.counts, center)[seen]
        np.testing.assert_allclose(arrays["goal_value"][here], heads_for, rtol=1e-6)


def test_the_picture_of_a_training_lies_like_the_one_before() -> None:
    training = WholeTextRun.train(Config(BOOK, dim=8, window=3), show_start=True)
    points = None
    for n_passes in range(4):
        passes = Passes(next(training).so_far())
        record, stand = live_record(passes, ("map", "loss"), points)
        header, arrays = unpack(record)
        assert header["n_steps"] == header["t"] == n_passes
        V = arrays["key_V"].reshape(-1, header["n_words"], 8)[-1].astype(np.float64)
        assert arrays["key_U"].size == arrays["key_V"].size
        lean, _ = live_record(passes, ("map", "loss"), points, outputs=False)
        lean_header, lean_arrays = unpack(lean)
        assert lean_header["n_rows"] == lean_arrays["key_U"].size == 0, "who asked for no numbers cannot ask for these"
        assert np.array_equal(lean_arrays["key_V"], arrays["key_V"])
        drawn = (V - arrays["basis_mean"]) @ arrays["basis_components"].reshape(2, 8).T
        np.testing.assert_allclose(stand, drawn, atol=1e-5)
        if points is not None:  # no turn of the plane, mirrored or not, brings them nearer to where they stood
            a, b = stand - stand.mean(axis=0), points - points.mean(axis=0)
            u, _, v = np.linalg.svd(a.T @ b)
            np.testing.assert_allclose(u @ v, np.eye(2), atol=1e-6)
        points = stand


def test_the_word_to_begin_with_has_neighbors_of_its_own() -> None:
    corpus = Corpus.from_text(BOOK)
    passes = Passes(train_whole_text(Config(BOOK, dim=4, window=2), max_passes=1))
    assert passes.corpus.vocabulary.words[passes.telling_word] in {*NAMES, *FOODS, *PLACES, "eats"}
    assert len(corpus.vocabulary) == len(passes.corpus.vocabulary)


def test_a_whole_text_is_put_aside_for_a_prepared_state_with_its_passes() -> None:
    at = trained(whole(BOOK))
    passes = passes_of(at)
    fine(report(at, "training", t=3, word=1))
    before = config(at)
    go(at, "teach").button(key="show_3").click().run()
    assert not is_whole(at)
    open_settings(go(at, "training")).button(key="own_text_settings").click().run()
    assert (config(at), is_whole(at), moment(at)) == (before, True, 3)
    fine(go(at, "training"))
    assert passes_of(at) is passes, "it is not trained again"


def test_losses_of_all_passes_are_drawn_also_of_those_that_were_not_kept() -> None:
    run = train_whole_text(Config(BOOK, dim=5))
    some = (0, run.best, run.n_passes)
    few = Passes(replace(run, frames=tuple(f if i in some else None for i, f in enumerate(run.frames))))
    header, arrays = passes_record(few)
    assert header["n_steps"] == len({*some}) - 1
    assert arrays["curve_loss"].tolist() == run.losses.tolist()
    assert arrays["heldout_loss"].tolist() == run.heldout_losses.tolist()
    moments = arrays["curve_t"].tolist()
    assert moments == sorted(moments)
    for t in range(1, few.n_moments):
        assert moments[few.at[t] - 1] == t, "at a pass that is kept its own loss stands"


def test_guessing_by_frequency_is_measured_on_sentences_kept_aside_for_negative_sampling_too() -> None:
    passes = Passes(train_whole_text(Config(BOOK, dim=5, objective="negative"), holdout=0.1, max_passes=3))
    run, vocabulary = passes.run, passes.corpus.vocabulary
    objective = NegativeSampling(5, unigram_noise(vocabulary.counts))
    targets = run.counts.target_totals
    guess = np.log(np.maximum(targets, 0.5) / targets.sum() / (5 * objective.noise))
    ones = Parameters(np.ones((len(targets), 1)), guess[:, None])
    goal = Goal(run.heldout_counts, tuple((i,) for i in range(len(targets))), objective)
    assert run.heldout_unigram_loss == pytest.approx(goal.mean_loss(ones), rel=1e-6)
    assert run.heldout_unigram_loss > run.unigram_loss


@pytest.mark.parametrize(("level", "begins"), [("words", r"\d+ % learned of"), ("numbers", r"loss \d")])
def test_the_picture_of_a_training_is_that_of_the_sentence_beside_it(
    level: str, begins: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = trained(whole(BOOK))
    if level == "numbers":
        in_numbers(at)
    monkeypatch.setattr(training, "WATCHED_SECONDS", 0)  # one pass with every look
    before = passes_of(at).run.n_passes
    at.button(key="more_passes").click().run()
    shown = []
    while training_under_way(at):
        fine(at.run())
        said = [t.value for t in at.text if t.value.startswith("Pass ")]
        if said:
            header, arrays = record(at)
            assert header["live"]
            assert re.match(f"Pass {arrays['pass_numbers'][-1]}: {begins}", said[0])
            shown.append(int(arrays["pass_numbers"][-1]))
    assert shown == list(range(before + 1, before + training.MORE_PASSES))
    assert passes_of(fine(at.run())).run.n_passes == before + training.MORE_PASSES
