"""Training pairs of our own, each with a structure that a class may know from other programs' exercises."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PairExample:
    """Pairs with a known structure.

    title    : name to show
    text     : the pairs
    look_for : one sentence on what to look for while they are learned
    """

    title: str
    text: str
    look_for: str


PAIR_EXAMPLES = (
    PairExample(
        "Bake and pour",
        "bake^bread|cake\nbake^cake|bread\npour^tea|milk\npour^milk|tea\n"
        "bread|bake^cake\ncake|bake^bread\ntea|pour^milk\nmilk|pour^tea\n",
        "Several words on either side: inputs are averaged, and each output is a target of its own.",
    ),
    PairExample(
        "Bake and pour, as CBOW",
        "bread^oven|bake\ncake^oven|bake\ntea^cup|pour\nmilk^cup|pour\n"
        "bake^oven|bread\nbake^oven|cake\npour^cup|tea\npour^cup|milk\n",
        "Two words together predict one: bread and cake come close, because each fits beside oven.",
    ),
    PairExample(
        "Bake and pour, as skip-gram",
        "bread|bake^oven\ncake|bake^oven\ntea|pour^cup\nmilk|pour^cup\n",
        "One word predicts two: bread and cake predict the same words, so their vectors become the same.",
    ),
    PairExample(
        "Each predicts itself",
        "red|red\nblue|blue\ngreen|green\nwhite|white\nblack|black\n",
        "The simplest task of all: the two vectors of a word come to point the same way.",
    ),
    PairExample(
        "Round in one direction",
        "monday|tuesday\ntuesday|wednesday\nwednesday|thursday\nthursday|friday\nfriday|monday\n",
        "Each day predicts the next one, so its vector v comes close to the vector u of the next, not to its own.",
    ),
    PairExample(
        "Round in both directions",
        "anna|ben\nben|carl\ncarl|dora\ndora|emil\nemil|anna\nben|anna\ncarl|ben\ndora|carl\nemil|dora\nanna|emil\n",
        "Five children in a ring, each with two neighbors: those who sit two places apart share one and come closer.",
    ),
    PairExample(
        "Aunt and uncle",
        "aunt|she\nuncle|he\nsister|she\nbrother|he\naunt|visit\nuncle|visit\naunt|letter\nuncle|letter\n"
        "sister|home\nbrother|home\nsister|school\nbrother|school\n",
        "Aunt shares two words with uncle, one with sister, none with brother: that is how close they end.",
    ),
    PairExample(
        "Aunt and uncle, in letters",
        "p|x\nq|y\nr|x\ns|y\np|k\nq|k\np|l\nq|l\nr|m\ns|m\nr|n\ns|n\n",
        "The same pairs without meaning: it is the company of words that is learned, not what they stand for.",
    ),
)
"""In the order in which to teach with them."""


def pair_example(text: str) -> PairExample | None:
    """Return the example whose pairs these are, or None."""
    return next((example for example in PAIR_EXAMPLES if example.text == text), None)
