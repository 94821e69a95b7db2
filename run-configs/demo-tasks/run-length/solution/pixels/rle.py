"""Run-length encoding of pixel rows: "aaab" is [("a", 3), ("b", 1)]."""


def encode(row):
    runs = []
    current, length = None, 0
    for pixel in row:
        if pixel == current:
            length += 1
        else:
            if length:
                runs.append((current, length))
            current, length = pixel, 1
    if length:
        runs.append((current, length))
    return runs


def decode(runs):
    return "".join(pixel * length for pixel, length in runs)
