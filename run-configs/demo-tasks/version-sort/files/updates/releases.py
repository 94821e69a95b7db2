"""Which releases there are, and which is the newest. A name is v1.2.3."""


def parse(name):
    """What releases are compared by."""
    return tuple(part for part in name.lstrip("v").split("."))


def ordered(names):
    """Oldest first."""
    return sorted(names, key=parse)
