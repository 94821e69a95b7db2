"""Reports on other lists: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from diff import added, removed

CASES = [
    ("added({}, {'b': 1, 'a': 2})", ['a', 'b']),
    ("removed({'b': 1, 'a': 2}, {})", ['a', 'b']),
    ("added({'a': 1}, {'a': 9})", []),
    ("removed({'a': 1}, {'a': 9})", []),
    ("added({'a': 1, 'b': 1}, {'b': 1})", []),
    ("added({'a': 1, 'b': 2}, {'b': 5, 'c': 1, 'd': 0})", ['c', 'd']),
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
