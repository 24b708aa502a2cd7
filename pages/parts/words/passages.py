"""What is said of passages that were written like a text, as a record for the browser and as columns of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pages.drawing.numbers import percent
from pages.drawing.words import quoted, shown
from pages.session.writing import Drawn, Passage
from w2v.counted import counted
from w2v.explain.running_text import SHORTEST_COPY, RunningText

END = "."
AROUND = 4  # words of a line to each side


@dataclass(frozen=True)
class Column:
    """One passage among others.

    title   : what it is called;  by : what its words are drawn from
    passage : what was written, or None, and then `why` says in a sentence why not
    is_near : whether words were drawn as standing near the last one, not as coming next
    """

    title: str
    by: str
    passage: Passage | None
    is_near: bool
    why: str = ""


@dataclass(frozen=True)
class Telling:
    """Says what there is to say: the words of a text, and where they stand."""

    words: Sequence[str]
    text: RunningText
    begin: tuple[int, ...]

    def name(self, word: int) -> str:
        """Return a word in quotation marks, or what the end of a sentence is called."""
        return "the end of the sentence" if word == self.text.end else quoted(self.words[word])

    def record(self, columns: Sequence[Column]) -> dict[str, Any]:
        """Return what the browser shows."""
        return {"columns": [self._column(column) for column in columns]}

    def _column(self, column: Column) -> dict[str, Any]:
        said = {"title": column.title, "by": column.by, "first": len(self.begin)}
        if column.passage is None:
            return {**said, "said": column.why, "words": []}
        copied = _covered(column.passage)
        begin = [
            self._word(word, "", "The passage begins with this word.", i in copied, begins=True)
            for i, word in enumerate(self.begin)
        ]
        drawn = [
            self._word(
                one.written.word, percent(one.written.probability), self.of_word(one, column.is_near), i in copied
            )
            for i, one in enumerate(column.passage.drawn, len(self.begin))
        ]
        return {**said, "said": self.of_passage(column.passage), "words": [*begin, *drawn]}

    def _word(self, word: int, share: str, says: str, copied: bool, *, begins: bool = False) -> dict[str, Any]:
        ends = word == self.text.end
        name = END if ends else shown(self.words[word])
        return {"word": name, "share": share, "says": says, "copied": copied, "ends": ends, "begins": begins}

    def of_passage(self, passage: Passage) -> str:
        """Say how much of it is copied from the text, and where nothing was known."""
        copied, n = len(_covered(passage)), self.n_words(passage)
        said = f"{copied} of {n} words stand in the text in this order, {SHORTEST_COPY} or more in a row."
        blanks = sum(one.written.blank for one in passage.drawn)
        return said + (f" Where it knew nothing, it went on with less: {counted(blanks, 'time')}." if blanks else "")

    def share_copied(self, passage: Passage) -> str:
        """Return how much of it is copied."""
        return percent(len(_covered(passage)) / self.n_words(passage))

    def n_words(self, passage: Passage) -> int:
        """Return how many words it has, ends of sentences left out."""
        return sum(one.written.word != self.text.end for one in passage.drawn) + len(self.begin)

    def of_word(self, one: Drawn, is_near: bool) -> str:
        """Say with which probability a word was drawn, by what, and where it stands in the text like this."""
        written, name = one.written, self.name(one.written.word)
        said = f"{name[0].upper()}{name[1:]}: {percent(written.probability)}"
        if written.probability != written.said:
            said += f", by the temperature; {percent(written.said)} without"
        return f"{said}. {self._known(one, is_near)} {self._places(one)}".rstrip()

    def _known(self, one: Drawn, is_near: bool) -> str:
        written = one.written
        history = self._history(written.history)
        if written.blank:
            less = f"by {history} alone" if written.history else "by how often each word occurs"
            return f"Nothing is known of what stands before: it goes {less}."
        if is_near:
            if written.together is None:
                return f"The model expects it near {history}."
            return f"It is {written.together:,} of the {written.before:,} words near {history}."
        if not written.history:
            return f"It is {written.together:,} of {written.before:,} words and ends of sentences."
        if written.before == 1:
            return f"After {history}, which stands there once, only this can come: it is copied."
        return f"It comes after {history} {written.together:,} of {written.before:,} times."

    def _history(self, history: Sequence[int]) -> str:
        begins = bool(history) and history[0] == self.text.end
        words = quoted_line([shown(self.words[word]) for word in history[begins:]]) if history[begins:] else ""
        return " and ".join(filter(None, ["the beginning of a sentence" if begins else "", words]))

    def _places(self, one: Drawn) -> str:
        if not one.n_places:
            return "They never stand near each other in the text."
        if one.written.word == self.text.end:
            return ""
        place = one.places[0]
        more = f", and {counted(one.n_places - 1, 'place')} more" if one.n_places > 1 else ""
        return f"Word {int(self.text.token_at[place]) + 1:,} of the text{more}: {self.line(place)}"

    def line(self, place: int) -> str:
        """Return the words around a place."""
        before, after = self.text.line(place, AROUND)
        words = [*before, int(self.text.ids[place]), *after]
        return quoted_line([shown(self.words[word]) for word in words])

    def table(self, passage: Passage, is_near: bool) -> Mapping[str, Sequence[Any]]:
        """Return a passage as columns."""
        drawn = passage.drawn
        return {
            "word": [END if one.written.word == self.text.end else self.words[one.written.word] for one in drawn],
            "probability": [one.written.probability for one in drawn],
            "without temperature": [one.written.said for one in drawn],
            "near" if is_near else "after": [self._history(one.written.history) or None for one in drawn],
            "COUNT together": [one.written.together for one in drawn],
            "COUNT before": [one.written.before for one in drawn],
            "places": [", ".join(self._numbers(one)) or None for one in drawn],
            "first line": [None if self._is_nowhere(one) else self.line(one.places[0]) for one in drawn],
        }

    def _numbers(self, one: Drawn) -> list[str]:
        if one.written.word == self.text.end:
            return []
        more = ["\N{HORIZONTAL ELLIPSIS}"] if one.n_places > len(one.places) else []
        return [*(f"{int(self.text.token_at[place]) + 1:,}" for place in one.places), *more]

    def _is_nowhere(self, one: Drawn) -> bool:
        return not one.n_places or one.written.word == self.text.end


def quoted_line(words: Sequence[str]) -> str:
    """Return words of a line in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{' '.join(words)}\N{RIGHT DOUBLE QUOTATION MARK}"


def _covered(passage: Passage) -> set[int]:
    return {i for start, stop in passage.copied for i in range(start, stop)}
