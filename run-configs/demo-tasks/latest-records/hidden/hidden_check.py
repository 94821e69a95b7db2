"""Compacts logs in any order: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from latest import latest


def cities(*rows):
    return [r["city"] for r in latest([{"id": i, "version": v, "city": c} for i, v, c in rows])]

CASES = [
    ("cities((1, 1, 'a'), (1, 1, 'b'))", ['b']),
    ("cities((1, 3, 'a'), (1, 1, 'b'))", ['a']),
    ("cities((2, 1, 'x'), (1, 2, 'a'), (1, 1, 'b'), (1, 2, 'c'), (1, 1, 'd'))", ['c', 'x']),
    ("cities((1, 9, 'a'), (1, 10, 'b'))", ['b']),
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
