"""Compares with the calendar of the standard library: run as `python3 hidden_check.py`."""

import signal
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
signal.setitimer(signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

import datetime

from bonds.calendar import day_of_year, days_between, days_in_month, is_leap
from bonds.interest import interest


def between(start, end):
    return (datetime.date(*end) - datetime.date(*start)).days

CASES = [
    ('is_leap(2000)', True),
    ('is_leap(2100)', False),
    ('interest(100000, 0.05, (1999, 1, 1), (2001, 1, 1))', 10014),
    ('days_between((1880, 1, 1), (2024, 3, 1))', 52655),
    ('days_between((2000, 2, 28), (2000, 3, 1))', 2),
]

for year in range(1880, 2110, 5):
    CASES.append((f"days_between(({year}, 2, 10), ({year + 3}, 3, 5))", between((year, 2, 10), (year + 3, 3, 5))))

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
