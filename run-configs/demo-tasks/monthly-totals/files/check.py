"""Compares tables with the books: run as `python3 check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 0.5)  # ends an endless loop, by CPU time

import csv

from totals import totals


def table(name):
    return totals(csv.DictReader(open(name)))

CASES = [
    ("table('data/march.csv')", {('2024-03', 'lamps'): 160, ('2024-03', 'chairs'): 120}),
    ("table('data/april.csv')", {('2024-04', 'chairs'): 240}),
    ('totals([])', {}),
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
sys.exit(passed < len(CASES))
