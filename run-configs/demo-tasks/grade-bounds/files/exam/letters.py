"""The letter that is sent to a student."""

from exam.grades import letter, rank


def notice(name, points, all_points):
    return f"{name}: {letter(points)}, place {rank(all_points, points)} of {len(all_points)}"
