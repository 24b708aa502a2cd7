"""Ways to score a prediction: which rows of U take part, what they should say, and how wrong they are.

Each is a value in a file of its own, and answers everything that differs (`objective.py` lists the questions). Hardly
anything else asks which one it is (`whole/optimiser.py` does). A new one is a file here and a line in `OBJECTIVES`; see
CONTRIBUTING.md.
"""

from w2v.objectives.hierarchical import HierarchicalSoftmax
from w2v.objectives.logistic import sigmoid
from w2v.objectives.negative import NegativeSampling, unigram_noise
from w2v.objectives.objective import ALL_ROWS, MAX_WORDS, Objective, Rows, Settings
from w2v.objectives.softmax import Softmax

OBJECTIVES: dict[str, type[Objective]] = {
    objective.name: objective for objective in (Softmax, NegativeSampling, HierarchicalSoftmax)
}
"""Every objective by its name, in the order in which they are offered."""

__all__ = [
    "ALL_ROWS",
    "MAX_WORDS",
    "OBJECTIVES",
    "HierarchicalSoftmax",
    "NegativeSampling",
    "Objective",
    "Rows",
    "Settings",
    "Softmax",
    "sigmoid",
    "unigram_noise",
]
