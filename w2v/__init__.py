"""word2vec, spelled out: every window, probability, gradient and vector can be looked at, at any moment."""

from w2v.config import Config
from w2v.corpus import Corpus, Vocabulary, read_text
from w2v.counts import Counts, count_pairs, ngram_probability
from w2v.goal import Goal
from w2v.gradient_check import GradientCheck, gradient_check
from w2v.health import Health, text_health
from w2v.huffman import HuffmanTree, huffman_tree
from w2v.learning import Step, Trace, prediction, step, trace
from w2v.likelihood import (
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
from w2v.neighbours import analogy, cosine_similarity, nearest
from w2v.objectives import HierarchicalSoftmax, NegativeSampling, Objective, Softmax, unigram_noise
from w2v.parameters import Parameters, random_parameters
from w2v.plan import Plan
from w2v.projections import Basis, Honesty, ProjectionError, align, honesty, pca_basis, tsne
from w2v.run import Run, Stopped
from w2v.sigmoid_network import SigmoidNetwork, SigmoidTrace, sigmoid_step, sigmoid_trace
from w2v.texts import PRESETS, Preset
from w2v.windows import Example, Window, cbow, cut_windows, skip_gram

__all__ = [
    "PRESETS",
    "Basis",
    "Config",
    "Corpus",
    "Counts",
    "Example",
    "Goal",
    "GradientCheck",
    "Health",
    "HierarchicalSoftmax",
    "Honesty",
    "HuffmanTree",
    "Likelihood",
    "NegativeSampling",
    "NgramRow",
    "NgramTable",
    "Objective",
    "Parameters",
    "Plan",
    "Preset",
    "ProjectionError",
    "Run",
    "SigmoidNetwork",
    "SigmoidTrace",
    "Softmax",
    "Step",
    "Stopped",
    "Trace",
    "Vocabulary",
    "Window",
    "WindowProbability",
    "align",
    "analogy",
    "cbow",
    "corpus_likelihood",
    "corpus_log_likelihood",
    "cosine_similarity",
    "count_likelihood",
    "count_log_likelihood",
    "count_pairs",
    "cut_windows",
    "gradient_check",
    "guess_likelihood",
    "honesty",
    "huffman_tree",
    "nearest",
    "ngram_probability",
    "ngram_table",
    "pca_basis",
    "prediction",
    "random_parameters",
    "read_text",
    "sigmoid_step",
    "sigmoid_trace",
    "skip_gram",
    "step",
    "text_health",
    "trace",
    "tsne",
    "unigram_noise",
    "window_at",
    "window_counts",
    "window_probability",
    "window_ratio",
]
