"""Tags, with words of the same count: run as `python3 hidden_check.py`."""

import signal
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
signal.setitimer(signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from tags.cloud import cloud
from tags.words import top

CASES = [
    ("top('pear apple fig apple', 3)", ['apple', 'fig', 'pear']),
    ("top('z y x', 2)", ['x', 'y']),
    ("top('d d b b c', 3)", ['b', 'd', 'c']),
    ("top('one two two three three three', 2)", ['three', 'two']),
    ("cloud('sun sun moon')", [('sun', 37), ('moon', 23)]),
    ("top('x', 5)", ['x']),
    ('top("don\'t don\'t do", 1)', ["don't"]),
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
