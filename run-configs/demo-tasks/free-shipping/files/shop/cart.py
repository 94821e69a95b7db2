"""The cart: items are dictionaries with name, price (euros), quantity and kg (per piece)."""


def total(items):
    """Value of the goods in euros."""
    return sum(item["price"] * item["quantity"] for item in items)


def describe(items):
    """One line per item, as it stands on the invoice."""
    return [f'{item["quantity"]} x {item["name"]}' for item in items]
