"""Counting texts of any size: files read as streams, and counts that can be added."""
