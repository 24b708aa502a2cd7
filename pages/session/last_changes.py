"""When neighbors changed last, looked for a little at a time: what is found so far is kept, and can be gone on with."""

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from pages.session import memory
from pages.session.gate import GATE
from w2v import Moments
from w2v.explain.last_change import LastChange, Looked, Question, last_changes
from w2v.explain.over_time import NEAREST

KEPT = 6
AT_ONCE = 0.8  # seconds of looking that nobody has asked for
MORE = 3.0  # seconds for each press
MOST = 8  # words in the ranking


@dataclass
class Search:
    """What is looked for, and how far the walk back is; None of it before its first turn."""

    work: Generator[Looked, None, Looked]
    name: str
    looked: Looked | None = None
    is_done: bool = False

    def answer(self, question: Question) -> LastChange | None:
        """Return the answer to a question, None as long as there is none."""
        found = () if self.looked is None else self.looked.found
        return next((one for one in found if one.question == question), None)


def questions(word: int) -> tuple[Question, Question, Question]:
    """Return what is asked of one word: about its nearest, its five nearest, and their order."""
    return Question(word, 1), Question(word, NEAREST), Question(word, NEAREST, ordered=True)


def of_word(moments: Moments, word: int) -> Search:
    """Return the search for the last changes of one word."""
    return _search(moments, f"word {word}", questions(word), None)


def of_text(moments: Moments, among: int) -> Search:
    """Return the search for the words whose nearest change last, among so many of the most frequent."""
    return _search(moments, "text", [Question(word, NEAREST) for word in range(among)], MOST)


def _search(moments: Moments, name: str, asked: Sequence[Question], most: int | None) -> Search:
    def make(_: object) -> Search:
        return Search(last_changes(moments, asked, most), name)

    return memory.keep("last_changes", KEPT, (moments.name, name), make)


def ask_for_more(name: str) -> None:
    """Have the search of this name go on."""
    memory.remember(look_back=name)


def go_on(search: Search, say: Callable[[Looked], None]) -> None:
    """Look for a moment at first, and for some seconds whenever more is asked for; `say` hears how far it is."""
    asked = memory.recall("look_back") == search.name
    if asked:
        memory.remember(look_back=None)
    if search.is_done or not (asked or search.looked is None):
        return
    until = time.monotonic() + (MORE if asked else AT_ONCE)
    while not search.is_done and (search.looked is None or time.monotonic() < until):
        said, made = GATE.go_on(search.work)
        search.is_done = made is not None
        search.looked = made or said or search.looked
        if search.looked is not None:
            say(search.looked)
