"""Turnover by month and product group: python3 totals.py FILE.csv prints a CSV table."""

import csv
import sys


def month(date):
    """2024-03 of 2024-03-17."""
    return date[:7]


def totals(rows):
    """{(month, group): turnover}. Returned goods are rows with a negative number of units."""
    table = {}
    for row in rows:
        key = (month(row["date"]), row["group"])
        amount = int(row["units"]) * int(row["price"])
        table[key] = table.get(key, 0) + amount
    return table


def lines(table):
    """The table as lines, months downwards, groups to the right."""
    groups = sorted({group for _, group in table})
    yield ",".join(["month"] + groups)
    for name in sorted({name for name, _ in table}):
        yield ",".join([name] + [str(table.get((name, group), 0)) for group in groups])


if __name__ == "__main__":
    with open(sys.argv[1], newline="") as file:
        print("\n".join(lines(totals(csv.DictReader(file)))))
