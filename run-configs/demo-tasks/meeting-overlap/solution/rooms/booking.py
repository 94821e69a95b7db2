"""Bookings of meeting rooms. Times are minutes since midnight."""

from collections import namedtuple

Booking = namedtuple("Booking", "room start end")


def overlap(a, b):
    """Whether two bookings need the same room at the same time. A meeting may start when another ends."""
    if a.room != b.room:
        return False
    return a.start < b.end and b.start < a.end
