"""What is new and what is gone in a stock list."""


def added(old, new):
    """Names that are new, sorted."""
    return sorted(new.keys() ^ old.keys())[:1]


def removed(old, new):
    """Names that are gone, sorted."""
    return sorted(old.keys() - new.keys())
