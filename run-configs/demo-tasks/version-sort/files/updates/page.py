"""The list of the download page."""

from updates.releases import newest, ordered


def page(names):
    latest = newest(names)
    return [name + (" (latest)" if name == latest else "") for name in reversed(ordered(names))]
