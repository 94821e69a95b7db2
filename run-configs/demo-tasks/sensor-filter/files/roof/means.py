"""Averages over the plausible readings."""

from roof.sensors import clean


def means(readings):
    return [sum(channel) / len(channel) for channel in zip(*clean(readings))]
