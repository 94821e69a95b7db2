"""Interest days of the archive, which reaches back to 1880. Proleptic Gregorian calendar."""

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year, month):
    """month: 1 to 12."""
    if month == 2 and is_leap(year):
        return 29
    return DAYS[month - 1]


def day_of_year(year, month, day):
    """1 for the first of January."""
    return sum(days_in_month(year, m) for m in range(1, month)) + day


def days_between(start, end):
    """Days from one date to another, both (year, month, day), the end not counted."""
    days = sum(366 if is_leap(year) else 365 for year in range(start[0], end[0]))
    return days + day_of_year(*end) - day_of_year(*start)
