"""Pages of any number of hits: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from search.pages import page, page_count
from search.view import footer


def all_pages(n, size):
    items = list(range(n))
    return [x for number in range(1, page_count(items, size) + 1) for x in page(items, number, size)] == items

CASES = [
    ('page_count([0] * 20)', 2),
    ('page_count([0] * 21)', 3),
    ('page([], 1)', []),
    ('footer([0] * 30, 2)', '< 1 page 2 of 3 3 >'),
    ('page([1], 2)', 'IndexError: page 2 of 1'),
    ('page([1], 0)', 'IndexError: page 0 of 1'),
]

CASES += [(f"all_pages({n}, {size})", True) for n in range(12) for size in (1, 2, 3, 5)]

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
