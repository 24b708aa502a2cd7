"""Training pairs, in^in|out^out: they are the examples, all of them and no others, and a bad one is named."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import OBJECTIVES
from tests.visitor import config, fine, go, paste, problem, sent_to, texts, unpack, visit
from w2v import (
    Config,
    Corpus,
    Example,
    Run,
    Window,
    count_pairs,
    cut_windows,
    read_saved_run,
    saved_run,
    step,
    train_whole_text,
    vectors_of,
)
from w2v.cli.command_line import main
from w2v.counts import n_pairs
from w2v.moments import Moments
from w2v.reading.characters import Reading
from w2v.reading.pair_syntax import MOST_ON_A_SIDE, looks_like_pairs
from w2v.reading.tokens import cut_into_tokens
from w2v.slices import finished
from w2v.texts.pair_examples import PAIR_EXAMPLES, PairExample
from w2v.way_out import WayOut
from w2v.windows import cbow, skip_gram

TEXT = "soup^bread|spoon,bread|knife^butter,\nsoup|spoon^bowl\n\ntea^milk|cup^spoon,"
SIDES = (
    (("soup", "bread"), ("spoon",)),
    (("bread",), ("knife", "butter")),
    (("soup",), ("spoon", "bowl")),
    (("tea", "milk"), ("cup", "spoon")),
)
side = st.lists(st.sampled_from("abcde"), min_size=1, max_size=3)
sides = st.lists(st.tuples(side, side), min_size=1, max_size=8).filter(
    lambda pairs: len({word for pair in pairs for words in pair for word in words}) > 1
)


def written(pairs: list[tuple[list[str], list[str]]]) -> str:
    return ",".join("|".join("^".join(words) for words in pair) for pair in pairs)


def examples_of(config: Config) -> list[tuple[tuple[str, ...], str]]:
    """What a run learns from in its first epoch, in words."""
    run = Run(replace(config, epochs=1))
    words = run.corpus.vocabulary.words
    steps = [run.step(t) for t in range(run.n_steps)]
    return [
        (tuple(words[i] for i in trace.example.inputs), words[trace.example.target])
        for record in steps
        for trace in record.traces
    ]


def test_the_examples_are_the_pairs_each_output_a_target_of_its_own() -> None:
    wanted = [(inputs, output) for inputs, outputs in SIDES for output in outputs]
    assert examples_of(Config(TEXT, pairs=True)) == wanted
    for batching in ("pair", "window", "minibatch", "full"):
        assert examples_of(Config(TEXT, pairs=True, batching=batching)) == wanted
    run = Run(Config(TEXT, pairs=True, batching="window", epochs=1))
    assert [len(run.step(t).traces) for t in range(run.n_steps)] == [len(outputs) for _, outputs in SIDES]


@given(sides, st.sampled_from(OBJECTIVES))
def test_a_run_is_the_updates_of_its_pairs_one_after_another(pairs: list, objective: str) -> None:
    config = Config(written(pairs), pairs=True, objective=objective, epochs=2, dim=3)
    run = Run(config)
    ids, now = run.corpus.vocabulary.ids, run.parameters(0)
    wanted = [(tuple(ids[w] for w in inputs), ids[output]) for inputs, outputs in pairs for output in outputs] * 2
    assert run.n_steps == len(wanted)
    for t, (inputs, target) in enumerate(wanted):
        record = run.step(t)
        assert record.traces[0].example == Example(inputs, target)
        drawn = [record.traces[0].rows[1:]] if objective == "negative" else None
        now, _ = step(now, [Example(inputs, target)], run.plan.objective, run.plan.rate(t), drawn)
    for ours, theirs in zip((run.parameters(run.n_steps).V, run.parameters(run.n_steps).U), (now.V, now.U)):
        np.testing.assert_array_equal(ours, theirs)


@given(sides)
def test_goal_and_counts_are_those_of_a_plain_loop(pairs: list) -> None:
    config = Config(written(pairs), pairs=True, epochs=1)
    corpus, goal = Run(config).corpus, Run(config).plan.goal
    ids, n = corpus.vocabulary.ids, len(corpus.vocabulary)
    together, bags = np.zeros((n, n), int), {}
    for inputs, outputs in pairs:
        for output in outputs:
            bag = tuple(sorted(ids[w] for w in inputs))
            bags.setdefault(bag, np.zeros(n, int))[ids[output]] += 1
            for word in inputs:
                together[ids[word], ids[output]] += 1
    np.testing.assert_array_equal(count_pairs(corpus, 1).matrix.toarray(), together)
    assert n_pairs(corpus, 5) == together.sum()
    for bag, row in bags.items():
        np.testing.assert_array_equal(goal.counts.row(goal.row_of(bag)), row)
    assert goal.counts.total == sum(row.sum() for row in bags.values())
    rows = np.array(list(bags.values()))
    share = rows / rows.sum(axis=1, keepdims=True)
    logs = np.log(share, where=share > 0, out=np.zeros_like(share))
    assert goal.floor == pytest.approx(-(rows * logs).sum() / rows.sum(), abs=1e-12)


def test_what_is_about_windows_means_nothing_and_the_pairs_say_the_architecture() -> None:
    usual = Config(TEXT, pairs=True)
    assert usual.architecture == "cbow"
    assert usual == Config(
        TEXT, "skip-gram", pairs=True, window=7, dynamic_window=True, subsample=0.1, pretokenized=True, emoji=True
    )
    one_each = Config("a|b^c,b|a", "cbow", pairs=True)
    assert one_each.architecture == "skip-gram"
    assert Config.from_query(usual.to_query()) == usual
    assert Config.from_query(one_each.to_query()) == one_each
    with pytest.raises(ValueError, match=r"^Training pairs have no windows"):
        next(cut_windows(Corpus.from_text(TEXT, pairs=True), 2))


def test_windows_of_a_plan_say_what_is_known_and_what_is_predicted() -> None:
    for text, made in (("a|b^c,b|a", skip_gram), ("a^b|c^a,c|b", cbow)):
        plan = Run(Config(text, pairs=True)).plan
        table, corpus = plan.epoch(0).windows, plan.corpus
        assert [corpus.token_ids[i] for i in table.center_at] == table.centers.tolist()
        assert [corpus.token_ids[i] for i in table.context_at] == table.context.tolist()
        found = []
        for i, center in enumerate(table.centers.tolist()):
            context = tuple(table.context[table.context_start[i] : table.context_start[i + 1]].tolist())
            found += made(_window(center, context))
        raw = [e for _, group in plan.updates(0, len(found)) for e in group]
        assert [(e.inputs, e.target) for e in found] == [(tuple(inputs), target) for inputs, target, _ in raw]


def _window(center: int, context: tuple[int, ...]) -> Window:
    return Window(0, 0, center, context)


@pytest.mark.parametrize("text", ["a|x, a|y, b|z, b|q", "a|x^y, b|x^y"])
@pytest.mark.parametrize("trainer", ["steps", "passes"])
def test_where_the_minimum_count_leaves_no_pair_that_is_said_of_pairs(text: str, trainer: str) -> None:
    """Not that no two words stand in one sentence, for there are none."""
    config = Config(text, pairs=True, min_count=2, trainer=trainer)  # type: ignore[arg-type]
    with pytest.raises(WayOut) as caught:
        Run(config) if trainer == "steps" else train_whole_text(config)
    assert str(caught.value) == "With a minimum count of 2 no pair has a word left on both of its sides: lower it."
    assert caught.value.settings == (("min_count", 1),)


def test_rare_words_leave_their_pairs() -> None:
    config = Config("a^b|c,a|c^d,e|c,a|c", pairs=True, min_count=2)
    assert examples_of(config) == [(("a",), "c")] * 3


BAD = {
    "a|b,c,d|e": "Pair 2, in line 1, has no | in it",
    "a|b\nc|d|e": "Pair 2, in line 2, has more than one | in it",
    "a|b,\n\n|d": "Pair 2, in line 3, has no word before its |",
    "a|b\r\nc|": "Pair 2, in line 2, has no word behind its |",
    "a^|b,c|d": "Pair 1, in line 1, has an empty place before its |",
    "a|b,c|d^ ^e": "Pair 2, in line 1, has an empty place behind its |",
    "a|" + "^".join("b" * (MOST_ON_A_SIDE + 1)): f"Pair 1, in line 1, has {MOST_ON_A_SIDE + 1} words behind its |",
    "just some words": "Pair 1, in line 1, has no | in it",
}


@pytest.mark.parametrize("text", BAD)
def test_a_bad_pair_is_named_with_its_place_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"write it as in\|out, or in\^in\|out\^out\.$") as caught:
        Corpus.from_text(text, pairs=True)
    assert str(caught.value).startswith(BAD[text])
    with pytest.raises(ValueError, match=r"^There is nothing to train on"):
        Corpus.from_text(" ,\n,", pairs=True)


def test_words_are_taken_as_they_are_within_limits() -> None:
    corpus = Corpus.from_text(f" Ice cream | 3.14 ,e-mail|a@b.c, {'x' * 70}|:-)", pairs=True)
    assert corpus.sentences == (("ice_cream", "3.14"), ("e-mail", "a@b.c"), ("x" * 64, ":-)"))
    assert len(corpus.notes) == 3
    many = "\n".join(["a|b"] * 250_001)
    corpus = Corpus.from_text(many, pairs=True)
    assert corpus.n_tokens == 500_000
    assert "more than 500,000 words; the first 250,000 pairs are used" in corpus.notes[1]


@given(st.text(alphabet="ab|^, \n\r", max_size=60), st.integers(1, 9))
def test_slices_change_nothing(text: str, length: int) -> None:
    reading = Reading(pairs=True)
    one, many = (finished(cut_into_tokens(text, reading, slice_length=n)) for n in (1_000, length))
    assert (one.words, one.problem, one.notes) == (many.words, many.problem, many.notes)
    for a, b in (
        (one.ids, many.ids),
        (one.sentence_starts, many.sentence_starts),
        (one.output_starts, many.output_starts),
    ):
        np.testing.assert_array_equal(a, b)


def test_passes_learn_from_single_inputs_and_say_what_they_cannot() -> None:
    text = ",".join(f"{a}|{b}" for a, b in ["ax", "bx", "ay", "by", "cz", "dz"] * 5)
    config = Config(text, pairs=True, trainer="passes", dim=4)
    run = train_whole_text(config, holdout=0, l2=0, max_passes=30)
    np.testing.assert_array_equal(run.counts.matrix.toarray(), count_pairs(run.corpus, 1).matrix.toarray())
    assert run.losses[-1] == pytest.approx(run.floor, abs=0.02)
    kept = train_whole_text(config, holdout=0.2, max_passes=3)
    assert kept.counts.total + kept.heldout_counts.total == run.counts.total
    assert kept.heldout_counts.total == 6
    with pytest.raises(ValueError, match=r"^Passes learn from pairs with one input each"):
        train_whole_text(Config(TEXT, pairs=True, trainer="passes"))


def test_saved_runs_and_links_keep_the_pairs() -> None:
    run = Run(Config(TEXT, pairs=True))
    again: Moments = finished(read_saved_run(saved_run(run)).replay())
    assert again.config == run.config == Config.from_query(run.config.to_query())
    np.testing.assert_array_equal(again.parameters(run.n_steps).V, run.parameters(run.n_steps).V)


def test_such_a_text_is_known_when_it_is_seen() -> None:
    for text in (TEXT, "a|b,c|d", "a|b\u2028\u2028c|d\x0b", "1|2\n2|3", "drink^x|y,\n eat | z ,"):
        assert looks_like_pairs(text)
    for text in (
        "",
        "a|b",
        "a, b, c",
        "| a | b |\n|---|---|\n| c | d |",
        "one|two|three\n1|2|3\n4|5|6",
        "Hello, you|me.",
        "Two pairs\x0cin^in|out,in|out\u2029and more",
    ):
        assert not looks_like_pairs(text)
    assert looks_like_pairs(",".join(["a|b"] * 20 + ["oops"]))


def test_the_command_line_learns_from_pairs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, out = tmp_path / "pairs.txt", tmp_path / "run.npz"
    text.write_text(TEXT)
    assert main(["train", str(text), "--dim", "4", "--out", str(out)]) == 0
    assert "Use --pairs to learn from these pairs and no others" in capsys.readouterr().err
    assert main(["train", str(text), "--dim", "4", "--pairs", "--out", str(out), "--force"]) == 0
    saved = read_saved_run(out.read_bytes())
    assert saved.config == Config(TEXT, pairs=True, dim=4)
    np.testing.assert_array_equal(saved.frames[-1][0], Run(saved.config).parameters(saved.done).V)
    text.write_text("a|b\nc")
    assert main(["train", str(text), "--pairs", "--out", str(out), "--force"]) == 1
    assert "Pair 2, in line 2, has no | in it" in capsys.readouterr().err


# --- our own examples -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", PAIR_EXAMPLES, ids=lambda example: example.title)
def test_our_examples_are_pairs_and_are_learned(example: PairExample) -> None:
    assert looks_like_pairs(example.text)
    run = Run(Config(example.text, pairs=True))
    goal = run.plan.goal
    assert goal.share_of_the_way(goal.mean_loss(run.parameters(run.n_steps))) > 0.85


def test_our_examples_end_as_they_say() -> None:
    vectors = {example.title: vectors_of(Run(Config(example.text, pairs=True))) for example in PAIR_EXAMPLES}
    for title in ("Bake and pour, as CBOW", "Bake and pour, as skip-gram"):
        assert vectors[title].nearest("bread", 1)[0][0] == "cake"
        assert vectors[title].nearest("tea", 1)[0][0] == "milk"
    for title, (a, b, c, d) in {
        "Aunt and uncle": ("aunt", "uncle", "sister", "brother"),
        "Aunt and uncle, in letters": ("p", "q", "r", "s"),
    }.items():
        unit = {word: v / np.linalg.norm(v) for word, v in zip(vectors[title].words, vectors[title].vectors)}
        assert unit[a] @ unit[b] > unit[a] @ unit[c] > unit[a] @ unit[d]
    run = Run(Config(PAIR_EXAMPLES[4].text, pairs=True))
    V, U, ids = run.parameters(run.n_steps).V, run.parameters(run.n_steps).U, run.corpus.vocabulary.ids
    assert int((U @ V[ids["monday"]]).argmax()) == ids["tuesday"]


# --- the page -------------------------------------------------------------------------------------------------------


def test_the_page_knows_pairs_learns_from_them_and_leads_back() -> None:
    at = paste(TEXT)
    assert "This text is training pairs" in texts(at)
    assert not config(at).pairs
    fine(at.button(key="pairs").click().run())
    assert config(at) == Config(TEXT, pairs=True)
    assert "training pairs" in texts(at)
    fine(at.toggle(key="counting").set_value(True).run())
    assert "there are no n-grams" in texts(at)
    at.text_area(key="pasted").set_value(TEXT + "\nsoup").run()
    assert "Pair 5, in line 5, has no | in it" in str(problem(fine(at)))
    assert config(at).text == TEXT
    for page in ("training", "map", "update"):
        fine(go(at, page))
    at = fine(go(at, "text"))
    at.text_area(key="pasted").set_value("The boat is red. The boat is old.").run()
    assert not config(fine(at)).pairs


def test_examples_of_pairs_are_there_and_an_own_text_comes_back() -> None:
    at = paste("The boat is red. The boat is old.")
    fine(at.button(key="pairs_4").click().run())
    assert config(at) == Config(PAIR_EXAMPLES[4].text, pairs=True)
    assert PAIR_EXAMPLES[4].title in texts(at)
    assert PAIR_EXAMPLES[4].look_for in " ".join(m.value for m in at.markdown)
    fine(at.button(key="own_text_text").click().run())
    assert config(at).text.startswith("The boat")
    assert not config(at).pairs
    at = visit(Config(",".join(["a|b", "c|b", "a|d"] * 800), pairs=True, trainer="passes"))
    header, arrays = unpack(sent_to(fine(at), "w2v_windows")[0].bytes)
    assert header["note"] == "no windows: each pair lights up"
    assert len(arrays["window_pos"]) > 1_000, "the beginning of pairs that are trained by passes"
