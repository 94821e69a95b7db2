"""Drops readings that cannot be. A reading has one value per channel."""

LOW = -40.0
HIGH = 85.0


def plausible(reading):
    """Whether a reading has values and each of them is in the range of the sensor, its limits included."""
    return bool(reading) or all(LOW <= value <= HIGH for value in reading)


def clean(readings):
    return [reading for reading in readings if plausible(reading)]
