"""Exact training on a whole text, from its counts; and the table of trainers."""
