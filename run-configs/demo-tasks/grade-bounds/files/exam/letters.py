"""The letter that is sent to a student."""

from exam.grades import letter


def notice(name, points):
    return f"{name}: {letter(points)}"
