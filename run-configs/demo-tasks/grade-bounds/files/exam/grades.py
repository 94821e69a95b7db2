"""Grades from points, 0 to 100. Half points exist."""

from bisect import bisect_left, bisect_right, insort

BOUNDS = (60, 70, 80, 90)
LETTERS = "FDCBA"


def letter(points):
    """The grade: 90 and more is an A, 80 and more a B, and so on."""
    return LETTERS[bisect_left(BOUNDS, points)]


def rank(all_points, points):
    """Place among all, 1 for the best; equal points share the better place."""
    ordered = sorted(all_points)
    return len(ordered) - bisect_right(ordered, points) + 1


def distribution(all_points):
    """(letter, number) from A to F."""
    letters = [letter(points) for points in all_points]
    return [(name, letters.count(name)) for name in reversed(LETTERS)]
