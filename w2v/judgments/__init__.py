"""What people say of words: pairs with scores, analogy questions; how they are read, and how far vectors agree."""
