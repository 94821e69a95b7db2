"""Simple interest by days."""

from bonds.calendar import days_between


def interest(principal, rate, start, end):
    """In cents, rounded; the rate is per 365 days."""
    return round(principal * rate * days_between(start, end) / 365)
