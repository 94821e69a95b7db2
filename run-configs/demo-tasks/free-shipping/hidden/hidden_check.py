"""Shipping at and around the limits: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from shop.shipping import shipping


def order(price, quantity=1):
    return [{"name": "book", "price": price, "quantity": quantity}]

CASES = [
    ('shipping(order(50.0))', 0),
    ('shipping(order(49.99))', 4.95),
    ('shipping(order(50.01))', 0),
    ('shipping(order(12.5, quantity=4))', 0),
    ('shipping(order(12.49, quantity=4))', 4.95),
    ('shipping(order(49.5))', 4.95),
    ('shipping(order(0.01))', 4.95),
    ('shipping(order(10.0) + order(40.0))', 0),
    ('shipping([])', 4.95),
]

passed = 0
for expression, expected in CASES:
    try:
        actual = eval(expression)
    except Exception as e:
        actual = f"{type(e).__name__}: {e}"
    if actual == expected:
        passed += 1
        print(f"PASS {expression}", flush=True)
    else:
        print(f"FAIL {expression}: expected {expected!r}, got {actual!r}", flush=True)
print(f"{passed} of {len(CASES)} checks passed")
if passed == len(CASES):
    print("every hidden case holds")
else:
    sys.exit(1)
