"""Mailing labels from CSV: python3 labels.py FILE.csv"""

import sys


def rows(text):
    """A dictionary per row, keys from the header line."""
    lines = text.splitlines()
    header = lines[0].split(",")
    return [dict(zip(header, line.split(","))) for line in lines[1:]]


def label(row):
    return f'{row["name"]}\n{row["street"]}\n{row["city"]}'


def labels(text):
    return [label(row) for row in rows(text) if row["street"]]


if __name__ == "__main__":
    print("\n\n".join(labels(open(sys.argv[1]).read())))
