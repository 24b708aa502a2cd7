"""The packed record of a run: every array of it, read back as the browser does, says what Plan and Run say."""

import itertools
import re
import struct
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pages.components.packing import FILTERED, pack
from pages.components.player.record import moments_record, run_record, too_large
from tests.hostile import MARKUP
from tests.visitor import unpack
from w2v import PRESETS, Config, Corpus, Example, HierarchicalSoftmax, NegativeSampling, Run, prediction, step
from w2v.moments import name_of
from w2v.slices import finished
from w2v.whole.trainers import trainer_of

SMALL = "The king wears a crown. The queen wears a crown. A man, a man and the king eat bread. Queen man queen."
GRID = [
    Config(SMALL, a, o, dim=3, epochs=3, batching=b, batch_size=7)
    for a, o, b in itertools.product(
        ("skip-gram", "cbow"), ("softmax", "negative", "hierarchical"), ("pair", "window", "minibatch", "full")
    )
]
OTHERS = {
    "summed": Config(SMALL, batching="minibatch", batch_size=7, reduction="sum", epochs=2),
    "drawn windows": Config(SMALL, dynamic_window=True, subsample=0.05, epochs=4),
    "drawn windows, CBOW": Config(SMALL, "cbow", dynamic_window=True, subsample=0.05, epochs=4, batching="window"),
    "drawn windows, negatives": Config(SMALL, "cbow", "negative", dynamic_window=True, epochs=4),
    "rare words left out": Config(SMALL, min_count=2, epochs=2),
    "negatives dropped": Config("yes no yes yes yes yes", objective="negative", negatives=3, noise_power=5.0, epochs=9),
    "one dimension": Config(SMALL, dim=1, epochs=2),
    "diverged": Config(SMALL, learning_rate=300.0, decay=False, epochs=3),
    "diverged at once": Config(SMALL, learning_rate=1e6, init_scale=100.0, epochs=3),
    "one vector per word": Config(SMALL, one_vector=True, batching="window", epochs=2),
    "constant rate, case kept": Config(SMALL, decay=False, lowercase=False, epochs=2),
}
CONFIGS = [*GRID, *OTHERS.values()]
NAMES = [*(f"{c.architecture}-{c.objective}-{c.batching}" for c in GRID), *OTHERS]
each_config = pytest.mark.parametrize("config", CONFIGS, ids=NAMES)

DTYPES = {
    "u4": "key_t group_start input_start inputs targets example_window window_pos context_start context_pos tokens "
    "sentence_start path_start path_node goal_start goal_word example_goal_row epoch_start",
    "f8": "basis_mean basis_components path_label goal_count noise curve_t curve_loss",
    "i4": "example_slot",
    "f4": "losses",
}


def sent(config: Config) -> tuple[Run, dict, dict[str, np.ndarray]]:
    run = Run(config)
    return run, *unpack(pack(*run_record(run)))


def group_of(arrays: dict[str, np.ndarray], t: int, period: int) -> list[tuple[int, tuple[int, ...], int]]:
    """The examples of update t as the player finds them: (number in the pass, inputs, target)."""
    first, last = arrays["group_start"][t % period : t % period + 2]
    start = arrays["input_start"]
    return [
        (i, tuple(arrays["inputs"][start[i] : start[i + 1]].tolist()), int(arrays["targets"][i]))
        for i in range(first, last)
    ]


# --- the block of bytes ---------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.text("abcdef_", min_size=1, max_size=6),
        hnp.arrays(
            st.sampled_from(["f8", "f4", "u4", "u2", "u1", "i4", "i2"]), hnp.array_shapes(min_dims=1, min_side=0)
        ),
        max_size=5,
    ),
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=5),
)
def test_anything_packed_comes_back(arrays: dict[str, np.ndarray], words: list[str]) -> None:
    header, back = unpack(pack({"words": words}, arrays))
    assert header["words"] == words
    assert back.keys() == arrays.keys()
    for name, array in arrays.items():
        assert back[name].shape == array.shape
        assert back[name].dtype == array.dtype
        assert back[name].tobytes() == np.ascontiguousarray(array).tobytes()


def test_arrays_do_not_overlap_and_lie_at_multiples_of_eight() -> None:
    blob = pack(*run_record(Run(GRID[4])))
    header, arrays = unpack(blob)
    (length,) = struct.unpack_from("<I", blob)
    spans = sorted((offset, offset + arrays[n].nbytes) for n, (_, offset, _) in header["arrays"].items())
    assert spans[0][0] >= 4 + length
    assert all(end <= begin for (_, end), (begin, _) in itertools.pairwise(spans))
    assert spans[-1][1] <= len(blob)


def test_hostile_words_survive() -> None:
    words = [*MARKUP.split(), '"', "\\", "</script>", "\u2028", "\u202e", "\x00", "\U0001f600", "a" * 1000]
    header, _ = unpack(pack({"words": words}, {"a": np.zeros(3)}))
    assert header["words"] == words
    run, header, _ = sent(Config(MARKUP * 3, epochs=1))
    assert header["words"] == list(run.corpus.vocabulary.words)


# --- what the header and the arrays say -----------------------------------------------------------------------


@each_config
def test_the_header_says_what_the_settings_are(config: Config) -> None:
    run, header, arrays = sent(config)
    for name in ("architecture", "objective", "dim", "batching", "reduction", "learning_rate", "decay", "one_vector"):
        assert header[name] == getattr(config, name)
    assert header["counts"] == [run.corpus.tokens.count(w) for w in header["words"]]
    assert header["n_words"] == len(header["words"])
    assert header["n_rows"] == run.parameters(0).U.shape[0]
    assert header["n_steps"] == run.n_steps
    assert header["n_planned"] == run.plan.n_steps
    assert header["period"] == (run.plan.epoch_start[1] if run.plan.static else run.plan.n_steps)
    goal = run.plan.goal
    losses = {"floor": goal.floor, "unigram": goal.unigram, "uniform": goal.uniform, "guess": goal.uniform}
    assert header["goal"] == {**losses, "guessing": "guessing"}
    for dtype, names in DTYPES.items():
        for name in set(names.split()) & arrays.keys():
            assert arrays[name].dtype == np.dtype(dtype), name
    needed = set(" ".join(DTYPES.values()).split()) - {
        "example_goal_row",
        "noise",
        "path_start",
        "path_node",
        "path_label",
    }
    needed |= {"key_V", "key_U"}
    needed |= {"example_goal_row"} if config.architecture == "cbow" else set()
    needed |= {"negative": {"noise", "draws"}, "hierarchical": {"path_start", "path_node", "path_label"}}.get(
        config.objective, set()
    )
    assert set(arrays) == needed


@each_config
def test_keyframes_are_the_parameters_at_their_moments(config: Config) -> None:
    run, _, arrays = sent(config)
    moments = arrays["key_t"].tolist()
    assert moments == sorted(set(moments))
    assert (moments[0], moments[-1]) == (0, run.n_steps)
    for k, t in enumerate(moments):
        assert np.array_equal(arrays["key_V"][k], run.parameters(t).V)
        assert np.array_equal(arrays["key_U"][k], run.parameters(t).U)


@each_config
def test_the_examples_of_every_update_are_those_of_the_plan(config: Config) -> None:
    run, header, arrays = sent(config)
    period, n_examples = header["period"], len(arrays["targets"])
    assert len(arrays["group_start"]) == period + 1
    assert arrays["group_start"][-1] == n_examples == len(arrays["input_start"]) - 1
    for t, (_, group) in enumerate(run.plan.updates(0, run.plan.n_steps)):
        found = group_of(arrays, t, period)
        assert [(inputs, target) for _, inputs, target in found] == [(e[0], e[1]) for e in group]
        if config.objective == "negative":
            numbers = [t // period * n_examples + i for i, _, _ in found]
            assert [[d for d in arrays["draws"][n] if d >= 0] for n in numbers] == [list(e[2]) for e in group]


@each_config
def test_the_text_and_its_windows_are_those_of_the_corpus(config: Config) -> None:
    run, header, arrays = sent(config)
    corpus, tokens = run.corpus, arrays["tokens"]
    shown = [header["filtered"][str(i)] if w == FILTERED else header["words"][w] for i, w in enumerate(tokens)]
    assert shown == list(corpus.tokens)
    assert (tokens == FILTERED).sum() == len(header["filtered"])
    assert arrays["sentence_start"].tolist() == list(corpus.sentence_starts)
    sentence_of = np.searchsorted(arrays["sentence_start"], np.arange(len(tokens)), side="right")
    for t in range(header["period"]):
        for i, inputs, target in group_of(arrays, t, header["period"]):
            w = arrays["example_window"][i]
            center = int(tokens[arrays["window_pos"][w]])
            places = arrays["context_pos"][arrays["context_start"][w] : arrays["context_start"][w + 1]]
            context = tokens[places].tolist()
            assert {int(s) for s in sentence_of[places]} == {int(sentence_of[arrays["window_pos"][w]])}
            assert arrays["window_pos"][w] not in places
            slot = arrays["example_slot"][i]
            if config.architecture == "skip-gram":
                assert (inputs, target) == ((center,), context[slot])
            else:
                assert (list(inputs), target, slot) == (context, center, -1)


@each_config
def test_the_goal_counts_every_example(config: Config) -> None:
    _, header, arrays = sent(config)
    start, n_examples = arrays["goal_start"], len(arrays["targets"])
    brute: dict[int, Counter[int]] = {}
    bags: dict[int, set[tuple[int, ...]]] = {}
    for t in range(header["period"]):
        for i, inputs, target in group_of(arrays, t, header["period"]):
            row = inputs[0] if config.architecture == "skip-gram" else int(arrays["example_goal_row"][i])
            brute.setdefault(row, Counter())[target] += 1
            bags.setdefault(row, set()).add(tuple(sorted(inputs)))
    for row in range(len(start) - 1):
        cells = slice(start[row], start[row + 1])
        counted = dict(zip(arrays["goal_word"][cells].tolist(), arrays["goal_count"][cells].tolist()))
        assert counted == dict(brute.get(row, {}))
    assert all(len(b) == 1 for b in bags.values())  # one row for each bag of context words, and the other way round
    assert len(set().union(*bags.values())) == len(bags)
    assert arrays["goal_count"].sum() == n_examples


@each_config
def test_losses_are_means_over_examples(config: Config) -> None:
    run, _, arrays = sent(config)
    assert len(arrays["losses"]) == run.n_steps
    for t in range(0, run.n_steps, max(1, run.n_steps // 20)):
        traces = run.step(t).traces
        assert arrays["losses"][t] == pytest.approx(np.mean([x.loss for x in traces]), rel=1e-6)
    assert (arrays["curve_t"][0], arrays["curve_t"][-1]) == (0, run.n_steps)
    if config.objective != "negative" and not run.stopped:  # a diverged one gives some words no chance at all
        last = run.parameters(run.n_steps)
        said = [
            -np.log(prediction(last, inputs, run.plan.objective)[target])
            for number in ([0] if run.plan.static else range(config.epochs))
            for inputs, target in _examples(run, number)
        ]
        assert arrays["curve_loss"][-1] == pytest.approx(np.mean(said), rel=1e-9)


def _examples(run: Run, number: int) -> list[tuple[tuple[int, ...], int]]:
    first, last = run.plan.epoch_start[number], run.plan.epoch_start[number + 1]
    return [(e[0], e[1]) for _, group in run.plan.updates(int(first), int(last)) for e in group]


@each_config
def test_the_map_is_the_best_plane_for_the_run(config: Config) -> None:
    _, header, arrays = sent(config)
    axes = arrays["basis_components"]
    assert axes.shape == (2, config.dim)
    gram = axes @ axes.T
    assert np.allclose(gram, np.diag([1.0, 1.0 if config.dim > 1 else 0.0]), atol=1e-9)
    shares = header["basis"]["explained"]
    assert 0 <= shares[1] <= shares[0] <= 1
    assert sum(shares) <= 1 + 1e-9
    assert arrays["basis_mean"].shape == (config.dim,)


@pytest.mark.parametrize("config", [c for c in CONFIGS if c.objective == "hierarchical"], ids=lambda c: c.batching)
def test_paths_lead_to_their_words(config: Config) -> None:
    run, _, arrays = sent(config)
    objective = run.plan.objective
    assert isinstance(objective, HierarchicalSoftmax)
    for word in range(run.plan.n_words):
        path = slice(arrays["path_start"][word], arrays["path_start"][word + 1])
        assert tuple(arrays["path_node"][path]) == objective.tree.nodes[word]
        assert tuple(1 - arrays["path_label"][path]) == objective.tree.codes[word]


def test_a_negative_that_could_not_be_drawn_is_marked() -> None:
    run, _, arrays = sent(OTHERS["negatives dropped"])
    assert isinstance(run.plan.objective, NegativeSampling)
    assert arrays["draws"].min() == -1
    assert arrays["draws"].max() < run.plan.n_words


@pytest.mark.parametrize(
    "config", [*GRID[::3], OTHERS["summed"], OTHERS["drawn windows, CBOW"]], ids=lambda c: c.batching
)
def test_the_record_alone_leads_from_one_keyframe_to_the_next(config: Config) -> None:
    """What the player does, done here with the arrays it gets and the published arithmetic of one update."""
    run, header, arrays = sent(config)
    period, n_examples = header["period"], len(arrays["targets"])
    t, last = arrays["key_t"][:2].tolist()
    now = run.parameters(0)
    for number in range(t, min(last, 40)):
        group = group_of(arrays, number, period)
        draws = None
        if config.objective == "negative":
            rows = [arrays["draws"][number // period * n_examples + i] for i, _, _ in group]
            draws = [row[row >= 0] for row in rows]
        rate = header["learning_rate"] * (1 - number / header["n_planned"] if header["decay"] else 1)
        examples = [Example(inputs, target) for _, inputs, target in group]
        now, _ = step(now, examples, run.plan.objective, rate, draws, reduction=header["reduction"])
    assert np.array_equal(now.V, run.parameters(min(last, 40)).V)
    assert np.array_equal(now.U, run.parameters(min(last, 40)).U)


# --- names and sizes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", PRESETS)
def test_the_default_run_of_a_preset_is_small_enough_to_send(key: str) -> None:
    run = Run(Config(PRESETS[key].text))
    blob = pack(*run_record(run))
    assert len(blob) <= 2_000_000
    _, arrays = unpack(blob)
    gaps = np.diff(arrays["key_t"].astype(int))
    assert gaps.max() <= 256  # a jump replays fewer updates than this


@pytest.mark.parametrize(
    "config",
    [
        Config("a b c d e " * 2000, objective="negative", negatives=40, epochs=10, seed=2),
        Config("a b c d e " * 2000, dynamic_window=True, epochs=40, seed=2),
    ],
    ids=["draws", "drawn windows"],
)
def test_no_record_is_larger_than_a_message_may_be(config: Config) -> None:
    training = Run.train(config)
    next(training)
    with pytest.raises(StopIteration) as end:  # stopped at once: what is sent of the plan is the same
        training.send(True)
    run = end.value.value
    assert too_large(run) or len(pack(*run_record(run))) < 24 * 2**20  # server.maxMessageSize in .streamlit/config.toml


def test_runs_have_names_of_their_own() -> None:
    names = {name_of(c, 10, "update") for c in CONFIGS}
    assert len(names) == len(CONFIGS)
    assert name_of(GRID[0], 10, "update") == name_of(Config(**vars(GRID[0])), 10, "update")
    assert name_of(GRID[0], 10, "update") not in (name_of(GRID[0], 9, "update"), name_of(GRID[0], 10, "pass"))


def declared() -> set[str]:
    """The fields of a record that the JavaScript is checked against."""
    text = (Path(__file__).parent.parent / "pages/globals.d.ts").read_text(encoding="utf-8")
    bodies = re.findall(r"^interface (?:RunRecord|RunOf\w+).*?\{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
    assert len(bodies) == 3
    return {name for body in bodies for name in re.findall(r"^  (\w+)\??:", body, re.MULTILINE)}


def test_the_fields_that_javascript_may_ask_for_are_those_that_are_sent() -> None:
    named: set[str] = set()
    for config in [
        *GRID,
        *(Config(PRESETS["royal"].text, objective=o, trainer="passes") for o in ("softmax", "negative")),
    ]:
        trainer, corpus = trainer_of(config), Corpus.from_text(config.text)
        moments = finished(trainer.train(config, corpus, trainer.prepare(config, corpus)))
        header, arrays = unpack(pack(*moments_record(moments)))
        named |= header.keys() | arrays.keys()
    besides = {
        "id",
        "labels",
        "before_t",
        "before_loss",
        "before_name",
        "before_means",
    }  # of each page, made in the browser, of another run
    assert named - {"arrays"} == declared() - besides
