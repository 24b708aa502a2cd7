"""Cutting texts of scripts without blanks into words, by the dictionaries of ICU, the library of Unicode.

It is the one library that knows all of them, and is optional: where it is not installed, nothing is offered. What comes
out has blanks between words and a line for each sentence, which is how a text that is `pretokenized` is read.
"""

import importlib.util
import re

from w2v.reading.characters import LOOKED_AT, UNSPACED

_SCRIPTS = {  # their letters, and how many in a row are more than a word
    "Chinese": ("\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff", 5),
    "Japanese": ("\u3041-\u3096\u309d-\u309f\u30a1-\u30ff\u3005\u4e00-\u9fff", 5),
    **{name: (letters, 14) for name, letters in UNSPACED.items()},
}
_LETTERS = {name: re.compile(f"[{letters}]+") for name, (letters, _) in _SCRIPTS.items()}
_KANA = re.compile("[\u3041-\u30ff]")
FEWEST = 10  # letters
OF_TEXT = 0.1  # of all its characters: a few words of such a script in another text are left alone
SHARE = 0.5  # of the letters of a script, in rows that are longer than a word
KANA_SHARE = 0.1  # of the letters of Japanese


def without_blanks(text: str) -> list[str]:
    """Return the scripts of a text whose words are written without blanks between them, as they are here."""
    begin = text[:LOOKED_AT]
    if begin.isascii():
        return []
    found = [name for name in _SCRIPTS if _is_in(begin, name)]
    if "Chinese" in found and "Japanese" in found:  # they share letters: kana are Japanese alone
        han, kana = (sum(map(len, p.findall(begin))) for p in (_LETTERS["Chinese"], _KANA))
        found.remove("Chinese" if kana >= KANA_SHARE * han else "Japanese")
    return found


def _is_in(text: str, name: str) -> bool:
    """Say whether letters of a script stand in rows that are longer than its words."""
    rows = [len(row) for row in _LETTERS[name].findall(text)]
    n_letters = sum(rows)
    return (
        n_letters >= max(FEWEST, OF_TEXT * len(text))
        and sum(n for n in rows if n >= _SCRIPTS[name][1]) >= SHARE * n_letters
    )


def can_cut() -> bool:
    """Say whether the library is installed."""
    return importlib.util.find_spec("icu4py") is not None


def cut_by_dictionary(text: str) -> str:
    """Return the words of a text with blanks between them, and each of its sentences on a line.

    Raises ValueError in one sentence where the library is not installed.
    """
    if not can_cut():
        raise ValueError("What cuts this text into words is not installed: pip install icu4py.")
    from icu4py.breakers import SentenceBreaker, WordBreaker

    text = text.encode("utf-8", "replace").decode()  # half a character has no place in it
    sentences = (
        " ".join([word for word in WordBreaker(sentence, "en") if any(map(str.isalnum, word))])
        for sentence in SentenceBreaker(text, "en")
    )
    return "\n".join(filter(None, sentences))
