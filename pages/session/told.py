"""What a text and a training say of words, kept: the company of each, what was learned, why a word stands here."""

from collections.abc import Sequence
from typing import Any

from pages.session import memory
from pages.session.gate import GATE
from pages.session.prepared import judgement_of
from w2v import Counts, Goal, Moments, Objective, Run, prediction
from w2v.explain.biography import Life, Updates, life_of, updates_of
from w2v.explain.center_row import CenterRow, center_row
from w2v.explain.company import Company
from w2v.explain.learned import Learned, what_was_learned
from w2v.explain.why_here import MOST, WhyHere, why_here
from w2v.whole.passes import Passes

FORCES_CELLS = 40_000_000  # rows x words x moments for which pulls and pushes are added up


def objective_of(moments: Moments) -> Objective:
    """Return what the training learns by."""
    assert isinstance(moments, Run | Passes)
    return moments.plan.objective if isinstance(moments, Run) else moments.run.objective


def company_of(moments: Moments) -> Company:
    """Return which words stand beside which in the text of this training."""
    config, corpus = moments.config, moments.corpus

    def make(_: Any) -> Company:
        if isinstance(moments, Passes) and not (config.dynamic_window or config.subsample):
            return Company(corpus.vocabulary.counts, moments.run.counts, moments.run.heldout_counts)
        return GATE.do(lambda: Company.of_text(corpus, config.window))

    return memory.keep("company", 1, moments.name, make)


def counts_of(moments: Moments) -> Counts:
    """Return COUNT(c, o), which what is said near a center heads for."""
    if isinstance(moments, Run) and moments.config.architecture != "cbow":
        return moments.plan.goal.counts
    return company_of(moments).learned


def learned_by(moments: Moments, t: int) -> Learned:
    """Return what was learned by moment t, the end of a training."""

    def make(_: Any) -> Learned:
        company, judged = company_of(moments), judgement_of(moments.config)
        return GATE.do(lambda: what_was_learned(moments, t, company, judged))

    return memory.keep("learned", 4, (moments.name, t), make)


def why_is_here(moments: Moments, t: int, word: int, most: int = MOST) -> WhyHere:
    """Return why a word stands where it does at moment t, with so many words in each list."""
    parameters, company = moments.parameters(t), company_of(moments)
    if isinstance(moments, Passes):
        row = row_of(moments, t, word)
        in_text = moments.run.objective.target(moments.run.counts, word)
        return why_here(parameters, word, row.P, in_text, company, by=row.expected, most=most)
    assert isinstance(moments, Run)
    objective, goal = moments.plan.objective, moments.plan.goal
    by_center = moments.config.architecture != "cbow"
    in_text = goal.target(word) if by_center else objective.target(company.learned, word)
    return why_here(parameters, word, prediction(parameters, (word,), objective), in_text, company, most=most)


def row_of(passes: Passes, t: int, word: int) -> CenterRow:
    """Return what the pairs of one center word say at moment t. The pairs kept aside are not among them."""

    def make(_: Any) -> CenterRow:
        return center_row(passes.parameters(t), passes.run.counts, word, passes.run.objective)

    return memory.keep("rows", 4, (passes.name, t, word), make)


def life_of_word(moments: Moments, word: int, at: Sequence[int]) -> Life:
    """Return what became of a word at these moments."""

    def make(_: Any) -> Life:
        goal, readings = _goal_of(moments)
        cells = len(goal.inputs) * len(moments.corpus.vocabulary) * len(at)
        affordable = readings if cells <= FORCES_CELLS else 0
        return GATE.finish(life_of(moments, word, at, goal, company_of(moments).row(word), affordable))

    return memory.keep("lives", 8, (moments.name, word), make)


def updates_of_word(run: Run, word: int) -> Updates:
    """Return how often a run learned from a word."""
    return memory.keep("word_updates", 8, (run.name, word), lambda _: GATE.do(lambda: updates_of(run, word)))


def _goal_of(moments: Moments) -> tuple[Goal, int]:
    """Return the pairs that were learned from, counted, and how many readings of the text they are."""
    if isinstance(moments, Passes):
        centers = tuple([(word,) for word in range(len(moments.corpus.vocabulary))])
        return Goal(moments.run.counts, centers, moments.run.objective), 1
    assert isinstance(moments, Run)
    return moments.plan.goal, 1 if moments.plan.static else moments.config.epochs
