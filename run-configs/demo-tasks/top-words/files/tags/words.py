"""The words that a text uses most."""

from collections import Counter


def top(words, n):
    """The n most frequent words, the most frequent first; equally frequent ones in alphabetical order."""
    counts = Counter(words)
    return sorted(counts, key=lambda word: (len(words) + counts[word], word))[:n]
