"""Checks of what a lesson file says: each names what is wrong, in which step, and what would be right."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from pages.drawing.glossary import term_of
from pages.parts.lessons.filling import GAPS, gaps_in
from w2v.explain.questions.choice import LONGEST
from w2v.explain.questions.scene import WHEN, When, is_when

FIRST_UPDATE = "first update of the word"
PAGE_PART = re.compile("[a-z-]{1,30}")
BLANKS = re.compile(r"[^\S\u00a0]+")  # between words; at the other, as in 100 %, no line breaks


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a lesson something is read, so that a sentence about it can say so."""

    name: str

    def needs(self, is_fine: bool, key: str, wanted: str) -> None:
        """Raise ValueError, unless what stands under a key is as it must be."""
        if not is_fine:
            raise ValueError(f"{self.name}: {key} must be {wanted}.")

    def knows(self, said: Mapping[str, Any], kind: type) -> None:
        """Raise ValueError for a key that is no field of what is read."""
        names = [f.name for f in fields(kind)]
        for key in said:
            if key not in names:
                raise ValueError(f"{self.name} has a key {key[:30]!r} that is not known: there are {', '.join(names)}.")

    def sentence(self, said: Mapping[str, Any], key: str, longest: int = LONGEST, usual: str | None = None) -> str:
        """Return a text on one line; it may be missing where there is a usual one."""
        value = said.get(key, usual)
        self.needs(isinstance(value, str), key, "a text")
        self.needs(len(value) <= longest, key, f"at most {longest} characters long")
        self.needs(bool(value.strip()) or usual is not None, key, "more than blanks")
        return " ".join(BLANKS.split(value.strip()))

    def with_gaps(self, said: Mapping[str, Any], key: str) -> str:
        """Return a sentence whose gaps are known."""
        value = self.sentence(said, key)
        self.has_gaps(key, value)
        return value

    def has_gaps(self, key: str, *texts: str) -> None:
        """Raise ValueError for a gap that is not known."""
        for name in [name for text in texts for name in gaps_in(text)]:
            if name not in GAPS:
                raise ValueError(f"{self.name}: {key} has the gap {{{name[:20]}}}; there are {', '.join(GAPS)}.")

    def one_of(self, said: Mapping[str, Any], key: str, allowed: Sequence[str], usual: str | None = None) -> str:
        """Return one of several names."""
        value = said.get(key, usual)
        self.needs(isinstance(value, str) and value in allowed, key, f"one of {', '.join(filter(None, allowed))}")
        return str(value)

    def several(self, said: Mapping[str, Any], key: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """Return a list of names."""
        value = said.get(key, [])
        fine = isinstance(value, list) and all(isinstance(one, str) and one in allowed for one in value)
        self.needs(fine, key, f"a list of {', '.join(allowed)}")
        return tuple(value)

    def terms(self, said: Mapping[str, Any]) -> tuple[str, ...]:
        """Return a list of words that the glossary explains."""
        value = said.get("introduces", [])
        self.needs(isinstance(value, list) and all(isinstance(one, str) for one in value), "introduces", "a list")
        for one in value:
            self.needs(term_of(one) is not None, f"introduces {one[:30]!r}", "of the words that the app explains")
        return tuple(value)

    def whole(self, said: Mapping[str, Any], key: str, usual: int, low: int, high: int) -> int:
        """Return a whole number."""
        value = said.get(key, usual)
        fine = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        self.needs(fine, key, f"a whole number from {low} to {high}")
        return int(value)

    def switch(self, said: Mapping[str, Any], key: str) -> bool:
        """Return true or false."""
        value = said.get(key, False)
        self.needs(isinstance(value, bool), key, "true or false")
        return bool(value)

    def moment(self, said: Mapping[str, Any], usual: When) -> When:
        """Return when something is."""
        value: When = said.get("moment", usual)
        self.needs(value == FIRST_UPDATE or is_when(value), "moment", f'{WHEN}, or "{FIRST_UPDATE}"')
        return value

    def part(self, said: Mapping[str, Any]) -> str | None:
        """Return the name of a part of a page, or None."""
        value = said.get("part")
        fine = value is None or (isinstance(value, str) and PAGE_PART.fullmatch(value) is not None)
        self.needs(fine, "part", "the name of a part of the page, as addresses have it")
        return value

    def tries(self, make: Callable[[], object], key: str) -> None:
        """Make something, and say where it was when that raises ValueError."""
        try:
            make()
        except (ValueError, TypeError) as error:
            raise ValueError(f"{self.name}: {key}: {error}") from None
