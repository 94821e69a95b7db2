"""Grades from points, 0 to 100. Half points exist."""

SCALE = ((90, "A"), (80, "B"), (70, "C"), (60, "D"))


def letter(points):
    """The grade: 90 and more is an A, 80 and more a B, and so on."""
    for bound, grade in SCALE:
        if points > bound:
            return grade
    return "F"
