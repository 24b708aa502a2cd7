"""The section about counting: its numbers are those of the text and of the model, and no word in it is markup."""

import itertools
import math
import re
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.visitor import (
    close_to_three_digits,
    config,
    elements,
    fine,
    has_likelihoods,
    has_ngrams,
    in_table,
    kept_plans,
    kept_runs,
    latest_run,
    moment,
    numbers,
    strings,
    table,
    visit,
)
from w2v import PRESETS, Config, Corpus, Run, Window, cbow, cut_windows, ngram_probability, skip_gram

SMALL = "The king wears a crown. The queen wears a crown. A man, a man and the king eat bread. Queen man queen."
MODELS = list(itertools.product(("skip-gram", "cbow"), ("softmax", "negative", "hierarchical")))
HOSTILE = (  # words with zq, or in other scripts, stand nowhere in the app's own sentences
    "<b>zqbold</b> [zqlink](http://zqexample.org/zqx) ![](http://zqexample.org/y.png) =1+1 __proto__ constructor. "
    "$zqx^2$ \\zqinput `zqcode` **zqstrong** :red[zqred] :material/zqhome: nan None null NA =zqcell. "
    "\u738b\u306e\u56fd \u738b\u5973. \u202ezqright to left\u202c "
    "\u05de\u05dc\u05da \u0645\u0644\u0643\u0629 e\u0301tait na\u00efve. "
    "Zqalone. zq" + "x" * 62 + " zqdon't zqmother-in-law."
)


def opened(config: Config, **query: str) -> AppTest:
    """The Text page with the section open."""
    at = fine(visit(config, "text", **query))
    return fine(at.toggle(key="counting").set_value(True).run())


def number_input(at: AppTest, label: str) -> Any:
    (found,) = [element for element in at.number_input if element.label == label]
    return found


def choose(at: AppTest, sentence: int, word: int) -> AppTest:
    """Choose a word by its place, counted from 1, as the visitor does."""
    for label, number in (("Sentence", sentence), ("Word", word)):
        field = number_input(at, label)
        if field.value != number:
            fine(field.set_value(number).run())
    return at


def chosen(at: AppTest) -> tuple[int, int]:
    """The chosen place, counted from 0."""
    return int(number_input(at, "Sentence").value) - 1, int(number_input(at, "Word").value) - 1


def equation(at: AppTest, begins: str) -> str:
    """The one equation that begins like this."""
    found = [e.value for e in at.latex if e.value.lstrip("$\n").startswith(begins)]
    assert len(found) == 1, (begins, [e.value for e in at.latex])
    return found[0]


def P_of(run: Run, t: int, inputs: tuple[int, ...]) -> np.ndarray:
    """P(.|inputs) at a moment, written out once more."""
    parameters = run.parameters(t)
    scores = parameters.U @ parameters.V[list(inputs)].mean(axis=0)
    if run.config.objective == "softmax":
        weights = np.exp(scores - scores.max())
        return weights / weights.sum()
    yes, tree = 1 / (1 + np.exp(-scores)), run.plan.objective.tree
    paths = zip(tree.nodes, tree.codes)
    return np.array([np.prod([1 - yes[n] if code else yes[n] for n, code in zip(*path)]) for path in paths])


def examples_of(run: Run, window: Window) -> tuple[Any, ...]:
    return skip_gram(window) if run.config.architecture == "skip-gram" else cbow(window)


def ratio(run: Run, example: Any) -> tuple[int, int]:
    """COUNT(inputs, target) and COUNT(inputs) over all windows of the text."""
    everything = [e for w in cut_windows(run.corpus, run.config.window) for e in examples_of(run, w)]
    same = [e.target for e in everything if sorted(e.inputs) == sorted(example.inputs)]
    return same.count(example.target), len(same)


def window_of(run: Run, sentence: int, position: int) -> Window:
    windows = cut_windows(run.corpus, run.config.window)
    return next(w for w in windows if (w.sentence, w.position) == (sentence, position))


# --- the numbers ----------------------------------------------------------------------------------------------


def test_nothing_is_trained_or_counted_before_it_is_asked_for() -> None:
    at = fine(visit(Config(SMALL, epochs=2), "text"))
    at.run()
    assert not kept_runs(at)
    assert not at.latex
    assert not has_ngrams(at)
    fine(at.toggle(key="counting").set_value(True).run())
    assert has_ngrams(at)
    assert latest_run(at).n_steps > 0
    assert len(at.latex) == 5


@pytest.mark.parametrize(("architecture", "objective"), MODELS)
def test_the_section_shows_the_numbers_of_text_and_model(
    architecture: str, objective: str, subtests: pytest.Subtests
) -> None:
    at = opened(Config(SMALL, architecture, objective, dim=3, epochs=3), t="40")  # type: ignore[arg-type]
    corpus, run = Corpus.from_text(SMALL), Run(config(at))
    for place in ((0, 0), (0, 4), (2, 7), (3, 1)):
        with subtests.test(place=place):
            choose(at, place[0] + 1, place[1] + 1)
            assert chosen(at) == place
            check_ngrams(at, corpus, *place)
            window = window_of(run, *place)
            check_ratios(at, run, window)
            if objective == "negative":
                assert not kept_runs(at), "no need to train"
                assert any("do not sum to 1" in e.value for e in at.text)
                assert not any(r"\theta" in e.value for e in at.latex)
            else:
                check_window(at, run, 40, window)
                check_whole_text(at, run, 40)


def check_ngrams(at: AppTest, corpus: Corpus, sentence: int, position: int) -> None:
    words = corpus.sentences[sentence]
    before, after = " ".join(words[:position]), " ".join(words[position + 1 :])
    line = f"{before} [ {words[position]} ] {after}".strip()
    assert line in [e.value for e in at.text]
    frame = table(at, "COUNT(before, next)")
    for i, row in frame.iterrows():
        history = words[position - i : position]
        assert (row["n"], row["next word"]) == (i + 1, words[position])
        assert row["words before"] == (" ".join(history) or "(none)")
        together, total = ngram_probability(corpus, history, words[position])
        assert (row["COUNT(before, next)"], row["COUNT(before)"]) == (together, total)
        assert row["ratio"] == in_table(together / total)
    last = frame.iloc[-1]
    assert last["COUNT(before)"] == 1 or last["n"] == position + 1, "it goes on until the ratio says nothing"
    assert (frame["COUNT(before)"][:-1] > 1).all()
    told = [e.value for e in at.text if e.value.startswith("n = ")]
    assert told[0].startswith(f"n = {last['n']}: The {'words' if last['COUNT(before)'] == 1 else 'sentence'}")
    telling = frame[frame["COUNT(before)"] > 1].iloc[-1]
    shown = numbers(next(e.value for e in at.latex if "COUNT" in e.value))
    wanted = [telling["COUNT(before, next)"], telling["COUNT(before)"], telling["ratio"]]
    assert close_to_three_digits(shown, wanted)


def check_ratios(at: AppTest, run: Run, window: Window) -> None:
    words = run.corpus.vocabulary.words
    shown = numbers([e.value for e in at.latex if "COUNT" in e.value][1])
    if run.config.architecture == "cbow":
        together, before = ratio(run, examples_of(run, window)[0])
        assert close_to_three_digits(shown, [together, before, together / before])
        return
    frame = table(at, "context word o", "ratio")
    true = {o: ratio(run, example) for o, example in ((o, skip_gram_example(window, o)) for o in range(len(words)))}
    assert set(frame["context word o"]) == {words[o] for o, (n, _) in true.items() if n}
    for _, row in frame.iterrows():
        together, before = true[words.index(row["context word o"])]
        assert (row["COUNT(c, o)"], row["COUNT(c)"]) == (together, before)
        assert row["ratio"] == in_table(together / before)
    assert (np.diff(frame["COUNT(c, o)"]) <= 0).all()
    assert close_to_three_digits(shown, frame.loc[0, ["COUNT(c, o)", "COUNT(c)", "ratio"]])


def skip_gram_example(window: Window, o: int) -> Any:
    return skip_gram(Window(window.sentence, window.position, window.center, (o,)))[0]


def check_window(at: AppTest, run: Run, t: int, window: Window) -> None:
    words, examples = run.corpus.vocabulary.words, examples_of(run, window)
    P = [P_of(run, t, e.inputs)[e.target] for e in examples]
    counted = [ratio(run, e) for e in examples]
    frame = table(at, "P now", "the text says")
    assert frame.iloc[:, 0].tolist() == [words[e.target] for e in examples]
    assert np.allclose(frame["P now"], P, rtol=1e-9)
    assert np.allclose(frame["log P now"], np.log(P), rtol=1e-9)
    assert [tuple(pair) for pair in frame.iloc[:, 3:5].to_numpy().tolist()] == counted
    assert np.allclose(frame["the text says"], [a / b for a, b in counted], rtol=1e-12)
    of = (
        r"P(\text{" + words[window.center]
        if run.config.architecture == "cbow"
        else r"P(\text{" + words[window.context[0]]
    )
    model = next(e.value for e in at.latex if of in e.value and "aligned" in e.value)
    counts = next(e.value for e in at.latex if r"P_{\text{counts}}" in e.value)
    for latex, factors in ((model, P), (counts, [a / b for a, b in counted])):
        wanted = [*factors, math.prod(factors)] if len(factors) > 1 else list(factors)
        logs = [math.log(p) for p in factors]
        wanted += [*logs, math.fsum(logs)] if len(factors) > 1 else logs
        assert close_to_three_digits(shown_numbers(latex), wanted), latex


def shown_numbers(latex: str) -> list[float]:
    return numbers(latex.replace(r"[3pt]", ""))


def check_whole_text(at: AppTest, run: Run, t: int) -> None:
    examples = [e for w in cut_windows(run.corpus, run.config.window) for e in examples_of(run, w)]
    n = len(examples)

    def log_L(moment: int) -> float:
        return math.fsum(math.log(P_of(run, moment, e.inputs)[e.target]) for e in examples)

    now = log_L(t)
    likelihood = equation(at, r"\begin{aligned}L(\theta)")
    powers = re.findall(r"10\^\{(-[\d.]+)\}", likelihood)
    assert close_to_three_digits([float(x) for x in powers], [now / math.log(10)])
    rest = numbers(likelihood[likelihood.index(r"\log L") :])
    assert close_to_three_digits(rest, [now, 1, 1, n, now, -now / n])
    counts = math.fsum(math.log(a / b) for a, b in (ratio(run, e) for e in examples))
    wanted = [-n * math.log(run.plan.n_words), log_L(0), now, log_L(run.n_steps), counts]
    frame = table(at, "log L (nats)")
    assert np.allclose(frame["log L (nats)"], wanted, rtol=1e-9)
    assert np.allclose(frame.iloc[:, 2], np.array(wanted) / math.log(10), rtol=1e-9)
    assert np.allclose(frame.iloc[:, 3], -np.array(wanted) / n, rtol=1e-9)
    assert np.allclose(frame.iloc[:, 4], np.exp(np.array(wanted) / n), rtol=1e-9)
    assert any(f"N = {n:,} predictions in one epoch" in e.value for e in at.text)


def test_the_moment_is_that_of_all_pages() -> None:
    at = opened(Config(SMALL, dim=3, epochs=3), t="7")
    run = latest_run(at)
    assert at.slider(key="counting_moment").value == 7
    for t in (0, 31, run.n_steps):
        fine(at.slider(key="counting_moment").set_value(t).run())
        assert moment(at) == t
        check_window(at, run, t, window_of(run, *chosen(at)))
        check_whole_text(at, run, t)


def test_the_first_choice_follows_the_selected_word() -> None:
    for word, place in (("king", (0, 3)), ("bread", (2, 9)), ("queen", (1, 3))):
        at = opened(Config(SMALL, epochs=1), word=word)
        assert chosen(at) == (place[0], min(place[1], len(Corpus.from_text(SMALL).sentences[place[0]]) - 1))


def test_the_logarithm_is_explained_where_the_product_is_0() -> None:
    text = "\n".join(f"w{i} x{i} y{i}" for i in range(150))
    at = opened(Config(text, dim=2, epochs=1))
    assert any("multiplied out, L is 0 there" in e.value for e in at.text)
    assert any("would come out as 0" in e.value for e in opened(Config(SMALL, epochs=1)).text)


# --- anything can be in a text --------------------------------------------------------------------------------

CORNERS = {
    "hostile": Config(HOSTILE, epochs=2, dim=3),
    "hostile, CBOW": Config(HOSTILE, "cbow", epochs=2, dim=3),
    "hostile, tree": Config(HOSTILE, "cbow", "hierarchical", epochs=2, dim=3),
    "hostile, negatives": Config(HOSTILE, objective="negative", epochs=2, dim=3),
    "case kept": Config(HOSTILE, lowercase=False, epochs=2),
    "two words": Config("hello world", epochs=2),
    "one word again and again": Config("a a a a a a b", "cbow", epochs=2),
    "rare words left out": Config(SMALL, min_count=2, epochs=2),
    "window of 20": Config(" ".join(f"w{i % 37}" for i in range(300)), window=20, epochs=1),
    "window of 20, CBOW": Config(" ".join(f"w{i % 37}" for i in range(300)), "cbow", window=20, epochs=1),
    "drawn windows": Config(SMALL * 3, dynamic_window=True, subsample=0.02, epochs=3),
    "drawn windows, CBOW": Config(SMALL * 3, "cbow", "hierarchical", dynamic_window=True, subsample=0.02, epochs=3),
    "diverged at once": Config(SMALL, learning_rate=1e6, epochs=2),
    "certain": Config("a b " * 30, window=1, epochs=50, learning_rate=1.0),
    "all vectors 0": Config(SMALL, init_scale=0.0, epochs=1),
}


@pytest.mark.parametrize("config", CORNERS.values(), ids=CORNERS)
def test_every_place_of_every_text_can_be_looked_at(config: Config) -> None:
    at = opened(config)
    corpus = latest_run(at).corpus if config.objective != "negative" else kept_plans(at)[config].corpus
    places = [(s, p) for s, sentence in enumerate(corpus.encoded) for p in range(len(sentence))]
    for sentence, position in places[:: max(1, len(places) // 6)]:
        choose(at, sentence + 1, position + 1)
        shown = [e.value for e in at.text]
        assert any(f"[ {corpus.sentences[sentence][position]} ]" in line for line in shown)
        no_markup(at, set(corpus.vocabulary.words))


def no_markup(at: AppTest, words: set[str]) -> None:
    """Words stand in plain text, in tables, and as LaTeX text; in no label, option, Markdown or caption."""
    ours = {w for w in words if "zq" in w.lower() or not w.isascii()}
    assert len(ours) > 15 or "zqbold" not in words
    for kind, message in elements(at):
        if kind in PLAIN:
            continue
        for where, value in strings(message):
            found = {w for w in ours if re.search(rf"(?<!\w){re.escape(w)}(?!\w)", value)}
            assert not found, (kind, where, value, found)
    for element in at.latex:
        outside = re.sub(r"\\text\{[^{}\\$<>`]*\}", "", element.value)
        assert not any(word in outside for word in ours), outside


PLAIN = {"text", "latex", "arrow_data_frame", "bidi_component", "text_area"}


def test_a_word_without_a_window_says_so() -> None:
    for architecture in ("skip-gram", "cbow"):
        at = choose(opened(Config("a b c. Alone. b c a", architecture, epochs=1)), 2, 1)  # type: ignore[arg-type]
        assert any("stands alone in its sentence" in e.value for e in at.text)
        check_whole_text(at, latest_run(at), 0)


def test_words_left_out_are_jumped_over() -> None:
    at = choose(opened(Config("a x b a y b a b", min_count=2, epochs=1)), 1, 3)
    assert "a b [ a ] b a b" in [e.value for e in at.text]
    check_window(at, latest_run(at), 0, window_of(latest_run(at), 0, 2))


def test_a_run_of_no_update_has_a_moment() -> None:
    at = opened(Config(SMALL, learning_rate=1e6, epochs=2))
    assert latest_run(at).n_steps == 0
    assert not at.slider
    check_whole_text(at, latest_run(at), 0)


def test_sums_that_take_long_are_made_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.parts.text.likelihood.MOST_CELLS", 10)
    at = opened(Config(SMALL, epochs=1))
    assert not has_likelihoods(at)
    fine(at.toggle(key="counting_sum").set_value(True).run())
    assert has_likelihoods(at)
    check_whole_text(at, latest_run(at), 0)


def test_sums_that_take_forever_are_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.parts.text.likelihood.TOO_MANY_CELLS", 10)
    at = opened(Config(SMALL, epochs=1))
    assert any("too many to add up" in e.value for e in at.text)
    assert not has_likelihoods(at)


@pytest.mark.parametrize("key", PRESETS)
def test_every_preset(key: str) -> None:
    at = opened(Config(PRESETS[key].text, epochs=2))
    assert len(at.latex) == 5
