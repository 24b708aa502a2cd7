"""The command line: train, neighbors, analogy, evaluate, convert."""
