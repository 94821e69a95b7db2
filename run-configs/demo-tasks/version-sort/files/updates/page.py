"""The list of the download page."""

from updates.releases import ordered


def page(names):
    return list(reversed(ordered(names)))
