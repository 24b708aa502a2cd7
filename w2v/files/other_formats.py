"""Files of vectors in formats that are not opened here, known by their first bytes, with the line that converts each.

Most of them are pickles, which could run anything: whoever trusts a file converts it in the program that wrote it.
"""

import re

from w2v.files.read_numbers import numbers_in

_SAVE = "save_word2vec_format('vectors.txt')"  # as text, in which words may have blanks
_GENSIM = {  # in this order: there are Word2VecKeyedVectors
    b"KeyedVectors": f"from gensim.models import KeyedVectors; KeyedVectors.load('FILE').{_SAVE}",
    b"FastText": f"from gensim.models import FastText; FastText.load('FILE').wv.{_SAVE}",
    b"Doc2Vec": f"from gensim.models import Doc2Vec; Doc2Vec.load('FILE').wv.{_SAVE}",
    b"Word2Vec": f"from gensim.models import Word2Vec; Word2Vec.load('FILE').wv.{_SAVE}",
    b"": f"from gensim.utils import SaveLoad; SaveLoad.load('FILE').{_SAVE}",
}
_FASTTEXT = f"from gensim.models.fasttext import load_facebook_vectors as load; load('FILE').{_SAVE}"
_KEYED = "from gensim.models import KeyedVectors as K; k = K(len(V[0])); k.add_vectors(list(W), V)"
_PICKLE = f"import pandas; d = pandas.read_pickle('FILE'); W, V = list(d), list(d.values()); {_KEYED}; k.{_SAVE}"
_JSON = (
    f"import json; d = json.load(open('FILE', encoding='utf-8')); W, V = list(d), list(d.values()); {_KEYED}; k.{_SAVE}"
)
_NPZ = f"import numpy as np; d = np.load('FILE'); W, V = d['{{words}}'].tolist(), d['{{vectors}}']; {_KEYED}; k.{_SAVE}"
_NPY = "import numpy as np; np.savetxt('vectors.tsv', np.load('FILE'), delimiter='\\t')"
_TABLE = (
    "import csv; r = [w[:1] + [n.replace(',', '.') for n in w[1:]] for w in csv.reader(open('FILE', encoding='utf-8'), "
    "delimiter='{divider}')]; open('vectors.txt', 'w', encoding='utf-8').writelines(' '.join(w) + chr(10) for w in "
    "r{from_row})"
)
_COMMAS = (
    "open('vectors.txt', 'w', encoding='utf-8').writelines(l.replace(',', '.') for l in open('FILE', encoding='utf-8'))"
)
_PLAIN_NAME = re.compile(r"[\w./ :+,=@%~-]+")
_NAMED = 100  # bytes, in which a pickle names what it is
_LINES = 20  # by which a table is known


class OtherFormatError(ValueError):
    """A file is in a format that is known and not opened; the sentence calls it FILE."""

    def of(self, name: str) -> ValueError:
        """Return the same with the name of the file, if that can stand in a line of a shell."""
        said = str(self)
        return ValueError(said.replace("'FILE'", f"'{name}'") if _PLAIN_NAME.fullmatch(name) else said)


def other_format(head: bytes) -> str | None:
    """Return what to say of a file that begins so, when it is in a format that is known and not opened; else None."""
    if head.startswith(b"\x80") and head[1:2] <= b"\x05":
        if b"gensim" in head:
            return _sentence("gensim's own format, a pickle that could run anything", _line_for_gensim(head))
        return _sentence("a pickle that could run anything", _PICKLE, "if it has a dict of words and their vectors")
    if head.startswith(b"\xba\x16\x4f\x2f"):
        return _sentence("a model of fastText", _FASTTEXT)
    if head.startswith(b"\x93NUMPY"):
        return _sentence("an array of NumPy, which has no words", _NPY, "to open it with the words in a metadata.tsv")
    if head.lstrip()[:1] == b"{":
        return _sentence("JSON", _JSON, "if it has one list of numbers for each word")
    if head.startswith(b"\x89HDF\r\n\x1a\n"):
        return "This file is HDF5, which is not opened here: save its vectors as word2vec text or binary."
    if head.startswith(b"PAR1"):
        return "This file is Parquet, which is not opened here: save its vectors as word2vec text or binary."
    return None


def arrays_of_others(names: list[str]) -> str:
    """Return what to say of an .npz with members of these names, which is no run of ours."""
    words = next((name for name in names if any(part in name.lower() for part in _WORDS)), "words")
    vectors = next((name for name in names if name != words), "vectors")
    line = _NPZ.format(words=words, vectors=vectors)
    if not all(name.replace("_", "").isalnum() for name in (words, vectors)):
        line = _NPZ.format(words="words", vectors="vectors")
    return _sentence("an .npz that was not saved here", line, "if these are the names of its arrays")


_WORDS = ("word", "vocab", "label", "token", "name", "key", "index")


def table_with_commas(head: bytes) -> str | None:
    """Return what to say of a table whose cells or whose decimals have commas; None where these are none."""
    lines = head.strip().split(b"\n")[: _LINES + 1]
    for divider in (b"\t", b";", b",", b" "):
        rows = [line.rstrip().split(divider) for line in lines]
        is_row = [len(row) > 1 and _all_numbers(row[1:], divider) for row in rows]
        if divider in b"\t " and not any(b"," in line for line in lines):
            continue
        if not any(is_row) or sum(is_row) < 0.8 * len(rows[1:]):
            continue
        if divider == b" ":
            return _sentence("a table of numbers with decimal commas", _COMMAS)
        kind = {b"\t": "a table with decimal commas", b";": "a table divided by semicolons"}
        line = _TABLE.format(
            divider={b"\t": "\\t"}.get(divider, divider.decode()), from_row="" if is_row[0] else "[1:]"
        )
        return _sentence(kind.get(divider, "a table divided by commas"), line)
    return None


def _all_numbers(cells: list[bytes], divider: bytes) -> bool:
    if divider != b",":
        cells = [cell.replace(b",", b".") for cell in cells]
    return numbers_in(cell.strip().strip(b'"') for cell in cells) is not None


def _line_for_gensim(head: bytes) -> str:
    return next(line for name, line in _GENSIM.items() if name in head[:_NAMED])


def _sentence(what: str, code: str, condition: str = "") -> str:
    when = f" ({condition})" if condition else ""
    return f'This file is {what}, and is not opened here: convert it{when} with  python -c "{code}".'
