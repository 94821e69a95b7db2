"""The words that a text uses most."""

import re
from collections import Counter

STOP = {"a", "an", "and", "of", "or", "the", "to"}


def words(text):
    return re.findall(r"[a-z']+", text.lower())


def count(text, stop=STOP):
    return Counter(word for word in words(text) if word not in stop)


def top(text, n=3):
    """The n most frequent words, the most frequent first; equally frequent ones in alphabetical order."""
    counts = count(text)
    return sorted(counts, key=lambda word: (-counts[word], word))[:n]


def share(text, word):
    """Part of all counted words, 0 to 1."""
    counts = count(text)
    return counts[word] / sum(counts.values()) if counts else 0.0
