"""What pages say about an objective, in sentences, equations and lines of NumPy; one class for each, by its name.

`ObjectiveWords` fits any objective, so that a new one has something to say from the start. Nothing here draws.
"""

from collections.abc import Callable, Sequence

import numpy as np

from pages.drawing import formulas
from pages.drawing.numbers import number, percent, shape, vector
from w2v import Objective, Run, Step, Trace, prediction
from w2v.explain.center_row import CenterRow

Code = tuple[str, str]
"""A line of NumPy, and what came out of it."""

Names = Callable[[Sequence[int]], str]
"""Words by their ids, as they are listed in a sentence."""

ASKED_ALONE = "CBOW learns from several words at once: asked with one alone, it need not come near the text."
LITTLE, MUCH = 0.1, 0.5  # of what is gained on the text, the share gained on sentences kept aside


class ObjectiveWords:
    """The words for an objective of which nothing special is known.

    asks_about : what an example asks about, in plain words; "" to be called by its name alone
    asked     : what the rows that take part are called
    loop      : what an example brings along beside its input, in the lines of NumPy: names that `example` gives
    knows_o   : whether these lines use o, the id of the true word
    whole_U   : whether they take all of U at once, so that there are no `rows`
    alone     : whether they need nothing besides NumPy
    near      : what words are drawn from that are expected near the last one
    drawn_from, drawn_from_in_words : how its numbers become probabilities for that, where they are none; else nothing

    Where it is trained by passes:

    before_passes : what the vectors are before the first; begins : the same in plain words
    best_pass     : how the best is called when sentences were kept aside
    none_aside    : what it means when none were, though the text is long enough
    expects       : how it comes to expect a word so and so often beside a center word
    """

    asks_about = ""
    asked = "words asked"
    loop = "rows, y"
    knows_o = False
    whole_U = False
    alone = False
    near = "What it expects near the last word."
    drawn_from = drawn_from_in_words = ""
    before_passes = "Before the first pass: the vectors with which training begins."
    begins = "the words stand where training begins."
    best_pass = "the best"
    none_aside = "No sentences were kept aside, so nothing says how much of this is memorizing."
    expects = "How often the model expects each word, beside how often the text has it."

    def to_choose(self, objective: type[Objective]) -> str:
        """How it is called where one chooses it: first in plain words."""
        return f"{self.asks_about} ({objective.title})" if self.asks_about else objective.title

    def heads_for(self, objective: Objective) -> str:
        """One sentence on the ratios of the counts."""
        if objective.sums_to_one:
            return "These ratios are what the probabilities of the model head for."
        return f"What {objective.title} says of a word does not head for these ratios."

    def network(self, run: Run, step: Step, traces: tuple[Trace, Trace], name: str) -> str:
        """What becomes of the true word, `name`, in the picture of the network; a sentence goes on with it."""
        done, _ = traces
        inputs, target = done.example.inputs, done.example.target
        then, now = (float(prediction(at, inputs, run.plan.objective)[target]) for at in (step.before, step.after))
        return (
            f"{len(set(done.rows.tolist()))} of {len(step.before.U):,} rows of U are asked, and what the model says of "
            f"{name} goes from {number(then)} to {number(now)}."
        )

    # --- equations of one row, as LaTeX -------------------------------------------------------------------------

    def equations(self, trace: Trace, row: int, name: str) -> list[str]:
        """P of a row, and the loss."""
        loss = rf"L = {formulas.tex_number(trace.loss)}\ \text{{nats}}"
        return [rf"P_{{{name}}} = {formulas.tex_number(float(trace.P[row]))}", loss]

    # --- the lines of NumPy: see update_pictures/lines.py -------------------------------------------------------

    def example(self, trace: Trace) -> str:
        """The values of `loop` for one example."""
        return f"{trace.rows.tolist()}, np.array({trace.labels.astype(int).tolist()})"

    def rows(self, trace: Trace, names: Names) -> list[Code]:
        """Which rows of U take part in the only example of an update."""
        return [
            (f"rows = {trace.rows.tolist()}", f"the {len(trace.rows)} rows that take part"),
            (f"y = np.array({trace.labels.astype(int).tolist()})", "what P should be there"),
        ]

    def forward(self, trace: Trace) -> list[Code]:
        """From h to P and the loss."""
        return [
            ("scores = U[rows] @ h", vector(trace.scores)),
            ("P, loss = objective.predict(scores, y)", f"{vector(trace.P)}, {number(trace.loss)} nats"),
        ]

    # --- training by passes -------------------------------------------------------------------------------------

    def holds_elsewhere(self, share: float) -> str:
        """How much of what is gained on the text is gained on sentences kept aside, too; nothing where that is open."""
        return ""

    def row_error(self, n_pairs: int) -> str:
        """The error of a word in the row of a center word with so many pairs, as LaTeX."""
        return r"e_w = \mathrm{expected}(w) - \mathrm{COUNT}(c, w)"

    def row_loss(self, row: CenterRow) -> str:
        """The loss of such a row."""
        return f"The loss of this row is {number(row.loss)} nats a pair."


class SoftmaxWords(ObjectiveWords):
    """All words of the vocabulary at once."""

    asks_about = "all words"
    loop = "o"
    knows_o = True
    whole_U = True
    alone = True
    before_passes = "Before the first pass: vectors read off the counts, by a singular value decomposition."
    begins = "the words stand where a first look at the counts has put them."
    best_pass = "best on sentences kept aside"
    expects = "The softmax, times the number of pairs, is how often each word should have been seen."

    def network(self, run: Run, step: Step, traces: tuple[Trace, Trace], name: str) -> str:
        """P of the true word, of all words."""
        done, later = traces
        then, now = (float(trace.P[done.example.target]) for trace in traces)
        return (
            f"U turns it into {len(later.rows):,} scores, of which softmax gives {name} {percent(then)}, "
            f"and {percent(now)} after this update."
        )

    def equations(self, trace: Trace, row: int, name: str) -> list[str]:
        """exp over Z."""
        return [formulas.softmax(trace, row, name), formulas.softmax_loss(trace, row, name)]

    def example(self, trace: Trace) -> str:
        """The true word is enough."""
        return f"{trace.example.target}"

    def rows(self, trace: Trace, names: Names) -> list[Code]:
        """All of them, so they need no name."""
        return []

    def forward(self, trace: Trace) -> list[Code]:
        """Shift, exp, divide."""
        o = trace.example.target
        return [
            ("scores = U @ h", f"{shape(trace.scores)}  scores[o] = {number(float(trace.scores[o]))}"),
            ("shifted = scores - scores.max()", f"max = {number(trace.shift)}, so that exp cannot overflow"),
            ("weights = np.exp(shifted)", f"weights[o] = {number(float(trace.weights[o]))}"),
            ("P = weights / weights.sum()", f"sum Z = {number(trace.Z)}, P[o] = {percent(float(trace.P[o]))}"),
            ("loss = np.log(weights.sum()) - shifted[o]", f"{number(trace.loss)} nats"),
        ]

    def holds_elsewhere(self, share: float) -> str:
        """Little, part or most of it."""
        much = "Little" if share < LITTLE else "Part" if share < MUCH else "Most"
        return f"{much} of what it learned also holds for text that it has not read."

    def row_error(self, n_pairs: int) -> str:
        """P in place of the share."""
        return rf"e_w = n_c\, P(w \mid c) - \mathrm{{COUNT}}(c, w), \qquad n_c = {n_pairs}"

    def row_loss(self, row: CenterRow) -> str:
        """And its floor."""
        reached = (
            "" if not np.isfinite(row.floor) else f"; the counts of this word allow no less than {number(row.floor)}"
        )
        return f"The loss of this row is {number(row.loss)} nats a pair{reached}."


class LogisticWords(ObjectiveWords):
    """A sigmoid for each row that takes part."""

    alone = True

    def equations(self, trace: Trace, row: int, name: str) -> list[str]:
        """The sigmoid of a score, and the surprise at all answers."""
        return [formulas.logistic(name, float(trace.scores[row]), float(trace.P[row])), formulas.logistic_loss(trace)]

    def forward(self, trace: Trace) -> list[Code]:
        """The sigmoid, and the score of the other answer."""
        return [
            ("scores = U[rows] @ h", vector(trace.scores)),
            ("P = np.exp(-np.logaddexp(0, -scores))", f"sigmoid: {vector(trace.P)}"),
            ("wrong = np.where(y, -scores, scores)", "the score of the other answer"),
            ("loss = np.logaddexp(0, wrong).sum()", f"{number(trace.loss)} nats"),
        ]


class NegativeWords(LogisticWords):
    """The true word and some that were drawn."""

    asks_about = "a few words"
    loop = "rows"
    knows_o = True
    near = "Its scores near the last word, made into shares of all words."
    drawn_from = (
        "Negative sampling gives no P(o|c). For shares of 100 %, e to the score, times the share of the word in the "
        "noise, is divided by the sum over all words."
    )
    drawn_from_in_words = (
        "Negative sampling has no probabilities of words, only how well two fit together, which is made into shares "
        "here."
    )
    before_passes = "Before the first pass the vectors are small and random."
    begins = "the words stand where chance has put them."
    none_aside = "It learns from every sentence of the text: none is kept aside."
    expects = "Each question answered by itself, once for each pair and draw."

    def heads_for(self, objective: Objective) -> str:
        """They do not."""
        return "The sigmas of negative sampling do not head for these ratios."

    def network(self, run: Run, step: Step, traces: tuple[Trace, Trace], name: str) -> str:
        """The sigmoid of the true word."""
        (then, now), done = (float(trace.P[0]) for trace in traces), traces[0]
        return (
            f"only {len(set(done.rows.tolist()))} of {run.plan.n_words:,} rows of U are asked, and the "
            f"sigmoid of the true word {name} goes from {percent(then)} to {percent(now)}."
        )

    def example(self, trace: Trace) -> str:
        """The true word and the drawn ones."""
        return f"{trace.rows.tolist()}"

    def rows(self, trace: Trace, names: Names) -> list[Code]:
        """The true word first."""
        ids = trace.rows.tolist()[1:]
        return [("rows = [o, " + ", ".join(map(str, ids)) + "]", f"o, then drawn: {names(ids) or 'none'}")]

    def forward(self, trace: Trace) -> list[Code]:
        """The first answer is yes."""
        true = ("y = np.arange(len(rows)) == 0", "1 for the true word, 0 for the drawn ones")
        return [true, *super().forward(trace)]

    def row_error(self, n_pairs: int) -> str:
        """The answers of yes, over pairs and expected draws."""
        return r"e_w = \sigma(s_w)\,\bigl(\mathrm{COUNT}(c, w) + k\, n_c\, q_w\bigr) - \mathrm{COUNT}(c, w)"

    def row_loss(self, row: CenterRow) -> str:
        """Of all questions of a pair."""
        return f"The loss of this row is {number(row.loss)} nats a pair, its negatives included."


class HierarchicalWords(LogisticWords):
    """The nodes on the way to the word."""

    asks_about = "a path"
    asked = "nodes on the path"

    def network(self, run: Run, step: Step, traces: tuple[Trace, Trace], name: str) -> str:
        """The product of the turns."""
        done, _ = traces
        inputs, target = done.example.inputs, done.example.target
        then, now = (float(prediction(at, inputs, run.plan.objective)[target]) for at in (step.before, step.after))
        turns = f"{len(done.rows)} node{'s' if len(done.rows) > 1 else ''}"
        return (
            f"only the {turns} on the way to {name} are asked, and the product of the turns gives it "
            f"{percent(then)}, and {percent(now)} after this update."
        )

    def rows(self, trace: Trace, names: Names) -> list[Code]:
        """The path and its turns."""
        (rows, _), (labels, _) = super().rows(trace, names)
        return [
            (rows, f"the {len(trace.rows)} nodes on the way to the word"),
            (labels, "the turns to take, 1 minus the code"),
        ]


WORDS: dict[str, ObjectiveWords] = {
    "softmax": SoftmaxWords(),
    "negative": NegativeWords(),
    "hierarchical": HierarchicalWords(),
}


def words_of(objective: Objective | type[Objective]) -> ObjectiveWords:
    """Return the words for an objective; for one that has none of its own, those that fit any."""
    return WORDS.get(objective.name, ObjectiveWords())
