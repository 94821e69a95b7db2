"""Alarm when the mean of a channel is above a limit."""

from roof.sensors import means


def alarms(readings, limit=60.0):
    return [number for number, mean in enumerate(means(readings), start=1) if mean > limit]
