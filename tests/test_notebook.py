"""The lab notebook and the curve of quality on Compare: every run is written down and opens again, bit for bit."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.drawing.words import quoted
from pages.parts.compare.notebook import csv_of, json_of
from pages.parts.compare.settings import differences
from pages.session import memory, notebook
from pages.session.notebook import MOST_LETTERS, MOST_ROWS, Row
from pages.session.other_configs import said_of
from tests.visitor import (
    chosen_word,
    config,
    fine,
    go,
    gone_elsewhere,
    kept_runs,
    latest_run,
    moment,
    sent_to,
    setting,
    table,
    texts,
    unpack,
    visit,
)
from w2v import PRESETS, Config, Run, nearest, vectors_of
from w2v.judgments.evaluation import read_test
from w2v.judgments.quality import pairs_of_preset, quality_at

ROYAL = Config(PRESETS["royal"].text, dim=3, epochs=4)
EVIL = '=HYPERLINK("http://x","y") b c.\n**b** <img> c @d.\n+1 -2 b.'


def part(at: AppTest, name: str) -> AppTest:
    """Choose a part of Compare."""
    return fine(at.segmented_control(key="compare_part").set_value(name).run())


def row(number: int, text: str) -> Row:
    name = f"update-{number}"
    return Row(number, name, Config(text), "t", {}, 1, "", 1.0, 0.5, 0.1, 0.9, "=a", ("@b", "c"), "-line")


def test_each_run_is_a_row_that_opens_it_again_bit_for_bit() -> None:
    at = visit(ROYAL, "training", word="king")
    first = latest_run(at)
    before = first.parameters(first.n_steps).V.copy()
    fine(go(at, "text").radio(key="preset").set_value("loop").run())
    at = fine(go(at, "compare"))
    part(at, "notebook")
    rows = table(at, "run", "nearest at the end")
    assert rows["run"].tolist() == [2, 1]
    assert rows["text"].tolist() == [PRESETS["loop"].title, PRESETS["royal"].title]
    assert rows["settings"].tolist() == ["3 dimensions, 4 epochs"] * 2
    _, losses = first.loss_curve(2)
    assert rows["learned"][1] == pytest.approx((first.guess - losses[-1]) / (first.guess - first.floor))
    words = first.corpus.vocabulary.words
    near = [words[i] for i, _ in nearest(before, words.index("king"), 5)]
    assert rows["word"][1] == "king"
    assert rows["nearest at the end"][1] == ", ".join(near)
    fine(at.selectbox(key="notebook_run").set_value(1).run())
    fine(at.text_input(key="notebook_line").set_value("small  is\tenough?").run())
    assert table(at, "run", "your line")["your line"].tolist() == ["", "small is enough?"]
    fine(at.text_input(key="notebook_line").set_value("word " * 300).run())
    assert "A line takes 1,000 letters: what was behind these is left out." in texts(at)
    fine(at.text_input(key="notebook_line").set_value("small is enough?").run())
    assert "what was behind these" not in texts(at)
    fine(at.button(key="notebook_open").click().run())
    assert config(at) == ROYAL
    again = latest_run(fine(go(at, "training")))
    np.testing.assert_array_equal(again.parameters(again.n_steps).V, before)
    at = fine(go(at, "compare"))
    assert len(table(at, "run", "your line")["run"]) == 2, "the same run is no new row"


def captions(at: AppTest) -> str:
    return " ".join(caption.value for caption in at.caption)


def test_a_run_that_was_opened_says_what_is_other_in_it_and_leads_back() -> None:
    at = visit(ROYAL, "training", word="king", t="7")
    for name, value in (("window", 3), ("seed", 2)):
        fine(setting(at, name).set_value(value).run())
    at = gone_elsewhere(fine(go(at, "training")), 100)
    mine = config(at)
    at = part(fine(go(at, "compare")), "notebook")
    fine(at.selectbox(key="notebook_run").set_value(1).run())
    fine(at.button(key="notebook_open").click().run())
    at = fine(go(at, "map"))
    assert "you opened a run: seed 1 instead of 2, window 2 instead of 3" in captions(at)
    fine(at.button(key="back_to_run").click().run())
    assert (config(at), chosen_word(at), moment(at)) == (mine, "king", 100)
    assert "you opened" not in captions(at)
    assert not [button for button in at.button if button.key == "back_to_run"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"dim": 1, "epochs": 9}, "1 dimension instead of 3, 9 epochs instead of 4"),
        ({"architecture": "cbow", "decay": False}, "falling rate off instead of on, CBOW instead of skip-gram"),
        ({"negatives": 7}, "negatives 7"),
        ({"text": PRESETS["loop"].text}, f"{PRESETS['loop'].title} instead of {PRESETS['royal'].title}"),
        (
            {"text": "a b. b a.", "lowercase": False},
            f"your own text instead of {PRESETS['royal'].title}, capitals kept",
        ),
        (
            {"dim": 1, "epochs": 9, "seed": 2, "window": 1, "decay": False},
            "1 dimension instead of 3, seed 2 instead of 1, window 1 instead of 2 and 2 more",
        ),
    ],
)
def test_what_is_other_in_a_run_is_said_in_a_few_words(changes: dict[str, object], said: str) -> None:
    assert differences(replace(ROYAL, **changes), ROYAL) == said  # type: ignore[arg-type]
    assert differences(ROYAL, ROYAL) == ""
    own = replace(ROYAL, text="a b. b a.")
    assert differences(replace(own, text="b c. c b."), own) == "another text of yours"
    assert differences(own, replace(own, lowercase=False)) == "no longer capitals kept"


def test_two_rows_are_watched_side_by_side_and_a_link_leads_others_there(trained_anew: None) -> None:
    own = Config("the old cat sleeps. the old dog sleeps. a cat runs. a dog runs.", dim=2, epochs=3)
    at = visit(own, "training")
    fine(go(at, "text").radio(key="preset").set_value("royal").run())
    at = part(fine(go(at, "compare")), "notebook")
    assert at.selectbox(key="notebook_other").options == ["run 1: your text, 14 words, 2 dimensions, 3 epochs"]
    fine(at.button(key="notebook_players").click().run())
    assert [unpack(sent.bytes)[0]["n_words"] for sent in sent_to(at, "w2v_player")] == [27, 27, 7]
    fine(at.button_group(key="compare_part").set_value("parting").run())
    assert "their texts have different words" in texts(at)
    for key in ("compare_first", "compare_second"):  # all that there is, for both
        assert [one for one in at.selectbox(key=key).options if one.startswith("run")] == [
            "run 2: 2 dimensions, 3 epochs",
            "run 1: your text, 14 words, 2 dimensions, 3 epochs",
        ]
    asked = {name: at.query_params[name] for name in ("first", "second")}
    fine(go(fine(go(at, "text").radio(key="preset").set_value("loop").run()), "compare"))
    assert at.query_params["second"] == asked["second"], "another present training changes neither"

    other = part(fine(visit(ROYAL, "compare", **asked)), "parting")
    assert [other.selectbox(key=f"compare_{name}").value for name in asked] == [
        said_of(replace(ROYAL, dim=2, epochs=3)),
        said_of(own),
    ]
    assert "their texts have different words" in texts(other), "what a link names is trained by itself"
    unknown = part(fine(visit(ROYAL, "compare", second=said_of(own), first="run~dim~x")), "parting")
    assert "The text of the second training is not in this link" in texts(unknown)
    assert "The first training of this link cannot be shown: dim must be a whole number" in texts(unknown)


def test_what_nobody_asked_for_says_so() -> None:
    at = fine(visit(page="start"))
    at = part(fine(go(fine(go(at, "training")), "compare")), "notebook")
    assert table(at, "run", "trained")["trained"].tolist() == ["10,000 updates, when the app opened"]
    assert "One run so far." in texts(at)


def test_what_is_saved_holds_no_formula_and_all_numbers() -> None:
    rows = (row(2, EVIL), row(1, "a b"))
    found = list(csv.DictReader(io.StringIO(csv_of(rows).decode("utf-8-sig"))))
    assert [line["run"] for line in found] == ["2", "1"]
    for line in found:
        for cell in line.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
        assert line["word"] == "'=a"
        assert float(line["loss_at_end"]) == 0.5
    assert [one["word"] for one in json.loads(json_of(rows))] == ["=a", "=a"]


def test_rows_are_limited_and_texts_are_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, object] = {}
    monkeypatch.setattr(memory, "recall", lambda name, absent=None: kept.get(name, absent))
    monkeypatch.setattr(memory, "remember", lambda **values: kept.update(values))
    for number in range(MOST_ROWS + 20):
        run = Run(Config("a b c a b", epochs=1, seed=number))
        notebook.note(run)
        notebook.note(run)
    rows = notebook.rows()
    assert [one.number for one in rows] == list(range(MOST_ROWS + 20, 20, -1))
    assert len({id(one.config.text) for one in rows if one.config}) == 1
    long = tuple(row(n, str(n) * (MOST_LETTERS // 2)) for n in (3, 2, 1))
    kept["notebook"] = long
    notebook.note(Run(Config("a b", epochs=1)))
    assert [one.config is None for one in notebook.rows()] == [False, False, True, True]


def test_quality_is_that_of_the_model_for_what_was_written_given_or_wrong() -> None:
    at = part(visit(ROYAL, "compare"), "quality")
    run = Run(ROYAL)
    written = pairs_of_preset(PRESETS["royal"])
    assert at.text_area(key="quality_box").value == written
    value = quality_at(run, run.n_steps, read_test(written.encode())).value
    assert f"the scores do to {value:.2f}" in texts(at)
    asked = len(written.splitlines())
    assert f"{asked} of {asked} pairs used." in texts(at)
    mine = "king queen 9\nking man 3\nman woman 8\nking unheard 5\n"
    fine(at.text_area(key="quality_box").set_value(mine).run())
    value = quality_at(run, run.n_steps, read_test(mine.encode())).value
    assert f"the scores do to {value:.2f}" in texts(at)
    assert "3 of 4 pairs used, 1 left out because a word is not in this text" in texts(at)
    fine(at.text_area(key="quality_box").set_value("king queen 1\nking the 8\nking football 9\n").run())
    assert "Most out of order: " in texts(at)
    assert f"{quoted('king')} and {quoted('queen')} (too alike)" in texts(at)
    fine(at.text_area(key="quality_box").set_value(mine).run())
    fine(at.text_area(key="quality_box").set_value("man king woman queen\nboy prince girl princess").run())
    assert "2 of 2 questions used" in texts(at)
    words = run.corpus.vocabulary.words
    ((close, _),) = vectors_of(run, run.n_steps).nearest("king", 1)
    asked_of = [(a, b) for a in words for b in words if len({a, b, "king", close}) == 4]
    easy = "\n".join(f"{a} {b} king {close}" for a, b in asked_of)
    end = quality_at(run, run.n_steps, read_test(easy.encode()))
    assert 1 < end.n_nearest <= end.n_right < end.n_found
    fine(at.text_area(key="quality_box").set_value(easy).run())
    which = f"All {end.n_right}" if end.n_nearest == end.n_right else f"{end.n_nearest} of the {end.n_right}"
    assert f"{which} right answers are simply the word nearest to the third" in texts(at)
    bad = {
        "one\ntwo\nthree": "The columns of this file cannot be told apart",
        "king queen\nman woman": "This file has pairs of words without scores",
        "king queen 3 4\nman woman 4 3\nboy girl 2 2": "keep three columns of it, two words and their score.",
    }
    for wrong, said in bad.items():
        fine(at.text_area(key="quality_box").set_value(wrong).run())
        assert "At the end" not in texts(at)
        assert said in texts(at)
        assert "--" not in texts(at)
    at.file_uploader(key="quality_file").upload("excel.csv", "König,Königin,9\nking,queen,8\n".encode("cp1252")).run()
    fine(at)
    assert "counted from 0): open it in the program that it comes from, and save it there as UTF-8." in texts(at)
    at.file_uploader(key="quality_file").upload("**mine**.csv", mine.replace(" ", ",").encode()).run()
    assert "Used is the file **mine**.csv." in texts(fine(at))
    assert f"the scores do to {value:.2f}" in texts(at)
    part(at, "vary")
    fine(at.button(key="compare_train").click().run())
    (compared,) = [d.value for d in at.dataframe if {"with", "quality"} <= set(d.value.columns)]
    known = [quality_at(one, one.best, read_test(mine.encode())).value for one in kept_runs(at).values()]
    assert len(compared) >= 2
    assert set(compared["quality"]) <= set(known)
    part(at, "quality")
    fine(at.button(key="quality_forget").click().run())
    assert at.text_area(key="quality_box").value == written
    at = part(visit(Config("a b c. b a c. c a b."), "compare"), "quality")
    assert "There is nothing to compare with yet" in texts(at)
