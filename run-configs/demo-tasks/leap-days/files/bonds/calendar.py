"""Years of the archive, which reaches back to 1880."""


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 != 0)
