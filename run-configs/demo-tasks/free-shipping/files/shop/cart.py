"""The cart: items are dictionaries with name, price (euros) and quantity."""


def total(items):
    """Value of the goods in euros."""
    return sum(item["price"] * item["quantity"] for item in items)

