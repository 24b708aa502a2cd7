"""Records for those who look closely: checks of gradients, pulls and pushes, likelihoods, what to expect of a text."""
