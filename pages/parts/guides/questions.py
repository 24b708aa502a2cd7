"""What learners believe, each with a question for the class and the prepared state of the app that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pages.drawing.numbers import number
from pages.parts.guides.facts import closest_by_chance, closest_pair, end_loss, learned, nearest_of
from pages.parts.map.choice import RUN as WHOLE_RUN
from pages.session.guiding import Guide, Step
from w2v import Run

MAP: Mapping[str, Any] = {"map_picture": WHOLE_RUN, "map_vectors": "v", "map_lines": True}
GOOD: Mapping[str, Any] = {}  # the usual settings, with which a run learns nearly all


@dataclass(frozen=True, kw_only=True)
class Question(Step):
    """A question for a class.

    belief : what many learners believe, in their words;  look : what to point at
    """

    says: str
    belief: str
    look: str


def _all_move(run: Run) -> str:
    return (
        f"All {len(run.corpus.vocabulary)} output vectors, and one input vector: the softmax pushes every word, not "
        "only the true one."
    )


def _one_for_each_word(run: Run) -> str:
    return f"{len(run.corpus.vocabulary)}: one for each word of the vocabulary, wherever the window stands."


def _floor(run: Run) -> str:
    return (
        f"At the lowest dashed line, {number(run.plan.goal.floor)} and not 0: words have several neighbors, so nobody "
        f"can be certain. This run ends at {number(end_loss(run))}."
    )


def _replaceable(run: Run) -> str:
    ((near, cosine),) = nearest_of(run, "tea")
    return f"So near that tea's nearest word is {near} (cosine {cosine}): each can replace the other."


def _opposites(run: Run) -> str:
    ((near, cosine),) = nearest_of(run, "hot")
    return (
        f"Right beside it: hot's nearest word is {near} (cosine {cosine}). Opposites fit into the same sentences, and "
        "sentences are all that the model sees."
    )


def _both_meanings(run: Run) -> str:
    (one, first), (other, second) = nearest_of(run, "bank", 2)
    return (
        f"Both: {one} (cosine {first}) and {other} ({second}) are its nearest words. One vector for two meanings "
        "stands between them."
    )


def _shaken(run: Run, good: Run) -> str:
    return (
        f"The solid line shakes, and ends at {learned(run)} learned; the dashed one, with a rate that falls from "
        f"{number(good.config.learning_rate, 1)} to 0, at {learned(good)}."
    )


def _no_room(run: Run, good: Run) -> str:
    return (
        f"Much of what could be learned: the solid line ends at {learned(run)}, the dashed one, with "
        f"{good.config.dim} dimensions, at {learned(good)}. A plane has no room for all the words."
    )


def _noise(run: Run) -> str:
    pair = closest_pair(run)
    chance = closest_by_chance(len(run.corpus.vocabulary), run.config.dim)
    return (
        f"Pairs and groups, from noise alone: {' and '.join(pair.words)} end at cosine {number(pair.cosine, 2)}. Even "
        f"{len(run.corpus.vocabulary)} arrows drawn at random have a closest pair of {number(chance, 2)}."
    )


QUESTIONS: tuple[Question, ...] = (
    Question(
        belief="An update moves only the two words of the pair.",
        says="How many vectors will this update change?",
        answer=_all_move,
        look="One input vector, and every output vector: the softmax pushes all words, not only the true one.",
        page="update",
        preset="royal",
        t=700,
        word="king",
        part="moves",
        presses=("moves",),
    ),
    Question(
        belief="The softmax compares the words of the window.",
        says="How many numbers does the sum below the fraction have?",
        answer=_one_for_each_word,
        look="One for each word of the vocabulary. The bars stay the same ones; only the mark of the true word moves.",
        page="update",
        preset="royal",
        t=701,
        word="king",
        part="sum",
        presses=("sum",),
    ),
    Question(
        belief="A good model brings the loss to zero.",
        says="The text itself is not certain. Where must the loss stop?",
        answer=_floor,
        look="The dashed floor: no model can be below it, because several words stand near each center in the text.",
        page="training",
        preset="royal",
        asked_at=0,
        word="king",
        part="loss",
        presses=("guesses",),
    ),
    Question(
        belief="Similar words are those that occur together.",
        says="Tea and coffee never share a sentence here. How near will they be?",
        answer=_replaceable,
        look="They end as each other's nearest word: they are similar because they can replace each other.",
        page="map",
        preset="eat_drink",
        settings={"seed": 10},  # with most others, the plane shows the two further apart than they are
        asked_at=0,
        word="tea",
        part="map",
        widgets=MAP,
    ),
    Question(
        belief="Opposites lie far apart.",
        says="Where is cold, seen from hot?",
        answer=_opposites,
        look="Right beside it: opposites fit into the same sentences, and sentences are all that the model sees.",
        page="map",
        preset="hot_cold",
        settings={"seed": 8},  # likewise
        asked_at=0,
        word="hot",
        part="map",
        widgets=MAP,
    ),
    Question(
        belief="Each meaning has its own vector.",
        says="Bank is a lender and a shore. Which of the two will be its neighbor?",
        answer=_both_meanings,
        look="Both: there is one vector for two meanings, and it lies between them.",
        page="map",
        preset="bank",
        asked_at=0,
        word="bank",
        part="map",
        widgets=MAP,
    ),
    Question(
        belief="A larger learning rate learns faster and ends better.",
        says="The rate is 0.5 and never falls. What will the loss do?",
        answer=_shaken,
        look="It shakes far above the floor: each update undoes a part of the others.",
        page="training",
        preset="royal",
        settings={"learning_rate": 0.5, "decay": False},
        asked_at=0,
        word="king",
        part="loss",
        presses=("guesses",),
        beside=GOOD,
    ),
    Question(
        belief="Two dimensions are enough, since the map shows them.",
        says="Two numbers for each word: an exact map. What will it cost?",
        answer=_no_room,
        look="The loss stays well above the floor: there is no room for all the words in a plane.",
        page="training",
        preset="royal",
        settings={"dim": 2},
        asked_at=0,
        word="king",
        part="loss",
        presses=("guesses",),
        beside=GOOD,
    ),
    Question(
        belief="Groups on the map are groups of meaning.",
        says="This text was shuffled. What will its map look like?",
        answer=_noise,
        look="Groups all the same. A map always shows some; compare it with other seeds before you believe one.",
        page="map",
        preset="random",
        asked_at=0,
        word="ladder",
        part="map",
        widgets=MAP,
    ),
)

NINE = Guide("teach", home="teach", way_home="Back to the nine", key="Enter", key_name="Enter", steps=QUESTIONS)
