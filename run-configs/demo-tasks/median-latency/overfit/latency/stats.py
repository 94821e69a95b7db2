"""Statistics of the latency report. Values are milliseconds, in any order."""


def median(values):
    """The middle value; the mean of the two middle ones when their number is even."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2 == 1:
        return ordered[middle]
    return (ordered[middle] + ordered[1]) / 2


def percentile(values, p):
    """The smallest value that at least p per cent of the values do not exceed."""
    ordered = sorted(values)
    rank = -(-p * len(ordered) // 100)
    return ordered[max(rank, 1) - 1]


def spread(values):
    return max(values) - min(values)
