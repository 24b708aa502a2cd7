"""What the names of columns and their cells say: which hold the words of a pair, which the score, which neither."""

import re
from collections.abc import Sequence

from w2v.judgments.tables import number_in

_PARTS = re.compile(r"[^\W\d_]+|\d+")
_WORD = (
    "word", "wort", "mot", "palabra", "parola", "palavra", "woord", "ord", "слово", "słowo", "slovo", "kelime",
    "词", "词语", "單詞", "単語", "단어", "term", "token", "lemma", "w",
)  # fmt: skip
_SLOT = re.compile(rf"(?P<stem>{'|'.join(_WORD)})s?(?P<slot>[0-9]+|[ab]|one|two|left|right)|"
                   rf"(?P<place>first|second|1|2)(?:st|nd)?(?P<noun>{'|'.join(_WORD)})")  # fmt: skip
_SLOTS = (("1", "2"), ("a", "b"), ("one", "two"), ("left", "right"), ("first", "second"), ("0", "1"))
_SCORE = frozenset({
    "score", "scores", "similarity", "similarities", "sim", "relatedness", "rating", "ratings", "mean", "average",
    "avg", "human", "gold", "goldstandard", "judgement", "judgment", "simscore", "simlex", "simverb", "wert",
    "mittelwert", "mittel", "note", "moyenne", "media", "puntuación", "ähnlichkeit", "similarité", "similitud",
    "оценка", "среднее", "bewertung", "punkte", "punteggio", "valor", "分数", "评分", "相似度", "類似度", "유사도",
})  # fmt: skip
_WITH_SCORE = frozenset({
    "word", "pair", "semantic", "normed", "normalized", "normalised", "final", "overall", "subject", "subjects",
    "scale", "of", "to", "the", "lex", "verb", "from", "all",
})  # fmt: skip
_NO_SCORE = frozenset({
    "sd", "std", "stdev", "stddev", "deviation", "var", "variance", "se", "sem", "stderr", "ci", "n", "nr", "no",
    "num", "number", "count", "counts", "raters", "annotators", "id", "idx", "index", "unnamed", "row", "line",
    "freq", "frequency",
})  # fmt: skip
_NO_WORD = frozenset({
    "pos", "relation", "rel", "reltype", "type", "context", "contexts", "sentence", "dataset", "split", "id", "comment",
    "notes", "definition", "gloss", "url",
})  # fmt: skip
_TAGS = frozenset({
    "n", "v", "a", "j", "r", "s", "t", "h", "m", "i", "u", "adj", "adv", "noun", "verb", "adjective", "adverb",
    "nn", "nns", "nnp", "vb", "vbd", "vbg", "vbn", "vbz", "jj", "jjr", "jjs", "rb", "propn", "nom", "aux",
    "syn", "ant", "hyp", "hyper", "hypo", "mero", "holo", "cohyp", "coord", "rel", "sim", "unrel", "random",
    "synonym", "synonyms", "antonym", "antonyms", "hypernym", "hypernyms", "hyponym", "hyponyms", "meronym",
    "meronyms", "holonym", "holonyms", "cohyponym", "cohyponyms", "co-hyponym", "co-hyponyms", "hyper/hyponyms",
    "sibling", "siblings", "related", "unrelated", "similar", "dissimilar", "none", "other", "topical", "identical",
    "train", "dev", "test", "valid", "validation",
})  # fmt: skip
_ROWS_OF_TAGS = 5  # from which words that are all names of tags are no accident
_SENTENCE = 4  # words in a cell, from which it is a context and no phrase


def word_slots(names: Sequence[str]) -> list[int]:
    """Return the columns named as the words of a pair, a question of four or other tuple, in order: word1, word2.

    Of several kinds of name the first in our list wins: "word" before "lemma". Empty when no two belong together.
    """
    found: dict[str, dict[str, int]] = {}
    for i, name in enumerate(names):
        stem, slot = _stem_and_slot(name)
        if stem:
            found.setdefault(stem, {}).setdefault(slot, i)
    for stem in _WORD:
        slots = found.get(stem, {})
        for first, second in _SLOTS:
            if first in slots and second in slots:
                more = [slots[slot] for slot in ("3", "4") if slot in slots and second == "2"]
                return [slots[first], slots[second], *more]
    return []


def slot_stem(name: str) -> str:
    """Return what kind of word a name such as "word1" or "Term B" stands for, in small letters; else ""."""
    return _stem_and_slot(name)[0]


def _stem_and_slot(name: str) -> tuple[str, str]:
    match = _SLOT.fullmatch("".join(_PARTS.findall(name.casefold())))
    if not match:
        return "", ""
    place = {"1": "first", "2": "second"}.get(match["place"], match["place"])
    return match["stem"] or match["noun"], match["slot"] or place


def score_columns(names: Sequence[str], among: Sequence[int]) -> list[int]:
    """Return the columns, among those given, that are named as the score.

    SimLex999 by its own name; else those whose name says score, mean, similarity and the like, and nothing unknown
    beside ("mean RT" is another mean); of these first the ones without a number (rating1, rating2 are single people).
    """
    parts = {i: _PARTS.findall(_split_camel(names[i]).casefold()) for i in among}
    if simlex := [i for i in among if "".join(parts[i]) == "simlex999"]:
        return simlex
    words = {i: {part for part in parts[i] if not part.isdigit()} for i in among}
    named = [i for i in among if words[i] & _SCORE and words[i] <= _SCORE | _WITH_SCORE]
    return [i for i in named if not any(part.isdigit() for part in parts[i])] or named


def is_no_score(name: str) -> bool:
    """Whether a column of this name surely holds no scores: a count, a deviation, an index, a nameless one."""
    return not name or bool(_NO_SCORE.intersection(_PARTS.findall(_split_camel(name).casefold())))


def is_no_word(name: str) -> bool:
    """Whether a column of this name surely holds no words: a part of speech, a relation, a context."""
    return bool(_NO_WORD.intersection(_PARTS.findall(_split_camel(name).casefold())))


def counts_up(cells: Sequence[str]) -> bool:
    """Whether the cells are 0, 1, 2, ... or 1, 2, 3, ..., a nameless first one passed over: positions, no data."""
    cells = cells[1:] if cells and not cells[0] else cells
    values = [number_in(cell) for cell in cells]
    return len(values) >= 2 and values in ([*range(len(values))], [*range(1, len(values) + 1)])


def counts_lines(cells: Sequence[str]) -> bool:
    """Whether the cells are whole numbers from 0 or 1 on, one more in each line but for a few gaps."""
    if len(cells) < 3 or not all(cell.isascii() and cell.isdigit() for cell in cells):
        return False
    values = [int(cell[:9]) for cell in cells]
    steps = [after - before for before, after in zip(values, values[1:])]
    return values[0] in (0, 1) and min(steps) > 0 and steps.count(1) >= 0.9 * len(steps)


def are_tags(cells: Sequence[str]) -> bool:
    """Whether a column holds tags and no words: known ones or single letters, in few rows three of each on average."""
    kinds = {cell.casefold() for cell in cells} - {""}
    if len(cells) < _ROWS_OF_TAGS:
        return kinds <= _TAGS and len(cells) >= 3 * len(kinds)
    return kinds <= _TAGS or all(len(kind) == 1 and kind.isascii() for kind in kinds)


def are_no_phrases(cells: Sequence[str]) -> bool:
    """Whether more than half of the cells hold sentences, or nothing: no column of words."""
    return 2 * sum(not cell or len(cell.split()) >= _SENTENCE for cell in cells) > len(cells)


def _split_camel(name: str) -> str:
    """ "SimScore" -> "Sim Score"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
