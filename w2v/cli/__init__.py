"""The command line: train, count, neighbors, analogy, evaluate, convert."""
