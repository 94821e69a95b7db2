"""Readings at the limits and beyond: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from roof.means import means
from roof.sensors import clean

CASES = [
    ('clean([[-40.0, 85.0]])', [[-40.0, 85.0]]),
    ('clean([[-40.1, 0.0], [0.0, 85.1]])', []),
    ('clean([[1.0, -999.0], [999.0, 1.0], [1.0, 1.0]])', [[1.0, 1.0]]),
    ('clean([[30.0, 29.0, 28.0]])', [[30.0, 29.0, 28.0]]),
    ('means([[0.0, 999.0]])', []),
    ('clean([[], [0.0]])', [[0.0]]),
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
