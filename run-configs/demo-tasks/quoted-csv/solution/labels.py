"""Mailing labels from CSV: python3 labels.py FILE.csv"""

import csv
import io
import sys


def rows(text):
    """A dictionary per row, keys from the header line."""
    return [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""))]


def label(row):
    return f'{row["name"]}\n{row["street"]}\n{row["city"]}'


def labels(text):
    return [label(row) for row in rows(text) if row["street"]]


if __name__ == "__main__":
    print("\n\n".join(labels(open(sys.argv[1]).read())))
