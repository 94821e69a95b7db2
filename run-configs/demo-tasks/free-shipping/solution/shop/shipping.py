"""What a parcel costs, in euros."""

from shop.cart import total

FREE_FROM = 50
FLAT_RATE = 4.95
PER_EXTRA_KG = 1.2
INCLUDED_KG = 5


def shipping(items):
    """Shipping of an order: free from FREE_FROM on, else a flat rate and a supplement for each kilogram beyond INCLUDED_KG."""
    if total(items) >= FREE_FROM:
        return 0
    weight = sum(item["kg"] * item["quantity"] for item in items)
    extra = max(0, weight - INCLUDED_KG)
    return round(FLAT_RATE + extra * PER_EXTRA_KG, 2)
