"""Sizes of the tag cloud."""

from tags.words import share, top


def cloud(text, n=3):
    """(word, font size in points) of the n top words."""
    return [(word, round(10 + 40 * share(text, word))) for word in top(text, n)]
