"""Images as lists of rows."""

from pixels.rle import decode, encode


def save(rows):
    return [encode(row) for row in rows]


def load(saved):
    return [decode(runs) for runs in saved]
