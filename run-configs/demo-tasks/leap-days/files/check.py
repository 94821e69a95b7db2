"""Recomputes what the auditors sent: run as `python3 check.py`."""

import signal
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
signal.setitimer(signal.ITIMER_PROF, 0.5)  # ends an endless loop, by CPU time

from bonds.calendar import day_of_year, days_between, days_in_month, is_leap

CASES = [
    ('is_leap(2023)', False),
    ('is_leap(2024)', True),
    ('is_leap(1900)', False),
    ('days_in_month(1900, 2)', 28),
    ('days_between((1900, 2, 1), (1900, 3, 1))', 28),
    ('day_of_year(2024, 3, 1)', 61),
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
