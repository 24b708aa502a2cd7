"""From bytes to words: what a text is, where its words and sentences end, and where its lines are only wrapped."""
