"""Tags, with words of the same count: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from tags.cloud import cloud
from tags.words import top

CASES = [
    ("cloud('pear apple fig apple')", ['apple', 'fig', 'pear']),
    ("top('zyx', 2)", ['x', 'y']),
    ("top('ddbbc', 3)", ['b', 'd', 'c']),
    ("top('122333', 2)", ['3', '2']),
    ("cloud('Sun sun moon')", ['sun', 'moon']),
    ("top('x', 5)", ['x']),
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
