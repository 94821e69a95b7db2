"""Turnover by month and product group."""


def totals(rows):
    """{(month, group): turnover}. Returned goods are rows with a negative number of units."""
    table = {}
    for row in rows:
        key = (row["date"][:7], row["group"])
        amount = int(row["units"]) * int(row["price"])
        table[key] = table.get(key, 0) + amount
    return table
