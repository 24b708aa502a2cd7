"""Files of vectors in formats that are not opened here, known by their first bytes, with the line that converts each.

Most of them are pickles, which could run anything: whoever trusts a file converts it in the program that wrote it.
"""

import re

from w2v.files.read_numbers import is_number, numbers_in

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
_PYTHON = _JSON.replace("json.load(", "ast.literal_eval(").replace("'))", "').read())").replace("json", "ast")
_NPZ = f"import numpy as np; d = np.load('FILE'); W, V = d['{{words}}'].tolist(), d['{{vectors}}']; {_KEYED}; k.{_SAVE}"
_NPY = "import numpy as np; np.savetxt('vectors.tsv', np.load('FILE'), delimiter='\\t')"
_TABLE = (
    "import csv; t = csv.reader(open('FILE', encoding='utf-8'), delimiter='{divider}', skipinitialspace=True); "
    "r = [' '.join([w[{word}], *(n.replace(',', '.') for n in w[{numbers}:])]) for w in t]; "
    "open('vectors.txt', 'w', encoding='utf-8').write(chr(10).join(r{from_row}))"
)
_COMMAS = (
    "open('vectors.txt', 'w', encoding='utf-8').writelines(l.replace(',', '.') for l in open('FILE', encoding='utf-8'))"
)
_PLAIN_NAME = re.compile(r"[\w./ :+,=@%~-]+")
_NAMED = 100  # bytes, in which a pickle names what it is
_DIVIDERS = {  # and what to call a table, and how Python writes them
    b"\t": ("a table with decimal commas", "\\t"),
    b";": ("a table divided by semicolons", ";"),
    b",": ("a table divided by commas", ","),
    b" ": ("a table of numbers with decimal commas", ""),
}
_OLD_PICKLE = re.compile(rb"\((?:dp|lp)\d*\r?\n|c[\w.]+\r?\n[\w.]+\r?\n")
_NOT_OPENED = {
    b"\x89HDF\r\n\x1a\n": "HDF5",
    b"PAR1": "Parquet",
    b"[[": "JSON",
    b"[{": "JSON",
}
_ONE_LIST = re.compile(rb"\{\s*([\"'])(?:(?!\1).)*\1\s*:\s*\[\s*[-+.\d]")  # a word and the first of its numbers
_WORDS = ("word", "vocab", "label", "token", "name", "key", "index")  # in the name of an array that holds words
_COUNTED = 3  # lines, from which it is no accident that they are counted
_LINES = 20  # by which a table is known


class OtherFormatError(ValueError):
    """A file is in a format that is known and not opened; the sentence calls it FILE."""

    def of(self, name: str) -> ValueError:
        """Return the same with the name of the file, if that can stand in a line of a shell."""
        said = str(self)
        return ValueError(said.replace("'FILE'", f"'{name}'") if _PLAIN_NAME.fullmatch(name) else said)


def other_format(head: bytes) -> str | None:
    """Return what to say of a file that begins so, when it is in a format that is known and not opened; else None."""
    if (head.startswith(b"\x80") and head[1:2] <= b"\x05") or _OLD_PICKLE.match(head):
        if b"gensim" in head:
            return _sentence("gensim's own format, a pickle that could run anything", _line_for_gensim(head))
        return _sentence("a pickle that could run anything", _PICKLE, "if it has a dict of words and their vectors")
    if head.startswith(b"\xba\x16\x4f\x2f"):
        return _sentence("a model of fastText", _FASTTEXT)
    if head.startswith(b"\x93NUMPY"):
        return _sentence("an array of NumPy, which has no words", _NPY, "to open it with the words in a metadata.tsv")
    if head[257:262] == b"ustar":
        return "This file is an archive (TAR): unpack it and open the file with the vectors."
    if head.startswith(b"version https://git-lfs."):
        return "This file only says where Git LFS keeps the vectors: fetch them with  git lfs pull."
    text = head.lstrip()
    for begins, name in _NOT_OPENED.items():
        if text.startswith(begins):
            return f"This file is {name}, which is not opened here: save its vectors as word2vec text or binary."
    for quote, name, line in ((b'"', "JSON", _JSON), (b"'", "a dict of Python", _PYTHON)):
        if text.startswith(b"{") and text[1:].lstrip().startswith(quote):
            if _ONE_LIST.match(text):
                return _sentence(name, line, "if it has one list of numbers for each word")
            return f"This file is {name}, which is not opened here: save its vectors as word2vec text or binary."
    return None


def arrays_of_others(names: list[str]) -> str:
    """Return what to say of an .npz with members of these names, which is no run of ours."""
    words = next((name for name in names if any(part in name.lower() for part in _WORDS)), "words")
    vectors = next((name for name in names if name != words), "vectors")
    line = _NPZ.format(words=words, vectors=vectors)
    if not all(name.replace("_", "").isalnum() for name in (words, vectors)):
        line = _NPZ.format(words="words", vectors="vectors")
    return _sentence("an .npz that was not saved here", line, "if these are the names of its arrays")


def table_with_commas(head: bytes) -> str | None:
    """Return what to say of a table whose cells or whose decimals have commas; None where these are none."""
    lines = [line.rstrip() for line in head.strip().split(b"\n")[: _LINES + 1]]
    for divider, (what, written) in _DIVIDERS.items():
        for word in (0, 1):  # its column, behind one of numbers perhaps
            is_row = [_is_row(line.split(divider)[word:], divider) for line in lines]
            if any(is_row) and sum(is_row) >= 0.8 * len(lines[1:]):
                shape = {"divider": written, "from_row": "" if is_row[0] else "[1:]", "word": word, "numbers": word + 1}
                return _sentence(what, _TABLE.format(**shape) if written else _COMMAS)
    return None


def table_with_counted_lines(head: bytes) -> str | None:
    """Return what to say of a table with the number of each line before its word; None where there is none."""
    lines = [line for line in head.strip().split(b"\n")[:_LINES] if line.strip()]
    firsts = [_counted(line) for line in lines]
    header = firsts[:1] == [None]
    n = len(firsts) - header
    if n < _COUNTED or firsts[header:] not in (list(range(n)), list(range(1, 1 + n))):
        return None
    divider = "\\t" if all(b"\t" in line for line in lines[header:]) else " "
    shape = {"divider": divider, "from_row": "[1:]" if header else "", "word": 1, "numbers": 2}
    return _sentence("a table whose lines are counted", _TABLE.format(**shape))


def _counted(line: bytes) -> int | None:
    """The number of a line that has one before a word and its numbers."""
    first, *parts = line.split()
    if len(parts) < 2 or not first.isdigit() or is_number(parts[0]) or not is_number(parts[-1]):
        return None
    return int(first[:9])


def _is_row(cells: list[bytes], divider: bytes) -> bool:
    """Whether these are a word and numbers, with commas in numbers that are not divided by commas or semicolons."""
    word, *numbers = [cell.strip().strip(b'"') for cell in cells] or [b""]
    if not numbers or (divider in b",;" and is_number(word)):
        return False
    if divider == b",":
        return numbers_in(numbers) is not None
    with_points = numbers_in(number.replace(b",", b".") for number in numbers)
    return with_points is not None and (divider == b";" or numbers_in(numbers) is None)


def _line_for_gensim(head: bytes) -> str:
    return next(line for name, line in _GENSIM.items() if name in head[:_NAMED])


def _sentence(what: str, code: str, condition: str = "") -> str:
    when = f" ({condition})" if condition else ""
    return f'This file is {what}, and is not opened here: convert it{when} with  python -c "{code}".'
