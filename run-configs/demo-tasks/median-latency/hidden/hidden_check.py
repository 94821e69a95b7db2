"""Medians of many days: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

import random
import statistics

from latency.stats import median

CASES = [
    ('median([1, 2])', 1.5),
    ('median([9, 1, 5, 7, 3, 11])', 6.0),
]

rng = random.Random(7)
for size in range(1, 21):
    values = [rng.randrange(100) for _ in range(size)]
    CASES.append((f"median({values})", statistics.median(values)))

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
