"""What learners believe, and the prepared state of the app that shows how it is: for teaching."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pages.session import now
from w2v import PRESETS, Config


@dataclass(frozen=True)
class Demonstration:
    """One belief and where the app answers it.

    belief   : what many learners believe, in their words
    ask      : the question to ask before it is shown
    look     : what to point at
    page     : the script of the page under pages/screens
    preset   : key of the text
    t        : the moment, now.END for the last
    word     : the selected word
    settings : what differs from the defaults
    """

    belief: str
    ask: str
    look: str
    page: str
    preset: str
    t: int
    word: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    def config(self) -> Config:
        """Return what is trained for it."""
        return Config(PRESETS[self.preset].text, **self.settings)


DEMONSTRATIONS = (
    Demonstration(
        "An update moves only the two words of the pair.",
        "How many vectors will this update change?",
        "One input vector, and every output vector: the softmax pushes all words, not only the true one.",
        "update",
        "royal",
        700,
        "king",
    ),
    Demonstration(
        "The softmax compares the words of the window.",
        "How many numbers does the sum below the fraction have?",
        "One for each word of the vocabulary. The bars stay the same ones; only the mark of the true word moves.",
        "update",
        "royal",
        701,
        "king",
    ),
    Demonstration(
        "A good model brings the loss to zero.",
        "The text itself is not certain what comes next. Where must the loss stop?",
        "The dashed floor: no model can be below it, because several words follow each center in the text.",
        "training",
        "royal",
        now.END,
        "king",
    ),
    Demonstration(
        "Similar words are those that occur together.",
        "Tea and coffee never share a sentence here. How near will they be?",
        "They end as each other's nearest word: they are similar because they can replace each other.",
        "map",
        "eat_drink",
        now.END,
        "tea",
    ),
    Demonstration(
        "Opposites lie far apart.",
        "Where is cold, seen from hot?",
        "Right beside it: opposites fit into the same sentences, and sentences are all that the model sees.",
        "map",
        "hot_cold",
        now.END,
        "hot",
    ),
    Demonstration(
        "Each meaning has its own vector.",
        "Bank is a lender and a shore. Which of the two will be its neighbor?",
        "Both: there is one vector for two meanings, and it lies between them.",
        "map",
        "bank",
        now.END,
        "bank",
    ),
    Demonstration(
        "A larger learning rate learns faster and ends better.",
        "The rate is 0.5 and never falls. What will the loss do?",
        "It falls quickly, then shakes far above the floor: each update undoes a part of the others.",
        "training",
        "royal",
        now.END,
        "king",
        {"learning_rate": 0.5, "decay": False},
    ),
    Demonstration(
        "Two dimensions are enough, since the map shows them.",
        "Now the map is exact. What did that cost?",
        "The loss stays well above the floor: there is no room for all the words in a plane.",
        "training",
        "royal",
        now.END,
        "king",
        {"dim": 2},
    ),
    Demonstration(
        "Groups on the map are groups of meaning.",
        "This text was shuffled. What will its map look like?",
        "Groups all the same. A map always shows some; compare it with other seeds before you believe one.",
        "map",
        "random",
        now.END,
        "candle",
    ),
)
