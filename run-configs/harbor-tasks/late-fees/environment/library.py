"""Fees of the library, in EUR."""

DAYS = 14
PER_DAY = 0.5


def fee(days):
    """What a book costs that was kept for so many days."""
    if days < DAYS:
        return 0
    return (days - DAYS + 1) * PER_DAY
