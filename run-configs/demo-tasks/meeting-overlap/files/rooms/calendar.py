"""The calendar of a day, a list of bookings."""

from rooms.booking import overlap


def book(calendar, booking):
    for other in calendar:
        if overlap(booking, other):
            raise ValueError("taken")
    return calendar + [booking]
