"""word2vec, spelled out: every window, probability, gradient and vector can be looked at, at any moment."""

from w2v.cli.interrupts import is_command, take_over

if is_command():  # NumPy takes a while to come, and Ctrl-C meanwhile is no reason for a traceback
    take_over()

from w2v.config import Config
from w2v.corpus import Corpus, Vocabulary
from w2v.counting.counted_text import CountedText, CountSettings
from w2v.counting.counting import count_texts
from w2v.counts import Counts, count_pairs, ngram_probability
from w2v.explain.gradient_check import GradientCheck, gradient_check
from w2v.explain.health import Health, text_health
from w2v.explain.likelihood import (
    Likelihood,
    NgramRow,
    NgramTable,
    WindowProbability,
    corpus_likelihood,
    corpus_log_likelihood,
    count_likelihood,
    count_log_likelihood,
    guess_likelihood,
    ngram_table,
    window_at,
    window_counts,
    window_probability,
    window_ratio,
)
from w2v.explain.sigmoid_network import SigmoidNetwork, SigmoidTrace, sigmoid_step, sigmoid_trace
from w2v.files.counts_files import load_counts, save_counts
from w2v.files.formats import load_vectors, read_vectors, vectors_of
from w2v.files.projector_files import projector_files, projector_zip
from w2v.files.projector_reader import read_projector
from w2v.files.saved_run_reader import read_saved_run
from w2v.files.saved_runs import SavedRun, saved_run
from w2v.files.word2vec_files import read_word2vec, word2vec_binary, word2vec_text
from w2v.goal import Goal
from w2v.huffman import HuffmanTree, huffman_tree
from w2v.learning import Step, Trace, prediction, step, trace
from w2v.moments import Moments, Stopped
from w2v.neighbours import analogy, cosine_similarity, nearest
from w2v.objectives import HierarchicalSoftmax, NegativeSampling, Objective, Softmax, unigram_noise
from w2v.parameters import Parameters, random_parameters
from w2v.pictures.axes import Basis, align, pca_basis
from w2v.pictures.cloud import ProjectionError
from w2v.pictures.honesty import Honesty, honesty
from w2v.pictures.tsne import tsne
from w2v.plan import Plan
from w2v.reading.decoding import read_text
from w2v.run import Run
from w2v.texts import PRESETS, Preset
from w2v.whole.counts_run import CountsRun, train_counts
from w2v.whole.pass_run import Progress
from w2v.whole.whole_text import WholeTextRun, train_whole_text
from w2v.windows import Example, Window, cbow, cut_windows, skip_gram
from w2v.word_vectors import WordVectors

__all__ = [
    "PRESETS",
    "Basis",
    "Config",
    "Corpus",
    "CountSettings",
    "CountedText",
    "Counts",
    "CountsRun",
    "Example",
    "Goal",
    "GradientCheck",
    "Health",
    "HierarchicalSoftmax",
    "Honesty",
    "HuffmanTree",
    "Likelihood",
    "Moments",
    "NegativeSampling",
    "NgramRow",
    "NgramTable",
    "Objective",
    "Parameters",
    "Plan",
    "Preset",
    "Progress",
    "ProjectionError",
    "Run",
    "SavedRun",
    "SigmoidNetwork",
    "SigmoidTrace",
    "Softmax",
    "Step",
    "Stopped",
    "Trace",
    "Vocabulary",
    "WholeTextRun",
    "Window",
    "WindowProbability",
    "WordVectors",
    "align",
    "analogy",
    "cbow",
    "corpus_likelihood",
    "corpus_log_likelihood",
    "cosine_similarity",
    "count_likelihood",
    "count_log_likelihood",
    "count_pairs",
    "count_texts",
    "cut_windows",
    "gradient_check",
    "guess_likelihood",
    "honesty",
    "huffman_tree",
    "load_counts",
    "load_vectors",
    "nearest",
    "ngram_probability",
    "ngram_table",
    "pca_basis",
    "prediction",
    "projector_files",
    "projector_zip",
    "random_parameters",
    "read_projector",
    "read_saved_run",
    "read_text",
    "read_vectors",
    "read_word2vec",
    "save_counts",
    "saved_run",
    "sigmoid_step",
    "sigmoid_trace",
    "skip_gram",
    "step",
    "text_health",
    "trace",
    "train_counts",
    "train_whole_text",
    "tsne",
    "unigram_noise",
    "vectors_of",
    "window_at",
    "window_counts",
    "window_probability",
    "window_ratio",
    "word2vec_binary",
    "word2vec_text",
]
