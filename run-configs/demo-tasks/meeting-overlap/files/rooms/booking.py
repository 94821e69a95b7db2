"""Bookings of meeting rooms. Times are minutes since midnight."""

from collections import namedtuple

OPENS = 8 * 60
CLOSES = 20 * 60

Booking = namedtuple("Booking", "room start end")


def overlap(a, b):
    """Whether two bookings need the same room at the same time. A meeting may start when another ends."""
    if a.room != b.room:
        return False
    return a.start <= b.end and b.start < a.end


def fits(booking):
    """Whether a booking lies within the opening hours."""
    return OPENS <= booking.start < booking.end <= CLOSES


def book(calendar, booking):
    """The calendar with the booking in it, or ValueError with the reason why not."""
    if not fits(booking):
        raise ValueError("outside of the opening hours")
    for other in calendar:
        if overlap(booking, other):
            raise ValueError(f"taken from {clock(other.start)} to {clock(other.end)}")
    return sorted(calendar + [booking], key=lambda b: (b.start, b.room))


def clock(minutes):
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
