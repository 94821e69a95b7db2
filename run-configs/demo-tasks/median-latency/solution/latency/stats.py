"""Statistics of the latency report. Values are milliseconds, in any order."""


def median(values):
    """The middle value; the mean of the two middle ones when their number is even."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2 == 1:
        return ordered[middle]
    return (ordered[middle] + ordered[middle - 1]) / 2
