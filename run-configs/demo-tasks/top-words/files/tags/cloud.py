"""The tag cloud of a post."""

from tags.words import top


def cloud(text):
    return top(text.lower().split(), 3)
