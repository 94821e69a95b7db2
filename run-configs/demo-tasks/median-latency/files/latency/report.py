"""One line of the daily report."""

from latency.stats import median, percentile, spread


def line(day, values):
    return f"{day}: median {median(values)} ms, p90 {percentile(values, 90)} ms, spread {spread(values)} ms"
