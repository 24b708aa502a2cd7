"""Questions computed from a run: what is called right is right, worked out again by plain loops over any small text."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import OBJECTIVES, texts
from tests.test_you_are_the_model import pairs_of, plain_loss
from w2v import PRESETS, Config, Run, train_whole_text
from w2v.arrays import Floats
from w2v.explain.company import Company
from w2v.explain.questions import KINDS, Choice, Scene, first_that_fits
from w2v.explain.questions.asked import Asked, OneOf, OnScale, SomeOf, Voice
from w2v.explain.questions.of_bars import Draw, OnBars
from w2v.explain.questions.of_runs import Honest, Learned
from w2v.explain.questions.of_texts import Beside, Together
from w2v.explain.questions.of_updates import BETTER, FALLS, RISES, Falls, Loss, Moves, PairLoss
from w2v.explain.questions.of_words import Nearest, Order, Probability
from w2v.explain.questions.question import Question
from w2v.explain.questions.scene import is_when, moment_at
from w2v.objectives import Objective
from w2v.whole.passes import Passes

VOICE = Voice(in_numbers=True)


def scene_of(run: Run, t: int, word: int) -> Scene:
    return Scene(run, t, word, Company.of_text(run.corpus, run.config.window), VOICE)


@st.composite
def scenes(draw: st.DrawFn, objectives: tuple[str, ...] = OBJECTIVES) -> Scene:
    """Any moment and word of a run on any small text."""
    config = Config(
        draw(texts()),
        architecture=draw(st.sampled_from(["skip-gram", "cbow"])),
        objective=draw(st.sampled_from(objectives)),
        dim=draw(st.integers(1, 4)),
        epochs=draw(st.integers(1, 6)),
        batching=draw(st.sampled_from(["pair", "minibatch"])),
        seed=draw(st.integers(0, 5)),
    )
    run = Run(config)
    return scene_of(run, draw(st.integers(0, run.n_steps)), draw(st.integers(0, run.plan.n_words - 1)))


def id_of(scene: Scene, shown: str) -> int:
    return scene.moments.corpus.vocabulary.ids[shown]


def dot(a: Floats, b: Floats) -> float:
    return sum(float(x) * float(y) for x, y in zip(a, b, strict=True))


def cosine(scene: Scene, t: int, a: int, b: int) -> float:
    V = scene.moments.parameters(t).V
    lengths = math.sqrt(dot(V[a], V[a]) * dot(V[b], V[b]))
    return dot(V[a], V[b]) / lengths if lengths else 0.0


def softmax(scene: Scene, t: int) -> list[float]:
    """P(.|word) of a model with full softmax, by a plain loop."""
    at = scene.moments.parameters(t)
    scores = [dot(u, at.V[scene.word]) for u in at.U]
    weights = [math.exp(score - max(scores)) for score in scores]
    return [weight / sum(weights) for weight in weights]


def asked_of(question: Question, scene: Scene) -> Asked:
    asked = question.ask(scene)
    assert asked is not None
    return asked


def fits(asked: Asked) -> None:
    """What holds for every question: options are told apart, the right ones are among them, and it can be answered."""
    answers = asked.answers
    if isinstance(answers, OnScale):
        assert 0 <= answers.right <= 100
        assert answers.is_right(answers.right)
        assert not answers.is_right(answers.right + answers.tolerance + 1)
        return
    assert isinstance(answers, OneOf | SomeOf)
    assert 2 <= len(answers.options) == len({*answers.options})
    right = {answers.right} if isinstance(answers, OneOf) else answers.right
    assert right <= {*range(len(answers.options))}
    assert right
    assert answers.is_right(answers.right)
    for wrong in range(len(answers.options)):
        given_wrong = wrong if isinstance(answers, OneOf) else answers.right ^ {wrong}
        assert answers.is_right(given_wrong) == (given_wrong == answers.right)
    assert asked.feedback(answers.right).startswith("Right.")
    assert asked.title.endswith("?")


@given(scenes(("softmax",)))
def test_the_bars_that_are_said_to_fall_do_fall_and_the_others_do_not(scene: Scene) -> None:
    asked = Falls().ask(scene)
    if asked is None:
        return
    fits(asked)
    assert isinstance(asked.answers, SomeOf)
    before, after = softmax(scene, scene.t), softmax(scene, scene.t + 1)
    for i, option in enumerate(asked.answers.options):
        word = id_of(scene, option)
        assert (after[word] < before[word]) == (i in asked.answers.right)
        assert abs(after[word] - before[word]) > 1e-4, "one sees it"
        assert f"{before[word]:.1%}" in asked.numbers


@pytest.mark.parametrize("question", [Falls(), PairLoss()])
def test_what_is_asked_of_an_update_is_answered_while_its_pair_is_marked(question: Question) -> None:
    run = Run(Config(PRESETS["royal"].text, epochs=2))
    at_center, elsewhere = set(), set()
    for t in range(12, 30):
        (center,) = run.step(t).traces[0].example.inputs
        for word in range(len(run.corpus.vocabulary)):
            if (asked := question.ask(scene_of(run, t, word))) is not None:
                (at_center if word == center else elsewhere).add(asked.then - t)
    assert at_center == {0}, "after it the next pair is marked"
    assert elsewhere == {1}, "no mark stands beside the bars of another word"


@given(scenes())
def test_as_many_vectors_are_said_to_move_as_differ_after_the_update(scene: Scene) -> None:
    asked = Moves().ask(scene)
    if scene.run is None or scene.t == scene.run.n_steps:
        assert asked is None
        return
    assert asked is not None
    fits(asked)
    one, other = scene.moments.parameters(scene.t), scene.moments.parameters(scene.t + 1)
    changed = sum(
        any(float(x) != float(y) for x, y in zip(a, b, strict=True))
        for before, after in ((one.V, other.V), (one.U, other.U))
        for a, b in zip(before, after, strict=True)
    )
    assert asked.answers.right_said() == f"{changed:,}"


@given(scenes())
def test_the_loss_goes_where_it_is_said_to_go(scene: Scene) -> None:
    assert scene.run is not None
    goal = scene.run.plan.goal
    for kind, to in ((Loss(), scene.run.n_steps), (Loss("next"), min(scene.t + 1, scene.run.n_steps))):
        asked = kind.ask(scene)
        if asked is None:
            continue
        fits(asked)
        before, after = (goal.mean_loss(scene.run.parameters(t)) for t in (scene.t, to))
        assert asked.answers.right_said() == (FALLS if after < before else RISES)
        assert asked.then == to


@given(scenes(("softmax",)))
def test_the_loss_of_the_same_pairs_after_the_update(scene: Scene) -> None:
    asked = PairLoss().ask(scene)
    if asked is None:
        return
    fits(asked)
    assert scene.run is not None
    step = scene.run.step(scene.t)
    sums = []
    for at in (step.before, step.after):
        loss = 0.0
        for one in step.traces:
            h = sum(at.V[i] for i in one.example.inputs) / len(one.example.inputs)
            scores = [dot(u, h) for u in at.U]
            loss += math.log(sum(map(math.exp, scores))) - scores[one.example.target]
        sums.append(loss)
    assert asked.answers.right_said() == (FALLS if sums[1] < sums[0] else RISES)


@given(scenes())
def test_the_word_that_is_said_to_be_nearest_is_it_by_far(scene: Scene) -> None:
    asked = Nearest().ask(scene)
    if asked is None:
        return
    fits(asked)
    assert isinstance(asked.answers, OneOf)
    end = scene.moments.n_moments - 1
    of = {o: cosine(scene, end, scene.word, id_of(scene, o)) for o in asked.answers.options}
    best = max(range(scene.n_words), key=lambda w: -9.0 if w == scene.word else cosine(scene, end, scene.word, w))
    right = asked.answers.right_said()
    assert of[right] == pytest.approx(cosine(scene, end, scene.word, best), abs=1e-9)
    assert all(of[right] - value > 0.099 for option, value in of.items() if option != right)
    assert len(of) >= 3
    assert scene.moments.corpus.vocabulary.words[scene.word] not in of


@given(scenes(("softmax",)))
def test_the_place_on_the_scale_is_the_probability(scene: Scene) -> None:
    asked = Probability(at="now").ask(scene)
    if asked is None:
        return
    fits(asked)
    counts = scene.company.learned.matrix.toarray()[scene.word].tolist()
    context = counts.index(max(counts))
    assert isinstance(asked.answers, OnScale)
    assert asked.answers.right == pytest.approx(100 * softmax(scene, scene.t)[context])
    assert f"{counts[context] / sum(counts):.1%}" in asked.numbers
    assert asked.then == scene.t


@given(scenes(("softmax",)), st.sampled_from(["expected", "alike"]))
def test_the_order_that_is_right_is_the_order_of_the_numbers(scene: Scene, by: str) -> None:
    asked = Order(by).ask(scene)
    if asked is None:
        return
    fits(asked)
    assert isinstance(asked.answers, OneOf)
    end = scene.moments.n_moments - 1
    P = softmax(scene, end)

    def value(word: int) -> float:
        return P[word] if by == "expected" else cosine(scene, end, scene.word, word)

    for i, option in enumerate(asked.answers.options):
        values = [value(id_of(scene, word)) for word in option.split(", ")]
        assert len(values) == 3
        falls = all(a > b + 0.03 for a, b in itertools.pairwise(values))
        assert falls == (i == asked.answers.right)


@given(scenes())
def test_the_words_that_are_said_to_stand_near_do_and_the_others_never(scene: Scene) -> None:
    words, window = scene.moments.corpus.vocabulary.words, scene.moments.config.window
    mine = words[scene.word]
    near = {
        sentence[j]
        for sentence in scene.moments.corpus.sentences
        for i, word in enumerate(sentence)
        for j in range(max(0, i - window), min(len(sentence), i + window + 1))
        if word == mine and j != i
    }
    asked = Beside().ask(scene)
    if asked is not None:
        fits(asked)
        assert isinstance(asked.answers, SomeOf)
        assert [o in near for o in asked.answers.options] == [
            i in asked.answers.right for i in range(len(asked.answers.options))
        ]
        assert mine not in asked.answers.options
    else:
        assert not near - {mine} or near | {mine} == {*words}


@given(scenes())
def test_how_often_a_word_meets_the_word_most_like_it(scene: Scene) -> None:
    asked = asked_of(Together(), scene)
    fits(asked)
    words, window = scene.moments.corpus.vocabulary.words, scene.moments.config.window
    mine, other = words[scene.word], words[scene.nearest]
    times = sum(
        sentence[j] == other
        for sentence in scene.moments.corpus.sentences
        for i, word in enumerate(sentence)
        for j in range(max(0, i - window), min(len(sentence), i + window + 1))
        if word == mine and j != i
    )
    assert asked.answers.right_said() == ("never" if not times else "1 time" if times == 1 else f"{times:,} times")
    assert f"near {other}" in asked.title
    assert asked.numbers.startswith("They stand near each other" if times else "They never stand near each other.")


@given(scenes())
def test_the_place_on_the_scale_is_what_is_learned(scene: Scene) -> None:
    assert Learned(at="now").ask(scene) is None, "it stands on the page"
    assert scene.run is not None
    elsewhere = replace(scene, t=scene.run.n_steps if scene.t == 0 else 0)
    asked = Learned(at=scene.t).ask(elsewhere)
    goal = scene.run.plan.goal
    if asked is None:
        assert goal.uniform - goal.floor < 1e-3
        return
    fits(asked)
    share = (goal.uniform - goal.mean_loss(scene.run.parameters(scene.t))) / (goal.uniform - goal.floor)
    assert isinstance(asked.answers, OnScale)
    assert asked.answers.right == pytest.approx(100 * min(1.0, max(0.0, share)))


@given(scenes())
def test_for_as_many_words_as_is_said_the_closest_dot_is_the_nearest_word(scene: Scene) -> None:
    asked = Honest().ask(scene)
    if asked is None:
        assert scene.n_words < 3
        return
    fits(asked)
    V = scene.moments.parameters(scene.t).V
    middle = V - V.mean(axis=0)
    dots = middle @ np.linalg.svd(middle)[2][:2].T
    right = 0
    for a in range(scene.n_words):
        others = [b for b in range(scene.n_words) if b != a]
        closest = min(others, key=lambda b: math.dist(dots[a], dots[b]))
        best = max(cosine(scene, scene.t, a, b) for b in others)
        right += cosine(scene, scene.t, a, closest) >= best - 1e-9
    assert isinstance(asked.answers, OnScale)
    assert asked.answers.right == pytest.approx(100 * right / scene.n_words)
    assert f"For {right:,} of " in asked.numbers


@given(scenes(("negative",)))
def test_what_chance_drew_more_than_once_is_said_beside_how_many_vectors_move(scene: Scene) -> None:
    asked = Moves().ask(scene)
    if asked is None or scene.run is None:
        return
    twice = set()
    for one in scene.run.step(scene.t).traces:
        drawn = list(one.rows[1:])
        twice |= {scene.name(int(row)) for row in drawn if drawn.count(row) > 1}
    named = asked.numbers.partition("Chance drew ")[2].removesuffix(" more than once.")
    assert set(named.replace(" and ", ", ").split(", ")) == (twice or {""})


@given(scenes(("softmax", "negative")))
def test_a_bar_that_rose_only_since_its_word_moved_would_not_have_risen_without(scene: Scene) -> None:
    asked = Falls().ask(scene)
    if asked is None or scene.run is None or "rose only" not in asked.numbers:
        return
    step = scene.run.step(scene.t)
    assert len(step.traces) == 1
    said = asked.numbers.partition("The true word was ")[2].removesuffix(
        f" rose only because {scene.named} itself moved."
    )
    true, _, rose = said.partition(". ")
    assert id_of(scene, true) == step.traces[0].example.target
    h, objective = step.before.V[scene.word], scene.objective
    for word in rose.replace(" and ", ", ").split(", "):
        before = prediction_of(step.before.U, h, objective)[id_of(scene, word)]
        assert prediction_of(step.after.U, h, objective)[id_of(scene, word)] <= before + 1e-12
        assert scene.said(scene.t + 1)[id_of(scene, word)] > before


def prediction_of(U: Floats, h: Floats, objective: Objective) -> list[float]:
    """What output vectors say of one hidden vector, by plain loops."""
    scores = [dot(u, h) for u in U]
    if not objective.sums_to_one:
        return [1 / (1 + math.exp(-score)) for score in scores]
    weights = [math.exp(score - max(scores)) for score in scores]
    return [weight / sum(weights) for weight in weights]


def test_a_share_of_the_training_is_said_as_one_to_those_who_want_no_numbers() -> None:
    run = Run(Config(PRESETS["royal"].text))
    company = Company.of_text(run.corpus, 2)
    plain, numbers = (Scene(run, 0, 0, company, voice) for voice in (Voice(), VOICE))
    at = plain.when("5 %")
    assert plain.in_words(at) == "after 5 % of the training"
    assert numbers.in_words(at) == f"after update {at:,}"
    assert [plain.in_words(t) for t in (0, 3, run.n_steps)] == ["now", "after update 3", "at the end"]


def test_plain_words_name_no_loss() -> None:
    run = Run(Config(PRESETS["royal"].text))
    for kind in (Loss(), PairLoss()):
        for voice, right in ((Voice(), BETTER), (VOICE, FALLS)):
            asked = asked_of(kind, Scene(run, 0, 0, Company.of_text(run.corpus, 2), voice))
            assert asked.answers.right_said() == right
            assert ("loss" in asked.feedback(0)) == voice.in_numbers
            assert "nats" not in asked.title


@given(scenes(), st.lists(st.floats(0, 1), min_size=9, max_size=9))
def test_bars_that_are_drawn_are_judged_by_what_stands_near_the_word(scene: Scene, drawn: list[float]) -> None:
    asked = Draw().ask(scene)
    if asked is None:
        return
    answers = asked.answers
    assert isinstance(answers, OnBars)
    window, corpus = scene.moments.config.window, scene.moments.corpus
    near = [o for c in range(scene.n_words) for o in pairs_of(corpus, window, c)]
    here, n = pairs_of(corpus, window, scene.word), scene.n_words
    by_frequency = plain_loss(here, np.bincount(near, minlength=n) / len(near))
    told = answers.bars.of(np.bincount(here, minlength=n) / len(here))
    assert answers.is_right(tuple(told.tolist())), "what the text says is right, as far as there are bars for it"
    shares = tuple(drawn[: len(told)])
    if sum(shares) > 0:
        mine = plain_loss(here, answers.bars.guess(shares))
        assert answers.is_right(shares) == (mine < by_frequency) or mine == pytest.approx(by_frequency)
        assert "learned" in asked.feedback(shares)
    for no_guess in (None, 3, (), (1.0,) * 20, (-1.0,) * len(told)):
        assert not answers.is_right(no_guess)
        assert answers.said(no_guess) == answers.comment(no_guess) == ""
    P = softmax(scene, asked.then) if scene.moments.config.objective == "softmax" else None
    if P is not None:
        best = plain_loss(here, np.bincount(here, minlength=n) / len(here))
        learned = (math.log(n) - plain_loss(here, np.array(P))) / (math.log(n) - best)
        assert f"at the end: {max(0, learned):.1%}" in asked.numbers
    assert asked.title.endswith("?")


def test_bars_are_named_and_the_text_answers_with_its_highest() -> None:
    run = Run(Config(PRESETS["royal"].text, epochs=2))
    king = run.corpus.vocabulary.ids["king"]
    asked = asked_of(Draw(), scene_of(run, 0, king))
    assert isinstance(asked.answers, OnBars)
    assert len(asked.answers.names) == 6
    assert asked.answers.names[-1] == "22 others"
    assert asked.answers.right_said().startswith("the 33.3%, ")
    even = tuple(asked.answers.bars.even.tolist())
    assert asked.feedback(even).startswith("Not quite. You: 0.0% learned; knowing only how often")
    assert Draw().ask(scene_of(Run(Config(PRESETS["royal"].text, objective="negative", epochs=1)), 0, king)) is None
    alike = Run(Config("a b c a b c", window=9, epochs=1))
    assert Draw().ask(scene_of(alike, 0, 0)) is None, "near each word stands everything: frequency says it all"


# --- where a question makes no sense, and which takes its place ------------------------------------------------------


def test_a_text_of_two_words_has_no_nearest_word_and_the_next_question_takes_its_place() -> None:
    run = Run(Config("a b a b", epochs=2))
    scene = scene_of(run, 0, 0)
    assert Nearest().ask(scene) is None
    assert Order().ask(scene) is None
    asked = first_that_fits((Nearest(), Order("alike"), Probability()), scene)
    assert asked is not None
    assert isinstance(asked.answers, OnScale)
    assert first_that_fits((Nearest(),), scene) is None


def test_sigmoids_are_no_probabilities_and_passes_have_no_updates() -> None:
    run = Run(Config(PRESETS["royal"].text, objective="negative", epochs=2))
    assert Probability().ask(scene_of(run, 0, 0)) is None
    assert Order("expected").ask(scene_of(run, 0, 0)) is None
    config = Config(PRESETS["royal"].text, trainer="passes", hold_back=False)
    passes = Passes(train_whole_text(config))
    scene = Scene(passes, 0, passes.telling_word, Company.of_text(passes.corpus, 2), VOICE)
    assert all(KINDS[name]().ask(scene) is None for name in ("falls", "moves", "pair_loss"))
    nearest = asked_of(Nearest(), scene)
    fits(nearest)
    assert nearest.then == passes.best
    assert asked_of(Loss(), scene).answers.right_said() == FALLS


def test_the_last_update_has_been_made_at_the_end() -> None:
    run = Run(Config(PRESETS["royal"].text, epochs=2))
    scene = scene_of(run, run.n_steps, 0)
    assert [KINDS[name]().ask(scene) for name in ("falls", "moves", "pair_loss", "loss")] == [None] * 4


def test_the_right_answer_stands_in_every_place_and_always_in_the_same_for_the_same_run() -> None:
    run = Run(Config(PRESETS["days_months"].text))
    places: dict[str, set[int]] = {"nearest": set(), "order": set()}
    for word in range(20):
        for name, found in places.items():
            asked, again = (KINDS[name]().ask(scene_of(run, 0, word)) for _ in range(2))
            assert asked == again
            if asked is not None:
                assert isinstance(asked.answers, OneOf)
                found.add(asked.answers.right)
    assert places == {"nearest": {0, 1, 2, 3}, "order": {0, 1, 2, 3}}


def test_a_rate_that_is_too_large_makes_the_loss_rise() -> None:
    run = Run(Config(PRESETS["royal"].text, learning_rate=3, decay=False, epochs=10))
    assert asked_of(Loss(), scene_of(run, 0, 0)).answers.right_said() == RISES


# --- what a teacher writes ------------------------------------------------------------------------------------------


def test_a_question_of_ones_own_has_one_right_answer_or_several() -> None:
    run = Run(Config(PRESETS["royal"].text, epochs=1))
    scene = Scene(run, 0, 0, Company.of_text(run.corpus, 2), fill=lambda said: said.replace("{word}", "king"))
    one = asked_of(Choice("Who is {word}?", ("a man", "a word"), ("a word",), "The {word}."), scene)
    fits(one)
    assert (one.title, one.answers, one.numbers) == ("Who is king?", OneOf(("a man", "a word"), 1), "The king.")
    several = asked_of(Choice("Which?", ("a", "b", "c"), ("a", "c"), then="end"), scene)
    fits(several)
    assert several.answers == SomeOf(("a", "b", "c"), frozenset({0, 2}))
    assert several.then == run.n_steps
    assert several.answers.comment([0, 1]) == "You were right about 1 of 3."
    assert several.answers.said([0, 2]) == "a, c"


@pytest.mark.parametrize(
    ("kind", "settings", "said"),
    [
        ("nearest", {"at": "soon"}, "at must be"),
        ("loss", {"to": -1}, "to must be"),
        ("loss", {"to": "120 %"}, "to must be"),
        ("order", {"by": "size"}, 'by must be "expected" or "alike"'),
        ("probability", {"tolerance": 0}, "tolerance must be"),
        ("probability", {"tolerance": True}, "tolerance must be"),
        ("probability", {"context": 3}, "context must be a word"),
        ("draw", {"words": 1}, "words must be a whole number from 2 to 8"),
        ("draw", {"words": 9}, "words must be"),
        ("draw", {"words": math.inf}, "words must be"),
        ("draw", {"words": True}, "words must be"),
        ("draw", {"at": "soon"}, "at must be"),
        ("choice", {"question": "", "options": ["a", "b"], "right": "a"}, "question must be"),
        ("choice", {"question": "?" * 301, "options": ["a", "b"], "right": "a"}, "question must be"),
        ("choice", {"question": "?", "options": ["a", "a"], "right": "a"}, "options must be"),
        ("choice", {"question": "?", "options": ["a"], "right": "a"}, "options must be"),
        ("choice", {"question": "?", "options": {"a": 1}, "right": "a"}, "options must be"),
        ("choice", {"question": "?", "options": ["a", 2], "right": "a"}, "options must be"),
        ("choice", {"question": "?", "options": ["a", "b"], "right": "c"}, "right must be one"),
        ("choice", {"question": "?", "options": ["a", "b"], "right": [{}]}, "right must be one"),
        ("choice", {"question": "?", "options": ["a", "b"], "right": ["a", "b"]}, "right must be one"),
        ("choice", {"question": "?", "options": ["a", "b"], "right": "a", "then": "later"}, "then must be"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_sentence(kind: str, settings: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}"):
        KINDS[kind](**settings)


def test_when_something_is() -> None:
    assert [moment_at(said, 7, 200) for said in ("start", "now", "next", "end", "20 %", 50, 900)] == [
        0, 7, 8, 200, 40, 50, 200,
    ]  # fmt: skip
    assert moment_at("end", 0, 9, best=4) == 4
    assert [is_when(said) for said in ("101 %", "then", -1, 2.5, True, None)] == [False] * 6


def test_how_near_an_answer_on_the_scale_came_is_said() -> None:
    scale = OnScale(28.3, 10)
    assert scale.is_right(35)
    assert not scale.is_right(40)
    assert scale.comment(40) == "You were 12 points too high."
    assert scale.comment(20) == "You were 8 points too low."
    assert scale.comment(28) == "You were less than a point off."
    asked = Asked("How likely?", scale, "It is 28 %.", 3)
    assert asked.feedback(40) == "Not quite. You were 12 points too high. It is 28 %."
