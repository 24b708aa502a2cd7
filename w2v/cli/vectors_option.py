"""The file of vectors that a command asks, and how it is read."""

import argparse

from w2v.cli.typed import count

VECTORS = """\
VECTORS can be word2vec text or binary (gensim's and word2vec.c's) or GloVe text, packed as .gz or .zip too, an .npz
saved by train, a folder or a .zip of projector tables, or - for standard input. What it is, is seen from its bytes. Of
a large file --limit 200000 reads the first words only; files of vectors list words by frequency.
"""


def add_vectors(parser: argparse.ArgumentParser, encoding_option: str = "--encoding") -> None:
    """Add VECTORS and the options for reading it, of which the one for its encoding may have another name."""
    parser.add_argument("vectors", metavar="VECTORS")
    group = parser.add_argument_group("reading VECTORS")
    group.add_argument("--limit", type=count, metavar="N", help="read the first N words only")
    group.add_argument(
        encoding_option, dest="vectors_encoding", metavar="NAME", help="of its words, such as cp1252 (UTF-8)"
    )
    group.add_argument(
        "--errors",
        choices=("strict", "replace", "ignore"),
        help="letters that are not valid in it: refuse them, replace them by U+FFFD, leave them out (strict, but for "
        "letters cut off at the end of a word)",
    )
    parser.set_defaults(encoding_option=encoding_option)
