"""Pictures of word vectors: principal axes, t-SNE, groups, and how far each picture can be trusted."""
