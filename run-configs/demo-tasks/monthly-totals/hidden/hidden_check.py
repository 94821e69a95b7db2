"""Tables with many returns: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from totals import totals


def sums(*rows):
    return totals([dict(zip(("date", "group", "units", "price"), map(str, row))) for row in rows])

CASES = [
    ("sums(('2024-01-01', 'a', -2, 5))", {('2024-01', 'a'): -10}),
    ("sums(('2024-01-01', 'a', 2, 5), ('2024-02-01', 'a', -2, 5))", {('2024-01', 'a'): 10, ('2024-02', 'a'): -10}),
    ("sums(('2024-01-01', 'b', 1, 7), ('2024-01-09', 'b', -1, 7), ('2024-01-09', 'a', 0, 7))", {('2024-01', 'b'): 0, ('2024-01', 'a'): 0}),
    ("sums(('2024-12-01', 'a', 1, 1), ('2023-12-01', 'a', 3, 2))", {('2024-12', 'a'): 1, ('2023-12', 'a'): 6}),
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
