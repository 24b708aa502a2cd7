"""word2vec, spelled out: every window, probability, gradient and vector can be looked at, at any moment."""

from w2v.config import Config
from w2v.corpus import Corpus, Vocabulary, read_text
from w2v.counts import Counts, count_pairs, ngram_probability
from w2v.goal import Goal
from w2v.health import Health, text_health
from w2v.huffman import HuffmanTree, huffman_tree
from w2v.learning import Step, Trace, prediction, step, trace
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
    "Health",
    "HierarchicalSoftmax",
    "Honesty",
    "HuffmanTree",
    "NegativeSampling",
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
    "align",
    "analogy",
    "cbow",
    "cosine_similarity",
    "count_pairs",
    "cut_windows",
    "honesty",
    "huffman_tree",
    "nearest",
    "ngram_probability",
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
]
