"""Compare: the experiment of the address, trained on a press; what is said of it against the model's own numbers."""

import time
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.drawing.numbers import percent
from pages.parts.compare.settings import SETTINGS, changed, settings_of
from pages.parts.compare.vary import CALLED
from pages.session import training
from pages.session.other_configs import said_of
from tests import visitor
from tests.visitor import broken_off_at, fine, go, in_small_slices, table, texts, visit
from w2v import PRESETS, Config, Plan, Run, nearest, train_whole_text
from w2v.explain.parting import Vectors, distances
from w2v.explain.side_by_side import came_to_rest, share_learned
from w2v.judgments.evaluation import read_test
from w2v.judgments.quality import pairs_of_preset, quality_at
from w2v.slices import finished
from w2v.whole.passes import Passes

ROYAL = Config(PRESETS["royal"].text)


def compare(part: str, **query: str) -> AppTest:
    """Follow a link, and choose a part: a link to one is followed in the browser tests."""
    return fine(fine(visit(ROYAL, "compare", **query)).button_group(key="compare_part").set_value(part).run())


def train(at: AppTest) -> AppTest:
    """Press the button, unless all is trained already, as of a text that others have opened."""
    if any(button.key == "compare_train" for button in at.button):
        at.button(key="compare_train").click().run()
    return fine(at)


def test_values_are_trained_on_a_press_and_shown_beside_each_other() -> None:
    at = fine(visit(ROYAL, "compare", vary="dim~2~8", word="king"))
    assert at.query_params["vary"] == "dim~2~8"
    train(at)
    runs = [Run(replace(ROYAL, dim=dim)) for dim in (2, 8)]
    near = table(at, "with", "learned", "nearest 1")
    assert near["with"].tolist() == ["2 dimensions", "8 dimensions"]
    for row, run in enumerate(runs):
        at_end, losses = run.loss_curve(2)
        assert at_end[-1] == run.n_steps
        assert near["learned"][row] == pytest.approx((run.guess - losses[-1]) / (run.guess - run.floor))
        words = run.corpus.vocabulary.words
        found = [words[i] for i, _ in nearest(run.parameters(run.n_steps).V, words.index("king"), 5)]
        assert [near[f"nearest {i + 1}"][row].split()[-1] for i in range(5)] == found
    assert near["nearest 1"][0] == "queen"  # no mark where the first row has it
    rest = table(at, "word", "epoch, 8 dimensions")
    assert sorted(rest["word"]) == sorted(runs[0].corpus.vocabulary.words)
    assert rest["epoch, 8 dimensions"].tolist() == sorted(rest["epoch, 8 dimensions"], reverse=True)
    said = texts(at)
    assert "The last word to change its nearest word: " in said
    name = f"\N{LEFT DOUBLE QUOTATION MARK}{rest['word'][0]}\N{RIGHT DOUBLE QUOTATION MARK}"
    by = int(came_to_rest(runs[1], 300).changed.max())
    epoch = runs[1].plan.epoch_of(by - 1) + 1
    assert f"{name} with 8 dimensions (in epoch {epoch}, by update {by:,})" in said


def test_what_is_enough_is_said_and_how_many_updates_were_made(trained_anew: None) -> None:
    at = train(fine(visit(ROYAL, "compare", vary="dim~8~2~4")))
    learned = table(at, "with", "learned")["learned"].tolist()
    assert learned[0] == max(learned) > learned[2] + 0.05
    percents = percent(learned[2]), percent(learned[0])
    assert f"2 and 4 dimensions are not enough here: at most {percents[0]} instead of {percents[1]}." in texts(at)
    assert "More than 8 dimensions may be better still." in texts(at)
    fine(at.multiselect(key="compare_values_dim").set_value(["1", "7", "8"]).run())
    train(at)
    assert "1 dimension is not enough here: 27 % instead of 93 %. 7 dimensions are about enough: " in texts(at)
    fine(at.multiselect(key="compare_values_dim").set_value(["7", "8"]).run())
    assert "Even 7 dimensions are about enough here." in texts(at)
    fine(at.selectbox(key="compare_setting").set_value("batching").run())
    train(at)
    n = [Plan(replace(ROYAL, batching=batching)).n_steps for batching in ("pair", "window", "full")]
    said = f"{n[0]:,} with an update per example, {n[1]:,} with an update per window, {n[2]:,} with an update per epoch"
    assert f"Updates made: {said}." in texts(at)
    fine(at.selectbox(key="compare_setting").set_value("seed").run())
    assert "enough" not in texts(at)


def test_the_present_value_is_among_the_first_ones() -> None:
    config = replace(ROYAL, dim=5, seed=9, objective="hierarchical", epochs=2)
    at = fine(visit(config, "compare"))
    for name, values in {
        "dim": ["1", "2", "5", "8", "32"],
        "seed": ["1", "2", "3", "4", "5", "9"],
        "objective": ["hierarchical", "softmax", "negative"],
    }.items():
        fine(at.selectbox(key="compare_setting").set_value(name).run())
        assert at.multiselect(key=f"compare_values_{name}").value == values


def test_six_runs_of_royal_are_compared_in_three_seconds(trained_anew: None) -> None:
    at = fine(visit(ROYAL, "compare", vary="seed~1~2~3~4~5~6"))
    begun = time.process_time()  # of this process, whatever else the computer does
    train(at)
    assert time.process_time() - begun < 3
    assert len(table(at, "with", "learned")) == 6
    begun = time.process_time()
    fine(at.run())
    assert time.process_time() - begun < 0.3  # nothing is made twice


@pytest.mark.parametrize("config", [replace(ROYAL, epochs=3), replace(ROYAL, trainer="passes")], ids=["update", "pass"])
def test_large_trainings_are_let_go_of_and_trained_again_when_they_are_opened(
    config: Config, trained_anew: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "HELD_BYTES", 0)
    at = fine(visit(config, "compare", vary="seed~1~2~3~4~5~6"))
    if config.trainer == "passes":
        at = visitor.trained(at, "compare")
    train(at)
    near = table(at, "with", "learned")
    assert len(near) == 6
    assert visitor.kept_configs(at) == [config], "what is shown of the others is kept, not they"
    fine(at.multiselect(key="compare_values_seed").set_value(["1", "3"]).run())
    assert table(at, "with", "learned")["learned"].tolist() == near["learned"][[0, 2]].tolist(), (
        "nothing is trained anew"
    )
    fine(at.button_group(key="compare_part").set_value("notebook").run())
    fine(at.selectbox(key="notebook_run").set_value(5).run())
    fine(at.button(key="notebook_open").click().run())
    assert visitor.config(at) == replace(config, seed=5)
    fine(go(at, "training"))
    if config.trainer == "passes":
        visitor.trained(at)
        again, once = visitor.passes_of(at), Passes(train_whole_text(replace(config, seed=5)))
    else:
        again, once = visitor.latest_run(at), Run(replace(config, seed=5))
    np.testing.assert_array_equal(again.parameters(again.best).V, once.parameters(once.best).V)
    assert share_learned(once) == visitor.in_table(near["learned"][4])


def test_a_setting_is_chosen_its_values_are_typed_and_all_is_in_the_address() -> None:
    at = fine(visit(ROYAL, "compare"))
    assert "vary" not in at.query_params  # the first experiment follows from saying nothing
    fine(at.selectbox(key="compare_setting").set_value("epochs").run())
    fine(at.multiselect(key="compare_values_epochs").set_value(["1", "2"]).run())
    assert at.query_params["vary"] == "epochs~1~2"
    train(at)
    assert table(at, "with", "learned")["with"].tolist() == ["1 epoch", "2 epochs"]
    assert not [button for button in at.button if button.key == "compare_train"]  # all are there


@pytest.mark.parametrize(
    "vary", ["dim~0~3", "dim~![](http://x.example)~2", "nothing~1", "dim", "objective~hinge~negative"]
)
def test_what_cannot_be_is_left_out_or_passed_over(vary: str) -> None:
    at = fine(visit(ROYAL, "compare", vary=vary))
    assert "http" not in texts(at)
    if vary == "dim~0~3":
        assert "dimensions 0 is left out: dim must be a whole number from 1 to 300" in texts(at)
        train(at)
        assert table(at, "with", "learned")["with"].tolist() == ["3 dimensions"]


def test_whole_texts_are_compared_pass_by_pass() -> None:
    config = replace(ROYAL, trainer="passes")
    at = visitor.trained(visit(config), "compare")
    assert "learning_rate" not in settings_of(config)
    train(at)
    assert "pass, 8 dimensions" in table(at, "word", "pass, 8 dimensions").columns
    fine(at.button_group(key="compare_part").set_value("parting").run())
    fine(at.selectbox(key="compare_second").set_value("dim~2").run())
    assert "a vector of 8 numbers cannot be one of 2" in texts(at)
    fine(at.button_group(key="compare_part").set_value("players").run())
    assert [visitor.unpack(sent.bytes)[0]["unit"] for sent in visitor.sent_to(at, "w2v_player")] == ["pass"] * 3


@pytest.mark.parametrize("config", [ROYAL, replace(ROYAL, trainer="passes")], ids=["update", "pass"])
def test_every_setting_has_values_that_change_it(config: Config) -> None:
    for name, setting in settings_of(config).items():
        made = [changed(config, name, value) for value in setting.values]
        assert len(set(made)) == len(setting.values) >= 2, name
        assert [setting.value_of(one) for one in made] == list(setting.values), name
        assert all(setting.in_words(value) for value in setting.values)
    assert {setting.name for setting in SETTINGS} >= set(settings_of(config))


# --- two trainings ----------------------------------------------------------------------------------------------


def test_the_first_parting_is_said_with_its_number_and_opens_on_one_update() -> None:
    at = compare("parting", vary="window~1~2", first="present", second="window~3")
    train(at)
    first, second = Run(ROYAL), Run(replace(ROYAL, window=3))
    t = next(
        t for t in range(first.n_steps) if not np.array_equal(first.parameters(t + 1).V, second.parameters(t + 1).V)
    )
    assert f"They are the same up to update {t} (epoch 1), the first after which they differ." in texts(at)
    a, b = first.parameters(t + 1), second.parameters(t + 1)
    differing = np.count_nonzero(a.V - b.V) + np.count_nonzero(a.U - b.U)
    assert f"{differing:,} of {2 * a.V.size:,} numbers differ then, most of all one in the vector of" in texts(at)
    fine(at.button(key="parting_second").click().run())
    assert visitor.config(at) == second.config
    assert visitor.moment(at) == t


def test_a_search_that_is_stopped_says_how_far_they_are_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    same = said_of(replace(ROYAL, negatives=7))  # which full softmax does not ask for
    at = train(compare("parting", first=same, second="window~3"))
    in_small_slices(monkeypatch)
    with broken_off_at(9):
        fine(at.selectbox(key="compare_second").set_value("present").run())
    (shown,) = at.progress
    compared = int(shown.text.removeprefix("The same up to update ").removesuffix(" of 7,680"))
    assert 0 < compared < 7_680
    fine(at.button(key="stop_partings").click().run())
    assert f"You stopped the search: they are the same up to update {compared} at least." in texts(at)
    assert "they differ by 0 % of their length at the end" in texts(at)
    monkeypatch.undo()
    fine(at.button(key="go_on_partings").click().run())
    assert "They never part: after each of 7,680 updates" in texts(at)


def test_the_distance_is_that_of_the_vectors_that_are_chosen() -> None:
    at = train(compare("parting", second="window~3", level="numbers"))
    first, second, said = Run(ROYAL), Run(replace(ROYAL, window=3)), set()
    chosen: tuple[Vectors, ...] = ("V", "U", "both")
    for of in chosen:
        fine(at.radio(key="parting_of").set_value(of).run())
        end = percent(float(finished(distances(first, second, of=of))[1][-1]))
        assert f"they differ by {end} of their length at the end" in texts(at)
        said.add(end)
    assert len(said) > 1
    assert at.radio(key="parting_of").options == ["as center (v)", "as context (u)", "both, turned together"]
    for part in ("vary", "parting"):
        fine(at.button_group(key="compare_part").set_value(part).run())
    assert at.radio(key="parting_of").value == "both"
    at = train(compare("parting", second="objective~hierarchical"))
    assert "of the others there are none in both that belong to words" in texts(at)


@pytest.mark.parametrize("config", [ROYAL, replace(ROYAL, trainer="passes")], ids=["update", "pass"])
def test_quality_is_drawn_at_every_moment_that_is_kept(config: Config) -> None:
    at = fine(visit(config, "compare", level="numbers"))
    if config.trainer == "passes":
        at = visitor.trained(at, "compare")
    fine(at.button_group(key="compare_part").set_value("quality").run())
    moments = visitor.passes_of(at) if config.trainer == "passes" else visitor.latest_run(at)
    kept = moments.keyframes(moments.n_moments)
    test = read_test(pairs_of_preset(PRESETS["royal"]).encode())
    where, values = visitor.curves(at)["agreement with the scores"]
    assert len(where) == len(kept) > 20
    assert np.all(np.diff(where) > 0)
    assert values.tolist() == [quality_at(moments, t, test).value for t in kept]
    if isinstance(moments, Run):
        assert f"Measured at each of the {len(kept)} moments that are kept, one every 64 updates." in texts(at)
    else:
        assert kept == list(range(len(moments.run.losses) + 1)), "each pass is kept"
        assert f"Measured at the start and after each of {len(kept) - 1} passes that are kept." in texts(at)


def test_equal_trainings_never_part_and_other_dimensions_part_at_once() -> None:
    at = compare("parting", vary="dim~8~2", first="present", second="dim~8")
    train(at)
    assert "They never part: after each of 7,680 updates" in texts(at)
    fine(at.selectbox(key="compare_second").set_value("dim~2").run())
    assert at.query_params["second"] == "dim~2"
    train(at)
    assert "a vector of 8 numbers cannot be one of 2" in texts(at)


def test_it_says_that_one_dimension_has_no_nearest_words() -> None:
    said = "With one dimension a vector is one number"
    at = train(compare("vary", vary="dim~1~2"))
    assert said in texts(at)
    assert "With more than one dimension the word nearest to " in texts(at)
    assert said not in texts(train(compare("vary", vary="dim~2~3")))


def test_a_map_that_is_shown_stays_as_it_is_when_others_come(trained_anew: None) -> None:
    at = fine(visit(ROYAL, "compare", vary="dim~3~41", word="king"))
    (before,) = [curve for name, curve in visitor.curves(at).items() if name == CALLED]
    fine(at.multiselect(key="compare_values_dim").set_value(["1", "2", "8"]).run())
    train(at)
    maps = visitor.curves(at)
    assert np.array_equal(maps["8 dimensions"], before), "the present one, though others stand before it"
    fine(at.multiselect(key="compare_values_dim").set_value(["2", "41"]).run())
    train(at)
    after = visitor.curves(at)
    assert np.array_equal(after["2 dimensions"], maps["2 dimensions"]), "nor by the present one going away"
    assert {"8 dimensions", "1 dimension"}.isdisjoint(after)
    assert not np.array_equal(after["41 dimensions"], after["2 dimensions"])


def test_losses_of_other_objectives_are_told_apart_and_the_last_one_missing_is_offered() -> None:
    at = compare("vary", vary="objective~softmax~negative")
    said = "Each objective counts its loss in its own way"
    assert (said in texts(at)) == (len(table(at, "with", "learned")) == 2)
    assert said in texts(train(at))
    at = fine(
        visit(Config("the red fox sees the red hen. the grey fox sees the grey hen."), "compare", vary="seed~1~2")
    )
    assert [button.label for button in at.button if button.key == "compare_train"] == ["Train the other one"]


def test_other_texts_and_other_seeds_are_compared_too() -> None:
    at = train(compare("vary", vary="text~royal~animals"))
    assert table(at, "with", "learned")["with"].tolist() == [PRESETS[name].title for name in ("royal", "animals")]
    fine(at.button_group(key="compare_part").set_value("parting").run())
    assert "They differ from the start: their texts have different words" in texts(at)
    at = train(compare("parting", vary="seed~1~2"))
    assert "They differ before the first update: they begin with other vectors." in texts(at)
    fine(at.button_group(key="compare_part").set_value("players").run())


def test_two_players_have_one_group_and_the_present_word() -> None:
    at = compare("players", vary="seed~1~2", t="100", word="king")
    train(at)
    records = [visitor.unpack(sent.bytes)[0] for sent in visitor.sent_to(at, "w2v_player")]
    assert [one["views"] for one in records] == [["transport"], ["map"], ["map"]]
    assert len({one["together"] for one in records}) == 1
    assert records[0]["id"] == records[1]["id"] != records[2]["id"]
    assert {one["t"] for one in records} == {100}
    sent = visitor.sent_to(at, "w2v_player")[1].bytes
    visitor.gone_elsewhere(at, 200)
    assert visitor.sent_to(at, "w2v_player")[1].bytes == sent  # players that are there know where they are
    for part in ("vary", "players"):
        fine(at.button_group(key="compare_part").set_value(part).run())
    assert {visitor.unpack(one.bytes)[0]["t"] for one in visitor.sent_to(at, "w2v_player")} == {200}
